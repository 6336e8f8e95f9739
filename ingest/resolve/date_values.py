"""Days behind time expressions: what a weekday, a month or "two weeks ago" is, seen from a day."""

import calendar
from datetime import date, timedelta

from ingest.resolve.date_words import NUMBERS

Days = tuple[date, date]


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day of the calendar, or ``None`` when there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Days:
    """Return the first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def year_of(year: int) -> Days:
    """Return the first and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def week_of(day: date) -> Days:
    """Return the Monday and Sunday of a day's ISO week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def weekend_of(day: date) -> Days:
    """Return the Saturday and Sunday of a day's ISO week."""
    monday = day - timedelta(days=day.weekday())
    return monday + timedelta(days=5), monday + timedelta(days=6)


def quarter_of(year: int, quarter: int) -> Days:
    """Return the first and last day of a quarter, 1 to 4."""
    return date(year, 3 * quarter - 2, 1), month_of(year, 3 * quarter)[1]


def season_of(year: int, season: str) -> Days:
    """Return the days of a northern season by whole months; winter begins in December of its year."""
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    if season == "WI":
        return date(year, 12, 1), month_of(year + 1, 2)[1]
    return date(year, first, 1), month_of(year, first + 2)[1]


def shift_months(day: date, months: int) -> date:
    """Return the same day some months on or, if negative, back; the month's last day if it is shorter."""
    total = day.year * 12 + day.month - 1 + months
    year, month = min(max(total // 12, 1), 9998), total % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def shift(day: date, amount: int, letter: str) -> date | None:
    """Return the day some units on or back: ``D``, ``W``, ``M`` or ``Y``; ``None`` beyond the calendar."""
    try:
        if letter == "D":
            return day + timedelta(days=amount)
        if letter == "W":
            return day + timedelta(weeks=amount)
        return shift_months(day, amount * (12 if letter == "Y" else 1))
    except OverflowError:
        return None


def week_value(day: date) -> str:
    """Return the TIMEX3 value of a day's ISO week."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def value_of(day: date, letter: str) -> tuple[str, Days]:
    """Return the TIMEX3 value and the days of the day, week, month or year that a day lies in."""
    if letter == "D":
        return day.isoformat(), (day, day)
    if letter == "W":
        return week_value(day), week_of(day)
    if letter == "M":
        return f"{day.year:04d}-{day.month:02d}", month_of(day.year, day.month)
    return f"{day.year:04d}", year_of(day.year)


def number_of(word: str) -> int | None:
    """Return the number a word or figures stand for, or ``None`` for "several" and the like."""
    plain = word.lower().replace(",", "").strip().removesuffix(" full").removesuffix(" whole")
    if plain.isdigit():
        return int(plain)
    if "-" in plain:
        tens, _, ones = plain.partition("-")
        return NUMBERS.get(tens, 0) + NUMBERS.get(ones, 0)
    return NUMBERS.get(plain)
