"""A real Neo4j for tests: one that is there, one in Docker, or one assembled here and started.

In this order: the server that ``NEO4J_URI`` names; a container, where a Docker engine runs and
``testcontainers`` is installed; Neo4j Community put together from Maven Central's artifacts, where
``mvn`` and ``java`` (17 or newer) are present: 116 MB, once, kept in the user's cache folder.
"""

import contextlib
import os
import re
import secrets
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
from neo4j.exceptions import ClientError, DriverError

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
server.memory.pagecache.size=128m
db.tx_log.rotation.retention_policy=keep_none
dbms.cypher.min_replan_interval=1h
"""

OPENS = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch")]


GUARD = """
import signal, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
for one in (signal.SIGINT, signal.SIGTERM):
    signal.signal(one, signal.SIG_IGN)
sys.stdin.buffer.read()
child.terminate()
try:
    child.wait(20)
except subprocess.TimeoutExpired:
    child.kill()
"""
"""Runs a command until its own standard input closes: however the tests end, the system closes it."""


class NoNeo4j(Exception):
    """There is no Neo4j; the message says how to get one."""


@contextlib.contextmanager
def running(*, brief: bool = True) -> Iterator[str]:
    """Give the URL, with user and password, of a Neo4j whose database is empty.

    Args:
        brief: It is needed for minutes: a server started here does not spend them on compiling well.

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
    from graph.store.neo4j_connection import Address

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
    except (ClientError, DriverError) as error:
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
    java = shutil.which("java")
    if java is None or _java_version(java) < 17:
        raise NoNeo4j("no Docker engine and no Java 17 or newer: set NEO4J_URI, or install Java and Maven")
    jars = _jars()
    home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="diurna-neo4j-")))
    for folder in (
        "conf",
        "data",
        "logs",
        "import",
        "plugins",
        "run",
        "licenses",
        "lib",
        "labs",
        "certificates",
    ):
        (home / folder).mkdir()
    port = _free_port()
    (home / "conf" / "neo4j.conf").write_text(CONF.format(port=port))
    password = secrets.token_urlsafe(12)
    compiler = ["-XX:TieredStopAtLevel=1"] if brief else []
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    classes = f"{jars}/*"
    admin = [java, "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", classes, "org.neo4j.cli.AdminTool"]
    subprocess.run(
        [*admin, "dbms", "set-initial-password", password], env=environment, check=True, capture_output=True
    )
    entry = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    log = stack.enter_context((home / "logs" / "out.txt").open("wb"))
    server = subprocess.Popen(
        [
            sys.executable,
            "-c",
            GUARD,
            java,
            "-Xms512m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            *compiler,
            *OPENS,
            "-cp",
            classes,
            *entry,
        ],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    stack.callback(_stop, server)
    url = f"bolt://neo4j:{password}@127.0.0.1:{port}"
    _wait(url, server, home / "logs" / "out.txt")
    return url


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


def _stop(server: subprocess.Popen[bytes]) -> None:
    assert server.stdin is not None
    server.stdin.close()
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with driver(url) as connected:
                connected.verify_connectivity()
                return
        except (DriverError, ClientError) as error:
            if server.poll() is not None or time.monotonic() > end:
                said = log.read_text(errors="replace")[-500:]
                raise NoNeo4j(f"Neo4j did not start: {error}\n{said}") from error
            time.sleep(0.3)
