"""The embedded engine's process: who starts it, who finds it, when it leaves, and what a SIGKILL costs (nothing)."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from domain.errors import GraphError, GraphUnavailable, UsageError
from graph.client import Graph, open_graph
from graph.embedded import LOCK_FILE, USERS_FILE, default_heap
from graph.settings import GraphSettings

ROOT = Path(__file__).resolve().parent.parent.parent
WAIT_SECONDS = 60.0


def _open(directory: Path) -> Graph:
    return open_graph(GraphSettings(f"embedded:{directory}", heap="512m"))


def _said(directory: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((directory / LOCK_FILE).read_text())
    return found


def _pid(directory: Path) -> int:
    return int(str(_said(directory)["pid"]))


def _gone(pid: int) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(psutil.NoSuchProcess):
            if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                time.sleep(0.05)
                continue
        return
    pytest.fail(f"the engine {pid} is still there")


@contextlib.contextmanager
def _user(directory: Path, word: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.engines.engine_user", str(directory), word],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_the_engine_starts_with_the_first_user_and_leaves_with_the_last(tmp_path: Path) -> None:
    first = _open(tmp_path)
    pid = _pid(tmp_path)
    second = _open(tmp_path)
    first.write("CREATE (:Kept {id: 'a'})")
    first.close()
    assert second.read("MATCH (n:Kept) RETURN n.id AS id") == [{"id": "a"}]
    assert _pid(tmp_path) == pid
    second.close()
    _gone(pid)
    assert (tmp_path / LOCK_FILE).read_bytes() == b""
    with _open(tmp_path) as again:
        assert again.read("MATCH (n:Kept) RETURN n.id AS id") == [{"id": "a"}]
    _gone(pid)


def test_the_starter_waits_until_the_engine_has_closed_its_files(tmp_path: Path) -> None:
    graph = _open(tmp_path)
    pid = _pid(tmp_path)
    graph.close()
    graph.close()
    assert not psutil.pid_exists(pid)
    with pytest.raises(GraphUnavailable):
        graph.read("RETURN 1 AS x")


def test_nothing_secret_can_be_seen_by_others(tmp_path: Path) -> None:
    with _open(tmp_path / "deep" / "graph"):
        directory = tmp_path / "deep" / "graph"
        password = str(_said(directory)["password"])
        assert len(password) >= 32
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        assert stat.S_IMODE((directory / LOCK_FILE).stat().st_mode) == 0o600
        engine = psutil.Process(_pid(directory))
        assert password not in " ".join(engine.cmdline())
        assert password not in "".join(engine.environ().values())
        assert password not in (directory / "log" / "engine.log").read_text()
        listening = [connection.laddr for connection in engine.net_connections("inet") if connection.status == psutil.CONN_LISTEN]
        assert [(address.ip.removeprefix("::ffff:"), address.port) for address in listening] == [("127.0.0.1", _said(directory)["port"])]


def test_another_process_finds_the_engine_and_keeps_it(tmp_path: Path) -> None:
    graph = _open(tmp_path)
    pid = _pid(tmp_path)
    with _user(tmp_path, "hold") as other:
        assert int(_line(other)) == pid
        graph.close()
        other.communicate("go\n")
        assert other.returncode == 0
    _gone(pid)


def test_the_engine_outlives_a_killed_starter_as_long_as_others_use_it(tmp_path: Path) -> None:
    with _user(tmp_path, "hold") as starter:
        pid = int(_line(starter))
        with _open(tmp_path) as graph:
            starter.kill()
            starter.wait()
            assert graph.read("RETURN 1 AS one") == [{"one": 1}]
            assert _pid(tmp_path) == pid
    _gone(pid)


def test_the_engine_leaves_when_its_only_user_is_killed(tmp_path: Path) -> None:
    with _user(tmp_path, "hold") as user:
        pid = int(_line(user))
        user.kill()
        user.wait()
    _gone(pid)


def test_ctrl_c_does_not_reach_the_engine(tmp_path: Path) -> None:
    with _open(tmp_path) as graph:
        pid = _pid(tmp_path)
        assert os.getsid(pid) != os.getsid(0)
        os.kill(pid, signal.SIGINT)
        assert graph.read("RETURN 1 AS one") == [{"one": 1}]


def test_several_processes_that_start_at_once_share_one_engine(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        users = [stack.enter_context(_user(tmp_path, "hold")) for _ in range(3)]
        assert len({_line(user) for user in users}) == 1
        for user in users:
            assert user.communicate("go\n")[0] == "1\n"


@pytest.mark.parametrize("stale", [b"", b"{", b'{"pid": 1, "port": 1, "user": "root", "password": "x"}\n'])
def test_a_lock_file_that_a_dead_engine_left_is_recovered(tmp_path: Path, stale: bytes) -> None:
    """Pid 1 lives, as a reused pid would: what counts is that nobody holds the lock."""
    (tmp_path / LOCK_FILE).write_bytes(stale)
    (tmp_path / USERS_FILE).touch()
    with _open(tmp_path) as graph:
        assert graph.read("RETURN 1 AS one") == [{"one": 1}]
        assert _pid(tmp_path) > 1


def test_a_killed_engine_is_started_again_for_the_same_graph(tmp_path: Path) -> None:
    with _open(tmp_path) as graph:
        graph.write("CREATE (:Kept {id: 'a'})")
        pid = _pid(tmp_path)
        os.kill(pid, signal.SIGKILL)
        _gone(pid)
        graph.write("CREATE (:Kept {id: 'b'})")
        assert graph.read("MATCH (n:Kept) RETURN n.id AS id ORDER BY id") == [{"id": "a"}, {"id": "b"}]
        assert _pid(tmp_path) != pid


def test_sigkill_of_everything_loses_nothing_acknowledged(tmp_path: Path) -> None:
    acknowledged = -1
    for _ in range(3):
        with _user(tmp_path, "write") as writer:
            seen = [int(_line(writer)) for _ in range(60)]
            engine = _pid(tmp_path)
            os.kill(engine, signal.SIGKILL)
            writer.kill()
            rest = [int(line) for line in writer.communicate()[0].split()]
            acknowledged = max(seen + rest)
        _gone(engine)
        with _open(tmp_path) as graph:
            found = {int(row["n"]) for row in graph.read("MATCH (n:Written) RETURN n.n AS n")}
            assert set(range(acknowledged + 1)) <= found
            assert len(found) <= acknowledged + 2
            graph.write("MATCH (n:Written) DETACH DELETE n")


def test_processes_that_merge_the_same_keys_all_succeed(tmp_path: Path) -> None:
    with _open(tmp_path) as graph, contextlib.ExitStack() as stack:
        graph.write("CREATE CONSTRAINT raced IF NOT EXISTS FOR (n:Raced) REQUIRE n.id IS UNIQUE")
        users = [stack.enter_context(_user(tmp_path, "race")) for _ in range(2)]
        for user in users:
            user.communicate()
            assert user.returncode == 0
        rows = graph.read("MATCH (k:Raced) RETURN k.id AS id, k.n AS n")
        assert len(rows) == 31
        assert sum(row["n"] for row in rows) == 2 * 30 * 2


def test_an_engine_that_cannot_start_says_so(tmp_path: Path) -> None:
    (tmp_path / "databases").write_text("a file where a folder belongs")
    with pytest.raises(GraphUnavailable, match="did not start") as refused:
        _open(tmp_path)
    assert refused.value.hint.endswith("engine.log")


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError):
        _open(tmp_path / "file" / "graph")


def test_the_default_heap_is_bounded() -> None:
    assert 512 <= int(default_heap().removesuffix("m")) <= 4096


def test_many_threads_share_one_graph(tmp_path: Path) -> None:
    with _open(tmp_path) as graph, ThreadPoolExecutor(8) as pool:
        graph.write("CREATE CONSTRAINT raced IF NOT EXISTS FOR (n:Raced) REQUIRE n.id IS UNIQUE")
        add = "MERGE (k:Raced {id: 'one'}) SET k.n = coalesce(k.n, 0) + 1"
        done = list(pool.map(lambda _: graph.write(add), range(48)))
        assert len(done) == 48
        assert graph.read("MATCH (k:Raced) RETURN k.n AS n") == [{"n": 48}]


def test_a_read_session_is_not_a_place_for_a_user_s_own_statement(tmp_path: Path) -> None:
    with _open(tmp_path) as graph, pytest.raises(GraphError):
        graph.read("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line")
