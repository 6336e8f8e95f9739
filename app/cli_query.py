"""The command that runs Cypher: on a Neo4j store itself, on an SQLite store's snapshot."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from app import cli_filters as f
from app import cli_output as output
from app.query_text import flat, parameters_of
from app.workspace import Workspace
from graph.errors import InvalidInput
from graph.model import QueryResult
from graph.store.cypher_query import DEFAULT_LIMIT, DEFAULT_TIMEOUT

WIDEST = 400
"""Characters of a cell in a table for people."""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        epilog="Examples:\n\n  diurna query 'MATCH (e:Event) RETURN e.type AS type, count(*) AS n ORDER BY n DESC'"
        "\n\n  diurna query 'MATCH (a:Actor {id: $who})<-[:INITIATED_BY]-(e:Event) RETURN e.first_day, e.name'"
        " --param who=RUS -o csv"
    )(query)


def query(
    text: Annotated[
        str | None, typer.Argument(metavar="[CYPHER|-]", help="A query that reads, or - for standard input.")
    ] = None,
    store: f.Store = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="Read the query from this file instead.")
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="Value of $NAME, text or JSON; repeatable."),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", help="Stop the query after so many seconds.")
    ] = DEFAULT_TIMEOUT,
    limit: Annotated[int, typer.Option("--limit", "-n", help="Print at most so many rows.")] = DEFAULT_LIMIT,
    to: f.AsOutput = None,
    as_json: f.AsJson = False,
) -> None:
    """Run a Cypher query that reads: labels and properties are those of docs/data-model.md."""
    shown = f.output_of(to, as_json)
    written, given = _query(text, file), parameters_of(parameters or ())
    with Workspace.open(store, read_only=True) as workspace:
        with output.counting("Preparing the store for Cypher") as tell:
            workspace.store.cypher.prepare(tell)
        found = workspace.store.cypher.run(written, given, timeout=timeout, limit=limit)
    _print(found, shown)


def _query(text: str | None, file: Path | None) -> str:
    if (text is None) == (file is None):
        raise InvalidInput("give the query as one argument, as - for standard input, or with --file")
    if file is None:
        return sys.stdin.read() if text == "-" else str(text)
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{file} cannot be read: {error}") from error


def _print(found: QueryResult, shown: f.Output) -> None:
    if shown is f.Output.JSON:
        output.print_json({"columns": found.columns, "rows": found.rows, "truncated": found.truncated})
        return
    rows = [[flat(value) for value in row] for row in found.rows]
    if shown is f.Output.CSV:
        output.print_csv(found.columns, (dict(zip(found.columns, row, strict=True)) for row in rows))
    else:
        table = output.new_table(())
        for name, *values in zip(found.columns, *rows, strict=True):
            numeric = all(isinstance(value, (int, float, type(None))) for value in values)
            table.add_column(Text(name), justify="right" if numeric else "left")
        for row in rows:
            table.add_row(*(Text(_cell(value)) for value in row))
        if rows:
            output.show(table)
        output.remark("1 row" if len(rows) == 1 else f"{len(rows)} rows")
    if found.truncated:
        output.say_error(f"only the first {len(rows)} rows are shown: --limit gives more.")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    text = " ".join(str(value).split())
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
