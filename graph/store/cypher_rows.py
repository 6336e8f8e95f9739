"""Cypher statements that take rows, which are sent as lists.

Packing what is sent takes the driver more time than anything else, and half of what there is to pack of a map
are its keys: the same ones in each row.
"""

import re
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

_KEY = re.compile(r"\brow\.(\w+)")

TIMES = {"first_day": "date", "last_day": "date", "first_reported": "datetime", "published": "datetime"}
"""Properties that are days or moments: they are sent as text, which these functions of Cypher read."""


class Rows(str):
    """A statement with rows, written with ``row.key`` and sent with ``row[0]``.

    Attributes:
        named: The statement as it is written.
        columns: The keys that it names, at least two: what a row has, in this order.
    """

    named: str
    columns: tuple[str, ...]

    def __new__(cls, named: str) -> "Rows":
        """Number the keys."""
        columns = tuple(dict.fromkeys(_KEY.findall(named)))
        statement = super().__new__(cls, _KEY.sub(lambda key: f"row[{columns.index(key[1])}]", named))
        statement.named, statement.columns = named, columns
        return statement

    def lists(self, rows: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
        """Return rows as they are sent; keys that the statement does not name are left out.

        Raises:
            KeyError: If a row lacks a key that it names.
        """
        values = itemgetter(*self.columns)
        return [list(values(row)) for row in rows]


def positional(statement: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a statement's parameters as they are sent."""
    if isinstance(statement, Rows):
        return {**values, "rows": statement.lists(values["rows"])}
    return dict(values)


def map_of_row(keys: str) -> str:
    """Return the map of all these keys of a row, in Cypher."""
    told = ", ".join(
        f"{key}: {TIMES[key]}(row.{key})" if key in TIMES else f"{key}: row.{key}" for key in keys.split()
    )
    return "{" + told + "}"
