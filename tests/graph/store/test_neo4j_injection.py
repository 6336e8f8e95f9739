"""Texts that would be Cypher, Lucene or nothing at all: each is kept and looked for as what it is, a text."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InvalidInput
from graph.model import (
    Actor,
    ActorId,
    Axis,
    CodedArticle,
    EventQuery,
    Grouping,
    Participant,
    Place,
    PlaceId,
    Precision,
)
from graph.store import GraphStore, Verdict, cypher, cypher_schema, neo4j_connection, open_store
from graph.store.cypher_select import (
    articles_cypher,
    count_cypher,
    list_cypher,
    page_cypher,
    select_events,
)
from graph.store.lucene import WordQuery, word_query
from graph.store.neo4j_ahead import Ahead
from tests import neo4j_server
from tests.graph.made import Told, coded, days
from tests.graph.store.content import content

HOSTILE = (
    "'",
    '"',
    "`",
    "\\",
    "\\u0027}) DETACH DELETE n //",
    "'}) DETACH DELETE n //",
    '"}) MATCH (n) DETACH DELETE n //',
    "`) MATCH (n) DETACH DELETE n //",
    "' OR true RETURN 1 UNION MATCH (n) DETACH DELETE n RETURN 1 //",
    "x'; MATCH (n) DETACH DELETE n; MATCH (m {name: '",
    "$x $id $rows {x: $x}",
    "%s {0} {id} ${id}",
    "one\ntwo\r\nthree\u2028four\tfive",
    "// one */ two /* three",
    "*:* AND text_words:(*) OR +a -b && || ! ( ) [ ] ^ ~ ? : /a/",
    "title_words:talks~0.1^9 [a TO z] {a TO z}",
    "\x00 null \x7f",
    "\u202e e\u0301 ﬀ 𝕏 \U0001f4a3 ＇} ʼ",
    "NULL",
    "a" * 5000,
    "' OR 1=1 //" * 400,
)
"""What somebody might type or an article might bring."""

SOME = HOSTILE[5:17:2]
HARMLESS = tuple(f"plain{number}{' -'[number % 2]}words" for number in range(len(SOME)))


@pytest.fixture
def url(neo4j_url: str, empty_neo4j: Callable[[], None]) -> str:
    """Give the URL of an empty store."""
    empty_neo4j()
    return neo4j_url


@pytest.fixture
def store(url: str) -> Iterator[GraphStore]:
    """Give an empty Neo4j store."""
    with open_store(url) as opened:
        yield opened


def size(url: str) -> list[Any]:
    """Return how many nodes of each label and relationships there are, and which indexes."""
    queries = (
        "MATCH (n) RETURN labels(n) AS what, count(*) AS n ORDER BY what",
        "MATCH ()-[r]->() RETURN type(r) AS what, count(*) AS n ORDER BY what",
        "SHOW INDEXES YIELD name RETURN name ORDER BY name",
    )
    with neo4j_server.driver(url) as driver:
        return [r.data() for query in queries for r in driver.execute_query(query, database_="neo4j").records]


def article(number: int, said: str) -> CodedArticle:
    """Return an article with a text in every field that takes one."""
    people = (ActorId(f"NAM-{number}-{said}"), ActorId(f"NAM-other-{number}"))
    told = Told("CONSULT", day=days(f"2022-01-{number % 28 + 1:02d}"), sentence=f"It was {said} that met.")
    made = coded(
        f"a{number}-{said}", told, title=said, publisher=said, text=f"It was {said} that met. {said}"
    )
    place = Place(PlaceId(-1000 - number), said, said[:40], 1.0, 2.0, Precision.CITY, said)
    (mention,) = made.mentions
    mention = replace(
        mention,
        initiators=(Participant(people[0], None, said),),
        recipients=(Participant(people[1], None, said),),
        place=place.id,
        mode=said,
        contexts=(said,),
        coder=said,
        rule=said,
    )
    return replace(
        made,
        article=replace(made.article, url=said, file=said, language=said),
        mentions=(mention,),
        actors=tuple(
            Actor(id, said, country=said[:40], aliases=(f"{said} alias",), same_as=(said,)) for id in people
        ),
        places=(place,),
    )


def queries(said: str, actor: str) -> list[EventQuery]:
    """Return queries with a text in each field, and in all that can have it together."""
    return [
        EventQuery(actors=(actor, said)),
        EventQuery(between=(actor, said)),
        EventQuery(types=(said,), modality=(said,)),
        EventQuery(country=said[:40]),
        EventQuery(text=said),
        EventQuery(text=f'"{said}*"', publishers=(said,), country=said[:40], actors=(actor,), min_score=0.1),
    ]


def answers(store: GraphStore, texts: tuple[str, ...]) -> list[Any]:
    """Return what a store answers when it is asked for each text in every way."""
    found: list[Any] = []
    for number, said in enumerate(texts):
        id, actor = f"a{number}-{said}", f"NAM-{number}-{said}"
        for query in queries(said, actor):
            found.append([event.id for event in store.events(query)])
        found.append(store.count_events(query, (Axis.ACTOR, Axis.PUBLISHER), limit=5))
        found += [store.articles(publisher=said), store.articles(text=said), store.count_articles(text=said)]
        found += [store.article(one) for one in (id, said)]
        found += [store.actors([said, actor]), store.actors(search=said, limit=None)]
        found += [store.event(said), store.mentions(said), store.links(said), store.mentions_of_article(said)]
        found += [store.event_of_mention(said), store.origin_of(said), store.copies(said)]
        found += [store.mentions_of_article(id), store.origin_of(id), store.canonical_actor(said)]
        found.append(store.remove_article(said))
        found.append(store.undo(said, actor))
    return found


@pytest.mark.timeout(1200)
def test_texts_come_back_as_they_were_and_do_nothing(store: GraphStore, url: str) -> None:
    added = [article(number, said) for number, said in enumerate(HOSTILE)]
    store.add(added)
    before = size(url)
    for number, said in enumerate(HOSTILE):
        assert store.article(f"a{number}-{said}") == added[number]
        assert [row.title for row in store.articles(publisher=said)] == [said]
        (event,) = store.events(EventQuery(publishers=(said,)))
        assert event.initiators == (f"NAM-{number}-{said}",)
        assert list(store.events(EventQuery(actors=(f"NAM-{number}-{said}",)))) == [event]
        (named,) = store.actors([f"NAM-{number}-{said}"])
        assert (named.name, named.aliases) == (said, (f"{said} alias",))
    assert dict(store.publishers()) == dict.fromkeys(HOSTILE, 1)
    with open_store("sqlite:///:memory:") as other:
        other.add(added)
        assert answers(store, HOSTILE) == answers(other, HOSTILE)
        assert size(url) == before
        assert content(store) == content(other)
    made = [
        store.judge(f"NAM-{number}-{said}", f"NAM-other-{number}", Verdict.SAME, judge=said)
        for number, said in enumerate(SOME)
    ]
    assert sorted(store.judgements(), key=lambda one: one.left) == sorted(made, key=lambda one: one.left)
    for number, said in enumerate(SOME):
        assert store.undo(f"NAM-{number}-{said}", f"NAM-other-{number}")
    assert store.judgements() == []
    for number, said in list(enumerate(HOSTILE))[::4]:
        assert store.remove_article(f"a{number}-{said}")
        assert not store.remove_article(f"a{number}-{said}")
        assert [name for name, _ in store.publishers()].count(said) == 0
    assert store.statistics().articles == len(HOSTILE) - len(HOSTILE[::4])


def test_no_statement_depends_on_a_text(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    statements: dict[tuple[str, ...], set[str]] = {}
    plain, ahead = neo4j_connection._runner, Ahead.__call__

    def record(texts: tuple[str, ...]) -> None:
        def runner(transaction: Any) -> neo4j_connection.Run:
            run = plain(transaction)

            def recording(cypher: str, **values: object) -> list[list[Any]]:
                statements.setdefault(texts, set()).add(cypher)
                return run(cypher, **values)

            return recording

        def writing(run: Ahead, cypher: str, **values: object) -> list[list[Any]]:
            statements.setdefault(texts, set()).add(cypher)
            return ahead(run, cypher, **values)

        monkeypatch.setattr(neo4j_connection, "_runner", runner)
        monkeypatch.setattr(Ahead, "__call__", writing)
        added = [article(number, said) for number, said in enumerate(texts)]
        store.add(added[:3])
        store.add(added)
        answers(store, texts)
        for number, said in enumerate(texts):
            store.judge(f"NAM-{number}-{said}", f"NAM-other-{number}", Verdict.SAME, judge=said)
        answers(store, texts)
        for number, said in enumerate(texts):
            store.undo(f"NAM-{number}-{said}", f"NAM-other-{number}")
            store.remove_article(f"a{number}-{said}")

    record(HARMLESS)
    record(SOME)
    assert len(statements[HARMLESS]) > 50
    # Other words, other links: a statement that only one of the two needs is one of the templates.
    assert statements[SOME] - statements[HARMLESS] <= set(_templates().values())


def test_a_search_of_very_many_words_finds_what_has_them_all(store: GraphStore) -> None:
    text = " ".join(f"word{number}" for number in range(3000))
    store.add(
        [coded("long", Told("AID", "USA", "UKR", sentence=text), text=text), coded("short", text="word1")]
    )
    assert [row.id for row in store.articles(text=text)] == ["long"]
    assert store.articles(text=f"{text} word9999") == []
    assert [row.id for row in store.articles(text=f"{text} wor*")] == ["long"]
    assert len(list(store.events(EventQuery(text=text)))) == 1
    assert list(store.events(EventQuery(text=f"{text} absent"))) == []


@pytest.mark.parametrize("field", ["id", "publisher", "actor", "name", "place"])
def test_what_no_index_can_hold_is_told(store: GraphStore, field: str) -> None:
    made = article(1, "short")
    much = "é" * 4001
    (mention,) = made.mentions
    if field == "id":
        made = coded(much, Told("AID", "USA", "UKR"))
    elif field == "publisher":
        made = replace(made, article=replace(made.article, publisher=much))
    elif field == "actor":
        mention = replace(mention, initiators=(Participant(ActorId(much), None, "x"),))
        made = replace(made, mentions=(mention,))
    elif field == "name":
        made = replace(made, actors=(replace(made.actors[0], name=much), made.actors[1]))
    else:
        made = replace(made, places=(replace(made.places[0], name=much),))
    with pytest.raises(InvalidInput, match="longer than the 8,000 bytes that Neo4j can index"):
        store.add([coded("before", Told("AID", "USA", "UKR")), made])
    assert [row.id for row in store.articles()] == ["before"]


# --- what needs no server ----------------------------------------------------------------------------------

FOLDER = Path(cypher.__file__).parent
_CYPHER = re.compile(r"\b(MATCH|MERGE|UNWIND|RETURN|WHERE|CREATE|DELETE|EXPLAIN|ORDER BY)\b")
_OUR_TEXTS = {"Diurna", "article_words", "mention_words", "article_sketch", "whitespace"}


def _templates() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in (*vars(cypher).items(), *vars(cypher_schema).items()):
        values = value if isinstance(value, tuple) else (value,)
        found |= {f"{name}{n}": one for n, one in enumerate(values) if isinstance(one, str)}
    return {name: text for name, text in found.items() if _CYPHER.search(text) and name[0] != "_"}


def test_templates_hold_no_values() -> None:
    templates = {name: text for name, text in _templates().items() if not name.startswith("FILL_LISTS")}
    assert len(templates) > 60
    for name, text in templates.items():
        assert set(re.findall(r"'([^']*)'", text)) <= _OUR_TEXTS, name
        assert '"' not in text, name


def test_cypher_is_put_together_from_words_of_our_own_only() -> None:
    """Nothing comes into the module but what numbers keys: nothing but its own texts can be in its statements."""
    inside = [
        node
        for name in ("cypher.py", "cypher_schema.py")
        for node in ast.walk(ast.parse((FOLDER / name).read_text(encoding="utf-8")))
    ]
    imports = [node for node in inside if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert list(map(ast.unparse, imports)) == ["from graph.store.cypher_rows import Rows, map_of_row"]
    assert not [node for node in inside if isinstance(node, ast.Lambda)]
    assert [node.name for node in inside if isinstance(node, ast.FunctionDef)] == ["_fill_lists"]
    for function in ("_fill_lists", "map_of_row"):
        calls = [node for node in inside if isinstance(node, ast.Call) and ast.unparse(node.func) == function]
        assert calls
        assert all(isinstance(one, ast.Constant) for call in calls for one in call.args)


def test_no_cypher_is_put_together_elsewhere() -> None:
    found = []
    for path in sorted(FOLDER.glob("neo4j_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.JoinedStr, ast.BinOp)) and not isinstance(
                getattr(node, "op", None), ast.BitOr
            ):
                texts = [
                    one.value
                    for one in ast.walk(node)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                ]
                if any(_CYPHER.search(text) for text in texts):
                    found.append(f"{path.name}: {ast.unparse(node)}")
    # The one exception is a query of the user's own, after the guard and in a reading transaction.
    assert found == ["neo4j_connection.py: f'EXPLAIN {cypher}'"]


def _selected(said: str) -> list[tuple[str, dict[str, object]]]:
    """Return every query that the modules put together, with a text wherever one can be."""
    words = WordQuery(f"+{said}", (f" {said} ",))
    shown = {said: f"{said}2", f"{said}1": f"{said}2"}
    full = EventQuery(
        actors=(said,),
        between=(said, said),
        types=(said,),
        modality=(said,),
        first_day=date(2022, 1, 1),
        last_day=date(2022, 1, 2),
        country=said,
        publishers=(said,),
        text=said,
        min_score=0.123,
        min_origins=4321,
    )
    single = [
        replace(EventQuery(), **{name: getattr(full, name)})
        for name in ("actors", "between", "types", "modality", "first_day", "last_day", "country")
        + ("publishers", "text", "min_score", "min_origins")
    ]
    made = []
    for query in (EventQuery(), full, *single):
        selection = select_events(query, shown=shown)
        made.append(list_cypher(selection, 4321, 4322))
        made.append(page_cypher(selection, 4321, 4322))
        made += [
            count_cypher(selection, Grouping(axes, 4321, days=days), shown=shown)
            for axes in ((), *((axis,) for axis in Axis), tuple(Axis))
            for days in (False, True)
        ]
    made += [
        articles_cypher(cypher.ARTICLE_COLUMNS, some, publisher)
        for some in (None, words)
        for publisher in (None, said)
    ]
    return made


def test_queries_put_together_hold_no_values() -> None:
    hostile = _selected("'}) DETACH DELETE n //")
    assert [text for text, _ in hostile] == [text for text, _ in _selected("plain")]
    for text, values in hostile:
        assert not re.search(r"DETACH|DELETE|4321|4322|0\.123|2022", text)
        asked = set(re.findall(r"\$(\w+)", text))
        assert asked <= set(values)


@pytest.mark.parametrize("said", HOSTILE)
def test_a_search_holds_no_lucene_syntax_of_the_texts(said: str) -> None:
    found = word_query(said)
    for term in [] if found is None else found.lucene.split(" "):
        assert re.fullmatch(r"\+[^\W_]+\*?", term)
