"""Readers of time expressions that count from a day: weekdays, "last year", "two weeks ago", durations."""

import re
from datetime import date, timedelta

from ingest.resolve import date_values as values
from ingest.resolve import date_words as words
from ingest.resolve.date_context import Context, Reading, dated


def read_weekday(match: re.Match[str], context: Context) -> Reading | None:
    """Read "Thursday", "last Monday", "Monday night", "early Wednesday", "on Mondays"."""
    name, which = match["day"].capitalize(), (match["which"] or match["after"] or "").lower().strip()
    before = context.before(match.start())
    if re.search(
        r"\b(?:Black|Bloody|Good|Ash|Palm|Easter|Holy|Cyber|Super|Man|Shrove|Maundy|on) $", before
    ) and (not before.endswith(" on ") or before.endswith(("Mail on ", "Independent on "))):
        return None
    if not match["part"] and re.match(
        r"\s(?:Times|Telegraph|Mirror|Herald|Express|Mail|Post|Mosque|Night Live|Addams|Agreement)\b",
        context.after(match.end()),
    ):
        return None
    number = words.WEEKDAYS[name]
    part = match["part"]
    if match["plural"]:
        return Reading("set", f"XXXX-WXX-{number + 1}")
    published = context.published
    suffix = f"T{words.DAY_PARTS[part.strip().lower()]}" if part else ""
    kind = "time" if part else "date"
    if published is None:
        return Reading(kind, f"XXXX-WXX-{number + 1}{suffix}")
    back = (published.weekday() - number) % 7
    if which == "last":
        day = published - timedelta(days=back or 7)
    elif which in ("next", "coming", "this coming", "the coming"):
        day = published + timedelta(days=(7 - back) if back else 7)
    elif which == "this":
        day = published - timedelta(days=published.weekday() - number)
    elif context.is_future(match.start(), match.end()):
        day = published + timedelta(days=(7 - back) % 7)
    else:
        day = published - timedelta(days=back)
    return Reading(kind, day.isoformat() + suffix, (day, day))


_DAYS_OFF = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}


def read_near_day(match: re.Match[str], context: Context) -> Reading | None:
    """Read "yesterday", "tomorrow afternoon", "tonight"."""
    name, part = match["day"].lower(), match["part"]
    suffix = f"T{words.DAY_PARTS[part.strip().lower()]}" if part else ""
    if name == "tonight":
        offset, suffix = 0, "TNI"
    elif name == "last night":
        offset, suffix = -1, "TNI"
    elif name.startswith("this "):
        offset, suffix = 0, f"T{words.DAY_PARTS[name[5:]]}"
    else:
        offset = _DAYS_OFF[name]
    kind = "time" if suffix else "date"
    if re.match(r"['’]s (?:world|society|youth|standards)", context.after(match.end())) and name == "today":
        return Reading("date", "PRESENT_REF")
    if context.published is None:
        return Reading(kind, f"XXXX-XX-XX{suffix}")
    day = context.published + timedelta(days=offset)
    return Reading(kind, day.isoformat() + suffix, (day, day))


