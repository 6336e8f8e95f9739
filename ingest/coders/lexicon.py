"""The event lexicon: verbs, nouns, light-verb frames, word classes and contexts that block.

The tables are CSV files in ``lexicon/``, to be edited by hand. A
condition (column ``when``) is one or more tests, all of which must hold:

``obj``           the clause has an object (of a passive: its subject)
``!obj``          it has none
``obj=a|@c|*k``   the head of the object is lemma ``a``, of class ``c`` or of kind ``k``
``obj!=a|@c``     it is none of these (or there is no object)
``on|upon``       one of the slots is there

Slots are ``subj``, ``obj``, ``iobj``, ``inf`` (infinitive), ``xcomp`` (infinitive or predicate), ``ccomp`` (clause),
any preposition (``on``, ``out_of``) and ``any`` (a word anywhere in the clause); for nouns also
``poss``, ``adj`` (nationality or actor before the noun), ``comp`` and ``amod`` (any modifier before
it). Kinds are ``*name``, ``*person``, ``*organization``, ``*place`` and ``*num``.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on a clause: ``slots`` filled or not, and with what.

    Attributes:
        slots: Names of slots; any of them will do.
        negated: The test holds when the slot is empty, or its head is none of ``lemmas``.
        lemmas: Lemmas that the head may be, classes expanded; empty when the slot need only be there.
        kinds: Kinds of head that will do beside the lemmas: name, person, organization, place, num.
    """

    slots: tuple[str, ...]
    negated: bool
    lemmas: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a verb, an adjective or a noun.

    Attributes:
        lemma: Dictionary form, without hyphens.
        particle: Words that must go with a verb ("out", "hostage"), empty for none.
        conditions: All must hold.
        type: PLOVER type, or ``""`` when this meaning is no event.
        mode, cameo, contexts: As PLOVER and CAMEO have them; ``""`` for none.
        initiators, recipients: Slots to look for participants in, the best first.
        reciprocal: Both sides do it to each other when both are told.
        operator: How it changes the event that it governs ("promise", "refuse"…), or ``""``.
        modality: A modality that the word itself brings ("acquit": negation), or ``""``.
        score: How often the word in this use tells an event of this type, in [0, 1].
        name: What ``--explain`` prints.
    """

    lemma: str
    particle: tuple[str, ...]
    conditions: tuple[Condition, ...]
    type: str
    mode: str
    cameo: str
    contexts: tuple[str, ...]
    initiators: tuple[str, ...]
    recipients: tuple[str, ...]
    reciprocal: bool
    operator: str
    modality: str
    score: float
    name: str

    @property
    def weight(self) -> int:
        """How specific the entry is: the most specific one that holds is taken."""
        return 3 * len(self.particle) + sum(2 if c.lemmas or c.kinds else 1 for c in self.conditions)


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb with a noun for its object, where the verb alone says little.

    Attributes:
        effect: ``carry`` (the noun's meaning, the verb's subject acts), ``inverse`` (the noun's
            meaning, the verb's subject is the recipient), ``type`` (the meaning given here) or
            ``none`` (no event).
    """

    verb: str
    particle: str
    noun: str
    effect: str
    type: str
    mode: str
    cameo: str
    score: float
    name: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, by lemma without hyphens."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    classes: Mapping[str, frozenset[str]]
    blocked: Mapping[tuple[str, str], frozenset[str]]
    operators: Mapping[tuple[str, str], tuple[str, str, str]]
    weights: Mapping[str, float]

    def entries(self) -> Iterator[Entry]:
        """Yield every entry of verbs and nouns."""
        for table in (self.verbs, self.nouns):
            for entries in table.values():
                yield from entries


class Folder(Protocol):
    """Where the tables lie: a directory or a package's resources."""

    def joinpath(self, name: str, /) -> "Folder": ...

    def read_text(self, encoding: str = ...) -> str: ...


def fold(lemma: str) -> str:
    """Return the key of a lemma: lower case, no hyphens, American ``-ize`` and ``-or``."""
    key = lemma.lower().replace("-", "")
    if len(key) > 6 and key.endswith("ise") and key not in _KEEP_ISE:
        key = key[:-3] + "ize"
    if key.endswith("yse"):
        key = key[:-3] + "yze"
    return _AMERICAN.get(key, key)


_KEEP_ISE = frozenset(
    "exercise promise compromise surprise practise premise franchise enterprise advertise precise supervise "
    "televise improvise disguise expertise paradise merchandise likewise otherwise concise treatise devise "
    "advise revise comprise despise".split()
)
_AMERICAN = {
    "honour": "honor",
    "labour": "labor",
    "neighbour": "neighbor",
    "harbour": "harbor",
    "armour": "armor",
    "rumour": "rumor",
    "favour": "favor",
    "manoeuvre": "maneuver",
    "manoeuver": "maneuver",
    "cooperate": "cooperate",
    "defence": "defense",
    "offence": "offense",
    "licence": "license",
    "programme": "program",
    "tyre": "tire",
    "clamour": "clamor",
    "demobilisation": "demobilization",
    "mobilisation": "mobilization",
    "nationalisation": "nationalization",
    "normalisation": "normalization",
    "liberalisation": "liberalization",
    "legalisation": "legalization",
    "organisation": "organization",
    "authorisation": "authorization",
    "behaviour": "behavior",
    "councillor": "councilor",
    "traveller": "traveler",
}


