"""What is read out of relations is the same on every backend of ``conftest.BACKENDS``."""

import threading
from datetime import date

import pytest

from graph.analysis.change import changes
from graph.analysis.neighbours import PAIRS, partners
from graph.analysis.network import network
from graph.analysis.paths import paths
from graph.analysis.profile import profile
from graph.errors import InvalidInput
from graph.model import Axis, Count, EventQuery, Grouping, event_id
from graph.store import GraphStore, Verdict
from tests.graph.made import KHARKIV, VIENNA, Told, coded, days


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    """Give a store in which Vienna's talks, a war and some aid hang together."""
    war = Told("ASSAULT", "RUS-MIL", "UKR", day=days("2022-03-05"), place=KHARKIV, score=0.8)
    store.add(
        [
            coded(
                "a",
                Told("CONSULT", "RUS", "IGO-OSCE", day=days("2022-01-13"), place=VIENNA, reciprocal=True),
                Told("THREATEN", "RUS", "UKR", day=days("2022-01-20")),
                war,
                Told("AID", "USA", "UKR", day=days("2022-03-06")),
                Told("ACCUSE", "USA", "RUS"),
                publisher="Herald",
            ),
            coded(
                "b",
                war,
                Told("SUPPORT", "NAM-smith", "UKR", day=days("2022-03-07")),
                Told("CONSULT", "NAM-j-smith", "IGO-OSCE", day=days("2022-03-08"), mode="phone"),
                publisher="Gazette",
            ),
        ]
    )
    return store


def _counted(store: GraphStore, query: EventQuery) -> list[list[Count]]:
    """Return what ``count_groups`` gives, after comparing it with each grouping alone."""
    axes = ((), (Axis.TYPE,), (Axis.PUBLISHER,), (Axis.PLACE,), (Axis.MONTH,), (Axis.ACTOR, Axis.TYPE))
    plain = [Grouping(by, limit) for by in (*axes, PAIRS.by, (Axis.COUNTRY,)) for limit in (None, 2)]
    *found, pairs = store.count_groups(query, (*plain, PAIRS))
    assert found == [store.count_events(query, one.by, one.limit) for one in plain]
    assert [one._replace(first_day=None, last_day=None) for one in pairs] == store.count_events(
        query, PAIRS.by
    )
    return [*found, pairs]


@pytest.mark.parametrize("judged", [False, True])
def test_groupings_together_are_as_each_alone(filled: GraphStore, judged: bool) -> None:
    if judged:
        filled.judge("RUS-MIL", "RUS", Verdict.SAME)
    _counted(filled, EventQuery())
    *_, pairs = _counted(filled, EventQuery(actors=("RUS",)))
    assert {one.key: (one.events, one.first_day, one.last_day) for one in pairs} == {
        ("RUS", "IGO-OSCE"): (1, date(2022, 1, 13), date(2022, 1, 13)),
        ("USA", "RUS"): (1, None, None),
    } | (
        {("RUS", "UKR"): (2, date(2022, 1, 20), date(2022, 3, 5))}
        if judged
        else {
            ("RUS", "UKR"): (1, date(2022, 1, 20), date(2022, 1, 20)),
            ("RUS-MIL", "UKR"): (1, date(2022, 3, 5), date(2022, 3, 5)),
        }
    )
    assert filled.count_groups(EventQuery(actors=("NOBODY",)), (Grouping(), PAIRS)) == [
        [Count((), 0, 0, None)],
        [],
    ]
    with pytest.raises(InvalidInput):
        filled.count_groups(EventQuery(), (Grouping(limit=-1),))


def test_details_are_what_each_part_says(filled: GraphStore) -> None:
    filled.judge("RUS-MIL", "RUS", Verdict.SAME)
    for event in filled.events():
        for id in (event.id, *map(event_id, event.mention_ids)):
            details = filled.details(id)
            assert details is not None
            assert details.event == event == filled.event(id)
            assert list(details.mentions) == filled.mentions(event.id)
            assert list(details.links) == filled.links(event.id)
            assert [details.place] == (filled.places([event.place]) if event.place else [None])
    war = next(filled.events(EventQuery(types=("ASSAULT",))))
    assert len(war.mention_ids) == 2
    assert filled.details("e-unknown") is None


