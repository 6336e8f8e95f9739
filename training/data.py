"""Training data: public corpora and written events → windows of labelled words.

A window is what the encoder reads at once: some consecutive sentences of one text, before them, as
context that carries no labels, the title or the first sentence and the sentence just before.
"""

import json
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ingest.language.heads import (
    KINDS,
    PROPBANK_ROLES,
    RELATIONS,
    UPOS,
    XPOS,
)

IGNORED = -100
"""The label of a word that teaches nothing about a task."""


@dataclass
class Predicate:
    """One predicate or event trigger with what hangs on it. ``roles`` has a BIO label a word."""

    word: int
    roles: list[int]
    mode: int = IGNORED
    modality: int = IGNORED
    reciprocal: int = IGNORED
    spans: list[tuple[int, int, list[int]]] = field(default_factory=list)
    """Participants: first word, last word, indices into ``SECTORS``."""


@dataclass
class Window:
    """Words with the labels they have; a task without labels here has an empty list."""

    words: list[str]
    sentences: list[int]
    upos: list[int] = field(default_factory=list)
    xpos: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    triggers: list[int] = field(default_factory=list)
    predicate_flags: list[int] = field(default_factory=list)
    propbank: list[Predicate] = field(default_factory=list)
    events: list[Predicate] = field(default_factory=list)
    antecedents: list[tuple[int, list[int]]] = field(default_factory=list)
    """(word, the words before it that mean the same; itself alone where there is none)."""


def open_text(path: Path) -> Iterator[str]:
    """Yield the lines of a file, decompressed if its name ends in .xz."""
    with (
        lzma.open(path, "rt", encoding="utf-8")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8") as lines
    ):
        yield from lines


@dataclass
class Sentence:
    """One treebank sentence."""

    id: str
    document: str
    words: list[str]
    lemmas: list[str]
    upos: list[str]
    xpos: list[str]
    heads: list[int]
    relations: list[str]


@cache
def read_conllu(path: Path) -> list[Sentence]:
    """Return the sentences of a CoNLL-U file; heads count from 0, -1 is the root."""
    return list(_conllu(path))


def _conllu(path: Path) -> Iterator[Sentence]:
    document = sentence_id = ""
    rows: list[list[str]] = []
    for line in open_text(path):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            document = line.split(" = ", 1)[1]
        elif line.startswith("# sent_id = "):
            sentence_id = line.split(" = ", 1)[1]
        elif not line:
            if rows:
                yield Sentence(
                    sentence_id,
                    document,
                    [row[1] for row in rows],
                    [row[2] for row in rows],
                    [row[3] for row in rows],
                    [row[4] for row in rows],
                    [int(row[6]) - 1 for row in rows],
                    [row[7] for row in rows],
                )
            rows = []
        elif line[0] != "#":
            row = line.split("\t")
            if row[0].isdigit():
                rows.append(row)


@cache
def read_iob2(path: Path) -> list[tuple[list[str], list[str]]]:
    """Return (words, BIO labels) a sentence."""
    return list(_iob2(path))


