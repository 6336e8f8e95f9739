"""How fast the stores are, in one run beside what the same work takes without them.

    python -m bench.stores [--events 10000 100000] [--only sqlite|neo4j] [--url neo4j://…] [--json FILE]
    python -m bench.stores --ask STORE.db|FOLDER [--json FILE]
    python -m bench.stores --write FILE…

Loading is set beside the bare inserts of the very rows that the store wrote, in the same transactions:
``executemany`` into the same tables, and for Neo4j the store's own statements sent again by the driver
alone, days as the driver's own types. Each question that the app asks is set beside the same question
written by hand, and each answer is compared. Figures in events a second and milliseconds say something about a machine; the ratios say
something about the program.

Without ``--url`` a Neo4j is found as for the tests (``tests/neo4j_server.py``); the database must be empty,
and is again afterwards. ``--ask`` asks a file that was loaded before, by the same seed, or a Neo4j into which is
imported first what ``diurna export --format neo4j-import`` wrote of one. ``--write`` puts
results, given as JSON files, into ``docs/speed.md``.
"""

import argparse
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.stores_cypher import Cypher
from bench.stores_load import Load, load_sqlite
from bench.stores_page import write
from bench.stores_queries import Times, ask
from bench.stores_replay import load_neo4j
from bench.stores_sql import Sql
from graph.store import open_store
from graph.store.base import StoreStatistics
from graph.store.neo4j_address import Address
from graph.store.neo4j_connection import Connection
from graph.store.neo4j_schema import clear
from tests import neo4j_server

SIZES = (10_000, 100_000, 1_000_000)


@contextlib.contextmanager
def _neo4j(url: str | None) -> Iterator[str]:
    """Give the URL of an empty Neo4j, which is left as it was found."""
    with contextlib.ExitStack() as stack:
        if url is None:
            url = stack.enter_context(neo4j_server.running(brief=False))
        else:
            neo4j_server.refuse_unless_empty(url)
        try:
            yield url
        finally:
            connection = Connection(Address.of(url), read_only=False)
            clear(connection, forget=True)
            connection.close()


def measure_sqlite(events: int) -> dict[str, Any]:
    """Load a file and ask it everything."""
    with tempfile.TemporaryDirectory(prefix="diurna-bench-") as folder:
        url, load = load_sqlite(Path(folder), events)
        show_load("SQLite", load)
        with open_store(url, read_only=True) as store:
            times = ask(store, Sql(url.removeprefix("sqlite:///")))
        show_times(times)
    return _result("sqlite", load, times)


def measure_loaded(path: Path) -> dict[str, Any]:
    """Ask a file that was loaded before everything."""
    with open_store(f"sqlite:///{path}", read_only=True) as store:
        held = store.statistics()
        times = ask(store, Sql(str(path)))
    show_times(times)
    return _asked("sqlite", held, times)


def measure_imported(folder: Path) -> dict[str, Any]:
    """Import the files of a store into a Neo4j and ask it everything."""
    begun = time.monotonic()
    with neo4j_server.imported(folder, brief=False) as url:
        print(f"imported and started in {time.monotonic() - begun:.0f} s", flush=True)
        begun = time.monotonic()
        open_store(url).close()
        print(f"indexes made in {time.monotonic() - begun:.0f} s", flush=True)
        hand = Cypher(url)
        try:
            with open_store(url, read_only=True) as store:
                held = store.statistics()
                times = ask(store, hand)
        finally:
            hand.close()
    show_times(times)
    return _asked("neo4j", held, times)


def _asked(store: str, held: StoreStatistics, times: Sequence[Times]) -> dict[str, Any]:
    load = {"events": held.events, "articles": held.articles, "own": None}
    return {"store": store, "load": load, "questions": _questions(times)}


def measure_neo4j(url: str, events: int) -> dict[str, Any]:
    """Load an empty database, ask it everything, and empty it again."""
    load = load_neo4j(url, events)
    show_load("Neo4j", load)
    connection = Connection(Address.of(url), read_only=False)
    hand = Cypher(url)
    try:
        # Plans made for an empty database are of no use for a full one.
        connection.write(lambda run: run("CALL db.clearQueryCaches()"))
        with open_store(url, read_only=True) as store:
            times = ask(store, hand)
        clear(connection)
    finally:
        hand.close()
        connection.close()
    show_times(times)
    return _result("neo4j", load, times)


def _result(store: str, load: Load, times: Sequence[Times]) -> dict[str, Any]:
    return {
        "store": store,
        "load": {**asdict(load), "ratio": load.ratio},
        "questions": _questions(times),
    }


def _questions(times: Sequence[Times]) -> list[dict[str, Any]]:
    return [{**asdict(one), "ratio": one.ratio} for one in times]


def show_load(name: str, load: Load) -> None:
    """Print what loading took."""
    print(f"\n{name}: {load.events} events of {load.articles} articles")
    for what, took in (
        ("the store", load.own),
        ("its rows, inserted barely", load.floor),
        ("the same, packed as it packs them", load.packed),
    ):
        if took is not None:
            print(f"  {what:34}{took:9.1f} s {load.events / took:9.0f} events/s")
    print(f"  the store loads at {100 * load.ratio:.0f} % of the rate of bare inserts")
    size = "" if load.disk is None else f", the file has {load.disk:.0f} MiB"
    print(f"  at most {load.peak:.0f} MiB of memory{size}")


def show_times(times: Sequence[Times]) -> None:
    """Print what each question took, in milliseconds."""
    print(f"  {'milliseconds':50}{'store':>16}{'by hand':>16}")
    print(f"  {'':50}{'p50':>8}{'p95':>8}{'p50':>8}{'p95':>8}   ratio")
    for one in times:
        print(
            f"  {one.name:50}{one.own[0]:8.1f}{one.own[1]:8.1f}{one.hand[0]:8.1f}{one.hand[1]:8.1f}"
            f"   {one.ratio:5.2f}"
        )
    sys.stdout.flush()


def main() -> int:
    """Measure, or write what was measured into the documentation."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--url", help="an empty Neo4j database")
    parser.add_argument(
        "--ask",
        type=Path,
        metavar="STORE",
        help="a file loaded before, or its neo4j-import folder: ask it only",
    )
    parser.add_argument("--only", choices=("sqlite", "neo4j"))
    parser.add_argument("--json", type=Path, help="also write all figures here")
    parser.add_argument("--write", type=Path, nargs="+", metavar="FILE", help="results for docs/speed.md")
    options = parser.parse_args()
    if options.write:
        write([one for path in options.write for one in json.loads(path.read_text(encoding="utf-8"))])
        return 0
    results: list[dict[str, Any]] = []

    def keep(result: dict[str, Any]) -> None:
        results.append(result)
        if options.json:
            options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")

    if options.ask:
        keep((measure_imported if options.ask.is_dir() else measure_loaded)(options.ask))
        return 0
    if options.only != "neo4j":
        for events in options.events:
            keep(measure_sqlite(events))
    if options.only != "sqlite":
        with _neo4j(options.url) as url:
            for events in options.events:
                keep(measure_neo4j(url, events))
    return 0


if __name__ == "__main__":
    sys.exit(main())
