"""What the commands print: tables for people, CSV and JSON for programs."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import typer
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from app.cli_filters import Output
from app.workspace import Workspace
from graph.analysis.timeline import Bucket, Timeline
from graph.errors import InvalidInput
from graph.export import ExportReport
from graph.export.tables import guarded
from graph.model import Actor, DateRange, Event, EventQuery
from ingest.pipeline import Progress as Tell
from ingest.pipeline import no_progress
from ingest.report import RunReport

_out = Console(highlight=False, soft_wrap=False)
_err = Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """Print a line for people."""
    _out.print(Text(text))


def say_error(text: str) -> None:
    """Print an error to standard error."""
    _err.print(Text("diurna: ", style="bold red").append(text, style="default not bold"))


def midnight(day: date) -> datetime:
    """Return the beginning of a day, UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def lines(sources: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """Yield (file, line number from 1, line) of files and standard input, blank lines left out.

    Raises:
        InvalidInput: If a file cannot be read.
    """
    for source in sources:
        if source == "-":
            for number, line in enumerate(sys.stdin, 1):
                if line.strip():
                    yield "-", number, line
            continue
        try:
            with Path(source).open(encoding="utf-8") as file:
                for number, line in enumerate(file, 1):
                    if line.strip():
                        yield source, number, line
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidInput(f"{source} cannot be read: {error}") from error


@contextmanager
def progress(what: str, *, quiet: bool) -> Iterator[Tell]:
    """Show a running count of articles, mentions and rejections on standard error."""
    if quiet or not _err.is_terminal:
        yield no_progress
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[figures]}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[item]}", style="dim"),
    )
    with Progress(*columns, console=_err, transient=True) as bar:
        task = bar.add_task(what, total=None, figures="loading the language model …", item="")

        def tell(report: RunReport, item: str) -> None:
            figures = f"{report.coded} articles · {report.mentions.total()} mentions"
            if report.rejected:
                figures += f" · {report.rejected.total()} rejected"
            bar.update(task, figures=figures, item=item[-48:])

        yield tell


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show how many of how many are done on standard error."""
    if not _err.is_terminal:
        yield lambda done, total: None
        return
    with Progress(
        TextColumn(what), BarColumn(), TextColumn("{task.completed}/{task.total}"), console=_err
    ) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def report(run: RunReport, store: str, *, as_json: bool, stopped: bool = False) -> None:
    """Print what an ingest did."""
    if as_json:
        typer.echo(json.dumps({**run.as_dict(), "store": store, "stopped": stopped}))
        return
    if stopped:
        _out.print(
            "[bold]Stopped.[/] Everything finished so far is kept; run the same command again to go on."
        )
    speed = f" ({run.coded / run.seconds:.1f} a second)" if run.seconds > 1 and run.coded else ""
    new = f"{run.added} new" + (f", {run.unchanged} known already" if run.unchanged else "")
    new += f", {run.replaced} replaced" if run.replaced else ""
    _out.print(f"[bold]{run.coded}[/] articles coded in {run.seconds:.1f} s{speed}: {new}")
    events = f"{run.events_more} more events" if run.events_more >= 0 else f"{-run.events_more} fewer events"
    _out.print(f"[bold]{run.mentions.total()}[/] mentions; {events}; {run.silent} articles tell none")
    if run.mentions:
        kinds = "  ".join(f"{kind.lower()} {count}" for kind, count in run.mentions.most_common())
        _out.print(Text(f"  {kinds}", style="dim"))
    rejections(run, console=_out)
    for note, count in run.notes.most_common():
        _out.print(Text(f"  note: {note} ({count})", style="dim"))
    _out.print(Text(f"Kept in {store}"))


def rejections(run: RunReport, *, console: Console | None = None) -> None:
    """Print what was rejected and why, with examples; to standard error unless told otherwise."""
    target = console or _err
    for reason, count in run.rejected.most_common():
        target.print(Text(f"{count} rejected: {reason}", style="yellow"))
        for example in run.examples.get(reason, ()):
            target.print(Text(f"    {example}", style="dim"))


def events(workspace: Workspace, query: EventQuery, shown: Output) -> None:
    """Print events: a table, CSV, or one JSON line each with its mentions and quotes."""
    if shown is not Output.TABLE:
        workspace.export(sys.stdout.buffer, format="jsonl" if shown is Output.JSON else "csv", query=query)
        return
    found = workspace.events(query)
    names = names_of(workspace, [i for e in found for i in (*e.initiators, *e.recipients)])
    places = {p.id: p.name for p in workspace.places([e.place for e in found if e.place is not None])}
    table = Table(box=None, header_style="bold", pad_edge=False)
    wide = _out.width >= 110
    table.add_column("when", no_wrap=True)
    table.add_column("who", min_width=12)
    table.add_column("what", min_width=10)
    table.add_column("whom", min_width=12)
    if wide:
        table.add_column("where")
    table.add_column("origins", justify="right", min_width=7)
    if wide:
        table.add_column("id", style="dim", no_wrap=True)
    for event in found:
        table.add_row(
            Text(days(event.day)),
            Text(_people(event.initiators, names)),
            Text(act(event), style=tone_style(event.tone)),
            Text(_people(event.recipients, names)),
            *([Text(places.get(event.place, "") if event.place is not None else "")] if wide else []),
            f"{event.origin_count}",
            *([event.id] if wide else []),
        )
    if found:
        _out.print(table)
    of_all = workspace.count(query)[0].events
    remark(f"{len(found)} of {of_all} events" if len(found) < of_all else f"{of_all} events")


def act(event: Event) -> str:
    """Return what kind of act an event is: "consult · phone (future)"."""
    what = event.type.lower() + (f" · {event.mode}" if event.mode else "")
    return what if event.modality == "asserted" else f"{what} ({event.modality})"


def days(day: DateRange | None) -> str:
    """Return a day or a range; a star marks the day of publication, for want of better."""
    if day is None:
        return "unknown"
    text = day.first.isoformat() if day.first == day.last else f"{day.first}/{day.last}"
    return text + ("*" if day.basis == "publication" else "")


def _people(ids: Sequence[str], names: dict[str, str]) -> str:
    shown = [names.get(i, i) for i in ids[:3]]
    return ", ".join(shown) + (f" +{len(ids) - 3}" if len(ids) > 3 else "")


def names_of(workspace: Workspace, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of actors by their ids; unknown ones go by their ids."""
    ids = list(dict.fromkeys(ids))
    found: list[Actor] = workspace.actors(ids, limit=None) if ids else []
    return {**{id: id for id in ids}, **{actor.id: actor.name for actor in found}}


