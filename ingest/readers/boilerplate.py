"""What a news page prints around its story, taken out paragraph by paragraph.

Every rule names something a publisher prints for its readers or its lawyers, never something that
happened. A caption is not a sentence of the story: it describes a picture, often with a day and a place
that are not the story's. So captions go where they can be told: those printed twice in a row (a crawler
sees the picture's text and its caption), those that begin with "FILE" and those that end in a credit.
"""

import re
from collections.abc import Iterable, Sequence

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_BULLET = re.compile(r"^(?:[•‣▪●·»›►▶]+|[-*–](?=\s))\s*")
_TERMINAL = re.compile(r"[.!?…][\"'”’)\]]*$")
_ENDS_IN_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Gov|Sen|Gen)\.$")


def _any_of(patterns: str) -> str:
    """Return one pattern for a block of alternatives, one a line."""
    return "(?:" + "|".join(line.strip() for line in patterns.splitlines() if line.strip()) + ")"


_LABELS = """
accessibility links|skip to main content|skip to main navigation|skip to search|skip to content
skip to navigation|breaking news|menu|search|home|close|next|previous|back to top|top|live
print|print this page|share|share this|share this article|share this story|share share|share via email
share on facebook|share on twitter|share on x|share on whatsapp|facebook|twitter|x|linkedin|whatsapp|reddit
telegram|email|e-mail|copy link|link copied|embed|embed share|follow us|join the conversation
the code has been copied to your clipboard|the url has been copied to your clipboard
no media source currently available|direct link|download|pop-out player|auto
16x9 image|4x3 image|xs|sm|md|lg|xl|text size|font size|a a a|a- a+
advertisement|advertising|ad|sponsored|sponsored content|promoted content|story continues below
story continues below advertisement|article continues below advertisement|article continues after ad
read more|read more »|more|show more|load more|see more|continue reading|read the full story
read full article|see comments|view comments|comments|leave a comment|post a comment|0 comments
newsletter|newsletters|subscribe|subscribe now|sign up|sign in|log in|register|gift this article
listen|listen to article|listen to this article|play|pause|mute|0:00|watch|watch live|save|saved|bookmark
image|photo|photos|gallery|video|audio|file photo|enlarge image|view image|view gallery
caption|hide caption|toggle caption|tags|topics|privacy policy|terms of use|terms of service
contact us|about us|cookie policy|accept|accept all|accept cookies|all rights reserved
"""
_WHOLE_LINES = frozenset(_LABELS.strip().replace("\n", "|").split("|"))

_SECTIONS = r"""
related(?: (?:stories|articles|news|content|topics|coverage|links|video|videos))?
read (?:also|next)
see also
also (?:read|on .{2,30})
more (?:on this story|stories|news|coverage|from .{2,40}|in .{2,25})
you (?:may|might) (?:also )?(?:like|be interested in)
recommended(?: (?:stories|for you))?
most (?:read|popular|viewed)
popular(?: now| stories)?
trending(?: (?:now|stories))?
latest (?:news|stories|headlines)
top stories
editors?['’]s? picks?
what to read next
don['’]t miss
around the web
from the archives?
"""
_SECTION_HEADS = re.compile(rf"^{_any_of(_SECTIONS)}:?$", re.IGNORECASE)

