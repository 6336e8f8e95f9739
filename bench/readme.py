"""Write the figures of a bench run into README.md and docs/accuracy.md, so that no figure is typed.

python -m bench.accuracy --json figures.json && python -m bench.readme figures.json
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
    "copies": "copies of one text recognised (pairs of articles)",
}


def table(result: dict[str, Any]) -> str:
    """Return the short table of the README."""
    figures = result["figures"]
    lines = ["| | precision | recall | F1 |", "|---|---|---|---|"]
    for name, label in ROWS.items():
        cells = [figures[f"{name} {letter}"] for letter in ("P", "R", "F1")]
        lines.append(f"| {label} | " + " | ".join(f"{cell:.0f}" for cell in cells) + " |")
    low, high = result["intervals"]["typed F1"]
    lines.append("")
    lines.append(
        f"95 % interval of the first F1: {low:.0f}–{high:.0f}. Of mentions with the right type: modality right "
        f"{figures['modal right']:.0f} %, day right {figures['day right']:.0f} %, place right "
        f"{figures['place right']:.0f} %; articles without events kept silent {figures['silent kept']:.0f} %; "
        f"expected calibration error {result['calibration error']:.2f}."
    )
    return "\n".join(lines)


def types(result: dict[str, Any]) -> str:
    """Return the table by type."""
    lines = ["| type | gold | precision | recall | F1 |", "|---|---|---|---|---|"]
    for kind, (precision, recall, both) in sorted(result["types"].items()):
        lines.append(
            f"| {kind} | {result['gold by type'][kind]} | {precision:.0f} | {recall:.0f} | {both:.0f} |"
        )
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
    fill(ROOT / "docs" / "accuracy.md", table(result) + "\n\n" + types(result))


if __name__ == "__main__":
    main()
