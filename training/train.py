"""Train the model: parse, names, PropBank roles and PLOVER events, all on one encoder.

    python -m training.train --corpora DIR --events FILE… --start DIR --out DIR

See training/README.md for where the corpora are had.
"""

import argparse
import json
import logging
import random
import time
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader

from ingest.language.words import split_sentences
from training import data
from training.batches import Batch, Pieces, batches, collate, cut
from training.evaluate import evaluate
from training.event_windows import event_windows
from training.losses import loss_of
from training.network import Network
from training.teachers import Teachers

LOG = logging.getLogger("training")

AVERAGED = 0.998
"""How much of the average of the weights is kept at each batch."""


def read_events(paths: list[Path], articles: Path | None) -> tuple[list[list[dict]], list[dict]]:
    """Return the records of each event file, and those that are kept for development.

    Texts that a file lacks come from ``articles``.
    """
    texts = {}
    if articles:
        with articles.open(encoding="utf-8") as lines:
            texts = {record["id"]: record for record in map(json.loads, lines)}
    files, kept = [], []
    for path in paths:
        records = [json.loads(line) for line in data.open_text(path)]
        records = [{**texts.get(r["id"], {}), **r} for r in records]
        files.append([r for r in records if r.get("split") != "dev"])
        kept += [r for r in records if r.get("split") == "dev"]
    return files, kept


class Plan:
    """The batches of a training run, as lists of windows, in random order.

    Args:
        args: The command line.
        pieces: The network's word pieces.
        events: Records of each event file.
        kept_apart: Ids of articles that must not be read.
    """

    def __init__(
        self, args: argparse.Namespace, pieces: Pieces, events: list[list[dict]], kept_apart: set[str]
    ) -> None:
        self.queue: list[list[data.Window]] = []
        self._pieces = pieces
        self._size = args.size
        self._random = random.Random(args.seed)
        self._treebanks(args.corpora, args.parse_passes)
        self._names(args.corpora, args.name_passes)
        frames = args.corpora / "frame_examples_roles.jsonl.xz"
        self._add(data.frame_windows(frames, args.frame_share, generator=self._random))
        for records, passes in zip(events, args.event_passes, strict=True):
            for _ in range(passes):
                self._add(event_windows(records, generator=self._random))
        if args.teachers and args.articles:
            self._articles(args.articles, {r["id"] for records in events for r in records} | kept_apart)
        self._random.shuffle(self.queue)
        if args.most_batches:
            self.queue = self.queue[: args.most_batches]

    def _add(self, windows: list[data.Window]) -> None:
        cut_windows = [cut(w, self._pieces) for w in windows]
        self.queue.extend(batches(cut_windows, self._pieces, size=self._size, generator=self._random))

    def _treebanks(self, corpora: Path, passes: int) -> None:
        """Add the treebanks: in every other pass a sentence a window, else several."""
        gum = corpora / "gum_train.conllu.xz"
        links = data.Links(corpora / "gum_names.iob2.xz", corpora / "gum_train_entities.jsonl.xz", gum)
        ewt, roles = corpora / "ewt_train.conllu.xz", corpora / "ewt_train_roles.jsonl.xz"
        for number in range(passes):
            whole = 110 if number % 2 else 0
            self._add(data.treebank_windows(ewt, roles, generator=self._random, longest=whole))
            if number % 2:
                self._add(data.treebank_windows(gum, None, generator=self._random, longest=0))
            self._add(data.treebank_windows(gum, None, generator=self._random, links=links))

    def _articles(self, path: Path, known: set[str]) -> None:
        """Add the articles without labels, six times, for the student to learn what teachers say of them."""
        records = [r for r in map(json.loads, data.open_text(path)) if r["id"] not in known]
        for record in records:
            record["sentences"] = [(s.start, s.end) for s in split_sentences(record["text"])]
            record["mentions"] = []
        for _ in range(6):
            windows = event_windows(records, generator=self._random)
            self._add([replace(window, triggers=[]) for window in windows])

    def _names(self, corpora: Path, passes: int) -> None:
        """Add the corpora of names; CrossNER is large and further from news: a quarter at most."""
        for number in range(passes):
            for name in ("wikigold", "uner_ewt_dev", "crossner"):
                windows = data.name_windows(corpora / f"{name}_names.iob2.xz", generator=self._random)
                self._add(windows[number % 4 :: 4] if name == "crossner" else windows)


class Collated:
    """Lists of windows → batches, in the loader's worker processes."""

    def __init__(self, queue: list[list[data.Window]], pieces: Pieces, masked: float) -> None:
        self._queue, self._pieces, self._masked = queue, pieces, masked

    def __len__(self) -> int:
        return len(self._queue)

    def __getitem__(self, number: int) -> Batch:
        return collate(self._queue[number], self._pieces, masked=self._masked)


