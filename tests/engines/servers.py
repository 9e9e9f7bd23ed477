"""The databases that tests run on: each started at most once per test process, stopped when the process ends."""

from __future__ import annotations

import atexit
import fcntl
import functools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from testcontainers.community.neo4j import Neo4jContainer

from graph.client import Graph, open_graph
from graph.settings import GraphSettings

HERE = Path(__file__).resolve().parent.parent / "neo4j"
VERSION = "5.26.12"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sverka"
OPENED = ("java.nio", "java.lang", "sun.nio.ch")
CONFIGURATION = """\
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
server.memory.pagecache.size=64m
dbms.cypher.min_replan_interval=1d
db.tx_log.preallocate=false
dbms.security.auth_enabled=false
dbms.usage_report.enabled=false
"""


class Missing(Exception):
    """No Neo4j can be had on this machine; the text says which command brings what is missing."""


def _scratch(name: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"sverka-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _kept(graph: Graph) -> Graph:
    atexit.register(graph.close)
    return graph


@functools.cache
def embedded() -> Graph:
    """The embedded engine on a scratch folder."""
    return _kept(open_graph(GraphSettings(f"embedded:{_scratch('embedded')}", heap="512m")))


@functools.cache
def neo4j() -> Graph:
    """A real Neo4j: the one that SVERKA_TEST_NEO4J names, else a container, else Maven's artifacts; else `Missing`."""
    settings = _neo4j_settings()
    if isinstance(settings, Missing):
        raise settings
    return _kept(open_graph(settings))


ENGINES: dict[str, Callable[[], Graph]] = {"embedded": embedded, "neo4j": neo4j}


@functools.cache
def _neo4j_settings() -> GraphSettings | Missing:
    """Asked once: a machine without a network would otherwise wait for Maven before each test."""
    try:
        return _found_or_started()
    except Missing as missing:
        return missing


def _found_or_started() -> GraphSettings:
    given = os.environ.get("SVERKA_TEST_NEO4J")
    if given:
        # One database for everybody: workers of one run take turns for their whole session.
        handle = os.open(Path(tempfile.gettempdir()) / f"sverka-test-neo4j-{os.getuid()}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        return GraphSettings(given)
    if _docker_answers():
        container = Neo4jContainer(f"neo4j:{VERSION}-community", password="sverka-tests")
        container.start()
        atexit.register(container.stop)
        return GraphSettings(container.get_connection_url(), "neo4j", "sverka-tests")
    return GraphSettings(f"bolt://127.0.0.1:{_from_maven()}")


def _docker_answers() -> bool:
    """Whether a daemon listens; asked of the socket itself, since the docker client leaks one when there is none."""
    host = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock")
    if not host.startswith("unix://"):
        return True
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        return probe.connect_ex(host.removeprefix("unix://")) == 0


def _from_maven() -> int:
    java, maven = shutil.which("java"), shutil.which("mvn")
    libraries = CACHE / f"neo4j-{VERSION}"
    if java is None or shutil.which("javac") is None or (maven is None and not libraries.exists()):
        raise Missing("Neo4j needs a JDK and Maven: apt-get install -y openjdk-17-jdk-headless maven (or set SVERKA_TEST_NEO4J)")
    if not libraries.exists():
        _fetch(str(maven), libraries)
    return _launch(java, libraries)


def _fetch(maven: str, libraries: Path) -> None:
    with _only_one(CACHE / "neo4j.lock"):
        if libraries.exists():
            return
        loading = Path(tempfile.mkdtemp(dir=CACHE, prefix="neo4j-loading-"))
        try:
            done = subprocess.run(
                [maven, "-B", "-q", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies", f"-DoutputDirectory={loading}"],
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
            if done.returncode != 0:
                raise Missing(f"Maven could not bring Neo4j {VERSION}: {(done.stdout + done.stderr).strip()[-400:]}")
            loading.rename(libraries)
        finally:
            shutil.rmtree(loading, ignore_errors=True)


def _launch(java: str, libraries: Path) -> int:
    home = _scratch("neo4j")
    port = _free_port()
    (home / "conf").mkdir()
    (home / "conf" / "neo4j.conf").write_text(CONFIGURATION.format(port=port))
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [
                java,
                "-Xmx768m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED),
                "-cp",
                f"{libraries}/*",
                str(HERE / "Neo4jServer.java"),
                str(home),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )
    atexit.register(_shut, server)
    for line in server.stdout or ():
        if line == "ready\n":
            return port
    raise Missing(f"Neo4j {VERSION} did not start: {(home / 'log').read_text()[-400:]}")


def _shut(server: subprocess.Popen[str]) -> None:
    if server.stdin:
        server.stdin.close()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
