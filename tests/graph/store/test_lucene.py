"""Words for Neo4j's full-text search: what they are, and that none is ever syntax."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.store.lucene import MOST_TERMS, indexed_words, word_query, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café diplomacy: the U.S. and O'Neill", "cafe diplomacy the u s and o neill"),
        ("Москва — Київ", "москва київ"),
        ("e\u0301te\u0301 2022-01-13 snake_case", "ete 2022 01 13 snake case"),
        ("", ""),
        ("\x00 … !", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert " ".join(words(text)) == expected


@pytest.mark.parametrize(
    ("text", "lucene", "phrases"),
    [
        ("Missiles Kharkiv", "+missiles +kharkiv", ()),
        ("missil*", "+missil*", ()),
        ('"grave consequences"', "+grave +consequences", (" grave consequences ",)),
        ('"grave conseq*"', "+grave +conseq*", (" grave conseq",)),
        ("title_words:x OR (y)", "+title +words +x +or +y", (" title words x ",)),
        ("-a && b^2", "+a +b +2", (" b 2 ",)),
    ],
)
def test_queries(text: str, lucene: str, phrases: tuple[str, ...]) -> None:
    found = word_query(text)
    assert found is not None
    assert (found.lucene, found.phrases) == (lucene, phrases)


@pytest.mark.parametrize("text", ["", "  ", '"', "***", "\x00", "+-&|!(){}[]^~*?:\\/"])
def test_signs_alone_are_no_words(text: str) -> None:
    assert word_query(text) is None


def test_very_many_words_are_looked_for_without_lucene() -> None:
    found = word_query(" ".join(f"w{number}" for number in range(MOST_TERMS + 2)) + " end*")
    assert found is not None
    assert len(found.lucene.split()) == MOST_TERMS
    assert found.phrases == (f" w{MOST_TERMS} ", f" w{MOST_TERMS + 1} ", " end")


@given(st.text(max_size=60))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    found = word_query(" ".join(words(text)))
    indexed = indexed_words(text) or ""
    if found is not None:
        assert all(f" {term.lstrip('+')}" in indexed for term in found.lucene.split())
        assert not set(found.lucene) & set('":()[]{}^~?\\/!&|')


@given(st.text(alphabet="aéÀñЖйσς9 .-_'’—", max_size=40))
def test_words_are_those_of_sqlite(text: str) -> None:
    """Both stores find the same."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize='unicode61 remove_diacritics 2')")
        connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab (t, instance)")
        connection.execute("INSERT INTO t VALUES (?)", (text,))
        found = [term for (term,) in connection.execute('SELECT term FROM v ORDER BY "offset"')]
    assert words(text) == found