def load(path: Path, device: torch.device) -> Network:
    """Return a trained network in evaluation mode."""
    network = Network()
    network.load_state_dict(torch.load(path, map_location="cpu"), strict=False)
    return network.to(device).eval()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True, help="folder of treebanks and name corpora")
    parser.add_argument("--events", type=Path, nargs="+", required=True, help="event-labelled JSON lines")
    parser.add_argument(
        "--event-passes", type=int, nargs="+", default=[3, 6], help="passes over each of them"
    )
    parser.add_argument(
        "--articles",
        type=Path,
        help="JSON lines with the texts that --events name by id; teachers label the others",
    )
    parser.add_argument("--start", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--parse-passes", type=int, default=3)
    parser.add_argument("--name-passes", type=int, default=2)
    parser.add_argument("--frame-share", type=float, default=0.15)
    parser.add_argument("--masked", type=float, default=0.05, help="share of pieces hidden in event windows")
    parser.add_argument("--size", type=int, default=1800, help="pieces a batch")
    parser.add_argument("--rate", type=float, default=2e-4, help="the encoder's; the heads have 5 times that")
    parser.add_argument("--teachers", type=Path, nargs="*", default=[], help="network.pt of each teacher")
    parser.add_argument(
        "--resume", type=Path, help="network.pt to go on from, at 70 %% of the learning rates"
    )
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=0, help="processes that prepare batches")
    parser.add_argument(
        "--most-seconds", type=float, default=0, help="end by then, the rates decaying in time"
    )
    parser.add_argument("--most-batches", type=int, default=0, help="stop early, to try the code")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    torch.set_float32_matmul_precision("high")
    torch.manual_seed(args.seed)
    random.seed(args.seed)

    tokenizer = Tokenizer.from_file(str(args.start / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = Pieces(tokenizer)
    (args.out / "tokenizer.json").write_text(tokenizer.to_str())
    events, kept = read_events(args.events, args.articles)
    plan = Plan(args, pieces, events, {record["id"] for record in kept})
    LOG.info("%d batches", len(plan.queue))
    device = torch.device(args.device)
    network = Network()
    if args.resume:
        missing, _ = network.load_state_dict(torch.load(args.resume, map_location="cpu"), strict=False)
        LOG.info("new in this network: %s", ", ".join(missing) or "nothing")
    else:
        network.encoder.load_minilm(args.start)
    network.to(device)
    averaged = train(network, plan.queue, pieces, args)
    torch.save(averaged.state_dict(), args.out / "network.pt")
    figures = evaluate(averaged, pieces, args.corpora, kept)
    (args.out / "figures.json").write_text(json.dumps(figures, indent=1))
    LOG.info("%s", json.dumps(figures, indent=1))


def train(
    network: Network, queue: list[list[data.Window]], pieces: Pieces, args: argparse.Namespace
) -> Network:
    """Train a network on a queue of batches; return the average of its weights on the way, for use."""
    device = torch.device(args.device)
    teachers = Teachers([load(path, device) for path in args.teachers]) if args.teachers else None
    network.encoder.pieces.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in network.encoder.parameters() if p.requires_grad], "lr": args.rate},
            {"params": network.heads.parameters(), "lr": 5 * args.rate},
        ],
        weight_decay=0.01,
        fused=True,
    )
    warm = min(20 if args.resume else 200, len(queue) // 10 + 1)
    top = 0.7 if args.resume else 1.0
    rates = [group["lr"] for group in optimizer.param_groups]
    average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(AVERAGED))
    loader = DataLoader(
        Collated(queue, pieces, args.masked),
        batch_size=None,
        num_workers=args.workers,
        pin_memory=device.type == "cuda",
    )
    network.train()
    begun = time.monotonic()
    for step, prepared in enumerate(loader):
        spent = time.monotonic() - begun
        done = max(step / len(queue), spent / args.most_seconds if args.most_seconds else 0.0)
        if done >= 1:
            LOG.info("stopped at %d of %d batches", step, len(queue))
            break
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * top * min((step + 1) / warm, max(0.02, 1 - done))
        batch = prepared.to(device)
        loss, parts = loss_of(network, batch, teachers.read(batch) if teachers else None)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        average.update_parameters(network)
        if step % 100 == 0:
            LOG.info(
                "%d/%d %.0f s, %.0f s left: %s",
                step,
                len(queue),
                spent,
                spent / done - spent if done else 0,
                " ".join(f"{name} {value.item():.3f}" for name, value in sorted(parts.items())),
            )
        if step and step % 200 == 0 and device.type == "cpu":
            torch.save(average.module.state_dict(), args.out / "network.pt")
    return average.module.eval()


if __name__ == "__main__":
    main()
