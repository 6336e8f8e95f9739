"""Which mentions tell of one happening: each case says which of its mentions belong together."""

from collections.abc import Sequence
from typing import Any

import pytest

from graph.linking.happenings import happenings
from graph.linking.relink import relink
from graph.linking.units import Unit, block_of, rank_of, unit_of
from graph.model import EventMention, event_id
from tests.graph.made import AUSTRIA, KHARKIV, ODESA, PLACES, UKRAINE, VIENNA, Told, actor, coded, days


def units(*told: Told) -> list[Unit]:
    """Return the units of mentions that are told by one article each."""
    found = []
    for number, one in enumerate(told):
        article = coded(f"a{number}", one)
        (mention,) = article.mentions
        actors: dict[str, Any] = {a.id: a for a in article.actors}
        rank = rank_of(mention, article.article.published)
        found.append(unit_of(mention, rank=rank, actors=actors, places=PLACES))
    return found


def together(*told: Told) -> list[int]:
    """Return for each mention the number of its happening, counted in order of appearance."""
    made = units(*told)
    found = _gathered(made, told)
    assert _gathered(made[::-1], told[::-1]) == found, "the order they come in matters"
    order = list(dict.fromkeys(found[unit.mention] for unit in made))
    return [order.index(found[unit.mention]) for unit in made]


def _gathered(made: list[Unit], told: Sequence[Told]) -> dict[str, str]:
    blocks: dict[str, list[Unit]] = {}
    for unit, one in zip(made, told, strict=True):
        blocks.setdefault(f"{one.type}|{_family(one)}", []).append(unit)
    founders: dict[str, str] = {}
    for members in blocks.values():
        founders.update((m, found.founder) for m, found in happenings(members).items())
    return founders


def _family(one: Told) -> str:
    return "happened" if one.modality in ("asserted", "historical") else one.modality.value


def attack(day: str | None = "2022-03-01", **more: Any) -> Told:
    by, at = more.pop("by", "RUS"), more.pop("at", "UKR")
    basis = more.pop("basis", "stated")
    return Told("ASSAULT", by, at, day=days(day, more.pop("until", None), basis=basis), **more)


def talks(by: str = "RUS", at: str = "IGO-OSCE", day: str | None = "2022-01-13", **more: Any) -> Told:
    basis = more.pop("basis", "stated")
    return Told("CONSULT", by, at, day=days(day, basis=basis), reciprocal=True, **more)


