"""Text → words and sentences, in the way the treebanks cut them.

Words follow Universal Dependencies for English (EWT, GUM): clitics stand apart (``Russia 's``,
``do n't``), so do hyphens between words (``U.S. - led``), abbreviations keep their stop.
"""

import re
from collections.abc import Iterator

from graph.model import Span

_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof sr jr st rev hon gov gen col lt maj capt cmdr adm sgt cpl pvt sen rep reps sens
    pres supt insp fr msgr amb atty supt det dept univ assn bros inc ltd co corp llc plc vs etc eg ie
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    no nos vol art sec ch fig approx est ave blvd rd mt ft
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev
    okla ore pa penn tenn tex va vt wash wis wyo
    """.split()
)
"""Words that keep their full stop, lower case and without it."""

_ENDING_ABBREVIATIONS = frozenset("etc inc ltd co corp jr sr llc plc a.m p.m u.s u.k u.n e.u d.c".split())
"""Of those, the ones that may also end a sentence."""

_WORD = re.compile(
    r"""
    (?:https?://|www\.)[^\s<>"'”’)\]]+              # addresses
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                     # mail
  | @\w+ | \#\w+                                     # handles
  | (?:[A-Za-z]\.){2,}(?:[A-Za-z](?!\w))?            # U.S. a.m. Ph.D
  | \d+(?:[.,:]\d+)+(?!\w)                           # 1,000 3.5 10:30
  | \d+(?:st|nd|rd|th|s|m|bn|k|km)\b                 # 21st 1990s
  | [^\W_]+(?:[.](?=[^\W\d_]{2,}\b)[^\W_]+)*         # words, example.com
  | \.{2,} | …
  | -{2,} | [–—]
  | (?P<mark>[^\w\s])(?P=mark)* | _+                # any other mark, repeated or not
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"(?i)(?:n['’]t|['’](?:s|re|ve|ll|d|m))$")
_APOSTROPHE = re.compile(r"['’](?=\w)")
_JOINED = {"cannot": (3,), "gonna": (3,), "wanna": (3,), "gotta": (3,), "gimme": (3,), "lemme": (3,)}


def split_words(text: str, *, offset: int = 0) -> list[Span]:
    """Return the words of a text as spans, counted from ``offset``, in order.

    Whitespace belongs to no word; every other character belongs to exactly one.
    """
    return [Span(start + offset, end + offset) for start, end in _pieces(text)]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    length = len(text)
    while position < length:
        match = _WORD.match(text, position)
        if match is None:
            position += 1
            continue
        start, end = match.span()
        word = match.group()
        if word[0].isalpha():
            end = _take_apostrophes(text, start, end)
            if text[end : end + 1] == "." and _keeps_stop(text, start, end):
                end += 1
            yield from _cut_clitics(text, start, end)
        else:
            yield start, end
        position = end


def _take_apostrophes(text: str, start: int, end: int) -> int:
    """Extend a word over apostrophes inside it: ``don't``, ``O'Brien``, ``Russia's``."""
    while end < len(text) - 1 and _APOSTROPHE.match(text, end):
        match = re.compile(r"['’][^\W_]+").match(text, end)
        if match is None:
            break
        end = match.end()
    return end


def _keeps_stop(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    if word.lower() in _ABBREVIATIONS:
        if word.lower() in (
            "no",
            "sat",
            "sun",
            "la",
            "fig",
            "art",
            "ill",
            "mass",
            "miss",
            "wash",
            "ore",
            "co",
        ):
            following = text[end + 1 : end + 3]
            return word[0].isupper() and bool(re.match(r"\s?[\dA-Z,]", following))
        return True
    # An initial: "J. Smith", "George W. Bush"
    return len(word) == 1 and word.isupper() and text[end + 1 : end + 2] in (" ", "\u00a0") and word != "I"


def _cut_clitics(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    word = text[start:end]
    cuts = _JOINED.get(word.lower())
    if cuts:
        yield start, start + cuts[0]
        yield start + cuts[0], end
        return
    match = _CLITIC.search(word)
    if match and match.start() > 0:
        yield start, start + match.start()
        yield start + match.start(), end
        return
    yield start, end


_BREAK = re.compile(r"""([.!?…]+["”’'»)\]]*)(\s+)(?=["“‘'«(\[—–-]*\s?[A-Z0-9À-Þ])""")
_PARAGRAPH = re.compile(r"\n\s*\n|\n")
_BULLET = re.compile(r"^[•·*▪–-]\s+")


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of a text as spans without surrounding whitespace, in order.

    Line breaks always end a sentence. A piece of nothing but punctuation joins the one before it.
    """
    spans: list[Span] = []
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        spans.extend(_sentences_of_line(text, start, gap.start()))
        start = gap.end()
    spans.extend(_sentences_of_line(text, start, len(text)))
    return _join_marks(text, spans)


def _sentences_of_line(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _BREAK.finditer(text, start, end):
        if match.end() >= end or _is_abbreviation(text, match.start(1)):
            continue
        if _open_quote(text, begin, match.end(1)):
            continue
        span = _trim(text, begin, match.end(1))
        if span:
            yield span
        begin = match.end()
    span = _trim(text, begin, end)
    if span:
        yield span


def _is_abbreviation(text: str, stop: int) -> bool:
    """Tell whether the full stop at ``stop`` belongs to an abbreviation that goes on."""
    if text[stop] != "." or text[stop + 1 : stop + 2] in (".", '"', "”", ")"):
        return False
    match = re.search(r"[\w.&]+$", text[max(0, stop - 20) : stop])
    if match is None:
        return False
    word = match.group().lower()
    if word in _ENDING_ABBREVIATIONS:
        following = re.match(r"\.\s+(\w+)", text[stop : stop + 40])
        return following is not None and following.group(1) not in _OPENERS
    if re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return True
    if len(word) == 1 and word.isalpha() and match.group().isupper() and word != "i":
        return True
    return word in _ABBREVIATIONS and word not in (
        "no",
        "sun",
        "sat",
        "mass",
        "art",
        "la",
        "ill",
        "fig",
        "ch",
    )


_OPENERS = frozenset(
    """The A An In On At It He She They We I But And This That These Those His Her Their Its As For
    After Before When While If There Some Many Most Both However Meanwhile Earlier Last Since With By
    From To No Not What Who Also Although Russian Ukrainian American""".split()
)


def _open_quote(text: str, begin: int, end: int) -> bool:
    """Tell whether a curly or bracket quotation of this sentence is still open and short."""
    piece = text[begin:end]
    return piece.count("(") > piece.count(")") and end - begin < 300


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    bullet = _BULLET.match(text[start:end])
    if bullet:
        start += bullet.end()
    return Span(start, end) if end > start else None


def _join_marks(text: str, spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and not any(character.isalnum() for character in span.quote(text)):
            if "\n" not in text[joined[-1].end : span.start]:
                joined[-1] = Span(joined[-1].start, span.end)
            continue
        joined.append(span)
    return joined
