"""Numbers told of an act: killed, injured, arrested, troops, protesters, money…"""

from collections.abc import Iterator

from ingest.coders.candidate import Candidate
from ingest.coders.clauses import Tree
from ingest.coders.lexicon import fold
from ingest.coders.raw_mention import RawQuantity, WordRange

_UNITS = {
    "zero": 0, "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
           "trillion": 1_000_000_000_000, "m": 1_000_000, "bn": 1_000_000_000}  # fmt: skip
_VAGUE = {"dozens": (24.0, 99.0), "scores": (40.0, 99.0), "hundreds": (200.0, 999.0),
          "thousands": (2_000.0, 9_999.0), "millions": (2e6, 9_999_999.0), "several": (3.0, 9.0)}  # fmt: skip
_CURRENCY = frozenset(
    "$ £ € ¥ dollar euro pound yen yuan rouble ruble rupee peso franc shekel riyal dinar us$".split()
)
_KILLED = frozenset(
    "kill dead die death slay murder massacre execute fatality lynch behead assassinate".split()
)
_INJURED = frozenset("wound injure injured wounded hurt injury casualty".split())
_BY_TYPE = {
    "ASSAULT": ("killed", "injured", "hostages"),
    "COERCE": ("arrested", "years"),
    "MOBILIZE": ("troops",),
    "RETREAT": ("released", "troops"),
    "PROTEST": ("protesters",),
    "AID": ("money",),
    "AGREE": ("money",),
    "SANCTION": ("money",),
    "COOPERATE": ("money",),
}
_FORCES = frozenset(
    "troop soldier peacekeeper reservist marine paratrooper conscript police officer policeman".split()
)


def quantities(tree: Tree, candidate: Candidate) -> tuple[RawQuantity, ...]:
    """Return the numbers that an act's clause tells, in the sentence's order."""
    wanted = _BY_TYPE.get(candidate.type, ())
    if not wanted:
        return ()
    reach = _reach(tree, candidate)
    found: dict[WordRange, RawQuantity] = {}
    for noun, first, last in _numbers(tree):
        if noun not in reach:
            continue
        what = _what(tree, candidate, noun)
        if what not in wanted:
            continue
        low, high = read_number([w.text for w in tree.words[first : last + 1]])
        words = WordRange(tree.sentence.index, first, last)
        found.setdefault(words, RawQuantity(what, low, high, words))
    return tuple(sorted(found.values(), key=lambda quantity: quantity.words))


def _reach(tree: Tree, candidate: Candidate) -> set[int]:
    reach = set(tree.subtree(candidate.predicate)) | set(tree.subtree(candidate.word))
    word = tree.words[candidate.predicate]
    if (
        candidate.type == "ASSAULT"
        and word.deprel in ("conj", "nsubj", "obl", "ccomp", "advcl")
        and word.head >= 0
    ):
        reach |= set(tree.subtree(word.head))
    return reach | set(candidate.recipients) | set(candidate.initiators)


def _numbers(tree: Tree) -> Iterator[tuple[int, int, int]]:
    """Yield (the noun counted, first word, last word) of every number of a sentence."""
    done = -1
    for word in tree.words:
        if word.index <= done or not _is_number(tree, word.index):
            continue
        last = word.index
        while last + 1 < len(tree.words) and (
            _is_number(tree, last + 1) or (tree.words[last + 1].text.lower() in ("and", "to", "-", "–")
            and last + 2 < len(tree.words) and _is_number(tree, last + 2))
        ):  # fmt: skip
            last += 1
        first = word.index
        while first > 0 and tree.words[first - 1].text.lower() in (
            "at", "least", "more", "than", "over", "about", "around", "some", "nearly", "almost", "up", "to", "a",
            "most", "fewer", "less", "under", "between", "$", "£", "€", "roughly", "approximately",
        ):  # fmt: skip
            first -= 1
        done = last
        yield _counted(tree, word.index, last), first, last


def _is_number(tree: Tree, index: int) -> bool:
    word = tree.words[index]
    text = word.text.lower()
    if text in _VAGUE:
        return True
    return (
        word.upos == "NUM" or text in _SCALES or (text in _UNITS and text not in ("no", "one"))
    ) and _value(text) is not None


