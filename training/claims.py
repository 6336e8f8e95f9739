"""What coders propose, beside gold: which of it is right."""

from collections.abc import Sequence
from typing import Any

from bench.scoring import align
from ingest.language.annotation import Sentence

Json = dict[str, Any]


def claim(sentence: Sentence, kind: str, trigger: Sequence[int]) -> Json:
    """Return a type told by some words of a sentence, as ``align`` takes it; nobody is named in it."""
    first, last = sentence.words[trigger[0]].span, sentence.words[trigger[-1]].span
    return {
        "type": kind,
        "sentence": {"start": sentence.span.start, "end": sentence.span.end},
        "trigger": {"start": first.start, "end": last.end},
        "initiators": [],
        "recipients": [],
    }


def right_ones(record: Json, claims: Sequence[Json]) -> set[int]:
    """Return which claims a gold record has too, each of its mentions once."""
    want = record["mentions"]
    return {j for i, j in align(want, claims) if want[i]["type"] == claims[j]["type"]}
