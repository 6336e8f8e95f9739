"""How the application is started."""

import tomllib
from pathlib import Path

import app.launch
from app.launch import SCRIPT, command
from app.views import PAGES


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
