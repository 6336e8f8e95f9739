"""Words of an actor phrase, and a lexicon that finds whole names in them, mindful of capitals."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Generic, NamedTuple, TypeVar

_TOKEN = re.compile(r"((?:[^\W\d_]\.){2,}|[^\W_]+(?:'[^\W_]+)*)([\W_]*)")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "ʻ": "'", "“": '"', "”": '"', "–": "-", "—": ",", "‑": "-"}
)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "ð": "d", "ə": "a"})
_SKIPPED = frozenset({"the"})

T = TypeVar("T")


def table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of the tables in ``ingest/resolve/tables``, a dictionary a row."""
    path = files("ingest.resolve") / "tables" / f"{name}.csv"
    yield from csv.DictReader(path.read_text(encoding="utf-8").splitlines())


def listed(cell: str) -> list[str]:
    """Return the parts of a cell that holds a list: ``"UN|U.N."``; nothing for an empty cell."""
    return cell.split("|") if cell else []


@cache
def word_set(kind: str) -> frozenset[str]:
    """Return the keys of the function words of one kind in ``actor_words.csv``."""
    return frozenset(
        word for row in table("actor_words") if row["kind"] == kind for word in row["words"].split("|")
    )


def fold(text: str) -> str:
    """Return text in lower case without accents: ``"Thaçi"`` is ``"thaci"``."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered.translate(_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@cache
def _spellings() -> dict[str, str]:
    return {variant: row["spelling"] for row in table("spellings") for variant in listed(row["variants"])}


def _key(text: str) -> str:
    folded = fold(text.replace(".", "").replace("'", ""))
    return _spellings().get(folded, folded)


class Token(NamedTuple):
    """One word of a phrase.

    Attributes:
        text: As it stands, without a possessive ending.
        key: What is compared: lower case, no accents, one spelling ("Mohammed" is ``mohamed``).
        capital: Whether it begins with a capital letter.
        capitals: Whether it has two letters or more, all capital.
        owner: Whether a possessive ending follows it.
        joined: Whether a hyphen ties it to the next word.
        after: The punctuation after it, or ``""``.
    """

    text: str
    key: str
    capital: bool
    capitals: bool
    owner: bool = False
    joined: bool = False
    after: str = ""


@lru_cache(maxsize=50_000)
def _word(text: str, tail: str) -> Token | None:
    """Return the token of a word and the punctuation and spaces up to the next word."""
    owner = False
    if len(text) > 2 and text.endswith(("'s", "'S")):
        text, owner = text[:-2], True
    joined = tail == "-"
    after = ""
    if not joined:
        if tail.startswith("'") and text.endswith("s"):
            owner = True
        after = "".join(tail.split()).replace("-", ",")
        if after.startswith(".") and len(text) <= 4:
            after = after[1:]
    key = _key(text)
    if key in _SKIPPED:
        return None
    letters = text.replace(".", "").replace("'", "")
    capital = letters[0].isupper()
    return Token(text, key, capital, capital and len(letters) > 1 and letters.isupper(), owner, joined, after)


def tokenize(text: str) -> list[Token]:
    """Return the words of a text in order; "the" is left out, punctuation hangs on the word before it."""
    found = (_word(word, tail) for word, tail in _TOKEN.findall(text.translate(_PLAIN)))
    return [token for token in found if token is not None]


class Lexicon(Generic[T]):
    """Names of one word or more, each with what it stands for.

    A word that the name writes in capitals must stand in capitals ("US" is never "us"), one that it
    writes with a capital must have one ("Turkey" is never "turkey"); lower-case words match either.
    """

    def __init__(self) -> None:
        self._sizes: dict[str, list[int]] = {}
        self._entries: dict[tuple[str, ...], list[tuple[tuple[int, ...], T]]] = {}

    def add(self, name: str, payload: T) -> None:
        """Add a name; of two equal names, the one added first that fits the capitals is found."""
        tokens = tokenize(name)
        if not tokens:
            return
        keys = tuple(token.key for token in tokens)
        case = tuple(
            2 if token.capitals and len(token.text) < 8 else 1 if token.capital else 0 for token in tokens
        )
        sizes = self._sizes.setdefault(keys[0], [])
        if len(keys) not in sizes:
            sizes.append(len(keys))
            sizes.sort(reverse=True)
        self._entries.setdefault(keys, []).append((case, payload))

    def longest(self, tokens: Sequence[Token], start: int) -> tuple[int, T] | None:
        """Return the end (excluded) and the payload of the longest name that starts at ``start``."""
        sizes = self._sizes.get(tokens[start].key)
        if sizes is None:
            return None
        room = len(tokens) - start
        for size in sizes:
            if size > room:
                continue
            window = tokens[start : start + size]
            for case, payload in self._entries.get(tuple([token.key for token in window]), ()):
                if _fits(case, window):
                    return start + size, payload
        return None


def _fits(case: Sequence[int], window: Sequence[Token]) -> bool:
    for wanted, token in zip(case, window, strict=True):
        if (wanted == 1 and not token.capital) or (wanted == 2 and not token.capitals):
            return False
    return not any(mark in token.after for token in window[:-1] for mark in ",;:")
