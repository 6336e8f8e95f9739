"""Windows → batches of tensors of about equal cost."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import torch
from tokenizers import Tokenizer
from torch import Tensor

from ingest.language.heads import SECTORS, shape_of
from training.data import IGNORED, Predicate, Window

LONGEST = 384
"""Pieces a window may have, the two marks included; words beyond are cut."""


class Pieces:
    """Words → word pieces, each word by itself, remembered."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}
        self.begin = tokenizer.token_to_id("[CLS]")
        self.end = tokenizer.token_to_id("[SEP]")
        self.unknown = tokenizer.token_to_id("[UNK]")
        self.mask = tokenizer.token_to_id("[MASK]")

    def of(self, word: str) -> list[int]:
        known = self._known.get(word)
        if known is None:
            known = self._tokenizer.encode(word, add_special_tokens=False).ids[:8] or [self.unknown]
            self._known[word] = known
        return known


@dataclass
class Predicates:
    """Predicates or event triggers of a batch, one a row.

    Attributes:
        rows, words: (n) window and word of each.
        roles: (n, words) BIO labels, ``IGNORED`` beyond the window.
        mode, modality, reciprocal: (n) labels of event triggers.
        participant_rows: (m) window of each participant.
        participants: (m, words) share of each word in the participant.
        sectors: (m, sectors) 1 where the participant has the sector.
    """

    rows: Tensor
    words: Tensor
    roles: Tensor
    mode: Tensor
    modality: Tensor
    reciprocal: Tensor
    participant_rows: Tensor
    participants: Tensor
    sectors: Tensor


@dataclass
class Batch:
    """Tensors of some windows.

    Attributes:
        pieces, shapes: (windows, pieces); 0 is padding.
        pool: (windows, words, pieces) share of each piece in a word.
        sentences: (windows, words) number of the sentence, -1 is padding.
        labels: By task of one label a word, (windows, words), ``IGNORED`` where a word teaches nothing; a
            task that no window teaches is not there.
        antecedents: (n) windows, (n) words, (n, words) whether a word is a right antecedent.
        propbank, events: What is labelled per predicate.
    """

    pieces: Tensor
    shapes: Tensor
    pool: Tensor
    sentences: Tensor
    labels: dict[str, Tensor]
    antecedents: tuple[Tensor, Tensor, Tensor] | None
    propbank: Predicates | None
    events: Predicates | None

    def to(self, device: torch.device) -> "Batch":
        """Return the same on a device."""
        return Batch(**{f.name: _moved(getattr(self, f.name), device) for f in fields(self)})


def _moved(value, device):
    if isinstance(value, Tensor):
        return value.to(device, non_blocking=True)
    if isinstance(value, dict):
        return {name: _moved(own, device) for name, own in value.items()}
    if isinstance(value, tuple):
        return tuple(_moved(own, device) for own in value)
    if isinstance(value, Predicates):
        return Predicates(**{f.name: _moved(getattr(value, f.name), device) for f in fields(value)})
    return value


TASKS = ("upos", "xpos", "heads", "relations", "names", "triggers", "predicate_flags")
"""Tasks with one label a word, by the name of the field of ``Window``."""


def _labels(windows: list[Window], words: int) -> dict[str, Tensor]:
    labels = {}
    for task in TASKS:
        rows = [getattr(window, task) for window in windows]
        if any(rows):
            filled = torch.full((len(windows), words), IGNORED)
            for row, values in enumerate(rows):
                if values:
                    filled[row, : len(values)] = torch.tensor(values)
            labels[task] = filled
    return labels


def _antecedents(windows: list[Window], words: int) -> tuple[Tensor, Tensor, Tensor] | None:
    known = [(row, word, right) for row, w in enumerate(windows) for word, right in w.antecedents]
    if not known:
        return None
    mask = torch.zeros(len(known), words, dtype=torch.bool)
    for number, (_, _, right) in enumerate(known):
        mask[number, right] = True
    return torch.tensor([k[0] for k in known]), torch.tensor([k[1] for k in known]), mask


