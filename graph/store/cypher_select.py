"""An ``EventQuery`` as Cypher: one place where every field of it becomes a clause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.errors import InvalidInput
from graph.model import Axis, EventQuery, Grouping, is_country_code
from graph.store.cypher import READ_EVENT
from graph.store.lucene import WordQuery, word_query

EVENT_ORDER = "e.first_day, e.last_day, e.id"
"""Cypher puts what has no day last."""

_SIMPLE = {
    Axis.TYPE: "e.type",
    Axis.MODALITY: "e.modality",
    Axis.DAY: "e.first_day",
    Axis.WEEK: "e.week",
    Axis.MONTH: "100 * e.first_day.year + e.first_day.month",
    Axis.YEAR: "e.first_day.year",
    Axis.PLACE: "toString(e.place)",
}
_LISTS = {
    Axis.INITIATOR: "e.initiators",
    Axis.RECIPIENT: "e.recipients",
    Axis.ACTOR: "e.initiators + e.recipients",
    Axis.PUBLISHER: "e.publishers",
}


@dataclass(slots=True)
class Selection:
    """Clauses that bind ``e`` to each event selected, once, and their values."""

    cypher: str
    values: dict[str, object] = field(default_factory=dict)


def check_page(limit: int | None, offset: int = 0) -> None:
    """Refuse a page that makes no sense.

    Raises:
        InvalidInput: If one of the numbers is negative.
    """
    if limit is not None and limit < 0:
        raise InvalidInput(f"a limit is 0 or more, not {limit}")
    if offset < 0:
        raise InvalidInput(f"an offset is 0 or more, not {offset}")


def check_query(query: EventQuery) -> None:
    """Refuse a query that makes no sense.

    Raises:
        InvalidInput: If limit, offset or the days make no sense.
    """
    check_page(query.limit, query.offset)
    if query.first_day and query.last_day and query.last_day < query.first_day:
        raise InvalidInput(f"the last day {query.last_day} lies before the first {query.first_day}")


def page(limit: int | None, offset: int) -> tuple[str, dict[str, object]]:
    """Return SKIP and LIMIT, and their values."""
    check_page(limit, offset)
    values: dict[str, object] = {"offset": offset}
    if limit is None:
        return "SKIP $offset", values
    return "SKIP $offset LIMIT $limit", values | {"limit": limit}


def _same_people(actor: str, shown: Mapping[str, str]) -> list[str]:
    """Return an actor's id and those of all that were judged the same."""
    if actor not in shown:
        return [actor]
    return [actor, *(other for other, stands_for in shown.items() if stands_for == shown[actor])]


def _people(name: str, actors: Sequence[str], shown: Mapping[str, str], values: dict[str, object]) -> str:
    """Return a condition on the actor ``name``: these, those judged the same, their countries' people."""
    values[f"{name}_ids"] = sorted({id for actor in actors for id in _same_people(actor, shown)})
    # Never empty: the server makes a new plan for a list of another length.
    values[f"{name}_countries"] = [actor for actor in actors if is_country_code(actor)] or [""]
    return f"({name}.id IN ${name}_ids OR {name}.country IN ${name}_countries)"


def select_events(query: EventQuery, *, shown: Mapping[str, str]) -> Selection:
    """Return the clauses that select events.

    Args:
        query: Which events; limit and offset are left to the caller.
        shown: The id under which an actor is shown, for those judged the same as another.
    """
    values: dict[str, object] = {}
    clauses: list[str] = []
    if query.text is not None and query.text.strip():
        clauses.append(_telling(word_query(query.text), values))
    if query.actors:
        people = _people("actor", query.actors, shown, values)
        clauses.append(
            f"MATCH (actor:Actor) WHERE {people}"
            " MATCH (actor)<-[:INITIATED_BY|DIRECTED_AT]-(e:Event) WITH DISTINCT e"
        )
    if query.between is not None:
        one = _people("one", [query.between[0]], shown, values)
        other = _people("other", [query.between[1]], shown, values)
        clauses.append(
            "MATCH (one:Actor)<-[left:INITIATED_BY|DIRECTED_AT]-(e:Event)"
            f"-[right:INITIATED_BY|DIRECTED_AT]->(other:Actor) WHERE {one} AND {other}"
            " AND type(left) <> type(right) WITH DISTINCT e"
        )
    conditions = _conditions(query, values)
    if clauses:
        clauses.append("WITH e")
    else:
        clauses.append("MATCH (e:Event)")
    if conditions:
        clauses.append("WHERE " + " AND ".join(conditions))
    return Selection("\n".join(clauses), values)


def _conditions(query: EventQuery, values: dict[str, object]) -> list[str]:
    conditions: list[str] = []

    def add(condition: str, name: str, value: object) -> None:
        conditions.append(condition)
        values[name] = value

    if query.types:
        add("e.type IN $types", "types", list(query.types))
    if query.modality:
        add("e.modality IN $modality", "modality", [str(modality) for modality in query.modality])
    if query.first_day is not None:
        add("e.last_day >= $first_day", "first_day", query.first_day)
    if query.last_day is not None:
        add("e.first_day <= $last_day", "last_day", query.last_day)
    if query.country is not None:
        add("EXISTS { (e)-[:AT]->(:Place {country: $country}) }", "country", query.country)
    if query.publishers:
        add("any(name IN e.publishers WHERE name IN $publishers)", "publishers", list(query.publishers))
    if query.min_score > 0.0:
        add("e.score >= $min_score", "min_score", query.min_score)
    if query.min_origins > 1:
        add("e.origin_count >= $min_origins", "min_origins", query.min_origins)
    return conditions


