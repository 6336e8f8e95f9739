"""Paths between two actors: shortest first, best told among equals, with the events on the way."""

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, permutations

import pytest

from graph.analysis.paths import Path, paths
from graph.errors import InvalidInput
from graph.model import EventQuery
from graph.store import GraphStore, Verdict, open_store
from tests.graph.made import Told, coded, days

DAY = days("2022-03-05")


@pytest.fixture
def store() -> Iterator[GraphStore]:
    """Give an empty store."""
    with open_store("sqlite:///:memory:") as store:
        yield store


def ways(found: list[Path]) -> list[str]:
    return [" ".join(path.actors) for path in found]


def several(type: str, by: str, at: str, number: int) -> list[Told]:
    """Return so many events of the same two, on days of their own."""
    return [Told(type, by, at, day=days(f"2022-03-{day:02d}")) for day in range(1, number + 1)]


def test_short_paths_come_first_and_well_told_ones_among_equals(store: GraphStore) -> None:
    store.add(
        [
            coded("direct", Told("ACCUSE", "NAM-a", "NAM-z", day=DAY)),
            coded(
                "weak",
                Told("CONSULT", "NAM-a", "NAM-b", day=DAY),
                *several("CONSULT", "NAM-b", "NAM-z", 9),
            ),
            coded(
                "strong",
                *several("CONSULT", "NAM-a", "NAM-c", 3),
                *several("CONSULT", "NAM-z", "NAM-c", 3),
            ),
        ]
    )
    found = paths(store, "NAM-a", "NAM-z")
    assert ways(found) == ["NAM-a NAM-z", "NAM-a NAM-c NAM-z", "NAM-a NAM-b NAM-z"]
    assert ways(paths(store, "NAM-z", "NAM-a", most_paths=2)) == ["NAM-z NAM-a", "NAM-z NAM-c NAM-a"]
    assert ways(paths(store, "NAM-a", "NAM-z", most_steps=1)) == ["NAM-a NAM-z"]
    there, back = found[1].steps
    assert (there.forth, there.back, back.forth, back.back) == (3, 0, 0, 3)
    assert (there.events, there.tone) == (3, 2.5)


def test_of_equally_told_ones_the_busier_way_comes_first(store: GraphStore) -> None:
    both = [Told("CONSULT", "NAM-a NAM-z", middle, day=DAY) for middle in ("NAM-b", "NAM-c")]
    store.add([coded("all", *both, Told("AID", "NAM-c", "NAM-elsewhere"))])
    assert ways(paths(store, "NAM-a", "NAM-z")) == ["NAM-a NAM-c NAM-z", "NAM-a NAM-b NAM-z"]


def test_no_way_is_no_path(store: GraphStore) -> None:
    store.add([coded("a", Told("AID", "NAM-a", "NAM-b")), coded("c", Told("AID", "NAM-c", "NAM-d"))])
    assert paths(store, "NAM-a", "NAM-d") == []
    assert paths(store, "NAM-a", "NOBODY") == []


def test_only_opposite_sides_are_a_step(store: GraphStore) -> None:
    store.add([coded("both", Told("SANCTION", "NAM-a NAM-b", "NAM-c", day=DAY))])
    assert ways(paths(store, "NAM-a", "NAM-b")) == ["NAM-a NAM-c NAM-b"]


def test_the_filters_say_which_events_make_a_step(store: GraphStore) -> None:
    store.add(
        [
            coded("war", Told("ASSAULT", "NAM-a", "NAM-z", day=DAY)),
            coded("talk", Told("CONSULT", "NAM-a", "NAM-b"), Told("CONSULT", "NAM-b", "NAM-z")),
        ]
    )
    found = paths(store, "NAM-a", "NAM-z", EventQuery(types=("CONSULT",), limit=1))
    assert ways(found) == ["NAM-a NAM-b NAM-z"]
    assert {event.type for step in found[0].steps for event in step.told} == {"CONSULT"}
    within = EventQuery(between=("NAM-b", "NAM-z"))
    assert ways(paths(store, "NAM-b", "NAM-z", within)) == ["NAM-b NAM-z"]
    assert paths(store, "NAM-a", "NAM-z", within) == []


def test_the_best_told_events_come_first(store: GraphStore) -> None:
    told = {
        type: Told(type, "NAM-a", "NAM-z", day=DAY, score=score)
        for type, score in (("ACCUSE", 0.4), ("REJECT", 0.9), ("THREATEN", 0.5), ("AID", 0.8))
    }
    store.add(
        [
            coded("one", *told.values(), publisher="Herald"),
            coded("two", told["ACCUSE"], told["THREATEN"], publisher="Gazette"),
            coded("three", told["ACCUSE"], publisher="Courier"),
        ]
    )
    (path,) = paths(store, "NAM-a", "NAM-z")
    (step,) = path.steps
    assert [(event.type, event.origin_count) for event in step.told] == [
        ("ACCUSE", 3),
        ("THREATEN", 2),
        ("REJECT", 1),
    ]
    assert step.events == 4
    (bare,) = paths(store, "NAM-a", "NAM-z", most_events=0)
    assert bare.steps[0].told == ()


