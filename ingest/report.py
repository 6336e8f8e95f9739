"""What a run did: the figures that command line and app show when it is over."""

from collections import Counter
from dataclasses import dataclass, field

from graph.errors import ItemRejected

SHOWN_EXAMPLES = 5
"""Rejected items that the report names for each reason; all are counted."""


@dataclass
class RunReport:
    """Counts of one run. Filled as the run goes on, so it is right even when the run is stopped.

    Attributes:
        read: Articles read.
        coded: Articles coded.
        mentions: Mentions found, by PLOVER type.
        silent: Articles in which no event was found.
        rejected: Items that could not be used, by reason.
        examples: For each reason the first few items, as "item: reason (detail)".
        notes: Things that were odd but rejected nothing, by what they are.
        added: Articles that were new to the store.
        unchanged: Articles that the store had already, the same.
        replaced: Articles that the store had, with another content or coding.
        events_more: How many events the store has more than before; below 0 if it has fewer.
        seconds: Time spent.
    """

    read: int = 0
    coded: int = 0
    mentions: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)
    added: int = 0
    unchanged: int = 0
    replaced: int = 0
    events_more: int = 0
    seconds: float = 0.0

    def reject(self, rejection: ItemRejected) -> None:
        """Count one rejected item."""
        self.rejected[rejection.reason] += 1
        named = self.examples.setdefault(rejection.reason, [])
        if len(named) < SHOWN_EXAMPLES:
            named.append(str(rejection))

    def note(self, note: str, item: str, detail: str) -> None:
        """Count something odd (the signature that ``ReadOptions.note`` takes)."""
        del item, detail
        self.notes[note] += 1

    def as_dict(self) -> dict[str, object]:
        """Return the report as plain data, for ``--json``."""
        return {
            "articles": {
                "read": self.read,
                "coded": self.coded,
                "without_events": self.silent,
                "added": self.added,
                "unchanged": self.unchanged,
                "replaced": self.replaced,
            },
            "mentions": {"all": self.mentions.total(), "by_type": dict(self.mentions.most_common())},
            "events_more": self.events_more,
            "rejected": {"all": self.rejected.total(), "by_reason": dict(self.rejected.most_common())},
            "rejected_examples": self.examples,
            "notes": dict(self.notes.most_common()),
            "seconds": round(self.seconds, 2),
        }
