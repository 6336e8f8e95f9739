"""How things are said."""

from datetime import date

import pytest

from app import words
from graph.model import DateRange, DayBasis, Modality
from graph.ontology import codebook


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2022-01-13", "2022-01-13", "13 Jan 2022"),
        ("2022-01-10", "2022-01-13", "10–13 Jan 2022"),
        ("2022-01-30", "2022-02-02", "30 Jan – 2 Feb 2022"),
        ("2021-12-30", "2022-01-02", "30 Dec 2021 – 2 Jan 2022"),
        ("2022-01-01", "2022-01-31", "Jan 2022"),
        ("2022-01-01", "2022-03-31", "Jan–Mar 2022"),
        ("2022-01-01", "2022-12-31", "2022"),
        ("1914-01-01", "1918-12-31", "1914–1918"),
        ("9999-12-01", "9999-12-31", "1–31 Dec 9999"),
    ],
)
def test_days(first: str, last: str, said: str) -> None:
    assert words.days(date.fromisoformat(first), date.fromisoformat(last)) == said


def test_numbers_have_thin_separators() -> None:
    assert words.number(1234567) == "1\u202f234\u202f567"
    assert words.count(1, "event") == "1 event"
    assert words.count(2, "article") == "2 articles"


def test_basis_is_honest() -> None:
    day = date(2022, 1, 13)
    assert "stated" in words.basis(DateRange(day, day))
    assert "on Thursday" in words.basis(DateRange(day, day, DayBasis.RELATIVE, "on Thursday"))
    assert "publication" in words.basis(DateRange(day, day, DayBasis.PUBLICATION))


def test_every_type_and_mode_can_be_said_in_every_modality() -> None:
    for type_, known in codebook.types().items():
        assert type_ in words.TYPES
        for mode in (None, *known.modes):
            for modality in Modality:
                for towards in (True, False):
                    assert words.verb(type_, mode, modality, towards=towards).strip()


def test_no_phrase_for_a_mode_that_does_not_exist() -> None:
    for type_, mode in words.MODES:
        assert mode in codebook.types()[type_].modes


def test_modality_changes_the_verb() -> None:
    said = {m: words.verb("ASSAULT", "aerial", m, towards=True) for m in Modality}
    assert said[Modality.ASSERTED] == "bombed"
    assert said[Modality.FUTURE] == "to bomb"
    assert said[Modality.HYPOTHETICAL] == "could bomb"
    assert said[Modality.NEGATION] == "did not bomb"


def test_names() -> None:
    assert words.names(["A", "B"], {}) == "A and B"
    assert words.names(["A", "B", "C"], {}) == "A, B and C"
    assert words.names(["A", "B", "C", "D"], {}) == "A, B and 2 others"
    assert words.names([], {}) == ""


def test_markdown_is_escaped() -> None:
    assert words.plain("a*b $x$ <i> :red[x]") == r"a\*b \$x\$ \<i\> \:red\[x\]"
