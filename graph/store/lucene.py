"""Words for Neo4j's full-text indexes: the same words as SQLite's ``unicode61`` tokeniser makes.

Texts are split into words here and indexed by blanks, so that a search finds the same in every store.
"""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_LATIN_MARKS = re.compile("([A-Za-z])[\u0300-\u036f]+")
_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|(\S+)')

LONGEST_TERM = 255
"""Lucene's whitespace tokeniser cuts longer words into pieces of this length."""

MOST_TERMS = 200
"""Lucene refuses searches for more than 1024 words; each of ours can count once for every field."""


@dataclass(frozen=True, slots=True)
class WordQuery:
    """A search for words.

    Attributes:
        lucene: Single words, each required, in Lucene's syntax: all, or the first of very many.
        phrases: Words that must follow each other, and single ones that ``lucene`` has no room for, framed
            by blanks as ``indexed_words`` writes them.
    """

    lucene: str
    phrases: tuple[str, ...]


def words(text: str) -> list[str]:
    """Return a text's words, case folded, Latin letters without their marks."""
    if not text.isascii():
        bare = _LATIN_MARKS.sub(r"\1", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", bare)
    return _WORD.findall(text.casefold())


def indexed_words(text: str | None) -> str | None:
    """Return a text's words between blanks, as a full-text index takes them."""
    return None if text is None else f" {' '.join(words(text))} "


def word_query(text: str) -> WordQuery | None:
    """Return a search for words that cannot be mistaken for Lucene's syntax; ``None`` without words.

    All words must occur; ``"two words"`` in quotes is a phrase; a ``*`` at the end stands for any ending.
    """
    terms: list[str] = []
    phrases: list[str] = []
    for phrase, word in _PHRASE_OR_WORD.findall(text.replace("\x00", " ")):
        term = phrase or word
        found = words(term)
        if not found:
            continue
        prefix = term.endswith("*")
        *whole, last = found
        terms += [f"+{one[:LONGEST_TERM]}" for one in whole]
        terms.append(f"+{last[:LONGEST_TERM]}{'*' if prefix else ''}")
        if len(found) > 1 or len(last) > LONGEST_TERM:
            phrases.append(f" {' '.join(found)}{'' if prefix else ' '}")
    phrases += map(_as_phrase, terms[MOST_TERMS:])
    return WordQuery(" ".join(terms[:MOST_TERMS]), tuple(phrases)) if terms else None


def _as_phrase(term: str) -> str:
    word = term.strip("+*")
    whole = not term.endswith("*") and len(word) < LONGEST_TERM
    return f" {word} " if whole else f" {word}"
