"""Identifiers: what makes an article, a mention or an event the same thing twice."""

import hashlib
import unicodedata
from typing import NewType

ArticleId = NewType("ArticleId", str)
MentionId = NewType("MentionId", str)
EventId = NewType("EventId", str)
ActorId = NewType("ActorId", str)
PlaceId = NewType("PlaceId", int)
"""A GeoNames id."""

_SEPARATOR = "\x1f"


def digest(*parts: str, length: int = 16) -> str:
    """Return the first ``length`` hexadecimal digits of the SHA-256 of the parts, NFC-normalised.

    Parts are kept apart by a control character, so ``("ab", "c")`` and ``("a", "bc")`` differ.
    """
    joined = _SEPARATOR.join(unicodedata.normalize("NFC", part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def article_id(*, url: str | None, publisher: str | None, title: str | None, text: str) -> ArticleId:
    """Return the id of an article: a hash of what identifies its text.

    The same text at the same address from the same publisher is the same article however often it
    is read; a corrected text is another article, and so is a reprint elsewhere.
    """
    return ArticleId("a" + digest(url or "", publisher or "", title or "", text))


def mention_id(article: ArticleId, trigger_start: int, event_type: str) -> MentionId:
    """Return the id of a mention: its article, where its trigger starts, and its type."""
    return MentionId("m" + digest(article, str(trigger_start), event_type))


def event_id(first_mention: MentionId) -> EventId:
    """Return the id minted for an event when its first mention arrives; it is kept ever after."""
    return EventId("e" + digest("event", first_mention))


def is_country_code(actor: str) -> bool:
    """Tell whether an actor's id is that of a country: three capital letters (ISO 3166-1 alpha-3)."""
    return len(actor) == 3 and actor.isascii() and actor.isalpha() and actor.isupper()
