"""From one store into another, whatever is behind either."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.errors import InvalidInput
from graph.model import CodedArticle
from graph.store.base import AddReport, GraphStore


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What was copied.

    Attributes:
        articles: What the target did with the articles; ``unchanged`` were there already.
        judgements: Judgements that the target did not have.
    """

    articles: AddReport
    judgements: int


def copy_store(
    source: GraphStore, target: GraphStore, progress: Callable[[int, int], None] | None = None
) -> CopyReport:
    """Copy every article with what was coded from it, and every judgement, into another store.

    Articles are read one at a time, the first published first. Those that the target has already are
    left alone, so a copy that was stopped goes on where it was when it is started again. What the
    target holds beside them stays. Origins, events and merged actors are not copied: they follow from
    the articles, and are the same in every store.

    Args:
        source: Read from; never written.
        target: Written to.
        progress: Called with the number of articles read so far and of all.

    Raises:
        InvalidInput: If the target is read only or the same store, or has judgements that contradict
            those of the source: the message names them. All articles are copied by then.
    """
    if source is target or source.url == target.url != "sqlite:///:memory:":
        raise InvalidInput(f"{source.url} cannot be copied into itself")
    added = target.add(_articles(source, progress))
    known = set(target.judgements())
    missing = [judgement for judgement in source.judgements() if judgement not in known]
    for made in missing:
        target.judge(made.left, made.right, made.verdict, judge=made.judge, at=made.at)
    return CopyReport(added, len(missing))


def _articles(source: GraphStore, progress: Callable[[int, int], None] | None) -> Iterator[CodedArticle]:
    # The list is taken once: pages of a list that grows meanwhile would shift.
    ids = [row.id for row in reversed(source.articles(limit=None))]
    for number, id in enumerate(ids, 1):
        found = source.article(id)
        if found is not None:
            yield found
        if progress is not None:
            progress(number, len(ids))
