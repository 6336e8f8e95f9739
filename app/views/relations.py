"""Who acts on whom: a network, a table, and the events behind each line."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from app import session, widgets, words
from app.charts.event_list import event_list
from app.charts.network_payload import network_payload, strongest
from app.components.network import network
from app.components.node import node
from app.components.prose import prose
from app.workspace import Workspace
from graph.analysis.relations import Relation, layout, relation_graph
from graph.model import Actor, EventQuery

_CHOSEN = "relations_chosen"
_LISTED = 12


def render(workspace: Workspace, query: EventQuery) -> None:
    """Show the page."""
    st.title("Relations")
    found = [r for r in workspace.relations(query, limit=None) if r.initiator != r.recipient]
    if not found:
        prose(
            node(
                "p",
                "No event in this selection has someone on both sides. Widen the filters on the left.",
                cls="empty",
            ),
            key="none",
        )
        return
    everybody = {id for r in found for id in (r.initiator, r.recipient)}
    shown = strongest(found, _how_many(len(everybody)))
    actors = session.actors_by_id(workspace, everybody)
    chosen: tuple[str, ...] = st.session_state.get(_CHOSEN, ())
    places = _places(tuple((r.initiator, r.recipient, r.events) for r in shown))
    answer = network(
        network_payload(shown, places, actors, chosen=chosen, total=len(everybody)), key="network"
    )
    prose(_legend(), key="legend")
    if answer.actor or answer.pair:
        st.session_state[_CHOSEN] = (answer.actor,) if answer.actor else answer.pair
        st.rerun()
    _events(workspace, query, chosen, actors)
    _table(found, actors)


def _how_many(actors: int) -> int:
    if actors <= 10:
        return actors
    most = min(actors, 2000)
    return st.slider("Actors shown, those with most events", 5, most, min(40, most), key="relations_actors")


@st.cache_data(max_entries=32, show_spinner="Placing the actors …")
def _places(edges: tuple[tuple[str, str, int], ...]) -> dict[str, tuple[float, float]]:
    return layout(
        relation_graph([Relation(one, other, events, events, None) for one, other, events in edges])
    )


def _legend() -> list[object]:
    return [
        "div",
        {"class": "legend"},
        node("span", node("i", cls="swatch q0"), "line: mean tone of conflict"),
        node("span", node("i", cls="swatch q3"), "line: mean tone of cooperation"),
        node("span", "wider: more events"),
        node("span", "arrow: from who acts to whom it is directed"),
    ]


def _events(
    workspace: Workspace, query: EventQuery, chosen: Sequence[str], actors: Mapping[str, Actor]
) -> None:
    if not chosen or not set(chosen) <= set(actors):
        return
    names = [actors[id].name for id in chosen]
    st.subheader(" → ".join(words.plain(name) for name in names))
    if len(chosen) == 2:
        selected = replace(query, between=(chosen[0], chosen[1]))
        events = [
            e
            for e in workspace.events(selected)
            if (chosen[0] in e.initiators and chosen[1] in e.recipients)
            or (e.reciprocal and chosen[1] in e.initiators and chosen[0] in e.recipients)
        ]
    else:
        selected = replace(query, actors=(chosen[0],), between=None)
        events = [e for e in workspace.events(selected) if chosen[0] in (*e.initiators, *e.recipients)]
    events = events[::-1]
    known = {
        **actors,
        **session.actors_by_id(
            workspace, (i for e in events[:_LISTED] for i in (*e.initiators, *e.recipients))
        ),
    }
    left, right, _ = st.columns([1.2, 1, 3])
    if left.button("Use as filter", width="stretch"):
        del st.session_state[_CHOSEN]
        widgets.set_filters(selected)
        session.go("evidence", selected)
    if right.button("Clear", width="stretch"):
        del st.session_state[_CHOSEN]
        st.rerun()
    action = prose(event_list(events[:_LISTED], known, parameters=session.parameters(query)), key="chosen")
    if len(events) > _LISTED:
        st.caption(f"The latest {_LISTED} of {words.count(len(events), 'event')}.")
    session.follow(action, query)


def _table(relations: Sequence[Relation], actors: Mapping[str, Actor]) -> None:
    def name(id: str) -> str:
        shown = actors[id].name if id in actors else id
        return f"'{shown}" if shown.startswith(("=", "+", "-", "@")) else shown  # no formula in a spreadsheet

    table: dict[str, list[object]] = {
        "Who acts": [name(r.initiator) for r in relations],
        "On whom": [name(r.recipient) for r in relations],
        "Events": [r.events for r in relations],
        "Statements": [r.mentions for r in relations],
        "Mean tone": [None if r.tone is None else round(r.tone, 1) for r in relations],
        "Initiator id": [r.initiator for r in relations],
        "Recipient id": [r.recipient for r in relations],
    }
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    left.subheader("All relations")
    right.download_button(
        "Download as CSV",
        lambda: _csv(table),
        "relations.csv",
        "text/csv",
        icon=":material/download:",
        width="stretch",
    )
    st.dataframe(
        table,
        hide_index=True,
        height=380,
        column_config={
            "Events": st.column_config.ProgressColumn(
                format="%d", min_value=0, max_value=max(r.events for r in relations)
            ),
            "Mean tone": st.column_config.NumberColumn(
                help="From −10, conflict, to +10, cooperation", format="%+.1f"
            ),
        },
    )


def _csv(table: Mapping[str, Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table)
    writer.writerows(zip(*table.values(), strict=True))
    return out.getvalue().encode()
