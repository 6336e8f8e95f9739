"""The snapshot that answers Cypher on an SQLite store: when it is built, and what can go wrong."""

import importlib.util
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from graph.errors import BackendUnavailable, InvalidInput
from graph.store import GraphStore, Verdict, open_store, snapshot_build, snapshot_process
from graph.store.snapshot_query import column_names, for_engine
from tests.graph.made import Told, coded, days

pytest.importorskip("ladybug", reason='needs Ladybug: pip install "diurna[cypher]"')

COUNT = "MATCH (e:Event) RETURN count(*) AS events"


def talks(key: str) -> Told:
    return Told("CONSULT", "RUS", f"NAM-{key}", day=days("2022-01-13"))


def events(store: GraphStore) -> object:
    return store.cypher.run(COUNT, timeout=120).rows[0][0]


def snapshots(path: Path) -> list[Path]:
    return sorted(path.with_name(path.name + "-cypher").glob("*.lbug"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "store.db"
    with open_store(f"sqlite:///{file}") as store:
        store.add([coded("a1", talks("one"))])
    return file


def test_it_is_built_when_the_store_has_changed_and_not_otherwise(path: Path) -> None:
    with open_store(f"sqlite:///{path}") as store:
        assert events(store) == 1
        (first,) = snapshots(path)
        written = first.stat().st_mtime_ns
        store.add([coded("a1", talks("one"))])  # nothing new
    with open_store(f"sqlite:///{path}", read_only=True) as store:
        assert events(store) == 1
        assert snapshots(path) == [first]
        assert first.stat().st_mtime_ns == written
    with open_store(f"sqlite:///{path}") as store:
        store.add([coded("a2", talks("two"))])
        assert events(store) == 2
        (second,) = snapshots(path)
        assert second != first
    assert not list(second.parent.glob("building-*"))


def test_every_change_has_a_mark_of_its_own(path: Path) -> None:
    with open_store(f"sqlite:///{path}") as store:
        seen = [_mark(path)]
        for change in (
            lambda: store.add([coded("a2", talks("two"))]),
            lambda: store.add([coded("a2", talks("three"))]),
            lambda: store.remove_article("a2"),
            lambda: store.judge("RUS", "NAM-one", Verdict.SAME),
            lambda: store.judge("RUS", "NAM-one", Verdict.DIFFERENT),
            lambda: store.undo("RUS", "NAM-one"),
        ):
            change()
            seen.append(_mark(path))
        assert len(set(seen)) == len(seen)
        for nothing in (
            lambda: store.add([coded("a1", talks("one"))]),
            lambda: store.remove_article("a9"),
            lambda: store.undo("RUS", "NAM-one"),
        ):
            nothing()
            assert _mark(path) == seen[-1]


def _mark(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        found = snapshot_build.sqlite_schema.change_mark(connection)
    connection.close()
    return found


def test_a_store_from_before_changes_were_marked(path: Path, tmp_path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE change")
        for name in (
            "article_insert",
            "article_delete",
            *(f"judgement_{x}" for x in ("insert", "update", "delete")),
        ):
            connection.execute(f"DROP TRIGGER {name}_marked")
    connection.close()
    shutil.copy(path, tmp_path / "other.db")
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("UPDATE article SET digest = 'another'")
    connection.close()
    assert _mark(path) == _mark(path)
    assert _mark(path) != _mark(tmp_path / "other.db")
    with open_store(f"sqlite:///{path}") as store:
        before = _mark(path)
        store.add([coded("a2", talks("two"))])
        assert _mark(path) != before


def test_a_store_in_memory_has_one_too() -> None:
    with open_store("sqlite:///:memory:") as store:
        assert events(store) == 0
        store.add([coded("a1", talks("one"))])
        assert events(store) == 1


def test_many_ask_at_once_and_it_is_built_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Path] = []
    build = snapshot_build.build

    def counted(made: Path, *rest: object) -> None:
        built.append(made)
        build(made, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(snapshot_build, "build", counted)
    answers: list[object] = []

    def ask() -> None:
        with open_store(f"sqlite:///{path}", read_only=True) as store:
            answers.append(events(store))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1, 1, 1, 1]
    assert len(built) == 1


def test_a_query_goes_on_while_the_snapshot_is_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was looked up is gone before it is opened: the newer one answers."""
    current = snapshot_build.current
    with open_store(f"sqlite:///{path}") as store:
        old = current(store._connections, snapshot_build.folder_of(str(path)))  # type: ignore[attr-defined]
        store.add([coded("a2", talks("two"))])
        store.cypher.prepare()
        assert not old.exists()
        found = iter([old])
        monkeypatch.setattr(snapshot_build, "current", lambda *rest: next(found, None) or current(*rest))
        assert events(store) == 2


def test_what_a_stopped_build_left_is_swept(path: Path) -> None:
    folder = snapshot_build.folder_of(str(path))
    (folder / "building-x").mkdir()
    (folder / "building-x" / "Article.parquet").write_bytes(b"half")
    (folder / "older-1-0.1.lbug").write_bytes(b"old")
    with open_store(f"sqlite:///{path}", read_only=True) as store:
        told: list[tuple[int, int]] = []
        store.cypher.prepare(lambda done, total: told.append((done, total)))
    assert [file.suffix for file in sorted(folder.iterdir())] == [".lbug", ""]
    assert told[-1][0] == told[-1][1] > 0
    assert told == sorted(told)


def test_a_build_that_fails_leaves_nothing_and_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_build, "table_statements", lambda: ["CREATE NODE TABLE nonsense"])
    with (
        open_store(f"sqlite:///{path}", read_only=True) as store,
        pytest.raises(BackendUnavailable, match=r"(?s)could not be built: .*The store is untouched"),
    ):
        store.cypher.prepare()
    assert [file.name for file in snapshot_build.folder_of(str(path)).iterdir()] == ["lock"]


def test_another_process_that_builds_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_build, "WAIT_SECONDS", 0.0)
    folder = snapshot_build.folder_of(str(path))
    other = sqlite3.connect(folder / "lock", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with open_store(f"sqlite:///{path}", read_only=True) as store:
        with pytest.raises(BackendUnavailable, match="another process has been building"):
            store.cypher.prepare()
        other.close()
        store.cypher.prepare()
    assert len(snapshots(path)) == 1


def test_where_the_store_cannot_be_written_the_cache_folder_serves(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot_build.platformdirs, "user_cache_dir", lambda name: str(tmp_path / name))
    monkeypatch.setattr(snapshot_build.os, "access", lambda folder, _: "-cypher" not in Path(folder).name)
    assert snapshot_build.folder_of(str(path)).parent == tmp_path / "diurna" / "cypher"


def test_without_the_extra_it_says_what_to_install(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ladybug" else real(name))
    with (
        open_store(f"sqlite:///{path}", read_only=True) as store,
        pytest.raises(BackendUnavailable, match=r'needs ladybug: pip install "diurna\[cypher\]"'),
    ):
        store.cypher.run(COUNT)


def test_an_engine_that_crashes_takes_nobody_with_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = path.with_name("worker.py")
    worker.write_text("import os, sys; sys.stdin.buffer.read(); os.kill(os.getpid(), 11)", encoding="utf-8")
    with open_store(f"sqlite:///{path}", read_only=True) as store:
        store.cypher.prepare()
        monkeypatch.setattr(snapshot_process.snapshot_worker, "__file__", str(worker))
        with pytest.raises(InvalidInput, match="its process ended"):
            store.cypher.run(COUNT)


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("MATCH (a)-[:IN|AT]->(b) RETURN b", "MATCH (a)-[:`IN`|`AT`]->(b) RETURN b"),
        ("MATCH (a)-[r:OF]->() WHERE a.id IN [1] RETURN r.end", "MATCH (a)-[r:`OF`]->() WHERE a.id IN [1] RETURN r.`end`"),
        ("RETURN ':IN' AS `x.end` // :IN", "RETURN ':IN' AS `x.end` // :IN"),
        ("RETURN CASE WHEN true THEN 1 END", "RETURN CASE WHEN true THEN 1 END"),
    ],
)  # fmt: skip
def test_names_the_engine_takes_for_words(query: str, written: str) -> None:
    assert for_engine(query) == written


@pytest.mark.parametrize(
    ("query", "told", "names"),
    [
        ("RETURN count(*)", ["COUNT_STAR()"], ("count(*)",)),
        ("RETURN DISTINCT e.name, f(a, [1, 2]) AS x ORDER BY x", ["e.name", "x"], ("e.name", "x")),
        ("MATCH (a) WITH a RETURN labels(a) LIMIT 3;", ["LABEL"], ("labels(a)",)),
        ("RETURN *", ["a"], ("a",)),
        ("MATCH (a) RETURN COUNT { MATCH (a)--(b) RETURN b }, 1", ["X", "1"], ("COUNT { MATCH (a)--(b) RETURN b }", "1")),
        ("CALL show_tables() RETURN *", ["id", "name"], ("id", "name")),
    ],
)  # fmt: skip
def test_columns_are_called_as_they_are_written(query: str, told: list[str], names: tuple[str, ...]) -> None:
    assert column_names(query, told) == names
