"""Partners of an actor, with direction, tone and days."""

from collections.abc import Iterator
from datetime import date

import pytest

from graph.analysis.neighbours import partners
from graph.model import EventQuery
from graph.store import GraphStore, Verdict, open_store
from tests.graph.made import Told, coded, days


@pytest.fixture
def store() -> Iterator[GraphStore]:
    """Give a store in which Russia and its army deal with others."""
    with open_store("sqlite:///:memory:") as store:
        store.add(
            [
                coded(
                    "a",
                    Told("THREATEN", "RUS", "UKR", day=days("2022-01-03", "2022-01-09")),
                    Told("ASSAULT", "RUS-MIL", "UKR", day=days("2022-03-05")),
                    Told("ACCUSE", "UKR", "RUS"),
                    Told("CONSULT", "USA", "RUS", day=days("2022-02-01")),
                    Told("COERCE", "RUS", "RUS-MIL", day=days("2022-02-02")),
                    Told("AID", "USA", "UKR", day=days("2022-02-03")),
                    Told("PROTEST", "RUS", day=days("2022-02-04")),
                ),
                coded("b", Told("ASSAULT", "RUS-MIL", "UKR", day=days("2022-03-05")), publisher="Gazette"),
            ]
        )
        yield store


def test_partners_have_direction_tone_and_days(store: GraphStore) -> None:
    ukraine, america = partners(store, "RUS")
    assert (ukraine.actor, ukraine.events, ukraine.acted_on, ukraine.acting) == ("UKR", 3, 2, 1)
    assert ukraine.mentions == 4
    assert (ukraine.tone_acted_on, ukraine.tone_acting) == (-6.25, -3.0)
    assert ukraine.tone == pytest.approx((-3.5 - 9.0 - 3.0) / 3)
    assert (ukraine.first_day, ukraine.last_day) == (date(2022, 1, 3), date(2022, 3, 5))
    assert (america.actor, america.acted_on, america.acting) == ("USA", 0, 1)
    assert america.tone_acted_on is None


def test_a_body_of_a_country_is_somebody_of_its_own(store: GraphStore) -> None:
    assert [(p.actor, p.acted_on, p.acting) for p in partners(store, "RUS-MIL")] == [
        ("RUS", 0, 1),
        ("UKR", 1, 0),
    ]


def test_the_query_narrows_and_the_limit_cuts(store: GraphStore) -> None:
    narrowed = EventQuery(first_day=date(2022, 2, 1), actors=("USA",), limit=0)
    assert [(p.actor, p.events) for p in partners(store, "RUS", narrowed)] == [("UKR", 1), ("USA", 1)]
    assert [p.actor for p in partners(store, "RUS", limit=1)] == ["UKR"]
    assert partners(store, "NOBODY") == []


def test_a_partner_without_a_dated_event_has_no_days(store: GraphStore) -> None:
    found = partners(store, "RUS", EventQuery(types=("ACCUSE",)))
    assert [(p.actor, p.first_day, p.last_day) for p in found] == [("UKR", None, None)]


def test_who_was_judged_the_same_is_one_partner(store: GraphStore) -> None:
    store.judge("UKR", "USA", Verdict.SAME)
    (one,) = partners(store, "RUS")
    assert (one.actor, one.acted_on, one.acting) == (store.canonical_actor("USA"), 2, 2)
