"""An article in full, what was read out of it marked, and the events in the margin."""

from collections.abc import Mapping, Sequence

from app import words
from app.charts.event_list import title
from app.charts.highlight import Mark, in_span, marked, marks, paragraphs
from app.charts.legend import roles
from app.components.node import Node, link, node
from graph.model import Actor, Article, EventMention, Modality


def annotated_article(
    article: Article,
    mentions: Sequence[EventMention],
    actors: Mapping[str, Actor],
    events: Mapping[str, str],
    *,
    parameters: Sequence[tuple[str, str]] = (),
    copies: Sequence[Article] = (),
    origin: Article | None = None,
) -> Node:
    """Return an article with its mentions; clicks report ``event:e…`` and ``article:a…``.

    Args:
        events: Event id by mention id.
        copies: Other articles with the same text.
        origin: The article that this one is a copy of, if it is one.
    """
    names = {id: actor.name for id, actor in actors.items()}
    body: list[Node] = []
    for paragraph in paragraphs(article.text):
        here = in_span(mentions, paragraph)
        found: list[Mark] = []
        for mention in here:
            event = events.get(mention.id)
            hint = words.headline(mention, actors).text
            for mark in marks(mention, names):
                found.append(
                    mark._replace(open=f"event:{event}", hint=hint) if mark.role == "did" and event else mark
                )
        body.append(node("p", marked(article.text, paragraph, found, tags=False), cls="paragraph"))
        body.append(
            node("div", [_margin(m, actors, events.get(m.id), parameters) for m in here], cls="margin")
        )
    return node(
        "article",
        node(
            "header",
            node(
                "p",
                node("span", article.publisher or "Outlet not known", cls="outlet"),
                node("span", words.moment(article.published), cls="sep"),
                node("a", "original", cls="link sep", href=article.url) if _is_web(article.url) else None,
                cls="soft",
            ),
            node("h1", article.title or "Untitled"),
            _origin_note(copies, origin, parameters),
            node("p", _summary(mentions), cls="soft small"),
            roles(),
        ),
        node("div", body, cls="text"),
        cls="card",
    )


def _is_web(url: str | None) -> bool:
    return bool(url) and str(url).lower().startswith(("http://", "https://"))


def _summary(mentions: Sequence[EventMention]) -> str:
    if not mentions:
        return "No political act was found in this article."
    return f"{words.count(len(mentions), 'statement')} of political acts. Click one to see its event."


def _origin_note(
    copies: Sequence[Article], origin: Article | None, parameters: Sequence[tuple[str, str]]
) -> Node | None:
    def named(article: Article) -> Node:
        return node(
            "a",
            article.publisher or article.title or "another article",
            cls="source",
            href=link("evidence", [*parameters, ("article", article.id)]),
            open=f"article:{article.id}",
        )

    if origin is not None:
        return node(
            "p",
            "A copy: the same text stood first in ",
            named(origin),
            ". Both count as one origin.",
            cls="copies",
        )
    if copies:
        parts: list[Node] = []
        for number, copy in enumerate(copies):
            parts.extend([", " if number else "", named(copy)])
        return node("p", "The same text also in ", parts, ". All count as one origin.", cls="copies")
    return None


def _margin(
    mention: EventMention,
    actors: Mapping[str, Actor],
    event: str | None,
    parameters: Sequence[tuple[str, str]],
) -> Node:
    label = words.MODALITIES[mention.modality][0]
    return node(
        "a",
        title(words.headline(mention, actors)),
        node("span", f" ({label})", cls="soft") if mention.modality is not Modality.ASSERTED else None,
        cls=f"m{words.quad(mention.type)}",
        href=link("evidence", [*parameters, ("event", event)]) if event else None,
        open=f"event:{event}" if event else None,
    )
