"""A real Neo4j for tests: one that is there, one in Docker, or one assembled here and started.

In this order: the server that ``NEO4J_URI`` names; a container, where a Docker engine runs and
``testcontainers`` is installed; Neo4j Community put together from Maven Central's artifacts, where
``mvn`` and ``java`` (17 or newer) are present: 116 MB, once, kept in the user's cache folder.
"""

import contextlib
import os
import re
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import platformdirs
from neo4j.exceptions import DriverError, Neo4jError

VERSION = "5.26.19"
"""The long-term line, which runs on Java 17 and newer."""

START_SECONDS = 300

POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>diurna.tests</groupId>
  <artifactId>neo4j</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version></dependency>
  </dependencies>
</project>
"""

CONF = """server.default_listen_address=127.0.0.1
server.default_advertised_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.heap.initial_size=512m
server.memory.heap.max_size=512m
server.memory.pagecache.size={pages}
db.tx_log.rotation.retention_policy=keep_none
dbms.cypher.min_replan_interval=1h
"""

FOLDERS = (
    *("conf", "data", "logs", "import", "plugins"),
    *("run", "licenses", "lib", "labs", "certificates"),
)
"""What the server expects in its home."""

OPENS = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch")]


GUARD = """
import signal, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
for one in (signal.SIGINT, signal.SIGTERM):
    signal.signal(one, signal.SIG_IGN)
if sys.stdin.buffer.read():
    child.kill()
child.terminate()
try:
    child.wait(20)
except subprocess.TimeoutExpired:
    child.kill()
    child.wait()
"""
"""Runs a command until its own standard input closes: however the tests end, the system closes it.