_PROMPTS = r"""
(?:read|see|watch|listen|also read|read also|read more|see also|related|more)\s?[:|»]\s?\S
related (?:story|article|video)\s?[:|»]\s?\S
(?:sign up|subscribe|register)\b.{0,60}\b(?:newsletters?|inbox|briefing|alerts?|updates?|emails?)\b
get (?:our|the|more|all) .{0,60}\b(?:newsletter|inbox|app|alerts)\b
(?:click|tap) here\b
(?:follow|like|find|join) .{2,30} on (?:facebook|twitter|x|instagram|telegram|whatsapp|youtube|linkedin)\b
download (?:our|the) .{0,30}\bapp\b
enable javascript|please enable|your browser\b
(?:we|this (?:web)?site) uses? cookies\b
by (?:continuing|clicking|signing up|subscribing)\b.{0,80}\byou (?:agree|accept|consent)\b
have (?:a|any) (?:tip|story|news tip)\b
(?:do you|got) .{0,40}\b(?:tip|comment|correction)\?
\d+ (?:minute|min|mins|minutes) read$
(?:estimated )?read(?:ing)? time:?\s*\d+
\d+(?:\.\d+)?[km]? (?:comments?|shares?|likes?|views?)$
(?:tags|topics|filed under|categories|category|keywords|topics in this article)\s?:
"""
_NOTICES = r"""
(?:©|\(c\))\s*\w
copyright\s*(?:©|\(c\)|\d{4})
.{0,120}\ball rights reserved\b
this material may not be published, broadcast\b
(?:some )?(?:information|material|reporting) (?:for|in|used in) this (?:report|story|article)\b
this (?:report|story|article) (?:includes|contains|uses) (?:information|material|reporting|content)\b.{0,160}$
this (?:story|article) (?:was|has been) (?:written|compiled|produced|edited|updated|corrected)\b.{0,200}$
this (?:story|article) (?:was|has been) (?:first |originally )?published\b.{0,200}$
this (?:report|story|article) was (?:prepared|compiled) by\b.{0,160}$
this (?:report|story|article) (?:was )?(?:first|originally) (?:appeared|ran|published)\b.{0,160}$
(?:the )?(?:post|article) .{3,200} (?:appeared first|first appeared) on\b
stories with the .{2,40} byline\b
(?:with )?additional (?:reporting|research|files|information) (?:by|from)\b
.{0,200}\bcontributed to this (?:report|story|article|dispatch)\.?$
(?:last )?(?:updated|modified|edited)(?: at| on)?:?\s.{0,60}\d{4}.{0,30}$
"""
_PICTURES = r"""
file\s?(?:photo|image|picture)?\s?[-–—:]\s
(?:photo|photograph)s? by\s\S
(?:photo|image|picture|video|graphic|illustration|(?:photo |image )?credit|photograph|caption)s?\s?[:©]\s?\S
"""
_ANYWHERE = re.compile(f"^{_any_of(_PROMPTS + _NOTICES + _PICTURES)}", re.IGNORECASE)

_BY_NAMES = r"(?:[A-Z][\w.'’-]*|and|in|for|from|by|the|of|at|writing|editing|reporting|additional|with)"
_STAFF = re.compile(
    r"^\(?(?:[Aa]dditional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled) by "
    rf"{_BY_NAMES}(?:[,;]?\s+{_BY_NAMES})*[).]*$"
)

_AGENCY = (
    r"(?:AP|Associated Press|Reuters|REUTERS|AFP|EPA|EFE|DPA|ANSA|TASS|Xinhua|Getty(?: Images)?|Shutterstock)"
)
_NAMES = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)+"
_BRACKETED = rf"""
AP Photo
{_AGENCY}\s?[/|:]
(?:[Ff]ile )?(?:[Pp]hoto|[Pp]icture|[Ii]mage|[Cc]redit|Photograph|Courtesy|Handout|File)s?\b
{_NAMES}\s?[/|]\s?[A-Z]
[^()\[\]]{{1,60}}(?:/\s?{_AGENCY}\b|\bvia {_AGENCY}\b)
"""
_IN_BRACKETS = rf"[(\[]\s*{_any_of(_BRACKETED)}[^()\[\]]{{0,100}}[)\]]"
_ALONE = rf"""
{_IN_BRACKETS}
(?:AP Photo|{_AGENCY}\s?/)\s?[^.()]{{0,80}}
{_NAMES}\s?[/|]\s?{_AGENCY}(?: [Pp]hoto)?
{_NAMES}\s?/\s?{_NAMES}
[^.]{{0,60}}\bvia {_AGENCY}
"""
_AT_THE_END = rf"""
{_IN_BRACKETS}
[.!?]\s(?:AP Photo|{_AGENCY})\s?/\s?[^.()]{{2,60}}
\b(?:Photo|Image|Picture|Photograph|Credit)s?(?: by|:| credit:?| courtesy)\s[^.]{{2,80}}
(?:\s[–—-]|[/|])\s?{_AGENCY}(?: [Pp]hoto)?
"""
_CREDIT_ALONE = re.compile(rf"^{_any_of(_ALONE)}\.?$")
_ENDS_IN_CREDIT = re.compile(rf"{_any_of(_AT_THE_END)}\.?$")
_CAPTION_LENGTH = 450

