"""The shipped model behind the ``Annotator`` protocol: one pass of a small encoder, all heads.

The graph runs in onnxruntime with one thread; what is chosen per predicate (relations, roles, sectors)
is numpy. How it was trained, on what, and how well it does is told by the card in ``model/``.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from graph.errors import BackendUnavailable
from graph.model import Article, Span
from ingest.language.annotation import AnnotatedArticle, Antecedent, Name, Sentence, Trigger, Word
from ingest.language.coreference import antecedents
from ingest.language.decode import Floats, bio_spans, tags, tree
from ingest.language.events import EventHeads
from ingest.language.heads import FINE_OF_COARSE, KIND_NAMES, RELATIONS, UPOS, XPOS, shape_of
from ingest.language.lemmas import lemma_of
from ingest.language.verb_forms import VERB_TAGS, verb_tags
from ingest.language.windows import cut_sentences, cut_windows

LONGEST = 384
"""Word pieces of a window, as in training; later words of a window get no more than their first piece."""

_OF_SENTENCES = ("upos", "xpos", "arcs", "relation_dependent", "relation_head", "names")
"""Scores that a sentence's own words and parse are made from."""

_IMPOSSIBLE, _UNLIKELY = 9.0, 4.0
"""What counts against a verb's tag that the word's form does not have, and where it is no known verb's form."""

_REFERRING = ("PRON", "NOUN", "PROPN")


