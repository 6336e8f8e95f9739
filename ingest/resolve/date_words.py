"""The words of time in news English and what they stand for: tables and the patterns made of them."""

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "January Jan", "February Feb", "March Mar", "April Apr", "May", "June Jun", "July Jul",
            "August Aug", "September Sept Sep", "October Oct", "November Nov", "December Dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("Monday Mon", "Tuesday Tues Tue", "Wednesday Wed", "Thursday Thurs Thu", "Friday Fri",
         "Saturday Sat", "Sunday Sun")
    )
    for name in names.split()
}  # fmt: skip
NUMBERS = {
    word: number
    for number, words in {
        1: "a an one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight",
        9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen",
        16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty",
        60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred",
    }.items()
    for word in words.split()
}  # fmt: skip
UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "W", "month": "M",
    "year": "Y", "decade": "Y", "century": "Y", "centuries": "Y", "weekend": "WE", "quarter": "M",
}  # fmt: skip
"""TIMEX3 letter of a unit; those of a day or less carry the T."""
UNIT_SIZE = {"fortnight": 2, "decade": 10, "century": 100, "centuries": 100, "quarter": 3}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAY_PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "lunchtime": "MI"}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
HOLIDAYS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "new year's eve": (12, 31), "new year's day": (1, 1), "new years eve": (12, 31), "new years day": (1, 1),
    "new year's": (1, 1), "valentine's day": (2, 14), "halloween": (10, 31), "may day": (5, 1),
    "international women's day": (3, 8), "bastille day": (7, 14), "armistice day": (11, 11),
    "st. patrick's day": (3, 17), "st patrick's day": (3, 17), "anzac day": (4, 25), "victory day": (5, 9),
    "april fools' day": (4, 1), "april fool's day": (4, 1), "world aids day": (12, 1), "earth day": (4, 22),
}  # fmt: skip
REFERENCES = {
    "PRESENT_REF": "now|currently|at present|at the moment|presently|nowadays|these days|right now",
    "PAST_REF": "recently|lately|previously|formerly|in the past(?! \\w+)|"
    "(?:recent|past) (?:days|weeks|months|years|decades)|the recent past",
    "FUTURE_REF": "soon|shortly|the (?:near |foreseeable )?future|"
    "(?:the )?coming (?:days|weeks|months|years|decades)",
}

MONTH_LONG = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
)
MONTH_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
MONTH = f"(?:(?:{MONTH_LONG})|{MONTH_SHORT})"
WEEKDAY = (
    "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    "MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)"
)
WEEKDAY_SHORT = r"(?:Mon|Tues|Tue|Wed|Thurs|Thu|Fri|Sat|Sun)\.?"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})*|(?:[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty|[Nn]inety)"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|"
    r"[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|[Tt]hirteen|[Ff]ourteen|[Ff]ifteen|[Ss]ixteen|"
    r"[Ss]eventeen|[Ee]ighteen|[Nn]ineteen)"
)
VAGUE = r"(?:[Ss]everal|[Ss]ome|[Mm]any|a few|A few|few|a couple of|A couple of|[Dd]ozens of)"
UNIT = r"(?:second|minute|hour|day|week|fortnight|month|year|decade|century|centurie)"
DAY_PART = r"(?:morning|afternoon|evening|night|lunchtime)"
SEASON = r"(?:spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Winter)"
ABOUT = (
    r"(?:(?:[Nn]early|[Aa]lmost|[Aa]bout|[Aa]round|[Mm]ore than|[Ll]ess than|[Ff]ewer than|[Aa]t least|"
    r"[Aa]pproximately|[Jj]ust over|[Jj]ust under|[Uu]p to|[Oo]nly|[Jj]ust)\s)?"
)
ZONE = r"(?:GMT|UTC|EST|EDT|CET|CEST|BST|ET|PT|PST|PDT|IST|MSK|Eastern(?: time)?|local time)"
CLOCK = (
    rf"(?:(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?(?:[AaPp]\.\s?[Mm]\.?|[ap]m\b|[AP]M\b)(?:\s\(?{ZONE}\)?)?"
    rf"|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s\(?{ZONE}\)?)?|(?:[01]\d|2[0-3])[0-5]\d\s(?:GMT|UTC)"
    r"|(?:[Nn]oon|[Mm]idday|[Mm]idnight)|(?<=\bat )(?:dawn|dusk|daybreak|nightfall))"
)
FULL_DATE = rf"(?:{MONTH}\s{DAY},?\s{YEAR}|{DAY}(?:\sof)?\s{MONTH},?\s{YEAR})"
PART_DATE = rf"(?:{MONTH}\s{DAY}|(?:the\s)?{DAY}(?:\sof)?\s{MONTH})(?![\w:])"
EDGE = (
    r"(?:(?:[Ee]arly|[Ll]ate|[Mm]id)[\s-](?:in\s)?|[Tt]he (?:beginning|start|middle|end) of (?:the )?|"
    r"[Ee]arlier (?:in )?|[Ll]ater (?:in )?)"
)

