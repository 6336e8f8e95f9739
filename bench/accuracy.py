"""``make bench``: how right the coder is, on the project's own gold or on yours, beside a floor.

    python -m bench.accuracy [--gold FILE…] [--articles FILE] [--coder NAME] [--ablation] [--json FILE] [--floors]

Prints precision, recall and F1 with 95 % bootstrap intervals over articles, each type's figures, the
reliability of the score, and how well reports of one happening are linked. With ``--floors`` the run
fails when a figure lies below ``bench/floors.json``. What a gold file measures is told from its first
record: see ``bench/gold.py``.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from rich.progress import track

from app.coded_json import actor, coded_article
from bench import stories
from bench.ablation import FLOOR, WHOLE, ablation
from bench.gold import HERE, OWN, OWN_TIMES, Gold, article_of, read_gold
from bench.mentions import Bench, Result
from bench.naive import NaiveCoder
from bench.tasks import TASKS
from graph.errors import DiurnaError
from ingest.coders import coder as coder_named
from ingest.pipeline import Pipeline
from ingest.readers.publication import parse_published
from ingest.resolve.mentions import MentionResolver

Json = dict[str, Any]


def _shown(records: Sequence[Json]) -> Iterable[Json]:
    return track(records, description="Reading", disable=not sys.stderr.isatty(), transient=True)


def other_task(gold: Gold, coder: str) -> dict[str, float]:
    """Return the figures of a task other than mentions."""
    said: dict[str, Json] = {}
    if gold.task == "actors":
        resolver = MentionResolver().actors
        for record in _shown(gold.records):
            told = parse_published(record.get("date"))
            found = resolver.resolve(
                record["text"], context=record.get("context") or "", day=told.date() if told else None
            )
            said[record["id"]] = actor(found)
    else:
        pipeline = Pipeline(coder=coder_named(coder))
        for record in _shown(gold.records):
            said[record["id"]] = coded_article(pipeline.code(article_of(record)))
    return TASKS[gold.task](gold.records, said)


def show(name: str, result: Result) -> None:
    """Print a coder's figures."""
    print(f"\n{name}: {result.mentions['said']} mentions said, {result.mentions['gold']} in the gold")
    for figure, value in result.figures.items():
        interval = result.intervals.get(figure)
        told = f"   [{interval[0]:5.1f}, {interval[1]:5.1f}]" if interval else ""
        print(f"  {figure:<24}{value:6.1f}{told}")


def show_types(result: Result) -> None:
    """Print the figures by type, and the reliability of the score."""
    print("\n  type         P      R     F1   95 % interval    gold")
    for kind, (precision, recall, both) in result.types.items():
        low, high = result.type_intervals[kind]
        print(
            f"  {kind:<10}{precision:6.1f} {recall:6.1f} {both:6.1f}   [{low:5.1f}, {high:5.1f}] "
            f"{result.gold_by_type[kind]:6}"
        )
    print(f"\n  expected calibration error {result.calibration_error:.3f}")
    print("  mean score   share right   mentions")
    for mean, share, number in result.reliability:
        print(f"  {mean:10.2f}   {share:11.2f}   {number:8}   {'#' * round(40 * share)}")


def measure_mentions(gold: Gold, coder: str, *, layers: bool) -> tuple[Result, Json]:
    """Print and return the figures on mention gold."""
    from ingest.language.model import default_model

    print(
        f"{gold.name}: {len(gold.records)} articles, {sum(len(r['mentions']) for r in gold.records)} mentions"
    )
    bench = Bench(gold.records, default_model(), _shown)
    floor = bench.measure(NaiveCoder().code)
    show("The floor: one word, one type, the nearest names", floor)
    result = bench.measure(coder_named(coder).code)
    result.figures |= bench.resolution() | bench.linking(result.coded)
    show(f"Diurna ({coder})", result)
    show_types(result)
    whole: Json = {"floor": _plain(floor), **_plain(result)}
    if layers:
        found = ablation(bench, {FLOOR: floor, **({WHOLE: result} if coder == "joined" else {})})
        print(
            "\n  what each layer adds                          typed P     R    F1   whole F1   modality   day"
        )
        for name, one in found.items():
            f = one.figures
            print(
                f"  {name:<44}{f['typed P']:8.1f} {f['typed R']:5.1f} {f['typed F1']:5.1f} {f['whole F1']:10.1f}"
                f" {f['modal right']:10.1f} {f['day right']:5.1f}"
            )
        whole["ablation"] = {name: one.figures for name, one in found.items()}
    return result, whole


