"""Timelines, relations, profiles and disagreements of a small store."""

from collections.abc import Iterator
from datetime import date

import pytest

from graph.analysis.disagreement import disagreements
from graph.analysis.profile import profile
from graph.analysis.relations import actor_graph, layout, relations
from graph.analysis.timeline import bucket_of, timeline
from graph.errors import InvalidInput
from graph.model import Axis, EventQuery, Quantity
from graph.store import GraphStore, open_store
from tests.graph.made import KHARKIV, UKRAINE, VIENNA, Told, coded, days


@pytest.fixture
def store() -> Iterator[GraphStore]:
    """Give a store with a spring of events."""
    with open_store("sqlite:///:memory:") as store:
        store.add(
            [
                coded(
                    "winter",
                    Told("CONSULT", "RUS", "IGO-OSCE", day=days("2021-12-30"), place=VIENNA, reciprocal=True),
                    Told("THREATEN", "RUS", "UKR", day=days("2022-01-03")),
                    Told("ACCUSE", "USA", "RUS"),
                    publisher="Herald",
                ),
                coded(
                    "spring",
                    Told("ASSAULT", "RUS-MIL", "UKR", day=days("2022-03-05"), place=KHARKIV),
                    Told("ASSAULT", "RUS-MIL", "UKR", day=days("2022-03-06"), place=KHARKIV),
                    Told("AID", "USA", "UKR", day=days("2022-03-06")),
                    publisher="Gazette",
                ),
            ]
        )
        yield store


def test_a_timeline_has_its_empty_buckets(store: GraphStore) -> None:
    found = timeline(store)
    assert [(b.key, b.events) for b in found.buckets] == [
        ("2021-12", 1),
        ("2022-01", 1),
        ("2022-02", 0),
        ("2022-03", 3),
    ]
    assert (found.lanes, found.undated) == ((None,), 1)
    assert found.buckets[2].tone is None
    assert (found.buckets[2].first, found.buckets[2].last) == (date(2022, 2, 1), date(2022, 2, 28))


def test_lanes_are_the_largest_and_all_as_long(store: GraphStore) -> None:
    found = timeline(store, by=Axis.TYPE, lanes=2)
    assert found.lanes == ("ASSAULT", "AID")
    assert [(b.key, b.lane, b.events) for b in found.buckets] == [
        ("2022-03", "ASSAULT", 2),
        ("2022-03", "AID", 1),
    ] or len(found.buckets) == 8
    assert found.undated == 1
    assert sum(b.events for b in timeline(store, by=Axis.ACTOR).buckets if b.lane == "UKR") == 4


def test_a_timeline_reaches_as_far_as_the_query(store: GraphStore) -> None:
    query = EventQuery(first_day=date(2022, 3, 1), last_day=date(2022, 3, 10))
    found = timeline(store, query, bucket=Axis.DAY)
    assert [b.events for b in found.buckets] == [0, 0, 0, 0, 1, 2, 0, 0, 0, 0]
    weeks = timeline(store, query, bucket=Axis.WEEK)
    assert [(b.key, b.first.isoformat(), b.events) for b in weeks.buckets] == [
        ("2022-W09", "2022-02-28", 3),
        ("2022-W10", "2022-03-07", 0),
    ]
    assert [b.key for b in timeline(store, bucket=Axis.YEAR).buckets] == ["2021", "2022"]
    assert timeline(store, EventQuery(actors=("NOBODY",))).buckets == ()


def test_senseless_timelines_are_refused(store: GraphStore) -> None:
    with pytest.raises(InvalidInput, match="buckets are"):
        timeline(store, bucket=Axis.TYPE)
    with pytest.raises(InvalidInput, match="too long"):
        timeline(store, EventQuery(first_day=date(1500, 1, 1)), bucket=Axis.DAY)


@pytest.mark.parametrize(
    ("day", "bucket", "expected"),
    [
        (date(2021, 1, 3), Axis.WEEK, ("2020-W53", date(2020, 12, 28), date(2021, 1, 3))),
        (date(2024, 12, 30), Axis.WEEK, ("2025-W01", date(2024, 12, 30), date(2025, 1, 5))),
        (date(2024, 2, 10), Axis.MONTH, ("2024-02", date(2024, 2, 1), date(2024, 2, 29))),
        (date(2022, 12, 31), Axis.MONTH, ("2022-12", date(2022, 12, 1), date(2022, 12, 31))),
        (date(987, 5, 1), Axis.YEAR, ("0987", date(987, 1, 1), date(987, 12, 31))),
    ],
)
def test_buckets_of_days(day: date, bucket: Axis, expected: tuple[str, date, date]) -> None:
    assert bucket_of(day, bucket) == expected


