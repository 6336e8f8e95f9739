"""The network of relations: one canvas, directed lines, width by count, colour by tone."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import streamlit as st

_FOLDER = files("app.components")

_mount = st.components.v2.component(
    "diurna_network",
    css=_FOLDER.joinpath("canvas.css").read_text(encoding="utf-8"),
    js=_FOLDER.joinpath("network.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class NetworkAnswer:
    """What was clicked since the last run.

    Attributes:
        actor: Id of an actor, or ``None``.
        pair: Initiator and recipient of a line, or ``None``.
    """

    actor: str | None
    pair: tuple[str, str] | None


def network(payload: Mapping[str, object], *, key: str) -> NetworkAnswer:
    """Show a network.

    Args:
        payload: What ``app.charts.network_payload`` makes.
    """
    result = _mount(key=key, data=dict(payload), on_node_change=lambda: None, on_edge_change=lambda: None)
    actor, pair = result.get("node"), result.get("edge")
    return NetworkAnswer(str(actor) if actor else None, (str(pair[0]), str(pair[1])) if pair else None)
