"""What an event's mentions agree on: one voice an origin, the fine over the vague, ties always alike."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.linking.consensus import Consensus, _of_several, consensus
from graph.linking.consensus import Told as Teller
from graph.linking.units import rank_of
from graph.model import EventMention, Modality
from tests.graph.made import AUSTRIA, KHARKIV, ODESA, PLACES, UKRAINE, VIENNA, Told, coded, days


def agreed(*told: tuple[str, Told]) -> Consensus:
    """Return the consensus of mentions given with their origins."""
    tellers = []
    for number, (origin, one) in enumerate(told):
        article = coded(f"a{number}", one, publisher=f"P{number % 2}")
        (mention,) = article.mentions
        published = datetime(2022, 1, 20, number, tzinfo=UTC)
        rank = rank_of(mention, published)
        tellers.append(Teller(mention, origin, article.article.publisher, published, rank, f"quote {number}"))
    forwards = consensus(tellers, PLACES)
    assert consensus(tellers[::-1], PLACES) == forwards
    return forwards


def talks(**more: Any) -> Told:
    by, at = more.pop("by", "RUS"), more.pop("at", "IGO-OSCE")
    return Told("CONSULT", by, at, **more)


def test_a_wire_story_has_one_voice() -> None:
    found = agreed(
        ("wire", talks(mode="visit")),
        ("wire", talks(mode="visit")),
        ("wire", talks(mode="visit")),
        ("one", talks(mode="phone")),
        ("two", talks(mode="phone")),
    )
    assert found.mode == "phone"
    assert (found.origin_count, found.article_count, found.publisher_count) == (3, 5, 2)
    assert found.first_reported == datetime(2022, 1, 20, 0, tzinfo=UTC)


def test_the_best_mention_breaks_ties_and_gives_the_quote() -> None:
    found = agreed(("a", talks(mode="visit", score=0.4)), ("b", talks(mode="phone", score=0.9)))
    assert (found.mode, found.score, found.quote) == ("phone", 0.9, "quote 1")
    assert len(found.mention_ids) == 2


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([("2022-01-13", None), ("2022-01-10", "2022-01-16"), ("2022-01-01", "2022-01-31")], "2022-01-13"),
        ([("2022-01-10", "2022-01-16"), ("2022-01-10", "2022-01-16"), ("2022-01-01", None)], "2022-01-10/2022-01-16"),
        ([("2022-01-13", None), ("2022-01-14", None), ("2022-01-14", None)], "2022-01-14"),
    ],
)  # fmt: skip
def test_the_narrowest_range_that_most_agree_on(
    ranges: Sequence[tuple[str, str | None]], expected: str
) -> None:
    found = agreed(*((str(n), talks(day=days(*one))) for n, one in enumerate(ranges)))
    assert found.day is not None
    assert found.day.edtf == expected


def test_a_told_day_outdoes_publication_days() -> None:
    printed = days("2022-01-14", basis="publication")
    found = agreed(("a", talks(day=printed)), ("b", talks(day=printed)), ("c", talks(day=days("2022-01-13"))))
    assert found.day == days("2022-01-13")
    assert agreed(("a", talks())).day is None


def test_the_finest_place_that_most_agree_on() -> None:
    assert agreed(("a", talks(place=AUSTRIA)), ("b", talks(place=VIENNA)), ("c", talks())).place == VIENNA.id
    found = agreed(
        ("a", talks(place=UKRAINE)), ("b", talks(place=KHARKIV)), ("c", talks(place=ODESA, score=0.4))
    )
    assert found.place == KHARKIV.id
    assert agreed(("a", talks())).place is None


def test_actors_of_most_origins_in_one_orientation() -> None:
    found = agreed(
        ("a", talks(by="RUS", at="IGO-OSCE", reciprocal=True, score=0.9)),
        ("b", talks(by="IGO-OSCE", at="RUS", reciprocal=True)),
        ("c", talks(by="RUS BLR", at="IGO-OSCE", reciprocal=True)),
    )
    assert (found.initiators, found.recipients) == (("RUS",), ("IGO-OSCE",))
    found = agreed(("a", Told("ASSAULT", "RUS")), ("b", Told("ASSAULT", "RUS", "UKR")))
    assert (found.initiators, found.recipients) == (("RUS",), ("UKR",))


def told_with(bases: dict[str, str], *told: tuple[str, Told]) -> Consensus:
    """Return the consensus of mentions whose actors belong to countries."""
    tellers = []
    for number, (origin, one) in enumerate(told):
        (mention,) = coded(f"a{number}", one).mentions
        published = datetime(2022, 1, 20, number, tzinfo=UTC)
        tellers.append(Teller(mention, origin, None, published, rank_of(mention, published), "", bases))
    return consensus(tellers, PLACES)


def test_a_party_named_in_several_ways_is_one() -> None:
    bases = {"RUS": "RUS", "RUS-GOV": "RUS", "RUS-MIL": "RUS", "UKR": "UKR"}
    found = told_with(
        bases,
        ("a", Told("ASSAULT", "RUS-MIL", "UKR")),
        ("b", Told("ASSAULT", "RUS", "UKR")),
        ("c", Told("ASSAULT", "USA", "UKR")),
    )
    assert (found.initiators, found.recipients) == (("RUS-MIL",), ("UKR",))
    found = told_with(
        bases,
        ("a", Told("ASSAULT", "RUS-MIL", "UKR")),
        ("b", Told("ASSAULT", "RUS", "UKR")),
        ("c", Told("ASSAULT", "RUS", "UKR")),
    )
    assert found.initiators == ("RUS",)


def test_where_no_party_has_most_origins_the_first_speaks() -> None:
    found = told_with(
        {},
        ("a", Told("ACCUSE", "USA GBR", "RUS")),
        ("b", Told("ACCUSE", "FRA", "RUS")),
        ("c", Told("ACCUSE", "DEU", "RUS")),
    )
    assert found.initiators == ("USA", "GBR")


def test_nobody_stands_on_both_sides_of_talks() -> None:
    bases = {"RUS": "RUS", "RUS-GOV": "RUS", "IGO-NATO": "IGO-NATO"}
    found = told_with(
        bases,
        ("a", talks(by="RUS", at="RUS-GOV IGO-NATO", reciprocal=True)),
        ("b", talks(by="RUS", at="RUS IGO-NATO", reciprocal=True)),
    )
    assert (found.initiators, found.recipients) == (("RUS",), ("IGO-NATO",))
    bases |= {"PER-biden": "USA", "PER-putin": "RUS"}
    found = told_with(
        bases,
        ("a", talks(by="PER-biden PER-putin", at="PER-putin", reciprocal=True)),
        ("b", talks(by="PER-biden PER-putin", at="PER-biden PER-putin", reciprocal=True)),
    )
    assert (found.initiators, found.recipients) == (("PER-biden",), ("PER-putin",))
    found = told_with(
        bases,
        ("a", talks(by="RUS", at="RUS-GOV", reciprocal=True)),
        ("b", talks(by="RUS", at="RUS-GOV", reciprocal=True)),
        ("c", talks(by="RUS", at="RUS IGO-NATO", reciprocal=True)),
    )
    assert (found.initiators, found.recipients) == (("RUS",), ("IGO-NATO",))
    found = told_with(bases, ("a", talks(by="RUS", at="RUS-GOV")), ("b", talks(by="RUS", at="RUS-GOV")))
    assert found.recipients == ("RUS-GOV",)


def test_no_mention_no_event() -> None:
    with pytest.raises(ValueError, match="at least one"):
        consensus([], {})


def test_a_mention_alone_is_what_it_says() -> None:
    told = talks(day=days("2022-01-13"), place=VIENNA, mode="visit", reciprocal=True)
    mention: EventMention = coded("a0", told).mentions[0]
    found = agreed(("a", told))
    assert (found.type, found.mode, found.day, found.place) == (
        "CONSULT",
        "visit",
        mention.day,
        mention.place,
    )
    assert (found.reciprocal, found.modality, found.mention_ids) == (True, mention.modality, (mention.id,))


@pytest.mark.parametrize(
    "told",
    [
        talks(day=days("2022-01-13"), place=VIENNA, mode="visit", reciprocal=True),
        talks(by="", day=days("2022-01-10", "2022-01-13")),
        Told("ASSAULT", "RUS-MIL", "", place=KHARKIV, modality=Modality.FUTURE),
        Told("ASSAULT", "", ""),
        talks(by="RUS", at="RUS IGO-NATO USA", reciprocal=True),
    ],
)
def test_one_mention_is_what_the_rules_for_several_make_of_it(told: Told) -> None:
    (mention,) = coded("a0", told).mentions
    for publisher, published in (("Herald", datetime(2022, 1, 20, tzinfo=UTC)), (None, None)):
        teller = Teller(mention, "a", publisher, published, rank_of(mention, published), "quote")
        assert consensus([teller], PLACES) == _of_several([teller], PLACES)
