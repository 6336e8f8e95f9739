"""Place names that a text holds beside those the name finder found, and names of peoples."""

import csv
import functools
import re
from collections.abc import Iterator, Sequence
from importlib import resources

from graph.model import Span
from ingest.resolve.gazetteer import Gazetteer, contains, default_gazetteer, normalise

SCANNED_CITY = 150_000
"""Inhabitants from which a city is looked for without the name finder's word."""
SCANNED_DIVISION = 300_000

_NEVER_TEXT = """
    reading nice mobile of bath most bar man male same split march may best van are as orange sur union
    lincoln jackson madison austin arlington carmen soledad ali hamad salman independence liberty hope
    peace pearl concord enterprise media progress commerce industry central western eastern northern
    southern north south east west centre center capital general federal maritime miranda rivers national
    mission surprise clinton wilson lewis nelson hamilton douglas troy tyler cork essen elk marina george
    mary marry gay guy battle lead kent ford hill hall banks church price brown white green black gray
    young king queen duke earl baker fisher hunter mason potter turner walker miller smith cook carter
    parker taylor johnson davidson morgan bryan corona laredo lansing league dover barry stafford
    stockton thornton torrance denton evans murphy palmer marion jefferson franklin monroe clay grant
    marshall crawford lee benton logan perry fulton adams polk calhoun greene wayne montgomery warren
    clark shelby mercer salvador nur omar rio natal leon merida colon granada toledo bello medina angeles
    heroica david san santa alliance ordu batman homs home bam khan shah date toms long bay sidon tire ica
    chin mon lugo como parma imo delta plateau cross benue edo river amazon palma chihuahua commonwealth
    buffalo derby hull bury sale god allen salem irving chandler henderson aurora gulf maidan holland lot
    """
_NEVER = frozenset(_NEVER_TEXT.split())
"""Names that are words, surnames or first names more often than places when nothing says otherwise."""

_ACTORS = frozenset(
    {
        "eu",
        "european union",
        "white house",
        "kremlin",
        "pentagon",
        "wall street",
        "downing street",
        "capitol hill",
        "capitol",
        "us capitol",
    }
)
"""Names of places that mostly stand for those who sit there."""

_TOKEN = re.compile(r"(?:U\.S\.A?\.?|U\.K\.|D\.R\.|St\.)|[^\W\d_](?:[\w]|['’-](?!s\b)(?=\w))*")
_JOINING = frozenset(
    {"of", "and", "the", "de", "del", "da", "do", "la", "le", "el", "al", "e", "d", "sur", "upon"}
)
_TITLES_TEXT = """
    president prime foreign gov governor sen senator rep mayor minister attorney ambassador police chancellor
    premier supreme congress
    """
_TITLES = frozenset(_TITLES_TEXT.split())
"""Words in capitals that may follow a place's name without making it part of theirs."""
_ADVERBIAL_TEXT = """
    in at from to near of for the across around outside inside over into on with and or but president
    central northern southern eastern western downtown greater
    while when after before as since if although though meanwhile however today yesterday
    """
_ADVERBIAL = frozenset(_ADVERBIAL_TEXT.split())
_LONGEST = 5


@functools.cache
def demonyms() -> dict[str, str]:
    """Return the words for peoples and belonging ("Russian", "Danes") with their country's ISO code."""
    table = resources.files("ingest.resolve") / "tables" / "countries.csv"
    found: dict[str, str] = {}
    with table.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for word in f"{row['adjectives']}|{row['people']}".split("|"):
                if len(word) > 3 and "." not in word and word != row["name"]:
                    found.setdefault(word, row["iso3"])
    return found