FUTURE = re.compile(
    r"\b(?:(?:will|shall|would|won['’]t|['’]ll|(?:is|are) to)(?: not| \w+ly)?"
    r"(?: have)?(?: be \w+| \w+ed)?|upcoming|tomorrow|"
    r"(?:is|are|was|were|be) (?:due|set|scheduled|slated|expected|supposed|about|planned)|due|"
    r"scheduled|slated|set to|planned for|going to|to be held|takes effect|take effect|takes office|go(?:es)? to the polls|"
    r"face[sd]? (?:re-?)?election|expires?|ahead of|"
    r"before (?:the|a|an|his|her|their) (?:\w+ )?(?:vote|elections?|referendum|summit|deadline|trial|"
    r"hearing|visit|polls|talks)|deadline|may|might|begins?|starts?|resumes?|opens?|meets?|"
    r"leaves?|visits?|travels?|arrives?)\b"
)
"""Words that look ahead wherever they stand in the clause."""
PLAN = re.compile(
    r"\b(?:(?:plan|agree|hope|intend|expect|want|vow|threaten|urge|ask|call|promis|prepar|invit|decid|pledg)\w*"
    r"(?: \w+){0,3} to|ready to|(?:scheduled|planned|called|due|strike|another) for)\b"
)
"""Words that make what follows them lie ahead."""
PAST = re.compile(
    r"\b(?:was|were|had|has|have|did|said|told|went|came|took|met|held|left|began|fell|rose|won|lost|saw|gave|got|"
    r"made|shot|hit|struck|fled|sent|spoke|ran|broke|led|put|brought|found|fought|became|flew|drove|sought|died|"
    r"killed|since|ago|last|signed|announced|[a-z]{3,}ed)\b"
)
SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z\"“‘(])|\n+")
ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Gov|Lt|Col|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|[ap]\.m))$"
)
PEOPLE_CALLED_MAY = re.compile(
    r"\b(?:Theresa|Mrs\.?|Ms\.?|Mr\.?|Minister|Secretary|Elaine|Lady|Brian|James|Sir|Dame) May\b(?!,? \d)"
)
COUNTED = re.compile(
    r"^\s(?:people|persons|troops|soldiers|prisoners|members|dead|victims|miles?|kilomet\w+|km|metres|meters|feet|"
    r"tons?|tonnes|men|women|children|civilians|police|officers|workers|jobs|homes|houses|families|refugees|"
    r"migrants|votes|seats|euros?|dollars?|pounds|rubles|roubles|yen|yuan|rupees|others|fighters|protesters|"
    r"students|cases|deaths|inhabitants|residents|hours|days|weeks|months|years|percent|per cent|more|BC|m\b|"
    r"kg|rounds|tanks|aircraft|missiles|ships|vehicles|demonstrators|marchers|supporters|delegates|employees)\b"
)

_NAMES = {name.lower() for name in (*MONTHS, *WEEKDAYS, *SEASONS)} | {f"{day.lower()}s" for day in WEEKDAYS}
_ALONE_TEXT = (
    "today tonight yesterday tomorrow dawn dusk daybreak nightfall "
    "noon midday midnight christmas halloween now currently presently nowadays "
    "recently lately previously formerly soon shortly daily hourly weekly monthly annually yearly "
    "nightly q1 q2 q3 q4"
)
ALONE = frozenset(_NAMES | set(_ALONE_TEXT.split()))
"""Words that may be a time expression by themselves, in lower case."""
_OPENING_TEXT = (
    "the this that last next past coming previous following same these a an half several some many few "
    "couple dozens early late mid earlier later every each once twice nearly almost about around more less "
    "fewer at approximately just up only boxing new valentine international bastille armistice st anzac "
    "victory world earth right in recent all seventeenth eighteenth nineteenth twentieth"
)
OPENING = frozenset(set(NUMBERS) | set(ORDINALS) | set(_OPENING_TEXT.split()))
"""Words that may open one when a word of ``TIME`` or figures come soon after."""
_TIME_TEXT = "past future moment present eve tomorrow yesterday today now gmt utc am pm noon midnight"
TIME = frozenset(
    _NAMES | set(DAY_PARTS) | {f"{unit}s" for unit in UNITS} | set(UNITS) | set(_TIME_TEXT.split())
)
"""Words that stand inside time expressions, in lower case."""
