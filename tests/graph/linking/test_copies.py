"""Reprints are one origin; two reports of one story are not."""

import math
import random

import pytest

from graph.linking.copies import (
    SAMPLING,
    containment,
    fewest_shared,
    is_copy,
    origins,
    shingles,
    sketch,
)

_WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]


def made_sentences(seed: int, number: int = 16) -> list[str]:
    source = random.Random(seed)
    return [
        " ".join(source.choices(_WORDS, k=source.randint(12, 26))).capitalize() + "." for _ in range(number)
    ]


STORY = made_sentences(1)


def copied(*sentences: str) -> bool:
    one, other = shingles(" ".join(STORY)), shingles(" ".join(sentences))
    assert is_copy(one, other) == is_copy(other, one)
    found = is_copy(one, other)
    if found:
        samples = sketch(one), sketch(other)
        shared = len(set(samples[0]) & set(samples[1]))
        assert shared >= fewest_shared(min(map(len, samples))), "a copy that the sketch would not find"
    return found


@pytest.mark.parametrize(
    ("what", "sentences"),
    [
        ("the same", STORY),
        ("last paragraph cut", STORY[:11]),
        ("half cut", STORY[:8]),
        ("one sentence changed", [*STORY[:5], made_sentences(2)[0], *STORY[6:]]),
        ("credit line added", [*STORY, "Reporting by our correspondents, editing by the desk."]),
        ("new lead, cut, credit", ["A lead of its own for local readers.", *STORY[1:11], "By the desk."]),
        ("other case and spacing", [s.upper().replace(" ", "  ") for s in STORY]),
        ("set in a longer report", [*made_sentences(3, 12), *STORY]),
    ],
)
def test_an_edited_print_is_a_copy(what: str, sentences: list[str]) -> None:
    assert copied(*sentences), what


@pytest.mark.parametrize(
    ("what", "sentences"),
    [
        ("another text", made_sentences(4)),
        ("a quote in common", [*made_sentences(5), STORY[3]]),
        ("three sentences in common", [*made_sentences(6), *STORY[2:5]]),
        ("a digest of many stories", [*STORY, *(s for seed in range(10, 14) for s in made_sentences(seed))]),
        ("a headline's worth", STORY[:1]),
    ],
)
def test_what_shares_little_is_no_copy(what: str, sentences: list[str]) -> None:
    assert not copied(*sentences), what


def test_short_texts_are_copies_only_when_equal() -> None:
    one = "Troops shelled the town on Monday, killing three people, officials said."
    assert is_copy(shingles(one), shingles(one.upper()))
    assert not is_copy(shingles(one), shingles(one.replace("three", "four")))
    assert sketch(shingles(one)) == list(shingles(one))
    assert all(shingle % SAMPLING == 0 for shingle in sketch(shingles(" ".join(STORY))))


def test_texts_without_words_are_no_trouble() -> None:
    assert containment(shingles(""), shingles("…")) == 1.0
    assert containment(frozenset(), frozenset({1})) == 0.0


def test_nothing_is_a_copy_through_a_third() -> None:
    pairs = {"a": ["m"], "m": ["a", "b"], "b": ["m"]}
    assert origins({"a": "1", "m": "2", "b": "3"}, pairs.__getitem__) == {"a": "a", "m": "a", "b": "b"}
    assert origins({"m": "1", "a": "2", "b": "3"}, pairs.__getitem__) == {"m": "m", "a": "m", "b": "m"}


def test_texts_are_not_read_for_a_stock_phrase() -> None:
    assert [fewest_shared(sampled) for sampled in (0, 1, 8, 13, 14, 25, 50)] == [1, 1, 1, 2, 3, 7, 17]


def test_the_longer_of_two_texts_shares_no_fewer() -> None:
    fewest = [fewest_shared(sampled) for sampled in range(3000)]
    assert fewest == sorted(fewest)


def test_half_of_a_text_in_common_is_hardly_ever_missed() -> None:
    for sampled in range(4, 400):
        fewer = range(fewest_shared(sampled))
        missed = sum(math.comb(sampled, shared) for shared in fewer) / 2**sampled
        assert missed < 0.0125 or fewer == range(1), sampled
