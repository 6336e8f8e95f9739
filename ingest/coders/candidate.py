"""An act that one word of a sentence may tell, while its parts are still being gathered."""

from dataclasses import dataclass, field

from graph.model.event import Modality


@dataclass(slots=True)
class Candidate:
    """A reading of a word as an act; changed by later rules, then frozen into a ``RawMention``.

    Attributes:
        word: The word that tells it: the verb, or the noun of a light verb.
        predicate: The verb that carries tense and negation; the word itself where there is none.
        trigger: Words of the trigger.
        construction: verb, frame, inverse, noun or control: how it was found.
        position: Where a noun stands: frame, occurs, object, subject, after, nmod, other.
        initiators, recipients: Heads of the participants' phrases.
        operator: How it changes the event that it governs.
        rank: Specificity of the reading.
        probability: That it is an act of its type, once all is known.
    """

    word: int
    predicate: int
    trigger: tuple[int, ...]
    type: str
    mode: str
    cameo: str
    contexts: tuple[str, ...]
    construction: str
    score: float
    rule: str
    position: str = ""
    initiators: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()
    reciprocal: bool = False
    operator: str = ""
    modality: Modality | None = None
    rank: int = 0
    dropped: bool = False
    probability: float = 0.0
    anchors: set[int] = field(default_factory=set)
