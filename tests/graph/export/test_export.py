"""The table of formats, and files that are written whole or not at all."""

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import graph.export
from graph.errors import BackendUnavailable, InvalidInput
from graph.export import EXPORTERS, SUFFIXES, ExportOptions, ExportSource, export
from graph.model import Event, EventQuery
from graph.store.base import GraphStore
from tests.graph.export.conftest import Shelf, made_shelf


def a_store_is_a_source(store: GraphStore) -> ExportSource:
    """For mypy: the contract of a store covers what an export needs."""
    return store


@pytest.mark.parametrize("format", EXPORTERS)
def test_each_format_writes_the_same_to_a_file_and_to_a_stream(
    shelf: Shelf, format: str, tmp_path: Path
) -> None:
    path = tmp_path / f"events{SUFFIXES[format]}"
    plain = ExportOptions(vocabulary=False)
    report = export(shelf, EventQuery(), format=format, out=path, options=plain)
    out = io.BytesIO()
    assert export(shelf, EventQuery(), format=format, out=out, options=plain) == report
    assert path.read_bytes() == out.getvalue()
    assert path.stat().st_size == report.bytes > 0
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_every_format_has_an_ending() -> None:
    assert list(SUFFIXES) == list(EXPORTERS)
    assert len(set(SUFFIXES.values())) == len(SUFFIXES)


def test_an_unknown_format_names_the_known_ones(shelf: Shelf) -> None:
    with pytest.raises(InvalidInput, match="turtle, trig"):
        export(shelf, EventQuery(), format="rdf/xml", out=io.BytesIO())


def digests() -> list[str]:
    """Return a digest of what each format writes; two of them with the vocabulary."""
    told = []
    for format in EXPORTERS:
        out = io.BytesIO()
        options = ExportOptions(vocabulary=format in ("nquads", "trig"))
        export(made_shelf(), EventQuery(), format=format, out=out, options=options)
        told.append(f"{format} {hashlib.sha256(out.getvalue()).hexdigest()}")
    return told


def test_equal_stores_give_equal_bytes_in_any_process() -> None:
    code = "from tests.graph.export.test_export import digests; print('\\n'.join(digests()))"
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(graph.export.__file__).parents[2],
        env=os.environ | {"PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split("\n")[:-1] == digests()


class Interrupted(Shelf):
    """A source that is interrupted after its first event."""

    def events(self, query: EventQuery) -> Iterator[Event]:
        yield self.told[0]
        raise KeyboardInterrupt


@pytest.mark.parametrize("format", EXPORTERS)
def test_ctrl_c_leaves_the_old_file_and_no_other(shelf: Shelf, format: str, tmp_path: Path) -> None:
    path = tmp_path / "events"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        export(Interrupted(**vars(shelf)), EventQuery(), format=format, out=path)
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["events"]


def test_ctrl_c_leaves_no_half_file(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        export(Interrupted(**vars(shelf)), EventQuery(), format="nquads", out=tmp_path / "events.nq")
    assert not list(tmp_path.iterdir())


def test_a_directory_and_a_missing_directory_are_told(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="is a directory"):
        export(shelf, EventQuery(), format="csv", out=tmp_path)
    with pytest.raises(InvalidInput, match="there is no directory"):
        export(shelf, EventQuery(), format="csv", out=tmp_path / "no" / "events.csv")


def test_a_link_stays_a_link(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    export(shelf, EventQuery(), format="csv", out=tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("id,first")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which Linux has")
def test_devices_are_written_to_directly_and_a_full_disk_is_told(shelf: Shelf) -> None:
    assert export(shelf, EventQuery(), format="csv", out=Path("/dev/null")).bytes > 0
    assert Path("/dev/null").is_char_device()
    with pytest.raises(BackendUnavailable, match="No space left"):
        export(shelf, EventQuery(), format="csv", out=Path("/dev/full"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"base": "diurna.example/"},
        {"base": "https://diurna.example"},
        {"base": "https://diurna example/"},
        {"quote_length": -1},
        {"rdf_version": "2"},
        {"licence": "CC BY"},
    ],
)
def test_options_are_checked(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        ExportOptions(**wrong)  # type: ignore[arg-type]
