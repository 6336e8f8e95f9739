"""What every store must do: run against each backend of ``conftest.BACKENDS``."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from graph.errors import InvalidInput
from graph.model import Actor, ActorId, Axis, CodedArticle, EventQuery, event_id
from graph.store import GraphStore, Verdict
from tests.graph.made import AUSTRIA, KHARKIV, ODESA, VIENNA, Told, actor, coded, days
from tests.graph.store.content import content


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    """Give a store with five events: two talks, two attacks, a threat without a day."""
    store.add(
        [
            coded(
                "vienna1",
                Told(
                    "CONSULT",
                    "RUS",
                    "IGO-OSCE",
                    day=days("2022-01-13"),
                    place=VIENNA,
                    reciprocal=True,
                    score=0.9,
                    sentence="Russia and the OSCE held talks in Vienna on Thursday.",
                ),
                publisher="Herald",
                title="Security talks open",
            ),
            coded(
                "vienna2",
                Told(
                    "CONSULT",
                    "IGO-OSCE",
                    "RUS",
                    day=days("2022-01-13"),
                    place=AUSTRIA,
                    reciprocal=True,
                    score=0.4,
                    sentence="OSCE and Russian envoys met on 13 January.",
                ),
                Told(
                    "THREATEN",
                    "RUS",
                    "USA",
                    score=0.3,
                    sentence='Moscow warned Washington of "grave consequences".',
                ),
                publisher="Gazette",
            ),
            coded(
                "kharkiv",
                Told(
                    "ASSAULT",
                    "RUS-MIL",
                    "UKR",
                    day=days("2022-03-01"),
                    place=KHARKIV,
                    score=0.8,
                    sentence="Russian missiles struck Kharkiv.",
                ),
                Told(
                    "ASSAULT",
                    "RUS-MIL",
                    "UKR",
                    day=days("2022-03-02"),
                    place=KHARKIV,
                    score=0.7,
                    sentence="A day later missiles hit the city again.",
                ),
                Told(
                    "CONSULT",
                    "USA",
                    "UKR",
                    day=days("2022-03-01", "2022-03-04", basis="relative"),
                    modality="future",
                    score=0.6,
                    sentence="Café diplomacy: US and Ukrainian officials will meet this week.",
                ),
                publisher="Herald",
                published="2022-03-03T00:00:00",
            ),
        ]
    )
    return store


def types(store: GraphStore, query: EventQuery) -> list[str]:
    return [event.type for event in store.events(query)]


def test_add_reports_what_it_did(store: GraphStore) -> None:
    first = coded("a", Told("CONSULT", "RUS", "USA", day=days("2022-01-01")))
    second = coded("b", Told("CONSULT", "USA", "RUS", day=days("2022-01-01"), reciprocal=True))
    report = store.add([first])
    assert (report.added, report.unchanged, report.mentions) == (1, 0, 1)
    assert (report.events_new, report.events_touched) == (1, 0)
    report = store.add([first, second])
    assert (report.added, report.unchanged, report.mentions) == (1, 1, 1)
    assert (report.events_new, report.events_touched) == (0, 1)
    report = store.add([replace(first, mentions=())])
    assert (report.added, report.replaced, report.mentions) == (0, 1, 0)
    assert (report.events_new, report.events_touched, report.events_gone) == (1, 1, 1)


def test_events_come_in_order_of_days_undated_last(filled: GraphStore) -> None:
    found = list(filled.events(EventQuery()))
    assert [event.day.edtf if event.day else None for event in found] == [
        "2022-01-13",
        "2022-03-01",
        "2022-03-01/2022-03-04",
        "2022-03-02",
        None,
    ]
    assert found == list(filled.events())


def test_an_event_tells_what_its_mentions_agree_on(filled: GraphStore) -> None:
    talks = next(filled.events(EventQuery()))
    assert (talks.type, talks.reciprocal, talks.place) == ("CONSULT", True, VIENNA.id)
    assert (talks.initiators, talks.recipients) == (("RUS",), ("IGO-OSCE",))
    assert (talks.mention_count, talks.article_count, talks.origin_count) == (2, 2, 2)
    assert (talks.publisher_count, talks.score, talks.tone) == (2, 0.9, 2.5)
    assert talks.summary == "Russia ↔ OSCE · CONSULT"
    assert talks.quote == "Russia and the OSCE held talks in Vienna on Thursday."
    assert talks.first_reported == datetime(2022, 1, 14, 9, tzinfo=UTC)
    assert [m.score for m in filled.mentions(talks.id)] == [0.9, 0.4]


def test_links_say_why(filled: GraphStore) -> None:
    talks = next(filled.events(EventQuery()))
    founder, other = filled.links(talks.id)
    assert founder.reason == "first to tell it: CONSULT, day 2022-01-13"
    assert other.reason == (
        "same type CONSULT; both IGO-OSCE and RUS; day 2022-01-13; place Vienna; "
        "words in both: osce, russia…; 90 % likely the same"
    )
    assert filled.links("e-unknown") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (EventQuery(actors=("RUS",)), ["CONSULT", "ASSAULT", "ASSAULT", "THREATEN"]),
        (EventQuery(actors=("RUS-MIL",)), ["ASSAULT", "ASSAULT"]),
        (EventQuery(actors=("IGO-OSCE", "UKR")), ["CONSULT", "ASSAULT", "CONSULT", "ASSAULT"]),
        (EventQuery(actors=("NOBODY",)), []),
        (EventQuery(between=("UKR", "RUS")), ["ASSAULT", "ASSAULT"]),
        (EventQuery(between=("USA", "RUS")), ["THREATEN"]),
        (EventQuery(between=("RUS", "RUS")), []),
        (EventQuery(types=("CONSULT", "THREATEN")), ["CONSULT", "CONSULT", "THREATEN"]),
        (EventQuery(modality=("future",)), ["CONSULT"]),
        (EventQuery(first_day=date(2022, 3, 2)), ["CONSULT", "ASSAULT"]),
        (EventQuery(last_day=date(2022, 3, 1)), ["CONSULT", "ASSAULT", "CONSULT"]),
        (EventQuery(first_day=date(2022, 1, 13), last_day=date(2022, 1, 13)), ["CONSULT"]),
        (EventQuery(country="UKR"), ["ASSAULT", "ASSAULT"]),
        (EventQuery(country="AUT"), ["CONSULT"]),
        (EventQuery(publishers=("Gazette",)), ["CONSULT", "THREATEN"]),
        (EventQuery(publishers=("Gazette", "Herald"), types=("ASSAULT",)), ["ASSAULT", "ASSAULT"]),
        (EventQuery(min_score=0.75), ["CONSULT", "ASSAULT"]),
        (EventQuery(min_origins=2), ["CONSULT"]),
        (EventQuery(limit=1), ["CONSULT"]),
        (EventQuery(limit=2, offset=3), ["ASSAULT", "THREATEN"]),
        (EventQuery(limit=0), []),
    ],
)
def test_each_field_of_a_query_narrows(filled: GraphStore, query: EventQuery, expected: list[str]) -> None:
    assert types(filled, query) == expected
    if query.limit is None:
        assert filled.count_events(query)[0].events == len(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("missiles", 2),
        ("MISSILES kharkiv", 1),
        ("missiles -kharkiv", 1),
        ('"grave consequences"', 1),
        ('"consequences grave"', 0),
        ("cafe", 1),
        ("security", 1),
        ("security missiles", 0),
        ("missil*", 2),
        ('" OR 1=1 --', 0),
        ("NEAR(missiles kharkiv)", 0),
        ("title : security", 0),
        ('"', 0),
        ("***", 0),
        ("\x00", 0),
        ("  ", 5),
        ("Kharkiv'; DROP TABLE event; --", 0),
    ],
)
def test_words_are_words_and_never_syntax(filled: GraphStore, text: str, expected: int) -> None:
    assert len(list(filled.events(EventQuery(text=text)))) == expected
    assert filled.count_events(EventQuery(text=text))[0].events == expected


def counted(
    store: GraphStore, *by: Axis, query: EventQuery | None = None
) -> dict[tuple[str | None, ...], int]:
    return {count.key: count.events for count in store.count_events(query or EventQuery(), by)}


def test_counts_group_by_any_axes(filled: GraphStore) -> None:
    assert counted(filled) == {(): 5}
    assert counted(filled, Axis.TYPE) == {("ASSAULT",): 2, ("CONSULT",): 2, ("THREATEN",): 1}
    assert counted(filled, Axis.DAY) == {
        ("2022-03-01",): 2,
        ("2022-01-13",): 1,
        ("2022-03-02",): 1,
        (None,): 1,
    }
    assert counted(filled, Axis.WEEK) == {("2022-W09",): 3, ("2022-W02",): 1, (None,): 1}
    assert counted(filled, Axis.MONTH) == {("2022-03",): 3, ("2022-01",): 1, (None,): 1}
    assert counted(filled, Axis.YEAR) == {("2022",): 4, (None,): 1}
    assert counted(filled, Axis.COUNTRY) == {("UKR",): 2, (None,): 2, ("AUT",): 1}
    assert counted(filled, Axis.PLACE) == {(str(KHARKIV.id),): 2, (None,): 2, (str(VIENNA.id),): 1}
    assert counted(filled, Axis.PUBLISHER) == {("Herald",): 4, ("Gazette",): 2}
    assert counted(filled, Axis.MODALITY) == {("asserted",): 4, ("future",): 1}
    assert counted(filled, Axis.ACTOR) == {
        ("UKR",): 3,
        ("RUS",): 2,
        ("RUS-MIL",): 2,
        ("USA",): 2,
        ("IGO-OSCE",): 1,
    }
    assert counted(filled, Axis.INITIATOR, Axis.RECIPIENT) == {
        ("RUS-MIL", "UKR"): 2,
        ("RUS", "IGO-OSCE"): 1,
        ("RUS", "USA"): 1,
        ("USA", "UKR"): 1,
    }
    assert counted(filled, Axis.MONTH, Axis.TYPE, Axis.ACTOR)["2022-03", "ASSAULT", "UKR"] == 2


def test_counts_come_largest_first_with_mentions_and_mean_tone(filled: GraphStore) -> None:
    first, second, third = filled.count_events(EventQuery(), (Axis.TYPE,))
    assert (first.key, first.mentions, first.tone) == (("ASSAULT",), 2, -9.0)
    assert (second.key, second.mentions, second.tone) == (("CONSULT",), 3, 2.5)
    assert third.key == ("THREATEN",)
    assert filled.count_events(EventQuery(), (Axis.TYPE,), limit=1) == [first]
    assert filled.count_events(EventQuery(), (Axis.TYPE,), limit=0) == []
    nothing = filled.count_events(EventQuery(actors=("NOBODY",)))
    assert (nothing[0].key, nothing[0].events, nothing[0].mentions, nothing[0].tone) == ((), 0, 0, None)


def test_a_limit_of_the_query_does_not_limit_counts(filled: GraphStore) -> None:
    assert counted(filled, query=EventQuery(limit=1, offset=2)) == {(): 5}


def test_senseless_queries_are_refused(filled: GraphStore) -> None:
    for query in (
        EventQuery(limit=-1),
        EventQuery(offset=-1),
        EventQuery(first_day=date(2022, 2, 1), last_day=date(2022, 1, 1)),
    ):
        with pytest.raises(InvalidInput):
            filled.events(query)
        with pytest.raises(InvalidInput):
            filled.count_events(query)
    with pytest.raises(InvalidInput):
        filled.articles(limit=-5)


def test_an_article_with_other_mentions_replaces_its_own(filled: GraphStore) -> None:
    before = filled.article("kharkiv")
    assert before is not None
    fresh = coded(
        "kharkiv",
        Told("PROTEST", "UKR-CVL", "RUS", day=days("2022-03-01"), place=ODESA, coder="rules 0.2"),
        publisher="Herald",
        published="2022-03-03T00:00:00",
    )
    report = filled.add([fresh])
    assert (report.added, report.replaced, report.mentions) == (0, 1, 1)
    assert types(filled, EventQuery(publishers=("Herald",))) == ["CONSULT", "PROTEST"]
    assert filled.article("kharkiv") == fresh
    assert [a.id for a in filled.actors(["RUS-MIL", "UKR-CVL"])] == ["UKR-CVL"]
    assert [p.name for p in filled.places()] == ["Austria", "Odesa", "Vienna"]
    assert types(filled, EventQuery(text="missiles")) == []
    filled.add([before])
    assert types(filled, EventQuery(text="missiles")) == ["ASSAULT", "ASSAULT"]


def test_removing_an_article_removes_all_that_came_from_it(filled: GraphStore) -> None:
    talks = next(filled.events(EventQuery()))
    assert filled.remove_article("vienna1") is True
    assert filled.article("vienna1") is None
    left = filled.event(talks.mention_ids[1].replace("m", "e", 1)) or next(filled.events(EventQuery()))
    assert (left.mention_count, left.publisher_count, left.place) == (1, 1, AUSTRIA.id)
    assert filled.remove_article("vienna1") is False
    assert "VIENNA" not in [place.name.upper() for place in filled.places()]
    for key in ("vienna2", "kharkiv"):
        filled.remove_article(key)
    statistics = filled.statistics()
    assert (statistics.articles, statistics.mentions, statistics.events) == (0, 0, 0)
    assert (statistics.actors, statistics.places, statistics.publishers, statistics.origins) == (0, 0, 0, 0)


def test_an_id_once_given_stays_good_when_events_merge_and_part(store: GraphStore) -> None:
    late = coded(
        "late", Told("CONSULT", "RUS", "USA", day=days("2022-01-01")), published="2022-01-03T00:00:00"
    )
    early = coded(
        "early", Told("CONSULT", "RUS", "USA", day=days("2022-01-01")), published="2022-01-02T00:00:00"
    )
    store.add([late])
    (first,) = store.events(EventQuery())
    assert first.id == event_id(late.mentions[0].id)
    store.add([early])
    (both,) = store.events(EventQuery())
    assert both.id == event_id(early.mentions[0].id)
    assert store.event(first.id) == both
    assert store.links(first.id) == store.links(both.id)
    assert [m.id for m in store.mentions(first.id)] == list(both.mention_ids)
    store.remove_article("early")
    assert store.event(first.id) == first
    assert store.event(both.id) is None


def test_a_failing_stream_leaves_what_it_gave_before(store: GraphStore) -> None:
    def stream() -> Iterator[CodedArticle]:
        yield coded("a", Told("CONSULT", "RUS", "USA", day=days("2022-01-01")))
        raise OSError("the feed broke off")

    with pytest.raises(OSError, match="broke off"):
        store.add(stream())
    assert [row.id for row in store.articles()] == ["a"]


def test_what_could_not_be_kept_faithfully_is_refused(store: GraphStore) -> None:
    good = coded("good", Told("CONSULT", "RUS", "USA", day=days("2022-01-01")))
    other = coded("other", Told("CONSULT", "RUS", "USA", day=days("2022-01-01")))
    twice = replace(other, mentions=other.mentions * 2)
    strange = replace(other, mentions=good.mentions)
    half = replace(other, article=replace(other.article, text="half a pair: \ud83d"), mentions=())
    for bad in (twice, strange, half):
        with pytest.raises(InvalidInput, match="article other"):
            store.add([good, bad])
    assert [row.id for row in store.articles()] == ["good"]


def test_odd_but_lawful_texts_are_kept(store: GraphStore) -> None:
    texts = [
        "nul \x00 inside",
        "😀 above the basic plane",
        "e\u0301 decomposed",
        "\u202eright to left",
        "a" * 100_000,
    ]
    articles = [coded(f"t{n}", text=text, title=text[:40]) for n, text in enumerate(texts)]
    store.add(articles)
    for one in articles:
        assert store.article(one.article.id) == one
    lengths = {row.id: row.characters for row in store.articles()}
    assert lengths == {f"t{n}": len(text) for n, text in enumerate(texts)}


def test_articles_are_listed_latest_first(filled: GraphStore) -> None:
    filled.add([coded("undated", publisher=None, published=None)])
    assert [row.id for row in filled.articles()] == ["kharkiv", "vienna1", "vienna2", "undated"]
    assert [row.id for row in filled.articles(limit=1, offset=1)] == ["vienna1"]
    assert [row.id for row in filled.articles(publisher="Gazette")] == ["vienna2"]
    assert [row.id for row in filled.articles(text="missiles city")] == ["kharkiv"]
    assert [row.id for row in filled.articles(text="security talks")] == ["vienna1"]
    assert filled.count_articles() == 4
    assert filled.count_articles(text="missiles", publisher="Herald") == 1
    assert [row.mentions for row in filled.articles()] == [3, 1, 2, 0]
    assert filled.publishers() == [("Herald", 2), ("Gazette", 1)]


def test_statistics_count_everything(filled: GraphStore) -> None:
    found = filled.statistics()
    assert (found.articles, found.mentions, found.events) == (3, 6, 5)
    assert (found.actors, found.places, found.publishers, found.origins) == (5, 3, 2, 3)
    assert (found.first_day, found.last_day) == (date(2022, 1, 13), date(2022, 3, 4))


def test_an_actor_is_what_all_articles_say_of_it(store: GraphStore) -> None:
    names = ("Sergei Lavrov", "Lavrov", "Sergey Lavrov")
    for number, name in enumerate(names):
        one = Actor(ActorId("PER-lavrov"), name, country="RUS", sectors=("GOV",), aliases=("the minister",))
        store.add([coded(f"a{number}", Told("ACCUSE", "PER-lavrov", "USA"), actors=(one,))])
    (lavrov,) = store.actors(["PER-lavrov"])
    assert lavrov.country == "RUS"
    assert {lavrov.name, *lavrov.aliases} == {*names, "the minister"}
    assert [a.id for a in store.actors(search="sergey")] == ["PER-lavrov"]
    assert [a.id for a in store.actors(search="MINISTER")] == ["PER-lavrov"]
    assert [a.id for a in store.actors(limit=1)] == ["PER-lavrov"]
    assert store.actors(search="%") == []
    store.remove_article("a2")
    assert "Sergey Lavrov" not in {
        store.actors(["PER-lavrov"])[0].name,
        *store.actors(["PER-lavrov"])[0].aliases,
    }


def test_actors_and_places_come_in_the_order_asked(filled: GraphStore) -> None:
    assert [a.id for a in filled.actors(["USA", "NOBODY", "RUS"])] == ["USA", "RUS"]
    assert [p.id for p in filled.places([VIENNA.id, 1, KHARKIV.id])] == [VIENNA.id, KHARKIV.id]
    assert filled.actors(["RUS"]) == [actor("RUS")]


def test_judgements_are_applied_on_reading_and_can_be_undone(filled: GraphStore) -> None:
    before = content(filled)
    made = filled.judge("RUS-MIL", "RUS", Verdict.SAME, judge="ana", at=datetime(2022, 5, 1, tzinfo=UTC))
    assert (made.left, made.right) == ("RUS", "RUS-MIL")
    assert filled.judgements() == [made]
    assert filled.canonical_actor("RUS-MIL") == "RUS"
    attack = next(filled.events(EventQuery(types=("ASSAULT",))))
    assert attack.initiators == ("RUS",)
    assert attack.summary == "Russia → Ukraine · ASSAULT"
    assert counted(filled, Axis.INITIATOR) == {("RUS",): 4, ("USA",): 1}
    assert len(types(filled, EventQuery(actors=("RUS-MIL",)))) == 4
    assert "RUS-MIL" in filled.actors(["RUS"])[0].aliases
    assert [a.id for a in filled.actors(search="rus-mil")] == ["RUS"]
    assert filled.undo("RUS-MIL", "RUS") is True
    assert filled.undo("RUS-MIL", "RUS") is False
    assert content(filled) == before


def test_judged_actors_of_one_event_count_once(filled: GraphStore) -> None:
    filled.judge("UKR", "RUS-MIL", Verdict.SAME)
    assert counted(filled, Axis.ACTOR)[("UKR",)] == 3


def test_contradicting_judgements_are_refused(filled: GraphStore) -> None:
    filled.judge("A", "B", Verdict.SAME)
    filled.judge("B", "C", Verdict.SAME)
    with pytest.raises(InvalidInput, match="judged different"):
        filled.judge("A", "C", Verdict.DIFFERENT)
    assert filled.canonical_actor("C") == "A"
    filled.judge("B", "C", Verdict.UNSURE)
    filled.judge("A", "C", Verdict.DIFFERENT, judge="ana")
    with pytest.raises(InvalidInput, match="ana"):
        filled.judge("B", "C", Verdict.SAME)
    with pytest.raises(InvalidInput):
        filled.judge("A", "A", Verdict.SAME)
    assert filled.canonical_actor("C") == "C"


def test_an_origin_coded_anew_speaks_for_the_copies_that_it_had(store: GraphStore) -> None:
    sentences = [
        f"In the matter{n} the envoy{n} went from place{n} to place{n + 1} by road{n}." for n in range(9)
    ]
    told = Told("ASSAULT", "RUS", "UKR", day=days("2022-01-01"), sentence=sentences[-1])
    copy = coded("copy", told, text=" ".join(sentences), published=None)
    early = coded("first", text=" ".join(sentences[:6]), published="2022-01-01T08:00:00")
    whole = coded("first", told, text=f"Corrected. {' '.join(sentences)}", published="2022-01-01T08:00:00")
    store.add([copy, early])
    assert store.copies("first") == ["first", "copy"]
    store.add([whole])
    (event,) = store.events()
    founder, other = store.links(event.id)
    assert founder.mention_id == whole.mentions[0].id
    assert other.reason == f"the same sentence in a copy: {founder.mention_id}"


def test_reprints_are_one_origin_and_one_event(store: GraphStore) -> None:
    sentences = [
        f"Sentence {n} of the wire story speaks of matter{n} and of matter{n + 1}." for n in range(12)
    ]
    first = sentences[0]
    prints = []
    for number, publisher in enumerate(("Agency", "Herald", "Gazette", "Courier")):
        body = [*sentences[: 12 - number], f"Reporting by {publisher}."]
        told = Told(
            "ASSAULT", "RUS", "UKR", day=days(f"2022-03-0{number + 1}", basis="publication"), sentence=first
        )
        prints.append(
            coded(
                f"w{number}",
                told,
                text=" ".join(body),
                publisher=publisher,
                published=f"2022-03-0{number + 1}T06:00:00",
            )
        )
    store.add(reversed(prints))
    assert {store.origin_of(one.article.id) for one in prints} == {"w0"}
    assert store.copies("w0") == ["w0", "w1", "w2", "w3"]
    assert store.origin_of("nothing") is None
    (event,) = store.events(EventQuery())
    assert (event.mention_count, event.publisher_count, event.origin_count) == (4, 4, 1)
    assert event.day is not None
    assert event.day.edtf == "2022-03-01"
    assert list(store.events(EventQuery(min_origins=2))) == []
    assert "same sentence in a copy" in store.links(event.id)[1].reason
    store.remove_article("w0")
    assert {store.origin_of(one.article.id) for one in prints[1:]} == {"w1"}


def test_a_closed_store_says_so(new_store: Callable[[], GraphStore]) -> None:
    store = new_store()
    store.close()
    with pytest.raises(InvalidInput, match="closed"):
        store.statistics()
    with pytest.raises(InvalidInput, match="closed"):
        store.add([coded("a")])
    store.close()


def test_a_store_closes_itself(new_store: Callable[[], GraphStore]) -> None:
    with new_store() as store:
        store.add([coded("a")])
    with pytest.raises(InvalidInput, match="closed"):
        store.article("a")


def test_events_can_be_read_while_others_are_added(filled: GraphStore) -> None:
    stream = filled.events(EventQuery())
    first = next(stream)
    filled.add([coded("more", Told("AID", "USA", "UKR", day=days("2022-04-01")))])
    assert filled.event(first.id) == first
    assert len(list(stream)) >= 4


def test_threads_share_a_store(store: GraphStore) -> None:
    """Readers see whole articles only, while another thread adds."""
    problems: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            for event in store.events(EventQuery()):
                if event.mention_count != len(store.mentions(event.id) or event.mention_ids):
                    continue
            counts = store.count_events(EventQuery(), (Axis.TYPE,))
            if len({count.events for count in counts}) > 1:
                problems.append(str(counts))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for number in range(12):
            day = days(f"2022-01-{number + 1:02d}")
            store.add(
                [
                    coded(
                        f"a{number}",
                        Told("AID", "USA", "UKR", day=day),
                        Told("CONSULT", "USA", "UKR", day=day),
                    )
                ]
            )
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert problems == []
    assert counted(store, Axis.TYPE) == {("AID",): 12, ("CONSULT",): 12}
