"""Measuring coders on mention gold: each article is read once, then coded by every coder asked for."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.coded_json import coded_article
from bench import scoring, stories
from bench.gold import article_of
from graph.model import CodedArticle
from graph.ontology import codebook
from graph.store import open_store
from ingest.coders import Code
from ingest.language.annotation import AnnotatedArticle, Annotator
from ingest.resolve.mentions import MentionResolver

Json = dict[str, Any]
Interval = tuple[float, float]

RESAMPLES = 1000


@dataclass
class Result:
    """What a coder got right.

    Attributes:
        figures: Percentages by name.
        intervals: The 95 % bootstrap interval of each, articles drawn with replacement.
        types: Precision, recall and F1 of each type.
        type_intervals: The interval of each type's F1.
        gold_by_type: Mentions of each type in the gold.
        mentions: How many the gold has, and how many were said.
        calibration_error: Expected calibration error of the score, in [0, 1].
        reliability: Mean score, share right and number of mentions, by bin of the score.
        coded: What was coded, by article.
    """

    figures: dict[str, float]
    intervals: dict[str, Interval]
    types: dict[str, tuple[float, float, float]]
    type_intervals: dict[str, Interval]
    gold_by_type: dict[str, int]
    mentions: dict[str, int]
    calibration_error: float
    reliability: list[tuple[float, float, int]]
    coded: list[CodedArticle] = field(repr=False, default_factory=list)


class Bench:
    """Runs coders over gold.

    Args:
        gold: Records with ``mentions``.
        annotator: Reads the articles, once each.
        progress: Wraps what is gone through, to show how far it is.
    """

    def __init__(
        self,
        gold: Sequence[Json],
        annotator: Annotator,
        progress: Callable[[Sequence[Json]], Iterable[Json]] = iter,
    ) -> None:
        self.gold = gold
        self._resolver = MentionResolver()
        self._annotated = [annotator.annotate([article_of(record)])[0] for record in progress(gold)]

    def measure(
        self, code: Code, *, change: Callable[[AnnotatedArticle], AnnotatedArticle] | None = None
    ) -> Result:
        """Return the figures of a coder; ``change`` may take something from what it is given."""
        coded = []
        for read in self._annotated:
            annotated = change(read) if change else read
            coded.append(self._resolver.resolve(annotated, list(code(annotated)), coder="bench"))
        said = {record["id"]: coded_article(c) for record, c in zip(self.gold, coded, strict=True)}
        counts = [scoring.count(record, said[record["id"]]) for record in self.gold]
        total: Counter[str] = Counter()
        for one in counts:
            total.update(one)
        low, types_low = intervals(counts)
        error, curve = scoring.reliability(self._judged(said))
        return Result(
            figures=scoring.figures(total),
            intervals=low,
            types=scoring.by_type(total, codebook.types()),
            type_intervals=types_low,
            gold_by_type={kind: total[f"gold {kind}"] for kind in codebook.types()},
            mentions={"gold": total["gold"], "said": total["said"]},
            calibration_error=error,
            reliability=curve,
            coded=coded,
        )

    def _judged(self, said: Mapping[str, Json]) -> list[tuple[float, bool]]:
        """Return (score, whether the type is right) of every mention said."""
        judged: list[tuple[float, bool]] = []
        for record in self.gold:
            got = said[record["id"]]["mentions"]
            right = {
                j
                for i, j in scoring.align(record["mentions"], got)
                if record["mentions"][i]["type"] == got[j]["type"]
            }
            judged.extend((mention["score"], j in right) for j, mention in enumerate(got))
        return judged

    def resolution(self) -> dict[str, float]:
        """Return how well gold phrases alone are resolved: whom participants mean, where places lie."""
        n: Counter[str] = Counter()
        for record, annotated in zip(self.gold, self._annotated, strict=True):
            self._resolve_participants(record, n)
            self._resolve_places(record, annotated, n)
        hit, said, gold = (n[f"sectors {k}"] for k in ("hit", "said", "gold"))
        return {
            "actors: country right": 100 * n["country right"] / max(1, n["actors"]),
            "actors: sectors F1": scoring.f1(hit, said, gold)[2],
            "places: recognised": 100 * n["recognised"] / max(1, n["places"]),
            "places: country right": 100 * n["place country right"] / max(1, n["places"]),
        }

    def _resolve_participants(self, record: Json, n: Counter[str]) -> None:
        context = f"{record.get('title') or ''}\n{record['text'][:4000]}"
        published = article_of(record).published
        day = published.date() if published else None
        asked = set()
        for mention in record["mentions"]:
            for who in (*mention["initiators"], *mention["recipients"]):
                key = (who["text"], who["country"], who["international"])
                if key in asked:
                    continue
                asked.add(key)
                found = self._resolver.actors.resolve(who["text"], context=context, day=day)
                code = (
                    (found.country or (found.international and found.international.value)) if found else None
                )
                sectors = set(found.sectors) if found else set()
                want = set(who["sectors"])
                n.update(
                    {
                        "actors": 1,
                        "country right": int(code == (who["country"] or who["international"])),
                        "sectors hit": len(sectors & want),
                        "sectors said": len(sectors),
                        "sectors gold": len(want),
                    }
                )

    def _resolve_places(self, record: Json, annotated: AnnotatedArticle, n: Counter[str]) -> None:
        wanted = {(m["place"], m["place_country"]) for m in record["mentions"] if m["place"]}
        if not wanted:
            return
        coded = self._resolver.resolve(annotated, [], coder="bench")
        for words, country in sorted(wanted, key=str):
            n["places"] += 1
            found = [p for p in coded.place_spans if p.text in words or words in p.text]
            n["recognised"] += bool(found)
            n["place country right"] += any(p.place.country == country for p in found)

    def linking(self, coded: Sequence[CodedArticle]) -> dict[str, float]:
        """Return how well reports of one happening, and copies of one text, are put together.

        Only articles whose mentions say which event they tell are looked at; none gives no figure.
        """
        chosen = [
            (record, one)
            for record, one in zip(self.gold, coded, strict=True)
            if record["mentions"] and all("event" in mention for mention in record["mentions"])
        ]
        if not chosen:
            return {}
        told = [one for _, one in chosen]
        with open_store("sqlite:///:memory:") as store:
            store.add(told)
            event_of = stories.events_of(store, told)
            origin = {record["id"]: store.origin_of(record["id"]) for record, _ in chosen}
        gold = [record for record, _ in chosen]
        said = {record["id"]: coded_article(one) for record, one in chosen}
        figures = scoring.linking(gold, said, event_of)
        want = {record["id"]: record.get("origin", record["id"]) for record in gold}
        pairs = [(a, b) for n, a in enumerate(want) for b in list(want)[n + 1 :]]
        copies = scoring.f1(
            sum(want[a] == want[b] and origin[a] == origin[b] for a, b in pairs),
            sum(origin[a] == origin[b] for a, b in pairs),
            sum(want[a] == want[b] for a, b in pairs),
        )
        figures |= stories.across(stories.found(gold, told, event_of))
        return figures | dict(zip(("copies P", "copies R", "copies F1"), copies, strict=True))


def intervals(
    counts: Sequence[Counter[str]], *, seed: int = 7
) -> tuple[dict[str, Interval], dict[str, Interval]]:
    """Return the 95 % bootstrap interval of each figure and of each type's F1."""
    generator = random.Random(seed)
    drawn: dict[str, list[float]] = defaultdict(list)
    by_type: dict[str, list[float]] = defaultdict(list)
    for _ in range(RESAMPLES):
        total: Counter[str] = Counter()
        for one in generator.choices(counts, k=len(counts)):
            for name, value in one.items():
                total[name] += value
        for name, figure in scoring.figures(total).items():
            drawn[name].append(figure)
        for kind, (_, _, both) in scoring.by_type(total, codebook.types()).items():
            by_type[kind].append(both)
    return _middle(drawn), _middle(by_type)


def _middle(drawn: Mapping[str, list[float]]) -> dict[str, Interval]:
    cut = {}
    for name, values in drawn.items():
        values.sort()
        cut[name] = (values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES)])
    return cut
