"""Annotated articles from small hand-written trees, for tests.

A tree is one word a line: ``text lemma xpos head relation [name]``, heads counted from 1 as in
CoNLL-U, ``_`` for a lemma that equals the lower-cased word. The universal tag follows from the Penn tag.
Sentences are parted by an empty line.
"""

from datetime import UTC, datetime

from graph.model import Article, Span
from ingest.language.annotation import AnnotatedArticle, Name, Sentence, Word

_UPOS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WDT": "PRON", "EX": "PRON", "DT": "DET", "PDT": "DET", "IN": "ADP", "RP": "ADP", "TO": "PART", "POS": "PART",
    "CC": "CCONJ", "CD": "NUM", "MD": "AUX", "RB": "ADV", "WRB": "ADV", "JJ": "ADJ", "JJS": "ADJ", "JJR": "ADJ",
    "HYPH": "PUNCT", ".": "PUNCT", ",": "PUNCT", "``": "PUNCT", "''": "PUNCT", ":": "PUNCT",
}  # fmt: skip


def annotate(trees: str, *, published: str | None = None) -> AnnotatedArticle:
    """Return the article that the trees spell."""
    blocks = [block for block in trees.strip().split("\n\n") if block.strip()]
    text, sentences = "", []
    for number, block in enumerate(blocks):
        rows = [line.split() for line in block.strip().splitlines()]
        words, names, start = [], [], len(text)
        for index, row in enumerate(rows):
            form, lemma, xpos, head, relation = row[:5]
            joined = form in (",", ".", "'s", "n't", "-", "'") or index and rows[index - 1][0] == "-"
            if text and not joined:
                text += " "
            begin = len(text)
            text += form
            upos = _UPOS.get(xpos, "VERB" if xpos.startswith("VB") else "X")
            if relation in ("aux", "aux:pass", "cop"):
                upos = "AUX"
            if relation == "mark" and xpos == "IN":
                upos = "SCONJ"
            if relation == "advmod" and xpos in ("RB",) and form in ("not", "n't"):
                upos = "PART"
            span = Span(begin, len(text))
            lemma = form.lower() if lemma == "_" else lemma
            words.append(Word(index, form, lemma, upos, xpos, int(head) - 1, relation, span))
            if len(row) > 5:
                if names and names[-1].last == index - 1 and names[-1].kind == row[5]:
                    names[-1] = Name(names[-1].first, index, row[5], Span(names[-1].span.start, span.end))
                else:
                    names.append(Name(index, index, row[5], span))
        first = words[0].span.start if words else start
        sentences.append(Sentence(number, Span(first, len(text)), tuple(words), tuple(names)))
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return AnnotatedArticle(Article.of(text, published=moment), tuple(sentences))
