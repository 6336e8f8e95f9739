"""Commands that say how actors hang together."""

from typing import Annotated

import typer

from app import cli_filters as f
from app import cli_network_output as network_output
from app import cli_relations_output as output
from app.workspace import Workspace
from graph.analysis.network import Measure
from graph.analysis.paths import LONGEST

Named = Annotated[str, typer.Argument(metavar="NAME", help="An actor, by name or id.")]
LeastEvents = Annotated[
    int, typer.Option("--min-events", min=1, help="Leave out pairs of actors with fewer events together.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(
        epilog="Examples:\n\n  diurna relations --from 2022-01 --to 2022-02\n\n"
        "  diurna relations --actor Ukraine --output csv"
    )(relations)
    app.command(
        epilog="Examples:\n\n  diurna neighbours Ukraine\n\n  diurna neighbours NATO --from 2022-01 --output csv"
    )(neighbours)
    app.command(
        epilog='Examples:\n\n  diurna profile Ukraine\n\n  diurna profile "Vladimir Putin" --type CONSULT --json'
    )(profile)
    app.command(
        epilog="Examples:\n\n  diurna path Germany Kazakhstan\n\n"
        "  diurna path OSCE China --steps 3 --paths 10 --type CONSULT"
    )(path)
    app.command(
        epilog="Examples:\n\n  diurna network --measure pagerank --min-events 2\n\n"
        "  diurna network --by-country --compare 2021-12 2022-01/2022-02"
    )(network)


@f.selecting()
def relations(
    context: typer.Context,
    store: f.Store = None,
    limit: Annotated[int, typer.Option("--limit", "-n", help="Print at most so many pairs; 0 for all.")] = 30,
    output_as: f.AsOutput = None,
    as_json: f.AsJson = False,
) -> None:
    """List who acts on whom, with the number of events and their mean tone (-10 conflict, 10 cooperation)."""
    shown = f.output_of(output_as, as_json)
    with Workspace.open(store, read_only=True) as workspace:
        query = f.query_of(workspace, context)
        output.relations(workspace, workspace.relations(query, limit=limit or None), shown)


@f.selecting(but="actors")
def neighbours(
    context: typer.Context,
    name: Named,
    store: f.Store = None,
    limit: Annotated[int, typer.Option("--limit", "-n", help="Print at most so many; 0 for all.")] = 30,
    output_as: f.AsOutput = None,
    as_json: f.AsJson = False,
) -> None:
    """List an actor's partners: who acts on whom how often, in which tone, from when to when.

    A country stands for its bodies and people too.
    """
    shown = f.output_of(output_as, as_json)
    with Workspace.open(store, read_only=True) as workspace:
        query = f.query_of(workspace, context)
        actor = workspace.store.canonical_actor(workspace.actor_id(name))
        output.neighbours(workspace, actor, workspace.neighbours(actor, query, limit=limit or None), shown)


@f.selecting(but="actors")
def profile(
    context: typer.Context,
    name: Named,
    store: f.Store = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, help="Longest list of partners, places and outlets.")
    ] = 10,
    output_as: f.AsOutput = None,
    as_json: f.AsJson = False,
) -> None:
    """Show an actor at a glance: its partners, types of acts, places and outlets, and its events by month.

    A country stands for its bodies and people too.
    """
    shown = f.output_of(output_as, as_json)
    with Workspace.open(store, read_only=True) as workspace:
        query = f.query_of(workspace, context)
        output.profile(workspace, workspace.profile(name, query, limit=limit), shown)


@f.selecting()
def path(
    context: typer.Context,
    start: Annotated[str, typer.Argument(metavar="A", help="An actor, by name or id.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    store: f.Store = None,
    most_paths: Annotated[int, typer.Option("--paths", "-k", min=1, help="Show at most so many paths.")] = 5,
    most_steps: Annotated[
        int, typer.Option("--steps", min=1, max=LONGEST, help="Longest path, in steps from actor to actor.")
    ] = 4,
    most_events: Annotated[int, typer.Option("--events", min=0, help="Events shown of each step.")] = 3,
    output_as: f.AsOutput = None,
    as_json: f.AsJson = False,
) -> None:
    """Show how two actors hang together: through whom, and by which events.

    A step joins two actors that stand on opposite sides of an event. Short paths come first, equally long
    ones by how many events make their steps. The filters say which events count.
    """
    shown = f.output_of(output_as, as_json)
    with Workspace.open(store, read_only=True) as workspace:
        query = f.query_of(workspace, context)
        ends = workspace.actor_id(start), workspace.actor_id(end)
        found = workspace.paths(
            *ends, query, most_paths=most_paths, most_steps=most_steps, most_events=most_events
        )
        output.paths(workspace, found, ends, most_steps, shown)


@f.selecting()
def network(
    context: typer.Context,
    store: f.Store = None,
    measure: Annotated[
        Measure, typer.Option("--measure", "-m", help="Rank the actors by this.")
    ] = Measure.DEGREE,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--compare",
            metavar="BEFORE AFTER",
            help="Say what changed from one stretch of time to another, such as 2021-12 2022-01-01/2022-02-15.",
        ),
    ] = None,
    least_events: LeastEvents = 1,
    by_country: Annotated[
        bool, typer.Option("--by-country", help="Count bodies and people as their country.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", help="Print at most so many; 0 for all.")] = 30,
    output_as: f.AsOutput = None,
    as_json: f.AsJson = False,
) -> None:
    """Measure the network of actors: who is central, who belongs together, where it is under strain.

    With --compare, list which pairs of actors are new, ended, warmed or cooled.
    """
    shown = f.output_of(output_as, as_json)
    with Workspace.open(store, read_only=True) as workspace:
        query = f.query_of(workspace, context)
        if compare is None:
            found = workspace.network(query, least_events=least_events, by_country=by_country)
            network_output.network(workspace, found, measure, limit or None, shown)
            return
        windows = f.window_of(compare[0]), f.window_of(compare[1])
        changed = workspace.changes(*windows, query, least_events=least_events, by_country=by_country)
        network_output.changes(workspace, changed, windows, limit or None, shown)
