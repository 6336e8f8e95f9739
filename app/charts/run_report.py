"""What a run did, for people."""

from app import words
from app.components.node import Node, node
from ingest.report import RunReport


def run_report(report: RunReport) -> Node:
    """Return a report: figures, then every rejection by its reason. Reports ``page:evidence``."""
    figures = (
        (report.added + report.replaced, "added"),
        (report.unchanged, "known already"),
        (report.rejected.total(), "rejected"),
        (report.mentions.total(), "statements"),
        (report.events_more, "more events"),
    )
    return node(
        "div",
        node(
            "div",
            [
                node(
                    "span",
                    node("span", words.number(value), cls="value"),
                    node("span", name, cls="name"),
                    cls="figure",
                )
                for value, name in figures
            ],
            cls="figures",
        ),
        node("p", _sentence(report), cls="soft"),
        [_reason(reason, number, report) for reason, number in report.rejected.most_common()],
        [
            node("details", node("summary", f"{words.number(number)} × {note}"))
            for note, number in report.notes.most_common()
        ],
        node(
            "p",
            node("a", "See the events", cls="link", href="evidence", open="page:evidence"),
            cls="spaced-little",
        )
        if report.mentions
        else None,
        cls="report",
    )


def _sentence(report: RunReport) -> str:
    if not report.read and not report.rejected:
        return "Nothing was found to read."
    parts = [f"{words.count(report.read, 'article')} read in {report.seconds:.1f} seconds"]
    if report.silent:
        parts.append(f"no political act in {words.number(report.silent)}")
    kinds = [
        f"{words.TYPES[t].noun.lower() if t in words.TYPES else t} {n}"
        for t, n in report.mentions.most_common(5)
    ]
    if kinds:
        parts.append("most often " + ", ".join(kinds))
    return "; ".join(parts) + "."


def _reason(reason: str, number: int, report: RunReport) -> Node:
    examples = report.examples.get(reason, [])
    return node(
        "details",
        node("summary", node("b", f"{words.number(number)} rejected: {reason}")),
        node("ul", [node("li", example) for example in examples]),
        node("p", f"and {words.number(number - len(examples))} more", cls="soft small")
        if number > len(examples)
        else None,
        open_by_default=True,
    )