def read_near_unit(match: re.Match[str], context: Context) -> Reading | None:
    """Read "last week", "this winter", "the previous month"."""
    which, unit = match["which"].lower(), match["unit"].lower()
    published = context.published
    offset = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    if which in ("previous", "following"):
        published = context.anchor(match.start()) or published
    elif which == "past" and not unit.startswith("weekend"):
        return Reading("duration", f"P1{words.UNITS.get(unit, 'Y')}")
    if unit in words.SEASONS:
        return _season(words.SEASONS[unit], published, which, context, match)
    if published is None:
        return Reading("date", {"W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(words.UNITS[unit], "XXXX"))
    if unit == "weekend":
        saturday, sunday = values.weekend_of(published)
        if offset < 0 and saturday <= published:
            offset = -1
        saturday, sunday = (d + timedelta(weeks=offset) for d in (saturday, sunday))
        return Reading("date", f"{values.week_value(saturday)}-WE", (saturday, sunday))
    if unit == "quarter":
        moved = values.shift_months(published, 3 * offset)
        quarter = (moved.month + 2) // 3
        return Reading("date", f"{moved.year}-Q{quarter}", values.quarter_of(moved.year, quarter))
    if unit == "decade":
        start = published.year // 10 * 10 + 10 * offset
        return Reading("date", str(start)[:3], (date(start, 1, 1), date(start + 9, 12, 31)))
    if unit == "century":
        start = published.year // 100 * 100 + 100 * offset
        return Reading("date", str(start)[:2], (date(start, 1, 1), date(start + 99, 12, 31)))
    letter = words.UNITS[unit]
    moved_day = values.shift(published, offset, letter)
    return dated("date", letter, moved_day) if moved_day else None


def _season(
    code: str, published: date | None, which: str, context: Context, match: re.Match[str]
) -> Reading | None:
    if published is None:
        return Reading("date", f"XXXX-{code}")
    seasons = [(y, values.season_of(y, code)) for y in range(published.year - 2, published.year + 2)]
    over = [y for y, (_, last) in seasons if last < published]
    begun = [y for y, (first, _) in seasons if first <= published]
    ahead = [y for y, (first, _) in seasons if first > published]
    if which in ("last", "past", "previous"):
        year = over[-1]
    elif which in ("next", "coming"):
        year = ahead[0]
    elif which == "this":
        year = begun[-1] if begun[-1] not in over else (published.year if code != "WI" else ahead[0])
    elif context.is_future(match.start(), match.end()):
        year = ahead[0]
    else:
        year = begun[-1]
    return Reading("date", f"{year}-{code}", values.season_of(year, code))


def read_weekend(match: re.Match[str], context: Context) -> Reading | None:
    """Read "the weekend": the one last begun, or the next in a clause that looks ahead."""
    published = context.published
    if published is None:
        return Reading("date", "XXXX-WXX-WE")
    saturday, sunday = values.weekend_of(published)
    if saturday > published and not context.is_future(match.start(), match.end()):
        saturday, sunday = saturday - timedelta(weeks=1), sunday - timedelta(weeks=1)
    return Reading("date", f"{values.week_value(saturday)}-WE", (saturday, sunday))


def read_bare_season(match: re.Match[str], context: Context) -> Reading | None:
    """Read "in the spring"."""
    return _season(words.SEASONS[match["season"].lower()], context.published, "", context, match)


def read_distance(match: re.Match[str], context: Context) -> Reading | None:
    """Read "two days ago", "three weeks earlier", "five years from now"."""
    unit = re.sub(r"s$", "", match["unit"].lower())
    unit = "century" if unit == "centurie" else unit
    amount = values.number_of(match["number"])
    letter = words.UNITS[unit]
    direction = match["direction"].lower()
    from_now = direction in ("ago", "from now", "hence")
    base = context.published if from_now else context.anchor(match.start())
    if amount is None or (base is None and (from_now or letter.startswith("T"))):
        if from_now:
            return Reading("date", "PAST_REF" if direction == "ago" else "FUTURE_REF")
        return None
    sign = -1 if direction in ("ago", "earlier", "before", "previously", "prior") else 1
    amount *= sign * words.UNIT_SIZE.get(unit, 1)
    if base is None:
        return Reading("date", {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(letter, "XXXX"))
    if letter.startswith("T"):
        if unit != "hour" or abs(amount) < 24:
            return Reading("time", base.isoformat(), (base, base))
        moved = values.shift(base, int(amount / 24), "D")
        letter = "D"
    else:
        moved = values.shift(base, amount, letter)
    if moved is None:
        return None
    if not from_now and letter != "Y":
        return dated("date", "D" if letter == "W" else letter, moved)
    return dated("date", letter, moved)


def read_other_day(match: re.Match[str], context: Context) -> Reading | None:
    """Read "the same day", "the previous night", "that week": counted from the day named before."""
    which, unit = match["which"].lower().removeprefix("the "), match["unit"].lower()
    day = context.anchor(match.start())
    letter = words.UNITS.get(unit, "D")
    offset = -1 if which in ("previous", "preceding") or match["earlier"] else 1
    if which in ("same", "that", "that same"):
        offset = 0
    suffix = f"T{words.DAY_PARTS[unit]}" if unit in words.DAY_PARTS else ""
    if day is None:
        vague = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(letter, "XXXX")
        return Reading("time" if suffix else "date", vague + suffix)
    moved = values.shift(day, offset, letter)
    if moved is None:
        return None
    value, days = values.value_of(moved, letter)
    return Reading("time" if suffix else "date", value + suffix, days)


def read_edge_of_unit(match: re.Match[str], context: Context) -> Reading | None:
    """Read "the end of the year", "later this month", "earlier this week"."""
    unit = match["unit"].lower()
    which = (match["which"] or "this").lower()
    published = context.published
    letter = words.UNITS.get(unit, "D")
    if published is None:
        return Reading("date", {"W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(letter, "XXXX-XX-XX"))
    if unit == "weekend":
        saturday, sunday = values.weekend_of(published)
        return Reading("date", f"{values.week_value(saturday)}-WE", (saturday, sunday))
    if unit == "decade":
        start = published.year // 10 * 10
        return Reading("date", str(start)[:3], (date(start, 1, 1), date(start + 9, 12, 31)))
    moved = values.shift(published, {"last": -1, "next": 1}.get(which, 0), letter)
    if moved is None:
        return None
    reading = dated("date", letter, moved)
    opening = match["edge"].lower()
    if which == "this" and reading.days and letter != "D":
        first, last = reading.days
        if opening.startswith("earlier"):
            return Reading("date", reading.value, (first, max(first, published)))
        if opening.startswith("later"):
            return Reading("date", reading.value, (min(published, last), last))
    return reading


def read_duration(match: re.Match[str], context: Context) -> Reading | None:
    """Read "30 years", "the past three days", "several weeks"; an age is none."""
    after = context.after(match.end())
    if re.match(r"[\s-](?:olds?|of age)\b", after):
        return None
    unit = re.sub(r"s$", "", match["unit"].lower())
    unit = "century" if unit == "centurie" else unit
    letter, size = words.UNITS[unit], words.UNIT_SIZE.get(unit, 1)
    amount = values.number_of(match["number"]) if match["number"] else None
    if unit == "second" and (amount is None or amount == 1 or match.group().endswith("second")):
        return None
    if unit == "minute" and match["number"] and re.search(r"\blast-$", context.before(match.start())):
        return None
    digits = "X" if amount is None else str(amount * size)
    return Reading("duration", f"PT{digits}{letter[1:]}" if letter.startswith("T") else f"P{digits}{letter}")


def read_long(match: re.Match[str], context: Context) -> Reading | None:
    """Read "month-long"."""
    letter = words.UNITS[match["unit"]]
    size = "X" if "s-" in match.group() else str(words.UNIT_SIZE.get(match["unit"], 1))
    return Reading("duration", f"PT{size}{letter[1:]}" if letter.startswith("T") else f"P{size}{letter}")


def read_set(match: re.Match[str], context: Context) -> Reading | None:
    """Read "every Friday", "daily", "twice a year"."""
    text = match.group().lower()
    for name, number in words.WEEKDAYS.items():
        if len(name) > 4 and name.lower() in text:
            return Reading("set", f"XXXX-WXX-{number + 1}")
    for name, number in words.MONTHS.items():
        if len(name) > 2 and re.search(rf"\b{name.lower()}\b", text):
            return Reading("set", f"XXXX-{number:02d}")
    if text in ("daily", "nightly", "hourly", "weekly", "monthly", "annually", "yearly"):
        value = {"daily": "P1D", "nightly": "P1D", "hourly": "PT1H", "weekly": "P1W", "monthly": "P1M"}
        return Reading("set", value.get(text, "P1Y"))
    unit = re.sub(r"s$", "", text.split()[-1])
    if unit in words.DAY_PARTS:
        return Reading("set", f"XXXX-XX-XXT{words.DAY_PARTS[unit]}")
    if unit in words.SEASONS:
        return Reading("set", f"XXXX-{words.SEASONS[unit]}")
    count = next((n for word in text.split()[1:-1] if (n := values.number_of(word))), 1)
    if "other" in text.split():
        count = 2
    letter = words.UNITS.get(unit, "D")
    count *= words.UNIT_SIZE.get(unit, 1)
    return Reading("set", f"PT{count}{letter[1:]}" if letter.startswith("T") else f"P{count}{letter}")


def read_reference(match: re.Match[str], context: Context) -> Reading | None:
    """Read "now", "recently", "soon"."""
    text = match.group().lower()
    if text == "now" and (
        re.match(r"-|\sthat\b|,? (?:then|defunct)\b", context.after(match.end()))
        or context.before(match.start()).endswith(("-", "just "))
    ):
        return None
    if text == "soon" and re.match(r"\safter\b|\sas\b|-", context.after(match.end())):
        return None
    if text == "shortly" and re.match(r"\s(?:after|before)\b", context.after(match.end())):
        return None
    for value, forms in words.REFERENCES.items():
        if re.fullmatch(forms.replace("(?! \\w+)", ""), text):
            return Reading("date", value)
    return None


def clock_value(text: str) -> str:
    """Return ``T16:53`` for "4:53 pm", ``T24:00`` for "midnight"."""
    plain = text.lower()
    if plain.startswith(("noon", "midday")):
        return "T12:00"
    if plain.startswith("midnight"):
        return "T24:00"
    if plain in ("dawn", "daybreak", "dusk", "nightfall"):
        return "TMO" if plain.startswith("da") else "TEV"
    match = re.match(r"(\d{1,2})(?:[:.](\d\d))?\s?([ap])?", plain)
    if re.match(r"\d{4}\s", plain):
        return f"T{plain[:2]}:{plain[2:4]}"
    assert match is not None
    hour, minute = int(match[1]), match[2] or "00"
    if match[3]:
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    return f"T{hour:02d}:{minute}"


def read_clock(match: re.Match[str], context: Context) -> Reading | None:
    """Read a time of day; its day is found later."""
    text = match["clock"]
    before = context.before(match.start())
    if re.fullmatch(r"\d{1,2}:\d\d(?::\d\d)?", text) and not re.search(
        r"\b(?:at|by|around|about|from|until|till|after|before|to|and|since|exactly)\s$", before, re.I
    ):
        return None
    if re.match(r"\d{1,2}\.\d\d", text) and not re.search(r"m", text):
        return None
    return Reading("time", clock_value(text))
