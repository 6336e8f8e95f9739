"""Looking only at what is near a change gives what looking at everything would."""

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.linking.happenings import Membership, happenings
from graph.linking.relink import Change, relink
from graph.linking.units import LONGEST_VAGUE_RANGE, Party, Site, Unit
from graph.model import MentionId
from tests.graph.made import KHARKIV, ODESA, UKRAINE

_SITES = [None, None, None, *(Site(p.id, p.name, p.country, p.admin1, p.precision.value, p.latitude, p.longitude) for p in (KHARKIV, ODESA, UKRAINE))]  # fmt: skip
_RUS = Party("RUS", "RUS", "RUS")
_ARMY = Party("RUS-MIL", "RUS", "RUS")
_UKR = Party("UKR", "UKR", "UKR")
_PEOPLE = Party("UKR-CVL", "UKR", "UKR-CVL")
_USA = Party("USA", "USA", "USA")
_WORDS = ("avdiiv", "bridge", "convoy", "depot", "kharki", "rail", "rocket", "the")
_BEGIN = date(2022, 1, 1).toordinal()


class Kept:
    """The units of one block, in memory."""

    def __init__(self) -> None:
        self.units: dict[MentionId, Unit] = {}

    def one_day(self, block: str, first: int, last: int) -> Iterable[Unit]:
        return [u for u in self.units.values() if u.one_day and first <= (u.first or 0) <= last]

    def ranges_touching(self, block: str, first: int, last: int) -> Iterable[Unit]:
        return [
            u
            for u in self.units.values()
            if u.first is not None
            and u.last is not None
            and u.first < u.last
            and u.last - u.first < LONGEST_VAGUE_RANGE
            and u.first <= last
            and first <= u.last
        ]

    def same_range(self, block: str, first: int, last: int) -> Iterable[Unit]:
        return [u for u in self.units.values() if (u.first, u.last) == (first, last)]

    def undated(self, block: str, origin: str) -> Iterable[Unit]:
        return [u for u in self.units.values() if u.first is None]


@st.composite
def unit(draw: st.DrawFn, number: int) -> Unit:
    first: int | None = _BEGIN + draw(st.integers(0, 24))
    last = first
    kind = draw(st.sampled_from(["firm", "soft", "soft", "soft", "range", "long", "none"]))
    if kind == "range":
        last = (first or 0) + draw(st.integers(1, 12))
    elif kind == "long":
        last = (first or 0) + draw(st.integers(28, 40))
    elif kind == "none":
        first = last = None
    record = "set 1" if draw(st.integers(0, 9)) == 0 else None
    return Unit(
        mention=MentionId(f"m{number}"),
        rank=f"{draw(st.integers(0, 30)):02d}|{draw(st.integers(0, 12)):02d}|{number:03d}",
        type="ASSAULT",
        first=first,
        last=last,
        firm=kind != "soft",
        reciprocal=draw(st.integers(0, 5)) == 0,
        initiators=draw(st.sampled_from([(_RUS,), (_RUS,), (_RUS,), (_ARMY,), (_USA,), (_RUS, _USA), ()])),
        recipients=draw(st.sampled_from([(_UKR,), (_UKR,), (_UKR,), (_PEOPLE,), (_RUS,), ()])),
        site=draw(st.sampled_from(_SITES)),
        record=record,
        mode=draw(st.sampled_from([None, "heavy-weapons"])),
        sentence=None if record else 0,
        words=() if record else tuple(sorted(draw(st.sets(st.sampled_from(_WORDS), max_size=4)))),
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Unit], list[int]]:
    """Draw units, and the numbers of those that go again, in order."""
    units = [draw(unit(number)) for number in range(draw(st.integers(1, 30)))]
    gone = draw(st.lists(st.integers(0, len(units) - 1), unique=True, max_size=8))
    return units, gone


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_every_change_settles_as_if_all_were_looked_at(history: tuple[list[Unit], list[int]]) -> None:
    units, gone = history
    kept = Kept()
    found: dict[MentionId, Membership] = {}
    steps = [(one, True) for one in units] + [(units[number], False) for number in gone]
    for one, comes in steps:
        if comes:
            kept.units[one.mention] = one
        else:
            del kept.units[one.mention]
            found.pop(one.mention, None)
        found.update(relink([Change("ASSAULT|happened", one, "o")], kept))
        origins = dict.fromkeys(kept.units, "o")
        assert found == happenings(kept.units.values(), undated_origin=origins)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_changes_at_once_settle_as_one_by_one(history: tuple[list[Unit], list[int]]) -> None:
    units, gone = history
    kept = Kept()
    kept.units = {one.mention: one for number, one in enumerate(units) if number not in gone}
    found = relink([Change("ASSAULT|happened", one, "o") for one in units], kept)
    assert found == happenings(kept.units.values(), undated_origin=dict.fromkeys(kept.units, "o"))


def test_a_change_far_away_is_not_looked_at() -> None:
    asked: list[tuple[date, date]] = []

    class Asked(Kept):
        def one_day(self, block: str, first: int, last: int) -> Iterable[Unit]:
            asked.append((date.fromordinal(first), date.fromordinal(last)))
            return super().one_day(block, first, last)

    day = date(2022, 3, 10)
    ordinal = day.toordinal()
    one = Unit(MentionId("m"), "0", "ASSAULT", ordinal, ordinal, True, False, (_RUS,), (_UKR,), None, None)
    kept = Asked()
    kept.units[one.mention] = one
    relink([Change("ASSAULT|happened", one, "o")], kept)
    assert asked == [(day - timedelta(days=4), day + timedelta(days=4))]
