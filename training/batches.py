"""Windows → batches of tensors of about equal cost."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from ingest.language.heads import SECTORS, shape_of
from training.data import IGNORED, Window

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
class Batch:
    """Tensors of some windows, and which tasks they teach."""

    windows: list[Window]
    pieces: Tensor
    shapes: Tensor
    pool: Tensor
    sentences: Tensor

    def labels(self, task: str) -> Tensor:
        """Labels (batch, words) of a task, ``IGNORED`` where a window has none."""
        filled = torch.full(self.sentences.shape, IGNORED)
        for row, window in enumerate(self.windows):
            values = getattr(window, task)
            if values:
                filled[row, : len(values)] = torch.tensor(values)
        return filled

    def antecedents(self) -> tuple[Tensor, Tensor, Tensor]:
        """(rows, words, right antecedents (n, words) as booleans) of all words that have coreference."""
        known = [(row, word, right) for row, w in enumerate(self.windows) for word, right in w.antecedents]
        mask = torch.zeros(len(known), self.sentences.shape[1], dtype=torch.bool)
        for number, (_, _, right) in enumerate(known):
            mask[number, right] = True
        return torch.tensor([k[0] for k in known]), torch.tensor([k[1] for k in known]), mask

    def predicates(self, task: str, most: int) -> tuple[Tensor, Tensor, Tensor, list]:
        """(row, word, roles (n, words), the predicates), at most ``most`` a window."""
        rows, words, found = [], [], []
        for row, window in enumerate(self.windows):
            chosen = getattr(window, task)
            if len(chosen) > most:
                chosen = random.sample(chosen, most)
            for predicate in chosen:
                rows.append(row)
                words.append(predicate.word)
                found.append(predicate)
        roles = torch.full((len(found), self.sentences.shape[1]), IGNORED)
        for number, predicate in enumerate(found):
            roles[number, : len(predicate.roles)] = torch.tensor(predicate.roles)
        return torch.tensor(rows, dtype=torch.long), torch.tensor(words, dtype=torch.long), roles, found


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


def collate(windows: list[Window], pieces: Pieces, *, masked: float = 0.0) -> Batch:
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
    return Batch(windows, tensor, shapes, pool, sentences)


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


def sector_targets(found: list, row_of: Tensor) -> tuple[list[tuple[int, int, int]], Tensor]:
    """((row, first, last) of every participant, targets (n, sectors))."""
    spans, targets = [], []
    for predicate, row in zip(found, row_of.tolist(), strict=True):
        for first, last, sectors in predicate.spans:
            target = [0.0] * len(SECTORS)
            for sector in sectors:
                target[sector] = 1.0
            spans.append((row, first, last))
            targets.append(target)
    return spans, torch.tensor(targets)
