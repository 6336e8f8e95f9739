"""Files and folders that are written whole or not at all."""

import io
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graph.errors import BackendUnavailable, InvalidInput

if TYPE_CHECKING:
    from typing_extensions import Buffer


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside ``path`` that takes its place when the block ends well.

    When the block does not end well, whatever stopped it (an exception, Ctrl-C), the new file goes and
    an older one at ``path`` stays as it was. What is no plain file (``/dev/stdout``, a pipe) is written
    to directly.

    Raises:
        InvalidInput: If ``path`` is a directory or its directory does not exist.
        BackendUnavailable: If the disk is full or does not let us write.
    """
    target = path.resolve()
    if target.is_dir():
        raise InvalidInput(f"{path} is a directory; give the name of a file in it")
    if not target.parent.is_dir():
        raise InvalidInput(f"{path}: there is no directory {target.parent}; make it first")
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as out:
                yield out
            return
        scratch = _beside(target)
        try:
            with scratch.open("wb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            scratch.replace(target)
        except BaseException:
            with suppress(OSError):
                scratch.unlink()
            raise
    except OSError as error:
        raise BackendUnavailable(
            f"{path} cannot be written: {error.strerror or error}; free the disk or choose another place"
        ) from error


@contextmanager
def filling(path: Path) -> Iterator[Path]:
    """Make a folder beside ``path`` that takes its place when the block ends well.

    When the block does not end well, whatever stopped it, the new folder goes with all that is in it.

    Raises:
        InvalidInput: If there is something at ``path`` that is not an empty folder, or no folder to make
            it in.
        BackendUnavailable: If the disk is full or does not let us write.
    """
    target = path.resolve()
    if target.exists() and not target.is_dir():
        raise InvalidInput(f"{path} is a file; this format fills a folder: give a name that is free")
    if not target.parent.is_dir():
        raise InvalidInput(f"{path}: there is no directory {target.parent}; make it first")
    try:
        if target.is_dir() and any(target.iterdir()):
            raise InvalidInput(f"{path} is not empty: nothing there is overwritten; give a name that is free")
        scratch = _beside(target)
        try:
            scratch.mkdir()
            yield scratch
            for file in scratch.iterdir():
                with file.open("rb+") as written:
                    os.fsync(written.fileno())
            if target.is_dir():
                target.rmdir()
            scratch.rename(target)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
    except OSError as error:
        raise BackendUnavailable(
            f"{path} cannot be written: {error.strerror or error}; free the disk or choose another place"
        ) from error


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:200]}.{os.getpid()}-{threading.get_ident()}.part")


class Counting(io.RawIOBase):
    """A binary stream that passes on what is written to it and counts the bytes; closing it closes nothing."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.bytes = 0

    def writable(self) -> bool:
        """Tell that this stream can be written to."""
        return True

    def write(self, data: "Buffer", /) -> int:
        """Write, and count."""
        view = memoryview(data)
        self._out.write(view)
        self.bytes += view.nbytes
        return view.nbytes

    def tell(self) -> int:
        """Return the number of bytes written."""
        return self.bytes
