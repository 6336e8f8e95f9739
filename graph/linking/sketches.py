"""Many sketches at once: which texts can be copies of which, without reading any of them.

What ``graph.linking.copies`` says of two texts, for thousands against hundreds of thousands: a store that
takes articles in one batch after the other would else ask for the same stock phrases again and again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.linking.copies import fewest_shared

_GONE = -1


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is known of a text before it is read.

    Attributes:
        id: The article's.
        sample: Its sampled shingles (``copies.sketch``), each in [0, 2³²).
    """

    id: str
    sample: Sequence[int]


class Sketches:
    """Sketches of articles, to be asked for many at a time.

    The pairs (shingle, article) lie in runs sorted by shingle, each more than twice as long as the next: 8
    bytes a pair, some 150 an article beside its id.
    """

    def __init__(self, held: Iterable[Sketch] = ()) -> None:
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}
        self._fewest: NDArray[np.int64] = np.zeros(0, np.int64)
        self._runs: list[tuple[NDArray[np.uint32], NDArray[np.uint32]]] = []
        self.put(list(held))

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, id: object) -> bool:
        return id in self._numbers

    def put(self, sketches: Sequence[Sketch]) -> None:
        """Hold more articles; one that is held already is replaced."""
        if not sketches:
            return
        self.drop(one.id for one in sketches)
        first = len(self._ids)
        self._ids.extend(one.id for one in sketches)
        self._numbers.update((one.id, first + number) for number, one in enumerate(sketches))
        self._fewest = np.concatenate([self._fewest, _fewest(sketches)])
        shingles, owners = _pairs(sketches)
        self._add(shingles, (owners + first).astype(np.uint32))

    def drop(self, ids: Iterable[str]) -> None:
        """Hold articles no longer; those that are not held are passed over."""
        for id in ids:
            number = self._numbers.pop(id, None)
            if number is not None:
                self._fewest[number] = _GONE

    def near(self, asked: Sequence[Sketch]) -> list[tuple[str, str]]:
        """Return the pairs (held, asked) that share enough to be worth comparing; none with itself."""
        if not asked:
            return []
        shingles, owners = _pairs(asked)
        keys = [np.zeros(0, np.int64)]
        for run, articles in self._runs:
            first = np.searchsorted(run, shingles, "left")
            counts = np.searchsorted(run, shingles, "right") - first
            found = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
            keys.append((np.repeat(owners, counts) << 32) | articles[found])
        pairs, shared = np.unique(np.concatenate(keys), return_counts=True)
        left, right = pairs & 0xFFFFFFFF, pairs >> 32
        enough = shared >= np.minimum(self._fewest[left], _fewest(asked)[right])
        enough &= self._fewest[left] != _GONE
        found_pairs = zip(left[enough].tolist(), right[enough].tolist(), strict=True)
        named = ((self._ids[one], asked[other].id) for one, other in found_pairs)
        return [(one, other) for one, other in named if one != other]

    def _add(self, shingles: NDArray[np.uint32], articles: NDArray[np.uint32]) -> None:
        while self._runs and len(self._runs[-1][0]) <= 2 * len(shingles):
            before, owners = self._runs.pop()
            shingles = np.concatenate([before, shingles])
            articles = np.concatenate([owners, articles])
        order = np.argsort(shingles, kind="stable")
        self._runs.append((shingles[order], articles[order]))


def _fewest(sketches: Sequence[Sketch]) -> NDArray[np.int64]:
    return np.array([fewest_shared(len(one.sample)) for one in sketches], np.int64)


def _pairs(sketches: Sequence[Sketch]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return all shingles and the position of the sketch that each is of."""
    counts = [len(one.sample) for one in sketches]
    shingles = np.fromiter((s for one in sketches for s in one.sample), np.uint32, sum(counts))
    return shingles, np.repeat(np.arange(len(sketches), dtype=np.int64), counts)
