"""What the store holds, at a glance."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app import selection, session, widgets, words
from app.charts.activity import activity, bucket_for
from app.charts.busiest import busiest
from app.charts.event_list import event_list
from app.components.node import Node, node
from app.components.prose import prose
from app.workspace import Workspace
from graph.analysis.disagreement import Disagreement
from graph.model import Axis, Event, EventQuery
from graph.store.base import StoreStatistics

_MOST = 6
_MOST_DISAGREEMENTS = 4
_LOOKED_AT = 40
"""Events of several origins in which disagreements are looked for: those of most origins."""


def render(workspace: Workspace, query: EventQuery) -> None:
    """Show the page."""
    info = workspace.info()
    if not info.articles:
        action = prose(_welcome(workspace.store.read_only), key="welcome")
        if action == "page:add":
            session.go("add", query)
        return
    total = workspace.count(query)[0]
    reported = most_reported(workspace, query, _LOOKED_AT)
    content = node(
        "div",
        _lead(info, workspace, query, total.events, total.mentions),
        node(
            "div",
            node(
                "div",
                _activity(workspace, query),
                _section(
                    "Most reported",
                    "By independent origins: copies of one text count once.",
                    _list(workspace, query, reported[:_MOST]),
                    spaced=True,
                ),
                cls="left",
            ),
            node(
                "div",
                _busiest(workspace, query),
                _disagreements(workspace, query, [event for event in reported if event.origin_count > 1]),
                cls="right",
            ),
            cls="grid",
        )
        if total.events
        else node(
            "p", "No event of the store is in this selection. Widen the filters on the left.", cls="empty"
        ),
    )
    action = prose(content, key="overview")
    _follow(action, query)


def most_reported(workspace: Workspace, query: EventQuery, most: int) -> list[Event]:
    """Return the events with most independent origins, the most first."""
    for origins in (10, 5, 3, 2, 1):
        narrowed = replace(query, min_origins=max(origins, query.min_origins))
        enough = workspace.count(narrowed)[0].events >= (most if origins > 1 else 0)
        if enough or narrowed.min_origins == query.min_origins:
            break
    events = workspace.events(replace(narrowed, limit=5000))
    return sorted(events, key=lambda e: (-e.origin_count, -e.mention_count, -e.score, e.id))[:most]


def _lead(info: StoreStatistics, workspace: Workspace, query: EventQuery, events: int, mentions: int) -> Node:
    period = _period(workspace, query)
    span = f" between {words.day(period[0])} and {words.day(period[1])}" if period else ""
    names = workspace.publishers()
    outlets = words.count(len(names), "outlet")
    country_names = session.countries(workspace, [query.country])
    actor_names = {
        id: actor.name
        for id, actor in session.actors_by_id(workspace, [*query.actors, *(query.between or ())]).items()
    }
    said = selection.in_words(query, actor_names, country_names)
    figures = (
        (info.articles, "article", "articles"),
        (info.origins, "independent origin", "independent origins"),
        (info.publishers, "outlet", "outlets"),
        (info.mentions, "statement", "statements"),
        (info.events, "event", "events"),
        (info.actors, "actor", "actors"),
        (info.places, "place", "places"),
    )
    return node(
        "header",
        node(
            "p",
            node("b", words.count(info.articles, "article")),
            f" from {outlets} tell of ",
            node("b", words.count(events, "event")),
            f"{span}.",
            cls="lead",
        ),
        node(
            "p",
            f"Shown: {words.number(events)} of {words.count(info.events, 'event')}, {', '.join(said)}, in "
            f"{words.count(mentions, 'statement')}. Every one of them leads to the sentence that says so.",
            cls="sublead",
        ),
        node(
            "div",
            [
                node(
                    "span",
                    node("span", words.number(value), cls="value"),
                    node("span", one if value == 1 else many, cls="name"),
                    cls="figure",
                )
                for value, one, many in figures
            ],
            cls="figures",
            role="group",
            aria_label="What the store holds",
        ),
    )


def _period(workspace: Workspace, query: EventQuery) -> tuple[date, date] | None:
    """Return the stretch of days that the selected events begin in, leaving out the outermost hundredth.

    One article that recalls 1991 must not squeeze everything else into the last column.
    """
    counted = sorted(
        (count.key[0], count.events) for count in workspace.count(query, Axis.DAY) if count.key[0]
    )
    total = sum(events for _, events in counted)
    if not total:
        return None
    kept: list[str] = []
    seen = 0
    for day, events in counted:
        if (total < 100 or total * 0.01 <= seen + events) and (total < 100 or seen < total * 0.99):
            kept.append(str(day))
        seen += events
    return date.fromisoformat(kept[0]), date.fromisoformat(kept[-1])


def _activity(workspace: Workspace, query: EventQuery) -> Node:
    period = _period(workspace, query)
    if period is None:
        return _section("Activity", "", node("p", "No dated events in this selection.", cls="empty"))
    bucket = bucket_for(*period)
    within = replace(query, first_day=query.first_day or period[0], last_day=query.last_day or period[1])
    shown = workspace.timeline(within, bucket=bucket, by=Axis.TYPE)
    buckets = [b for b in shown.buckets if period[0] <= b.last and b.first <= period[1]]
    outside = workspace.count(query)[0].events - sum(b.events for b in buckets) - shown.undated
    note = f"Events by the {bucket.value} in which they happened: conflict above the line, cooperation below."
    if outside > 0:
        note += f" {words.count(outside, 'event')} of earlier or later times {'is' if outside == 1 else 'are'} outside the picture."
    return _section("Activity", note, activity(buckets))


def _busiest(workspace: Workspace, query: EventQuery) -> Node:
    counts = workspace.count(query, Axis.ACTOR, Axis.TYPE)
    actors = session.actors_by_id(workspace, (c.key[0] for c in counts if c.key[0]))
    return _section(
        "Busiest actors", "Events in which they act or are acted upon.", busiest(counts, actors, most=10)
    )


def _list(workspace: Workspace, query: EventQuery, events: Sequence[Event]) -> Node:
    actors = session.actors_by_id(workspace, (id for e in events for id in (*e.initiators, *e.recipients)))
    return event_list(events, actors, parameters=session.parameters(query))


def _disagreements(workspace: Workspace, query: EventQuery, events: Sequence[Event]) -> Node:
    found: list[tuple[Event, Disagreement]] = []
    for event in events:
        told = workspace.disagreements(event.id)
        if told:
            found.append((event, told[0]))
        if len(found) == _MOST_DISAGREEMENTS:
            break
    if not found:
        body: Node = node("p", "No two origins contradict each other in this selection.", cls="soft")
    else:
        notes: dict[str, str] = {event.id: describe(workspace, event, told) for event, told in found}
        shown = [event for event, _ in found]
        actors = session.actors_by_id(workspace, (id for e in shown for id in (*e.initiators, *e.recipients)))
        body = event_list(shown, actors, parameters=session.parameters(query), compact=True, notes=notes)
    return _section(
        "Where reports disagree", "Independent origins that tell one event differently.", body, spaced=True
    )


def describe(workspace: Workspace, event: Event, told: Disagreement) -> str:
    """Return a disagreement in one line: "When: 12 Jan 2022 or 13 Jan 2022"."""
    values = [version_value(workspace, event, told.field, version.value) for version in told.versions]
    return f"{words.field(told.field)}: {' or '.join(values[:3])}"


def version_value(workspace: Workspace, event: Event, field: str, value: str) -> str:
    """Return what a version says, with names for ids and plain dates."""
    if field in ("initiators", "recipients"):
        ids = value.split(", ")
        return words.names(ids, session.actors_by_id(workspace, ids))
    if field == "mode":
        return words.phrase(event.type, value).noun
    if field == "day":
        first, _, last = value.partition("/")
        try:
            return words.days(date.fromisoformat(first), date.fromisoformat(last or first))
        except ValueError:
            return value
    return value


def _section(title: str, note: str, body: Node, *, spaced: bool = False) -> Node:
    return node(
        "section",
        node("h2", title),
        node("p", note, cls="note") if note else None,
        body,
        cls="section spaced" if spaced else "section",
    )


def _follow(action: str | None, query: EventQuery) -> None:
    session.follow(action, query)
    kind, _, value = (action or "").partition(":")
    if kind == "actor":
        wanted = replace(query, actors=(value,), between=None)
        widgets.set_filters(wanted)
        session.go("timeline", wanted)
    if kind == "days":
        first, _, last = value.partition("/")
        wanted = replace(query, first_day=date.fromisoformat(first), last_day=date.fromisoformat(last))
        widgets.set_filters(wanted)
        session.go("evidence", wanted)


def _welcome(read_only: bool) -> Node:
    return node(
        "div",
        node("p", "Who did what to whom, when and where, and which outlet says so.", cls="lead"),
        node(
            "p",
            "This store is empty. Diurna reads news articles, finds the political acts they tell of, and keeps the "
            "sentence behind every one of them. Nothing leaves this machine.",
            cls="sublead",
        ),
        node(
            "ol",
            node(
                "li",
                node("b", "See it with an example first. "),
                "Stop the application and run ",
                node("code", "diurna demo"),
                ": fifty short articles of seven invented outlets about the winter of 2021–22.",
            ),
            node(
                "li",
                node("b", "Add articles of yours. "),
                "The store is read only: open it for writing to add articles."
                if read_only
                else node(
                    "a",
                    "Upload files, paste a text or give an address",
                    cls="link",
                    href="add",
                    open="page:add",
                ),
                None if read_only else ": web pages, feeds, plain text, CSV and JSON lines.",
            ),
            node(
                "li",
                node("b", "Or from the command line: "),
                node("code", "diurna ingest articles/"),
                " reads a whole folder; then reload this page.",
            ),
            cls="steps",
        ),
        cls="welcome",
    )
