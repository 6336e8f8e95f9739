"""The command line: parse, call the workspace, print."""

import json
import logging
import sys
import webbrowser
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app import cli_bench, cli_events, cli_query, cli_relations
from app import cli_filters as f
from app import cli_output as output
from app.settings import settings
from app.workspace import Workspace
from graph.errors import DiurnaError, InvalidInput, ItemRejected
from graph.export import DEFAULT_BASE, EXPORTERS, FOLDER_EXPORTERS, ExportOptions
from ingest.readers import READERS, ReadOptions
from ingest.readers.publication import parse_published
from ingest.report import RunReport

app = typer.Typer(
    name="diurna",
    help="Who did what to whom, where and when, and which outlet says so: from news articles to a graph.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

STOPPED = 130
"""Exit status after Ctrl-C."""

MISUSED = 2
"""Exit status for a mistake of the caller's."""

FAILED = 1
"""Exit status when something outside failed, or nothing could be read."""


def main() -> None:
    """Run the command line: the entry point of ``diurna``."""
    try:
        app(standalone_mode=True)
    except InvalidInput as error:
        _stop(str(error), MISUSED)
    except DiurnaError as error:
        _stop(str(error), FAILED)
    except KeyboardInterrupt:
        _stop("stopped", STOPPED)
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        sys.stderr.close()
        raise SystemExit(0) from None


def _stop(message: str, status: int) -> NoReturn:
    output.say_error(message)
    raise SystemExit(status)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"diurna {version('diurna')}")
        raise typer.Exit


@app.callback()
def options(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what goes on.")] = False,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Set what all commands share."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(message)s"
    )
    for chatty in ("neo4j.io", "neo4j.pool"):  # they also log what is raised
        logging.getLogger(chatty).setLevel(logging.INFO if verbose else logging.CRITICAL)


Sources = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Files, folders, addresses, or - for standard input.")
]
Format = Annotated[
    str | None,
    typer.Option("--format", "-f", help=f"{', '.join(READERS)}; told from the content if not given."),
]
Published = Annotated[
    str | None,
    typer.Option("--published", help="Day of publication of articles that state none: 2022-01-13."),
]
Private = Annotated[
    bool,
    typer.Option("--allow-private", help="Also fetch from addresses of this machine and private networks."),
]


def _read_options(published: str | None) -> ReadOptions:
    day = f.day_of(published)
    return ReadOptions(published=output.midnight(day) if day else None)


@app.command(
    epilog="Examples:\n\n  diurna ingest articles/ --store sqlite:///my.db\n\n  diurna ingest https://news.example/feed.xml"
)
def ingest(
    sources: Sources,
    store: f.Store = None,
    format: Format = None,
    published: Published = None,
    allow_private: Private = False,
    as_json: f.AsJson = False,
) -> None:
    """Read articles, code their events and keep them in a store.

    What is read twice is kept once. Ctrl-C keeps every article that was finished.
    """
    report = RunReport()
    with Workspace.open(store) as workspace:
        try:
            with output.progress("Ingesting", quiet=as_json) as progress:
                workspace.ingest(
                    sources,
                    format=format,
                    options=_read_options(published),
                    progress=progress,
                    report=report,
                    allow_private=allow_private or settings().allow_private,
                )
        except KeyboardInterrupt:
            output.report(report, workspace.store.url, as_json=as_json, stopped=True)
            raise
        output.report(report, workspace.store.url, as_json=as_json)
    if report.rejected and not report.read:
        raise typer.Exit(FAILED)


@app.command(
    epilog='Examples:\n\n  diurna code article.html\n\n  echo "Russia and NATO held talks in Brussels." | diurna code -'
)
def code(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[PATH…|-]", help="As for ingest.")] = None,
    format: Format = None,
    published: Published = None,
    coder: Annotated[str, typer.Option("--coder", help="joined, rules or heads.")] = "joined",
    explain: Annotated[
        bool, typer.Option("--explain", help="Say which rule or head made each mention.")
    ] = False,
) -> None:
    """Print one JSON line an article: its names, places, times and event mentions. Nothing is kept."""
    from app.coded_json import coded_article
    from ingest.coders import coder as coder_named
    from ingest.pipeline import Pipeline

    pipeline = Pipeline(coder=coder_named(coder))
    report = RunReport()
    # A bare sentence is an article too: what is handed in on purpose is coded in whatever language.
    options = ReadOptions(published=_read_options(published).published, english_only=False)
    items = Workspace.read(sources or ["-"], format=format, options=options)
    for coded in pipeline.run(items, report=report):
        typer.echo(json.dumps(coded_article(coded, explain=explain), ensure_ascii=False))
    output.rejections(report)
    if report.rejected and not report.read:
        raise typer.Exit(FAILED)


