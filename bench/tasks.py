"""Figures of the tasks other than mentions: single sentences, marked pairs, actors, places, times.

Each function takes gold records and what was said of them (the shapes of ``diurna code`` and
``diurna actor``) and returns percentages.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bench.scoring import Figures, f1

Json = dict[str, Any]
Said = Mapping[str, Json]

NEAR = 161.0
"""Kilometres (100 miles) within which a place counts as found: the customary bound of toponym resolution."""

_EARTH = 6371.0
_MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""Types that the fifteen-type sets do not tell apart."""


def _three(name: str, hit: float, said: float, gold: float) -> Figures:
    return {
        f"{name} {letter}": value for letter, value in zip(("P", "R", "F1"), f1(hit, said, gold), strict=True)
    }


def _code(actor: Json) -> str | None:
    return actor.get("country") or actor.get("international") or None


def _triples(
    kind: str, sources: Sequence[str | None], targets: Sequence[str | None], *, reciprocal: bool
) -> set[tuple[str | None, str, str | None]]:
    """Return (initiator, type, recipient); what both sides do to each other counts each way."""
    if reciprocal and not targets:
        targets = sources
    found = {(a, kind, b) for a in sources or [None] for b in targets or [None]}
    if reciprocal:
        found = {t for a, k, b in found if a != b for t in ((a, k, b), (b, k, a))}
    return found


def events(gold: Sequence[Json], said: Said) -> Figures:
    """Single sentences: (initiator, type, recipient) triples, and types alone."""
    n: Counter[str] = Counter()
    for record in gold:
        want, got = set(), set()
        for event in record["events"]:
            sides = [[a["code_norm"] for a in event[side]] for side in ("sources", "targets")]
            want |= _triples(event["event"], *sides, reciprocal=event["reciprocal"])
        mentions = said.get(record["id"], {}).get("mentions", [])
        for mention in mentions:
            sides = [[_code(a) for a in mention[side]] for side in ("initiators", "recipients")]
            got |= _triples(mention["type"], *sides, reciprocal=mention.get("reciprocal", False))
        want_types, got_types = {e["event"] for e in record["events"]}, {m["type"] for m in mentions}
        for name, a, b in (("triple", want, got), ("type", want_types, got_types)):
            n.update({f"{name} hit": len(a & b), f"{name} gold": len(a), f"{name} said": len(b)})
    out: Figures = {}
    for name in ("triple", "type"):
        out |= _three(name, *(n[f"{name} {k}"] for k in ("hit", "said", "gold")))
    return out | {"triples said per 100 gold": 100 * n["triple said"] / max(1, n["triple gold"])}


def pairs(gold: Sequence[Json], said: Said) -> Figures:
    """What one marked actor does to another: the type of the mention that has both, or "none"."""

    def named(mention: Json, side: str, text: str) -> bool:
        own = [who["text"].lower() for who in mention[side] if who.get("text")]
        return any(text.lower() in other or other in text.lower() for other in own)

    answers = []
    for record in gold:
        ranked = []
        for mention in said.get(record["id"], {}).get("mentions", []):
            there = named(mention, "initiators", record["source"]) + named(
                mention, "recipients", record["target"]
            )
            back = named(mention, "recipients", record["source"]) + named(
                mention, "initiators", record["target"]
            )
            fit = max(there, back if mention.get("reciprocal") else 0)
            ranked.append((fit, mention.get("score", 0.0), mention["type"]))
        best = max(ranked)[2] if ranked else "none"
        answers.append((record["event15"], _MERGED.get(best, best)))
    labels = sorted({want for want, _ in answers})
    scores = []
    for label in labels:
        hit = sum(want == got == label for want, got in answers)
        scores.append(f1(hit, sum(g == label for _, g in answers), sum(w == label for w, _ in answers))[2])
    return {
        "macro F1": sum(scores) / len(scores),
        "accuracy": 100 * sum(want == got for want, got in answers) / len(answers),
        "nothing coded": 100 * sum(got == "none" for _, got in answers) / len(answers),
    }


def actors(gold: Sequence[Json], said: Said) -> Figures:
    """Actor phrases: country (or kind of international actor), sector, both."""
    n: Counter[str] = Counter()
    for record in gold:
        if record.get("not") or record.get("any_of"):
            continue
        want, got = record["gold"], said.get(record["id"], {})
        right = True
        if "country" in want:
            wanted = want["country"] or None
            fits = wanted in (_code(got), got.get("country")) or (
                wanted in ("UNO", "EUR") and got.get("international") == "IGO"
            )
            n.update({"country": 1, "country right": int(fits)})
            right &= fits
        if want.get("code1"):
            own = {*(got.get("sectors") or []), got.get("international")}
            fits = want["code1"] in own or (want["code1"] == "UNK" and not got.get("sectors"))
            n.update({"sector": 1, "sector right": int(fits)})
            right &= fits
        if want.get("result", "") is None:
            right &= not (got.get("sectors") or got.get("country") or got.get("international"))
        n.update({"all": 1, "all right": int(right)})
    return {f"{k} right": 100 * n[f"{k} right"] / max(1, n[k]) for k in ("all", "country", "sector")}


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two (latitude, longitude) in degrees along the great circle, in km."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (a, b))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * _EARTH * math.asin(math.sqrt(min(1.0, half)))


def places(gold: Sequence[Json], said: Said) -> Figures:
    """Place names: recognised, and resolved to within ``NEAR`` kilometres."""
    n: Counter[str] = Counter()
    for record in gold:
        want = [t for t in record["toponyms"] if t.get("lat") is not None and not t.get("offset_bad")]
        got = [p for p in said.get(record["id"], {}).get("places", []) if p.get("latitude") is not None]
        n.update({"gold": len(want), "said": len(got)})
        for name in want:
            found = next((p for p in got if p["start"] < name["end"] and name["start"] < p["end"]), None)
            if found is not None:
                point = float(found["latitude"]), float(found["longitude"])
                near = kilometres((float(name["lat"]), float(name["lon"])), point) <= NEAR
                n.update({"found": 1, "near": int(near)})
    return {
        "recognised P": 100 * n["found"] / max(1, n["said"]),
        "recognised R": 100 * n["found"] / max(1, n["gold"]),
        "end-to-end recall within 161 km": 100 * n["near"] / max(1, n["gold"]),
        "within 161 km where found": 100 * n["near"] / max(1, n["found"]),
    }


def times(gold: Sequence[Json], said: Said) -> Figures:
    """Time expressions: found, with the same ends, with the right TIMEX3 value."""
    n: Counter[str] = Counter()
    for record in gold:
        got = said.get(record["id"], {}).get("times", [])
        n.update({"gold": len(record["timex"]), "said": len(got)})
        for want in record["timex"]:
            found = next((t for t in got if t["start"] < want["end"] and want["start"] < t["end"]), None)
            if found is not None:
                same = (found["start"], found["end"]) == (want["start"], want["end"])
                value = found.get("value") == want["value"]
                n.update({"relaxed": 1, "strict": int(same), "value": int(value)})
    out: Figures = {}
    for name in ("relaxed", "strict", "value"):
        out |= _three(name, n[name], n["said"], n["gold"])
    return out


TASKS = {"events": events, "pairs": pairs, "actors": actors, "places": places, "times": times}
"""Task → what measures it."""
