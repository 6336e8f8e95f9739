"""Scores become trees and spans."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.language.decode import bio_spans, tree


def is_tree(heads: list[int]) -> bool:
    if heads.count(-1) != 1:
        return False
    for word in range(len(heads)):
        seen = set()
        while word != -1:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word]
    return True


@given(st.integers(1, 40), st.integers(0, 10_000))
@settings(max_examples=60)
def test_heads_always_form_a_tree_with_one_root(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    assert is_tree(tree(scores).tolist())


@given(st.integers(0, 10_000))
@settings(max_examples=40)
def test_the_tree_is_the_best_of_all_small_trees(seed: int) -> None:
    # Three words: the three likeliest roots are all there are, so the answer is exact.
    scores = np.random.default_rng(seed).normal(size=(3, 3)).astype(np.float32)

    def total(heads: list[int]) -> float:
        return sum(float(scores[i, i if head < 0 else head]) for i, head in enumerate(heads))

    every = [list(c) for c in itertools.product((-1, 0, 1, 2), repeat=3)]
    best = max(total(h) for h in every if all(i != x for i, x in enumerate(h)) and is_tree(h))
    assert abs(total(tree(scores).tolist()) - best) < 1e-5


def test_spans_of_labels() -> None:
    #                          O  B0 I0 B0 O  I1 I1 B1
    labels = np.array([0, 1, 2, 1, 0, 4, 4, 3])
    assert bio_spans(labels) == [(0, 1, 2), (0, 3, 3), (1, 5, 6), (1, 7, 7)]
