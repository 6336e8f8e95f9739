"""Training data: articles with event labels → windows, cut as ``ingest/language/windows.py`` cuts them."""

import random
from functools import cache

from graph.model import Span
from ingest.language.heads import EVENT_ROLES, MODALITIES, MODES, SECTORS, TYPES
from ingest.language.words import split_words
from training.data import IGNORED, POSSESSIVES, PRONOUNS, Predicate, Window, bio


def event_windows(
    records: list[dict], *, generator: random.Random, longest: int = 150, title_kept: float = 0.7
) -> list[Window]:
    """Return windows of articles with event labels; each sentence is labelled in exactly one window."""
    windows = []
    for record in records:
        sentences = _words(record["text"], tuple(map(tuple, record["sentences"])))
        title = None
        if record.get("title") and generator.random() < title_kept:
            title = [record["title"][s.start : s.end] for s in split_words(record["title"])]
        first = 0
        while first < len(sentences):
            limit = generator.randint(longest // 3, longest)
            last, size = first, len(sentences[first])
            while last + 1 < len(sentences) and size + len(sentences[last + 1]) <= limit:
                last += 1
                size += len(sentences[last])
            windows.append(_event_window(record, sentences, first, last, title))
            first = last + 1
    return windows


@cache
def _words(text: str, sentences: tuple[tuple[int, int], ...]) -> list[list[Span]]:
    """Return the words of each sentence; the same texts are cut in every pass."""
    return [split_words(text[a:b], offset=a) for a, b in sentences]


def _pronoun(
    words: list[str], own: list[int], trigger: tuple[int, int], role: str, taken: set[int]
) -> int | None:
    """Return the pronoun of a mention's sentence that a participant named elsewhere is likely behind."""
    found = [
        w
        for w in own
        if words[w].lower() in PRONOUNS | POSSESSIVES and w not in taken and not trigger[0] <= w <= trigger[1]
    ]
    before = [w for w in found if w < trigger[0]]
    after = [w for w in found if trigger[1] < w <= trigger[1] + 10]
    if role == "recipient" and after:
        return after[0]
    return before[-1] if before else None


def _event_window(record: dict, sentences: list, first: int, last: int, title: list[str] | None) -> Window:
    text = record["text"]
    window = Window([], [])
    starts: dict[int, int] = {}
    number = 0

    def context(words: list[str]) -> None:
        nonlocal number
        window.words.extend(words)
        window.sentences.extend([number] * len(words))
        window.triggers.extend([IGNORED] * len(words))
        number += 1

    if title:
        context(title[:40])
    elif first > 1:
        context([span.quote(text) for span in sentences[0]][:40])
    context_first = first - 1 if first > 0 else first
    spans = []
    for position in range(context_first, last + 1):
        words = sentences[position][:120]
        for span in words:
            starts[span.start] = len(window.words) + len(spans)
            spans.append((span, number, position >= first))
        number += 1
    base = len(window.words)
    for offset, (span, sentence, own) in enumerate(spans):
        del offset
        window.words.append(span.quote(text))
        window.sentences.append(sentence)
        window.triggers.append(0 if own else IGNORED)

    def covering(start: int, end: int) -> tuple[int, int] | None:
        inside = [base + i for i, (span, _, _) in enumerate(spans) if span.start < end and start < span.end]
        return (inside[0], inside[-1]) if inside else None

    first_character = sentences[first][0].start if sentences[first] else 0
    last_character = sentences[last][-1].end if sentences[last] else 0
    taken: set[int] = set()
    for mention in record["mentions"]:
        trigger = mention["trigger"]
        if not first_character <= trigger["start"] < last_character:
            continue
        words = covering(trigger["start"], trigger["end"])
        if words is None or words[0] in taken:
            continue
        taken.add(words[0])
        window.triggers[words[0]] = 1 + TYPES.index(mention["type"])
        for word in range(words[0] + 1, words[1] + 1):
            if window.triggers[word] == 0:
                window.triggers[word] = IGNORED
        roles: list[tuple[str, int, int]] = []
        people = []
        sentence = mention["sentence"]
        own = [
            base + i
            for i, (span, _, _) in enumerate(spans)
            if sentence["start"] <= span.start < sentence["end"]
        ]
        for side, name in (("initiators", "initiator"), ("recipients", "recipient")):
            for who in mention[side]:
                if who.get("start") is None:
                    continue
                inside = covering(who["start"], who["end"])
                if inside is None or inside[0] not in own:
                    # Named elsewhere: where a pronoun stands for it here, the pronoun is the participant.
                    stand_in = _pronoun(window.words, own, words, name, {r[1] for r in roles})
                    inside = (stand_in, stand_in) if stand_in is not None else inside
                if inside is None:
                    continue
                roles.append((name, *inside))
                sectors = [SECTORS.index(s) for s in who["sectors"] if s in SECTORS]
                if who["international"] in SECTORS:
                    sectors.append(SECTORS.index(who["international"]))
                people.append((inside[0], inside[1], sectors))
        if mention["place"]:
            at = text.find(mention["place"], sentence["start"], sentence["end"])
            if at < 0:
                at = text.rfind(mention["place"], 0, sentence["end"])
            inside = covering(at, at + len(mention["place"])) if at >= 0 else None
            if inside:
                roles.append(("place", *inside))
        mode = mention["mode"]
        window.events.append(
            Predicate(
                words[0],
                bio(EVENT_ROLES, roles, len(window.words)),
                mode=MODES.index(f"{mention['type']}.{mode}") if mode else MODES.index(f"{mention['type']}."),
                modality=MODALITIES.index(mention["modality"]),
                reciprocal=IGNORED if "style" in record else int(mention["reciprocal"]),
                spans=people,
            )
        )
    return window
