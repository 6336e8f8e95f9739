"""How likely two reports tell of one happening, and the words by which it is told."""

from dataclasses import replace

import pytest

from graph.linking import key_words, likeness
from graph.linking.agreement import agreement
from graph.linking.happenings import happenings
from graph.linking.units import Party, Unit
from graph.model import MentionId, Span

TEXT = (
    "Officials were silent. Rebels shelled the Avdiivka coke plant on Monday and wounded 14 workers, the "
    "governor's office said in a statement; he also thanked the fire brigades of four districts for their help."
)
_SENTENCE = Span(TEXT.index("Rebels"), len(TEXT))
_SHELLED = Span(TEXT.index("shelled"), TEXT.index("shelled") + len("shelled"))
_RUS, _UKR = Party("RUS", "RUS", "RUS"), Party("UKR", "UKR", "UKR")


def report(number: int, words: str, **more: object) -> Unit:
    """Return a report of an attack on one day, in an article of its own."""
    made = Unit(
        mention=MentionId(f"m{number}"),
        rank=f"2022-03-0{number}|a{number}|0|m{number}",
        type="ASSAULT",
        first=738000,
        last=738000,
        firm=True,
        reciprocal=False,
        initiators=(_RUS,),
        recipients=(_UKR,),
        site=None,
        record=None,
        sentence=0,
        words=tuple(sorted(map(key_words.stem, words.split()))),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_words_around_the_act_are_kept_as_stems() -> None:
    words = key_words.key_words(TEXT, _SENTENCE, _SHELLED)
    assert {"rebel", "shelle", "avdiiv", "coke", "plant", "14"} <= set(words)
    assert "silent" not in words, "of another sentence"
    assert "distri" not in words, "too far away"
    assert not {"the", "and", "said"} & set(words), "words of every article"
    assert list(words) == sorted(set(words))


def test_a_sentence_without_words_has_none() -> None:
    assert key_words.key_words("…", Span(0, 1), Span(0, 1)) == ()


@pytest.mark.parametrize(
    ("word", "stem"), [("Governments", "govern"), ("talks", "talk"), ("gas", "gas"), ("1000000", "1000000"), ("Straße", "strass")]
)  # fmt: skip
def test_stems(word: str, stem: str) -> None:
    assert key_words.stem(word) == stem


def test_rare_words_weigh_more() -> None:
    assert key_words.weight("the") == 0.0
    assert 0.0 < key_words.weight("troop") < key_words.weight("zzyzx") == key_words.RAREST
    assert (key_words.shown("troop"), key_words.shown("avdiiv"), key_words.shown("2022")) == (
        "troop",
        "avdiiv…",
        "2022",
    )


def test_what_is_shared_makes_it_likelier() -> None:
    one = report(1, "rebels shelled avdiivka coke plant")
    other = report(2, "avdiivka coke plant hit by shells")
    chance = likeness.probability(one, other)
    assert chance == likeness.probability(other, one)
    assert chance > likeness.SURE
    less = [
        replace(other, words=("bridge", "convoy")),
        replace(other, initiators=(Party("USA", "USA", "USA"),)),
        replace(other, first=738002, last=738002),
    ]
    assert all(likeness.probability(one, worse) < chance for worse in less)


def test_every_feature_has_a_weight() -> None:
    never = {"days: none", "days: far"}  # fitted on: only days near each other are compared
    known = set(likeness.weights()) | never
    one = report(1, "rebels shelled")
    units = [
        one,
        replace(one, words=(), mode="arms", recipients=()),
        replace(one, first=None, last=None, initiators=()),
        replace(one, reciprocal=True, recipients=(_RUS,)),
        *(
            replace(one, first=one.first + days, last=one.last + days)
            for days in (1, 2, 3, 9)
            if one.first and one.last
        ),
    ]
    assert {name for one in units for other in units for name in likeness.features(one, other)} <= known


def test_an_acts_words_make_up_for_a_missing_side() -> None:
    one = report(1, "rebels shelled avdiivka coke plant monday workers")
    other = report(2, "avdiivka coke plant shelled workers", initiators=())
    assert agreement(replace(one, words=()), replace(other, words=())) is None, "the rule asks for both sides"
    found = happenings([one, other])
    assert {member.founder for member in found.values()} == {"m1"}
    reason = found[MentionId("m2")].reason
    assert reason.startswith("same type ASSAULT; both UKR; day 2021-07-29; words in both: coke, ")
    assert reason.endswith("% likely the same")


def test_two_sentences_of_one_article_are_two_acts() -> None:
    one = report(1, "rebels shelled avdiivka coke plant")
    again = replace(one, mention=MentionId("m9"), sentence=200, rank="2022-03-01|a1|9|m9")
    assert likeness.probability(one, again) > likeness.SURE
    assert agreement(one, again) is None
    founders = {member.founder for member in happenings([one, again]).values()}
    assert founders == {"m1", "m9"}


def test_one_unlikely_pair_keeps_a_report_out() -> None:
    one = report(1, "rebels shelled avdiivka coke plant")
    mixed = report(2, "avdiivka coke plant banner marchers square")
    far = report(3, "banner marchers square police", initiators=(Party("USA", "USA", "USA"),), recipients=())
    assert agreement(one, far) is None
    assert agreement(mixed, far) is not None
    founders = {id: member.founder for id, member in happenings([one, mixed, far]).items()}
    assert founders == {"m1": "m1", "m2": "m1", "m3": "m3"}
