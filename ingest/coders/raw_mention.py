"""What a coder finds in a sentence, before actors, places and days are resolved."""

from dataclasses import dataclass

from graph.model.event import Modality


@dataclass(frozen=True, slots=True, order=True)
class WordRange:
    """Words ``first`` to ``last`` (inclusive) of sentence ``sentence`` of an article."""

    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RawQuantity:
    """A number that the clause tells.

    Attributes:
        what: killed, injured, arrested, troops, protesters, hostages, money…
        low: Lowest number that the words allow, inclusive.
        high: Highest; equal to ``low`` when the text gives one number, whether or not it says
            "at least" or "more than": an end that the text leaves open is not invented.
        words: The words of the number.
    """

    what: str
    low: float
    high: float
    words: WordRange


@dataclass(frozen=True, slots=True)
class RawMention:
    """One act told by one sentence, with its parts as word ranges.

    Attributes:
        sentence: Index of the sentence.
        trigger: Indices of the words that carry the act, in order.
        type: PLOVER type.
        mode: PLOVER mode, or ``None``.
        cameo: CAMEO code of two to four digits, or ``None``.
        contexts: PLOVER contexts.
        modality: Whether it is told as having happened.
        reciprocal: Both sides do it to each other.
        initiators: Phrases of who acts. A pronoun is replaced by the words it stands for, which
            may belong to an earlier sentence; one that cannot be resolved stays.
        recipients: Phrases of at whom the act is directed.
        places: Place phrases that hang on the act's clause, the closest first.
        times: Time expressions that hang on the act's clause, the closest first.
        quantities: Numbers told of the act.
        score: Probability in [0, 1] that the sentence tells an act of this type.
        rule: Which lexicon entry and which construction made it.
    """

    sentence: int
    trigger: tuple[int, ...]
    type: str
    mode: str | None
    cameo: str | None
    contexts: tuple[str, ...]
    modality: Modality
    reciprocal: bool
    initiators: tuple[WordRange, ...]
    recipients: tuple[WordRange, ...]
    places: tuple[WordRange, ...]
    times: tuple[WordRange, ...]
    quantities: tuple[RawQuantity, ...]
    score: float
    rule: str
