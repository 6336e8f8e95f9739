"""Cypher on a Neo4j store, answered by the server in reading transactions."""

from collections.abc import Mapping
from typing import Any

from graph.model import QueryResult
from graph.store.cypher_guard import check_reading
from graph.store.cypher_query import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Progress, check_bounds
from graph.store.neo4j_connection import Connection
from graph.store.snapshot_schema import shown


class Neo4jRunner:
    """A ``CypherRunner`` for the database behind a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def prepare(self, progress: Progress | None = None) -> None:
        """Do nothing: the server is ready; see ``CypherRunner``."""

    def run(
        self,
        query: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int = DEFAULT_LIMIT,
    ) -> QueryResult:
        """See ``CypherRunner.run``."""
        check_bounds(timeout, limit)
        given = dict(parameters or {})
        check_reading(query, given)
        columns, rows, more = self._connection.ask(query, given, timeout=timeout, limit=limit)
        return QueryResult(tuple(columns), tuple(tuple(_plain(value) for value in row) for row in rows), more)


def _plain(value: Any) -> Any:
    """Return a value without the driver's types, which are told by what they have."""
    if hasattr(value, "relationships"):
        return {
            "nodes": [_plain(node) for node in value.nodes],
            "relationships": [_plain(relationship) for relationship in value.relationships],
        }
    if hasattr(value, "element_id"):
        return _relationship(value) if hasattr(value, "start_node") else _node(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if hasattr(value, "to_native"):
        return value.to_native()
    if hasattr(value, "srid"):
        return list(value)
    if hasattr(value, "iso_format"):
        return value.iso_format()
    return value


def _properties(value: Any) -> dict[str, Any]:
    return {key: _plain(one) for key, one in value.items()}


def _node(value: Any) -> dict[str, Any]:
    labels = sorted(value.labels)
    return {"id": value.element_id, "labels": labels, "properties": shown(labels, _properties(value))}


def _relationship(value: Any) -> dict[str, Any]:
    return {
        "id": value.element_id,
        "type": value.type,
        "start": value.start_node.element_id,
        "end": value.end_node.element_id,
        "properties": {key: one for key, one in _properties(value).items() if one is not None},
    }
