"""Words → dictionary forms: English inflection by rule, a list of verbs, and what no rule gets right."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Table:
    """What ``training/build_lemmas.py`` counted.

    Attributes:
        verbs: Known verb lemmas.
        irregular: Irregular verb form → lemma.
        forms: Penn Treebank tag → form → lemma, where the rules are wrong.
    """

    verbs: frozenset[str]
    irregular: dict[str, str]
    forms: dict[str, dict[str, str]]


@cache
def table() -> Table:
    """Return the shipped table."""
    data = json.loads(files("ingest.language").joinpath("lemmas.json").read_text(encoding="utf-8"))
    return Table(frozenset(data["verbs"]), data["irregular"], data["forms"])


@cache
def lemma_of(word: str, upos: str, xpos: str) -> str:
    """Return the dictionary form of a word: lower case, but for proper nouns, which keep theirs."""
    if upos == "PROPN":
        return word
    form = word.lower().replace("’", "'")
    if upos in ("VERB", "AUX", "NOUN", "ADJ", "ADV"):
        return table().forms.get(xpos, {}).get(form) or by_rule(form, xpos)
    return _CLOSED.get(form, form)


_CLOSED = {
    "n't": "not", "an": "a", "these": "this", "those": "that", "me": "I", "him": "he",
    "us": "we", "them": "they", "i": "I",
}  # fmt: skip


def by_rule(form: str, xpos: str) -> str:
    """Return the lemma by the regular rules of English spelling for a Penn Treebank tag."""
    if xpos in ("VBD", "VBN"):
        irregular = table().irregular.get(form)
        if irregular:
            return irregular
        if form.endswith("ied") and len(form) > 4:
            return form[:-3] + "y"
        return _verb(form[:-2]) if form.endswith("ed") and len(form) > 3 else form
    if xpos == "VBG":
        return _verb(form[:-3]) if form.endswith("ing") and len(form) > 4 else form
    if xpos == "VBZ" or xpos == "NNS":
        return _without_s(form)
    if xpos in ("JJR", "RBR"):
        return _adjective(form, 2) if form.endswith("er") and len(form) > 4 else form
    if xpos in ("JJS", "RBS"):
        return _adjective(form, 3) if form.endswith("est") and len(form) > 5 else form
    return form


def _without_s(form: str) -> str:
    if form.endswith("men") and len(form) > 3:
        return form[:-2] + "an"
    if len(form) < 3 or not form.endswith("s") or form.endswith(("ss", "us", "is", "series", "species")):
        return form
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form in ("crises", "analyses", "bases", "oases", "theses", "hypotheses", "diagnoses"):
        return form[:-2] + "is"
    if form.endswith(("sses", "shes", "ches", "xes", "zzes")) or (form.endswith("oes") and len(form) > 4):
        return form[:-2]
    return form[:-1]


def _verb(stem: str) -> str:
    """Return the verb whose stem before -ed or -ing this is."""
    verbs = table().verbs
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
    if doubled and stem not in verbs:
        return stem[:-1]
    if stem + "e" in verbs and (stem not in verbs or _would_double(stem)):
        return stem + "e"
    if stem in verbs:
        return stem
    if stem.endswith("y") and stem[:-1] + "ie" in verbs:
        return stem[:-1] + "ie"
    return stem + "e" if stem.endswith(("at", "iz", "is", "v", "u", "rg", "dg", "nc", "rs")) else stem


def _would_double(stem: str) -> bool:
    """Tell whether a stem ends in one vowel and one consonant: its own -ed form would double that."""
    return (
        len(stem) > 2
        and stem[-1] not in _VOWELS | set("wxy")
        and stem[-2] in _VOWELS
        and stem[-3] not in _VOWELS
    )


def _adjective(form: str, suffix: int) -> str:
    stem = form[:-suffix]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "ls":
        return stem[:-1]
    return (
        stem + "e"
        if stem.endswith(("at", "rg", "saf", "wis", "clos", "nic", "fin", "rar", "wid", "lat"))
        else stem
    )
