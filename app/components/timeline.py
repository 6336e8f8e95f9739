"""The timeline: one canvas, lanes, density zoomed out and single events zoomed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import streamlit as st

_FOLDER = files("app.components")

_mount = st.components.v2.component(
    "diurna_timeline",
    css=_FOLDER.joinpath("canvas.css").read_text(encoding="utf-8"),
    js=_FOLDER.joinpath("timeline.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class TimelineAnswer:
    """What was done in the timeline since the last run.

    Attributes:
        opened: Id of the event that was clicked, or ``None``.
        days: First and last day chosen with shift and drag, or ``None``.
    """

    opened: str | None
    days: tuple[date, date] | None


def timeline(payload: Mapping[str, object], *, key: str) -> TimelineAnswer:
    """Show a timeline.

    Args:
        payload: What ``app.charts.timeline_payload`` makes.
    """
    result = _mount(key=key, data=dict(payload), on_open_change=lambda: None, on_range_change=lambda: None)
    opened, days = result.get("open"), result.get("range")
    return TimelineAnswer(
        str(opened) if opened else None,
        (date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else None,
    )