Anything said before that has it killed at once.
"""


class NoNeo4j(Exception):
    """There is no Neo4j; the message says how to get one."""


@contextlib.contextmanager
def running(*, brief: bool = True) -> Iterator[str]:
    """Give the URL, with user and password, of a Neo4j whose database is empty.

    Args:
        brief: It is needed for minutes and little: a server started here does not spend them on compiling well,
            and has 512 MiB of heap and 128 MiB of page cache, instead of 2 and 4 GiB.

    Raises:
        NoNeo4j: If none can be had.
    """
    uri = os.environ.get("NEO4J_URI")
    if uri:
        url = _with_password(uri)
        refuse_unless_empty(url)
        yield url
        return
    with contextlib.ExitStack() as stack:
        url = _in_docker(stack) or _assembled(stack, brief=brief)
        refuse_unless_empty(url)
        yield url


@contextlib.contextmanager
def imported(folder: Path, *, brief: bool = True) -> Iterator[str]:
    """Give the URL of a Neo4j that was started on what ``import.sh`` in a folder made.

    Args:
        folder: What ``diurna export --format neo4j-import`` wrote.
        brief: See ``running``.

    Raises:
        NoNeo4j: If none can be assembled here: a server that runs elsewhere cannot import.
    """
    with contextlib.ExitStack() as stack:
        home = Home.of(stack)
        tool = home.folder / "bin" / "neo4j-admin"
        tool.parent.mkdir()
        tool.write_text(f'#!/bin/sh\nexec {shlex.join(home.admin)} "$@"\n')
        tool.chmod(0o755)
        path = f"{tool.parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["sh", str(folder / "import.sh")],
            env={**home.environment, "PATH": path},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        yield home.start(stack, brief=brief)


def _with_password(uri: str) -> str:
    """Put ``NEO4J_USER`` and ``NEO4J_PASSWORD`` into a URL that has none."""
    password = os.environ.get("NEO4J_PASSWORD")
    scheme, _, rest = uri.partition("://")
    if password is None or "@" in rest:
        return uri
    from urllib.parse import quote

    user = os.environ.get("NEO4J_USER", "neo4j")
    return f"{scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{rest}"


def driver(url: str) -> neo4j.Driver:
    """Return a plain driver for a URL with user and password."""
    from graph.store.neo4j_address import Address

    address = Address.of(url)
    auth = None if address.user is None else (address.user, address.password)
    return neo4j.GraphDatabase.driver(address.target, auth=auth, notifications_min_severity="OFF")


def refuse_unless_empty(url: str) -> None:
    """Refuse a database that holds anything: tests empty it again and again.

    Raises:
        NoNeo4j: If it does, or does not answer.
    """
    try:
        with driver(url) as connected:
            connected.verify_connectivity()
            found = connected.execute_query("MATCH (n) RETURN labels(n) LIMIT 1").records
    except (DriverError, Neo4jError) as error:
        said = str(error).partition("\n")[0]
        raise NoNeo4j(f"the Neo4j of NEO4J_URI cannot be used: {said}") from error
    if found:
        raise NoNeo4j(
            "the database of NEO4J_URI is not empty, and the tests would empty it: name an empty one"
        )


def _in_docker(stack: contextlib.ExitStack) -> str | None:
    if shutil.which("docker") is None:
        return None
    try:
        if subprocess.run(["docker", "info"], capture_output=True, timeout=10).returncode:
            return None
        from testcontainers.neo4j import Neo4jContainer  # type: ignore[import-not-found]
    except (subprocess.TimeoutExpired, ImportError):
        return None
    container = stack.enter_context(Neo4jContainer("neo4j:5.26-community"))
    address = container.get_connection_url().partition("://")[2]
    return f"bolt://{container.username}:{container.password}@{address}"


def _assembled(stack: contextlib.ExitStack, *, brief: bool) -> str:
    return Home.of(stack).start(stack, brief=brief)


class Home:
    """A folder with the settings and data of a server that is put together here."""

    started: dict[str, "Home"] = {}
    """By URL, those that have been started."""

    def __init__(self, folder: Path, java: str, jars: Path) -> None:
        self.folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        self._command: list[str] = []
        self._url = self._settings = ""
        self._pages = "128m"
        self._java = java
        self._classes = f"{jars}/*"
        self._port = _free_port()
        self.environment = {**os.environ, "NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf")}
        quick = ["-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", self._classes]
        self.admin = [java, *quick, "org.neo4j.cli.AdminTool"]
        for name in FOLDERS:
            (folder / name).mkdir()
        self._write_settings()

    @classmethod
    def of(cls, stack: contextlib.ExitStack) -> "Home":
        """Make one that is gone when the stack is left."""
        java = shutil.which("java")
        if java is None or _java_version(java) < 17:
            raise NoNeo4j(
                "no Docker engine and no Java 17 or newer: set NEO4J_URI, or install Java and Maven"
            )
        jars = _jars()
        return cls(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="diurna-neo4j-"))), java, jars)

    def start(self, stack: contextlib.ExitStack, *, brief: bool) -> str:
        """Start the server, which stops when the stack is left; return its URL."""
        password = "p" + secrets.token_urlsafe(12)  # one that begins with - would be taken for an option
        compiler = ["-XX:TieredStopAtLevel=1"] if brief else []
        heap = "512m" if brief else "2g"
        self._pages = "128m" if brief else "4g"
        subprocess.run(
            [*self.admin, "dbms", "set-initial-password", password],
            env=self.environment,
            check=True,
            capture_output=True,
        )
        self._command = [
            *(self._java, f"-Xms{heap}", f"-Xmx{heap}", "-XX:+UseSerialGC", *compiler, *OPENS),
            *("-cp", self._classes, "org.neo4j.server.CommunityEntryPoint"),
            *(f"--home-dir={self.folder}", f"--config-dir={self.folder / 'conf'}"),
        ]
        self._url = f"bolt://neo4j:{password}@127.0.0.1:{self._port}"
        stack.callback(self.stop)
        self.start_again()
        self.started[self._url] = self
        stack.callback(self.started.pop, self._url)
        return self._url

    def _write_settings(self) -> None:
        usual = CONF.format(port=self._port, pages=self._pages)
        (self.folder / "conf" / "neo4j.conf").write_text(usual + self._settings)

    @property
    def runs_as_usual(self) -> bool:
        """Whether the server runs, with the usual settings."""
        return self._server is not None and not self._settings

    def start_again(self, *, settings: str = "") -> None:
        """Start the server on the data that is there, with more settings than usual, and wait for it."""
        assert self._server is None
        self._settings = settings
        self._write_settings()
        said = self.folder / "logs" / "out.txt"
        with said.open("wb") as log:
            self._server = subprocess.Popen(
                [sys.executable, "-c", GUARD, *self._command],
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        _wait(self._url, self._server, said)

    def stop(self, *, kill: bool = False) -> None:
        """Stop the server if it runs: in good order, or as a power cut would."""
        server, self._server = self._server, None
        if server is None:
            return
        assert server.stdin is not None
        if kill:
            server.stdin.write(b"kill")
        server.stdin.close()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()


def home_of(url: str) -> Home:
    """Return what stops and starts the server behind a URL that ``running`` gave.

    Raises:
        NoNeo4j: If it was not put together here.
    """
    home = Home.started.get(url)
    if home is None:
        raise NoNeo4j("only a server that is put together here can be stopped: leave NEO4J_URI unset")
    return home


def _java_version(java: str) -> int:
    told = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def _jars() -> Path:
    """Return the folder with Neo4j's classes, fetching them when it is not there."""
    cache = Path(platformdirs.user_cache_dir("diurna")) / f"neo4j-community-{VERSION}"
    if (cache / "complete").exists():
        return cache / "lib"
    maven = shutil.which("mvn")
    if maven is None:
        raise NoNeo4j("no Docker engine and no Maven: set NEO4J_URI, or install Java 17 and Maven")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pom.xml").write_text(POM)
        command = [maven, "-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime"]
        done = subprocess.run(
            [*command, f"-DoutputDirectory={cache / 'lib'}"], cwd=folder, capture_output=True, text=True
        )
    if done.returncode:
        raise NoNeo4j(f"Maven could not fetch Neo4j {VERSION}: set NEO4J_URI ({done.stdout.strip()[:300]})")
    (cache / "complete").touch()
    return cache / "lib"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with driver(url) as connected:
                connected.verify_connectivity()
                return
        except (DriverError, Neo4jError) as error:
            if server.poll() is not None or time.monotonic() > end:
                said = log.read_text(errors="replace")[-500:]
                raise NoNeo4j(f"Neo4j did not start: {error}\n{said}") from error
            time.sleep(0.3)
