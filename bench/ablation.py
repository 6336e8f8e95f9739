"""What each layer of the coder adds: the same gold, coded with one layer after the other taken away."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bench.mentions import Bench, Result
from bench.naive import NaiveCoder
from ingest.coders import Code
from ingest.coders import coder as coder_named
from ingest.language.annotation import AnnotatedArticle, Sentence

Change = Callable[[AnnotatedArticle], AnnotatedArticle]


def _each(change: Callable[[Sentence], Sentence]) -> Change:
    return lambda annotated: replace(annotated, sentences=tuple(change(s) for s in annotated.sentences))


def _without_coreference(sentence: Sentence) -> Sentence:
    return replace(sentence, antecedents=())


def _without_adjuncts(sentence: Sentence) -> Sentence:
    """Take away the time and place that PropBank's roles hang on a trigger."""
    triggers = tuple(
        replace(t, arguments=tuple(a for a in t.arguments if a.role not in ("time", "location")))
        for t in sentence.triggers
    )
    return replace(sentence, triggers=triggers)


def _without_names(sentence: Sentence) -> Sentence:
    return replace(sentence, names=())


FLOOR = "keywords and nearest names (the floor)"
WHOLE = "joined: all of it"

LAYERS: dict[str, tuple[Callable[[], Code], Change | None]] = {
    FLOOR: (lambda: NaiveCoder().code, None),
    "lexicon and rules alone": (lambda: coder_named("rules").code, None),
    "event heads alone": (lambda: coder_named("heads").code, None),
    "joined, without the coreference head": (
        lambda: coder_named("joined").code,
        _each(_without_coreference),
    ),
    "joined, without PropBank times and places": (
        lambda: coder_named("joined").code,
        _each(_without_adjuncts),
    ),
    "joined, without the name finder": (lambda: coder_named("joined").code, _each(_without_names)),
    WHOLE: (lambda: coder_named("joined").code, None),
}
"""Name → coder, and what is taken from the articles before it sees them."""


def ablation(bench: Bench, known: Mapping[str, Result]) -> dict[str, Result]:
    """Return the figures of each layer; those that are ``known`` are not measured again."""
    return {
        name: known[name] if name in known else bench.measure(code(), change=change)
        for name, (code, change) in LAYERS.items()
    }
