"""Train the model: parse, names, PropBank roles and PLOVER events, all on one encoder.

    python -m training.train --corpora DIR --events FILE… --start DIR --out DIR

See training/README.md for where the corpora are had.
"""

import argparse
import json
import logging
import random
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from training import data
from training.batches import Batch, Pieces, batches, collate, cut, sector_targets
from training.evaluate import evaluate
from training.event_windows import event_windows
from training.network import Network

LOG = logging.getLogger("training")


def loss_of(network: Network, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """Return the sum of the losses of all tasks the batch teaches, and each for the log."""
    heads = network.heads
    words = network.words(batch.pieces, batch.shapes, batch.pool)
    losses: dict[str, Tensor] = {}
    first = batch.windows[0]

    def cross(scores: Tensor, labels: Tensor) -> Tensor:
        return F.cross_entropy(scores.flatten(0, -2), labels.flatten(), ignore_index=data.IGNORED)

    if first.upos:
        losses["upos"] = 0.3 * cross(heads.upos(words), batch.labels("upos"))
        losses["xpos"] = 0.3 * cross(heads.xpos(words), batch.labels("xpos"))
        arcs = batch.labels("heads")
        losses["arcs"] = cross(heads.arcs(words, batch.sentences), arcs)
        dependent, head = heads.relation_parts(words)
        chosen = torch.gather(head, 1, arcs.clamp(min=0)[:, :, None].expand_as(head))
        relation = heads.relation(heads.dropout(F.relu(dependent + chosen)))
        losses["relations"] = cross(relation, batch.labels("relations"))
    if any(w.names for w in batch.windows):
        losses["names"] = cross(heads.names(words), batch.labels("names"))
    if any(w.antecedents for w in batch.windows):
        at, position, right = batch.antecedents()
        chances = F.log_softmax(heads.antecedents(words)[at, position], dim=-1)
        losses["antecedents"] = -chances.masked_fill(~right, -1e4).logsumexp(dim=-1).mean()
    if any(w.predicate_flags for w in batch.windows):
        losses["predicates"] = 0.3 * cross(heads.predicate(words), batch.labels("predicate_flags"))
    if any(w.propbank for w in batch.windows):
        rows, positions, roles, _ = batch.predicates("propbank", 8)
        scores = heads.propbank_role(heads.role_features(words, rows, positions))
        losses["propbank"] = cross(scores, roles)
    if any(w.triggers for w in batch.windows):
        vectors = heads.trigger_vectors(words)
        losses["triggers"] = 4 * cross(heads.trigger(heads.dropout(vectors)), batch.labels("triggers"))
        rows, positions, roles, found = batch.predicates("events", 12)
        if found:
            scores = heads.role(heads.role_features(words, rows, positions))
            losses["roles"] = 3 * cross(scores, roles)
            own = vectors[rows, positions]
            losses["mode"] = 0.3 * F.cross_entropy(heads.mode(own), torch.tensor([p.mode for p in found]))
            modality = torch.tensor([p.modality for p in found])
            losses["modality"] = 1.0 * F.cross_entropy(heads.modalities(words[rows, positions]), modality)
            known = torch.tensor([p.reciprocal for p in found])
            if (known != data.IGNORED).any():
                losses["reciprocal"] = 0.2 * F.cross_entropy(
                    heads.reciprocal(own), known, ignore_index=data.IGNORED
                )
            spans, targets = sector_targets(found, rows)
            if spans:
                means = torch.stack([words[r, a : b + 1].mean(0) for r, a, b in spans])
                losses["sectors"] = 2 * F.binary_cross_entropy_with_logits(heads.sectors(means), targets)
    total = torch.stack(list(losses.values())).sum()
    return total, {name: loss.item() for name, loss in losses.items()}


def read_events(paths: list[Path], articles: Path | None) -> list[list[dict]]:
    """Return the records of each event file; texts that a file lacks come from ``articles``."""
    texts = {}
    if articles:
        with articles.open(encoding="utf-8") as lines:
            texts = {record["id"]: record for record in map(json.loads, lines)}
    files = []
    for path in paths:
        records = [json.loads(line) for line in data.open_text(path)]
        files.append([{**texts.get(r["id"], {}), **r} for r in records if r.get("split") != "dev"])
    return files


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True, help="folder of treebanks and name corpora")
    parser.add_argument("--events", type=Path, nargs="+", required=True, help="event-labelled JSON lines")
    parser.add_argument(
        "--event-passes", type=int, nargs="+", default=[3, 6], help="passes over each of them"
    )
    parser.add_argument("--articles", type=Path, help="JSON lines with the texts that --events name by id")
    parser.add_argument("--start", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--parse-passes", type=int, default=3)
    parser.add_argument("--name-passes", type=int, default=2)
    parser.add_argument("--frame-share", type=float, default=0.15)
    parser.add_argument("--masked", type=float, default=0.05, help="share of pieces hidden in event windows")
    parser.add_argument("--size", type=int, default=1800, help="pieces a batch")
    parser.add_argument(
        "--resume", type=Path, help="network.pt to go on from, at 70 %% of the learning rates"
    )
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--most-batches", type=int, default=0, help="stop early, to try the code")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    generator = random.Random(args.seed)
    random.seed(args.seed)

    tokenizer = Tokenizer.from_file(str(args.start / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = Pieces(tokenizer)
    corpora = args.corpora

    queue: list[list[data.Window]] = []

    def plan(windows: list[data.Window], size: int = args.size) -> None:
        queue.extend(batches([cut(w, pieces) for w in windows], pieces, size=size, generator=generator))

    gum = corpora / "gum_train.conllu.xz"
    links = data.Links(corpora / "gum_names.iob2.xz", corpora / "gum_train_entities.jsonl.xz", gum)
    for number in range(args.parse_passes):
        # The parse is read sentence by sentence; a part in longer windows keeps it fit for context.
        ewt, roles = corpora / "ewt_train.conllu.xz", corpora / "ewt_train_roles.jsonl.xz"
        whole = 0 if number % 4 else 60
        plan(data.treebank_windows(ewt, roles, generator=generator, longest=whole))
        if number % 2:
            plan(data.treebank_windows(gum, None, generator=generator, longest=0))
        plan(data.treebank_windows(gum, None, generator=generator, links=links))
    for number in range(args.name_passes):
        # CrossNER is as large as the rest together and further from news: half a pass is enough.
        for name in ("wikigold", "uner_ewt_dev", *(["crossner"] if number == 0 else [])):
            windows = data.name_windows(corpora / f"{name}_names.iob2.xz", generator=generator)
            plan(windows[::2] if name == "crossner" else windows)
    plan(data.frame_windows(corpora / "frame_examples_roles.jsonl.xz", args.frame_share, generator=generator))
    for records, passes in zip(read_events(args.events, args.articles), args.event_passes, strict=True):
        for _ in range(passes):
            plan(event_windows(records, generator=generator))
    generator.shuffle(queue)
    if args.most_batches:
        queue = queue[: args.most_batches]
    LOG.info("%d batches", len(queue))

    network = Network()
    if args.resume:
        missing, _ = network.load_state_dict(torch.load(args.resume), strict=False)
        LOG.info("new in this network: %s", ", ".join(missing) or "nothing")
    else:
        network.encoder.load_minilm(args.start)
    network.encoder.pieces.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in network.encoder.parameters() if p.requires_grad], "lr": 2e-4},
            {"params": network.heads.parameters(), "lr": 1e-3},
        ],
        weight_decay=0.01,
        fused=True,
    )
    warm = min(20 if args.resume else 200, len(queue) // 10 + 1)
    top = 0.7 if args.resume else 1.0
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: top * min((step + 1) / warm, max(0.02, 1 - step / len(queue)))
    )
    averages: dict[str, float] = {}
    network.train()
    begun = time.monotonic()
    for step, windows in enumerate(queue):
        batch = collate(windows, pieces, masked=args.masked)
        loss, parts = loss_of(network, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step()
        for name, value in parts.items():
            averages[name] = 0.98 * averages.get(name, value) + 0.02 * value
        if step % 100 == 0:
            spent = time.monotonic() - begun
            LOG.info(
                "%d/%d %.0f s, %.0f s left: %s",
                step,
                len(queue),
                spent,
                spent / (step + 1) * (len(queue) - step - 1),
                " ".join(f"{name} {value:.3f}" for name, value in sorted(averages.items())),
            )
        if step and step % 200 == 0:
            torch.save(network.state_dict(), args.out / "network.pt")
    torch.save(network.state_dict(), args.out / "network.pt")
    (args.out / "tokenizer.json").write_text(tokenizer.to_str())
    network.eval()
    figures = evaluate(network, pieces, corpora)
    (args.out / "figures.json").write_text(json.dumps(figures, indent=1))
    LOG.info("%s", json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