def _counted(tree: Tree, first: int, last: int) -> int:
    """Return the noun that a number counts; the number itself when it stands for people."""
    for index in range(last, first - 1, -1):
        word = tree.words[index]
        if word.head > last and word.deprel in ("nummod", "amod", "compound", "det"):
            return word.head
        if word.head < first or word.head > last:
            return tree.content(index)
    return tree.content(last)


def _what(tree: Tree, candidate: Candidate, noun: int) -> str:
    word = tree.words[noun]
    lemma = fold(word.lemma)
    if (
        lemma in _CURRENCY
        or any(w.text in _CURRENCY for w in tree.children(noun))
        or tree.words[noun - 1].text in _CURRENCY
    ):
        return "money"
    if lemma in ("year", "month", "day", "week", "hour", "percent", "%"):
        return "years" if lemma == "year" else ""
    if candidate.type == "ASSAULT":
        return _casualty(tree, candidate, noun)
    if candidate.type == "COERCE":
        return "arrested" if candidate.mode == "arrest" and _person(tree, noun, candidate) else ""
    if candidate.type == "RETREAT" and candidate.mode == "release":
        return "released"
    if candidate.type in ("MOBILIZE", "RETREAT"):
        return "troops" if lemma in _FORCES else ""
    if candidate.type == "PROTEST":
        return "protesters" if _person(tree, noun, candidate) else ""
    return ""


def _person(tree: Tree, noun: int, candidate: Candidate) -> bool:
    near = (*candidate.initiators, *candidate.recipients)
    return noun in {tree.content(i) for i in near} | set(near)


def _casualty(tree: Tree, candidate: Candidate, noun: int) -> str:
    place = noun
    for _ in range(3):
        word = tree.words[place]
        lemmas = {fold(word.lemma)} | {
            fold(w.lemma) for w in tree.children(place, "xcomp", "amod", "acl", "conj")
        }
        if fold(word.lemma) in _INJURED:
            return "injured"
        if fold(word.lemma) in _KILLED or lemmas & _KILLED:
            return "killed"
        if lemmas & _INJURED:
            return "injured"
        if word.head < 0 or (word.deprel in ("obl", "advcl") and place != noun):
            break
        place = word.head
    if candidate.mode == "abduct" and noun in {tree.content(i) for i in candidate.recipients}:
        return "hostages"
    return ""


def read_number(texts: list[str]) -> tuple[float, float]:
    """Return the lowest and highest number that words like "at least 12", "a dozen" or "10 to 20" allow."""
    lowered = [text.lower() for text in texts]
    joined = " ".join(lowered)
    for text in lowered:
        if text in _VAGUE:
            low, high = _VAGUE[text]
            factor = next((_SCALES[t] for t in lowered if t in _SCALES), 1)
            return low * factor, high * factor
    parts: list[list[str]] = [[]]
    for position, text in enumerate(lowered):
        splits = text in ("to", "-", "–") or (text == "and" and "between" in lowered)
        if splits and parts[-1] and position + 1 < len(lowered):
            parts.append([])
        elif _value(text) is not None or text in _SCALES:
            parts[-1].append(text)
    numbers = [_sum(part) for part in parts if part]
    if not numbers:
        return 0.0, 0.0
    if len(numbers) > 1:
        if numbers[0] < numbers[-1] and parts[-1][-1] in _SCALES and parts[0][-1] not in _SCALES:
            numbers[0] *= _SCALES[parts[-1][-1]] if numbers[0] < 1_000 else 1
        return min(numbers), max(numbers)
    if "up to" in joined or "at most" in joined:
        return 0.0, numbers[0]
    return numbers[0], numbers[0]


def _value(text: str) -> float | None:
    if text in _UNITS:
        return float(_UNITS[text])
    if text in _SCALES:
        return float(_SCALES[text])
    digits = text.replace(",", "")
    for ending, scale in (("bn", 1e9), ("m", 1e6), ("k", 1e3)):
        if digits.endswith(ending) and digits[: -len(ending)].replace(".", "", 1).isdigit():
            return float(digits[: -len(ending)]) * scale
    return float(digits) if digits.replace(".", "", 1).isdigit() else None


def _sum(texts: list[str]) -> float:
    total, group = 0.0, 0.0
    for text in texts:
        if text in _SCALES and text not in ("hundred", "dozen"):
            total += (group or 1) * _SCALES[text]
            group = 0.0
        elif text in _SCALES:
            group = (group or 1) * _SCALES[text]
        else:
            group += _value(text) or 0.0
    return total + group