_SELF_PRAISE = r"""
weekly audience
audience of
news and information (?:in|to|for)
our (?:readers|journalists|newsroom|reporting|newsletters?)
nonprofit newsroom
news (?:agency|organi[sz]ation|outlet|service|site|website|wire)\b.{0,120}\b(?:founded|readers|cover(?:s|ing))
news (?:agency|organi[sz]ation|outlet|service|site|website|wire)\b.{0,120}\b(?:newsroom|bureaus?|reports on)
news (?:agency|organi[sz]ation|outlet|service|site|website|wire)\b.{0,120}\b(?:subscribers|languages)
"""
_PUBLISHER_ITSELF = re.compile(
    r"^[^.!?]{2,80}?\b(?:is|provides|delivers|publishes|reports|brings|covers|offers|was founded|has been)\b"
    rf".{{0,240}}\b{_any_of(_SELF_PRAISE)}\b",
    re.IGNORECASE,
)
_IS_OR_DOES = re.compile(
    r"(?:,[^.]{3,80},)? (?:is|provides|delivers|publishes|covers|reports on|was founded)\b"
)
_TRADE = (
    "reporter|correspondent|editor|journalist|columnist|writer|freelancer|producer|bureau chief|contributor"
)
_AUTHOR_DOES = rf"""
(?:is|works as) (?:an?|the|our)\b.{{0,80}}?\b(?:{_TRADE})\b
covers\b|reports on\b|writes (?:about|on|for)\b
has (?:covered|reported|written)\b
"""
_AUTHOR_ITSELF = re.compile(rf"^(?!The |This |That ){_NAMES}(?:, .{{3,60}},)? {_any_of(_AUTHOR_DOES)}")
_AUTHOR_TELLS = r"""
\bcovering\b|\bbased in\b|\breporting from\b|\bcan be reached\b|@\w+
\b[Ff]ollow (?:him|her|them)\b
\b(?:for|at) (?:the )?[A-Z]|\bwith [A-Z]
\bsince (?:19|20)\d\d\b
\b(?:covers|reports on|writes about)\b.{3,80}\b(?:and|joined|previously)\b
"""
_AUTHOR_SIGNS = re.compile(_any_of(_AUTHOR_TELLS))
_CONTACTS = r"""
(?:follow|contact|email|e-mail|write to|reach) .{0,80}(?:@|\bon twitter\b)\S*.{0,40}
\S+@\S+\.\w{2,}
@\w{2,30}
"""
_CONTACT = re.compile(rf"^{_any_of(_CONTACTS)}\.?$", re.IGNORECASE)
_TAIL = 4
"""So many of a story's last paragraphs may speak of the publisher or the author instead."""


def tidy(paragraph: str) -> str:
    """Return the paragraph on one line, without invisible characters and without its bullet."""
    shown = _CONTROL.sub(" ", _INVISIBLE.sub("", paragraph))
    return _BULLET.sub("", " ".join(shown.split()))


def is_sentence(paragraph: str) -> bool:
    """Tell whether a paragraph ends as a sentence does, rather than as a headline, label or name does."""
    return bool(_TERMINAL.search(paragraph)) and not _ENDS_IN_ABBREVIATION.search(paragraph)


def is_prose(paragraph: str) -> bool:
    """Tell whether a paragraph is a sentence long enough to be the story's."""
    return len(paragraph) >= 40 and bool(_TERMINAL.search(paragraph))


