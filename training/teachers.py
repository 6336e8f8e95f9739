"""What several trained networks say of a batch, read at once, for a student to learn from."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.func import functional_call, stack_module_state, vmap

from training.batches import Batch
from training.network import Network

GUESSED = 0.3
"""Chance from which a word without a label counts as a trigger whose roles are learned."""

MOST_GUESSED = 400
"""Such triggers in a batch."""


@dataclass
class Said:
    """Mean chances of the teachers.

    Attributes:
        words: By task, (windows, words, labels).
        heads: (windows, words) the likeliest head of each word.
        rows, at: (n) windows and words of triggers: the labelled ones, else the likeliest.
        triggers: Roles (n, words, labels), mode and modality (n, labels) of these.
    """

    words: dict[str, Tensor]
    heads: Tensor
    rows: Tensor
    at: Tensor
    triggers: dict[str, Tensor]


class _Reads(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, pieces: Tensor, shapes: Tensor, pool: Tensor, sentences: Tensor
    ) -> tuple[Tensor, dict[str, Tensor]]:
        heads = self.network.heads
        words = self.network.encoder(pieces, shapes, pool)
        scores = {
            "upos": heads.upos(words),
            "xpos": heads.xpos(words),
            "arcs": heads.arcs(words, sentences),
            "names": heads.names(words),
            "predicates": heads.predicate(words),
            "triggers": heads.trigger(heads.trigger_vectors(words)),
        }
        return words, _chances(scores)


class _ReadsAt(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, words: Tensor, arcs: Tensor, rows: Tensor, at: Tensor) -> dict[str, Tensor]:
        heads = self.network.heads
        own = words[rows, at]
        return _chances(
            {
                "relations": heads.relations(words, arcs),
                "roles": heads.role(heads.role_features(words, rows, at)),
                "mode": heads.mode(heads.trigger_vectors(own)),
                "modality": heads.modalities(own),
            }
        )


def _chances(scores: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name: torch.softmax(own.float(), dim=-1) for name, own in scores.items()}


class Teachers:
    """Trained networks of one shape, read together.

    Args:
        networks: In evaluation mode, on one device.
    """

    def __init__(self, networks: list[Network]) -> None:
        self._reads, self._reads_at = _Reads(networks[0]), _ReadsAt(networks[0])
        stacked, _ = stack_module_state(networks)  # type: ignore[arg-type]
        self._weights = {f"network.{name}": own.detach() for name, own in stacked.items()}

    @torch.no_grad()
    def read(self, batch: Batch) -> Said:
        """Return what they say of a batch on their device."""

        def first(weights: dict[str, Tensor]) -> tuple[Tensor, dict[str, Tensor]]:
            inputs = (batch.pieces, batch.shapes, batch.pool, batch.sentences)
            return functional_call(self._reads, weights, inputs)

        words, each = vmap(first)(self._weights)
        chances = {name: own.mean(0) for name, own in each.items()}
        heads = chances["arcs"].argmax(-1)
        rows, at = _triggers(batch, 1 - chances["triggers"][:, :, 0])
        if not len(rows):  # so that the shapes stay those of a batch with triggers
            rows, at = torch.zeros_like(heads[0, :1]), torch.zeros_like(heads[0, :1])

        def second(weights: dict[str, Tensor], own: Tensor) -> dict[str, Tensor]:
            return functional_call(self._reads_at, weights, (own, heads, rows, at))

        then = {name: own.mean(0) for name, own in vmap(second)(self._weights, words).items()}
        chances["relations"] = then.pop("relations")
        return Said(chances, heads, rows, at, then)


def _triggers(batch: Batch, chance: Tensor) -> tuple[Tensor, Tensor]:
    if batch.events is not None:
        return batch.events.rows, batch.events.words
    likely = (chance >= GUESSED) & (batch.sentences >= 0)
    rows, words = likely.nonzero(as_tuple=True)
    return rows[:MOST_GUESSED], words[:MOST_GUESSED]
