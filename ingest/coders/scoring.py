"""How sure a candidate is: a logistic model over what was found, with weights in ``lexicon/weights.csv``.

The weights were fitted on the train articles of the development gold and on written training text (see
``docs/accuracy.md``); the entries' own scores come from the lexicon.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.model.event import Modality
from ingest.coders.blocking import is_sport_article, sport_terms
from ingest.coders.candidate import Candidate
from ingest.coders.clauses import Tree
from ingest.coders.lexicon import Lexicon, fold
from ingest.coders.participants import Participants

_ENOUGH = 8
_USUAL = 0.7
"""Share of sentences with a word of politics in an article that tells events."""
_QUOTES = frozenset('"“”')


@dataclass(frozen=True, slots=True)
class Setting:
    """What an article is about, as far as its words tell.

    Attributes:
        sport: It is about sport.
        politics: Share of its sentences with a word of politics, law or war, in [0, 1].
        leisure: Share of its sentences with a word of entertainment, in [0, 1].
        length: Number of its sentences.
    """

    sport: bool
    politics: float
    leisure: float
    length: int


def setting(trees: Sequence[Tree], lexicon: Lexicon) -> Setting:
    """Return what an article is about."""
    politics = lexicon.classes["politics"]
    leisure = lexicon.blocked[("entertainment", "sentence")]
    words = [{fold(word.lemma) for word in tree.words} for tree in trees]
    few = max(0, _ENOUGH - len(words))  # a few sentences tell little: lean on the usual share
    size = max(1, len(words) + few)
    return Setting(
        sport=is_sport_article(trees, lexicon),
        politics=(sum(bool(each & politics) for each in words) + _USUAL * few) / size,
        leisure=sum(bool(each & leisure) for each in words) / size,
        length=len(trees),
    )


def features(
    candidate: Candidate, tree: Tree, participants: Participants, about: Setting, lexicon: Lexicon
) -> dict[str, float]:
    """Return what speaks for and against a candidate, by name; names without a weight count nothing."""
    prior = min(max(candidate.score, 0.02), 0.98)
    found = {"bias": 1.0, "prior": math.log(prior / (1 - prior))}
    found[f"construction {candidate.construction}"] = 1.0
    found[f"position {candidate.position or 'verb'}"] = 1.0
    found[f"type {candidate.type}"] = 1.0
    found["no initiator"] = float(not candidate.initiators)
    found["no recipient"] = float(not candidate.recipients)
    found["nobody"] = float(not candidate.initiators and not candidate.recipients)
    for side, heads in (("initiator", candidate.initiators), ("recipient", candidate.recipients)):
        kinds = {_kind(tree, index, lexicon) for index in heads}
        found.update({f"{side} {kind}": 1.0 for kind in kinds})
    found["joined"] = float(">" in candidate.rule)
    if candidate.modality is not None and candidate.modality is not Modality.ASSERTED:
        found[f"modality {candidate.modality}"] = 1.0
    found["quoted"] = float(sum(w.text in _QUOTES for w in tree.words[: candidate.word]) % 2)
    terms = sport_terms(tree, lexicon)
    found["sport"] = float(terms > 1 or about.sport)
    found["sport hint"] = float(terms == 1)
    found["politics"] = about.politics
    found["politics here"] = float(any(fold(w.lemma) in lexicon.classes["politics"] for w in tree.words))
    found["leisure"] = about.leisure
    found["bare sentence"] = float(about.length == 1)
    return found


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability that features and weights give."""
    total = sum(value * weights.get(name, 0.0) for name, value in found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _kind(tree: Tree, index: int, lexicon: Lexicon) -> str:
    content = tree.content(index)
    word = tree.words[content]
    name = tree.name_kind(content)
    if word.upos == "PRON":
        return "pronoun"
    if name in ("place", "organization", "person"):
        return name
    if fold(word.lemma) in lexicon.classes["institution"]:
        return "institution"
    return "other"
