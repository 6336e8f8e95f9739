"""The page of figures, ``docs/speed.md``, written from results of ``bench.stores``."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.stores_load import processor_count

PAGE = Path(__file__).parent.parent / "docs" / "speed.md"
BEGIN, END = "<!-- figures: written by `python -m bench.stores --write` -->", "<!-- /figures -->"
NAMES = {"sqlite": "SQLite", "neo4j": "Neo4j"}

Result = dict[str, Any]


def text(results: Sequence[Result]) -> str:
    """Return the tables: loading, then each question at every size."""
    parts = [f"Measured on {processor_count()} cores of a shared server.", "### Loading", _loads(results)]
    for store, name in NAMES.items():
        asked = (r for r in results if r["store"] == store and r["questions"])
        some = sorted(asked, key=lambda r: int(r["load"]["events"]))
        if some:
            parts += [f"### Questions to {name}", _questions(some)]
    return "\n\n".join(parts)


def _loads(results: Sequence[Result]) -> str:
    heads = ["store", "events", "articles", "events a second", "bare inserts of the same rows", "share"]
    heads += ["packed alike", "memory", "file"]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for result in sorted(results, key=lambda r: (list(NAMES).index(r["store"]), r["load"]["events"])):
        load = result["load"]
        if load["own"] is None:
            continue
        disk = "" if load["disk"] is None else f"{load['disk']:.0f} MiB"
        packed = "" if load.get("packed") is None else f"{100 * load['packed'] / load['own']:.0f} %"
        lines.append(
            f"| {NAMES[result['store']]} | {load['events']:,} | {load['articles']:,} "
            f"| {load['events'] / load['own']:,.0f} | {load['events'] / load['floor']:,.0f} "
            f"| {100 * load['ratio']:.0f} % | {packed} | {load['peak']:.0f} MiB | {disk} |"
        )
    return "\n".join(lines)


def _questions(results: Sequence[Result]) -> str:
    sizes = [f"{result['load']['events']:,} events" for result in results]
    lines = [
        "| milliseconds: median (95th percentile), × by hand | " + " | ".join(sizes) + " |",
        "|---|" + "---|" * len(sizes),
    ]
    for number, question in enumerate(results[0]["questions"]):
        cells = []
        for result in results:
            one = result["questions"][number]
            median, high = one["own"]
            cells.append(f"{_digits(median)} ({_digits(high)}), × {one['ratio']:.1f}")
        lines.append(f"| {question['name']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _digits(milliseconds: float) -> str:
    return f"{milliseconds:.1f}" if milliseconds < 10 else f"{milliseconds:,.0f}"


def write(results: Sequence[Result]) -> None:
    """Put the tables of results between the marks of the page."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text(results)}\n{END}{after}", encoding="utf-8")
