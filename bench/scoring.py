"""Figures of coded articles against gold: what was found, typed, attributed, dated, placed and linked.

Gold is JSON lines as in ``bench/gold/corpus.jsonl``; what is said has the shape of ``diurna code``.
Every figure is a percentage.
"""

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Json = dict[str, Any]
Figures = dict[str, float]


def f1(hit: float, said: float, gold: float) -> tuple[float, float, float]:
    """Return precision, recall and F1 in percent."""
    precision = hit / said if said else 0.0
    recall = hit / gold if gold else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return 100 * precision, 100 * recall, 100 * both


def align(gold: Sequence[Json], said: Sequence[Json]) -> list[tuple[int, int]]:
    """Return one-to-one pairs of mentions of one sentence that share type or trigger, the likest first."""
    ranked = []
    for i, want in enumerate(gold):
        for j, got in enumerate(said):
            if not _overlap(want["sentence"], got["sentence"]):
                continue
            same, touch = want["type"] == got["type"], _overlap(want["trigger"], got["trigger"])
            if same or touch:
                sides = sum(len(_codes(want, s) & _codes(got, s)) for s in ("initiators", "recipients"))
                ranked.append((4 * same + 3 * touch + min(sides, 2), -i, -j))
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(ranked, reverse=True):
        if all(-i != a and -j != b for a, b in pairs):
            pairs.append((-i, -j))
    return pairs


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _codes(mention: Json, side: str) -> set[str]:
    return {who.get("country") or who.get("international") or "?" for who in mention[side]}


def _days(value: str | None) -> tuple[str, str] | None:
    """Return first and last ISO day of a gold day: a day, ``first/last``, a month or a year."""
    if not value:
        return None
    if "/" in value:
        first, last = value.split("/")
        return first, last
    if len(value) == 10:
        return value, value
    if len(value) == 7:
        year, month = map(int, value.split("-"))
        return f"{value}-01", f"{value}-{calendar.monthrange(year, month)[1]}"
    return f"{value}-01-01", f"{value}-12-31"


def count(gold: Json, said: Json | None) -> Counter[str]:
    """Return what of one article was found and right: the sums that ``figures`` divides."""
    n: Counter[str] = Counter()
    want, got = gold["mentions"], (said or {"mentions": []})["mentions"]
    n["gold"], n["said"] = len(want), len(got)
    n["silent"], n["silent kept"] = int(not want), int(not want and not got)
    for mention in want:
        n[f"gold {mention['type']}"] += 1
    for mention in got:
        n[f"said {mention['type']}"] += 1
    for i, j in align(want, got):
        _compare(want[i], got[j], said or {}, n)
    return n


def _compare(want: Json, got: Json, article: Json, n: Counter[str]) -> None:
    n["found"] += 1
    if want["type"] != got["type"]:
        return
    n["typed"] += 1
    n[f"typed {want['type']}"] += 1
    right = True
    for side in ("initiators", "recipients"):
        a, b = _codes(want, side), _codes(got, side)
        if want["reciprocal"] or got.get("reciprocal"):
            a, b = (_codes(m, "initiators") | _codes(m, "recipients") for m in (want, got))
        n[f"{side} hit"] += len(a & b)
        n[f"{side} said"] += len(b)
        n[f"{side} gold"] += len(a)
        right &= a == b
    x, y = (
        {s for side in ("initiators", "recipients") for p in m[side] for s in p["sectors"]}
        for m in (want, got)
    )
    n["sectors hit"] += len(x & y)
    n["sectors said"] += len(y)
    n["sectors gold"] += len(x)
    n["mode"] += (want["mode"] or None) == (got["mode"] or None)
    modal = want["modality"] == got["modality"]
    n["modal"] += modal
    n["whole"] += right and modal
    days = _days(want["day"])
    if days:
        n["dated"] += 1
        day = got.get("day") or {}
        n["day"] += (day.get("first"), day.get("last")) == days
    if want.get("place"):
        n["placed"] += 1
        place = got.get("place") or {}
        words = next(
            (p["text"] for p in article.get("places", ()) if p["geonames_id"] == place.get("geonames_id")), ""
        )
        n["place"] += bool(words) and (words in want["place"] or want["place"] in words)


def figures(sums: Mapping[str, float]) -> Figures:
    """Return the figures of summed counts."""
    out: Figures = {}
    for name in ("found", "typed", "whole"):
        for letter, value in zip(
            "PR", f1(sums.get(name, 0), sums.get("said", 0), sums.get("gold", 0)), strict=False
        ):
            out[f"{name} {letter}"] = value
        out[f"{name} F1"] = f1(sums.get(name, 0), sums.get("said", 0), sums.get("gold", 0))[2]
    for side in ("initiators", "recipients", "sectors"):
        out[f"{side} F1"] = f1(*(sums.get(f"{side} {k}", 0) for k in ("hit", "said", "gold")))[2]
    for name, of in (("mode", "typed"), ("modal", "typed"), ("day", "dated"), ("place", "placed")):
        out[f"{name} right"] = 100 * sums.get(name, 0) / max(1, sums.get(of, 0))
    out["silent kept"] = 100 * sums.get("silent kept", 0) / max(1, sums.get("silent", 0))
    return out


def by_type(sums: Mapping[str, float], types: Iterable[str]) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 of each type."""
    return {t: f1(*(sums.get(f"{k} {t}", 0) for k in ("typed", "said", "gold"))) for t in types}


def linking(gold: Sequence[Json], said: Mapping[str, Json], event_of: Mapping[str, str]) -> Figures:
    """Return B-cubed figures of events over the mentions that were found with the right type.

    Args:
        event_of: Said mention's id → the event that the store put it into.
    """
    keys: list[tuple[str, str]] = []
    for article in gold:
        got = said.get(article["id"], {"mentions": []})["mentions"]
        for i, j in align(article["mentions"], got):
            want, found = article["mentions"][i], got[j]
            if want["type"] == found["type"] and want.get("event") and found["id"] in event_of:
                keys.append((want["event"], event_of[found["id"]]))
    return bcubed(keys)


def bcubed(keys: Sequence[tuple[str, str]]) -> Figures:
    """Return B-cubed precision, recall and F1 of (gold cluster, said cluster) pairs."""
    by_gold: dict[str, Counter[str]] = defaultdict(Counter)
    by_said: dict[str, Counter[str]] = defaultdict(Counter)
    for gold, said in keys:
        by_gold[gold][said] += 1
        by_said[said][gold] += 1
    if not keys:
        return {"linking P": 0.0, "linking R": 0.0, "linking F1": 0.0}
    precision = sum(by_said[s][g] / by_said[s].total() for g, s in keys) / len(keys)
    recall = sum(by_gold[g][s] / by_gold[g].total() for g, s in keys) / len(keys)
    both = 2 * precision * recall / (precision + recall)
    return {"linking P": 100 * precision, "linking R": 100 * recall, "linking F1": 100 * both}


def reliability(
    pairs: Sequence[tuple[float, bool]], *, bins: int = 10
) -> tuple[float, list[tuple[float, float, int]]]:
    """Return the expected calibration error in [0, 1] and (mean score, share right, number) of each bin."""
    filled: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, right in pairs:
        filled[min(bins - 1, int(score * bins))].append((score, right))
    curve = []
    error = 0.0
    for number in sorted(filled):
        inside = filled[number]
        mean = sum(score for score, _ in inside) / len(inside)
        share = sum(right for _, right in inside) / len(inside)
        curve.append((mean, share, len(inside)))
        error += abs(mean - share) * len(inside) / max(1, len(pairs))
    return error, curve
