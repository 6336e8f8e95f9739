"""Gold files: which task a file measures, told from its first record, and the articles in it.

| task | a record has |
|---|---|
| mentions | ``mentions`` with ``trigger`` and ``sentence`` |
| events | ``events`` with ``sources`` and ``targets`` (single sentences, PLOVER gold standard records) |
| pairs | ``source``, ``target`` and ``event15`` (what one marked actor does to another) |
| actors | ``gold`` with ``country`` or ``code1`` (an actor phrase) |
| places | ``toponyms`` with ``lat`` and ``lon`` |
| times | ``timex`` with ``value`` |
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import InvalidInput
from graph.model import Article
from ingest.readers.publication import parse_published

Json = dict[str, Any]

HERE = Path(__file__).parent
OWN = tuple(HERE / "gold" / f"{name}.jsonl" for name in ("corpus", "passages_a", "passages_b"))
"""The project's own mention gold."""

OWN_TIMES = HERE / "gold" / "times.jsonl"

_TASKS = {
    "mentions": ("mentions",),
    "events": ("events",),
    "pairs": ("source", "target", "event15"),
    "actors": ("gold",),
    "places": ("toponyms",),
    "times": ("timex",),
}


@dataclass(frozen=True, slots=True)
class Gold:
    """The records of one task that are for measuring."""

    task: str
    name: str
    records: list[Json]


def read_gold(paths: list[Path], *, articles: Path | None = None) -> Gold:
    """Return the records of some gold files of one task; those whose ``split`` is train are left out.

    Args:
        articles: JSON lines with the texts that the gold names by ``id``, where it has none itself.

    Raises:
        InvalidInput: If a file cannot be read, a line is broken, or its task cannot be told.
    """
    texts = {record["id"]: record for record in _lines(articles)} if articles else {}
    records = []
    for path in paths:
        for record in _lines(path):
            if record.get("split") != "train":
                records.append({**texts.get(record.get("id", ""), {}), **record})
    if not records:
        raise InvalidInput(f"{', '.join(map(str, paths))}: no record to measure with")
    tasks = [task for task, keys in _TASKS.items() if all(key in records[0] for key in keys)]
    if not tasks:
        raise InvalidInput(
            f"{paths[0]}: cannot tell which task this measures; a record needs the keys of one of: "
            + "; ".join(f"{task} ({', '.join(keys)})" for task, keys in _TASKS.items())
        )
    if any("text" not in record for record in records):
        missing = next(record.get("id") for record in records if "text" not in record)
        raise InvalidInput(
            f"{paths[0]}: record {missing!r} has no text; name the file of texts with --articles"
        )
    return Gold(tasks[0], ", ".join(path.name for path in paths), records)


def article_of(record: Json) -> Article:
    """Return the article that a gold record annotates."""
    return Article.of(
        record["text"],
        title=record.get("title"),
        publisher=record.get("publisher"),
        url=record.get("url"),
        published=parse_published(record.get("published") or record.get("dct") or record.get("date")),
        id=record["id"],
    )


def _lines(path: Path) -> list[Json]:
    records = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    record = json.loads(line)
                    if not isinstance(record, dict):
                        raise InvalidInput(f"{path}:{number}: not a JSON object")
                    records.append(record)
    except OSError as error:
        raise InvalidInput(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InvalidInput(f"{path}: not JSON lines ({error})") from error
    return records
