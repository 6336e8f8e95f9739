"""Paths, formats and everything that is rejected."""

import gzip
import io
import json
import os
import pkgutil
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

import ingest.readers
from graph.errors import InvalidInput, ItemRejected
from graph.model import Article
from ingest.readers import READERS, RawItem, ReadOptions, detect, read_item, read_paths
from tests.ingest.readers.reading import brief, rejection

TEXT = "Envoys of the two neighbours ended a second day of talks in Lusaka on Tuesday."


def test_table_and_folder_agree() -> None:
    """Every module of the folder that has a ``read`` is in the table by its name, and the other way round."""
    modules = {
        module.name: import_module(f"ingest.readers.{module.name}")
        for module in pkgutil.iter_modules(ingest.readers.__path__)
    }
    readers = {name for name, module in modules.items() if hasattr(module, "read")}
    assert readers == set(READERS)
    assert all(READERS[name]() is modules[name].read for name in READERS)


def test_readers_do_not_know_each_other() -> None:
    folder = Path(ingest.readers.__path__[0])
    for name in READERS:
        source = (folder / f"{name}.py").read_text(encoding="utf-8")
        assert not [other for other in READERS if f"ingest.readers.{other}" in source], name


def fill(folder: Path, **files: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def test_a_folder_is_walked_in_order_and_every_item_is_answered_for(tmp_path: Path) -> None:
    fill(
        tmp_path,
        a_txt=TEXT,
        c_jsonl=json.dumps({"text": TEXT}) + "\n{\n",
        d_txt="",
        e_bin=b"\x00\x01\x02\xff" * 100,
        f_pdf=b"%PDF-1.7 ...",
        g_py="import os\n",
        README_md="# About",
        LICENSE="Apache",
    )
    fill(tmp_path / "b", a_html=f"<html><body><p>{TEXT}</p></body></html>", x_db=b"SQLite format 3\x00")
    fill(tmp_path / ".git", config="[core]")
    (tmp_path / ".hidden.txt").write_text(TEXT)
    found = list(read_paths([tmp_path]))
    names = [(one.file if isinstance(one, Article) else one.item) or "" for one in found]
    assert [os.path.relpath(name, tmp_path) for name in names] == [
        "a.txt",
        "b/a.html",
        "c.jsonl:1",
        "c.jsonl:2",
        "d.txt",
        "e.bin",
        "f.pdf",
        "g.py",
    ]
    assert brief(found) == [
        TEXT,
        TEXT,
        TEXT,
        "broken line",
        "empty file",
        "binary file",
        "binary file",
        "unknown format",
    ]


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    fill(tmp_path, README_txt=TEXT)
    assert brief(list(read_paths([tmp_path]))) == []
    assert brief(list(read_paths([tmp_path / "README.txt", str(tmp_path / "README.txt")]))) == [TEXT, TEXT]


def test_the_callers_mistakes_are_told_at_once(tmp_path: Path) -> None:
    fill(tmp_path, a_txt=TEXT)
    for arguments, named in (
        (([tmp_path / "missing"],), {}),
        (([tmp_path],), {"format": "docx"}),
        (([tmp_path],), {"encoding": "klingon"}),
    ):
        with pytest.raises(InvalidInput):
            read_paths(*arguments, **named)  # type: ignore[arg-type]


def test_a_format_can_be_insisted_on(tmp_path: Path) -> None:
    fill(tmp_path, a_txt=json.dumps({"text": TEXT}))
    assert brief(list(read_paths([tmp_path], format="jsonl"))) == [TEXT]
    assert '"text"' in brief(list(read_paths([tmp_path], format="plain_text")))[0]
    assert brief(list(read_paths([tmp_path], format="feed"))) == ["broken item"]


def test_what_cannot_be_opened_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, a_txt=TEXT, b_txt=TEXT)
    real = Path.open

    def guarded(self: Path, *arguments: object, **named: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return real(self, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    found = list(read_paths([tmp_path]))
    assert brief(found) == ["not readable", TEXT]
    assert isinstance(found[0], ItemRejected) and found[0].detail == "Permission denied"


def test_a_folder_that_cannot_be_listed_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "a", a_txt=TEXT)
    fill(tmp_path / "b", a_txt=TEXT)
    real = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: _refuse() if self.name == "a" else real(self))
    assert brief(list(read_paths([tmp_path]))) == ["not readable", TEXT]


