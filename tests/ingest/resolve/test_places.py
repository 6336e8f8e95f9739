"""Places: the cases of ``places.yaml``, the gazetteer, and what must hold of any text."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BackendUnavailable
from graph.model import PlaceSpan, Precision, Span, kilometres
from ingest.resolve.gazetteer import Gazetteer, default_gazetteer, normalise
from ingest.resolve.places import PlaceResolver, default_resolver

MARK = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]")


def cases(kind: str) -> list[Any]:
    return list(yaml.safe_load((Path(__file__).parent / "places.yaml").read_text(encoding="utf-8"))[kind])


def unmarked(case: str) -> tuple[str, list[tuple[Span, str]]]:
    """Return the text of a case without its marks, and the spans marked with what is expected."""
    text, marks, position = "", [], 0
    for match in MARK.finditer(case):
        text += case[position : match.start()]
        marks.append((Span(len(text), len(text) + len(match[1])), match[2]))
        text += match[1]
        position = match.end()
    return text + case[position:], marks


def shown(found: PlaceSpan) -> str:
    return f"{found.place.name} {found.place.country}" if found.place.country else found.place.name


@pytest.mark.parametrize("case", cases("given"))
def test_given_names(case: str) -> None:
    text, marks = unmarked(case)
    names = [(span, span.quote(text), "place") for span, _ in marks]
    found = {p.span: shown(p) for p in default_resolver().resolve(names, text=text, scan=False)}
    assert found == {span: expected for span, expected in marks if expected != "-"}


@pytest.mark.parametrize("case", cases("found"))
def test_names_the_finder_missed(case: str) -> None:
    text, marks = unmarked(case)
    found = [(p.span, shown(p)) for p in default_resolver().resolve([], text=text)]
    assert found == marks


def test_a_person_is_never_a_place() -> None:
    text = "Georgia spoke first; Georgia then left for Georgia Avenue."
    names = [(Span(0, 7), "Georgia", "person"), (Span(43, 57), "Georgia Avenue", "other")]
    assert default_resolver().resolve(names, text=text) == []


def test_an_organization_is_a_place_only_when_it_is_called_just_so() -> None:
    text = "Germany beat the University of Kansas."
    names = [(Span(0, 7), "Germany", "organization"), (Span(17, 37), "University of Kansas", "organization")]
    assert [p.text for p in default_resolver().resolve(names, text=text)] == ["Germany"]


def test_demonyms_on_request() -> None:
    text = "Russian troops left."
    assert default_resolver().resolve([], text=text) == []
    (found,) = default_resolver().resolve([], text=text, with_demonyms=True)
    assert (found.text, found.place.country) == ("Russian", "RUS")


def test_one_sense_in_an_article() -> None:
    text = "Police in Portland, Maine, held a man. Portland is calm. He left Portland."
    spans = [m.span() for m in re.finditer("Portland|Maine", text)]
    names = [(Span(a, b), text[a:b], "place") for a, b in spans]
    found = default_resolver().resolve(names, text=text)
    portlands = {p.place.id for p in found if p.text == "Portland"}
    assert len(portlands) == 1
    assert found[0].place.admin1 == "Maine"


@pytest.mark.parametrize(
    ("name", "expected", "id"),
    [
        ("Vienna", "Vienna", 2761369),
        ("kyiv", "Kyiv", 703448),
        ("Kiev", "Kyiv", 703448),
        ("the United States", "United States", 6252001),
        ("USA", "United States", 6252001),
        ("Ukraine", "Ukraine", 690791),
        ("Calif.", "California", 5332921),
        ("City of Vienna", "Vienna", 2761369),
        ("SAO PAULO", "São Paulo", None),
        ("Saint Petersburg", "Saint Petersburg", 498817),
        ("St Petersburg", "Saint Petersburg", 498817),
        ("Burma", "Myanmar", 1327865),
        ("Middle East", "Middle East", None),
        ("Gaza Strip", "Gaza Strip", 281132),
    ],
)
def test_candidates(name: str, expected: str, id: int | None) -> None:
    first = default_gazetteer().candidates(name)[0]
    assert first.place.name == expected
    assert id is None or first.place.id == id


def test_precision_and_division() -> None:
    gazetteer = default_gazetteer()
    assert gazetteer.candidates("France")[0].place.precision is Precision.COUNTRY
    assert gazetteer.candidates("Bavaria")[0].place.precision is Precision.ADMIN1
    assert gazetteer.candidates("Tahrir Square")[0].place.precision is Precision.EXACT
    munich = gazetteer.candidates("Munich")[0]
    assert munich.place.precision is Precision.CITY
    assert munich.place.admin1 == "Bavaria"
    assert munich.admin1 == gazetteer.candidates("Bavaria")[0].place.id


def test_every_country_has_a_place_and_unknown_names_none() -> None:
    gazetteer = default_gazetteer()
    for code in ("USA", "RUS", "UKR", "XKX", "PSE", "TWN", "SSD", "HKG"):
        country = gazetteer.country(code)
        assert country is not None
        assert country.place.latitude is not None
    assert gazetteer.country("ZZZ") is None
    assert gazetteer.candidates("Xyzzygrad") == ()
    assert gazetteer.candidates("") == ()


def test_all_rows_are_on_earth() -> None:
    gazetteer = default_gazetteer()
    for kind in ("country", "admin1", "capital"):
        for candidate in gazetteer.largest(kind=kind, population=0):
            assert -90 <= (candidate.place.latitude or 0) <= 90
            assert -180 <= (candidate.place.longitude or 0) <= 180
            assert re.fullmatch("[A-Z]{3}", candidate.place.country or "")


def test_distance() -> None:
    gazetteer = default_gazetteer()
    paris, london = (gazetteer.candidates(name)[0].place for name in ("Paris", "London"))
    assert 330 < kilometres(paris, london) < 360


def test_a_missing_table_says_so(tmp_path: Path) -> None:
    with pytest.raises(BackendUnavailable, match="cannot be read"):
        Gazetteer(tmp_path / "none.npz")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("St. Louis", "st louis"),
        ("Saint-Louis", "st louis"),
        ("São Tomé", "sao tome"),
        ("The Hague", "hague"),
    ],
)
def test_normalise(name: str, key: str) -> None:
    assert normalise(name) == key


@given(st.text(max_size=30))
def test_normalise_twice_changes_nothing_more_than_articles(name: str) -> None:
    key = normalise(name)
    assert key == key.strip()
    assert default_gazetteer().candidates(name) == default_gazetteer().candidates(name)


PIECES = st.sampled_from(
    ["Paris", "Texas", "in", ",", "Georgia", "Russian", "the", "U.S.", "Cook County", "of", "Mr.", "Kyiv", ".", "(",
     "New York", "Saint-Louis", "north", "city", "St.", "'s", "$", "LONDON", "\n", "York"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=16).map(" ".join))
def test_spans_quote_and_never_overlap(text: str) -> None:
    end = 0
    for found in PlaceResolver().resolve([], text=text, with_demonyms=True):
        assert found.span.quote(text) == found.text
        assert found.span.start >= end
        assert found.place.latitude is not None
        end = found.span.end


def test_reading_the_table_is_quick() -> None:
    started = time.process_time()
    Gazetteer().candidates("Paris")
    assert time.process_time() - started < 1.0