def test_relations_are_directed_and_weighted(store: GraphStore) -> None:
    found = relations(store)
    assert (found[0].initiator, found[0].recipient, found[0].events) == ("RUS-MIL", "UKR", 2)
    assert found[0].tone == -9.0
    assert len(found) == 5
    assert relations(store, limit=1) == found[:1]
    graph = actor_graph(store)
    assert graph.nodes["UKR"] == {"name": "Ukraine", "country": "UKR", "kind": "country", "events": 4}
    assert graph.edges["USA", "UKR"]["weight"] == 1
    assert ("UKR", "USA") not in graph.edges


def test_a_layout_is_the_same_each_time_and_keeps_what_is_fixed(store: GraphStore) -> None:
    graph = actor_graph(store)
    places = layout(graph, seed=7)
    assert places == layout(graph, seed=7)
    assert set(places) == set(graph.nodes)
    smaller = actor_graph(store, EventQuery(types=("ASSAULT", "AID")))
    fixed = {id: places[id] for id in ("UKR", "USA")}
    again = layout(smaller, fixed=fixed)
    assert again["UKR"] == pytest.approx(places["UKR"])
    assert again["USA"] == pytest.approx(places["USA"])
    assert layout(actor_graph(store, EventQuery(actors=("NOBODY",)))) == {}
    assert layout(smaller, fixed=places) == {id: places[id] for id in smaller}


def test_a_profile_shows_an_actor_at_a_glance(store: GraphStore) -> None:
    found = profile(store, "RUS")
    assert found.actor is not None
    assert found.actor.name == "Russia"
    assert found.total.events == 5
    assert [(p.actor, p.acted_on, p.acting) for p in found.partners] == [
        ("UKR", 3, 0),
        ("IGO-OSCE", 1, 0),
        ("USA", 0, 1),
    ]
    assert found.types[0].key == ("ASSAULT",)
    assert [c.key for c in found.places] == [(str(KHARKIV.id),), (str(VIENNA.id),)]
    assert [c.key for c in found.publishers] == [("Herald",), ("Gazette",)]
    assert [b.events for b in found.months] == [1, 1, 0, 2]
    assert profile(store, "NOBODY").actor is None


def test_disagreements_say_who_says_what() -> None:
    def killed(low: float, high: float | None = None) -> list[Quantity]:
        return [Quantity("killed", low, low if high is None else high)]

    day = days("2022-03-05")
    with open_store("sqlite:///:memory:") as store:
        store.add(
            [
                coded("a", Told("ASSAULT", "RUS", "UKR", day=day, place=KHARKIV, quantities=killed(12)), publisher="Herald"),
                coded("b", Told("ASSAULT", "RUS", "UKR", day=day, place=UKRAINE, quantities=killed(15)), publisher="Gazette"),
                coded("c", Told("ASSAULT", "RUS", "UKR", day=day, quantities=killed(10, 13), mode="aerial"), publisher="Courier"),
            ]
        )  # fmt: skip
        (event,) = store.events(EventQuery())
        (found,) = disagreements(store, event.id)
        assert found.field == "killed"
        assert [(v.value, v.publishers) for v in found.versions] == [
            ("10-13", ("Courier",)),
            ("12", ("Herald",)),
            ("15", ("Gazette",)),
        ]
        assert all(len(version.mention_ids) == 1 for version in found.versions)
        assert disagreements(store, "unknown") == []


def test_one_origin_does_not_disagree_with_itself() -> None:
    rest = " ".join(f"What word{number} adds to word{number + 1} is told here." for number in range(20))
    prints = []
    for key, killed in (("a", 12.0), ("b", 15.0)):
        sentence = f"Rockets killed {killed:.0f} people in the market of Kharkiv on Saturday."
        told = Told(
            "ASSAULT",
            "RUS",
            "UKR",
            day=days("2022-03-05"),
            quantities=[Quantity("killed", killed, killed)],
            sentence=sentence,
        )
        prints.append(coded(key, told, text=f"{sentence} {rest}"))
    with open_store("sqlite:///:memory:") as store:
        store.add(prints)
        (event,) = store.events(EventQuery())
        assert (event.mention_count, event.origin_count) == (2, 1)
        assert disagreements(store, event.id) == []