def _refuse() -> None:
    raise PermissionError(13, "Permission denied")


def test_links_that_lead_nowhere_and_pipes_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "around").symlink_to(tmp_path)
    assert brief(list(read_paths([tmp_path]))) == ["not readable", "not readable"]


def test_large_items_are_not_held(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    with path.open("wb") as out:
        out.write(b"<html><body><p>")
        out.truncate(50_000_000)
    path.write_bytes(path.read_bytes().replace(b"\x00", b"x"))
    found = list(read_paths([path]))
    assert brief(found) == ["too large"]
    assert brief(list(read_paths([path], options=ReadOptions(max_bytes=100)))) == ["too large"]


def test_a_compressed_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(b"<html><body><p>" + b"x" * 60_000_000))
    assert brief(list(read_paths([path]))) == ["too large"]


def test_compressed_files(tmp_path: Path) -> None:
    fill(
        tmp_path,
        a_txt_gz=gzip.compress(TEXT.encode()),
        b_html_gz=gzip.compress(f"<html><p>{TEXT}</p></html>".encode()),
        c_gz=gzip.compress(b""),
        d_gz=b"\x1f\x8b broken",
    )
    assert brief(list(read_paths([tmp_path]))) == [TEXT, TEXT, "empty file", "broken item"]


@pytest.mark.parametrize(
    "data", [f'{{"text": "{TEXT}"}}\n{{"text": "{TEXT}"}}', f"<html><body><p>{TEXT}</p></body></html>", TEXT]
)
def test_standard_input(data: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data.encode())))
    found = list(read_paths(["-"]))
    assert set(brief(found)) == {TEXT}
    assert isinstance(found[0], Article) and (found[0].file or "").startswith("-")


@pytest.mark.parametrize(
    ("content", "name", "media_type", "expected"),
    [
        ("<!DOCTYPE html><p>x", "a.txt", None, "web_page"),
        ("\ufeff \n<HTML>", "a", None, "web_page"),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><html/>", "a", None, "web_page"),
        ("<!-- saved --><html>", "a", None, "web_page"),
        ("<p>x</p>", "a", "text/html", "web_page"),
        ("plain words", "a.html", None, "web_page"),
        ("plain words", "a", "text/html; charset=utf-8", "web_page"),
        ("<?xml version='1.0'?><?xml-stylesheet href='x'?><!-- c --><rss>", "a.html", "text/html", "feed"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "a", None, "feed"),
        ("<rdf:RDF xmlns:rdf='x'>", "a", None, "feed"),
        ('{"text": "x"}', "a.txt", None, "jsonl"),
        ("[\n  {", "a", None, "jsonl"),
        ("[Editor's note] The story", "a.txt", None, "plain_text"),
        ("{curly} words", "a.txt", None, "plain_text"),
        ("broken", "a.jsonl", None, "jsonl"),
        ("id,text\n1,x", "a.txt", None, "csv"),
        ("text\nx", "a.csv", None, "csv"),
        ("Text, he said, is dead.\nMore.", "a.txt", None, "plain_text"),
        ("words", "a.2022-01-13", None, "plain_text"),
        ("# words", "a.md", None, "plain_text"),
    ],
)
def test_formats_are_told_by_content_first(
    content: str, name: str, media_type: str | None, expected: str
) -> None:
    assert detect(RawItem(name, content.encode(), media_type)) == expected


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty file"),
        (b" \n\t ", "empty file"),
        (b"\xef\xbb\xbf", "empty file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary file"),
        (b"PK\x03\x04abc", "binary file"),
        (bytes(range(256)), "binary file"),
    ],
)
def test_what_holds_no_text(content: bytes, reason: str) -> None:
    assert rejection(content, "a.txt").reason == reason


def test_a_readers_own_fault_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(raw: RawItem, options: ReadOptions) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setitem(READERS, "plain_text", lambda: faulty)  # type: ignore[arg-type, return-value]
    (outcome,) = read_item(RawItem("a.txt", TEXT.encode()))
    assert isinstance(outcome, ItemRejected) and (outcome.reason, outcome.detail) == (
        "broken item",
        "RuntimeError: a bug",
    )