def test_of_very_many_events_the_best_told_are_found(store: GraphStore) -> None:
    def told(number: int) -> Told:
        return Told("ACCUSE", "NAM-a", "NAM-z", day=days(f"20{10 + number // 28}-01-{number % 28 + 1:02d}"))

    articles = [coded(f"a{number}", told(number)) for number in range(130)]
    articles += [coded(f"b{number}-{copy}", told(number)) for number in (7, 90) for copy in range(number)]
    store.add(articles)
    (path,) = paths(store, "NAM-a", "NAM-z", most_events=3)
    step = path.steps[0]
    everything = sorted(store.events(), key=lambda e: (-e.origin_count, e.day.first if e.day else None))
    assert step.events == 130
    assert [event.id for event in step.told] == [event.id for event in everything[:3]]
    assert [event.origin_count for event in step.told] == [91, 8, 1]


def test_a_country_stands_for_its_own_at_the_ends_only(store: GraphStore) -> None:
    store.add(
        [
            coded("a", Told("ASSAULT", "RUS-MIL", "UKR-MIL", day=DAY), Told("ACCUSE", "RUS-MIL", "RUS")),
            coded("b", Told("AID", "USA", "UKR-MIL"), Told("AID", "USA", "UKR")),
        ]
    )
    (path,) = paths(store, "RUS", "UKR", most_paths=1)
    assert path.actors == ("RUS", "UKR")
    assert path.steps[0].told[0].initiators == ("RUS-MIL",)
    assert ways(paths(store, "RUS", "USA")) == ["RUS UKR-MIL USA"]
    assert ways(paths(store, "RUS-MIL", "RUS")) == ["RUS-MIL RUS"]


def test_in_between_a_country_is_itself(store: GraphStore) -> None:
    store.add(
        [
            coded(
                "all",
                Told("ACCUSE", "NAM-a", "RUS", day=DAY),
                Told("ASSAULT", "RUS-MIL", "NAM-a", day=DAY),
                Told("AID", "RUS", "NAM-z", day=DAY),
            )
        ]
    )
    (path,) = paths(store, "NAM-a", "NAM-z")
    assert [(step.other, step.events, [event.type for event in step.told]) for step in path.steps] == [
        ("RUS", 1, ["ACCUSE"]),
        ("NAM-z", 1, ["AID"]),
    ]
    (path,) = paths(store, "NAM-a", "RUS")
    assert {event.type for event in path.steps[0].told} == {"ACCUSE", "ASSAULT"}


def test_who_was_judged_the_same_is_one(store: GraphStore) -> None:
    store.add(
        [
            coded("a", Told("AID", "NAM-a", "NAM-smith")),
            coded("b", Told("AID", "NAM-john-smith", "NAM-z")),
        ]
    )
    assert paths(store, "NAM-a", "NAM-z") == []
    store.judge("NAM-smith", "NAM-john-smith", Verdict.SAME)
    (path,) = paths(store, "NAM-a", "NAM-z")
    assert path.actors[1] == store.canonical_actor("NAM-smith")
    assert [len(step.told) for step in path.steps] == [1, 1]
    with pytest.raises(InvalidInput, match="both ends are"):
        paths(store, "NAM-smith", "NAM-john-smith")


@pytest.mark.parametrize(
    "wrong", [{"most_steps": 0}, {"most_steps": 99}, {"most_paths": 0}, {"most_events": -1}]
)
def test_senseless_numbers_are_refused(store: GraphStore, wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidInput):
        paths(store, "NAM-a", "NAM-b", **wrong)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_better_is_left_out(store: GraphStore, seed: int) -> None:
    chance = random.Random(seed)
    ids = [f"NAM-{letter}" for letter in "abcdefg"]
    events: dict[tuple[str, str], int] = {}
    told: list[Told] = []
    for one, other in ((a, b) for a in ids for b in ids if a < b):
        if chance.random() < 0.5:
            events[one, other] = chance.randint(1, 4)
            told += several("CONSULT", *chance.sample([one, other], 2), events[one, other])
    store.add([coded("all", *told)])

    def cost(way: tuple[str, ...]) -> tuple[int, Fraction] | None:
        weights = [events.get((min(pair), max(pair)), 0) for pair in pairwise(way)]
        if not all(weights):
            return None
        return len(weights), sum((Fraction(1, weight) for weight in weights), Fraction())

    start, end = ids[0], ids[-1]
    possible = [(start, *middle, end) for length in range(4) for middle in permutations(ids[1:-1], length)]
    expected = sorted(price for way in possible if (price := cost(way)) is not None)
    found = [cost(path.actors) for path in paths(store, start, end, most_paths=12, most_steps=4)]
    assert found == expected[:12]
