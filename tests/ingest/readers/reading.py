"""What the readers' tests share: reading bytes without a file, and sorting what comes out."""

from graph.errors import ItemRejected
from graph.model import Article
from ingest.readers import RawItem, ReadOptions, read_item


def outcomes(data: bytes | str, name: str = "story.txt", **options: object) -> list[Article | ItemRejected]:
    """Return all that is read from some bytes."""
    content = data.encode() if isinstance(data, str) else data
    return list(read_item(RawItem(name=name, data=content), options=ReadOptions(**options)))  # type: ignore[arg-type]


def article(data: bytes | str, name: str = "story.txt", **options: object) -> Article:
    """Return the one article that is read from some bytes."""
    (outcome,) = outcomes(data, name, **options)
    assert isinstance(outcome, Article), outcome
    return outcome


def rejection(data: bytes | str, name: str = "story.txt", **options: object) -> ItemRejected:
    """Return the one rejection that some bytes lead to."""
    (outcome,) = outcomes(data, name, **options)
    assert isinstance(outcome, ItemRejected), outcome
    return outcome


def brief(found: list[Article | ItemRejected]) -> list[str]:
    """Return each article's title or text and each rejection's reason."""
    return [one.reason if isinstance(one, ItemRejected) else one.title or one.text for one in found]
