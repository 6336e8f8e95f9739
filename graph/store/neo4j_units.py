"""What linking asks of a Neo4j store: many questions in one query.

``gather`` asks one thing after another; over a network each would be a round trip. So it is run on
answers not yet known, what it asks is noted, all of it is asked together, and it is run again, until
nothing is unknown: at most three times.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.linking.relink import Change, Surroundings, gather
from graph.linking.units import LONGEST_VAGUE_RANGE, Unit
from graph.store import cypher
from graph.store.neo4j_connection import Run
from graph.store.sqlite_units import read_unit

Question = tuple[str, str, int, int, str]
"""Which query, block, first day, last day, origin."""


class _Known:
    """Answers what is known and notes what is not: see ``graph.linking.relink.Neighbourhood``."""

    def __init__(self, answers: Mapping[Question, Sequence[Unit]]) -> None:
        self._answers = answers
        self.unknown: set[Question] = set()

    def _answer(self, question: Question) -> Iterable[Unit]:
        found = self._answers.get(question)
        if found is None:
            self.unknown.add(question)
            return ()
        return found

    def one_day(self, block: str, first: int, last: int) -> Iterable[Unit]:
        return self._answer((cypher.ASK_ONE_DAY, block, first, last, ""))

    def ranges_touching(self, block: str, first: int, last: int) -> Iterable[Unit]:
        return self._answer((cypher.ASK_RANGES_TOUCHING, block, first, last, ""))

    def same_range(self, block: str, first: int, last: int) -> Iterable[Unit]:
        return self._answer((cypher.ASK_SAME_RANGE, block, first, last, ""))

    def undated(self, block: str, origin: str) -> Iterable[Unit]:
        return self._answer((cypher.ASK_UNDATED, block, 0, 0, origin))


def gather_together(run: Run, changes: Iterable[Change]) -> list[Surroundings]:
    """Return what ``graph.linking.relink.gather`` returns, asking the store as seldom as possible."""
    pending: dict[str, list[Change]] = {}
    for change in changes:
        pending.setdefault(change.block, []).append(change)
    answers: dict[Question, list[Unit]] = {}
    gathered: dict[str, list[Surroundings]] = {}
    while pending:
        asked: set[Question] = set()
        unfinished: dict[str, list[Change]] = {}
        for block, members in pending.items():
            known = _Known(answers)
            gathered[block] = gather(members, known)
            if known.unknown:
                asked |= known.unknown
                unfinished[block] = members
        answers.update(_ask(run, asked))
        pending = unfinished
    return [some for _, found in sorted(gathered.items()) for some in found]


def _ask(run: Run, questions: Iterable[Question]) -> dict[Question, list[Unit]]:
    by_query: dict[str, list[Question]] = {}
    for question in sorted(questions):
        by_query.setdefault(question[0], []).append(question)
    answers: dict[Question, list[Unit]] = {}
    for query, members in by_query.items():
        asked = [
            {"number": number, "block": block, "first": first, "last": last, "origin": origin}
            for number, (_, block, first, last, origin) in enumerate(members)
        ]
        answers.update((question, []) for question in members)
        for number, *row in run(query, asked=asked, longest=LONGEST_VAGUE_RANGE):
            answers[members[number]].append(unit(row))
    return answers


def unit(row: Sequence[Any]) -> Unit:
    """Return the unit of a row: mention, rank, block, first and last day, and the rest as JSON."""
    return read_unit(tuple(row))
