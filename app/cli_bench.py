"""The command that measures the coder."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        epilog="Examples:\n\n  diurna bench\n\n  diurna bench --ablation --json figures.json\n\n"
        "  diurna bench --gold my_gold.jsonl --articles my_articles.jsonl"
    )(bench)


def bench(
    gold: Annotated[
        list[Path] | None,
        typer.Option(
            "--gold", "-g", help="Gold of your own, JSON lines (may be given again). Else Diurna's."
        ),
    ] = None,
    articles: Annotated[
        Path | None,
        typer.Option("--articles", help="JSON lines with the texts that the gold names by id."),
    ] = None,
    coder: Annotated[str, typer.Option("--coder", help="joined, rules or heads.")] = "joined",
    ablation: Annotated[
        bool, typer.Option("--ablation", help="Also show what each layer of the coder adds.")
    ] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Also write all figures here.")] = None,
    floors: Annotated[
        bool, typer.Option("--floors", help="Fail when a figure lies below its floor (Diurna's gold only).")
    ] = False,
) -> None:
    """Measure how right the coder is: precision, recall, F1, calibration; on Diurna's gold or on yours.

    What a file measures is told from its first record: mentions, events of single sentences, pairs of
    actors, actor phrases, places or times. docs/accuracy.md describes the shapes.
    """
    from bench.accuracy import run

    status = run(
        gold or [], articles=articles, coder=coder, layers=ablation, json_file=json_file, floors=floors
    )
    if status:
        raise typer.Exit(status)
