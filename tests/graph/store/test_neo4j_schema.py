"""What opening does when another program makes the same index at the same moment: no server is needed."""

from collections.abc import Sequence

import pytest

from graph.errors import BackendUnavailable
from graph.store import neo4j_schema


class Cause(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Connection:
    """Refuses one statement for a reason, as ``neo4j_connection.Connection`` tells it."""

    def __init__(self, refused: str, code: str) -> None:
        self.refused, self.code = refused, code
        self.done: list[str] = []

    def define(self, statements: Sequence[str]) -> None:
        for statement in statements:
            if statement == self.refused:
                raise BackendUnavailable("no") from Cause(self.code)
            self.done.append(statement)


@pytest.mark.parametrize(
    "code",
    [
        "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists",
        "Neo.ClientError.Schema.IndexAlreadyExists",
        "Neo.ClientError.Schema.ConstraintAlreadyExists",
    ],
)
def test_what_another_program_made_meanwhile_is_there(code: str) -> None:
    connection = Connection("two", code)
    neo4j_schema._define(connection, ("one", "two", "three"))  # type: ignore[arg-type]
    assert connection.done == ["one", "three"]


def test_any_other_refusal_is_told() -> None:
    connection = Connection("two", "Neo.ClientError.Security.Forbidden")
    with pytest.raises(BackendUnavailable):
        neo4j_schema._define(connection, ("one", "two", "three"))  # type: ignore[arg-type]
    assert connection.done == ["one"]
