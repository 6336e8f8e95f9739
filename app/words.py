"""Plain words for codes, dates and numbers: how the application says things."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from graph.model import Actor, DateRange, DayBasis, Event, EventMention, Modality, Place, Precision
from graph.ontology import codebook

THIN = "\u202f"
"""Narrow no-break space: between thousands."""

QUADS = ("material conflict", "verbal conflict", "verbal cooperation", "material cooperation")
"""From the worst to the best; colours and bars are in this order."""

QUAD_LABELS: Mapping[str, str] = {
    "material conflict": "Conflict in deed",
    "verbal conflict": "Conflict in words",
    "verbal cooperation": "Cooperation in words",
    "material cooperation": "Cooperation in deed",
}


class Phrase(NamedTuple):
    """How an act is said: past and base form, alone and before a recipient, and as a noun."""

    noun: str
    past: str
    base: str
    past_to: str
    base_to: str


def _phrase(
    noun: str, past: str, base: str, preposition: str = "", past_to: str = "", base_to: str = ""
) -> Phrase:
    return Phrase(
        noun,
        past,
        base,
        past_to or f"{past} {preposition}".strip(),
        base_to or f"{base} {preposition}".strip(),
    )


TYPES: Mapping[str, Phrase] = {
    "AGREE": _phrase("Promise", "agreed to cooperate", "agree to cooperate", "with"),
    "CONSULT": _phrase("Talks", "held talks", "hold talks", "with"),
    "SUPPORT": _phrase("Support", "voiced support", "voice support", "for"),
    "CONCEDE": _phrase("Concession", "offered to ease off", "offer to ease off", past_to="offered a concession to", base_to="offer a concession to"),
    "COOPERATE": _phrase("Cooperation", "worked together", "work together", "with"),
    "AID": _phrase("Aid", "gave aid", "give aid", "to"),
    "RETREAT": _phrase("Retreat", "gave way", "give way", "to"),
    "REQUEST": _phrase("Demand", "made a demand", "make a demand", past_to="made a demand to", base_to="make a demand to"),
    "ACCUSE": _phrase("Accusation", "voiced criticism", "voice criticism", "of"),
    "REJECT": _phrase("Refusal", "refused", "refuse", past_to="turned down", base_to="turn down"),
    "THREATEN": _phrase("Threat", "made a threat", "make a threat", past_to="threatened", base_to="threaten"),
    "PROTEST": _phrase("Protest", "protested", "protest", "against"),
    "SANCTION": _phrase("Sanctions", "imposed sanctions", "impose sanctions", "on"),
    "MOBILIZE": _phrase("Mobilisation", "moved forces", "move forces", "towards"),
    "COERCE": _phrase("Coercion", "used coercion", "use coercion", "against"),
    "ASSAULT": _phrase("Use of force", "used force", "use force", "against"),
}  # fmt: skip
"""PLOVER types in plain words."""

MODES: Mapping[tuple[str, str], Phrase] = {
    ("CONSULT", "visit"): _phrase("Visit", "paid a visit", "pay a visit", past_to="visited", base_to="visit"),
    ("CONSULT", "phone"): _phrase("Call", "spoke by phone", "speak by phone", "with"),
    ("RETREAT", "withdraw"): _phrase("Withdrawal", "pulled back", "pull back", "from"),
    ("RETREAT", "release"): _phrase("Release", "released captives", "release captives", past_to="released", base_to="release"),
    ("RETREAT", "ceasefire"): _phrase("Ceasefire", "kept a ceasefire", "keep a ceasefire", "with"),
    ("RETREAT", "access"): _phrase("Access", "granted access", "grant access", "to"),
    ("RETREAT", "resign"): _phrase("Resignation", "resigned", "resign", past_to="resigned before", base_to="resign before"),
    ("RETREAT", "disarm"): _phrase("Disarmament", "gave up weapons", "give up weapons", "to"),
    ("REQUEST", "assist"): _phrase("Appeal for help", "asked for help", "ask for help", past_to="asked for help from", base_to="ask for help from"),
    ("REQUEST", "change"): _phrase("Demand for change", "demanded change", "demand change", "from"),
    ("REQUEST", "yield"): _phrase("Demand to yield", "demanded a concession", "demand a concession", "from"),
    ("REQUEST", "meet"): _phrase("Call for talks", "asked for talks", "ask for talks", "with"),
    ("ACCUSE", "disapprove"): _phrase("Criticism", "voiced criticism", "voice criticism", past_to="criticised", base_to="criticise"),
    ("ACCUSE", "allege"): _phrase("Accusation", "made an accusation", "make an accusation", past_to="accused", base_to="accuse"),
    ("ACCUSE", "investigate"): _phrase("Inquiry", "opened an inquiry", "open an inquiry", past_to="investigated", base_to="investigate"),
    ("REJECT", "yield"): _phrase("Refusal to yield", "refused to yield", "refuse to yield", "to"),
    ("REJECT", "meet"): _phrase("Refusal to meet", "refused to meet", "refuse to meet", ""),
    ("REJECT", "change"): _phrase("Refusal to change", "refused to change course", "refuse to change course", past_to="rejected the demands of", base_to="reject the demands of"),
    ("REJECT", "assist"): _phrase("Refusal of help", "refused to help", "refuse to help", ""),
    ("THREATEN", "violence"): _phrase("Threat of force", "threatened force", "threaten force", "against"),
    ("THREATEN", "restrict"): _phrase("Threat of sanctions", "threatened restrictions", "threaten restrictions", "on"),
    ("THREATEN", "relations"): _phrase("Threat to cut ties", "threatened to cut ties", "threaten to cut ties", "with"),
    ("PROTEST", "strike"): _phrase("Strike", "went on strike", "go on strike", "against"),
    ("PROTEST", "riot"): _phrase("Riot", "rioted", "riot", "against"),
    ("PROTEST", "boycott"): _phrase("Boycott", "called a boycott", "call a boycott", past_to="boycotted", base_to="boycott"),
    ("SANCTION", "expel"): _phrase("Expulsion", "expelled diplomats", "expel diplomats", "of"),
    ("SANCTION", "discontinue"): _phrase("Cut ties or sanctions", "imposed sanctions", "impose sanctions", "on"),
    ("SANCTION", "withdraw"): _phrase("Recall", "recalled its people", "recall its people", "from"),
    ("SANCTION", "convict"): _phrase("Conviction", "passed sentence", "pass sentence", "on"),
    ("MOBILIZE", "troops"): _phrase("Troop movement", "moved troops", "move troops", "towards"),
    ("MOBILIZE", "weapons"): _phrase("Weapons movement", "moved weapons", "move weapons", "towards"),
    ("MOBILIZE", "police"): _phrase("Police deployment", "deployed police", "deploy police", "against"),
    ("COERCE", "arrest"): _phrase("Arrest", "made arrests", "make arrests", past_to="arrested", base_to="arrest"),
    ("COERCE", "seize"): _phrase("Seizure", "seized property", "seize property", "of"),
    ("COERCE", "restrict"): _phrase("Restriction", "imposed restrictions", "impose restrictions", "on"),
    ("COERCE", "censor"): _phrase("Censorship", "imposed censorship", "impose censorship", past_to="censored", base_to="censor"),
    ("COERCE", "curfew"): _phrase("Curfew", "imposed a curfew", "impose a curfew", "on"),
    ("COERCE", "martial-law"): _phrase("State of emergency", "declared a state of emergency", "declare a state of emergency", "over"),
    ("COERCE", "deport"): _phrase("Deportation", "deported people", "deport people", past_to="deported", base_to="deport"),
    ("COERCE", "cyber"): _phrase("Cyber attack", "attacked computers", "attack computers", "of"),
    ("ASSAULT", "heavy-weapons"): _phrase("Shelling", "used heavy weapons", "use heavy weapons", "against"),
    ("ASSAULT", "aerial"): _phrase("Air attack", "attacked from the air", "attack from the air", past_to="bombed", base_to="bomb"),
    ("ASSAULT", "explosives"): _phrase("Bombing", "used explosives", "use explosives", "against"),
    ("ASSAULT", "firearms"): _phrase("Shooting", "opened fire", "open fire", "on"),
    ("ASSAULT", "abduct"): _phrase("Abduction", "took captives", "take captives", past_to="abducted", base_to="abduct"),
    ("ASSAULT", "crowd-control"): _phrase("Crowd control", "used crowd control", "use crowd control", "against"),
    ("ASSAULT", "drone"): _phrase("Drone attack", "attacked by drone", "attack by drone", past_to="attacked by drone", base_to="attack by drone"),
}  # fmt: skip
"""Modes that change how an act is said; other modes are said as their type."""

MODALITIES: Mapping[Modality, tuple[str, str]] = {
    Modality.ASSERTED: ("happened", "Told as having happened"),
    Modality.HISTORICAL: ("earlier history", "Told as background from an earlier time"),
    Modality.FUTURE: ("planned", "Told as planned or expected"),
    Modality.HYPOTHETICAL: ("hypothetical", "Told as possible or conditional"),
    Modality.NEGATION: ("did not happen", "Told as not having happened"),
}

BASES: Mapping[DayBasis, str] = {
    DayBasis.STATED: "stated in the text",
    DayBasis.RELATIVE: "worked out from the text",
    DayBasis.PUBLICATION: "not told: day of publication",
}

PRECISIONS: Mapping[Precision, str] = {
    Precision.EXACT: "exact place",
    Precision.CITY: "city",
    Precision.ADMIN2: "district",
    Precision.ADMIN1: "region",
    Precision.COUNTRY: "country only",
    Precision.UNKNOWN: "not located",
}

FIELDS: Mapping[str, str] = {
    "day": "When",
    "place": "Where",
    "mode": "What kind of act",
    "initiators": "Who acted",
    "recipients": "Towards whom",
}
"""Fields that reports can disagree on; others are quantities, by their own name."""


def number(value: float) -> str:
    """Return an integer with thin separators: ``12 345``."""
    return f"{int(value):,}".replace(",", THIN)


def count(value: int, one: str, many: str = "") -> str:
    """Return "1 event", "2 events"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def day(value: date) -> str:
    """Return "13 Jan 2022"."""
    return f"{value.day} {value:%b} {value.year}"


