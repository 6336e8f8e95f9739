"""Each table of parts agrees with the folder of its parts."""

from pathlib import Path

import pytest

from graph.export import EXPORTERS, SUFFIXES
from graph.store import STORES
from ingest.coders import CODERS, coder
from ingest.readers import READERS

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", READERS)
def test_readers(name: str) -> None:
    assert (ROOT / "ingest" / "readers" / f"{name}.py").is_file()
    assert callable(READERS[name]())


@pytest.mark.parametrize("name", CODERS)
def test_coders(name: str) -> None:
    assert callable(coder(name).code)


@pytest.mark.parametrize("name", EXPORTERS)
def test_exporters(name: str) -> None:
    assert callable(EXPORTERS[name]())
    assert SUFFIXES[name].startswith(".")


def test_stores() -> None:
    assert "sqlite" in STORES
