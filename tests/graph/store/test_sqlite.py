"""What can go wrong with a file: each must end in a message that says what to do, and lose nothing."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.errors import BackendUnavailable, InvalidInput, StoreMismatch
from graph.model import CodedArticle, EventQuery
from graph.store import STORES, open_store
from graph.store.copying import copy_store
from graph.store.sqlite_schema import APPLICATION_ID, SCHEMA_VERSION
from graph.store.sqlite_store import SqliteStore
from tests.graph.made import Told, coded, days

ROOT = Path(__file__).parents[3]


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def some(number: int, *, first: int = 0) -> Iterator[CodedArticle]:
    for n in range(first, first + number):
        day = days(f"2022-01-{n % 28 + 1:02d}")
        filler = " ".join(f"word{n}x{k}" for k in range(80))
        yield coded(
            f"a{n:04d}",
            Told("AID", "USA", "UKR", day=day, sentence=f"Aid number {n} came."),
            Told("CONSULT", "USA", "UKR", day=day, sentence=f"Talks number {n} were held."),
            text=f"Aid number {n} came. Talks number {n} were held. {filler}",
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a store with twenty articles, closed."""
    path = tmp_path / "kept.db"
    with open_store(url(path)) as store:
        store.add(some(20))
    return path


def test_what_was_added_is_there_when_opened_again(path: Path) -> None:
    with open_store(url(path)) as store:
        assert store.statistics().articles == 20
        assert store.add(some(20)).unchanged == 20
        assert store.url == url(path)
    assert not Path(f"{path}-wal").exists()


def test_adding_again_writes_not_one_byte(path: Path) -> None:
    before = path.read_bytes()
    with open_store(url(path)) as store:
        store.add(some(20))
    assert path.read_bytes() == before


def test_the_file_is_marked_as_ours(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_removing_everything_leaves_every_table_empty(path: Path) -> None:
    with open_store(url(path)) as store:
        for row in store.articles(limit=None):
            store.remove_article(row.id)
    with sqlite3.connect(path) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_words%'"
                " AND name NOT LIKE 'sqlite_%' AND name <> 'change'"
            )
        ]
        assert len(tables) > 8
        for table in tables:
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
        found = connection.execute("SELECT count(*) FROM mention_words WHERE mention_words MATCH 'aid'")
        assert found.fetchone() == (0,)


@pytest.mark.parametrize("change", [f"PRAGMA user_version = {SCHEMA_VERSION + 1}", "PRAGMA user_version = 0"])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_of_another_version_is_left_untouched(path: Path, change: str, read_only: bool) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(change)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreMismatch, match="Nothing was changed"):
        open_store(url(path), read_only=read_only)
    assert path.read_bytes() == before


def test_another_programs_file_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "foreign.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE precious (thing)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreMismatch, match="another program"):
        open_store(url(path))
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear reader, " * 200)
    before = path.read_bytes()
    with pytest.raises(BackendUnavailable, match="not an SQLite database"):
        open_store(url(path))
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(StoreMismatch, match="empty"):
        open_store(url(path), read_only=True)
    with open_store(url(path)) as store:
        assert store.add(some(1)).added == 1


def test_a_damaged_file_says_so(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\xff" * (len(content) - 4096 * 3)
    path.write_bytes(content)
    with pytest.raises(BackendUnavailable, match="damaged|cannot be used"):
        _read_everything(path)


def _read_everything(path: Path) -> None:
    with open_store(url(path)) as store:
        store.statistics()
        for row in store.articles(limit=None):
            store.article(row.id)
        list(store.events(EventQuery()))


def test_missing_files_and_folders_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BackendUnavailable, match="ingest something first"):
        open_store(url(tmp_path / "none.db"), read_only=True)
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(BackendUnavailable, match="create it"):
        open_store(url(tmp_path / "no" / "folder.db"))
    with pytest.raises(BackendUnavailable, match="is a folder"):
        open_store(url(tmp_path))


def test_a_read_only_store_refuses_to_be_written(path: Path) -> None:
    before = path.read_bytes()
    with open_store(url(path), read_only=True) as store:
        assert store.read_only
        assert store.statistics().events > 0
        with pytest.raises(InvalidInput, match="read only"):
            store.add(some(1, first=100))
        with pytest.raises(InvalidInput, match="read only"):
            store.remove_article("a0000")
    assert path.read_bytes() == before


@pytest.fixture
def shelf() -> Iterator[Path]:
    """Give a folder that everybody may read: pytest's own are for one user only."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def without_rights() -> Iterator[None]:
    """Act as a user who may write nothing here: root may write anywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs POSIX users")
