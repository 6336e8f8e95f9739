"""Articles → coded articles: language, coder, resolution, in one stream."""

from collections.abc import Callable, Iterable, Iterator

from graph.errors import ItemRejected
from graph.model import Article, CodedArticle
from ingest.coders import Coder, default_coder
from ingest.language.annotation import Annotator
from ingest.report import RunReport
from ingest.resolve.mentions import MentionResolver

Progress = Callable[[RunReport, str], None]
"""Called after each item with the report so far and the item's name."""


def no_progress(report: RunReport, item: str) -> None:
    """Show nothing."""
    del report, item


class Pipeline:
    """Codes articles one by one; nothing of one article is kept when the next comes.

    Args:
        annotator: Sentences, words, dependencies, names; the shipped model if ``None``.
        coder: What finds the events; the default coder if ``None``.
        resolver: Who, where and when; the shipped tables if ``None``.
    """

    def __init__(
        self,
        annotator: Annotator | None = None,
        coder: Coder | None = None,
        resolver: MentionResolver | None = None,
    ) -> None:
        if annotator is None:
            from ingest.language.model import default_model

            annotator = default_model()
        self.annotator = annotator
        self.coder = coder or default_coder()
        self.resolver = resolver or MentionResolver()

    def code(self, article: Article) -> CodedArticle:
        """Return one article, coded."""
        annotated = self.annotator.annotate([article])[0]
        return self.resolver.resolve(annotated, list(self.coder.code(annotated)), coder=self.coder.version)

    def run(
        self,
        articles: Iterable[Article | ItemRejected],
        *,
        report: RunReport | None = None,
        progress: Progress = no_progress,
    ) -> Iterator[CodedArticle]:
        """Yield the articles coded, in order; rejections are counted and passed over.

        An article that the coder fails on is a rejection too ("could not be coded"): it is counted
        with the error's name and the run goes on.
        """
        report = report if report is not None else RunReport()
        for item in articles:
            if isinstance(item, ItemRejected):
                report.reject(item)
                progress(report, item.item)
                continue
            report.read += 1
            name = item.file or item.url or item.title or item.id
            try:
                coded = self.code(item)
            except (ValueError, IndexError, KeyError, ArithmeticError, AssertionError) as error:
                report.reject(
                    ItemRejected("could not be coded", item=name, detail=f"{type(error).__name__}: {error}")
                )
                progress(report, name)
                continue
            report.coded += 1
            report.silent += not coded.mentions
            report.mentions.update(mention.type for mention in coded.mentions)
            yield coded
            progress(report, name)
