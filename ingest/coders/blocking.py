"""Sport, weather, markets, illness and metaphor: where words of conflict tell no political act."""

import re
from collections.abc import Iterable

from ingest.coders.candidate import Candidate
from ingest.coders.clauses import Tree
from ingest.coders.lexicon import Lexicon, fold

_RESULT = re.compile(r"^\d{1,3}[-–—]\d{1,3}$")
_VIOLENT = frozenset({"ASSAULT", "PROTEST", "RETREAT", "SANCTION", "MOBILIZE", "CONCEDE", "COERCE"})


def sport_terms(tree: Tree, lexicon: Lexicon) -> int:
    """Return how many words of a sentence belong to sport; a match result counts as two."""
    terms = lexicon.blocked[("sport", "sentence")]
    count = sum(fold(word.lemma) in terms or tree.key(word.index) in terms for word in tree.words)
    texts = [word.text for word in tree.words]
    for first, second, third in zip(texts, texts[1:], texts[2:], strict=False):
        if (
            first.isdigit()
            and second in ("-", "–", "—")
            and third.isdigit()
            and len(first) < 4
            and len(third) < 4
        ):
            count += 2
    return count + 2 * sum(bool(_RESULT.match(text)) for text in texts)


def is_sport_article(trees: Iterable[Tree], lexicon: Lexicon) -> bool:
    """Tell whether an article is about sport: on average more than one sporting word a sentence."""
    counts = [sport_terms(tree, lexicon) for tree in trees]
    return len(counts) > 1 and sum(counts) > 1.2 * len(counts)


def blocked(tree: Tree, candidate: Candidate, lexicon: Lexicon) -> str:
    """Return the context that makes a candidate no act ("weather", "disease"…), or ``""``."""
    clause = tree.clause(candidate.predicate)
    table = lexicon.blocked
    word = tree.words[candidate.word]
    if word.upos in ("NOUN", "PROPN"):
        before = {fold(w.lemma) for w in tree.children(candidate.word, "compound", "amod")}
        for context in ("disease", "metaphor", "market"):
            if before & table.get((context, "compound"), frozenset()):
                return context
    if candidate.construction == "verb" or candidate.position in ("occurs", "subject"):
        subjects = {fold(tree.words[tree.content(i)].lemma) for i in clause.subjects}
        if candidate.type in _VIOLENT:
            for context in ("weather", "market", "disease", "accident"):
                if subjects & table.get((context, "subject"), frozenset()):
                    return context
    if candidate.construction == "verb" and candidate.type in _VIOLENT:
        objects = {fold(tree.words[tree.content(i)].lemma) for i in clause.objects}
        objects |= {
            fold(tree.words[tree.content(i)].lemma)
            for p, i in clause.obliques
            if p in ("against", "with", "on")
        }
        if objects & table[("disease", "object")]:
            return "disease"
        if candidate.type == "ASSAULT" and objects & table[("metaphor", "object")]:
            return "metaphor"
    elif candidate.construction == "noun":
        under = {
            fold(w.lemma)
            for w in tree.children(candidate.word, "nmod")
            if tree.preposition(w.index) in ("against", "with", "on", "of")
        }
        if candidate.type in _VIOLENT and under & table[("disease", "object")]:
            return "disease"
    return ""
