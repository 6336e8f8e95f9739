"""Event coders: annotated article → raw mentions, before actors, places and days are resolved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from graph.errors import InvalidInput
from ingest.coders.raw_mention import RawMention
from ingest.language.annotation import AnnotatedArticle

Code = Callable[[AnnotatedArticle], Sequence[RawMention]]
"""What a coder does."""


@dataclass(frozen=True, slots=True)
class Coder:
    """A coder by name.

    Attributes:
        version: Program and version that mentions carry: ``"joined 0.3"``.
        code: Finds the mentions of an annotated article, sentence by sentence, in order.
    """

    version: str
    code: Code


VERSION = "0.3"
"""Of all coders here; it rises when what they find changes."""


def _joined() -> Code:
    from ingest.coders.joined import code

    return code


def _rules() -> Code:
    from ingest.coders.rule_coder import code

    return code


def _heads() -> Code:
    from ingest.coders.head_coder import code

    return code


CODERS: dict[str, Callable[[], Code]] = {
    "joined": _joined,
    "rules": _rules,
    "heads": _heads,
}
"""Coder name → what loads it."""


@cache
def coder(name: str) -> Coder:
    """Return a coder by name.

    Raises:
        InvalidInput: If there is none of that name.
    """
    if name not in CODERS:
        raise InvalidInput(f"no coder is called {name!r}; there are {', '.join(CODERS)}")
    return Coder(f"{name} {VERSION}", CODERS[name]())


def default_coder() -> Coder:
    """Return the coder that measures best: heads and rules joined."""
    return coder("joined")
