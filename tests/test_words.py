"""Nothing of where the project was made stands in it."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOSTS = ("pypi." + "org", "registry." + "npmjs", "repo." + "maven", "deb." + "debian")


def test_no_registry_is_named() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    files = [ROOT / name for name in listed.decode().split("\0") if name]
    for path in files:
        if path.suffix in {".onnx", ".npz", ".png"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        for host in HOSTS:
            assert host not in text, f"{path} names {host}"
