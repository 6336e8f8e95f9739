"""Publication times as inputs state them. Nothing is guessed: what is not a full date is ``None``."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NUMBER = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH = (
    r"(?P<month{n}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_FULL_DATE = re.compile(
    r"\b(?:"
    + _MONTH.format(n=1)
    + r"\s+(?P<day1>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year1>(?:1[89]|2\d)\d\d)"
    + r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?"
    + _MONTH.format(n=2)
    + r",?\s+(?P<year2>(?:1[89]|2\d)\d\d)"
    + r"|(?P<year3>(?:1[89]|2\d)\d\d)-(?P<month3>\d\d)-(?P<day3>\d\d)"
    + r")(?!\d)",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{1,2}:\d{2}.*)?$|\d{8}(?:T\d{4,6}.*)?$")
_FOURTEEN = re.compile(r"\d{14}$")
_EPOCH = re.compile(r"\d{9,10}$|\d{12,13}$")
_MAIL = re.compile(r"(?:[A-Z][a-z]{2,8},?\s+)?\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4}\s+\d{1,2}:\d{2}")
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")
_ZONE_GAP = re.compile(r"\s+(?=(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$)")
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")

EARLIEST = date(1900, 1, 1)
"""Days before this one are taken for mistakes."""


def midnight(day: date) -> datetime:
    """Return the start of a day in UTC: how a publication day without a time is kept."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def find_full_date(text: str) -> tuple[date, int, int] | None:
    """Return the first full date that a text spells out, with its start and end (excluded)."""
    for found in _FULL_DATE.finditer(text):
        for form in "123":
            if found.group(f"year{form}"):
                name = found.group(f"month{form}")
                month = int(name) if name.isdigit() else _MONTH_NUMBER[name[:3].lower()]
                day = _day(int(found.group(f"year{form}")), month, int(found.group(f"day{form}")))
                if day:
                    return day, found.start(), found.end()
    return None


def day_in_address(address: str) -> date | None:
    """Return the full day in a path (``/2022/01/13/``, ``2022-01-13``, ``20220113``), or ``None``."""
    found = _IN_ADDRESS.search(address)
    return _day(*(int(part) for part in found.groups())) if found else None


def parse_published(stated: object) -> datetime | None:
    """Return the aware time that a metadata value states, or ``None`` if it is no full date.

    Takes ISO 8601, RFC 2822, seconds or milliseconds since 1970, English full dates, and numeric dates
    whose day is above 12. A stated offset is kept, so that ``.date()`` is the publisher's own day; no
    offset means UTC, no time means midnight UTC.
    """
    if isinstance(stated, bool) or stated is None:
        return None
    if isinstance(stated, datetime):
        return stated if stated.tzinfo else stated.replace(tzinfo=UTC)
    if isinstance(stated, date):
        return midnight(stated)
    text = " ".join(str(int(stated) if isinstance(stated, float) else stated).split())
    try:
        return _parse(text)
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _parse(text: str) -> datetime | None:
    if _EPOCH.match(text):
        seconds = int(text) / (1000 if len(text) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC)
    if _FOURTEEN.match(text):
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    if _ISO.match(text):
        compact = re.sub(r"(?:UTC|GMT)$", "Z", _ZONE_GAP.sub("", text))
        try:
            moment = datetime.fromisoformat(compact)
        except ValueError:
            moment = datetime.fromisoformat(text[:10])
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if _MAIL.match(text):
        moment = parsedate_to_datetime(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    numeric = _NUMERIC.match(text)
    if numeric:
        first, second, year = (int(part) for part in numeric.groups())
        if first == second or first > 12 or second > 12:
            month, day = (first, second) if second > 12 or first == second else (second, first)
            return midnight(date(year, month, day))
        return None
    found = find_full_date(text)
    return midnight(found[0]) if found else None


def implausible(moment: datetime, *, now: datetime | None = None) -> str | None:
    """Return why a publication time cannot be right, or ``None`` if it can.

    A day's grace is given to the future for clocks and time zones.
    """
    if moment.date() < EARLIEST:
        return "date before 1900"
    try:
        ahead = moment > (now or datetime.now(UTC)) + timedelta(days=1)
    except OverflowError:
        ahead = True
    return "date in the future" if ahead else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
