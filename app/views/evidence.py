"""The evidence: a list of events, one event with its sentences, one article with all that was read in it."""

from collections import defaultdict
from dataclasses import replace

import streamlit as st

from app import selection, session, words
from app.charts.annotated_article import annotated_article
from app.charts.event_card import Statement, Told, Version, event_card
from app.charts.event_list import event_list
from app.components.node import node
from app.components.prose import prose
from app.views.overview import most_reported, version_value
from app.workspace import Workspace
from graph.model import Article, Event, EventMention, EventQuery
from graph.store.base import EventDetails

PAGE_SIZE = 30

_ORDERS = {"newest": "Latest first", "oldest": "Earliest first", "reported": "Most reported"}


def render(workspace: Workspace, query: EventQuery) -> None:
    """Show the event or article that the URL names, or the list of events."""
    if event_id := st.query_params.get("event"):
        details = workspace.details(event_id)
        if details is None:
            _gone(query, "This event is not in the store. Its article may have been removed.")
        else:
            _event(workspace, query, details)
    elif article_id := st.query_params.get("article"):
        coded = workspace.article(article_id)
        if coded is None:
            _gone(query, "This article is not in the store. It may have been removed.")
        else:
            _article(workspace, query, coded.article)
    else:
        _list(workspace, query)


def _gone(query: EventQuery, text: str) -> None:
    prose(node("p", text, cls="empty"), key="gone")
    if st.button("All events"):
        session.go("evidence", query)


def _back(query: EventQuery) -> None:
    if st.button("All events in this selection", icon=":material/arrow_back:", type="tertiary"):
        session.go("evidence", query)


def _list(workspace: Workspace, query: EventQuery) -> None:
    total = workspace.count(query)[0].events
    st.title("Evidence")
    if not total:
        prose(
            node("p", "No event is in this selection. Widen the filters on the left.", cls="empty"),
            key="none",
        )
        return
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        said = selection.in_words(query, *_names(workspace, query))
        prose(
            node(
                "p",
                node("b", words.count(total, "event")),
                f" {', '.join(said)}. Open one to see the sentences that tell it.",
                cls="soft",
            ),
            key="said",
        )
    with right:
        order = st.segmented_control(
            "Order",
            list(_ORDERS),
            default="newest",
            format_func=_ORDERS.__getitem__,
            label_visibility="collapsed",
            required=True,
        )
    pages = -(-total // PAGE_SIZE)
    page = min(int(st.session_state.get("evidence_page", 1)), pages)
    events = _page(workspace, query, str(order), page, total)
    actors = session.actors_by_id(workspace, (id for e in events for id in (*e.initiators, *e.recipients)))
    action = prose(event_list(events, actors, parameters=session.parameters(query)), key="events")
    if pages > 1:
        st.number_input(f"Page, of {words.number(pages)}", 1, pages, key="evidence_page", width=160)
    session.follow(action, query)


def _page(workspace: Workspace, query: EventQuery, order: str, page: int, total: int) -> list[Event]:
    offset = (page - 1) * PAGE_SIZE
    if order == "reported":
        return most_reported(workspace, query, offset + PAGE_SIZE)[offset:]
    if order == "oldest":
        return workspace.events(replace(query, limit=PAGE_SIZE, offset=offset))
    first = max(0, total - offset - PAGE_SIZE)
    events = workspace.events(replace(query, limit=min(PAGE_SIZE, total - offset), offset=first))
    return events[::-1]


def _names(workspace: Workspace, query: EventQuery) -> tuple[dict[str, str], dict[str, str]]:
    known = session.actors_by_id(workspace, [*query.actors, *(query.between or ())])
    return {id: a.name for id, a in known.items()}, session.countries(workspace, [query.country])


def _event(workspace: Workspace, query: EventQuery, details: EventDetails) -> None:
    _back(query)
    event, mentions, place = details.event, details.mentions, details.place
    actors = session.actors_by_id(
        workspace,
        [
            *event.initiators,
            *event.recipients,
            *(p.actor for m in mentions for p in (*m.initiators, *m.recipients)),
        ],
    )
    shown = (
        None if place is None else (place, words.place(place, session.countries(workspace, [place.country])))
    )
    differences = [
        (
            words.field(told.field),
            [
                Version(version_value(workspace, event, told.field, v.value), len(v.origins), v.publishers)
                for v in told.versions
            ],
        )
        for told in workspace.disagreements(event.id)
    ]
    told = _by_origin(workspace, details)
    action = prose(
        event_card(event, actors, shown, told, differences, session.parameters(query)), key="event"
    )
    session.follow(action, query)


def _by_origin(workspace: Workspace, details: EventDetails) -> list[Told]:
    """Return the mentions by origin in the order of the best; a copy's mentions are left to its origin."""
    reasons = {link.mention_id: link.reason for link in details.links}
    articles: dict[str, Article | None] = {}
    groups: dict[str, list[EventMention]] = defaultdict(list)
    for mention in details.mentions:
        if mention.article_id not in articles:
            coded = workspace.article(mention.article_id)
            articles[mention.article_id] = coded.article if coded else None
        groups[workspace.store.origin_of(mention.article_id) or mention.article_id].append(mention)
    told = []
    for origin, said in groups.items():
        ids = list(dict.fromkeys(m.article_id for m in said))
        first = next((id for id in ids if id == origin), ids[0])
        statements = [
            Statement(m, articles[first], reasons.get(m.id, "")) for m in said if m.article_id == first
        ]
        copies = [article for id in ids if id != first and (article := articles[id]) is not None]
        told.append(Told(tuple(statements), tuple(copies)))
    return told


def _article(workspace: Workspace, query: EventQuery, article: Article) -> None:
    _back(query)
    mentions = workspace.store.mentions_of_article(article.id)
    actors = session.actors_by_id(
        workspace, (p.actor for m in mentions for p in (*m.initiators, *m.recipients))
    )
    events: dict[str, str] = {m.id: id for m in mentions if (id := workspace.store.event_of_mention(m.id))}
    origin = workspace.store.origin_of(article.id) or article.id
    others = [id for id in workspace.store.copies(origin) if id != article.id]
    copies = [coded.article for id in others if (coded := workspace.article(id))]
    first = next((copy for copy in copies if copy.id == origin), None)
    action = prose(
        annotated_article(
            article,
            mentions,
            actors,
            events,
            parameters=session.parameters(query),
            copies=copies,
            origin=first,
        ),
        key="article",
    )
    session.follow(action, query)
