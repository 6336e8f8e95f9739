"""Logistic regression by Newton's method: small, exact, and drawn towards a prior where data is thin."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def fit(
    features: Floats,
    right: Floats,
    strength: Floats,
    *,
    prior: Floats | None = None,
    share: Floats | None = None,
) -> Floats:
    """Return the weights that make ``right`` likeliest, less what they cost away from the prior.

    Args:
        features: (examples, features).
        right: (examples,) of 0 and 1.
        strength: (features,) how much a weight costs: half of it times the squared distance from the prior.
        prior: (features,) what weights are without data; 0 if not given.
        share: (examples,) how much an example counts; 1 if not given.
    """
    middle = np.zeros(features.shape[1]) if prior is None else prior
    counts = np.ones(len(right)) if share is None else share
    weights = middle.copy()
    for _ in range(100):
        likely = chances(features, weights)
        slope = features.T @ (counts * (right - likely)) - strength * (weights - middle)
        bend = (features * (counts * likely * (1 - likely))[:, None]).T @ features + np.diag(strength)
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < 1e-7:
            break
    return weights


def matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Floats:
    """Return (examples, features); the first name stands for a column of ones."""
    table = [[1.0, *(row.get(name, 0.0) for name in names[1:])] for row in rows]
    return np.array(table, dtype=np.float64).reshape(len(rows), len(names))


def chances(features: Floats, weights: Floats) -> Floats:
    """Return (examples,) how likely each is right."""
    return np.asarray(1 / (1 + np.exp(-features @ weights)))


def write_weights(path: Path, names: Sequence[str], weights: Floats, *, digits: int) -> None:
    """Write the table of weights that the coders read."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows((name, f"{weight:.{digits}f}") for name, weight in zip(names, weights, strict=True))
