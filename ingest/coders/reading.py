"""An article as the coders read it: its trees, who takes part, whom pronouns stand for."""

from collections.abc import Sequence

from ingest.coders.clauses import Tree
from ingest.coders.lexicon import Lexicon, default_lexicon
from ingest.coders.participants import Participants
from ingest.coders.reference import References
from ingest.language.annotation import AnnotatedArticle


class Reading:
    """What rules and heads both need of an article, built once.

    Attributes:
        annotated: The article.
        lexicon: The tables it is read with.
        trees: One a sentence.
        people: Who takes part, one a sentence.
        references: Whom the article's pronouns stand for.
    """

    def __init__(self, annotated: AnnotatedArticle, lexicon: Lexicon | None = None) -> None:
        self.annotated = annotated
        self.lexicon = lexicon or default_lexicon()
        self.trees: Sequence[Tree] = [Tree(sentence) for sentence in annotated.sentences]
        self.people: Sequence[Participants] = [Participants(tree, self.lexicon) for tree in self.trees]
        self.references = References(self.trees, self.people, self.lexicon)
