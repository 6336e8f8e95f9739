"""What a phrase says of an actor, and how its parts are put together."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.model import ActorKind
from ingest.resolve.actor_tables import Body, Person, Role, Strength, Use
from ingest.resolve.phrases import Token


@dataclass(slots=True)
class Reading:
    """What a phrase says of an actor.

    Attributes:
        role: The noun at its head.
        shades: Sectors of the adjectives and nouns before the head, in order.
        country: Whose it is.
        use: How the country is named, when it is itself the head.
        region: Whether the country is told by one of its regions or cities.
        body: An organisation or group that it is, or is part of.
        body_is_head: Whether it is that body itself.
        person: A known person that it is.
        patron: A known person whom it belongs to.
        patron_name: Words of a name, perhaps a surname, of somebody whom it belongs to.
        name: Words of a name that the tables do not have.
        proper: Words of a body's own name that ends in a noun of a role: "Oxford University".
        inner: Sectors of what the head is "of": members of *parliament*.
        former: Whether an office was left: "former", "ousted".
        distant: Whether somebody is said to be from elsewhere: "foreign", "Western".
        titled: Whether a "Mr" or the like stands in it.
        stray: Whether its head is a word that names nobody known.
    """

    role: Role | None = None
    shades: list[tuple[str, ...]] = field(default_factory=list)
    country: str | None = None
    use: Use | None = None
    region: bool = False
    body: Body | None = None
    body_is_head: bool = False
    person: Person | None = None
    patron: Person | None = None
    patron_name: Sequence[Token] = ()
    name: Sequence[Token] = ()
    proper: Sequence[Token] = ()
    inner: tuple[str, ...] = ()
    former: bool = False
    distant: bool = False
    titled: bool = False
    stray: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing known was found in it."""
        return not (self.role or self.country or self.body or self.person or self.name or self.shades)


def is_people(body: Body) -> bool:
    """Tell whether a body is a people or a region: whose it is says no more than where."""
    return body.place or (body.kind is ActorKind.GROUP and body.sectors(None) in (("CVL",), ("REL",)))


def head_body(reading: Reading, body: Body) -> None:
    """Make a body the head; a general name with a country before it is that country's own body."""
    if body.generic and reading.country is not None and reading.country != body.country:
        reading.role = Role(body.name, body.sectors(None) or ("GOV",), Strength.HEAD)
    elif not (body.place and reading.country is not None):
        reading.body, reading.body_is_head = body, True
        if reading.country is not None and is_people(body):
            reading.region = True


def appose(lead: Reading, part: Reading) -> None:
    """Take in what stands behind a comma: a name for a description, or the other way round."""
    lead.former = lead.former or part.former
    described = lead.role is not None or lead.body is not None
    if part.person is not None or (part.name and described and not lead.name):
        if lead.person is None and (described or not lead.name):
            lead.person, lead.name, lead.titled = part.person, part.name, part.titled
            if part.role is not None:
                lead.role, lead.shades, lead.body = part.role, part.shades, part.body
            lead.body_is_head = False
            lead.country = part.country or lead.country
    elif (lead.name or lead.person is not None) and lead.role is None:
        lead.role, lead.shades, lead.inner = part.role, part.shades, part.inner
        lead.country = lead.country or part.country
        lead.body = lead.body or part.body
    elif lead.country is None and part.role is None:
        lead.country, lead.region = part.country, part.region


def join(lead: Reading, part: Reading) -> None:
    """Take in what stands behind "and": the noun of "French and German officials"."""
    bare = lead.role is None and lead.body is None and not lead.name and lead.person is None
    if bare and lead.use in (None, Use.ADJECTIVE) and part.role is not None:
        lead.role, lead.use = part.role, None
        lead.shades = lead.shades or part.shades
    elif lead.role is not None and not lead.role.sectors and part.role is not None:
        lead.role = part.role
    if lead.country is None and lead.role is not None and lead.body is None and part.role is not None:
        lead.country = part.country


def complement(lead: Reading, part: Reading, *, belonging: bool) -> None:
    """Take in what stands behind "of", "for", "at", "in" or "from"."""
    if lead.body_is_head or (lead.name and lead.role is None) or lead.person is not None:
        return
    abroad = not belonging and lead.body is not None and lead.body.country is None
    if lead.country is None and part.country is not None and not abroad:
        lead.country, lead.region = part.country, part.region or part.use is Use.CAPITAL
    if part.body is not None:
        if is_people(part.body) or not (belonging or part.body.country is None):
            if lead.country is None:
                lead.country, lead.region = part.body.country, True
        elif lead.body is None:
            lead.body = part.body
    if belonging and lead.patron is None:
        lead.patron = part.person or part.patron
        lead.patron_name = lead.patron_name or part.name
    if belonging and not lead.inner:
        if part.role is not None:
            lead.inner = part.role.sectors or part.inner
        elif part.shades:
            lead.inner = part.shades[-1]
        elif part.use is Use.PEOPLE or (part.body is not None and is_people(part.body)):
            lead.inner = ("CVL",)
