"""What the README says works."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import cli, launch, workspace

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARTICLE = "Envoys meet in Brussels\n\nBRUSSELS, Jan. 12, 2022 (Example Wire) — Russia and NATO held talks in Brussels on Wednesday.\n"


def commands() -> list[str]:
    return re.findall(r"^\$ (diurna .*)$", README, re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    (folder / "articles").mkdir()
    (folder / "articles" / "talks.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _nothing_leaves(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object, **__: object) -> Iterator[object]:
        return iter(())

    monkeypatch.setattr(workspace, "read_url", nothing)
    monkeypatch.setattr(launch, "launch", lambda *_, **__: 0)
    monkeypatch.chdir(folder)


def test_the_commands_run_one_after_the_other() -> None:
    assert len(commands()) >= 3
    for command in commands():
        result = CliRunner().invoke(cli.app, shlex.split(command)[1:], catch_exceptions=False)
        assert result.exit_code == 0, f"{command}\n{result.output}"


def test_the_python_example_runs_on_that_store(capsys: pytest.CaptureFixture[str]) -> None:
    for code in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        exec(compile(code, "README.md", "exec"), {})
    assert "2022-01-12" in capsys.readouterr().out


def test_every_command_stands_in_the_table() -> None:
    for command in cli.app.registered_commands:
        name = command.name or (command.callback.__name__ if command.callback else "")
        assert f"| `diurna {name}" in README


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target