def test_countries_follow_judgements(filled: GraphStore) -> None:
    ids = ["RUS-MIL", "RUS", "IGO-OSCE", "NAM-smith", "NOBODY"]
    assert filled.countries(ids) == {"RUS-MIL": "RUS", "RUS": "RUS"}
    filled.judge("NAM-smith", "RUS-MIL", Verdict.SAME)
    assert filled.countries(ids) == {"RUS-MIL": "RUS", "RUS": "RUS", "NAM-smith": "RUS"}
    assert filled.countries([]) == {}


def test_what_is_read_at_one_moment_is_one_state(filled: GraphStore) -> None:
    begun = threading.Event()

    def add() -> None:
        begun.set()
        filled.add([coded("late", Told("AID", "USA", "UKR", day=days("2022-05-01")))])

    writer = threading.Thread(target=add)

    def read() -> list[int]:
        found = [filled.statistics().events, sum(1 for _ in filled.events())]
        writer.start()
        assert begun.wait(30)
        if filled.url.startswith("sqlite") and ":memory:" not in filled.url:
            writer.join()
        found += [filled.count_events()[0].events, filled.at_one_moment(lambda: filled.statistics().events)]
        with pytest.raises(InvalidInput, match="at one moment"):
            filled.remove_article("a")
        return found

    assert filled.at_one_moment(read) == [7, 7, 7, 7]
    writer.join()
    assert filled.statistics().events == 8
    with pytest.raises(KeyError):
        filled.at_one_moment(lambda: {}["nothing"])
    filled.remove_article("late")
    assert filled.statistics().events == 7


def test_paths(filled: GraphStore) -> None:
    found = paths(filled, "IGO-OSCE", "USA", most_events=2)
    assert [path.actors for path in found] == [
        ("IGO-OSCE", "RUS", "USA"),
        ("IGO-OSCE", "RUS", "UKR", "USA"),
    ]
    filled.judge("NAM-smith", "NAM-j-smith", Verdict.SAME)
    smith = filled.canonical_actor("NAM-smith")
    found = paths(filled, "IGO-OSCE", "RUS", EventQuery(first_day=date(2022, 3, 1)))
    assert [path.actors for path in found] == [("IGO-OSCE", smith, "UKR", "RUS")]
    (call, support, war) = found[0].steps
    assert (call.forth, call.back, call.tone) == (0, 1, 1.5)
    assert [(event.type, event.day and event.day.edtf) for event in support.told] == [
        ("SUPPORT", "2022-03-07")
    ]
    assert [(event.origin_count, event.initiators) for event in war.told] == [(2, ("RUS-MIL",))]


def test_neighbours_and_profile(filled: GraphStore) -> None:
    assert [
        (p.actor, p.acted_on, p.acting, p.mentions, p.tone_acted_on, p.tone_acting, p.first_day, p.last_day)
        for p in partners(filled, "RUS")
    ] == [
        ("UKR", 2, 0, 3, -6.25, None, date(2022, 1, 20), date(2022, 3, 5)),
        ("IGO-OSCE", 1, 0, 1, 2.5, None, date(2022, 1, 13), date(2022, 1, 13)),
        ("USA", 0, 1, 1, None, -3.0, None, None),
    ]
    found = profile(filled, "UKR")
    assert [(p.actor, p.events) for p in found.partners] == [
        ("NAM-smith", 1), ("RUS", 1), ("RUS-MIL", 1), ("USA", 1),
    ]  # fmt: skip
    assert found.total.events == 4


def test_network_and_changes(filled: GraphStore) -> None:
    found = network(filled, by_country=True)
    assert {s.actor: (s.degree, s.weighted_out, s.weighted_in) for s in found.standings} == {
        "IGO-OSCE": (2, 0, 2),
        "NAM-j-smith": (1, 1, 0),
        "NAM-smith": (1, 1, 0),
        "RUS": (3, 3, 1),
        "UKR": (3, 0, 4),
        "USA": (2, 2, 0),
    }
    assert found.balance.kinds == {"+++": 0, "+--": 1, "++-": 0, "---": 0}
    windows = ((date(2022, 1, 1), date(2022, 1, 31)), (date(2022, 3, 1), date(2022, 3, 31)))
    told = [(c.one, c.other, c.kind.value) for c in changes(filled, *windows, by_country=True)]
    assert told == [
        ("RUS", "UKR", "cooled"),
        ("IGO-OSCE", "NAM-j-smith", "new"),
        ("IGO-OSCE", "RUS", "ended"),
        ("NAM-smith", "UKR", "new"),
        ("UKR", "USA", "new"),
    ]
