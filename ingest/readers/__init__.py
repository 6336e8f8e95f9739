"""Source formats: from paths to articles.

    for outcome in read_paths(["news/", "story.html"]):
        ...  # an Article, or an ItemRejected value that says why not

One bad item never stops the others. What a reader yields is in the order of the input: folders are walked
in the order of their names.
"""

import codecs
import io
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from graph.errors import InvalidInput, ItemRejected
from graph.model import Article
from ingest.readers.detect import detect
from ingest.readers.raw import HEAD_BYTES, RawItem, Reader, ReadOptions

__all__ = ["READERS", "RawItem", "ReadOptions", "Reader", "detect", "read_item", "read_paths"]

logger = logging.getLogger(__name__)


def _web_page() -> Reader:
    from ingest.readers.web_page import read

    return read


def _plain_text() -> Reader:
    from ingest.readers.plain_text import read

    return read


def _jsonl() -> Reader:
    from ingest.readers.jsonl import read

    return read


def _csv() -> Reader:
    from ingest.readers.csv import read

    return read


def _feed() -> Reader:
    from ingest.readers.feed import read

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "web_page": _web_page,
    "plain_text": _plain_text,
    "jsonl": _jsonl,
    "csv": _csv,
    "feed": _feed,
}
"""Format name → its reader, loaded on demand. A module of the same name in this folder holds ``read``."""

_ABOUT_THE_FOLDER = {
    "readme", "license", "licence", "copying", "notice", "changelog", "contributing", "authors", "manifest",
    "makefile", "dockerfile",
}  # fmt: skip
_STORES = {".db", ".sqlite", ".sqlite3", ".db-wal", ".db-shm", ".db-journal"}
_SPOOLED = 16_000_000


def read_paths(
    paths: Iterable[str | Path],
    *,
    format: str | None = None,
    encoding: str | None = None,
    options: ReadOptions | None = None,
) -> Iterator[Article | ItemRejected]:
    """Return an iterator over the articles of files and folders and over what had to be rejected.

    Folders are walked to the bottom, sorted by name. Passed over in them, without a word: hidden files
    and folders, linked folders, files that are about the folder (``README``, ``LICENSE``, ``CHANGELOG``…,
    whatever their extension), and stores (``*.db``). A file that is named itself is always read. Everything
    else that holds no article is rejected with a reason, so that it is counted.

    Args:
        paths: Files, folders, or ``-`` for standard input.
        format: A key of ``READERS`` for all of them; told item by item if ``None``.
        encoding: A codec to insist on, such as ``cp1251``; told from the bytes if ``None``.
        options: Limits and defaults.

    Raises:
        InvalidInput: If a path does not exist or format or encoding is unknown; before anything is read.
    """
    chosen = options or ReadOptions()
    if encoding:
        chosen = replace(chosen, encoding=encoding)
    if chosen.encoding:
        try:
            codecs.lookup(chosen.encoding)
        except LookupError as error:
            raise InvalidInput(f"unknown encoding: {chosen.encoding}") from error
    if format is not None and format not in READERS:
        raise InvalidInput(f"unknown format: {format}; known are {', '.join(READERS)}")
    listed = list(paths)
    for path in listed:
        if str(path) != "-" and not os.path.lexists(path):
            raise InvalidInput(f"no such file or folder: {path}")
    return _read_all(listed, format, chosen)


def read_item(
    raw: RawItem, *, format: str | None = None, options: ReadOptions | None = None
) -> Iterator[Article | ItemRejected]:
    """Yield the articles of one raw item and its rejections; never raises for what is in it."""
    try:
        name = format or detect(raw)
        yield from READERS[name]()(raw, options or ReadOptions())
    except ItemRejected as rejection:
        yield ItemRejected(rejection.reason, item=rejection.item or raw.name, detail=rejection.detail)
    except Exception as error:  # a parser's own fault must not stop the other items
        logger.debug("%s: reader failed", raw.name, exc_info=True)
        yield ItemRejected("broken item", item=raw.name, detail=f"{type(error).__name__}: {error}")


def _read_all(
    paths: Iterable[str | Path], format: str | None, options: ReadOptions
) -> Iterator[Article | ItemRejected]:
    for path in paths:
        if str(path) == "-":
            yield from read_item(_standard_input(), format=format, options=options)
            continue
        for found in _files(Path(path)):
            if isinstance(found, ItemRejected):
                yield found
                continue
            try:
                raw = RawItem.of_path(found)
            except ItemRejected as rejection:
                yield rejection
                continue
            yield from read_item(raw, format=format, options=options)


def _files(path: Path) -> Iterator[Path | ItemRejected]:
    if not path.is_dir():
        yield path
        return
    try:
        entries = sorted(path.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield ItemRejected("not readable", item=str(path), detail=error.strerror or str(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _files(entry)
        elif (
            entry.name.split(".", 1)[0].casefold() not in _ABOUT_THE_FOLDER
            and entry.suffix.lower() not in _STORES
        ):
            yield entry


def _standard_input() -> RawItem:
    """Return standard input, kept so that it can be read again after its format has been told."""
    spool = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115 - lives as long as the item
    shutil.copyfileobj(sys.stdin.buffer, spool)
    spool.seek(0)
    head = spool.read(HEAD_BYTES)

    def opened() -> BinaryIO:
        spool.seek(0)
        return cast("BinaryIO", _Unclosed(spool))

    return RawItem(name="-", data=head, opener=opened)


class _Unclosed(io.BufferedReader):
    """A buffered view of a file that leaves it open when it is closed itself."""

    def __init__(self, file: object) -> None:
        super().__init__(cast("io.RawIOBase", file))

    def close(self) -> None:
        """Let go of the file without closing it."""
        if not self.closed:
            self.detach()
