"""The codebook: PLOVER's types, modes, contexts and sectors, CAMEO's codes, and the map between them.

Facts from the PLOVER 2.0 manual (openeventdata/PLOVER) and the CAMEO 1.1b3 manual with GDELT's
Goldstein scores; see SOURCES.md. The tables are the CSV files beside this module.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of an event type. ``score`` lies between -10 (conflict) and 10, or is ``None``."""

    name: str
    score: float | None
    description: str


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER event type.

    Attributes:
        name: ``CONSULT``…
        quad: verbal cooperation, material cooperation, verbal conflict or material conflict.
        score: From -10 (conflict) to 10 (cooperation).
        description: One line.
        modes: Its modes by name.
    """

    name: str
    quad: str
    score: float
    description: str
    modes: Mapping[str, Mode]


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code with its name, its Goldstein score (-10 … 10) and its PLOVER counterpart, if any."""

    code: str
    name: str
    goldstein: float | None
    type: str | None
    mode: str | None
    context: str | None


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files("graph.ontology").joinpath(name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _number(text: str) -> float | None:
    return float(text) if text else None


@cache
def types() -> Mapping[str, EventType]:
    """Return the sixteen PLOVER event types by name, in the manual's order."""
    modes: dict[str, dict[str, Mode]] = {}
    for row in _rows("modes.csv"):
        mode = Mode(row["mode"], _number(row["score"]), row["description"])
        modes.setdefault(row["type"], {})[mode.name] = mode
    return MappingProxyType(
        {
            row["type"]: EventType(
                row["type"],
                row["quad"],
                float(row["score"]),
                row["description"],
                MappingProxyType(modes.get(row["type"], {})),
            )
            for row in _rows("types.csv")
        }
    )


@cache
def contexts() -> tuple[str, ...]:
    """Return PLOVER's contexts."""
    return tuple(row["context"] for row in _rows("contexts.csv"))


@cache
def sectors() -> Mapping[str, str]:
    """Return PLOVER's actor sectors: code → what it stands for."""
    return MappingProxyType({row["sector"]: row["label"] for row in _rows("sectors.csv")})


@cache
def cameo() -> Mapping[str, CameoCode]:
    """Return the CAMEO codes by code."""
    return MappingProxyType(
        {
            row["code"]: CameoCode(
                row["code"],
                row["name"],
                _number(row["goldstein"]),
                row["type"] or None,
                row["mode"] or None,
                row["context"] or None,
            )
            for row in _rows("cameo.csv")
        }
    )


@cache
def _counterparts() -> Mapping[tuple[str, str, str], str]:
    """(type, mode, context) → CAMEO code; "" stands for any."""
    return MappingProxyType(
        {(row["type"], row["mode"], row["context"]): row["code"] for row in _rows("cameo_of_plover.csv")}
    )


def tone(event_type: str, mode: str | None) -> float | None:
    """Return PLOVER's score of a type in a mode, -10 (conflict) to 10 (cooperation); ``None`` if unknown."""
    known = types().get(event_type)
    if known is None:
        return None
    in_mode = known.modes.get(mode) if mode else None
    return in_mode.score if in_mode and in_mode.score is not None else known.score


def plover_of_cameo(code: str) -> tuple[str, str | None, str | None] | None:
    """Return (type, mode, context) of a CAMEO code, or ``None`` where PLOVER has no counterpart.

    A code that is not in the manual is cut from the right until one is: ``0999`` → ``09``.
    """
    for length in range(len(code), 1, -1):
        known = cameo().get(code[:length])
        if known is not None:
            return (known.type, known.mode, known.context) if known.type else None
    return None


def cameo_of(event_type: str, mode: str | None, contexts: Sequence[str] = ()) -> str | None:
    """Return the CAMEO code nearest to a PLOVER type, mode and contexts, or ``None`` for no such type."""
    table = _counterparts()
    for context in (*contexts, ""):
        code = table.get((event_type, mode or "", context))
        if code:
            return code
    return table.get((event_type, "", ""))
