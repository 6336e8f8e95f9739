"""The process in which the snapshot's engine runs: it can be stopped at any moment, and may crash alone.

Run by path with the same Python; imports the standard library and Ladybug only. The request comes pickled
on standard input; on standard output go one byte a step (``.``), then the answer, pickled:
``("rows", columns, rows, truncated)``, ``("built",)``, ``("gone",)`` when there is no such snapshot, or
``("error", message)``.
"""

import faulthandler
import os
import pickle
import sys
from pathlib import Path
from typing import Any

ADDRESS_SPACE = 2**36
"""Bytes reserved for the file's pages: the largest snapshot."""

BUFFER = 2**29
"""Bytes of memory for pages and results."""

MEMORY = 2**32
"""Bytes that a query may take in all, where the system can hold a process to it."""


def main() -> None:
    """Do what the request says."""
    out = sys.stdout.buffer
    request = pickle.load(sys.stdin.buffer)
    try:
        answer = build(request) if request["do"] == "build" else ask(request)
    except Exception as error:  # the engine raises RuntimeError for all it cannot do
        answer = ("error", str(error))
    out.write(pickle.dumps(answer))
    out.flush()


def tick() -> None:
    """Say that a step is done."""
    sys.stdout.buffer.write(b".")
    sys.stdout.buffer.flush()


def build(request: dict[str, Any]) -> tuple[object, ...]:
    """Make a database by statements, in its folder: they name the files to copy by their names only."""
    import ladybug

    os.chdir(Path(request["path"]).parent)
    database = ladybug.Database(request["path"], buffer_pool_size=2 * BUFFER, max_db_size=ADDRESS_SPACE)
    connection = ladybug.Connection(database)
    for statement in request["statements"]:
        connection.execute(statement)
        tick()
    connection.close()
    database.close()
    return ("built",)


def ask(request: dict[str, Any]) -> tuple[object, ...]:
    """Run one query on a database opened read only."""
    import ladybug

    hold_memory()
    try:
        database = ladybug.Database(
            request["path"], read_only=True, buffer_pool_size=BUFFER, max_db_size=ADDRESS_SPACE
        )
    except RuntimeError:
        if not Path(request["path"]).exists():
            return ("gone",)
        raise
    connection = ladybug.Connection(database)
    # Whoever asked kills this process when time is up; should it be gone itself, this one ends alone.
    faulthandler.dump_traceback_later(request["timeout"] + 60, exit=True)
    connection.set_query_timeout(max(1, round(1000 * request["timeout"])))
    tick()
    result = connection.execute(request["query"], request["parameters"])
    if isinstance(result, list):
        raise RuntimeError("one query at a time")
    columns, limit = result.get_column_names(), request["limit"]
    rows: list[list[Any]] = []
    while len(rows) < limit and result.has_next():
        rows.append([plain(value) for value in result.get_next()])
    return ("rows", columns, rows, result.has_next())


def hold_memory() -> None:
    """Hold this process to ``MEMORY``, where the system can."""
    try:
        import resource
    except ImportError:
        return
    most = ADDRESS_SPACE + MEMORY
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > most:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def plain(value: Any) -> Any:
    """Return a value without the engine's own types; nodes, relationships and paths as dictionaries."""
    if isinstance(value, dict):
        if "_NODES" in value:
            return {
                "nodes": [plain(one) for one in value["_NODES"]],
                "relationships": [plain(one) for one in value["_RELS"]],
            }
        if "_LABEL" in value:
            return _element(value)
        if set(value) == {"offset", "table"}:
            return _id(value)
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if type(value).__name__ == "Decimal":  # sums come as 128-bit integers
        return int(value) if value == int(value) else float(value)
    return value


def _element(value: dict[str, Any]) -> dict[str, Any]:
    own = {name: plain(one) for name, one in value.items() if not name.startswith("_") and one is not None}
    if "_SRC" in value:
        return {
            "id": _id(value["_ID"]),
            "type": value["_LABEL"],
            "start": _id(value["_SRC"]),
            "end": _id(value["_DST"]),
            "properties": own,
        }
    return {"id": _id(value["_ID"]), "labels": [value["_LABEL"]], "properties": own}


def _id(value: dict[str, int]) -> str:
    return f"{value['table']}:{value['offset']}"


if __name__ == "__main__":
    main()
