"""Figures of a trained network on the treebanks' development parts and on names."""

import random
from collections import Counter
from pathlib import Path

import torch
from torch.nn import functional as F

from ingest.language.heads import UPOS
from training import data
from training.batches import Pieces, batches, collate, cut
from training.network import Network


@torch.no_grad()
def evaluate(network: Network, pieces: Pieces, corpora: Path) -> dict[str, dict[str, float]]:
    """Return percentages by corpus: UPOS, UAS and LAS (punctuation counted, subtypes counted), roles."""
    figures = {}
    generator = random.Random(1)
    for name in ("ewt_dev", "gum_dev"):
        roles = corpora / f"{name}_roles.jsonl.xz"
        windows = data.treebank_windows(
            corpora / f"{name}.conllu.xz", roles if roles.exists() else None, generator=generator, longest=0
        )
        figures[name] = _parse(network, pieces, [cut(w, pieces) for w in windows], generator)
    gum = corpora / "gum_dev.conllu.xz"
    links = data.Links(None, corpora / "gum_dev_entities.jsonl.xz", gum)
    windows = data.treebank_windows(gum, None, generator=generator, links=links)
    figures["gum_dev"] |= _antecedents(network, pieces, [cut(w, pieces) for w in windows], generator)
    return figures


def _antecedents(
    network: Network, pieces: Pieces, windows: list[data.Window], generator: random.Random
) -> dict[str, float]:
    """Return how often the chosen antecedent of a pronoun, and of any other mention's head, is right."""
    right: Counter[str] = Counter()
    for group in batches(windows, pieces, size=4000, generator=generator):
        batch = collate(group, pieces)
        words = network.words(batch.pieces, batch.shapes, batch.pool)
        rows, positions, mask = batch.antecedents()
        said = network.heads.antecedents(words)[rows, positions].argmax(-1)
        hit = mask[torch.arange(len(said)), said].tolist()
        for row, position, good in zip(rows.tolist(), positions.tolist(), hit, strict=True):
            word = group[row].words[position].lower()
            kind = "pronouns" if word in data.PRONOUNS | data.POSSESSIVES else "other mentions"
            right[kind] += 1
            right[kind + " right"] += good
    return {
        f"antecedent of {k}": 100 * right[k + " right"] / right[k] for k in ("pronouns", "other mentions")
    }


def _parse(
    network: Network, pieces: Pieces, windows: list[data.Window], generator: random.Random
) -> dict[str, float]:
    right: Counter[str] = Counter()
    punct = UPOS.index("PUNCT")
    heads = network.heads
    for group in batches(windows, pieces, size=4000, generator=generator):
        batch = collate(group, pieces)
        words = network.words(batch.pieces, batch.shapes, batch.pool)
        gold = batch.labels("heads")
        inside = gold >= 0
        said = heads.arcs(words, batch.sentences).argmax(-1)
        dependent, head = heads.relation_parts(words)
        chosen = torch.gather(head, 1, said[:, :, None].expand_as(head))
        relation = heads.relation(F.relu(dependent + chosen)).argmax(-1)
        attached = (said == gold) & inside
        labelled = attached & (relation == batch.labels("relations"))
        right["words"] += int(inside.sum())
        right["upos"] += int(((heads.upos(words).argmax(-1) == batch.labels("upos")) & inside).sum())
        right["xpos"] += int(((heads.xpos(words).argmax(-1) == batch.labels("xpos")) & inside).sum())
        right["uas"] += int(attached.sum())
        right["las"] += int(labelled.sum())
        content = inside & (batch.labels("upos") != punct)
        right["content"] += int(content.sum())
        right["content_las"] += int((labelled & content).sum())
        if any(w.propbank for w in group):
            rows, positions, roles, _ = batch.predicates("propbank", 100)
            labels = heads.propbank_role(heads.role_features(words, rows, positions)).argmax(-1)
            known = roles >= 0
            right["role_hit"] += int(((labels == roles) & known & (roles > 0)).sum())
            right["role_said"] += int(((labels > 0) & known).sum())
            right["role_gold"] += int((roles > 0).sum())
    out = {k: 100 * right[k] / right["words"] for k in ("upos", "xpos", "uas", "las")}
    out["las without punctuation"] = 100 * right["content_las"] / right["content"]
    if right["role_gold"]:
        out["propbank role words F1"] = 200 * right["role_hit"] / (right["role_said"] + right["role_gold"])
    return out
