"""The selection, to the URL and back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import selection
from graph.model import EventQuery, Modality
from graph.ontology import codebook

_WORD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda t: t.strip() == t
)
_QUERIES = st.builds(
    EventQuery,
    actors=st.lists(_WORD, unique=True, max_size=3).map(tuple),
    between=st.none() | st.tuples(_WORD, _WORD),
    types=st.lists(st.sampled_from(sorted(codebook.types())), unique=True, max_size=3).map(tuple),
    modality=st.lists(st.sampled_from([m.value for m in Modality]), unique=True).map(tuple),
    first_day=st.none() | st.dates(),
    last_day=st.none() | st.dates(),
    country=st.none() | _WORD,
    publishers=st.lists(_WORD, unique=True, max_size=3).map(tuple),
    text=st.none() | _WORD,
    min_score=st.integers(0, 20).map(lambda n: n / 20),
    min_origins=st.integers(1, 10),
)


@given(_QUERIES)
def test_a_selection_survives_the_url(query: EventQuery) -> None:
    assert selection.of_parameters(selection.to_parameters(query)) == query


def test_the_default_needs_no_parameters() -> None:
    assert selection.to_parameters(selection.default()) == []
    assert selection.of_parameters([]) == selection.default()


@pytest.mark.parametrize(
    "parameters",
    [
        [("first_day", "yesterday")],
        [("types", "DANCE")],
        [("modality", "rumoured")],
        [("between", "RUS")],
        [("min_origins", "many")],
        [("min_origins", "nan")],
        [("min_score", "inf")],
        [("event", "e1")],
    ],
)
def test_what_cannot_be_understood_is_left_out(parameters: list[tuple[str, str]]) -> None:
    assert selection.of_parameters(parameters) == selection.default()


def test_in_words() -> None:
    query = EventQuery(
        between=("RUS", "IGO-OSCE"),
        modality=("asserted",),
        first_day=date(2022, 1, 1),
        last_day=date(2022, 1, 31),
    )
    said = selection.in_words(query, {"RUS": "Russia", "IGO-OSCE": "OSCE"}, {})
    assert said == ["told as having happened", "between Russia and OSCE", "Jan 2022"]
