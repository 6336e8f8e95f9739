"""The selection as URL parameters and in words: pure functions, both ways.

``?actors=RUS&actors=IGO-OSCE&types=CONSULT&first_day=2022-01-10``. Parameters that stand for the default are
left out. What the application shows by default is what is told as having happened; ``modality=any`` shows
everything.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app import words
from graph.model import EventQuery, Modality
from graph.ontology import codebook

DEFAULT_MODALITY = (Modality.ASSERTED.value,)
"""Acts told as having happened; plans, possibilities and denials are shown on demand."""

FIELDS = (
    "actors", "between", "types", "modality", "first_day", "last_day", "country", "publishers", "text",
    "min_origins", "min_score",
)  # fmt: skip


def default() -> EventQuery:
    """Return the selection that the application begins with."""
    return EventQuery(modality=DEFAULT_MODALITY)


def to_parameters(query: EventQuery) -> list[tuple[str, str]]:
    """Return a selection as URL parameters, in a fixed order."""
    found: list[tuple[str, str]] = []
    for name in ("actors", "between", "types"):
        found.extend((name, value) for value in getattr(query, name) or ())
    if query.modality != DEFAULT_MODALITY:
        found.extend(("modality", value) for value in query.modality or ("any",))
    for name in ("first_day", "last_day", "country"):
        if (value := getattr(query, name)) is not None:
            found.append((name, str(value)))
    found.extend(("publishers", value) for value in query.publishers)
    if query.text:
        found.append(("text", query.text))
    if query.min_origins > 1:
        found.append(("min_origins", str(query.min_origins)))
    if query.min_score > 0:
        found.append(("min_score", f"{query.min_score:g}"))
    return found


def of_parameters(parameters: Iterable[tuple[str, str]]) -> EventQuery:
    """Return the selection of URL parameters; what cannot be understood is left out."""
    told: dict[str, list[str]] = {}
    for name, value in parameters:
        if value:
            told.setdefault(name, []).append(value)
    modality = tuple(m for m in told.get("modality", ()) if m in list(Modality))
    if not modality and "any" not in told.get("modality", ()):
        modality = DEFAULT_MODALITY
    between = told.get("between", [])
    return EventQuery(
        actors=tuple(dict.fromkeys(told.get("actors", ()))),
        between=(between[0], between[1]) if len(between) == 2 else None,
        types=tuple(t for t in dict.fromkeys(told.get("types", ())) if t in codebook.types()),
        modality=modality,
        first_day=_day(told.get("first_day")),
        last_day=_day(told.get("last_day")),
        country=told["country"][0] if "country" in told else None,
        publishers=tuple(dict.fromkeys(told.get("publishers", ()))),
        text=told["text"][0] if "text" in told else None,
        min_origins=max(1, round(_number(told.get("min_origins"), 1))),
        min_score=min(1.0, max(0.0, _number(told.get("min_score"), 0.0))),
    )


def in_words(query: EventQuery, actors: Mapping[str, str], countries: Mapping[str, str]) -> list[str]:
    """Return what is selected, one phrase a filter; modality always first, since it always has one.

    Args:
        actors, countries: Names by id and by code.
    """
    said = [_modality(query.modality)]
    if query.between:
        said.append("between " + " and ".join(actors.get(id, id) for id in query.between))
    if query.actors:
        said.append("with " + _some([actors.get(id, id) for id in query.actors]))
    if query.types:
        said.append(_some([words.TYPES[t].noun.lower() if t in words.TYPES else t for t in query.types]))
    if query.first_day and query.last_day:
        said.append(words.days(query.first_day, query.last_day))
    elif query.first_day:
        said.append(f"from {words.day(query.first_day)}")
    elif query.last_day:
        said.append(f"until {words.day(query.last_day)}")
    if query.country:
        said.append(f"in {countries.get(query.country, query.country)}")
    if query.publishers:
        said.append("told by " + _some(query.publishers))
    if query.text:
        said.append(f"containing “{query.text}”")
    if query.min_origins > 1:
        said.append(f"at least {query.min_origins} independent origins")
    if query.min_score > 0:
        said.append(f"certainty at least {words.score(query.min_score)}")
    return said


def _modality(chosen: Sequence[str]) -> str:
    if not chosen or set(chosen) == {m.value for m in Modality}:
        return "told in any way"
    if tuple(chosen) == DEFAULT_MODALITY:
        return "told as having happened"
    return "told as " + _some([words.MODALITIES[Modality(m)][0] for m in chosen])


def _some(values: Sequence[str]) -> str:
    if len(values) > 4:
        return f"{', '.join(values[:3])} or {len(values) - 3} others"
    return " or ".join([", ".join(values[:-1]), values[-1]]) if len(values) > 1 else values[0]


def _day(values: Sequence[str] | None) -> date | None:
    try:
        return date.fromisoformat(values[0]) if values else None
    except ValueError:
        return None


def _number(values: Sequence[str] | None, otherwise: float) -> float:
    try:
        found = float(values[0]) if values else otherwise
    except ValueError:
        return otherwise
    return found if abs(found) < 1e6 else otherwise
