"""Readers of time expressions that name a place in the calendar: days, months, years, feasts."""

import re
from datetime import date

from ingest.resolve import date_values as values
from ingest.resolve import date_words as words
from ingest.resolve.date_context import (
    RELATIVE,
    STATED,
    Context,
    Reading,
    dated,
    month_number,
    stated_year_of,
    tense_of,
)


def read_full_date(match: re.Match[str], context: Context) -> Reading | None:
    """Read "13 January 2022" and "Friday, January 4, 2019"."""
    day = values.day_of(
        int(match["year"]), month_number(match["month"]), int(re.sub(r"\D", "", match["day"]))
    )
    return dated("date", "D", day, STATED) if day else None


def read_figures(match: re.Match[str], context: Context) -> Reading | None:
    """Read "25/12/2014" where only one order of day and month makes sense."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if one > 12 >= two:
        one, two = two, one
    elif two <= 12 and one != two:
        return None
    day = values.day_of(year, one, two)
    return dated("date", "D", day, STATED) if day else None


def read_iso(match: re.Match[str], context: Context) -> Reading | None:
    """Read "2022-01-13"."""
    day = values.day_of(int(match["year"]), int(match["month"]), int(match["day"]))
    return dated("date", "D", day, STATED) if day else None


def nearest_year(published: date, month: int, day: int, *, tense: int) -> date | None:
    """Return the day of a bare "13 January": the last past, or the next when it lies much nearer.

    A newspaper adds the year to a day most of a year ago; so the nearer of the two is meant, the past one
    being favoured the more, the more the clause looks back (``tense`` -1, 0 or 1).
    """
    found = [d for y in (-1, 0, 1) if (d := values.day_of(published.year + y, month, day))]
    past = max((d for d in found if d <= published), default=None)
    ahead = min((d for d in found if d > published), default=None)
    if past is None or ahead is None:
        return past or ahead
    # Days ahead that are still believed, by tense.
    reach = {-1: 60, 0: 120, 1: 300}[tense]
    return ahead if (ahead - published).days <= reach else past


def read_part_date(match: re.Match[str], context: Context) -> Reading | None:
    """Read "Jan. 13", "the 5th of January", "Monday, Jan. 10"."""
    month, day = month_number(match["month"]), int(re.sub(r"\D", "", match["day"]))
    if match["month"] in ("May", "March") and re.match(
        r"\s(?:people|troops|million)", context.after(match.end())
    ):
        return None
    if re.match(r"\s(?:attacks?|hijack|terror|Commission)", context.after(match.end())) and (month, day) == (
        9,
        11,
    ):
        return dated("date", "D", date(2001, 9, 11), STATED)
    if context.published is None:
        return Reading("date", f"XXXX-{month:02d}-{day:02d}")
    if re.search(r"\b[Ss]ince (?:the )?$", context.before(match.start())):
        found = nearest_year(context.published, month, day, tense=-1)
        if found and found > context.published:
            found = values.day_of(found.year - 1, month, day)
    elif (year := stated_year_of(match, context)) is not None:
        found = values.day_of(year, month, day)
    else:
        found = nearest_year(context.published, month, day, tense=tense_of(match, context))
    return dated("date", "D", found) if found else None


def read_day_range(match: re.Match[str], context: Context) -> Reading | None:
    """Read "10 to 13 January" and "January 10-13, 2022" as one range."""
    month = month_number(match["month"])
    one, two = (int(re.sub(r"\D", "", match[n])) for n in ("one", "two"))
    if one >= two:
        return None
    if match["year"]:
        last = values.day_of(int(match["year"]), month, two)
    elif context.published is None:
        return Reading("date", f"XXXX-{month:02d}-{one:02d}/XXXX-{month:02d}-{two:02d}")
    else:
        last = nearest_year(context.published, month, two, tense=tense_of(match, context))
    first = last and values.day_of(last.year, month, one)
    if first is None or last is None:
        return None
    basis = STATED if match["year"] else RELATIVE
    return Reading("date", f"{first.isoformat()}/{last.isoformat()}", (first, last), basis)


def read_month_year(match: re.Match[str], context: Context) -> Reading | None:
    """Read "March 2014" and "late March 2014"."""
    return dated("date", "M", date(int(match["year"]), month_number(match["month"]), 1), STATED)


_MONTH_AFTER = re.compile(
    r"(?:\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Dd]uring|[Tt]hroughout|[Tt]hrough|every|each)\s"
    r"|(?:end|beginning|start|middle|month|half) of\s)$"
)
_MONTH_MAYBE_AFTER = re.compile(r"\b(?:[Bb]y|[Bb]efore|[Aa]fter|[Ff]rom|to|for|[Bb]etween|and|or|of)\s$")
_DETERMINED = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Tt]his|that|another)|(?<!Women)(?<!People)['’]s)\s$"
)


def is_month_name(name: str, before: str, after: str, *, person: bool = False) -> bool:
    """Tell whether "May", "March", "April", "June" or "August" without a day or year is the month.

    ``person`` says that the article speaks of someone called May.
    """
    if name.isupper() and name.capitalize() in ("May", "March"):
        return False
    if name not in ("March", "April", "May", "June", "August"):
        return True
    if _MONTH_AFTER.search(before):
        return not re.match(r"\s(?:of|on) (?:the\s)?[A-Z]", after)
    if name in ("April", "June", "August") and not re.match(r"\s[A-Z][a-z]", after):
        return _DETERMINED.search(before) is not None or not re.search(r"[A-Z][\w.]* $", before)
    if re.match(r"['’]s\s[a-z]", after) or person:
        return False
    if _MONTH_MAYBE_AFTER.search(before):
        return bool(re.match(rf"(?:[.,;:)]|\s(?:and|or|to|through|until)\s{words.MONTH})", after))
    if _DETERMINED.search(before):
        return bool(re.match(r"\s(?!on\b|for\b|against\b|of\b|to\b|in\b|is\b|was\b|through\b)[a-z]", after))
    return False


def read_bare_month(match: re.Match[str], context: Context) -> Reading | None:
    """Read "March", "late January", "last August"."""
    name, month = match["month"], month_number(match["month"])
    edge, which = match["edge"], (match["which"] or "").lower()
    before, after = context.before(match.start()), context.after(match.end())
    person = context.is_person_called_may() and name == "May"
    if not edge and not which and not is_month_name(name, before, after, person=person):
        return None
    if name in ("May", "March") and edge and edge.lower().startswith("early") and re.match(r"\s[A-Z]", after):
        return None
    published = context.published
    if published is None:
        return Reading("date", f"XXXX-{month:02d}")
    year = published.year
    past = year if month <= published.month else year - 1
    ahead = year if month > published.month else year + 1
    if which == "last":
        chosen = past if month != published.month else year - 1
    elif which == "next":
        chosen = ahead
    elif which == "this":
        chosen = year
    elif (stated := stated_year_of(match, context)) is not None:
        chosen = stated
    elif re.search(r"\b[Ss]ince\s$", before):
        chosen = past
    elif context.is_future(match.start(), match.end()):
        chosen = year if month >= published.month else year + 1
    else:
        near = (ahead - year) * 12 + month - published.month
        looks_back = context.is_past(match.start(), match.end())
        chosen = ahead if 0 < near <= 1 and past < year and not looks_back else past
    return dated("date", "M", date(chosen, month, 1))


def read_season_year(match: re.Match[str], context: Context) -> Reading | None:
    """Read "summer 2018"."""
    code, year = words.SEASONS[match["season"].lower()], int(match["year"])
    return Reading("date", f"{year}-{code}", values.season_of(year, code), STATED)


def read_quarter(match: re.Match[str], context: Context) -> Reading | None:
    """Read "Q1 2022" and "the third quarter of 2019"."""
    number = int(match["number"]) if match["number"] else words.ORDINALS[match["ordinal"].lower()]
    year_text = match["year"] or match["year_before"]
    if year_text:
        year = int(year_text)
        return Reading("date", f"{year}-Q{number}", values.quarter_of(year, number), STATED)
    published = context.published
    if published is None:
        return Reading("date", f"XXXX-Q{number}")
    year = published.year
    future = context.is_future(match.start(), match.end())
    if values.quarter_of(year, number)[0] > published and not future:
        year -= 1
    elif values.quarter_of(year, number)[1] < published and future:
        year += 1
    return Reading("date", f"{year}-Q{number}", values.quarter_of(year, number))


def read_years(match: re.Match[str], context: Context) -> Reading | None:
    """Read "1939-1945"."""
    first, last = int(match["first"]), match["last"]
    if not last:
        return None
    until = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    if not first < until < first + 200:
        return None
    return Reading("date", f"{first}/{until}", (date(first, 1, 1), date(until, 12, 31)), STATED)


_YEAR_AFTER = re.compile(
    r"(?:\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|to|[Dd]uring|[Bb]efore|[Aa]fter|through|of|for|and|"
    r"[Bb]etween|[Ee]arly|[Ll]ate|[Mm]id|[Tt]hroughout|circa|or|late in|early in|all of|back to|year|"
    r"versus|than in|[Uu]nlike|[Tt]he|[Aa]|his|her|its|their|our|this|that)[\s-]|['’]s?\s|"
    r"[(\[–-]|, |born |upcoming )$"
)
_NOT_A_YEAR = re.compile(
    r"(?:[$€£#.]|\b(?:fiscal|fiscal year|FY|No\.|number|flight|route|resolution|least|than|about|nearly|over|"
    r"some|of about|only|exactly|another)\s)$",
    re.I,
)


def read_year(match: re.Match[str], context: Context) -> Reading | None:
    """Read a year where the words around it do not make it a number of things."""
    year = int(match["year"])
    before, after = context.before(match.start()), context.after(match.end())
    if (
        _NOT_A_YEAR.search(before)
        or words.COUNTED.match(after)
        or re.match(r"(?:[,.:]\d|%|-\w*-old|\w|/\d)", after)
    ):
        return None
    at_start = not before.strip() or before.rstrip()[-1:] in ".!?\n"
    if not match["edge"] and not _YEAR_AFTER.search(before) and not at_start:
        return None
    if (
        re.search(r"\b(?:[Tt]he|[Aa]|of|for|to|and|by|, )[\s]?$", before)
        and year < 1900
        and not match["edge"]
    ):
        return None
    return dated("date", "Y", date(year, 1, 1), STATED)


def read_decade(match: re.Match[str], context: Context) -> Reading | None:
    """Read "the 1990s" and "the early '80s"."""
    text = match["decade"]
    start = int(text) if len(text) == 4 else 1900 + int(text)
    if start % 10:
        return None
    if start % 100 == 0 and start != 2000:
        return Reading("date", str(start)[:2], (date(start, 1, 1), date(start + 99, 12, 31)), STATED)
    return Reading("date", str(start)[:3], (date(start, 1, 1), date(start + 9, 12, 31)), STATED)


def read_century(match: re.Match[str], context: Context) -> Reading | None:
    """Read "the 19th century"."""
    ordinals = {"nineteenth": 19, "twentieth": 20, "twenty-first": 21, "eighteenth": 18, "seventeenth": 17}
    text = match["number"].lower()
    number = ordinals[text] if text in ordinals else int(re.sub(r"\D", "", text))
    if not 2 <= number <= 22:
        return None
    start = (number - 1) * 100
    return Reading("date", f"{number - 1:02d}", (date(start, 1, 1), date(start + 99, 12, 31)), STATED)


def read_holiday(match: re.Match[str], context: Context) -> Reading | None:
    """Read a feast with a fixed day, with or without its year."""
    month, day = words.HOLIDAYS[match["name"].lower().replace("’", "'")]
    if re.match(
        r"\s(?:Island|tree|card|gift|market|Market|shopping|carol|present|party)", context.after(match.end())
    ):
        return None
    if match["year"]:
        return dated("date", "D", date(int(match["year"]), month, day), STATED)
    if context.published is None:
        return Reading("date", f"XXXX-{month:02d}-{day:02d}")
    found = nearest_year(context.published, month, day, tense=tense_of(match, context))
    return dated("date", "D", found) if found else None
