"""The forms that time expressions take, each with the function that says what it stands for.

One row of ``RULES`` is one form: its name, its pattern and its reader. A reader gets the match of its own
pattern and the context, and returns a ``Reading``, or ``None`` when the words are no time after all.
Patterns come longest first: where two match at a place, the earlier row wins.
"""

from ingest.resolve import date_calendar as days
from ingest.resolve import date_relative as relative
from ingest.resolve import date_words as words
from ingest.resolve.date_context import Reader

_D, _Y, _M, _W = words.DAY, words.YEAR, words.MONTH, words.WEEKDAY
_UNITS = r"(?:day|week|fortnight|month|year|decade|century|weekend|quarter)"

RULES: tuple[tuple[str, str, Reader], ...] = (
    ("iso", r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])", days.read_iso),
    ("figures", rf"(?P<one>\d{{1,2}})[/.](?P<two>\d{{1,2}})[/.](?P<year>{_Y})(?!\d)", days.read_figures),
    (
        "month_day_range",
        (
            rf"(?P<month>{_M})\s(?P<one>{_D})(?:\s?[-–]\s?|\s(?:to|through|and)\s)(?P<two>{_D})"
            rf"(?:,?\s(?P<year>{_Y}))?(?![\w:])"
        ),
        days.read_day_range,
    ),
    (
        "day_range_month",
        (
            rf"(?P<one>{_D})(?:\s?[-–]\s?|\s(?:to|and|through)\s)(?P<two>{_D})\s(?P<month>{_M})"
            rf"(?:,?\s(?P<year>{_Y}))?(?![\w:])"
        ),
        days.read_day_range,
    ),
    (
        "full_date",
        (
            rf"(?:(?:{_W}|{words.WEEKDAY_SHORT}),?\s)?(?:the\s)?"
            rf"(?:(?P<month>{_M})\s(?P<day>{_D}),?\s(?P<year>{_Y})"
            rf"|(?P<day2>{_D})(?:\sof)?\s(?P<month2>{_M}),?\s(?P<year2>{_Y}))"
            rf"(?!\d)"
        ),
        days.read_full_date,
    ),
    (
        "holiday",
        (
            r"(?P<name>Christmas(?: Day| Eve)?|Boxing Day|New Year[’']?s(?: Day| Eve)?|"
            r"Valentine[’']s Day|Halloween|May Day|"
            r"International Women[’']s Day|Bastille Day|Armistice Day|St\.? Patrick[’']s Day|"
            r"Anzac Day|Victory Day|World AIDS Day|Earth Day)"
            rf"(?:,?\s(?P<year>{_Y}))?(?!\w)"
        ),
        days.read_holiday,
    ),
    (
        "part_date",
        (
            rf"(?:(?:{_W}|{words.WEEKDAY_SHORT}),?\s)?(?:(?P<month>{_M})\s(?P<day>{_D})(?:,\s?"
            rf"(?={_M}))?"
            rf"|(?:the\s)?(?P<day2>{_D})(?:\sof)?\s(?P<month2>{_M}))(?![\w:%]|"
            rf"[.,]\d)"
        ),
        days.read_part_date,
    ),
    ("month_year", rf"{words.EDGE}?(?P<month>{_M})(?:\sof|,)?\s(?P<year>{_Y})(?!\d)", days.read_month_year),
    (
        "season_year",
        (
            rf"{words.EDGE}?(?:[Tt]he\s)?(?P<season>{words.SEASON})(?:\sof|,)?\s(?P<year>{_Y})"
            rf"(?!\d)"
        ),
        days.read_season_year,
    ),
    (
        "quarter",
        (
            rf"(?:Q(?P<number>[1-4])|(?:[Tt]he\s)?(?P<ordinal>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|"
            rf"1st|2nd|3rd|4th)"
            rf"[\s-]quarter)(?:\s(?:of\s)?(?P<year>{_Y}))?(?!\s(?:finals?\b|past))|"
            rf"(?P<year_before>{_Y})\sQ(?P<number2>[1-4])"
        ),
        days.read_quarter,
    ),
    (
        "every",
        (
            rf"(?i:(?:every|each)\s(?:other\s)?(?:{words.NUMBER}\s)?"
            rf"(?:{words.WEEKDAY}|{words.MONTH_LONG}|{words.UNIT}s?|"
            rf"{words.DAY_PART}|{words.SEASON}))\b|(?i:\b(?:once|twice)\sa\s(?:day|week|month|year))\b"
            r"|(?:daily|hourly|weekly|monthly|annually|yearly|nightly)\b"
        ),
        relative.read_set,
    ),
    (
        "weekday",
        (
            rf"(?:(?:[Ee]arly|[Ll]ate)(?:\son)?\s)?(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his coming|"
            rf"[Tt]his|[Cc]oming|[Tt]he coming)\s)?"
            rf"(?P<day>{_W})(?P<plural>s\b)?(?P<after>\s(?:last|next)\b(?!\s\w))?"
            rf"(?P<part>\s{words.DAY_PART}\b)?(?!\w)"
        ),
        relative.read_weekday,
    ),
    (
        "bare_month",
        (
            rf"(?P<edge>{words.EDGE})?(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s)?"
            rf"(?P<month>{words.MONTH_LONG}|"
            rf"(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.(?=\s(?:and|to|through)\s))"
            rf"(?!\w)"
        ),
        days.read_bare_month,
    ),
    (
        "edge_of_unit",
        (
            r"(?P<edge>[Tt]he (?:beginning|start|middle|end) of(?: the)?|[Ee]arlier(?: in)?|"
            r"[Ll]ater(?: in)?|[Ll]ate|[Ee]arly)\s"
            rf"(?:(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]he)\s)?(?P<unit>{_UNITS})"
            rf"(?!\w)"
        ),
        relative.read_edge_of_unit,
    ),
    (
        "near_day",
        (
            r"(?:(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly)\s)?(?P<day>(?i:the day before yesterday|"
            r"the day after tomorrow|yesterday|today|"
            rf"tomorrow|tonight|last night|this (?:morning|afternoon|evening)))"
            rf"(?P<part>\s{words.DAY_PART}\b)?(?!\w)"
        ),
        relative.read_near_day,
    ),
    ("weekend", r"[Tt]he weekend(?!\w)", relative.read_weekend),
    (
        "span",
        (
            rf"(?i:(?:the\s|these\s)?(?:past|last|next|coming|previous|following|"
            rf"first))\s(?P<number>{words.NUMBER}|{words.VAGUE})\s"
            rf"(?P<unit>{words.UNIT}s)\b"
        ),
        relative.read_duration,
    ),
    (
        "near_unit",
        (
            r"(?:[Tt]he\s)?(?P<which>(?i:this|last|next|past|coming|previous|"
            r"following))\s(?P<unit>week|month|year|weekend|quarter|"
            r"decade|century|spring|summer|autumn|fall|winter)(?!\w)"
        ),
        relative.read_near_unit,
    ),
    (
        "distance",
        (
            rf"{words.ABOUT}(?P<number>{words.NUMBER}|{words.VAGUE}|[Aa]n?|"
            rf"[Tt]he)\s(?P<unit>{words.UNIT}s?)\s"
            r"(?P<direction>ago|earlier|later|from now|hence|before(?=[.,;])|after(?=[.,;])|"
            r"previously)\b"
        ),
        relative.read_distance,
    ),
    (
        "other_day",
        (
            rf"(?P<which>(?i:(?<=the\s)|the\s)(?i:same|previous|next|following|preceding)|"
            rf"[Tt]hat same|[Tt]hat)\s(?P<unit>day|week|month|year|"
            rf"{words.DAY_PART})\b(?P<earlier>\s(?:before|earlier)\b)?"
        ),
        relative.read_other_day,
    ),
    ("years", rf"(?P<first>{_Y})[-–](?P<last>{_Y}|\d\d)(?![\d-])", days.read_years),
    (
        "decade",
        (
            r"(?:[Tt]he\s)?(?:(?:early|late|mid)[\s-])?(?P<decade>1[5-9]\d0|20[0-4]0)['’]?s\b|"
            r"(?:[Tt]he\s)(?:(?:early|late|mid)[\s-])?['’](?P<decade2>[2-9]0)s\b"
        ),
        days.read_decade,
    ),
    (
        "century",
        (
            r"(?:[Tt]he\s)?(?:(?:early|late|mid)[\s-])?(?P<number>\d{1,2}(?:th|st)|[Ss]eventeenth|"
            r"[Ee]ighteenth|[Nn]ineteenth|[Tt]wentieth|[Tt]wenty-first)[\s-]"
            r"century\b"
        ),
        days.read_century,
    ),
    ("year", rf"(?P<edge>{words.EDGE}|[Aa]ll of\s)?(?P<year>1[5-9]\d\d|20[0-4]\d)(?![\d\w])", days.read_year),
    ("clock", rf"(?P<clock>{words.CLOCK})(?!\w)", relative.read_clock),
    (
        "compound",
        (
            rf"(?P<number>\d+|{words.NUMBER})-(?P<unit>{words.UNIT})(?:-(?=long))?(?:long)?"
            rf"(?![\w])"
        ),
        relative.read_duration,
    ),
    ("long", r"(?P<unit>hour|day|week|month|year|decade|century)s?-long\b", relative.read_long),
    (
        "duration",
        (
            rf"{words.ABOUT}(?P<number>{words.NUMBER}|{words.VAGUE})"
            rf"(?:\smore|\sfull|\sstraight|\sconsecutive)?\s(?P<unit>{words.UNIT}s?)\b"
        ),
        relative.read_duration,
    ),
    (
        "one_unit",
        (
            rf"(?:(?<=\b[Ff]or\s)|(?<=\b[Ii]n\s)|(?<=\b[Ww]ithin\s)|(?<=\b[Oo]ver\s)|"
            rf"(?<=\b[Aa]fter\s)|(?<=\bnearly\s)|(?<=\balmost\s)|(?<=\babout\s)|"
            rf"(?<=\bthan\s)|(?<=\bleast\s)|(?<=\blasting\s)|(?<=\blasted\s))"
            rf"(?:(?P<number>an?\s(?:full\s|whole\s)?|half\san?\s|)(?P<unit>{words.UNIT}s?))\b"
            rf"|\b(?P<number2>an?)\s(?P<unit2>{words.UNIT})(?=\s(?:before|"
            rf"after)\b)"
        ),
        relative.read_duration,
    ),
    ("reference", "(?i:" + "|".join(words.REFERENCES.values()) + r")(?!\w)", relative.read_reference),
)
