"""The losses of all tasks: against labels, and against what teachers say."""

import torch
from torch import Tensor
from torch.nn import functional as F

from training.batches import Batch, Predicates
from training.data import IGNORED
from training.network import Heads, Network
from training.teachers import Said


def _cross(scores: Tensor, labels: Tensor) -> Tensor:
    return F.cross_entropy(scores.flatten(0, -2).float(), labels.flatten(), ignore_index=IGNORED)


def loss_of(network: Network, batch: Batch, said: Said | None = None) -> tuple[Tensor, dict[str, Tensor]]:
    """Return the sum of the losses of all tasks the batch teaches, and each for the log.

    Args:
        network: In training mode.
        batch: On the network's device.
        said: What teachers say of the batch; then these losses are added.
    """
    heads = network.heads
    words = network.words(batch.pieces, batch.shapes, batch.pool)
    losses: dict[str, Tensor] = {}
    labels = batch.labels
    if "upos" in labels:
        losses["upos"] = 0.3 * _cross(heads.upos(words), labels["upos"])
        losses["xpos"] = 0.3 * _cross(heads.xpos(words), labels["xpos"])
        arcs = labels["heads"]
        losses["arcs"] = _cross(heads.arcs(words, batch.sentences), arcs)
        losses["relations"] = _cross(heads.relations(words, arcs), labels["relations"])
    if "names" in labels:
        losses["names"] = _cross(heads.names(words), labels["names"])
    if batch.antecedents:
        at, position, right = batch.antecedents
        chances = F.log_softmax(heads.antecedents(words)[at, position].float(), dim=-1)
        losses["antecedents"] = -chances.masked_fill(~right, -1e4).logsumexp(dim=-1).mean()
    if "predicate_flags" in labels:
        losses["predicates"] = 0.3 * _cross(heads.predicate(words), labels["predicate_flags"])
    if batch.propbank:
        features = heads.role_features(words, batch.propbank.rows, batch.propbank.words)
        losses["propbank"] = _cross(heads.propbank_role(features), batch.propbank.roles)
    if "triggers" in labels:
        vectors = heads.trigger_vectors(words)
        losses["triggers"] = 4 * _cross(heads.trigger(heads.dropout(vectors)), labels["triggers"])
        if batch.events:
            losses |= _event_losses(heads, words, vectors, batch.events)
    if said is not None:
        losses |= soft_losses(heads, words, batch, said)
    total = torch.stack(list(losses.values())).sum()
    return total, {name: loss.detach() for name, loss in losses.items()}


def _event_losses(heads: Heads, words: Tensor, vectors: Tensor, events: Predicates) -> dict[str, Tensor]:
    own = vectors[events.rows, events.words]
    losses = {
        "roles": 3 * _cross(heads.role(heads.role_features(words, events.rows, events.words)), events.roles),
        "modality": 1.0 * _cross(heads.modalities(words[events.rows, events.words]), events.modality),
    }
    for name, scores, labels, weight in (
        ("mode", heads.mode(own), events.mode, 0.3),
        ("reciprocal", heads.reciprocal(own), events.reciprocal, 0.2),
    ):
        if (labels != IGNORED).any():
            losses[name] = weight * _cross(scores, labels)
    if len(events.participant_rows):
        means = torch.einsum(
            "nw,nwd->nd", events.participants.to(words.dtype), words[events.participant_rows]
        )
        losses["sectors"] = 2 * F.binary_cross_entropy_with_logits(
            heads.sectors(means).float(), events.sectors
        )
    return losses


def soft_losses(heads: Heads, words: Tensor, batch: Batch, said: Said) -> dict[str, Tensor]:
    """Return the losses against what teachers say, by task.

    Args:
        heads: The student's.
        words: Its word vectors (windows, words, width).
        batch: On its device.
        said: Of the batch.
    """
    vectors = heads.trigger_vectors(words)
    inside = batch.sentences >= 0
    own: dict[str, tuple[float, Tensor]] = {
        "upos": (0.3, heads.upos(words)),
        "xpos": (0.3, heads.xpos(words)),
        "arcs": (1.0, heads.arcs(words, batch.sentences)),
        "relations": (1.0, heads.relations(words, said.heads)),
        "names": (1.0, heads.names(words)),
        "predicates": (0.3, heads.predicate(words)),
        "triggers": (4.0, heads.trigger(heads.dropout(vectors))),
    }
    losses = {
        f"soft {name}": weight * _divergence(scores, said.words[name], inside)
        for name, (weight, scores) in own.items()
    }
    rows, at = said.rows, said.at
    everywhere = torch.ones_like(rows, dtype=torch.bool)
    for name, weight, scores, where in (
        ("roles", 3.0, heads.role(heads.role_features(words, rows, at)), inside[rows]),
        ("mode", 0.3, heads.mode(vectors[rows, at]), everywhere),
        ("modality", 1.0, heads.modalities(words[rows, at]), everywhere),
    ):
        losses[f"soft {name}"] = weight * _divergence(scores, said.triggers[name], where)
    return losses


def _divergence(scores: Tensor, chances: Tensor, where: Tensor) -> Tensor:
    """Mean Kullback-Leibler divergence of what is said from the teachers' chances."""
    said = F.log_softmax(scores.float(), dim=-1)
    each = (torch.xlogy(chances, chances) - chances * said).sum(-1)
    return (each * where).sum() / where.sum().clamp(min=1)
