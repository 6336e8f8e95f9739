"""Events over time, in lanes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from app import session, widgets, words
from app.charts.activity import bucket_for
from app.charts.event_list import event_list
from app.charts.legend import quads
from app.charts.timeline_payload import Lane, days_of, timeline_payload, with_brush
from app.components.node import node
from app.components.prose import prose
from app.components.timeline import timeline
from app.workspace import Workspace
from graph.model import Actor, Axis, Event, EventQuery

MOST_EVENTS = 60_000
"""More are counted by the store and drawn as columns."""

_LANES = {"actor": "Actors", "publisher": "Outlets", "type": "Kinds of act"}
_BRUSH = "timeline_days"
_LISTED = 12


def render(workspace: Workspace, query: EventQuery) -> None:
    """Show the page."""
    st.title("Timeline")
    by, many, reported = _controls()
    total = workspace.count(query)[0].events
    if not total:
        prose(
            node("p", "No event is in this selection. Widen the filters on the left.", cls="empty"),
            key="none",
        )
        return
    brush: tuple[date, date] | None = st.session_state.get(_BRUSH)
    state = f"{workspace.store.url} {workspace.info()}"
    payload = _payload(workspace, query, by, many, reported, total > MOST_EVENTS, state)
    answer = timeline(with_brush(payload, brush), key="timeline")
    prose(quads(), key="legend")
    if answer.opened:
        session.go("evidence", query, event=answer.opened)
    if answer.days:
        st.session_state[_BRUSH] = answer.days
        st.rerun()
    if brush:
        _chosen(workspace, query, brush, reported)


@st.cache_data(max_entries=16, ttl=600, show_spinner="Reading the events …", hash_funcs={EventQuery: repr})
def _payload(
    _workspace: Workspace, query: EventQuery, by: str, many: int, reported: bool, binned: bool, state: str
) -> dict[str, object]:
    """Return the timeline's data; ``state`` changes when the store does."""
    del state
    if binned:
        return _binned(_workspace, query, by, many)
    found = _workspace.events(query)
    events = [event for event in found if days_of(event, reported=reported)]
    actors = session.actors_by_id(_workspace, (id for e in events for id in (*e.initiators, *e.recipients)))
    lanes = _lanes(_workspace, query, by, many, events, actors)
    return timeline_payload(events, lanes, actors, reported=reported, undated=len(found) - len(events))


def _controls() -> tuple[str, int, bool]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        by = st.segmented_control(
            "Lanes", list(_LANES), default="actor", format_func=_LANES.__getitem__, required=True
        )
        which = st.segmented_control(
            "Date shown",
            ["happened", "reported"],
            default="happened",
            format_func=str.capitalize,
            required=True,
        )
        many = st.selectbox("Most lanes", [5, 8, 12, 20], index=1, width=110)
    return str(by), int(many), which == "reported"


def _lanes(
    workspace: Workspace,
    query: EventQuery,
    by: str,
    many: int,
    events: Sequence[Event],
    actors: Mapping[str, Actor],
) -> list[Lane]:
    members: dict[str, list[int]] = {}
    if by == "publisher":
        at = {event.id: position for position, event in enumerate(events)}
        for name, _ in workspace.publishers()[:many]:
            if not query.publishers or name in query.publishers:
                told = workspace.events(replace(query, publishers=(name,)))
                members[name] = [at[event.id] for event in told if event.id in at]
    else:
        for position, event in enumerate(events):
            keys = (event.type,) if by == "type" else dict.fromkeys((*event.initiators, *event.recipients))
            for key in keys:
                members.setdefault(key, []).append(position)
    counted = Counter({key: len(positions) for key, positions in members.items()})
    shown = [key for key, number in counted.most_common(many) if number]
    return [Lane(_name(key, by, actors), _about(key, by, counted[key]), members[key]) for key in shown]


def _name(key: str, by: str, actors: Mapping[str, Actor]) -> str:
    if by == "type":
        return words.TYPES[key].noun if key in words.TYPES else key
    return actors[key].name if key in actors else key


def _about(key: str, by: str, events: int) -> str:
    counted = words.count(events, "event")
    return counted if by == "publisher" or key.startswith(("PER-", "NAM-")) else f"{key} · {counted}"


def _binned(workspace: Workspace, query: EventQuery, by: str, many: int) -> dict[str, object]:
    axis = Axis(by)
    keys = [c.key[0] for c in workspace.count(query, axis, limit=many + 1) if c.key[0] is not None][:many]
    counted = sorted(str(c.key[0]) for c in workspace.count(query, Axis.YEAR) if c.key[0])
    first, last = date(int(counted[0]), 1, 1), date(int(counted[-1]), 12, 31)
    bucket = bucket_for(query.first_day or first, query.last_day or last)
    actors = session.actors_by_id(workspace, keys) if by == "actor" else {}
    lanes = []
    for key in keys:
        if by == "actor":
            narrowed = replace(query, actors=(key,))
        else:
            narrowed = (
                replace(query, publishers=(key,)) if by == "publisher" else replace(query, types=(key,))
            )
        shown = workspace.timeline(narrowed, bucket=bucket, by=Axis.TYPE)
        events = sum(b.events for b in shown.buckets)
        lanes.append(Lane(_name(key, by, actors), _about(key, by, events), buckets=shown.buckets))
    return timeline_payload((), lanes, actors, reported=False, binned=f"columns of one {bucket.value}")


def _chosen(workspace: Workspace, query: EventQuery, brush: tuple[date, date], reported: bool) -> None:
    first, last = max(brush[0], query.first_day or brush[0]), min(brush[1], query.last_day or brush[1])
    st.subheader(f"Events {'reported' if reported else 'of'} {words.days(*brush)}")
    with st.container(horizontal=True):
        if not reported and st.button("Use as filter", help="Sets From and Until on the left."):
            wanted = replace(query, first_day=brush[0], last_day=brush[1])
            widgets.set_filters(wanted)
            del st.session_state[_BRUSH]
            session.go("timeline", wanted)
        if st.button("Clear"):
            del st.session_state[_BRUSH]
            st.rerun()
    if reported:
        told = [(e, days) for e in workspace.events(query) if (days := days_of(e, reported=True))]
        inside = [event for event, days in told if brush[0] <= days[0] <= brush[1]]
    elif first > last:
        inside = []
    else:
        inside = workspace.events(replace(query, first_day=first, last_day=last))
    actors = session.actors_by_id(
        workspace, (id for e in inside[:_LISTED] for id in (*e.initiators, *e.recipients))
    )
    action = prose(event_list(inside[:_LISTED], actors, parameters=session.parameters(query)), key="chosen")
    if len(inside) > _LISTED:
        st.caption(
            f"The first {_LISTED} of {words.count(len(inside), 'event')}. "
            "Use the days as filter and open Evidence for all."
        )
    session.follow(action, query)
