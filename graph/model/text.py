"""Text and where in it something stands."""

from dataclasses import dataclass
from datetime import datetime

from graph.model.ids import ArticleId, article_id


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text.

    Attributes:
        start: First Unicode character, counted from 0 in ``Article.text``.
        end: One past the last character; ``article.text[start:end]`` is the quote.

    Raises:
        ValueError: If ``start`` is negative or ``end`` is not greater than ``start``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.end <= self.start:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def quote(self, text: str) -> str:
        """Return the words that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """One text as one publisher printed it, without its boilerplate.

    Attributes:
        id: Hash of url, publisher, title and text (see ``graph.model.ids.article_id``).
        text: The body; every ``Span`` counts in it.
        title: The headline, or ``None``.
        publisher: The outlet that printed it, or ``None`` when the input does not say.
        url: Where it stands, or ``None``.
        published: An aware datetime, or ``None`` when the input does not say. Never guessed.
        language: ISO 639-1 code, or ``None`` when unknown.
        file: Where it was read from (a path, or a path and a line), or ``None``.
    """

    id: ArticleId
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: datetime | None = None
    language: str | None = None
    file: str | None = None

    @classmethod
    def of(
        cls,
        text: str,
        *,
        title: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
        published: datetime | None = None,
        language: str | None = None,
        file: str | None = None,
        id: str | None = None,
    ) -> "Article":
        """Return an article whose id is computed from its content unless one is given.

        Raises:
            ValueError: If the text is blank or ``published`` has no time zone.
        """
        if not text.strip():
            raise ValueError("an article needs a text")
        if published is not None and published.tzinfo is None:
            raise ValueError("an article's publication time needs a time zone")
        computed = article_id(url=url, publisher=publisher, title=title, text=text)
        return cls(
            id=ArticleId(id) if id else computed,
            text=text,
            title=title,
            publisher=publisher,
            url=url,
            published=published,
            language=language,
            file=file,
        )
