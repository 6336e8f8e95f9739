"""How the application is started."""

import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import app.launch
from app.launch import SCRIPT, command
from app.views import PAGES

ROOT = Path(__file__).parents[2]


def test_command_needs_no_working_folder() -> None:
    told = command(port=8501, headless=True)
    assert Path(told[told.index("run") + 1]) == SCRIPT
    assert SCRIPT.is_absolute()
    assert "-P" in told
    assert "--server.address=127.0.0.1" in told
    assert "--browser.gatherUsageStats=false" in told


def test_options_stand_beside_the_script() -> None:
    options = tomllib.loads((SCRIPT.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert options["browser"]["gatherUsageStats"] is False
    assert options["client"]["showErrorLinks"] is False
    assert {"light", "dark"} <= options["theme"].keys()
    assert "fontFaces" not in options["theme"]


def test_pages_and_folder_agree() -> None:
    folder = Path(app.launch.__file__).with_name("views")
    assert set(PAGES) == {path.stem for path in folder.glob("*.py")} - {"__init__"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
def test_the_application_stops_with_the_command_that_started_it(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = f"from app.launch import launch; launch('sqlite:///{tmp_path}/s.db', port={port}, headless=True)"
    with subprocess.Popen(
        [sys.executable, "-c", call], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        next(line for line in process.stdout if str(port) in line)
        socket.create_connection(("127.0.0.1", port), timeout=20).close()
        process.terminate()
        # The pipe ends when nobody holds it any more: the application has gone as well.
        process.communicate(timeout=30)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
