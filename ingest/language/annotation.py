"""What the language pipeline says of an article: sentences, words, dependencies, names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.model import Article, Span


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a sentence, in Universal Dependencies' terms.

    Attributes:
        index: Position in its sentence, from 0.
        text: The word as it stands.
        lemma: Its dictionary form, lower case except for proper nouns.
        upos: Universal part of speech: ``VERB``, ``NOUN``, ``PROPN``…
        xpos: Penn Treebank tag: ``VBD``, ``NNS``…
        head: Position of the word it depends on, or -1 for the root.
        deprel: Universal dependency relation: ``nsubj``, ``obl``, ``nmod:poss``…
        span: Where it stands in the article's text.
    """

    index: int
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """A name: words ``first`` to ``last`` (inclusive) of a sentence.

    ``kind`` is person, organization, place or other.
    """

    first: int
    last: int
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Argument:
    """A stretch of words that the event head takes for a participant or the place.

    Attributes:
        role: initiator, recipient or place; time or location where PropBank's roles say so.
        sentence: Index of the sentence it stands in (not always the trigger's).
        first: Its first word there.
        last: Its last word there, inclusive.
        sectors: Sectors the head gives it with their probabilities, best first.
        score: Probability in [0, 1].
    """

    role: str
    sentence: int
    first: int
    last: int
    sectors: tuple[tuple[str, float], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that the event head takes for the trigger of an event.

    Attributes:
        sentence: Index of its sentence.
        word: Index of the word in it.
        type: PLOVER type.
        type_score: Probability in [0, 1] of that type.
        event_score: Probability in [0, 1] of being an event of any type.
        modes: Modes of that type with their probabilities, best first; ``None`` stands for no mode.
        modalities: PLOVER's auxiliary modes with their probabilities, best first.
        reciprocal: Probability in [0, 1] that both sides do it to each other.
        arguments: Participants and place.
    """

    sentence: int
    word: int
    type: str
    type_score: float
    event_score: float
    modes: tuple[tuple[str | None, float], ...]
    modalities: tuple[tuple[str, float], ...]
    reciprocal: float
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Which earlier word a word stands for: "he" for the head of "the Russian foreign minister".

    Attributes:
        word: Index of the word in its sentence.
        sentence: Index of the sentence in which the antecedent stands.
        at: Index of the antecedent there: the head of its phrase.
        score: Probability in [0, 1] among all earlier words.
    """

    word: int
    sentence: int
    at: int
    score: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place in the text, its words and its names.

    ``triggers`` and ``antecedents`` are empty where the annotator has no such head.
    """

    index: int
    span: Span
    words: tuple[Word, ...]
    names: tuple[Name, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    antecedents: tuple[Antecedent, ...] = ()

    def children(self, index: int) -> Iterator[Word]:
        """Yield the words that depend on word ``index``, in the sentence's order."""
        return (word for word in self.words if word.head == index)

    def subtree(self, index: int) -> list[int]:
        """Return the positions of word ``index`` and all that hangs on it, in order."""
        inside = {index}
        grew = True
        while grew:
            grew = False
            for word in self.words:
                if word.index not in inside and word.head in inside:
                    inside.add(word.index)
                    grew = True
        return sorted(inside)


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article with its sentences."""

    article: Article
    sentences: tuple[Sentence, ...]


class Annotator(Protocol):
    """What turns articles into annotated articles; ours, or a user's own spaCy or Stanza model."""

    @property
    def version(self) -> str:
        """Program and version, such as ``"diurna-en 0.1"``."""
        ...

    def annotate(self, articles: Sequence[Article]) -> list[AnnotatedArticle]:
        """Return the annotated articles, in the same order."""
        ...


AnnotatorFactory = Callable[[], Annotator]