def test_a_store_on_read_only_media_can_be_read(shelf: Path) -> None:
    """The folder cannot hold SQLite's side files: as on a mounted archive."""
    path = shelf / "archived.db"
    with open_store(url(path)) as store:
        store.add(some(3))
    path.chmod(0o444)
    shelf.chmod(0o555)
    with without_rights():
        with open_store(url(path), read_only=True) as store:
            assert store.statistics().articles == 3
            assert len(list(store.events(EventQuery()))) == 6
        with pytest.raises(BackendUnavailable, match="cannot be"):
            open_store(url(path))
        with pytest.raises(BackendUnavailable, match="cannot be opened"):
            open_store(url(shelf / "new.db"))
    assert sorted(shelf.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs POSIX users")
def test_a_store_whose_journal_was_left_behind_is_not_read_without_it(shelf: Path) -> None:
    """Read as immutable, the last articles would silently be missing."""
    path = shelf / "archived.db"
    with open_store(url(path)) as store:
        store.add(some(3))
        copy = shelf / "copied.db"
        shutil.copy(path, copy)
        shutil.copy(f"{path}-wal", f"{copy}-wal")
    copy.chmod(0o444)
    Path(f"{copy}-wal").chmod(0o444)
    shelf.chmod(0o555)
    with without_rights(), pytest.raises(BackendUnavailable, match="cannot be"):
        open_store(url(copy), read_only=True)
    shelf.chmod(0o755)
    with open_store(url(copy), read_only=True) as store:
        assert store.statistics().articles == 3


def test_a_full_disk_loses_nothing_and_says_what_to_do(path: Path) -> None:
    with open_store(url(path)) as store:
        assert isinstance(store, SqliteStore)
        with store._connections.reading() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
        with store._connections.writing() as connection:
            connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(BackendUnavailable, match="no space left.*free some and run the same"):
            store.add(some(400, first=100))
        assert store.statistics().articles == 20
        with store._connections.writing() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")
        assert store.add(some(50, first=100)).added == 50


def test_a_locked_file_says_to_wait(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.sqlite_connection.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_store(url(path)) as store:
        assert store.statistics().articles == 20, "readers do not wait"
        with pytest.raises(BackendUnavailable, match="another process"):
            store.add(some(1, first=100))
        other.execute("ROLLBACK")
        other.close()
        assert store.add(some(1, first=100)).added == 1


_INGEST = """
import sys, time
from graph.store import open_store, sqlite_store
from tests.graph.store.test_sqlite import some
sqlite_store.BATCH_SIZE = 7 * 3  # seven articles of two mentions each

def stream():
    for number, one in enumerate(some(2000)):
        if number and number % 7 == 0:
            print(number, flush=True)
        yield one

with open_store(sys.argv[1]) as store:
    store.add(stream())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
@pytest.mark.parametrize("after", [1, 3])
def test_a_killed_ingest_leaves_whole_articles(tmp_path: Path, after: int) -> None:
    path = tmp_path / "killed.db"
    child = subprocess.Popen(
        [sys.executable, "-c", _INGEST, url(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    for _ in range(after):
        child.stdout.readline()
    # A reader beside it sees whole batches.
    with open_store(url(path), read_only=True) as store:
        assert store.statistics().articles % 7 == 0
        child.send_signal(signal.SIGKILL)
        child.wait()
    child.stdout.close()
    expected = {one.article.id: one for one in some(2000)}
    with open_store(url(path)) as store:
        found = [row.id for row in store.articles(limit=None)]
        assert found
        assert len(found) % 7 == 0
        for id in found:
            assert store.article(id) == expected[id]
        mentions = sum(len(event.mention_ids) for event in store.events(EventQuery()))
        assert mentions == 2 * len(found)
        report = store.add(expected[f"a{n:04d}"] for n in range(len(found) + 3))
        assert (report.unchanged, report.added) == (len(found), 3)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_urls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store("sqlite:///a name with % and ?.db") as store:
        store.add(some(1))
    assert (tmp_path / "a name with % and ?.db").exists()
    for bad in ("sqlite://x.db", "sqlite:///", "sqlite:x.db"):
        with pytest.raises(InvalidInput, match="sqlite:///diurna.db"):
            open_store(bad)
    for bad in ("mongodb://localhost", "diurna.db", ""):
        with pytest.raises(InvalidInput, match="sqlite, neo4j"):
            open_store(bad)


def test_each_store_has_a_row_in_the_table() -> None:
    folder = ROOT / "graph" / "store"
    modules = {path.stem.removesuffix("_store") for path in folder.glob("*_store.py")}
    assert modules <= set(STORES)


def test_a_store_that_kept_no_words_goes_on_and_a_copy_links_all_again(tmp_path: Path) -> None:
    day = days("2022-03-01")
    told = [
        coded(
            "a", Told("ASSAULT", "RUS", "UKR", day=day, sentence="Rockets hit the coke plant of Avdiivka.")
        ),
        coded(
            "b",
            Told("ASSAULT", "", "UKR", day=day, sentence="The coke plant of Avdiivka was hit by rockets."),
        ),
    ]
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    with open_store(url(old)) as store:
        store.add(told[:1])
    with sqlite3.connect(old) as connection:
        for number, unit in connection.execute("SELECT number, unit FROM mention").fetchall():
            before = json.dumps(json.loads(unit)[:6])
            connection.execute("UPDATE mention SET unit = ? WHERE number = ?", (before, number))
    with open_store(url(old)) as store:
        store.add(told[1:])
        assert store.statistics().events == 2, "without words the rule asks for both sides"
        with open_store(url(new)) as copied:
            copy_store(store, copied)
            assert copied.statistics().events == 1
