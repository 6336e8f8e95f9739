"""Time expressions of a text and the days they stand for.

``find_times`` scans a text once with one pattern made of all forms in ``date_rules.RULES``. Extents and
values follow TIMEX3: no leading preposition ("Thursday", not "on Thursday"), modifiers inside ("earlier
this week", "late January"). A weekday or month alone is the last past, seen from the publication day, the
day itself included, unless its clause looks ahead.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import cast

from graph.model import DateRange, DayBasis, Span, TimeSpan
from ingest.resolve import date_words as words
from ingest.resolve.date_context import Reading
from ingest.resolve.date_rules import RULES

ANCHOR_REACH = 400
"""Characters over which "two days later" looks back for the day it counts from."""
_CLAUSE = 160
"""Characters on each side in which a verb tells past from future."""

_FORMS = tuple((re.compile(_own), _read_form) for _, _own, _read_form in RULES)
_NUMBERS = {_name: _number for _number, (_name, _, _) in enumerate(RULES)}


def _unnamed(pattern: str) -> str:
    """Return a pattern whose inner groups have no names, to stand beside others in one."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


_ANY = re.compile(
    r"(?<![\w$€£#])(?<!\d[.,:])(?:" + "|".join(f"(?P<{name}>{_unnamed(own)})" for name, own, _ in RULES) + ")"
)
_JOINT = re.compile(r"^(?:,? on|,? at|,|) $|^,? at (?:about |around )$")


_WORD = re.compile(r"\w+")
_OFF = re.compile(r"\b(?:scheduled|planned|due|set) (?:for|on) $")
_OVER = re.compile(r"\s(?:was|were|had)\b")
_BEFORE_YEAR = frozenset({"early", "late", "mid", "earlier", "later", "all", "a", "the"})