@pytest.mark.parametrize(
    ("why", "told", "expected"),
    [
        ("same act, sides and day", [attack(), attack()], [0, 0]),
        ("two days", [attack("2022-03-01"), attack("2022-03-02")], [0, 1]),
        ("two attacks on one city", [attack("2022-03-01", place=KHARKIV), attack("2022-03-03", place=KHARKIV)], [0, 1]),
        ("two cities on one day", [attack(place=KHARKIV), attack(place=ODESA)], [0, 1]),
        ("a city and its country", [attack(place=KHARKIV), attack(place=UKRAINE)], [0, 0]),
        ("a country and one city of two", [attack(place=KHARKIV), attack(place=ODESA), attack(place=UKRAINE)], [0, 1, 2]),
        ("no place and one of two", [attack(place=KHARKIV), attack(place=ODESA), attack(), attack()], [0, 1, 2, 2]),
        ("state and its army", [attack(by="RUS"), attack(by="RUS-MIL")], [0, 0]),
        ("state and rebels", [attack(by="SYR", at="SYR-CVL"), attack(by="SYR-REB", at="SYR-CVL")], [0, 1]),
        ("a country for its people", [attack(at="UKR"), attack(at="UKR-CVL")], [0, 0]),
        ("people of two kinds", [attack(at="UKR-MIL"), attack(at="UKR-CVL")], [0, 1]),
        ("not through a third", [attack(at="UKR-MIL"), attack(at="UKR"), attack(at="UKR-CVL")], [0, 0, 1]),
        ("other initiator", [attack(by="RUS"), attack(by="USA")], [0, 1]),
        ("turned round", [attack(by="RUS", at="UKR"), attack(by="UKR", at="RUS")], [0, 1]),
        ("some of the initiators", [attack(by="RUS SYR"), attack(by="RUS")], [0, 0]),
        ("talks in either direction", [talks(), talks("IGO-OSCE", "RUS")], [0, 0]),
        ("talks with one more", [talks("RUS", "IGO-OSCE"), talks("USA RUS", "IGO-OSCE")], [0, 0]),
        ("talks that share one side", [talks("RUS", "IGO-OSCE"), talks("RUS", "USA")], [0, 1]),
        ("two summits", [talks(day="2022-01-13"), talks(day="2022-06-13")], [0, 1]),
        ("a summit and its host country", [talks(place=VIENNA), talks(place=AUSTRIA)], [0, 0]),
        ("other act", [attack(), talks("RUS", "UKR", "2022-03-01")], [0, 1]),
        ("planned is not happened", [attack(), attack(modality="future")], [0, 1]),
        ("planned twice", [attack(modality="future"), attack(modality="future")], [0, 0]),
        ("denied is not happened", [attack(), attack(modality="negation")], [0, 1]),
        ("background that states the day", [attack(), attack(modality="historical")], [0, 0]),
        ("background with no day of its own", [attack(), attack(modality="historical", basis="publication")], [0, 1]),
        ("no recipient, no place", [attack(), attack(at="")], [0, 1]),
        ("no recipient, same city", [attack(place=KHARKIV), attack(at="", place=KHARKIV)], [0, 0]),
        ("no recipient, other city", [attack(place=KHARKIV), attack(at="", place=ODESA)], [0, 1]),
        ("no recipient twice", [attack(at=""), attack(at="")], [0, 0]),
        ("nobody, same city", [attack(by="", at="", place=KHARKIV), attack(by="", at="", place=KHARKIV)], [0, 0]),
        ("nobody, same country", [attack(by="", at="", place=UKRAINE), attack(by="", at="", place=UKRAINE)], [0, 1]),
        ("nobody, nowhere", [attack(by="", at=""), attack(by="", at="")], [0, 1]),
        ("no day", [attack(None), attack(None)], [0, 1]),
        ("no day and a day", [attack(None), attack()], [0, 1]),
        ("printed that day", [attack(), attack(basis="publication")], [0, 0]),
        ("printed the day after", [attack("2022-03-01"), attack("2022-03-02", basis="publication")], [0, 0]),
        ("printed the day before", [attack("2022-03-02"), attack("2022-03-01", basis="publication")], [0, 1]),
        ("printed two days after", [attack("2022-03-01"), attack("2022-03-03", basis="publication")], [0, 1]),
        ("both printed, a day apart", [attack("2022-03-01", basis="publication"), attack("2022-03-02", basis="publication")], [0, 0]),
        (
            "daily shelling stays daily",
            [attack(f"2022-03-0{n}", basis="publication") for n in range(1, 6)],
            [0, 1, 2, 3, 4],
        ),
        (
            "the range of one attack",
            [attack("2022-03-02"), attack("2022-02-28", until="2022-03-06", basis="relative")],
            [0, 0],
        ),
        (
            "a range over two attacks",
            [attack("2022-03-02"), attack("2022-03-04"), attack("2022-02-28", until="2022-03-06")],
            [0, 1, 2],
        ),
        (
            "a range twice",
            [attack("2022-02-28", until="2022-03-06"), attack("2022-02-28", until="2022-03-06")],
            [0, 0],
        ),
        ("two years", [attack("2021-01-01", until="2021-12-31"), attack("2021-03-01")], [0, 1]),
        ("records of one dataset", [attack(record=True, coder="set 1"), attack(record=True, coder="set 1")], [0, 1]),
        ("records of two datasets", [attack(record=True, coder="set 1"), attack(record=True, coder="set 2")], [0, 0]),
        ("a record and a text", [attack(record=True, coder="set 1"), attack()], [0, 0]),
    ],
)  # fmt: skip
def test_which_belong_together(why: str, told: list[Told], expected: list[int]) -> None:
    assert together(*told) == expected, why


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ([talks(place=VIENNA), talks("IGO-OSCE", "RUS", place=AUSTRIA)], "same type CONSULT; both IGO-OSCE and RUS; day 2022-01-13; place Vienna"),
        ([attack(), attack(by="RUS-MIL")], "same type ASSAULT; both RUS-MIL as RUS and UKR; day 2022-03-01"),
        ([attack("2022-03-01"), attack("2022-03-02", basis="publication")], "same type ASSAULT; both RUS and UKR; day 2022-03-01, reported 2022-03-02"),
        ([attack("2022-03-02"), attack("2022-02-28", until="2022-03-06")], "same type ASSAULT; both RUS and UKR; day 2022-03-02 within 2022-02-28 to 2022-03-06"),
    ],
)  # fmt: skip
def test_reasons_can_be_read(told: list[Told], reason: str) -> None:
    first, second = units(*told)
    found = happenings([first, second])
    assert found[first.mention].founder == found[second.mention].founder == first.mention
    assert found[first.mention].reason.startswith("first to tell it: ")
    assert found[second.mention].reason == reason


def test_a_block_holds_one_type_and_one_family() -> None:
    def block(told: Told) -> str:
        mention: EventMention = coded("a", told).mentions[0]
        return block_of(mention)

    assert block(attack()) == block(attack(modality="historical")) == "ASSAULT|happened"
    assert block(attack(modality="future")) == "ASSAULT|future"


def test_nothing_to_do_is_done() -> None:
    class Nothing:
        def __getattr__(self, name: str) -> Any:
            raise AssertionError(name)

    assert relink([], Nothing()) == {}
    assert event_id(units(attack())[0].mention).startswith("e")
    assert actor("RUS").name == "Russia"
