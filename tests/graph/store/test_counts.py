"""Counts of all events take short cuts: they must say what the same counts with a filter say."""

from itertools import permutations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Axis, CodedArticle, EventQuery
from graph.store import open_store
from graph.store.base import Verdict
from tests.graph.strategies import corpus

ALL = EventQuery()
ALL_BUT_FILTERED = EventQuery(min_score=1e-9)
"""Lets every event through, but is a condition."""

AXES = [(axis,) for axis in Axis] + list(
    permutations((Axis.TYPE, Axis.ACTOR, Axis.INITIATOR, Axis.RECIPIENT, Axis.PUBLISHER), 2)
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpus(), st.booleans(), st.data())
def test_counts_of_all_events_are_those_with_a_filter_that_lets_all_through(
    articles: list[CodedArticle], judged: bool, data: st.DataObject
) -> None:
    with open_store("sqlite:///:memory:") as store:
        store.add(articles)
        ids = sorted(actor.id for actor in store.actors(limit=None))
        if judged and len(ids) > 1:
            one, other = data.draw(st.permutations(ids))[:2]
            store.judge(one, other, Verdict.SAME)
        for by in AXES:
            assert store.count_events(ALL, by) == store.count_events(ALL_BUT_FILTERED, by), by
        store.remove_article(data.draw(st.sampled_from(articles)).article.id)
        for by in AXES:
            assert store.count_events(ALL, by) == store.count_events(ALL_BUT_FILTERED, by), by
