"""Cypher of a user's own on both stores: the same questions, the same answers, and no way to write."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InvalidInput
from graph.model import Quantity
from graph.store import GraphStore, Verdict, open_store, snapshot_build, snapshot_process
from tests.graph.made import AUSTRIA, KHARKIV, UKRAINE, VIENNA, Told, coded, days

pytest.importorskip("ladybug", reason='needs Ladybug: pip install "diurna[cypher]"')

ROOT = Path(__file__).parents[3]
STORY = " ".join(f"Sentence {n} tells of matter{n} and of matter{n + 1}." for n in range(14))


def fill(store: GraphStore) -> None:
    talks = Told(
        "CONSULT",
        "RUS",
        "IGO-OSCE",
        day=days("2022-01-13"),
        place=VIENNA,
        reciprocal=True,
        score=0.9,
        mode="multilateral",
        quantities=(Quantity("envoys", 30, 40),),
        sentence=STORY.split(". ")[0],
    )
    store.add(
        [
            coded("a1", talks, text=STORY, title="Talks open", publisher="Herald"),
            coded("a2", talks, text=f"{STORY} By us.", publisher="Gazette", published="2022-01-15T00:00:00"),
            coded("a3", Told("CONSULT", "IGO-OSCE", "RUS", day=days("2022-01-13"), place=AUSTRIA)),
            coded(
                "a4", Told("ASSAULT", "RUS-MIL", "UKR", day=days("2022-02-24", "2022-02-26"), place=KHARKIV)
            ),
            coded("a5", Told("ASSAULT", "RUS", place=UKRAINE), publisher=None, published=None),
        ]
    )
    store.judge("RUS", "RUS-MIL", Verdict.UNSURE, judge="me", at=datetime(2022, 3, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('cypher') / 'it is [a] store.db'}") as opened:
        fill(opened)
        yield opened


@pytest.fixture(scope="module")
def server(neo4j_url: str, empty_neo4j: Callable[[], None]) -> Iterator[GraphStore]:
    empty_neo4j()
    with open_store(neo4j_url) as opened:
        fill(opened)
        yield opened


@pytest.fixture(params=["snapshot", "server"])
def store(request: pytest.FixtureRequest) -> GraphStore:
    """Give each of the two stores, holding the same."""
    opened: GraphStore = request.getfixturevalue(request.param)
    return opened


def rows(store: GraphStore, query: str, **parameters: object) -> list[tuple[object, ...]]:
    return list(store.cypher.run(query, parameters, timeout=120).rows)


def without_ids(value: Any) -> Any:
    """Leave out what is good within one answer only."""
    if isinstance(value, dict):
        if "properties" in value:
            return {k: v for k, v in value.items() if k not in ("id", "start", "end")}
        return {key: without_ids(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_ids(one) for one in value]
    return value


SAME = {
    "pairs": """MATCH (one:Actor)<-[:INITIATED_BY]-(e:Event)-[:DIRECTED_AT]->(other:Actor)
        RETURN one.name AS initiator, other.name AS recipient, count(e) AS events, avg(e.tone) AS tone
        ORDER BY events DESC, initiator, recipient""",
    "places in places": """MATCH (p:Place)-[:IN]->(outer:Place) RETURN p.name, outer.name ORDER BY p.name""",
    "evidence": """MATCH (a:Article)-[:REPORTS]->(m:EventMention)-[r:OF]->(e:Event)
        OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(p:Publisher)
        RETURN a.id, a.published, p.name AS outlet, m.quote, r.reason, e.name ORDER BY a.id""",
    "copies": "MATCH (a:Article)-[:COPY_OF]->(b:Article) RETURN a.id, b.id",
    "same text": "MATCH (a:Article)-[:SAME_TEXT]-(b:Article) RETURN a.id, b.id ORDER BY a.id",
    "what words named": """MATCH (m:EventMention)-[r:NAMES_INITIATOR]->(a:Actor)
        RETURN m.id, r.text, r.start, r.end, r.position, a.id ORDER BY m.id""",
    "days": """MATCH (e:Event) WHERE e.first_day >= date('2022-01-14')
        RETURN e.first_day, e.last_day, left(toString(e.first_day), 7) AS month, e.week""",
    "judgements": "MATCH (j:Judgement) RETURN j.left, j.right, j.verdict, j.judge, j.at, j",
    "kinds of relationship": "MATCH ()-[r]->() RETURN type(r), count(*) AS n ORDER BY n DESC, type(r)",
    "lists": "MATCH (e:Event) WHERE 'Herald' IN e.publishers RETURN e.publishers, size(e.initiators)",
    "all actors": "MATCH (a:Actor) RETURN a ORDER BY a.id",
    "all places": "MATCH (p:Place) RETURN p ORDER BY p.name",
    "all articles": "MATCH (a:Article) RETURN a ORDER BY a.id",
    "all mentions": "MATCH (m:EventMention) RETURN m ORDER BY m.id",
    "all events": "MATCH (e:Event) RETURN e ORDER BY e.id",
    "a path": """MATCH p = (:Actor {id: 'RUS-MIL'})<-[:INITIATED_BY]-(:Event)-[:AT]->(:Place)-[:IN]->(:Place)
        RETURN p""",
    "any node around": """MATCH (:Event {type: 'ASSAULT', first_day: date('2022-02-24')})-[r]-(x)
        RETURN type(r), x.name, x ORDER BY type(r), x.name""",
    "maps and lists of nodes": """MATCH (e:Event {type: 'CONSULT'})-[:AT]->(p:Place)
        RETURN {event: e.name, place: p.name} AS told, [p] AS places, 1.5 AS half, null AS nothing, true AS yes""",
    "exists and count": """MATCH (a:Actor) WHERE EXISTS { MATCH (a)<-[:DIRECTED_AT]-(:Event) }
        RETURN a.id, COUNT { MATCH (a)<-[:INITIATED_BY]-(:Event) } AS begun ORDER BY a.id""",
    "joined": "MATCH (a:Actor) RETURN count(*) AS n UNION ALL MATCH (p:Place) RETURN count(*) AS n",
    "no aliases": "MATCH (e:Event) RETURN DISTINCT count( * ), max(e.score) // the best\n LIMIT 1",
}


@pytest.mark.parametrize("name", SAME)
def test_both_stores_give_the_same_answer(snapshot: GraphStore, server: GraphStore, name: str) -> None:
    one, other = (opened.cypher.run(SAME[name], timeout=120) for opened in (snapshot, server))
    assert one.columns == other.columns
    assert one.rows, "an answer without rows shows nothing"
    assert without_ids(one.rows) == without_ids(other.rows)
    assert (one.truncated, other.truncated) == (False, False)


PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md"])
PRINTED = [
    query
    for page in PAGES
    for query in re.findall(r"```cypher\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
]


@pytest.mark.parametrize("query", PRINTED)
def test_every_query_of_the_documentation_runs_on_both(
    snapshot: GraphStore, server: GraphStore, query: str
) -> None:
    one, other = (opened.cypher.run(query, timeout=120) for opened in (snapshot, server))
    assert one.rows
    assert one.columns == other.columns
    assert sorted(map(repr, one.rows)) == sorted(map(repr, other.rows))


def test_values_are_plain(store: GraphStore) -> None:
    ((day, moment, tone, names),) = rows(
        store,
        "MATCH (e:Event {type: 'CONSULT'}) RETURN e.first_day, e.first_reported, e.tone, e.publishers",
    )
    assert (type(day), type(moment), type(tone), type(names)) == (date, datetime, float, list)
    assert (day, moment) == (date(2022, 1, 13), datetime(2022, 1, 14, 9, tzinfo=UTC))


def test_a_relationship_leads_from_node_to_node(store: GraphStore) -> None:
    ((event, at, place),) = rows(store, "MATCH (e:Event {type: 'CONSULT'})-[r:AT]->(p) RETURN e, r, p")
    assert isinstance(event, dict)
    assert isinstance(at, dict)
    assert isinstance(place, dict)
    assert (event["labels"], at["type"], place["labels"]) == (["Event"], "AT", ["Place"])
    assert (at["start"], at["end"]) == (event["id"], place["id"])
    assert place["properties"]["id"] == VIENNA.id


def test_what_a_store_keeps_for_itself_is_not_shown(store: GraphStore) -> None:
    found = rows(store, "MATCH (n) RETURN n")
    shown = {key for (node,) in found for key in node["properties"]}  # type: ignore[index]
    assert not shown & {"told", "annotation", "sketch", "unit", "words", "descriptions", "key", "fingerprint"}


PARAMETERS = {
    "text": "O'Neil \" ` \\ $x // {a: 1}",
    "whole": 7,
    "real": 0.5,
    "yes": True,
    "list": ["a", "b"],
    "day": date(2022, 1, 13),
    "map": {"a": 1},
}


def test_parameters_come_back_as_they_went(store: GraphStore) -> None:
    returned = ", ".join(f"${name} AS {name}" for name in PARAMETERS)
    assert rows(store, f"RETURN {returned}", **PARAMETERS) == [tuple(PARAMETERS.values())]


@pytest.mark.parametrize(
    "value", ["RUS' OR '1' = '1", 'RUS" OR 1 = 1 //', "RUS'}) DETACH DELETE a //", "RUS`", "\\' OR true //"]
)
def test_a_parameter_is_a_value_and_nothing_else(store: GraphStore, value: str) -> None:
    assert rows(store, "MATCH (a:Actor) WHERE a.id IN $ids RETURN a.id", ids=[value, "RUS"]) == [("RUS",)]


def test_a_parameter_that_is_not_given_is_told(store: GraphStore) -> None:
    with pytest.raises(InvalidInput, match=r"asks for \$who, which is not given"):
        rows(store, "MATCH (a:Actor {id: $who}) RETURN a")


WRITES = [
    "CREATE (:Actor {id: 'X'})",
    "MATCH (a:Actor) CREATE (b:Actor {id: 'X'}) RETURN b",
    "MERGE (a:Actor {id: 'X'}) RETURN a",
    "MATCH (a:Actor) DETACH DELETE a",
    "MATCH (a:Actor) DELETE a",
    "MATCH (a:Actor) SET a.name = 'X' RETURN a",
    "MATCH (a:Actor) SET a:Other RETURN a",
    "MATCH (a:Actor) REMOVE a.name RETURN a",
    "MATCH (a:Actor) FOREACH (x IN [1] | SET a.name = 'X')",
    "MATCH (a:Actor) WITH a CALL { WITH a SET a.name = 'X' } RETURN a",
    "MATCH (a:Actor) CALL { WITH a DETACH DELETE a } IN TRANSACTIONS OF 10 ROWS",
    "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "LOAD FROM '/etc/passwd' (file_format='csv', delim=':') RETURN *",
    "MATCH (a:Actor) LOAD CSV FROM 'https://outside.example/x' AS row RETURN row",
    "CALL db.createLabel('Evil')",
    "CALL db.createProperty('evil')",
    "CALL db.clearQueryCaches()",
    "CALL db.prepareForReplanning()",
    "CALL dbms.killConnections(['x'])",
    "CALL dbms.security.createUser('x', 'y', false)",
    "CALL apoc.cypher.doIt('CREATE (n)', {})",
    "CALL `db`.`createLabel`('Evil')",
    "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()",
    "CREATE INDEX evil FOR (n:Actor) ON (n.kind)",
    "DROP CONSTRAINT actor_id",
    "CREATE USER evil SET PASSWORD 'x'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "TERMINATE TRANSACTION 'x'",
    "SHOW USERS",
    "USE system SHOW DATABASES",
    "EXPLAIN CREATE (n)",
    "PROFILE MATCH (n) RETURN n",
    "CYPHER runtime=slotted CREATE (n)",
    "RETURN 1; CREATE (n:Evil)",
    "RETURN 1 // \n; CREATE (n:Evil)",
    "COPY (MATCH (a:Actor) RETURN a.id) TO 'evil.csv'",
    "COPY Actor FROM 'evil.csv'",
    "EXPORT DATABASE 'evil'",
    "IMPORT DATABASE 'evil'",
    "ATTACH 'evil.db' AS evil (dbtype sqlite)",
    "INSTALL json",
    "LOAD json",
    "CHECKPOINT",
    "BEGIN TRANSACTION",
    "CALL threads = 1",
    "CALL timeout = 0",
    "CREATE MACRO evil(x) AS x",
    "DROP TABLE Actor",
    "ALTER TABLE Actor ADD evil INT64",
    "INSERT (:Actor {id: 'X'})",
    # letters that fold to others, comments, quotes and escapes that hide a clause
    "MATCH (a:Actor) \u017fET a.name = 'X' RETURN a",
    "MATCH (a:Actor) /* */ SeT /* */ a.name = 'X'",
    "MATCH (a:Actor) // hidden\rSET a.name = 'X'",
    "RETURN '\\u0027 CREATE (n:Evil) RETURN \\u0027'",
    "MATCH (a:Actor) \\u0053ET a.name = 'X'",
    "RETURN 1.SET a.name = 'X'",
    "RETURN 'open CREATE (n)",
    "RETURN `open CREATE (n)",
    "RETURN /* open CREATE (n)",
]


def test_nothing_can_be_written_or_reached(store: GraphStore) -> None:
    count = "MATCH (n) RETURN count(n)"
    before = rows(store, count)
    done = []
    for query in WRITES:
        try:
            store.cypher.run(query, timeout=30)
        except InvalidInput:
            continue
        done.append(query)
    assert done == []
    assert rows(store, count) == before


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (:Actor {id: 'X'})",
        "MERGE (a:Actor {id: 'X'}) RETURN a",
        "MATCH (a:Actor) SET a.name = 'X' RETURN a",
        "MATCH (a:Actor) DETACH DELETE a",
        "MATCH (a:Actor) CALL { WITH a DETACH DELETE a } IN TRANSACTIONS OF 10 ROWS",
        "CALL db.createLabel('Evil')",
        "CREATE INDEX evil FOR (n:Actor) ON (n.kind)",
        "CALL dbms.security.createUser('x', 'y', false)",
    ],
)
def test_the_server_refuses_writes_by_itself(server: GraphStore, query: str) -> None:
    """The second barrier, without the first."""
    with pytest.raises(InvalidInput):
        server._connection.ask(query, {}, timeout=30, limit=10)  # type: ignore[attr-defined]
    assert rows(server, "MATCH (n) WHERE n.name = 'X' OR n.id = 'X' OR 'Evil' IN labels(n) RETURN n") == []


@pytest.mark.parametrize(
    "query",
    ["CREATE (:Actor {id: 'X'})", "MATCH (a:Actor) DELETE a", "DROP TABLE Judgement", "RETURN 1; RETURN 2"],
)
def test_the_snapshot_refuses_writes_by_itself(snapshot: GraphStore, query: str) -> None:
    folder = snapshot_build.folder_of(snapshot.url.removeprefix("sqlite:///"))
    snapshot.cypher.prepare()
    (file,) = folder.glob("*.lbug")
    before = file.read_bytes()
    with pytest.raises(InvalidInput):
        snapshot_process.ask(file, query, {}, timeout=60, limit=10)
    assert file.read_bytes() == before
    assert sorted(other.name for other in folder.iterdir()) == [file.name, "lock"]


def test_names_that_look_like_writing_are_names(store: GraphStore) -> None:
    assert rows(store, "WITH {set: 1, delete: 2} AS m RETURN m.set + m.delete AS `create`") == [(3,)]
    assert rows(store, "MATCH (copy:Actor {id: 'RUS'}) RETURN copy.id, count(copy)") == [("RUS", 1)]
    assert rows(store, "RETURN 'CREATE (n); DELETE' AS text /* SET */ // MERGE") == [("CREATE (n); DELETE",)]


@pytest.mark.parametrize(
    "query", ["MATCH (e:Event RETURN e", "RETURN nothing", "RETURN nosuch(1)", "", "  ;"]
)
def test_a_mistake_is_explained(store: GraphStore, query: str) -> None:
    with pytest.raises(InvalidInput) as told:
        store.cypher.run(query)
    assert len(str(told.value)) > 20


@pytest.mark.parametrize(
    "query",
    [
        "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN sum(x * y)",
        "UNWIND range(1, 2000000000) AS x WITH x WHERE x % 7 = 8 RETURN count(x)",
    ],
)
def test_a_query_that_would_run_for_an_hour_is_stopped(store: GraphStore, query: str) -> None:
    store.cypher.prepare()
    begun = time.monotonic()
    with pytest.raises(InvalidInput, match=r"ran longer than 2 seconds and was stopped|more memory"):
        store.cypher.run(query, timeout=2)
    assert time.monotonic() - begun < 90
    assert rows(store, "RETURN 1 AS one") == [(1,)]


def test_the_limit_cuts_and_says_so(store: GraphStore) -> None:
    query = "UNWIND range(1, 10) AS x RETURN x"
    cut = store.cypher.run(query, limit=3)
    assert (cut.rows, cut.truncated) == (((1,), (2,), (3,)), True)
    whole = store.cypher.run(query, limit=10)
    assert (len(whole.rows), whole.truncated) == (10, False)


@pytest.mark.parametrize("bounds", [{"limit": 0}, {"timeout": 0.0}, {"timeout": -1.0}, {"timeout": 1e9}])
def test_senseless_bounds_are_refused(store: GraphStore, bounds: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        store.cypher.run("RETURN 1", **bounds)