class Model:
    """The language model that ships with Diurna.

    Args:
        folder: Where its files are.
        threads: Threads that one window may use.

    Raises:
        BackendUnavailable: If the files are missing or broken.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
            with np.load(folder / "heads.npz") as arrays:
                heads = {name: arrays[name].astype(np.float32) for name in arrays.files}
        except Exception as error:
            raise BackendUnavailable(
                f"the language model in {folder} cannot be loaded ({error}); reinstall diurna"
            ) from error
        self.version = f"{about['name']} {about['version']}"
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._relation = heads["relation.weight"], heads["relation.bias"]
        self._events = EventHeads(heads)
        self._pieces: dict[str, list[int]] = {}
        self._begin = int(self._tokenizer.token_to_id("[CLS]") or 0)
        self._end = int(self._tokenizer.token_to_id("[SEP]") or 0)
        self._unknown = int(self._tokenizer.token_to_id("[UNK]") or 0)

    def annotate(self, articles: Sequence[Article]) -> list[AnnotatedArticle]:
        """Return the annotated articles, in the same order."""
        return [self._annotate(article) for article in articles]

    def _annotate(self, article: Article) -> AnnotatedArticle:
        cut = cut_sentences(article.text)
        sentences: list[dict[str, Floats]] = [{} for _ in cut]
        triggers: dict[int, list[Trigger]] = {}
        links: dict[tuple[int, int], Antecedent] = {}
        for window in cut_windows(article, cut):
            scores = self._read(window.words, window.groups)
            for index, start in window.sentences:
                own = slice(start, start + len(cut[index][1]))
                sentences[index] = {
                    name: scores[name][own, own] if name == "arcs" else scores[name][own]
                    for name in _OF_SENTENCES
                }
            for trigger in self._events.triggers(window, scores):
                triggers.setdefault(trigger.sentence, []).append(trigger)
            links |= antecedents(window, scores)
        built = [
            _sentence(
                article.text,
                index,
                span,
                words,
                sentences[index],
                *self._parse(sentences[index]),
                triggers=tuple(triggers.get(index, ())),
                links=links,
            )
            for index, (span, words) in enumerate(cut)
        ]
        return AnnotatedArticle(article, tuple(built))

    def _read(self, words: Sequence[str], groups: Sequence[int]) -> dict[str, Floats]:
        """Return the scores of a window's words; ``groups`` has the number of each word's sentence."""
        ids, owners = self._cut(words)
        form = [shape_of(word) for word in words]
        shapes = [form[owner] if owner >= 0 else 0 for owner in owners]
        pool = np.zeros((len(words), len(ids)), dtype=np.float32)
        for position, owner in enumerate(owners):
            if owner >= 0:
                pool[owner, position] = 1.0
        pool /= np.maximum(pool.sum(axis=-1, keepdims=True), 1.0)
        feed = {
            "pieces": np.array([ids], dtype=np.int64),
            "shapes": np.array([shapes], dtype=np.int64),
            "pool": pool[None],
            "sentences": np.array([groups], dtype=np.int64),
        }
        outputs = self._session.run(None, feed)
        return {name: output[0] for name, output in zip(self._outputs, outputs, strict=True)}

    def _cut(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """Return the word pieces with their marks, and for each the word it belongs to, or -1."""
        ids, owners = [self._begin], [-1]
        budget = LONGEST - 2 - len(words)
        for number, word in enumerate(words):
            own = self._pieces_of(word)
            if len(own) > 1:
                own = own[: max(1, 1 + budget)]
                budget -= len(own) - 1
            ids += own
            owners += [number] * len(own)
        return [*ids, self._end], [*owners, -1]

    def _pieces_of(self, word: str) -> list[int]:
        known = self._pieces.get(word)
        if known is None:
            known = self._tokenizer.encode(word, add_special_tokens=False).ids[:8] or [self._unknown]
            if len(self._pieces) < 200_000:
                self._pieces[word] = known
        return known

    def _parse(self, scores: dict[str, Floats]) -> tuple[NDArray[Any], NDArray[Any]]:
        heads = tree(scores["arcs"])
        above = np.where(heads < 0, np.arange(len(heads)), heads)
        features = scores["relation_dependent"] + scores["relation_head"][above]
        weight, bias = self._relation
        labels = np.maximum(features, 0) @ weight + bias
        # "root" is for the root alone.
        labels[heads >= 0, 0] = -1e9
        labels[heads < 0, 1:] = -1e9
        return heads, labels.argmax(axis=1)


def _sentence(
    text: str,
    index: int,
    span: Span,
    words: list[Span],
    scores: dict[str, Floats],
    heads: NDArray[Any],
    relations: NDArray[Any],
    *,
    triggers: tuple[Trigger, ...],
    links: Mapping[tuple[int, int], Antecedent],
) -> Sentence:
    unlike = np.stack([_unlike(word.quote(text)) for word in words])
    upos, xpos = tags(scores["upos"], scores["xpos"], _tags_together(), unlike)
    built = []
    for number, word in enumerate(words):
        quote = word.quote(text)
        tag, fine = UPOS[int(upos[number])], XPOS[int(xpos[number])]
        built.append(
            Word(
                number,
                quote,
                lemma_of(quote, tag, fine),
                tag,
                fine,
                int(heads[number]),
                RELATIONS[int(relations[number])],
                word,
            )
        )
    names = tuple(
        Name(first, last, KIND_NAMES[kind], Span(words[first].start, words[last].end))
        for kind, first, last in bio_spans(scores["names"].argmax(axis=1))
        if any(built[i].text[0].isalnum() for i in range(first, last + 1))
    )
    known = (links.get((index, w.index)) for w in built if w.upos in _REFERRING)
    return Sentence(index, span, tuple(built), names, triggers, tuple(link for link in known if link))


@cache
def _tags_together() -> Floats:
    """Return the penalty of each pair of coarse and fine tag: 0 where they go together."""
    strict = {fine for tags_ in FINE_OF_COARSE.values() for fine in tags_.split()}
    table = np.zeros((len(UPOS), len(XPOS)), dtype=np.float32)
    for i, coarse in enumerate(UPOS):
        own = FINE_OF_COARSE.get(coarse)
        for j, fine in enumerate(XPOS):
            if (own is not None and fine not in own.split()) or (own is None and fine in strict):
                table[i, j] = -3.0
    return table


@lru_cache(maxsize=65536)
def _unlike(word: str) -> Floats:
    """Return the penalty of each fine tag for a word: 0 where its form allows the tag as a verb's."""
    penalties = np.zeros(len(XPOS), dtype=np.float32)
    allowed = verb_tags(word)
    if allowed is not None:
        for number, tag in enumerate(XPOS):
            if tag in VERB_TAGS and tag not in allowed:
                penalties[number] = -_IMPOSSIBLE if allowed else -_UNLIKELY
    return penalties


def shipped_version() -> str:
    """Return name and version of the shipped model, without loading it."""
    about = json.loads(files("ingest.language").joinpath("model/model.json").read_text(encoding="utf-8"))
    return f"{about['name']} {about['version']}"


@cache
def default_model() -> Model:
    """Return the shipped model, loaded once a process."""
    with as_file(files("ingest.language").joinpath("model")) as folder:
        return Model(Path(folder))