def list_cypher(selection: Selection, limit: int | None, offset: int) -> tuple[str, dict[str, object]]:
    """Return the query for the ids of the events selected, in order."""
    end, values = page(limit, offset)
    # A clause of its own: after WHERE of a WITH the planner would sort before it filters.
    cypher = f"{selection.cypher}\nRETURN e.id ORDER BY {EVENT_ORDER} {end}"
    return cypher, selection.values | values


def page_cypher(selection: Selection, limit: int, offset: int) -> tuple[str, dict[str, object]]:
    """Return the query for one page of the events selected, in order, whole."""
    end, values = page(limit, offset)
    cypher = f"{selection.cypher}\nWITH e ORDER BY {EVENT_ORDER} {end}{READ_EVENT}ORDER BY {EVENT_ORDER}"
    return cypher, selection.values | values


def count_cypher(
    selection: Selection, grouping: Grouping, *, shown: Mapping[str, str]
) -> tuple[str, dict[str, object]]:
    """Return the one aggregation that a grouping is, and its values.

    Its rows are the keys, the number of events, of mentions, the sum of the tones in thousandths (whole
    numbers: the sum does not depend on the order), the number of events that have a tone, and the days if
    they are asked for.
    """
    check_page(grouping.limit)
    clauses = [selection.cypher, "WITH e"]
    values = dict(selection.values)
    names: list[str] = []
    for number, axis in enumerate(grouping.by):
        name = f"k{number}"
        kept = ", ".join(["e", *names])
        if axis in _SIMPLE:
            clauses.append(f"WITH {kept}, {_SIMPLE[axis]} AS {name}")
        elif axis is Axis.COUNTRY:
            clauses.append(f"OPTIONAL MATCH (e)-[:AT]->(p:Place) WITH {kept}, p.country AS {name}")
        else:
            clauses.append(
                f"UNWIND CASE WHEN {_LISTS[axis]} = [] THEN [null] ELSE {_LISTS[axis]} END AS {name}"
            )
            if axis is not Axis.PUBLISHER and shown:
                values["shown"] = dict(shown)
                clauses.append(f"WITH DISTINCT {kept}, coalesce($shown[{name}], {name}) AS {name}")
            elif axis is Axis.ACTOR:
                clauses.append(f"WITH DISTINCT {kept}, {name}")
        names.append(name)
    columns = [
        *names,
        "count(e) AS events",
        "sum(e.mention_count) AS mentions",
        "sum(toInteger(round(e.tone * 1000))) AS thousandths",
        "count(e.tone) AS toned",
    ]
    if grouping.days:
        columns += ["toString(min(e.first_day)) AS earliest", "toString(max(e.first_day)) AS latest"]
    clauses.append("RETURN " + ", ".join(columns))
    clauses.append("ORDER BY " + ", ".join(["events DESC", *names]))
    if grouping.limit is not None:
        clauses.append("LIMIT $group_limit")
        values["group_limit"] = grouping.limit
    return "\n".join(clauses), values


def key_of(axis: Axis, value: object) -> str | None:
    """Return a key of ``count_cypher`` as it is shown: ``2022-01`` for a month."""
    if value is None:
        return None
    if axis is Axis.MONTH:
        year, month = divmod(int(str(value)), 100)
        return f"{year:04d}-{month:02d}"
    return f"{value:04d}" if axis is Axis.YEAR else str(value)


def _telling(words: WordQuery | None, values: dict[str, object]) -> str:
    """Return a clause for the events that tell some words, by a sentence or by an article's title."""
    if words is None:
        return "MATCH (e:Event) WHERE false WITH e"
    values |= {
        "lucene": words.lucene,
        "lucene_title": f"title_words:({words.lucene})",
        "phrases": list(words.phrases),
    }
    return (
        "CALL {"
        " CALL db.index.fulltext.queryNodes('mention_words', $lucene) YIELD node AS m"
        f" {_holding(words, ['m.words'])} MATCH (m)-[:OF]->(e:Event) RETURN e"
        " UNION CALL db.index.fulltext.queryNodes('article_words', $lucene_title) YIELD node AS a"
        f" {_holding(words, ['a.title_words'])}"
        " MATCH (a)-[:REPORTS]->(:EventMention)-[:OF]->(e:Event) RETURN e } WITH e"
    )


def _holding(words: WordQuery, fields: Sequence[str]) -> str:
    """Return the condition that each phrase stands in one of the fields, or nothing without phrases."""
    if not words.phrases:
        return ""
    held = " OR ".join(f"coalesce({field}, '') CONTAINS phrase" for field in fields)
    return f"WHERE all(phrase IN $phrases WHERE {held})"


def articles_cypher(
    columns: str, words: WordQuery | None, publisher: str | None
) -> tuple[str, dict[str, object]]:
    """Return a query over articles ``a`` up to its RETURN, and its values."""
    values: dict[str, object] = {}
    clauses = ["MATCH (a:Article)"]
    if words is not None:
        clauses = [
            "CALL db.index.fulltext.queryNodes('article_words', $lucene) YIELD node AS a",
            _holding(words, ["a.title_words", "a.text_words"]),
            "WITH a",
        ]
        values |= {"lucene": words.lucene, "phrases": list(words.phrases)}
    if publisher is not None:
        clauses.append("WHERE a.publisher = $publisher")
        values["publisher"] = publisher
    clauses.append(f"RETURN {columns}")
    return " ".join(clauses), values
