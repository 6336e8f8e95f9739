"""One event: what it is said to be, by whom, in which words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app import words
from app.charts.event_list import code, modality_chip
from app.charts.highlight import elsewhere, marked, marks
from app.charts.legend import roles
from app.components.node import Node, link, node
from graph.model import Actor, Article, DayBasis, Event, EventMention, Place
from graph.ontology import codebook

_ROLE_WORDS = {"who": "who acted", "whom": "towards whom"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A mention with its article and why it belongs to the event."""

    mention: EventMention
    article: Article | None
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """All that one origin says of an event.

    Attributes:
        statements: Those of the origin's first article; a copy says the same.
        copies: The other articles that carry the same text.
    """

    statements: tuple[Statement, ...]
    copies: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One of the ways in which a field is told."""

    value: str
    origins: int
    publishers: tuple[str, ...]


def event_card(
    event: Event,
    actors: Mapping[str, Actor],
    place: tuple[Place, str] | None,
    told: Sequence[Told],
    differences: Sequence[tuple[str, Sequence[Version]]],
    parameters: Sequence[tuple[str, str]] = (),
) -> Node:
    """Return an event's card.

    Args:
        place: The place and how to show it.
        told: By origin, those with the best statement first.
        differences: (field in words, versions).
        parameters: What links to other pages carry.
    """
    return node(
        "article",
        _head(event, actors),
        _facts(event, place),
        _sides(event, actors),
        _differences(differences),
        node(
            "section",
            node("h2", "Who says so"),
            node("p", _count(event), cls="note"),
            roles(),
            node("div", [_origin(one, event, actors, parameters) for one in told], cls="spaced-little"),
            cls="section spaced",
        ),
        cls="card",
    )


def _head(event: Event, actors: Mapping[str, Actor]) -> Node:
    known = codebook.types().get(event.type)
    quad = words.quad(event.type)
    mode = known.modes.get(event.mode or "") if known else None
    title = words.headline(event, actors)
    return node(
        "header",
        node(
            "div",
            node(
                "span",
                node("i", cls=f"swatch q{quad}"),
                words.phrase(event.type, event.mode).noun,
                cls="chip strong",
                title=known.description if known else None,
            ),
            node(
                "span",
                event.type + (f" · {event.mode}" if event.mode else ""),
                cls="chip",
                title=f"PLOVER: {known.description if known else ''}"
                + (f"; {mode.description}" if mode else ""),
            ),
            node("span", words.QUAD_LABELS[words.QUADS[quad]], cls="chip"),
            modality_chip(event.modality),
            cls="chips",
        ),
        node(
            "h1",
            node("b", title.initiators),
            f" {title.verb}" + (" " if title.recipients else ""),
            node("b", title.recipients) if title.recipients else None,
        ),
    )


def _facts(event: Event, place: tuple[Place, str] | None) -> Node:
    when_how = words.basis(event.day) if event.day else "neither the text nor its publication tells"
    where = place[1] if place else "not told"
    where_how = words.PRECISIONS[place[0].precision] if place else "no text names a place"
    tone = "–" if event.tone is None else f"{event.tone:+.1f}".replace("-", "−")
    facts = (
        ("When", words.when(event.day), when_how),
        ("Where", where, where_how),
        (
            "Told by",
            words.count(event.origin_count, "independent origin"),
            f"{words.count(event.publisher_count, 'outlet')}, {words.count(event.mention_count, 'statement')}",
        ),
        ("Certainty", words.score(event.score), "that act and actors are read rightly"),
        ("Tone", tone, "from −10, conflict, to +10, cooperation"),
    )
    return node(
        "dl",
        [
            node("div", node("dt", name), node("dd", value), node("dd", how, cls="how"), cls="fact")
            for name, value, how in facts
        ],
        cls="facts",
    )


def _sides(event: Event, actors: Mapping[str, Actor]) -> Node | None:
    def side(label: str, ids: Sequence[str]) -> Node | None:
        if not ids:
            return None
        people: list[Node] = []
        for number, id in enumerate(ids):
            name = actors[id].name if id in actors else id
            people.append(node("span", ", " if number else None, name, code(id)))
        return node("p", node("span", f"{label}: ", cls="soft"), people)

    both = "Both sides" if event.reciprocal else "Who acted"
    return node(
        "div",
        side(both, event.initiators),
        side("and" if event.reciprocal else "Towards", event.recipients),
        cls="sides small",
    )


def _differences(differences: Sequence[tuple[str, Sequence[Version]]]) -> Node | None:
    if not differences:
        return None
    return node(
        "section",
        node("h2", "Where reports disagree"),
        node("p", "Side by side, as told. Nothing is arbitrated.", cls="note"),
        [
            node(
                "div",
                node("span", field, cls="overline"),
                node(
                    "div",
                    [
                        node(
                            "div",
                            node("div", version.value, cls="value"),
                            node("div", _tellers(version), cls="by"),
                            cls="version",
                        )
                        for version in versions
                    ],
                    cls="versions",
                    columns=min(3, len(versions)),
                ),
                cls="disagreement",
            )
            for field, versions in differences
        ],
        cls="section spaced",
    )


def _tellers(version: Version) -> str:
    names = ", ".join(version.publishers)
    origins = words.count(version.origins, "origin")
    return f"{origins}: {names}" if names else origins


def _count(event: Event) -> str:
    text = f"{words.count(event.origin_count, 'independent origin')}"
    if event.article_count > event.origin_count:
        text += f" in {words.count(event.article_count, 'article')}: copies of one text are folded under it"
    return text + "."


def _origin(
    one: Told, event: Event, actors: Mapping[str, Actor], parameters: Sequence[tuple[str, str]]
) -> Node:
    article = one.statements[0].article
    publisher = article.publisher if article and article.publisher else "Outlet not known"
    heading: list[Node] = [node("span", publisher, cls="outlet")]
    if article:
        heading.append(
            node(
                "a",
                article.title or "Untitled",
                cls="source sep",
                href=link("evidence", [*parameters, ("article", article.id)]),
                open=f"article:{article.id}",
            )
        )
    return node(
        "div",
        node(
            "header",
            node("span", heading),
            node(
                "span", f"published {words.moment(article.published if article else None)}", cls="soft small"
            ),
        ),
        _copies(one.copies, parameters),
        [_statement(statement, event, actors) for statement in one.statements],
        cls="origin",
    )


def _copies(copies: Sequence[Article], parameters: Sequence[tuple[str, str]]) -> Node | None:
    if not copies:
        return None
    outlets = len({copy.publisher for copy in copies}) + 1
    named: list[Node] = []
    for number, copy in enumerate(copies):
        named.append(", " if number else "")
        named.append(
            node(
                "a",
                copy.publisher or "outlet not known",
                cls="source",
                href=link("evidence", [*parameters, ("article", copy.id)]),
                open=f"article:{copy.id}",
                title=copy.title,
            )
        )
    return node(
        "p", f"1 origin, {words.count(outlets, 'outlet')}: the same text also in ", named, cls="copies"
    )


def _statement(statement: Statement, event: Event, actors: Mapping[str, Actor]) -> Node:
    mention, article = statement.mention, statement.article
    names = {id: actor.name for id, actor in actors.items()}
    said: list[Node] = []
    if mention.evidence and article:
        quote = marked(article.text, mention.evidence.sentence, marks(mention, names), tags=True)
        said.append(node("blockquote", quote, cls="quote"))
    else:
        said.append(node("p", "A dataset's record: it came without a text.", cls="underquote"))
    notes: list[str] = [
        f"{_ROLE_WORDS[role]}: “{text}”, named elsewhere in the article" for role, text in elsewhere(mention)
    ]
    if mention.day is None or mention.day.basis is DayBasis.PUBLICATION:
        notes.append("tells no day")
    elif mention.day != event.day:
        notes.append(f"day: {words.when(mention.day)}, {words.basis(mention.day)}")
    if (mention.type, mention.mode) != (event.type, event.mode):
        notes.append(f"read as {mention.type}" + (f" · {mention.mode}" if mention.mode else ""))
    if mention.modality is not event.modality:
        notes.append(words.MODALITIES[mention.modality][1].lower())
    notes.extend(
        f"{q.what}: {q.low:g}" if q.low == q.high else f"{q.what}: {q.low:g} to {q.high:g}"
        for q in mention.quantities
    )
    if statement.reason:
        notes.append(f"linked: {_in_words(statement.reason, names)}")
    notes.append(f"certainty {words.score(mention.score)}, read by {mention.coder}")
    said.append(
        node(
            "p",
            [node("span", note, cls="sep" if number else None) for number, note in enumerate(notes)],
            cls="underquote",
        )
    )
    return node("div", said)


def _in_words(reason: str, names: Mapping[str, str]) -> str:
    """Return why a mention was linked, with names for ids and plain dates."""
    named = re.sub(r"[A-Z]{2,}[\w-]*", lambda found: names.get(found[0], found[0]), reason)
    return re.sub(r"\d{4}-\d\d-\d\d", lambda found: words.day(date.fromisoformat(found[0])), named)
