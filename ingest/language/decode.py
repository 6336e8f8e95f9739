"""Scores → structures: a tree from arc scores, spans from BIO scores."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


def tree(scores: Floats) -> Integers:
    """Return the head of each word of one sentence: the best tree under the arc scores.

    Args:
        scores: (words, words), row dependent, column head; the diagonal is the score of being the root.

    Returns:
        (words,) positions; the root has -1. Greedy heads where they form a tree with one root, else the
        maximum spanning arborescence with one root (Chu-Liu/Edmonds).
    """
    heads = scores.argmax(axis=1)
    words = np.arange(len(scores))
    if int((heads == words).sum()) != 1 or _cycle(heads) is not None:
        heads = _one_root(scores)
    return np.where(heads == words, -1, heads)


def _one_root(scores: Floats) -> Integers:
    """Return the best arborescence over the few most likely roots; the root heads itself."""
    size = len(scores)
    diagonal = np.diag(scores)
    candidates = np.argsort(diagonal - _best_other(scores))[::-1][:3]
    best: Integers | None = None
    best_total = -np.inf
    for root in candidates:
        heads = _arborescence(scores, int(root))
        total = float(scores[np.arange(size), heads].sum())
        if total > best_total:
            best, best_total = heads, total
    assert best is not None
    return best


def _best_other(scores: Floats) -> Floats:
    off = scores.copy()
    np.fill_diagonal(off, -1e9)
    best: Floats = off.max(axis=1)
    return best


def _arborescence(scores: Floats, root: int) -> Integers:
    """Return heads of the maximum spanning arborescence from ``root`` (Chu-Liu/Edmonds, contracted)."""
    size = len(scores)
    weights = scores.astype(np.float64).copy()
    np.fill_diagonal(weights, -1e18)
    weights[root, :] = -1e18
    weights[root, root] = 0.0
    heads: Integers = weights.argmax(axis=1)
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(size, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    # Contract the cycle into one node, the last of the smaller problem.
    small = len(outside) + 1
    contracted = np.full((small, small), -1e18)
    contracted[:-1, :-1] = weights[np.ix_(outside, outside)]
    ring = np.array(cycle)
    kept = weights[ring, heads[ring]]
    entering = weights[np.ix_(ring, outside)] - kept[:, None]
    enter_at = entering.argmax(axis=0)
    contracted[-1, :-1] = entering.max(axis=0) + kept.sum()
    leaving = weights[np.ix_(outside, ring)]
    leave_from = leaving.argmax(axis=1)
    contracted[:-1, -1] = leaving.max(axis=1)
    small_root = int(np.flatnonzero(outside == root)[0])
    solved = _arborescence(contracted.astype(np.float64), small_root)
    result = heads.copy()
    for row, word in enumerate(outside):
        if word == root:
            result[word] = root
        else:
            head = int(solved[row])
            result[word] = ring[leave_from[row]] if head == small - 1 else outside[head]
    entry = int(solved[-1])
    result[ring[enter_at[entry]]] = outside[entry]
    return result


def _cycle(heads: Integers) -> list[int] | None:
    """Return the words of a cycle longer than one, or ``None``."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path: list[int] = []
        word = start
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            head = int(heads[word])
            if head == word:
                break
            word = head
        if state[word] == 1 and int(heads[word]) != word and word in path:
            return path[path.index(word) :]
        for passed in path:
            state[passed] = 2
    return None


def bio_spans(labels: Integers) -> list[tuple[int, int, int]]:
    """Return (kind, first, last inclusive) of the spans in BIO labels: 1 + 2k begins kind k, 2 + 2k goes on.

    A span may begin with the "goes on" label when nothing of its kind stands before it.
    """
    spans: list[tuple[int, int, int]] = []
    for position, label in enumerate(labels.tolist()):
        if label == 0:
            continue
        kind, goes_on = divmod(label - 1, 2)
        if goes_on and spans and spans[-1][0] == kind and spans[-1][2] == position - 1:
            spans[-1] = (kind, spans[-1][1], position)
        else:
            spans.append((kind, position, position))
    return spans


def softmax(scores: Floats) -> Floats:
    """Return probabilities over the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def tags(upos: Floats, xpos: Floats, together: Floats, unlike: Floats) -> tuple[Integers, Integers]:
    """Return the likeliest pair of tags of each word.

    Args:
        upos: (words, coarse tags) scores.
        xpos: (words, fine tags) scores.
        together: (coarse tags, fine tags), 0 where the two go together and a penalty where they do not.
        unlike: (words, fine tags), 0 where the word's form goes with the tag and a penalty where it does not.
    """
    coarse, fine = np.log(softmax(upos) + 1e-9), np.log(softmax(xpos) + 1e-9) + unlike
    pairs = coarse[:, :, None] + fine[:, None, :] + together[None]
    best = pairs.reshape(len(pairs), -1).argmax(axis=1)
    first, second = np.divmod(best, fine.shape[1])
    return first, second
