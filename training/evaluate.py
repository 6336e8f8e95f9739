"""Figures of a trained network on the treebanks' development parts and on articles with event labels."""

import random
from collections import Counter
from pathlib import Path

import torch

from ingest.language.heads import EVENT_ROLES, UPOS
from training import data
from training.batches import Pieces, batches, collate, cut
from training.event_windows import event_windows
from training.network import Network


def device_of(network: Network) -> torch.device:
    return network.heads.upos.weight.device


@torch.no_grad()
def evaluate(
    network: Network, pieces: Pieces, corpora: Path, articles: list[dict] | None = None
) -> dict[str, dict[str, float]]:
    """Return percentages by corpus: UPOS, UAS and LAS (punctuation counted, subtypes counted), roles.

    Args:
        network: In evaluation mode.
        pieces: Its word pieces.
        corpora: Folder of the corpora.
        articles: Event-labelled articles that it was not trained on.
    """
    figures = {}
    if articles:
        figures["events"] = events(network, pieces, articles)
    generator = random.Random(1)
    for name in ("ewt_dev", "gum_dev"):
        roles = corpora / f"{name}_roles.jsonl.xz"
        windows = data.treebank_windows(
            corpora / f"{name}.conllu.xz", roles if roles.exists() else None, generator=generator, longest=0
        )
        figures[name] = _parse(network, pieces, [cut(w, pieces) for w in windows], generator)
    gum = corpora / "gum_dev.conllu.xz"
    links = data.Links(None, corpora / "gum_dev_entities.jsonl.xz", gum)
    windows = [cut(w, pieces) for w in data.treebank_windows(gum, None, generator=generator, links=links)]
    joined = _parse(network, pieces, windows, generator)
    figures["gum_dev in windows"] = {name: joined[name] for name in ("upos", "uas", "las")}
    figures["gum_dev"] |= _antecedents(network, pieces, windows, generator)
    return figures


def _antecedents(
    network: Network, pieces: Pieces, windows: list[data.Window], generator: random.Random
) -> dict[str, float]:
    """Return how often the chosen antecedent of a pronoun, and of any other mention's head, is right."""
    right: Counter[str] = Counter()
    for group in batches(windows, pieces, size=4000, generator=generator):
        batch = collate(group, pieces).to(device_of(network))
        if batch.antecedents is None:
            continue
        words = network.words(batch.pieces, batch.shapes, batch.pool)
        rows, positions, mask = batch.antecedents
        said = network.heads.antecedents(words)[rows, positions].argmax(-1)
        hit = mask.gather(1, said[:, None])[:, 0].tolist()
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
        batch = collate(group, pieces, most_propbank=100).to(device_of(network))
        words = network.words(batch.pieces, batch.shapes, batch.pool)
        gold = batch.labels["heads"]
        inside = gold >= 0
        said = heads.arcs(words, batch.sentences).argmax(-1)
        relation = heads.relations(words, said).argmax(-1)
        attached = (said == gold) & inside
        labelled = attached & (relation == batch.labels["relations"])
        right["words"] += int(inside.sum())
        right["upos"] += int(((heads.upos(words).argmax(-1) == batch.labels["upos"]) & inside).sum())
        right["xpos"] += int(((heads.xpos(words).argmax(-1) == batch.labels["xpos"]) & inside).sum())
        right["uas"] += int(attached.sum())
        right["las"] += int(labelled.sum())
        content = inside & (batch.labels["upos"] != punct)
        right["content"] += int(content.sum())
        right["content_las"] += int((labelled & content).sum())
        if batch.propbank:
            rows, positions, roles = batch.propbank.rows, batch.propbank.words, batch.propbank.roles
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


@torch.no_grad()
def events(network: Network, pieces: Pieces, articles: list[dict]) -> dict[str, float]:
    """Return percentages on event-labelled articles: triggers by word, the rest at the labelled triggers.

    Triggers have the chance (of any type) at which their F1 is highest: "typed F1" counts those with the
    right type, "found F1" all.
    """
    windows = event_windows(articles, generator=random.Random(1), title_kept=1.0)
    heads = network.heads
    said: list[tuple[float, bool, bool]] = []
    counts: Counter[str] = Counter()
    for group in batches([cut(w, pieces) for w in windows], pieces, size=4000, generator=random.Random(1)):
        batch = collate(group, pieces, most_events=200).to(device_of(network))
        words = network.words(batch.pieces, batch.shapes, batch.pool)
        chances = torch.softmax(heads.trigger(heads.trigger_vectors(words)).float(), -1)
        gold = batch.labels["triggers"]
        known = gold >= 0
        kind = chances[..., 1:].argmax(-1) + 1
        rows = zip(
            (1 - chances[..., 0])[known].tolist(),
            ((kind == gold) & known)[known].tolist(),
            (gold > 0)[known].tolist(),
            strict=True,
        )
        said += [row for row in rows if row[0] > 0.05 or row[2]]
        if batch.events:
            found = batch.events
            labels = heads.role(heads.role_features(words, found.rows, found.words)).argmax(-1)
            for number, name in enumerate(EVENT_ROLES):
                own, right = (labels + 1) // 2 == number + 1, (found.roles + 1) // 2 == number + 1
                inside = found.roles >= 0
                counts[name + " hit"] += int((own & right & inside).sum())
                counts[name + " both"] += int((own & inside).sum()) + int(right.sum())
            modality = heads.modalities(words[found.rows, found.words]).argmax(-1)
            counts["modality"] += int((modality == found.modality).sum())
            counts["triggers"] += len(found.rows)
    total = sum(is_gold for _, _, is_gold in said)
    said.sort(key=lambda row: -row[0])
    best = {"typed F1": 0.0}
    typed = found_right = 0
    for number, (chance, same, is_gold) in enumerate(said, 1):
        typed += same and is_gold
        found_right += is_gold
        f1 = 200 * typed / (number + total)
        if f1 > best["typed F1"]:
            best = {
                "typed F1": f1,
                "typed P": 100 * typed / number,
                "typed R": 100 * typed / total,
                "found F1": 200 * found_right / (number + total),
                "from": 100 * chance,
            }
    best |= {f"{n} words F1": 200 * counts[n + " hit"] / max(1, counts[n + " both"]) for n in EVENT_ROLES}
    best["modality"] = 100 * counts["modality"] / max(1, counts["triggers"])
    return best
