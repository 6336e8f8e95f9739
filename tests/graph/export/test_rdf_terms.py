"""Terms: whatever a text holds, a reader of N-Quads gets it back."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset, Literal, URIRef

from graph.export.rdf import terms
from graph.export.rdf_terms import Names, day, decimal, in_language, iri, literal, moment, part, sem

SUBJECT = "<https://x.test/s>"


def line(value: str) -> str:
    return f"{SUBJECT} {sem.eventType} {value} <https://x.test/g> .\n"


def read_by_rdflib(text: str) -> object:
    dataset = Dataset()
    dataset.parse(data=text, format="nquads")
    (quad,) = dataset.quads()
    return quad[2]


def read_by_us(text: str) -> object:
    ((_, _, value, _),) = terms(text)
    return value


@given(st.text())
@settings(deadline=None)
def test_any_text_comes_back(text: str) -> None:
    assert str(read_by_rdflib(line(literal(text)))) == text
    assert str(read_by_us(line(literal(text)))) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        '"',
        "\\",
        "\\u0041",
        "\n\r\t\b\f\x00\x7f",
        "\x85\u2028\u2029",
        '"""',
        "a\\",
        "ends in \"'",
        "😀",
        "} .",
        "<a> .",
    ],
)
def test_awkward_text_comes_back(text: str) -> None:
    encoded = line(literal(text))
    assert encoded.count("\n") == 1
    assert str(read_by_rdflib(encoded)) == str(read_by_us(encoded)) == text


def test_a_lone_surrogate_keeps_the_length() -> None:
    assert literal("a\ud800b") == '"a\ufffdb"'


@given(st.text(), st.sampled_from(["en", "zh-Hant", "de-CH-1996"]))
@settings(deadline=None)
def test_language_tags_come_back(text: str, language: str) -> None:
    for value in (
        read_by_rdflib(line(in_language(text, language))),
        read_by_us(line(in_language(text, language))),
    ):
        assert isinstance(value, Literal)
        assert (str(value), str(value.language).lower()) == (text, language.lower())


@pytest.mark.parametrize("language", [None, "", "english language", "e", 'en"'])
def test_what_is_no_language_is_left_out(language: str | None) -> None:
    assert in_language("a", language) == '"a"'


@given(st.floats(min_value=-1e6, max_value=1e6))
def test_decimals_are_canonical(number: float) -> None:
    value = read_by_us(line(decimal(number)))
    assert isinstance(value, Literal)
    assert abs(Decimal(str(value)) - Decimal(number)) <= Decimal("0.0000005")
    assert "e" not in str(value).lower()
    assert "." in str(value)
    assert str(value) != "-0.0"


def test_decimals_of_note() -> None:
    assert decimal(0.86).startswith('"0.86"')
    assert decimal(1).startswith('"1.0"')
    assert decimal(-1e-9).startswith('"0.0"')
    with pytest.raises(ValueError, match="not a decimal"):
        decimal(float("inf"))


def test_times_are_in_utc() -> None:
    assert day(date(987, 1, 2)).startswith('"0987-01-02"')
    assert moment(datetime(2024, 1, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))).startswith(
        '"2023-12-31T23:30:00Z"'
    )
    assert moment(datetime(2024, 1, 1, 0, 0, 0, 5, tzinfo=UTC)).startswith('"2024-01-01T00:00:00.000005Z"')


@given(st.text(min_size=1))
@settings(deadline=None)
def test_any_address_is_an_iri_or_none(address: str) -> None:
    for value in (iri(address), iri(f"https://x.test/{address}")):
        if value is not None:
            assert isinstance(read_by_rdflib(line(value)), URIRef)
            assert str(read_by_us(line(value))) == value[1:-1]


def test_addresses() -> None:
    assert iri("https://x.test/ä?q=a b&c=<d>#f") == "<https://x.test/ä?q=a%20b&c=%3Cd%3E#f>"
    assert iri("/just/a/path") is None
    assert iri("Q159") is None


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_keys_have_different_iris(left: str, right: str) -> None:
    names = Names("https://x.test/")
    assert (names.thing("actor", left) == names.thing("actor", right)) == (left == right)


def test_parts_are_named_after_the_whole() -> None:
    names = Names("https://x.test/")
    assert part(names.thing("mention", "m1"), "time") == "<https://x.test/id/mention-m1-time>"
