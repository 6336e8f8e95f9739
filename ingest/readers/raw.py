"""What a reader is given: the bytes of one file, page or stream, and how they may be read."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from graph.errors import ItemRejected
from graph.model import Article

HEAD_BYTES = 65_536
"""How much of an item is looked at to tell its format."""

_GZIP = b"\x1f\x8b"


class Reader(Protocol):
    """A source format: turns one raw item into articles, and into rejections where that fails."""

    def __call__(self, raw: "RawItem", options: "ReadOptions") -> Iterator[Article | ItemRejected]:
        """Yield the item's articles in order; raise ``ItemRejected`` when the whole item is unusable."""
        ...


def no_note(note: str, item: str, detail: str) -> None:
    """Forget a note; the default of ``ReadOptions.note``."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How items are read.

    Attributes:
        encoding: A Python codec to insist on, or ``None`` to tell from the bytes.
        published: Publication time of every item that states none itself; aware.
        date_from_name: Whether a full date in a file's name (``2022-01-13``, ``20220113``) is the
            publication day of a text that states none.
        max_bytes: Largest page, plain text or feed, in bytes after decompression.
        max_array_bytes: Largest JSON document that is not line by line, in bytes.
        max_line_bytes: Largest line of JSON lines, largest row of a table, in bytes.
        max_characters: Longest article text, in characters.
        english_only: Whether texts that are surely not English are rejected.
        note: Called with (note, item, detail) for what is worth counting but rejects nothing.
    """

    encoding: str | None = None
    published: datetime | None = None
    date_from_name: bool = False
    max_bytes: int = 10_000_000
    max_array_bytes: int = 200_000_000
    max_line_bytes: int = 2_000_000
    max_characters: int = 200_000
    english_only: bool = True
    note: Callable[[str, str, str], None] = no_note

    def __post_init__(self) -> None:
        if self.published is not None and self.published.tzinfo is None:
            raise ValueError("a publication time needs a time zone")


@dataclass(frozen=True, slots=True)
class RawItem:
    """One file, page or stream before anything is known about it.

    Attributes:
        name: What to call it in reports: a path, ``-`` or an address.
        data: The whole content; with an ``opener``, only its first ``HEAD_BYTES``.
        media_type: As the server stated it, with its ``charset`` if any, or ``None``.
        url: Where it was fetched from, or ``None``.
        opener: Opens the whole content anew, for what should not be held in memory.
    """

    name: str
    data: bytes = b""
    media_type: str | None = None
    url: str | None = None
    opener: Callable[[], BinaryIO] | None = None

    @classmethod
    def of_path(cls, path: Path) -> "RawItem":
        """Return the item of a file, of which only the head is read.

        Raises:
            ItemRejected: If the file cannot be opened or is no regular file.
        """
        try:
            if not path.is_file():
                raise ItemRejected("not readable", item=str(path), detail="not a regular file")
            with path.open("rb") as stream:
                head = stream.read(HEAD_BYTES)
        except OSError as error:
            raise ItemRejected("not readable", item=str(path), detail=error.strerror or str(error)) from error
        return cls(name=str(path), data=head, opener=lambda: path.open("rb"))

    @property
    def suffix(self) -> str:
        """The name's extension in lower case with its dot, ``.gz`` taken off first."""
        name = self.name.lower().removesuffix(".gz")
        return Path(name).suffix

    @property
    def stem(self) -> str:
        """The name without folder and extensions."""
        return Path(self.name).name.split(".", 1)[0]

    def head(self) -> bytes:
        """Return the first ``HEAD_BYTES`` bytes, decompressed."""
        if not self.data.startswith(_GZIP):
            return self.data[:HEAD_BYTES]
        with self.stream() as stream:
            return self._read(stream, HEAD_BYTES)

    def stream(self) -> BinaryIO:
        """Open the whole content, decompressed if it is gzip."""
        try:
            plain = self.opener() if self.opener else io.BytesIO(self.data)
        except OSError as error:
            raise ItemRejected("not readable", item=self.name, detail=error.strerror or str(error)) from error
        if self.data.startswith(_GZIP):
            return cast("BinaryIO", gzip.GzipFile(fileobj=plain, mode="rb"))
        return plain

    def whole(self, limit: int) -> bytes:
        """Return the whole content, decompressed.

        Raises:
            ItemRejected: If it is larger than ``limit`` bytes, or broken gzip.
        """
        with self.stream() as stream:
            data = self._read(stream, limit + 1)
        if len(data) > limit:
            raise ItemRejected("too large", item=self.name, detail=f"more than {limit:,} bytes")
        return data

    def lines(self, limit: int) -> Iterator[tuple[int, bytes | None]]:
        """Yield each line's number (from 1) and bytes; ``None`` for a line of more than ``limit`` bytes.

        A line keeps its line break. Nothing but the current line is held in memory.
        """
        with self.stream() as stream:
            number = 0
            while line := self._readline(stream, limit + 1):
                number += 1
                if len(line) <= limit or line.endswith(b"\n"):
                    yield number, line
                    continue
                yield number, None
                while line and not line.endswith(b"\n"):
                    line = self._readline(stream, HEAD_BYTES)

    def _read(self, stream: BinaryIO, size: int) -> bytes:
        try:
            return stream.read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise ItemRejected("broken item", item=self.name, detail=str(error)) from error

    def _readline(self, stream: BinaryIO, size: int) -> bytes:
        try:
            return stream.readline(size)
        except (OSError, EOFError, zlib.error) as error:
            raise ItemRejected("broken item", item=self.name, detail=str(error)) from error