def _predicates(found: list[list[Predicate]], words: int, most: int) -> Predicates | None:
    """Return the predicates of each window, at most ``most`` a window."""
    kept = [
        (row, predicate)
        for row, own in enumerate(found)
        for predicate in (random.sample(own, most) if len(own) > most else own)
    ]
    if not kept:
        return None
    roles = torch.full((len(kept), words), IGNORED)
    for number, (_, predicate) in enumerate(kept):
        roles[number, : len(predicate.roles)] = torch.tensor(predicate.roles)
    people = [(row, span) for row, predicate in kept for span in predicate.spans]
    shares = torch.zeros(len(people), words)
    sectors = torch.zeros(len(people), len(SECTORS))
    for number, (_, (first, last, own)) in enumerate(people):
        shares[number, first : last + 1] = 1 / (last + 1 - first)
        sectors[number, own] = 1.0
    return Predicates(
        torch.tensor([row for row, _ in kept]),
        torch.tensor([p.word for _, p in kept]),
        roles,
        torch.tensor([p.mode for _, p in kept]),
        torch.tensor([p.modality for _, p in kept]),
        torch.tensor([p.reciprocal for _, p in kept]),
        torch.tensor([row for row, _ in people], dtype=torch.long),
        shares,
        sectors,
    )


def cut(window: Window, pieces: Pieces) -> Window:
    """Return the window, cut where its pieces exceed ``LONGEST``."""
    total = 2
    for number, word in enumerate(window.words):
        total += len(pieces.of(word))
        if total > LONGEST:
            keep = number
            break
    else:
        return window
    # Heads that point beyond the cut teach nothing.
    return Window(
        window.words[:keep],
        window.sentences[:keep],
        window.upos[:keep],
        window.xpos[:keep],
        [h if h < keep else IGNORED for h in window.heads[:keep]],
        [
            r if h < keep else IGNORED
            for h, r in zip(window.heads[:keep], window.relations[:keep], strict=True)
        ],
        window.names[:keep],
        window.triggers[:keep],
        window.predicate_flags[:keep],
        [_cut_roles(p, keep) for p in window.propbank if p.word < keep],
        [_cut_roles(p, keep) for p in window.events if p.word < keep],
        [(word, right) for word, right in window.antecedents if word < keep],
    )


def _cut_roles(predicate, keep):
    predicate.roles = predicate.roles[:keep]
    predicate.spans = [s for s in predicate.spans if s[1] < keep]
    return predicate


def collate(
    windows: list[Window],
    pieces: Pieces,
    *,
    masked: float = 0.0,
    most_propbank: int = 8,
    most_events: int = 12,
) -> Batch:
    """Return the tensors of some windows; ``masked`` of the pieces of event windows are hidden."""
    rows = []
    for window in windows:
        ids, owners = [pieces.begin], [-1]
        for number, word in enumerate(window.words):
            own = pieces.of(word)
            ids += own
            owners += [number] * len(own)
        ids.append(pieces.end)
        owners.append(-1)
        rows.append((ids, owners))
    length = max(len(ids) for ids, _ in rows)
    words = max(len(w.words) for w in windows)
    tensor = torch.zeros(len(rows), length, dtype=torch.long)
    shapes = torch.zeros(len(rows), length, dtype=torch.long)
    pool = torch.zeros(len(rows), words, length)
    sentences = torch.full((len(rows), words), -1)
    for row, ((ids, owners), window) in enumerate(zip(rows, windows, strict=True)):
        tensor[row, : len(ids)] = torch.tensor(ids)
        if masked and window.triggers:
            hidden = torch.rand(len(ids)) < masked
            hidden[0] = hidden[-1] = False
            tensor[row, : len(ids)][hidden] = pieces.mask
        form = [shape_of(word) for word in window.words]
        shapes[row, : len(ids)] = torch.tensor([form[o] if o >= 0 else 0 for o in owners])
        owner = torch.tensor(owners)
        inside = (owner >= 0).nonzero()[:, 0]
        pool[row, owner[inside], inside] = 1.0
        sentences[row, : len(window.sentences)] = torch.tensor(window.sentences)
    pool /= pool.sum(-1, keepdim=True).clamp(min=1)
    return Batch(
        tensor,
        shapes,
        pool,
        sentences,
        _labels(windows, words),
        _antecedents(windows, words),
        _predicates([w.propbank for w in windows], words, most_propbank),
        _predicates([w.events for w in windows], words, most_events),
    )


def batches(
    windows: Sequence[Window], pieces: Pieces, *, size: int, generator: random.Random
) -> Iterator[list[Window]]:
    """Yield lists of windows of like length, about ``size`` pieces each, in random order."""
    measured = [(sum(len(pieces.of(w)) for w in window.words) + 2, window) for window in windows]
    measured.sort(key=lambda pair: pair[0] + generator.random() * 12)
    groups: list[list[Window]] = []
    current: list[Window] = []
    longest = 0
    for length, window in measured:
        longest = max(longest, length)
        if current and longest * (len(current) + 1) > size:
            groups.append(current)
            current, longest = [], length
        current.append(window)
    if current:
        groups.append(current)
    generator.shuffle(groups)
    yield from groups
