"""Who may read, write and commit when, within one process.

Neo4j shows a reader whatever is committed at that moment, even while a commit is being applied. A gate keeps
reads and commits apart, so that a read sees whole transactions only.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Many readers or one committing writer; a waiting writer goes before new readers."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._readers = 0
        self._waiting = 0
        self._committing = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read, when nobody commits."""
        with self._changed:
            self._changed.wait_for(lambda: not self._committing and not self._waiting)
            self._readers += 1
        try:
            yield
        finally:
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()

    def close(self) -> None:
        """Wait until nobody reads or commits, and keep others out."""
        with self._changed:
            self._waiting += 1
            self._changed.wait_for(lambda: not self._committing and not self._readers)
            self._waiting -= 1
            self._committing = True

    def open(self) -> None:
        """Let others in."""
        with self._changed:
            self._committing = False
            self._changed.notify_all()


class Turn:
    """One writer of this process at a time; it tells when only the server has work left."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False
        self._committing = False

    def take(self) -> None:
        """Wait until nobody else writes."""
        with self._changed:
            self._changed.wait_for(lambda: not self._taken)
            self._taken = True

    def take_over(self) -> bool:
        """Wait for a writer that commits; ``False`` when one writes, who may wait for what we have begun."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._taken and self._committing))
            if self._taken:
                return False
            self._taken = True
            return True

    def commits(self, committing: bool) -> None:
        """Tell whether only the server has work left; it can turn out otherwise."""
        with self._changed:
            self._committing = committing
            self._changed.notify_all()

    def give_back(self) -> None:
        """Let somebody else write."""
        with self._changed:
            self._taken = self._committing = False
            self._changed.notify_all()


class Pace:
    """What one who writes a batch tells one who makes the next ready: the interpreter lets one of them run."""

    def __init__(self) -> None:
        self.rests = threading.Event()
        """Set while the writer waits for the server."""
        self.commits = threading.Event()
        """Set from when the server begins to commit: the next batch may be begun."""

    def rest(self, rests: bool) -> None:
        """Tell that the writer waits, or that it goes on."""
        if rests:
            self.rests.set()
        else:
            self.rests.clear()

    def commit(self) -> None:
        """Tell that only the server has work left, or that there is none."""
        self.rests.set()
        self.commits.set()
