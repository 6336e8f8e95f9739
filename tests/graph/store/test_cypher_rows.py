"""Statements whose rows go as lists: what is sent is what was given."""

import pickle

import pytest

from graph.linking import consensus
from graph.store import cypher
from graph.store.cypher_rows import Rows, map_of_row, positional
from graph.store.neo4j_rows import article_node, event_properties
from tests.graph.made import Told, coded


def test_keys_become_positions_and_maps_lists() -> None:
    statement = Rows("UNWIND $rows AS row MATCH (a {id: row.id}) SET a.x = row.x, a.y = row.id")
    assert statement == "UNWIND $rows AS row MATCH (a {id: row[0]}) SET a.x = row[1], a.y = row[0]"
    assert statement.columns == ("id", "x")
    given = {"rows": [{"x": 1, "id": "a"}, {"id": "b", "x": None, "other": 3}], "more": 7}
    assert positional(statement, given) == {"rows": [["a", 1], ["b", None]], "more": 7}
    assert given["rows"] == [{"x": 1, "id": "a"}, {"id": "b", "x": None, "other": 3}]


def test_a_row_without_a_key_is_refused() -> None:
    with pytest.raises(KeyError, match="x"):
        Rows("UNWIND $rows AS row RETURN row.id, row.x").lists([{"id": "a"}])


def test_any_other_statement_is_sent_as_it_is() -> None:
    assert positional("UNWIND $rows AS row RETURN row.id", {"rows": [{"id": 1}]}) == {"rows": [{"id": 1}]}


def test_days_and_moments_are_read_from_text() -> None:
    assert map_of_row("id first_day published") == (
        "{id: row.id, first_day: date(row.first_day), published: datetime(row.published)}"
    )


def test_a_statement_can_be_kept_in_a_file() -> None:
    kept = pickle.loads(pickle.dumps(cypher.ASSIGN))
    assert (kept, kept.named, kept.columns) == (
        cypher.ASSIGN,
        cypher.ASSIGN.named,
        ("mention", "event", "reason"),
    )


def test_nothing_of_what_is_made_ready_is_left_out() -> None:
    node = article_node(coded("a", Told("AID", "USA", "UKR")))
    [made] = node.mentions
    assert set(cypher.CREATE_ARTICLES.columns) == set(node.properties)
    assert set(cypher.CREATE_MENTIONS.columns) == {*made.properties, "article"}
    for statement, [row] in (
        (cypher.CREATE_INITIATORS, made.initiators),
        (cypher.CREATE_RECIPIENTS, made.recipients),
    ):
        assert set(statement.columns) == set(row)
    told = consensus.Told(
        mention=made.mention,
        origin="a",
        publisher=None,
        published=None,
        rank=made.unit.rank,
        quote="",
        bases={party.actor: party.base for party in (*made.unit.initiators, *made.unit.recipients)},
    )
    event = event_properties("e", consensus.consensus([told], {}), [], "USA aids UKR")
    assert set(cypher.CREATE_EVENTS.columns) == set(cypher.WRITE_EVENTS.columns) == set(event)