def days(first: date, last: date) -> str:
    """Return a range of days as shortly as it can be read: "10–13 Jan 2022", "Jan 2022", "2022"."""
    if first == last:
        return day(first)
    following = date.fromordinal(last.toordinal() + 1) if last < date.max else last
    if first.day == 1 and following.day == 1:
        if first.month == 1 and following.month == 1:
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%b} {first.year}"
        if first.year == last.year:
            return f"{first:%b}–{last:%b} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def when(value: DateRange | None) -> str:
    """Return an event's day or days, or "undated"."""
    return "undated" if value is None else days(value.first, value.last)


def moment(value: datetime | None) -> str:
    """Return a publication time as its day, or "undated"."""
    return "undated" if value is None else day(value.date())


def basis(value: DateRange) -> str:
    """Return where a date comes from, with the words that tell it."""
    told = BASES[value.basis]
    if value.basis is DayBasis.RELATIVE and value.cue:
        return f"worked out from “{value.cue}”"
    return told


def phrase(type_: str, mode: str | None) -> Phrase:
    """Return how an act is said."""
    return MODES.get((type_, mode or "")) or TYPES.get(type_) or _phrase(type_.capitalize(), type_, type_)


def type_label(type_: str) -> str:
    """Return a type in plain words with its name: "Talks (CONSULT)"."""
    return f"{TYPES[type_].noun} ({type_})" if type_ in TYPES else type_


