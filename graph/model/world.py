"""Who and where: actors and places."""

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from graph.model.ids import ActorId, PlaceId


class ActorKind(StrEnum):
    """What sort of thing an actor is."""

    COUNTRY = "country"
    ORGANISATION = "organisation"
    GROUP = "group"
    PERSON = "person"
    ROLE = "role"
    """A body or a common noun of a country: "Russian troops", "protesters"."""
    UNKNOWN = "unknown"


class International(StrEnum):
    """PLOVER's kinds of actors that belong to no one country."""

    IGO = "IGO"
    NGO = "NGO"
    MNC = "MNC"
    IMG = "IMG"
    """An international militarised group."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who acts or is acted upon.

    Attributes:
        id: Stable and readable: ``RUS`` (a country acting as its government), ``RUS-MIL`` (a sector
            of a country), ``IGO-OSCE``, ``PER-…`` and ``NAM-…`` (a named person or an unknown name).
        name: The name to show.
        kind: What sort of thing it is.
        country: ISO 3166-1 alpha-3 of the country it belongs to, or ``None``.
        international: IGO, NGO, MNC, IMG, or ``None``.
        sectors: PLOVER sectors (``GOV``, ``MIL``…), the most telling first.
        aliases: Other names it goes by in the texts.
        same_as: IRIs of the same thing elsewhere (Wikidata, GeoNames).
    """

    id: ActorId
    name: str
    kind: ActorKind = ActorKind.UNKNOWN
    country: str | None = None
    international: International | None = None
    sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


class Precision(StrEnum):
    """How exactly a place is known, the finest first."""

    EXACT = "exact"
    CITY = "city"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    UNKNOWN = "unknown"


class Located(Protocol):
    """What has coordinates, or none: WGS 84 degrees, north and east positive."""

    @property
    def latitude(self) -> float | None: ...

    @property
    def longitude(self) -> float | None: ...


def kilometres(one: Located, other: Located) -> float:
    """Return the great-circle distance on a sphere of 6,371 km; infinite without coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(east / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


@dataclass(frozen=True, slots=True)
class Place:
    """A place on Earth.

    Attributes:
        id: GeoNames id.
        name: GeoNames' main name.
        country: ISO 3166-1 alpha-3, or ``None`` for places of no country.
        latitude: WGS 84 degrees, north positive; ``None`` when the precision is unknown.
        longitude: WGS 84 degrees, east positive; ``None`` when the precision is unknown.
        precision: How exactly the place is known.
        admin1: Name of the first-order division that it lies in, or ``None``.
    """

    id: PlaceId
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: Precision = Precision.UNKNOWN
    admin1: str | None = field(default=None)

    def __post_init__(self) -> None:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError(f"{self.name}: a place has both coordinates or none")
        if self.precision is Precision.UNKNOWN and self.latitude is not None:
            raise ValueError(f"{self.name}: a place of unknown precision has no coordinates")
