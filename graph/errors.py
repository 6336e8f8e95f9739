"""Every exception that Diurna raises, one class for each *reaction* of the caller.

DiurnaError
├── InvalidInput         the caller's mistake: correct the call and try again
├── ItemRejected         this one item cannot be used: skip it, count it, go on
├── BackendUnavailable   a service, file or disk cannot be used: stop; the message says what to do
└── StoreMismatch        the store was written by another version: stop; nothing was touched
"""


class DiurnaError(Exception):
    """The root of the tree: catch this to catch all that Diurna raises on purpose."""


class InvalidInput(DiurnaError):
    """The caller asked for something that cannot be done as asked."""


class ItemRejected(DiurnaError):
    """One item (a file, a feed entry, a row) cannot be used; processing goes on with the next.

    Args:
        reason: A short, stable phrase that the run report counts by, such as ``"no text"``.
        item: What was rejected: a path, a URL, or ``path:line``.
        detail: What a person needs beyond the reason to mend the item.
    """

    def __init__(self, reason: str, *, item: str = "", detail: str = "") -> None:
        self.reason = reason
        self.item = item
        self.detail = detail
        where = f"{item}: " if item else ""
        more = f" ({detail})" if detail else ""
        super().__init__(f"{where}{reason}{more}")


class BackendUnavailable(DiurnaError):
    """Something outside the program cannot be used; the message says what to start or free."""


class StoreMismatch(DiurnaError):
    """The store's schema is not the one this version reads and writes."""
