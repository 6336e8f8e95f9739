"""Time expressions: the cases of ``dates.yaml``, and what must hold of any text."""

import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graph.model import DayBasis
from ingest.resolve.date_calendar import is_month_name
from ingest.resolve.date_rules import RULES
from ingest.resolve.dates import find_times

MARK = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]")
LEADING = re.compile(r"^(?:on|in|over|at|[Oo]ver|[Ii]n) ")


def cases() -> list[Any]:
    groups = yaml.safe_load((Path(__file__).parent / "dates.yaml").read_text(encoding="utf-8"))
    return [
        pytest.param(group.get("published"), case, id=f"{group['name']}: {case[:60]}")
        for group in groups
        for case in group["cases"]
    ]


@pytest.mark.parametrize(("published", "case"), cases())
def test_case(published: date | None, case: str) -> None:
    text = MARK.sub(lambda m: m[1], case)
    expected = [(LEADING.sub("", m[1]).removesuffix("'s"), m[2]) for m in MARK.finditer(case)]
    assert [(t.text, t.value) for t in find_times(text, published=published)] == expected


def test_there_are_enough_cases() -> None:
    assert len(cases()) >= 200


@pytest.mark.parametrize(
    ("text", "first", "last", "basis"),
    [
        ("He left on Thursday.", "2022-01-13", "2022-01-13", DayBasis.RELATIVE),
        ("He left on 3 May 2020.", "2020-05-03", "2020-05-03", DayBasis.STATED),
        ("He left last week.", "2022-01-03", "2022-01-09", DayBasis.RELATIVE),
        ("He left earlier this week.", "2022-01-10", "2022-01-13", DayBasis.RELATIVE),
        ("He left last year.", "2021-01-01", "2021-12-31", DayBasis.RELATIVE),
        ("He left in March 2014.", "2014-03-01", "2014-03-31", DayBasis.STATED),
        ("He left in 2014.", "2014-01-01", "2014-12-31", DayBasis.STATED),
        ("The summit runs from 10 to 13 February.", "2022-02-10", "2022-02-13", DayBasis.RELATIVE),
        ("He left in the 1990s.", "1990-01-01", "1999-12-31", DayBasis.STATED),
    ],
)
def test_days(text: str, first: str, last: str, basis: DayBasis) -> None:
    (found,) = find_times(text, published=date(2022, 1, 13))
    assert found.day is not None
    assert (found.day.first.isoformat(), found.day.last.isoformat()) == (first, last)
    assert found.day.basis is basis
    assert found.day.cue == found.text


@pytest.mark.parametrize("text", ["for 30 years", "every Friday", "He is currently there", "for months"])
def test_durations_sets_and_references_have_no_day(text: str) -> None:
    (found,) = find_times(text, published=date(2022, 1, 13))
    assert found.day is None


PIECES = (
    "Monday Friday May March 13 2022 1999 January Jan. the last next this week year two days ago later on in "
    "of at 6am 10:30 noon yesterday now every 1990s century first quarter , . - / attack will was people 's "
    "\n early late mid summer Christmas Eve same previous day 31 29 February 100000 a few"
)
WORDS = st.sampled_from(PIECES.split(" "))


@given(st.lists(WORDS, max_size=14).map(" ".join), st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_spans_quote_and_never_overlap(text: str, published: date | None) -> None:
    end = 0
    for found in find_times(text, published=published):
        assert found.span.quote(text) == found.text
        assert found.span.start >= end
        end = found.span.end
        assert found.kind in ("date", "time", "duration", "set")


@given(st.text(max_size=80), st.dates())
def test_any_text_and_any_day(text: str, published: date) -> None:
    find_times(text, published=published)


def test_months_and_names() -> None:
    assert is_month_name("May", "in ", " the vote")
    assert not is_month_name("May", "said ", " would")
    assert is_month_name("January", "", "")


def test_rule_names_are_unique() -> None:
    assert len({name for name, _, _ in RULES}) == len(RULES)


def test_it_is_fast_enough_for_archives() -> None:
    sentence = (
        "The minister told reporters on Monday that talks, which began in March 2014, would resume next week "
        "after the army seized two towns near the border and arrested forty people. "
    )
    text = sentence * 500
    started = time.process_time()
    found = find_times(text, published=date(2022, 1, 13))
    assert len(found) == 1500
    assert time.process_time() - started < 2.0  # thousands of sentences a second on any machine
