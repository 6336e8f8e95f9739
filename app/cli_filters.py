"""The filters that every command over events takes, declared once."""

import inspect
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from typing import Annotated

import typer

from app.workspace import Workspace
from graph.errors import InvalidInput
from graph.model import EventQuery, Modality


class Output(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    """For people."""
    CSV = "csv"
    JSON = "json"


Store = Annotated[
    str | None,
    typer.Option("--store", "-s", help="URL of the store; default sqlite:///diurna.db or DIURNA_STORE."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]
AsOutput = Annotated[
    Output | None,
    typer.Option("--output", "-o", help="table (default), csv or json; --json is short for the last."),
]
Actors = Annotated[
    list[str] | None,
    typer.Option("--actor", "-a", help="Only events with this actor, by name or id; repeatable."),
]
Between = Annotated[
    tuple[str, str] | None,
    typer.Option("--between", help="Only events with these two actors on opposite sides."),
]
Types = Annotated[
    list[str] | None, typer.Option("--type", "-t", help="Only this PLOVER type, such as CONSULT; repeatable.")
]
Modalities = Annotated[
    list[Modality] | None,
    typer.Option("--modality", help="Only acts told so; repeatable. Default: all."),
]
First = Annotated[str | None, typer.Option("--from", help="First day, as 2022-01-01, 2022-01 or 2022.")]
Last = Annotated[str | None, typer.Option("--to", help="Last day, as 2022-01-31, 2022-01 or 2022.")]
Country = Annotated[
    str | None, typer.Option("--country", help="Only events placed in this country (ISO 3166-1 alpha-3).")
]
Publishers = Annotated[
    list[str] | None, typer.Option("--publisher", "-p", help="Only what this outlet tells; repeatable.")
]
Text = Annotated[str | None, typer.Option("--text", help="Only events told with these words.")]
LeastScore = Annotated[float, typer.Option("--min-score", min=0, max=1, help="Lowest score, 0 to 1.")]
LeastOrigins = Annotated[
    int, typer.Option("--min-origins", min=1, help="Told by at least so many independent origins.")
]


_FILTERS: dict[str, tuple[object, object]] = {
    "actors": (Actors, None),
    "between": (Between, None),
    "types": (Types, None),
    "modality": (Modalities, None),
    "first": (First, None),
    "last": (Last, None),
    "country": (Country, None),
    "publishers": (Publishers, None),
    "text": (Text, None),
    "min_score": (LeastScore, 0.0),
    "min_origins": (LeastOrigins, 1),
}
"""Name → flag and default, as ``query_of`` reads them from the context."""


def selecting(*, but: str = "") -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command all filters, behind its ``store``; it asks ``query_of`` for what they tell.

    Args:
        but: A filter that the command does not take.
    """
    filters = {name: filter for name, filter in _FILTERS.items() if name != but}

    def with_filters(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**told: object) -> None:
            command(**{name: value for name, value in told.items() if name not in filters})

        parameters = []
        for parameter in inspect.signature(command).parameters.values():
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
            if parameter.name == "store":
                parameters += [
                    inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=flag)
                    for name, (flag, default) in filters.items()
                ]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return run

    return with_filters


def output_of(output: Output | None, as_json: bool) -> Output:
    """Return how to print an answer, from ``--output`` and ``--json``.

    Raises:
        InvalidInput: If they contradict each other.
    """
    if as_json and output not in (None, Output.JSON):
        raise InvalidInput(f"--json and --output {output} contradict each other: give one of them")
    return Output.JSON if as_json else output or Output.TABLE


def day_of(text: str | None, *, last: bool = False) -> date | None:
    """Return the first (or last) day of a day, month or year given as ISO 8601.

    Raises:
        InvalidInput: If it is none of these.
    """
    if text is None:
        return None
    for form, widen in (("%Y-%m-%d", None), ("%Y-%m", "month"), ("%Y", "year")):
        try:
            first = datetime.strptime(text, form).date()
        except ValueError:
            continue
        if not last or widen is None:
            return first
        following = date(first.year + 1, 1, 1) if widen == "year" else _next_month(first)
        return date.fromordinal(following.toordinal() - 1)
    raise InvalidInput(f"{text!r} is no day: write 2022-01-13, 2022-01 or 2022")


def window_of(text: str) -> tuple[date, date]:
    """Return the first and last day of a stretch of time: ``2022-01`` or ``2021-12-15/2022-01-15``.

    Raises:
        InvalidInput: If it is none, or ends before it begins.
    """
    begins, _, ends = text.partition("/")
    first, last = day_of(begins), day_of(ends or begins, last=True)
    if first is None or last is None or last < first:
        raise InvalidInput(f"{text!r} is no stretch of time: write 2022-01 or 2021-12-15/2022-01-15")
    return first, last


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def query_of(workspace: Workspace, context: typer.Context, *, limit: int | None = None) -> EventQuery:
    """Return the query that a command's flags tell: those declared above, by the names all commands give them.

    A command that asks about one actor has no ``actors``.

    Raises:
        InvalidInput: If an actor, type or day does not exist.
    """
    told = context.params
    country, between = told["country"], told["between"]
    return workspace.query(
        actors=told.get("actors") or (),
        between=(between[0], between[1]) if between else None,
        types=[name.upper() for name in told["types"] or ()],
        modality=[Modality(modality).value for modality in told["modality"] or ()],
        first_day=day_of(told["first"]),
        last_day=day_of(told["last"], last=True),
        country=country.upper() if country else None,
        publishers=told["publishers"] or (),
        text=told["text"],
        min_score=told["min_score"],
        min_origins=told["min_origins"],
        limit=limit,
    )