class _Text:
    """The text around an expression, as ``date_rules.Context`` asks for it."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.published = published
        self.found: list[tuple[int, int, Reading]] = []
        self._starts: list[int] | None = None
        self._may: bool | None = None

    def before(self, start: int, length: int = 40) -> str:
        return self.text[max(0, start - length) : start]

    def after(self, end: int, length: int = 40) -> str:
        return self.text[end : end + length]

    def anchor(self, start: int) -> date | None:
        for begin, end, reading in reversed(self.found):
            if start - begin > ANCHOR_REACH:
                break
            if reading.days and reading.days[0] == reading.days[1]:
                ahead = self.published is not None and reading.days[0] > self.published
                if not ahead or self.is_future(start, start) or start - end < 60:
                    return reading.days[0]
        return self.published if self.published and not self.found else None

    def stated_year(self, start: int) -> int | None:
        first, _ = self._sentence(start)
        for begin, _, reading in reversed(self.found):
            if begin < first:
                return None
            if (
                reading.days
                and reading.basis is DayBasis.STATED
                and reading.days[0].year == reading.days[1].year
            ):
                return reading.days[0].year
        return None

    def is_person_called_may(self) -> bool:
        if self._may is None:
            self._may = words.PEOPLE_CALLED_MAY.search(self.text) is not None
        return self._may

    def is_future(self, start: int, end: int) -> bool:
        return self._tense(start, end) > 0

    def is_past(self, start: int, end: int) -> bool:
        return self._tense(start, end) < 0

    def _tense(self, start: int, end: int) -> int:
        """Return 1 where the nearest sign in the sentence looks ahead, -1 where it looks back, else 0."""
        first, last = self._sentence(start)
        left = self.text[max(first, start - _CLAUSE) : start]
        ahead = max((m.end() for form in (words.FUTURE, words.PLAN) for m in form.finditer(left)), default=-1)
        behind = max((m.end() for m in words.PAST.finditer(left)), default=-1)
        right = self.text[end : min(last, end + _CLAUSE)]
        if _OFF.search(left) and _OVER.match(right):
            return -1
        if ahead >= 0 or behind >= 0:
            return 1 if ahead >= behind else -1
        next_ahead = words.FUTURE.search(right)
        next_behind = words.PAST.search(right)
        if next_ahead and (next_behind is None or next_ahead.start() <= next_behind.start()):
            return 1
        if next_behind:
            return -1
        return 1 if re.search(r"\b(?:[Bb]y|[Uu]ntil)\s$", left) else 0

    def _sentence(self, at: int) -> tuple[int, int]:
        if self._starts is None:
            self._starts = [0]
            for match in words.SENTENCE_END.finditer(self.text):
                if not words.ABBREVIATION.search(self.text[max(0, match.start() - 8) : match.start()]):
                    self._starts.append(match.end())
        number = bisect_right(self._starts, at)
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self._starts[number - 1], end


def find_times(text: str, *, published: date | None) -> list[TimeSpan]:
    """Return the time expressions of a text, in its order, none inside another.

    Args:
        text: Any English text: a sentence or an article.
        published: The day it was published; without it, "Thursday" gets a value with unknown parts
            (``XXXX-WXX-4``) and no days.
    """
    around = _Text(text, published)
    position = 0
    for start in _openings(text):
        if start < position or (match := _ANY.match(text, start)) is None:
            continue
        own, reading = _read(match.lastgroup or "", start, around)
        if own is None or reading is None:
            continue
        around.found.append((start, own.end(), reading))
        position = own.end()
    return [
        TimeSpan(
            Span(start, end),
            text[start:end],
            reading.kind,
            reading.value,
            DateRange(*reading.days, basis=reading.basis, cue=text[start:end]) if reading.days else None,
        )
        for start, end, reading in _join_clock(around)
    ]


def _openings(text: str) -> Iterator[int]:
    """Yield where an expression may begin: a cheap look at the words before the patterns are tried."""
    tokens = [(match.start(), match.group().lower()) for match in _WORD.finditer(text)]
    for number, (start, word) in enumerate(tokens):
        if (
            word in words.ALONE
            or (word.isdigit() and len(word) == 4)
            or (word[0].isdigit() and word[-1] in "sm")
        ):
            yield start
        elif word in words.TIME:
            if word[-1] == "s" or text[start + len(word) : start + len(word) + 5] == "-long":
                yield start
        elif word in words.OPENING or word[0].isdigit():
            for _, later in tokens[number + 1 : number + 6]:
                if later in words.TIME or (later[0].isdigit() and word[0].isdigit()):
                    yield start
                    break
                if word == "the" and later[0].isdigit():
                    yield start
                    break
                if word in _BEFORE_YEAR and later.isdigit():
                    yield start
                    break


def _read(name: str, start: int, around: _Text) -> tuple[re.Match[str] | None, Reading | None]:
    """Return the first reading from the named form on that finds sense in the words at a place."""
    for own, read in _FORMS[_NUMBERS[name] :]:
        match = own.match(around.text, start)
        if match is not None and (reading := read(cast("re.Match[str]", _Named(match)), around)) is not None:
            return match, reading
    return None, None


class _Named:
    """A match whose groups ``month2``, ``day2``… answer for ``month``, ``day``… where those are empty."""

    def __init__(self, match: re.Match[str]) -> None:
        self._match = match
        self.start, self.end, self.group = match.start, match.end, match.group

    def __getitem__(self, name: str) -> str | None:
        groups = self._match.groupdict()
        found = groups.get(name)
        return found if found is not None else groups.get(f"{name}2")


def _join_clock(around: _Text) -> list[tuple[int, int, Reading]]:
    """Give times of day their day: "11:59 p.m. on Monday" is one expression, "at 6am" is of a day near."""
    joined: list[tuple[int, int, Reading]] = []
    for start, end, reading in around.found:
        clock = reading.value.startswith("T")
        if joined:
            last_start, last_end, last = joined[-1]
            adjacent = _JOINT.match(around.text[last_end:start]) is not None
            if (
                adjacent
                and last.kind == "time"
                and last.value.startswith("T")
                and reading.kind == "date"
                and (reading.days is None or reading.days[0] == reading.days[1])
            ):
                joined[-1] = (last_start, end, _at(reading, last.value))
                continue
            if adjacent and clock and last.kind == "date" and len(last.value) == 10:
                joined[-1] = (last_start, end, _at(last, reading.value))
                continue
        joined.append((start, end, reading))
    return [
        (start, end, _of_a_day(around, start, reading))
        if reading.value.startswith("T")
        else (start, end, reading)
        for start, end, reading in joined
    ]


def _at(day: Reading, clock: str) -> Reading:
    return Reading("time", day.value + clock, day.days, day.basis)


def _of_a_day(around: _Text, start: int, reading: Reading) -> Reading:
    """Return a time of day on the day its sentence names, or one just before, or the publication day."""
    first, last = around._sentence(start)
    for begin, _, other in around.found:
        if first <= begin < last and other.days and other.days[0] == other.days[1]:
            return Reading("time", other.days[0].isoformat() + reading.value, other.days, other.basis)
    before = [r.days[0] for begin, _, r in around.found if start - ANCHOR_REACH < begin < start
              and r.days and r.days[0] == r.days[1]]  # fmt: skip
    day = before[-1] if before else around.published
    if day is None:
        return reading
    return Reading("time", day.isoformat() + reading.value, (day, day))