@app.command(epilog="""Example:\n\n  echo '{"id": "1", "text": "Russian troops"}' | diurna actor -""")
def actor(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE…|-]", help='JSON lines {"id", "text", "context"?, "date"?}.'),
    ] = None,
) -> None:
    """Say whom actor phrases mean: one JSON line a phrase."""
    from app.coded_json import actor as as_json
    from ingest.resolve.mentions import MentionResolver

    resolver = MentionResolver().actors
    broken = 0
    for name, number, line in output.lines(sources or ["-"]):
        try:
            record = json.loads(line)
            told = parse_published(record.get("date"))
            found = resolver.resolve(
                str(record["text"]),
                context=str(record.get("context") or ""),
                day=told.date() if told else None,
            )
        except (ValueError, KeyError, TypeError) as error:
            broken += 1
            output.say_error(str(ItemRejected("broken line", item=f"{name}:{number}", detail=str(error))))
            continue
        typer.echo(json.dumps({"id": record.get("id"), **as_json(found)}, ensure_ascii=False))
    if broken:
        raise typer.Exit(FAILED)


# Commands in modules of their own, in the order of --help.
for commands in (cli_events, cli_relations, cli_query, cli_bench):
    commands.register(app)


@app.command(
    epilog="Examples:\n\n  diurna export --format nquads events.nq\n\n"
    "  diurna export --format csv --actor NATO nato.csv\n\n"
    "  diurna export --format neo4j-import neo4j-files/"
)
@f.selecting()
def export(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="Where to write: a file, a folder for neo4j-import, - for standard output."
        ),
    ],
    format: Annotated[str, typer.Option("--format", "-f", help=", ".join((*EXPORTERS, *FOLDER_EXPORTERS)))],
    store: f.Store = None,
    base: Annotated[
        str | None, typer.Option("--base", help=f"Base IRI of RDF; default {DEFAULT_BASE}")
    ] = None,
    quote_length: Annotated[
        int | None, typer.Option("--quote-length", min=0, help="Longest quote in characters; 0 for none.")
    ] = None,
    compress: Annotated[bool, typer.Option("--gzip", help="Compress the files of neo4j-import.")] = False,
) -> None:
    """Write the events selected with their evidence: RDF, tables, networks."""
    with Workspace.open(store, read_only=True) as workspace:
        query = f.query_of(workspace, context)
        options = ExportOptions(base=base or settings().base, quote_length=quote_length, compress=compress)
        if str(file) == "-":
            workspace.export(sys.stdout.buffer, format=format, query=query, options=options)
            return
        with output.counting("Writing") as tell:
            done = workspace.export(file, format=format, query=query, options=options, progress=tell)
        output.exported(done, file)


@app.command(epilog="Example:\n\n  diurna remove a0123456789abcdef")
def remove(
    article: Annotated[str, typer.Argument(help="The article's id, as events --json and the app show it.")],
    store: f.Store = None,
) -> None:
    """Take back an article with all that came from it, as if it had never been ingested."""
    with Workspace.open(store) as workspace:
        if not workspace.remove_article(article):
            raise InvalidInput(f"the store has no article {article!r}")
        output.say(f"Removed {article} with its mentions.")


@app.command(epilog="Example:\n\n  diurna copy sqlite:///diurna.db neo4j://neo4j:password@localhost:7687")
def copy(
    source: Annotated[str, typer.Argument(help="URL of the store to read.")],
    target: Annotated[str, typer.Argument(help="URL of the store to fill.")],
) -> None:
    """Copy a store into another, whatever is behind them. Stopped, it goes on where it was."""
    from graph.store import open_store
    from graph.store.copying import copy_store

    with (
        open_store(source, read_only=True) as old,
        open_store(target) as new,
        output.counting("Copying") as tell,
    ):
        done = copy_store(old, new, tell)
        output.say(
            f"Copied {done.articles.added} articles, {done.articles.mentions} mentions; "
            f"{done.articles.unchanged} were there already."
        )


@app.command(name="app", epilog="Example:\n\n  diurna app --store sqlite:///demo.db")
def serve(
    store: f.Store = None,
    port: Annotated[int, typer.Option("--port", help="Port to listen on.")] = 8501,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; only this machine by default.")
    ] = "127.0.0.1",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser window.")] = True,
) -> None:
    """Open the application: timelines, relations, and the sentence behind every fact."""
    from app.launch import launch

    url = store or settings().store
    with Workspace.open(url):
        pass  # a store that cannot be opened is told here, not on a page
    shown = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"
    output.say(f"Diurna is at {shown} (Ctrl-C stops it)")
    headless = not browser or not _has_browser()
    raise typer.Exit(launch(url, port=port, host=host, headless=headless))


def _has_browser() -> bool:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


@app.command(epilog="Example:\n\n  diurna info --store sqlite:///demo.db --json")
def info(store: f.Store = None, as_json: f.AsJson = False) -> None:
    """Say what a store holds, and which program, model and coder this is."""
    with Workspace.open(store, read_only=True) as workspace:
        output.info(workspace, as_json=as_json)
