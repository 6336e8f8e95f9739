"""Adding articles to a Neo4j store, and what one process remembers of it in between.

A search on the server for copies gets back every article that shares a stock phrase with one of the new
ones: it grows with the store. Who puts many articles in therefore holds the sketches of all that are stored,
for as long as the store's counter of writes shows that nobody else has written since.
"""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from graph.linking.sketches import Sketches
from graph.store import cypher
from graph.store.base import AddReport
from graph.store.neo4j_connection import Clash, Run
from graph.store.neo4j_rows import ArticleNode
from graph.store.neo4j_schema import lock
from graph.store.neo4j_turns import Pace
from graph.store.neo4j_write import Batch, changed_articles, create, read_sketches

SHARE = 20
"""The sketches of all stored articles are read when one in so many was put in by this process: what that
costs is little beside what it has taken to put those in."""

MOST_ARTICLES = 1_000_000
"""More than so many are not held: about 300 bytes each."""

_AT_ONCE = 20_000


class Transact(Protocol):
    """``Connection.write``, or something around it."""

    def __call__(
        self,
        work: Callable[[Run], AddReport],
        *,
        early: Callable[[Run], Callable[[Run], AddReport]] | None,
        pace: Pace,
    ) -> AddReport: ...


class Memory:
    """The sketches of all articles of a store, as of one state of its counter of writes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sketches: Sketches | None = None
        self._writes = 0
        self._put = 0

    def sketches(self, writes: int) -> Sketches | None:
        """Return what is held, if the counter stands where it stood then."""
        with self._lock:
            return self._sketches if self._writes == writes else None

    def all_new(self, ids: Sequence[str]) -> bool:
        """Tell whether none of these articles was stored when last looked at, each named once."""
        with self._lock:
            held = self._sketches
            return held is not None and len(set(ids)) == len(ids) and not any(id in held for id in ids)

    def knows_all(self, ids: Sequence[str]) -> bool:
        """Tell whether all of these articles were stored when last looked at."""
        with self._lock:
            return self._sketches is None or all(id in self._sketches for id in ids)

    def read(self, run: Run, writes: int, more: int) -> Sketches | None:
        """Return what is held; read it when that is worth it, else return ``None``.

        Args:
            run: Inside the transaction that writes, before it has written articles.
            writes: The counter before this transaction.
            more: How many articles it will put in.
        """
        held = self.sketches(writes)
        if held is not None:
            return held
        [[stored]] = run(cypher.COUNT_ARTICLES)
        if SHARE * (self._put + more) < stored or stored > MOST_ARTICLES:
            return None
        held = Sketches()
        last = ""
        while rows := run(cypher.READ_SKETCHES, last=last, limit=_AT_ONCE):
            held.put(read_sketches(rows))
            last = rows[-1][0]
        with self._lock:
            self._sketches, self._writes, self._put = held, writes, 0
        return held

    def learn(self, writes: int, nodes: Sequence[ArticleNode]) -> None:
        """Note what a transaction has put in, once it is committed.

        Args:
            writes: The counter after it.
            nodes: The articles.
        """
        with self._lock:
            self._put += len(nodes)
            if self._sketches is None:
                return
            if self._writes != writes - 1 or len(self._sketches) > MOST_ARTICLES:
                self._sketches = None
                return
            self._sketches.put([node.sketch for node in nodes])
            self._writes = writes


class Adder:
    """Puts batches of articles into a store, each in one transaction.

    Args:
        transact: Runs a function in a writing transaction, and again when that fails for a passing reason.
        shown: How the store is called in messages.
    """

    def __init__(self, transact: Transact, shown: str) -> None:
        self._transact = transact
        self._shown = shown
        self._memory = Memory()

    def add(self, nodes: Sequence[ArticleNode], pace: Pace, earlier: Callable[[], object]) -> AddReport:
        """Put in the articles that are new or changed: see ``batches.Write``.

        New articles and their mentions are created before anything is known of the batch before, if as far
        as this process remembers none of them is there. If one is, all is undone and done again in order.
        """
        ids = [node.id for node in nodes]
        finished: AddReport | None = None
        learnt: tuple[int, Sequence[ArticleNode]] | None = None

        def work(run: Run, *, created: bool = False) -> AddReport:
            nonlocal finished, learnt
            learnt = None
            earlier()
            if not created and self._memory.knows_all(ids):
                changed, report = changed_articles(run, nodes)
                if not changed:
                    # Finished by the attempt before, though its commit was not confirmed; or all there.
                    return finished or report
            writes = lock(run, self._shown)  # which what is there already does not wait for
            held = self._memory.sketches(writes - 1)
            if created and held is None:
                raise Clash(f"{self._shown}: somebody else has written")
            changed, report = changed_articles(run, nodes, stored=held)
            if not changed:
                return finished or report
            batch = Batch(run)
            batch.find_copies(changed, self._memory.read(run, writes - 1, len(changed)))
            if report.replaced:
                batch.take_out([node.id for node in changed])
            batch.put_in(changed, created=created)
            finished, learnt = report + batch.settle(), (writes, changed)
            return finished

        def early(run: Run) -> Callable[[Run], AddReport]:
            create(run, nodes)
            return partial(work, created=True)

        new = self._memory.all_new(ids)
        report = self._transact(work, early=early if new else None, pace=pace)
        if learnt is not None:
            self._memory.learn(*learnt)
        return report
