"""Write the figures of a bench run into README.md and docs/accuracy.md, so that no figure is typed.

python -m bench.accuracy --ablation --json figures.json && python -m bench.readme figures.json
"""

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- figures: written by `python -m bench.readme` -->", "<!-- /figures -->"
ROWS = {
    "typed": "mentions: right sentence and type",
    "whole": "mentions: type, who, whom and modality all right",
    "linking": "mentions of one happening put together (B-cubed)",
    "across outlets": "links between outlets, in the corpus (pairs of mentions)",
    "stories, across outlets": "links between outlets, in ten hard stories",
    "copies": "copies of one text recognised (pairs of articles)",
}


def table(result: dict[str, Any]) -> str:
    """Return the short table of the README."""
    figures = result["figures"]
    lines = ["| | precision | recall | F1 | F1 of keywords |", "|---|---|---|---|---|"]
    for name, label in ROWS.items():
        cells = [f"{figures[f'{name} {letter}']:.0f}" for letter in ("P", "R", "F1")]
        floor = result["floor"]["figures"].get(f"{name} F1")
        lines.append(
            f"| {label} | " + " | ".join([*cells, f"{floor:.0f}" if floor is not None else "–"]) + " |"
        )
    low, high = result["intervals"]["typed F1"]
    lines.append("")
    lines.append(
        f"95 % interval of the first F1: {low:.0f}–{high:.0f}. Of mentions with the right type: modality right "
        f"{figures['modal right']:.0f} %, day right {figures['day right']:.0f} %, place right "
        f"{figures['place right']:.0f} %; articles without events kept silent {figures['silent kept']:.0f} %; "
        f"expected calibration error {result['calibration_error']:.2f}."
    )
    return "\n".join(lines)


def types(result: dict[str, Any]) -> str:
    """Return the table by type."""
    lines = ["| type | gold | precision | recall | F1 | 95 % interval |", "|---|---|---|---|---|---|"]
    for kind, (precision, recall, both) in sorted(result["types"].items()):
        low, high = result["type_intervals"][kind]
        lines.append(
            f"| {kind} | {result['gold_by_type'][kind]} | {precision:.0f} | {recall:.0f} | {both:.0f} "
            f"| {low:.0f}–{high:.0f} |"
        )
    return "\n".join(lines)


def parts(result: dict[str, Any]) -> str:
    """Return the table of everything else that is measured."""
    rows = {
        "initiators of typed mentions, F1": "initiators F1",
        "recipients of typed mentions, F1": "recipients F1",
        "sectors of typed mentions, F1": "sectors F1",
        "gold actor phrases alone: country right": "actors: country right",
        "gold actor phrases alone: sectors F1": "actors: sectors F1",
        "gold places recognised": "places: recognised",
        "gold places in the right country": "places: country right",
        "time expressions, TIMEX3 value, F1": "dates value F1",
    }
    lines = ["| part | figure |", "|---|---|"]
    lines += [f"| {label} | {result['figures'][name]:.0f} |" for label, name in rows.items()]
    return "\n".join(lines)


def reliability(result: dict[str, Any]) -> str:
    """Return the curve of the score: what it says, and how often it is right."""
    lines = ["| mean score | share right | mentions |", "|---|---|---|"]
    lines += [f"| {mean:.2f} | {share:.2f} | {number} |" for mean, share, number in result["reliability"]]
    return "\n".join(lines)


def layers(result: dict[str, Any]) -> str:
    """Return what each layer adds."""
    lines = [
        "| layers | typed P | typed R | typed F1 | whole F1 | modality right | day right |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, figures in result.get("ablation", {}).items():
        cells = (
            figures[k] for k in ("typed P", "typed R", "typed F1", "whole F1", "modal right", "day right")
        )
        lines.append(f"| {name} | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |")
    return "\n".join(lines)


def fill(path: Path, text: str) -> None:
    """Replace what stands between the marks of a page."""
    page = path.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Fill both pages."""
    result = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    fill(ROOT / "README.md", table(result))
    everything = [table(result), types(result), parts(result), reliability(result), layers(result)]
    fill(ROOT / "docs" / "accuracy.md", "\n\n".join(everything))


if __name__ == "__main__":
    main()