def _iob2(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    words: list[str] = []
    labels: list[str] = []
    for line in open_text(path):
        line = line.rstrip("\n")
        if not line:
            if words:
                yield words, labels
            words, labels = [], []
            continue
        word, label = line.split("\t")[:2]
        words.append(word)
        labels.append(label)
    if words:
        yield words, labels


def _index(table: list[str], value: str, otherwise: int = IGNORED) -> int:
    try:
        return table.index(value)
    except ValueError:
        return otherwise


def relation_label(relation: str) -> int:
    """Return the label of a relation; a subtype that is not kept falls back to its main type."""
    if relation in RELATIONS:
        return RELATIONS.index(relation)
    return RELATIONS.index(relation.split(":")[0])


def bio(tables: list[str], spans: list[tuple[str, int, int]], length: int) -> list[int]:
    """Return BIO labels: 0 outside, 1 + 2k begins and 2 + 2k goes on with ``tables[k]``.

    Spans are (label, first, last inclusive); where two overlap the first one given keeps its words.
    """
    labels = [0] * length
    for name, first, last in spans:
        if name not in tables or any(labels[first : last + 1]):
            continue
        base = 1 + 2 * tables.index(name)
        labels[first] = base
        for word in range(first + 1, last + 1):
            labels[word] = base + 1
    return labels


@cache
def read_roles(path: Path) -> dict[str, list[tuple[int, list[tuple[str, int, int]]]]]:
    """Return PropBank predicates by sentence id: (word, [(role, first, last inclusive)])."""
    found = {}
    for line in open_text(path):
        record = json.loads(line)
        found[record["sentence"]] = [
            (p["word"], [(_role(role), first, end - 1) for role, first, end in p["arguments"]])
            for p in record["predicates"]
        ]
    return found


def _role(role: str) -> str:
    return role.replace("ARGM-", "") if role.startswith("ARGM-") else role


def treebank_windows(
    path: Path,
    roles: Path | None,
    *,
    generator: random.Random,
    longest: int = 110,
    links: "Links | None" = None,
) -> list[Window]:
    """Return windows of consecutive sentences of one document, of random length up to ``longest`` words.

    Args:
        longest: 0 gives a window to each sentence, as the parse is read at run time.
        links: Names and coreference of the same words, if there are any.
    """
    predicates = read_roles(roles) if roles else None
    windows: list[Window] = []
    current: list[Sentence] = []
    limit = generator.randint(15, longest) if longest else 0

    def flush() -> None:
        nonlocal limit
        if current:
            windows.append(_treebank_window(current, predicates))
            if links:
                links.label(windows[-1], current)
        current.clear()
        limit = generator.randint(15, longest) if longest else 0

    for sentence in read_conllu(path):
        size = sum(len(s.words) for s in current)
        if current and (current[0].document != sentence.document or size + len(sentence.words) > limit):
            flush()
        current.append(sentence)
    flush()
    return windows


def _treebank_window(sentences: list[Sentence], predicates: dict | None) -> Window:
    window = Window([], [])
    for number, sentence in enumerate(sentences):
        base = len(window.words)
        window.words += sentence.words
        window.sentences += [number] * len(sentence.words)
        window.upos += [_index(UPOS, tag) for tag in sentence.upos]
        window.xpos += [_index(XPOS, tag) for tag in sentence.xpos]
        window.heads += [base + (i if head < 0 else head) for i, head in enumerate(sentence.heads)]
        window.relations += [relation_label(relation) for relation in sentence.relations]
    if predicates is not None:
        window.predicate_flags = [IGNORED] * len(window.words)
        base = 0
        for sentence in sentences:
            known = predicates.get(sentence.id)
            if known is not None:
                for i in range(len(sentence.words)):
                    window.predicate_flags[base + i] = 0
                for word, arguments in known:
                    window.predicate_flags[base + word] = 1
                    spans = [(r, base + first, base + last) for r, first, last in arguments]
                    labels = [IGNORED] * len(window.words)
                    inside = bio(PROPBANK_ROLES, spans, len(window.words))
                    labels[base : base + len(sentence.words)] = inside[base : base + len(sentence.words)]
                    window.propbank.append(Predicate(base + word, labels))
            base += len(sentence.words)
    return window


PRONOUNS = frozenset("he she they it we i him her them us me himself herself themselves itself".split())
POSSESSIVES = frozenset("his her their its our my".split())


class Links:
    """Names and coreference of the words of a treebank.

    Args:
        names: BIO file of the same words in the same order, if there is one.
        entities: JSON lines of documents with ``sentences`` and ``mentions`` ("sentence", "start", "end",
            "entity").
        treebank: The CoNLL-U file.
    """

    def __init__(self, names: Path | None, entities: Path, treebank: Path) -> None:
        labels = [_name_label(label) for _, row in read_iob2(names) for label in row] if names else []
        self._names: dict[str, list[int]] = {}
        at = 0
        words: dict[str, list[str]] = {}
        self._first: dict[str, int] = {}
        for sentence in read_conllu(treebank):
            self._names[sentence.id] = labels[at : at + len(sentence.words)]
            at += len(sentence.words)
            own = words.setdefault(sentence.document, [])
            self._first[sentence.id] = len(own)
            own += sentence.words
        assert names is None or at == len(labels), "names and treebank have not the same words"
        self._mentions: dict[str, list[tuple[int, int, str]]] = {}
        for line in open_text(entities):
            record = json.loads(line)
            starts = [0]
            for row in record["sentences"]:
                starts.append(starts[-1] + len(row))
            if words.get(record["document"]) == [w for row in record["sentences"] for w in row]:
                self._mentions[record["document"]] = [
                    (starts[m["sentence"]] + m["start"], starts[m["sentence"]] + m["end"], m["entity"])
                    for m in record["mentions"]
                ]

    def label(self, window: Window, sentences: list[Sentence]) -> None:
        """Add the names of a window's words, and for each mention's head the earlier heads of its entity."""
        window.names = [label for s in sentences for label in self._names[s.id]]
        mentions = self._mentions.get(sentences[0].document)
        if mentions is None:
            return
        first = self._first[sentences[0].id]
        known: dict[str, list[int]] = {}
        heads: dict[int, str] = {}
        for start, end, entity in sorted(mentions, key=lambda m: (m[0], -m[1])):
            if first <= start and end <= first + len(window.words):
                inside = range(start - first, end - first)
                head = next(
                    (w for w in inside if window.heads[w] not in inside or window.heads[w] == w), None
                )
                if head is not None:
                    heads.setdefault(head, entity)
        for head, entity in sorted(heads.items()):
            before = known.setdefault(entity, [])
            window.antecedents.append((head, list(before) or [head]))
            before.append(head)
        for number, word in enumerate(window.words):
            if number not in heads and word.lower() in PRONOUNS | POSSESSIVES:
                window.antecedents.append((number, [number]))


def frame_windows(path: Path, share: float, *, generator: random.Random) -> list[Window]:
    """Return a share of PropBank's frame examples, one sentence a window."""
    windows = []
    for line in open_text(path):
        if generator.random() > share:
            continue
        record = json.loads(line)
        words = record["words"]
        if not 4 <= len(words) <= 90:
            continue
        window = Window(words, [0] * len(words))
        for predicate in record["predicates"]:
            spans = [(_role(role), first, end - 1) for role, first, end in predicate["arguments"]]
            window.propbank.append(Predicate(predicate["word"], bio(PROPBANK_ROLES, spans, len(words))))
        windows.append(window)
    return windows


def name_windows(path: Path, *, generator: random.Random, longest: int = 90) -> list[Window]:
    """Return windows of consecutive sentences with BIO name labels."""
    windows: list[Window] = []
    current = Window([], [])
    limit = generator.randint(10, longest)
    number = 0
    for words, labels in read_iob2(path):
        if current.words and len(current.words) + len(words) > limit:
            windows.append(current)
            current, number, limit = Window([], []), 0, generator.randint(10, longest)
        current.words += words
        current.sentences += [number] * len(words)
        current.names += [_name_label(label) for label in labels]
        number += 1
    if current.words:
        windows.append(current)
    return windows


def _name_label(label: str) -> int:
    if label == "O":
        return 0
    mark, kind = label.split("-", 1)
    return 1 + 2 * KINDS.index(kind) + (mark == "I")