def quad(type_: str) -> int:
    """Return the index in ``QUADS`` of a type; 1 (verbal conflict) for an unknown one."""
    known = codebook.types().get(type_)
    return QUADS.index(known.quad) if known and known.quad in QUADS else 1


def verb(type_: str, mode: str | None, modality: Modality, *, towards: bool) -> str:
    """Return the verb of a headline: "held talks with", "to hold talks with", "did not hold talks with"."""
    said = phrase(type_, mode)
    past, base = (said.past_to, said.base_to) if towards else (said.past, said.base)
    if modality is Modality.FUTURE:
        return f"to {base}"
    if modality is Modality.HYPOTHETICAL:
        return f"could {base}"
    if modality is Modality.NEGATION:
        return f"did not {base}"
    return past


def names(ids: Sequence[str], actors: Mapping[str, Actor], *, most: int = 3) -> str:
    """Return actors by name: "Russia", "Russia and China", "Russia, China and 3 others"."""
    shown = [actors[id].name if id in actors else id for id in ids]
    if len(shown) > most:
        return f"{', '.join(shown[: most - 1])} and {len(shown) - most + 1} others"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


class Headline(NamedTuple):
    """The three parts of a headline; ``recipients`` may be empty."""

    initiators: str
    verb: str
    recipients: str

    @property
    def text(self) -> str:
        """The headline as one line."""
        return " ".join(part for part in self if part)


def headline(told: Event | EventMention, actors: Mapping[str, Actor]) -> Headline:
    """Return an event or a mention in plain words: "Russia | held talks with | OSCE"."""
    if isinstance(told, Event):
        initiators, recipients = told.initiators, told.recipients
    else:
        initiators = tuple(dict.fromkeys(p.actor for p in told.initiators))
        recipients = tuple(dict.fromkeys(p.actor for p in told.recipients))
    said = verb(told.type, told.mode, told.modality, towards=bool(recipients))
    return Headline(names(initiators, actors) or "Someone not named", said, names(recipients, actors))


def place(value: Place, countries: Mapping[str, str] | None = None) -> str:
    """Return a place with its country: "Vienna, Austria"."""
    country = (countries or {}).get(value.country or "", value.country or "")
    if not country or value.precision is Precision.COUNTRY or country == value.name:
        return value.name
    return f"{value.name}, {country}"


def field(name: str) -> str:
    """Return what reports disagree on, in words."""
    return FIELDS.get(name, name.replace("_", " ").capitalize())


def score(value: float) -> str:
    """Return a probability as a percentage."""
    return f"{round(100 * value)}{THIN}%"


def plain(text: str, most: int = 200) -> str:
    """Return a text that Streamlit's Markdown shows as it is, cut after ``most`` characters."""
    short = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!$~<>|:&" else c for c in short)