@functools.cache
def _demonym_pattern() -> re.Pattern[str]:
    longest_first = sorted(demonyms(), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def find_demonyms(text: str) -> Iterator[tuple[Span, str]]:
    """Yield where the text names a people or what belongs to it, with the country's ISO code."""
    words = demonyms()
    for match in _demonym_pattern().finditer(text):
        yield Span(match.start(), match.end()), words[match.group()]


_OTHER_NAMES = (
    "U.S.",
    "US",
    "UK",
    "U.K.",
    "Britain",
    "UAE",
    "Burma",
    "Kiev",
    "New York",
    "Czech Republic",
    "America",
    "DRC",
    "DR Congo",
    "Ivory Coast",
    "East Timor",
    "Gaza",
    "Washington",
    "Bosnia",
    "Vatican",
    "Macedonia",
    "Kharkov",
    "Odessa",
    "Mosul",
    "Aleppo",
    "Raqqa",
    "Fallujah",
    "Palestine",
    "Hawaii",
    "Rakhine",
    "Basra",
    "Najaf",
    "Karbala",
    "Idlib",
    "Homs",
    "Beirut",
    "Dubai",
    "Abu Dhabi",
    "Mecca",
    "Medina",
    "Bangkok",
    "Hanoi",
    "Saigon",
    "Bombay",
    "Calcutta",
)
"""Names that are looked for though they are not the main ones or their places are small."""


@functools.lru_cache(maxsize=4)
def _scanned(gazetteer: Gazetteer) -> frozenset[str]:
    keys = set(gazetteer.areas())
    for kind, population in (
        ("country", 0),
        ("capital", 0),
        ("admin1", SCANNED_DIVISION),
        ("city", SCANNED_CITY),
    ):
        for candidate in gazetteer.largest(kind=kind, population=population):
            keys.add(normalise(candidate.place.name))
    for name in _OTHER_NAMES:
        keys.add(normalise(name))
    return frozenset(key for key in keys if len(key) > 1 and key not in _NEVER and key not in _ACTORS)


def find_missed(
    text: str,
    taken: Sequence[Span],
    *,
    persons: frozenset[str] = frozenset(),
    gazetteer: Gazetteer | None = None,
) -> Iterator[Span]:
    """Yield where well-known places are named outside the spans already taken, in the text's order.

    Only countries, capitals, large divisions and cities, the hand-written areas, counties, and whatever
    stands before a comma and what contains it ("Paris, Texas") are looked for, and only in capital
    letters; a name that touches another capitalised word is part of a longer name. ``persons`` are
    words of people's names in the article: Georgia Smith is meant by "Georgia" too.
    """
    known = gazetteer or default_gazetteer()
    keys = _scanned(known)
    tokens = [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text)]
    covered = sorted(taken)
    position = 0
    next_span = 0
    while position < len(tokens):
        start, _, word = tokens[position]
        while next_span < len(covered) and covered[next_span].end <= start:
            next_span += 1
        if not word[0].isupper() or (next_span < len(covered) and covered[next_span].start <= start):
            position += 1
            continue
        limit = covered[next_span].start if next_span < len(covered) else len(text)
        if word == "The" and not _THE.match(text, start):
            position += 1
            continue
        if (described := _DESCRIBED.match(text, start)) and _is_described(described, known):
            parts = [Span(*described.span(n)) for n in (1, 2, 3) if described[n]]
            if parts[-1].end <= limit:
                yield from parts
                while position < len(tokens) and tokens[position][0] < parts[-1].end:
                    position += 1
                continue
        length = _match(text, tokens, position, keys)
        if length and tokens[position + length - 1][1] <= limit:
            if not (length == 1 and word in persons) and _stands_alone(text, tokens, position, length):
                yield Span(start, tokens[position + length - 1][1])
            position += length
        else:
            position += 1


_THE = re.compile(r"The (?:Hague|Gambia|Bahamas)\b")
_CAPITALISED = r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2}"
_DESCRIBED = re.compile(
    rf"({_CAPITALISED} (?:County|Province|Oblast|Governorate|Prefecture))\b"
    rf"|({_CAPITALISED}), ((?:[A-Z]\.\s?){{2}}|[A-Z][a-z]{{1,4}}\.|[A-Z]{{2,3}}\b|{_CAPITALISED})"
)


def _is_described(match: re.Match[str], gazetteer: Gazetteer) -> bool:
    """Tell whether words are a county we know, or a place and what contains it."""
    if match[1]:
        return any(c.kind in ("admin1", "admin2") for c in gazetteer.candidates(match[1]))
    outer = [c for c in gazetteer.candidates(match[3]) if c.kind in ("country", "admin1")]
    return any(contains(o, c) for o in outer for c in gazetteer.candidates(match[2]))


def _match(text: str, tokens: Sequence[tuple[int, int, str]], first: int, keys: frozenset[str]) -> int:
    """Return how many tokens from ``first`` on make the longest known name, 0 for none."""
    best = 0
    for last in range(first, min(first + _LONGEST, len(tokens))):
        start, end, word = tokens[last]
        if last > first:
            if text[tokens[last - 1][1] : start] not in (" ", "-", "\u00a0"):
                break
            if not word[0].isupper() and word.lower() not in _JOINING:
                break
        if not word[0].isupper():
            continue
        name = text[tokens[first][0] : end]
        if len(name) <= 3 and not name.replace(".", "").isupper():
            continue
        if normalise(name) in keys:
            best = last - first + 1
    return best


def _stands_alone(text: str, tokens: Sequence[tuple[int, int, str]], first: int, length: int) -> bool:
    """Tell whether no capitalised neighbour makes the name part of a longer one."""
    start, end = tokens[first][0], tokens[first + length - 1][1]
    shouted = text[start:end].isupper() and end - start > 4
    if first + length < len(tokens):
        after_start, _, after = tokens[first + length]
        if (
            text[end:after_start] in (" ", "-")
            and after[0].isupper()
            and not (shouted and not after.isupper())
        ):
            return text[end:after_start] == " " and after.lower() in _TITLES
    if text[end : end + 1] == "$":
        return False
    if first:
        before_start, before_end, before = tokens[first - 1]
        gap = text[before_end:start]
        if gap == ". " and len(before) <= 3 and before[0].isupper():
            return before.lower() not in ("mr", "mrs", "ms", "dr", "jr") and len(before) > 1
        if gap in (" ", "-") and before[0].isupper() and before.lower() not in _ADVERBIAL and not shouted:
            return _starts_sentence(text, before_start) and before.lower().endswith(("ly", "ing", "ed"))
        if gap == "&":
            return False
    return True


def _starts_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in '.!?"”:;—'
