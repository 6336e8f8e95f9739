"""Starts the Streamlit application: the function behind ``diurna app``."""

import os
import signal
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("streamlit_app.py")


def launch(store_url: str, *, port: int, host: str = "127.0.0.1", headless: bool) -> int:
    """Run the application until it is stopped; return its exit status.

    Options and theme are in ``.streamlit/config.toml`` beside the script, so any working folder will do.
    A relative path in the store's URL counts from the working folder.

    Args:
        store_url: Store to show, such as ``sqlite:///diurna.db``.
        port: TCP port to listen on.
        host: Address to listen on; the default is reachable from this machine only.
        headless: Whether to leave the browser closed.
    """
    environment = {**os.environ, "DIURNA_STORE": store_url}
    process = subprocess.Popen(command(port=port, host=host, headless=headless), env=environment)
    # Whoever stops this process (a service manager, ``kill``) means the application.
    before = signal.signal(signal.SIGTERM, lambda number, frame: process.terminate())
    try:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # Ctrl-C reaches the child as well: it stops by itself
                continue
    finally:
        signal.signal(signal.SIGTERM, before)


def command(*, port: int, host: str = "127.0.0.1", headless: bool = True) -> list[str]:
    """Return the command line that serves the application.

    ``-P`` keeps the working folder off the module path: a file of the user's named ``graph.py`` there
    must not stand in for a package of ours.
    """
    return [
        sys.executable,
        "-P",
        "-m",
        "streamlit",
        "run",
        str(SCRIPT),
        f"--server.port={port}",
        f"--server.address={host}",
        f"--server.headless={'true' if headless else 'false'}",
        "--browser.gatherUsageStats=false",
    ]