def load(folder: Folder | Path) -> Lexicon:
    """Read the seven tables of a folder.

    Raises:
        ValueError: If a condition names a class that ``classes.csv`` lacks.
    """
    classes: dict[str, set[str]] = {}
    for row in _rows(folder, "classes.csv"):
        classes.setdefault(row["class"], set()).add(fold(row["lemma"]))
    known = {name: frozenset(lemmas) for name, lemmas in classes.items()}
    blocked: dict[tuple[str, str], set[str]] = {}
    for row in _rows(folder, "blocked.csv"):
        blocked.setdefault((row["context"], row["where"]), set()).add(fold(row["lemma"]))
    frames: dict[tuple[str, str], list[Frame]] = {}
    for row in _rows(folder, "frames.csv"):
        frame = _frame(row)
        frames.setdefault((frame.verb, frame.noun), []).append(frame)
    return Lexicon(
        verbs=_table(_rows(folder, "verbs.csv"), known, "verb"),
        nouns=_table(_rows(folder, "nouns.csv"), known, "noun"),
        frames={key: tuple(value) for key, value in frames.items()},
        classes=known,
        blocked={key: frozenset(value) for key, value in blocked.items()},
        operators={
            (row["operator"], row["complement"]): (row["type"], row["mode"], row["cameo"])
            for row in _rows(folder, "operators.csv")
        },
        weights={row["feature"]: float(row["weight"]) for row in _rows(folder, "weights.csv")},
    )


@cache
def default_lexicon() -> Lexicon:
    """Return the lexicon that ships with the package."""
    return load(resources.files("ingest.coders").joinpath("lexicon"))


def _rows(folder: Folder | Path, name: str) -> Iterator[dict[str, str]]:
    text = folder.joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _table(
    rows: Iterable[dict[str, str]], classes: Mapping[str, frozenset[str]], part: str
) -> dict[str, tuple[Entry, ...]]:
    table: dict[str, list[Entry]] = {}
    for row in rows:
        entry = _entry(row, classes, part)
        table.setdefault(entry.lemma, []).append(entry)
    return {
        lemma: tuple(sorted(entries, key=lambda entry: (-entry.weight, -entry.score)))
        for lemma, entries in table.items()
    }


def _entry(row: dict[str, str], classes: Mapping[str, frozenset[str]], part: str) -> Entry:
    initiators, _, recipients = row["roles"].partition(">")
    particle = row.get("particle", "")
    when = row["when"]
    name = f"{part}:{row['lemma']}" + (f"_{particle}" if particle else "") + (f"[{when}]" if when else "")
    return Entry(
        lemma=fold(row["lemma"]),
        particle=tuple(particle.split()),
        conditions=tuple(parse_condition(text, classes) for text in when.split()),
        type=row["type"],
        mode=row["mode"],
        cameo=row["cameo"],
        contexts=tuple(row["contexts"].split(";")) if row["contexts"] else (),
        initiators=tuple(initiators.split("|")) if initiators else (),
        recipients=tuple(recipients.split("|")) if recipients else (),
        reciprocal=row["reciprocal"] == "yes",
        operator=row["operator"],
        modality=row["modality"],
        score=float(row["score"]),
        name=name,
    )


def _frame(row: dict[str, str]) -> Frame:
    particle = f"_{row['particle']}" if row["particle"] else ""
    return Frame(
        verb=fold(row["verb"]),
        particle=row["particle"],
        noun=fold(row["noun"]),
        effect=row["effect"],
        type=row["type"],
        mode=row["mode"],
        cameo=row["cameo"],
        score=float(row["score"]),
        name=f"frame:{row['verb']}{particle}_{row['noun']}",
    )


def parse_condition(text: str, classes: Mapping[str, frozenset[str]]) -> Condition:
    """Return the condition that one word of column ``when`` writes.

    Raises:
        ValueError: If it names a class that is not known.
    """
    slots, equals, values = text.partition("=")
    negated = slots.startswith("!") or slots.endswith("!")
    lemmas: set[str] = set()
    kinds: set[str] = set()
    for value in values.split("|") if equals else ():
        if value.startswith("@"):
            if value[1:] not in classes:
                raise ValueError(f"no class {value} in classes.csv: {text}")
            lemmas |= classes[value[1:]]
        elif value.startswith("*"):
            kinds.add(value[1:])
        else:
            lemmas.add(fold(value))
    return Condition(tuple(slots.strip("!").split("|")), negated, frozenset(lemmas), frozenset(kinds))
