"""Commands that list and count events."""

from typing import Annotated

import typer

from app import cli_filters as f
from app import cli_output as output
from app.workspace import Workspace
from graph.model import Axis


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(
        epilog="Examples:\n\n  diurna events --between Russia NATO --from 2022-01 --to 2022-01\n\n"
        "  diurna events --type ASSAULT --min-origins 2 --output csv"
    )(events)
    app.command(
        epilog="Examples:\n\n  diurna timeline --bucket week\n\n"
        "  diurna timeline --actor Russia --by type --bucket month"
    )(timeline)


@f.selecting()
def events(
    context: typer.Context,
    store: f.Store = None,
    limit: Annotated[int, typer.Option("--limit", "-n", help="Print at most so many; 0 for all.")] = 50,
    output_as: f.AsOutput = None,
    as_json: f.AsJson = False,
) -> None:
    """List events: when, who did what to whom, and how many independent origins tell it.

    CSV has a line an event; JSON one object a line, with the mentions and their quotes.
    """
    shown = f.output_of(output_as, as_json)
    with Workspace.open(store, read_only=True) as workspace:
        query = f.query_of(workspace, context, limit=limit or None)
        output.events(workspace, query, shown)


@f.selecting()
def timeline(
    context: typer.Context,
    store: f.Store = None,
    bucket: Annotated[Axis, typer.Option("--bucket", "-b", help="day, week, month or year.")] = Axis.MONTH,
    by: Annotated[
        Axis | None, typer.Option("--by", help="One row for each value: type, actor, publisher…")
    ] = None,
    output_as: f.AsOutput = None,
    as_json: f.AsJson = False,
) -> None:
    """Count events over time. The days are those on which things happened, not on which they were reported."""
    shown = f.output_of(output_as, as_json)
    with Workspace.open(store, read_only=True) as workspace:
        query = f.query_of(workspace, context)
        output.timeline(workspace.timeline(query, bucket=bucket, by=by), shown)
