"""What holds for any corpus: nothing depends on order, nothing is written twice, all can be undone."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import CodedArticle, Event, EventMention, EventQuery
from graph.store import GraphStore, open_store
from tests.graph.store.content import content, groups
from tests.graph.strategies import article, corpus

MANY = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def memory() -> GraphStore:
    return open_store("sqlite:///:memory:")


@MANY
@given(corpus(), st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(articles: list[CodedArticle], random: object) -> None:
    shuffled = list(articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with memory() as together, memory() as one_by_one:
        together.add(articles)
        for one in shuffled:
            one_by_one.add([one])
        assert groups(one_by_one) == groups(together)
        assert content(one_by_one) == content(together)


@MANY
@given(corpus(), st.data())
def test_removing_what_was_added_restores_everything(
    articles: list[CodedArticle], data: st.DataObject
) -> None:
    *kept, extra = articles
    with memory() as store:
        store.add(kept)
        before = content(store)
        store.add([extra])
        assert store.remove_article(extra.article.id)
        assert content(store) == before
        assert not store.remove_article(extra.article.id)
    with memory() as store:
        store.add(articles)
        for gone in data.draw(st.permutations(articles)):
            store.remove_article(gone.article.id)
        assert content(store) == content(memory())


@MANY
@given(corpus())
def test_adding_again_changes_nothing(articles: list[CodedArticle]) -> None:
    with memory() as store:
        first = store.add(articles)
        before = content(store)
        again = store.add(articles)
        assert (first.added, again.unchanged) == (len(articles), len(articles))
        assert (again.added, again.mentions, again.events_new, again.events_touched) == (0, 0, 0, 0)
        assert content(store) == before


@MANY
@given(corpus(), st.data())
def test_reports_tell_how_many_events_there_are(articles: list[CodedArticle], data: st.DataObject) -> None:
    anew = data.draw(article("a0"))
    expected = 0
    with memory() as store:
        for one in (*articles, anew):
            report = store.add([one])
            expected += report.events_new - report.events_gone
            assert store.statistics().events == expected


@MANY
@given(corpus(), st.data())
def test_coding_an_article_anew_is_like_having_coded_it_so_at_first(
    articles: list[CodedArticle], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(articles) - 1))
    recoded = data.draw(article(f"a{number}"))
    final = [*articles[:number], recoded, *articles[number + 1 :]]
    with memory() as changed, memory() as fresh:
        changed.add(articles)
        changed.add([recoded])
        fresh.add(final)
        assert content(changed) == content(fresh)
    with memory() as at_once:
        at_once.add([*articles, recoded])
        with memory() as fresh:
            fresh.add(final)
            assert content(at_once) == content(fresh)


@MANY
@given(corpus())
def test_articles_come_back_as_they_were_added(articles: list[CodedArticle]) -> None:
    with memory() as store:
        store.add(articles)
        for one in articles:
            assert store.article(one.article.id) == one
            assert store.mentions_of_article(one.article.id) == list(one.mentions)


@MANY
@given(corpus())
def test_every_mention_is_in_exactly_one_event(articles: list[CodedArticle]) -> None:
    with memory() as store:
        store.add(articles)
        events = list(store.events(EventQuery()))
        placed = [mention for event in events for mention in event.mention_ids]
        assert sorted(placed) == sorted(m.id for one in articles for m in one.mentions)
        for event in events:
            _holds_together(store, event)


def _holds_together(store: GraphStore, event: Event) -> None:
    mentions: list[EventMention] = store.mentions(event.id)
    assert [m.id for m in mentions] == list(event.mention_ids)
    assert {m.type for m in mentions} == {event.type}
    links = store.links(event.id)
    assert {link.mention_id for link in links} == set(event.mention_ids)
    assert all(link.reason for link in links)
    assert all(store.event_of_mention(m.id) == event.id for m in mentions)
    stated = [m.day for m in mentions if m.day is not None and m.day.basis != "publication"]
    single = {day.first for day in stated if day.first == day.last}
    origins = {store.origin_of(m.article_id) for m in mentions}
    if len(origins) == len(mentions):
        assert len(single) <= 1, "two stated days in one event"


def test_order_does_not_matter_across_backends(new_store: Callable[[], GraphStore]) -> None:
    from tests.graph.made import KHARKIV, Told, coded, days

    articles = [
        coded(f"x{n}", Told("ASSAULT", "RUS", "UKR", day=days(f"2022-03-0{n % 3 + 1}"), place=KHARKIV))
        for n in range(6)
    ]
    forwards = new_store()
    forwards.add(articles)
    expected = content(forwards)
    assert len(groups(forwards)) == 3
    # On a server with one database the second store takes the place of the first.
    backwards = new_store()
    for one in reversed(articles):
        backwards.add([one])
    assert content(backwards) == expected