def timeline(line: Timeline, shown: Output) -> None:
    """Print counts over time: a bar a bucket, or rows by lane."""
    buckets = [bucket._asdict() for bucket in line.buckets]
    if shown is Output.JSON:
        print_json({"buckets": buckets, "undated": line.undated})
        return
    if shown is Output.CSV:
        print_csv(list(Bucket._fields), buckets)
        return
    bars(line.buckets, laned=line.lanes not in ((), (None,)))
    if line.undated:
        remark(f"{line.undated} events have no known day")


def bars(buckets: Sequence[Bucket], *, laned: bool = False) -> None:
    """Print a bar a bucket; the empty ones of a gap as one."""
    most = max((b.events for b in buckets), default=0)
    titles = ["when", *(["lane"] if laned else [])]
    table = new_table(titles, ["events", "tone"])
    table.add_column("")
    empty = 0
    for bucket in buckets:
        empty = 0 if bucket.events else empty + 1
        if empty and (laned or empty > 2):
            if empty == 3 and not laned:
                table.add_row("…")
            continue
        bar = "█" * round(40 * bucket.events / most) if most else ""
        row = [Text(bucket.key), *([Text(bucket.lane or "–")] if laned else []), Text(f"{bucket.events}")]
        table.add_row(*row, tone(bucket.tone), Text(bar, style=tone_style(bucket.tone)))
    _out.print(table)


def new_table(texts: Sequence[str], numbers: Sequence[str] = ()) -> Table:
    """Return an empty table with columns of text and then of numbers."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in texts:
        table.add_column(title)
    for title in numbers:
        table.add_column(title, justify="right")
    return table


def show(what: Table | Text, *, indent: int = 0) -> None:
    """Print a table or a line for people."""
    _out.print(Padding(what, (0, 0, 0, indent), expand=False))


def remark(text: str) -> None:
    """Print a line of less weight."""
    _out.print(Text(text, style="dim"))


def tone(value: float | None) -> Text:
    """Return a tone with its sign: blue is cooperation, red conflict."""
    return Text("" if value is None else f"{value:+.1f}", style=tone_style(value))


def tone_style(value: float | None) -> str:
    """Return the colour of a tone."""
    return "default" if not value else "blue" if value > 0 else "red"


def print_json(value: object) -> None:
    """Print one JSON value; days in ISO form."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=_plain))


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Print rows as CSV: an empty cell is a value not known; no text can be taken for a formula."""
    text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(row.get(name)) for name in columns])
        text.flush()
    finally:
        text.detach()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(" ".join(value.split())) if isinstance(value, str) else value


def exported(done: ExportReport, file: Path) -> None:
    """Print what an export wrote."""
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in done.written.items())
    say(f"Wrote {file}: {kinds} ({done.bytes:,} bytes)")
    if done.next_steps:
        typer.echo(done.next_steps)


def info(workspace: Workspace, *, as_json: bool) -> None:
    """Print what a store holds."""
    statistics = workspace.info()
    if as_json:
        plain = {
            key: str(value) if isinstance(value, date) else value for key, value in asdict(statistics).items()
        }
        typer.echo(json.dumps({**_versions(), "store": workspace.store.url, **plain}))
        return
    about = _versions()
    say(f"diurna {about['diurna']} · language model {about['language_model']} · coder {about['coder']}")
    say(f"store {workspace.store.url}")
    first, last = statistics.first_day, statistics.last_day
    period = f", {first} to {last}" if first and last else ""
    say(
        f"{statistics.articles:,} articles of {statistics.publishers} outlets "
        f"({statistics.origins:,} independent texts)"
    )
    say(f"{statistics.mentions:,} mentions of {statistics.events:,} events{period}")
    say(f"{statistics.actors:,} actors, {statistics.places:,} places")


def _versions() -> dict[str, str]:
    from ingest.coders import default_coder
    from ingest.language.model import shipped_version

    return {
        "diurna": version("diurna"),
        "language_model": shipped_version(),
        "coder": default_coder().version,
    }