def clean(paragraphs: Iterable[str], *, publisher: str | None = None) -> list[str]:
    """Return the story's paragraphs, in order, each on one line.

    Args:
        paragraphs: What stands between two line or paragraph breaks of the page, title included or not.
            Hard-wrapped lines are to be joined before.
        publisher: The outlet's name where it is known: a closing line that says what it is goes too.
    """
    kept = [line for line in map(tidy, paragraphs) if line and not _is_label(line)]
    kept = _without_doubled(kept)
    kept = [line for line in kept if not _is_notice(line) and not is_caption(line)]
    kept = _without_link_lists(kept)
    return _without_tail(_without_repeats(kept), publisher)


def is_caption(paragraph: str) -> bool:
    """Tell whether a paragraph is a picture's caption or credit by how it begins or ends."""
    if len(paragraph) > _CAPTION_LENGTH:
        return False
    return bool(_CREDIT_ALONE.match(paragraph) or _ENDS_IN_CREDIT.search(paragraph))


def _is_label(line: str) -> bool:
    bare = line.casefold().strip(" .:|>»→[]()-")
    return bare in _WHOLE_LINES or not any(character.isalnum() for character in line)


def _is_notice(line: str) -> bool:
    """Tell whether a paragraph is a prompt, a notice or a credit; a long one is the story run together."""
    return len(line) <= _CAPTION_LENGTH and bool(_ANYWHERE.match(line) or _STAFF.match(line))


def _without_doubled(lines: Sequence[str]) -> list[str]:
    """Drop what is printed twice in a row; a doubled first line that is no sentence is the title."""
    kept: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        following = position + 1
        while following < len(lines) and lines[following] == line:
            following += 1
        if following == position + 1:
            if not _is_doubled_within(line):
                kept.append(line)
        elif not kept and not is_sentence(line):
            kept.append(line)
        position = following
    return kept


def _is_doubled_within(line: str) -> bool:
    middle = len(line) // 2
    return (
        len(line) >= 60 and len(line) % 2 == 1 and line[middle] == " " and line[:middle] == line[middle + 1 :]
    )


def _without_repeats(lines: Sequence[str]) -> list[str]:
    """Keep the first of long lines that come again further down (pull quotes, a text pasted twice)."""
    seen: set[str] = set()
    kept = []
    for line in lines:
        if len(line) >= 40 and line in seen:
            continue
        seen.add(line)
        kept.append(line)
    return kept


def _without_link_lists(lines: Sequence[str]) -> list[str]:
    """Drop "Related" and its like with the headlines under them, up to the next prose."""
    kept: list[str] = []
    within = False
    for line in lines:
        if _SECTION_HEADS.match(line):
            within = True
        elif within and (is_prose(line) or len(line) > 160):
            within = False
        if not within:
            kept.append(line)
    return kept


def _without_tail(lines: list[str], publisher: str | None) -> list[str]:
    """Drop what the last paragraphs say of the publisher, the author and how to reach them."""
    kept = list(lines)
    first = max(1, len(kept) - _TAIL)
    tail = [line for line in kept[first:] if not _speaks_of_its_maker(line, publisher)]
    dropped = len(tail) < len(kept) - first
    kept = kept[:first] + tail
    while dropped and len(kept) > 1 and not is_prose(kept[-1]) and len(kept[-1].split()) <= 6:
        kept.pop()
    return kept


def _speaks_of_its_maker(line: str, publisher: str | None) -> bool:
    if _CONTACT.match(line) or _PUBLISHER_ITSELF.match(line):
        return True
    if publisher and _IS_OR_DOES.match(
        re.sub(rf"^(?:The )?{re.escape(publisher)}\b", "", line, flags=re.IGNORECASE)
    ):
        return True
    return len(line) <= 400 and bool(_AUTHOR_ITSELF.match(line) and _AUTHOR_SIGNS.search(line))