def _plain(result: Result) -> Json:
    """Return all but what was coded."""
    return asdict(replace(result, coded=[]))


def run(
    paths: Sequence[Path],
    *,
    articles: Path | None = None,
    coder: str = "joined",
    layers: bool = False,
    json_file: Path | None = None,
    floors: bool = False,
) -> int:
    """Measure, print, and return the exit status: 1 when a figure lies below its floor.

    Args:
        paths: Gold files of one task; none for the project's own.
        articles: Texts that the gold names by id.
        layers: Also measure with one layer after the other taken away.
        json_file: Where all figures are written too.
        floors: Whether to compare with ``bench/floors.json``.

    Raises:
        InvalidInput: If a file cannot be read or measures nothing that is known.
    """
    gold = read_gold(list(paths) or [path for path in OWN if path.exists()], articles=articles)
    if gold.task == "mentions":
        result, whole = measure_mentions(gold, coder, layers=layers)
        figures = result.figures
    else:
        figures = other_task(gold, coder)
        whole = {"figures": figures}
        print(f"{gold.name}: {len(gold.records)} records, task {gold.task}")
    if not paths:
        dates = {f"dates {k}": v for k, v in other_task(read_gold([OWN_TIMES]), coder).items()}
        figures |= dates
        print("\n  time expressions of passages written for it")
        for name, value in dates.items():
            print(f"  {name:<24}{value:6.1f}")
        told = stories.measure(
            list(_shown(stories.read_stories(stories.OWN_STORIES))), Pipeline(coder=coder_named(coder))
        )
        told = {f"stories, {name}": value for name, value in told.items()}
        figures |= told
        print("\n  stories that several outlets tell, written for it")
        for name, value in told.items():
            print(f"  {name:<28}{value:6.1f}")
        whole["figures"] = figures
    elif gold.task != "mentions":
        for name, value in figures.items():
            print(f"  {name:<36}{value:6.1f}")
    if json_file:
        json_file.parent.mkdir(parents=True, exist_ok=True)
        json_file.write_text(json.dumps(whole, indent=1), encoding="utf-8")
    return (
        below_floors({**figures, "calibration error": 100 * whole.get("calibration_error", 0)})
        if floors
        else 0
    )


def below_floors(figures: dict[str, float]) -> int:
    """Return 1 when a figure lies below its floor (an error above it), and say which."""
    floors = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
    low = [
        f"{name}: {figures[name]:.1f}, floor {floor}"
        for name, floor in floors.items()
        if (figures[name] > floor if name.endswith("error") else figures[name] < floor)
    ]
    for line in low:
        print(f"BELOW ITS FLOOR  {line}", file=sys.stderr)
    return int(bool(low))


def main() -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--gold", type=Path, nargs="+", default=[], help="gold files of one task; our own if none"
    )
    parser.add_argument("--articles", type=Path, help="JSON lines with the texts that the gold names by id")
    parser.add_argument("--coder", default="joined", help="joined, rules or heads")
    parser.add_argument("--ablation", action="store_true", help="also show what each layer adds")
    parser.add_argument("--json", type=Path, help="also write all figures here")
    parser.add_argument("--floors", action="store_true", help="fail below bench/floors.json")
    args = parser.parse_args()
    try:
        return run(
            args.gold,
            articles=args.articles,
            coder=args.coder,
            layers=args.ablation,
            json_file=args.json,
            floors=args.floors,
        )
    except DiurnaError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
