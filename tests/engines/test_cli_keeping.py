"""Accounts, backup, restore and the audit check from the command line; serving and the demonstration as processes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from graph.client import Graph
from graph.wipe import wipe

from tests.engines.test_cli_reading import Cli, cli, graph, line, story

__all__ = ["cli", "graph"]

ROOT = Path(__file__).parents[2]
START_SECONDS = 120


def test_accounts(cli: Cli) -> None:
    made = cli("user", "add", "gafurova", "--role", "officer", "--unit", "nowhere", "--json")
    assert made.status == 0
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", made.lines[0]["one_time_password"])
    assert "«nowhere» не найдено" in made.err
    assert cli("user", "add", "gafurova", "--role", "officer").status == 2
    assert cli("user", "add", "other", "--role", "king").status == 2
    assert cli("user", "change", "gafurova", "--role", "secretary", "--unit", "", "--json").lines[0]["units"] == []
    again = cli("user", "reset-password", "gafurova").out
    assert made.lines[0]["one_time_password"] not in again
    assert cli("user", "close", "gafurova", "--json").lines[0]["closed_at"]
    assert cli("user", "reopen", "gafurova", "--json").lines[0]["closed_at"] is None
    assert cli("user", "unlock", "gafurova").status == 0
    users = cli("user", "list", "--json").lines[0]["users"]
    assert [(one["name"], one["roles"], one["must_change_password"]) for one in users] == [("gafurova", ["secretary"], True)]
    assert "gafurova" in cli("user", "list").out


def test_backup_and_restore(cli: Cli, graph: Graph, tmp_path: Path) -> None:
    cli("ingest", cli.feed("city", *story()))
    cli("check")
    before = cli("findings").lines
    made = cli("backup", tmp_path / "copy.zip", "--json")
    assert made.lines[0]["nodes"] > 10
    assert (tmp_path / "copy.zip").stat().st_mode & 0o777 == 0o600
    assert cli("restore", tmp_path / "copy.zip").status == 2
    wipe(graph)
    assert cli("findings").out == ""
    wipe(graph)
    assert cli("restore", tmp_path / "copy.zip", "--json").lines[0]["nodes"] == made.lines[0]["nodes"]
    assert cli("findings").lines == before
    assert cli("backup").status == 0
    assert list((tmp_path / "backups").glob("sverka-*.zip"))


def test_a_changed_audit_line_is_found(cli: Cli, graph: Graph) -> None:
    cli("user", "add", "one", "--role", "officer")
    cli("user", "add", "two", "--role", "officer")
    whole = cli("audit", "verify", "--json")
    assert (whole.status, whole.lines[0]["ok"], whole.lines[0]["anchored"]) == (0, True, True)
    head = f"{whole.lines[0]['n']}:{whole.lines[0]['hash']}"
    assert cli("audit", "verify", "--head", head).status == 0
    graph.write("MATCH (a:AuditLine {n: 1}) SET a.object = 'users/nobody'")
    broken = cli("audit", "verify", "--json")
    assert (broken.status, broken.lines[0]["faults"][0]["kind"]) == (1, "changed")
    assert "изменена" in cli("audit", "verify").out


# ---- processes


class Process:
    """`sverka` as a user starts it."""

    def __init__(self, home: Path, *arguments: str) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SVERKA_")}
        environment |= {"SVERKA_HOME": str(home), "SVERKA_LANGUAGE": "en", "SVERKA_GRAPH_HEAP": "512m", "PYTHONPATH": str(ROOT)}
        self.run = subprocess.Popen(
            [sys.executable, "-c", "from app.cli import main; main()", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=home,
            # Whoever runs the tests in the background has told them to ignore Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - nothing else runs in this process
        )

    def first_line(self) -> Any:
        """The JSON that says where it serves."""
        assert self.run.stdout is not None
        return json.loads(self.run.stdout.readline() or "{}")

    def stop(self, number: int) -> tuple[int, str]:
        """Status and stderr after a signal."""
        self.run.send_signal(number)
        _, err = self.run.communicate(timeout=60)
        return self.run.returncode, err


Start = Callable[..., Process]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts `sverka` on the test's home; at the end nothing of it runs, the engine neither."""
    started: list[Process] = []

    def begin(*arguments: str) -> Process:
        started.append(Process(tmp_path, *arguments))
        return started[-1]

    yield begin
    for one in started:
        if one.run.poll() is None:
            one.run.kill()
        one.run.communicate()
    engine = tmp_path / "graph" / "engine.json"
    deadline = time.monotonic() + 30
    while engine.exists() and engine.stat().st_size and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not engine.exists() or not engine.stat().st_size, "the engine is still up"


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_what_is_ingested_beside_a_server_is_checked_by_it(start: Start, tmp_path: Path) -> None:
    server = start("serve", "--port", "0", "--json")
    url = server.first_line()["url"]
    assert httpx2.get(f"{url}/health/ready", timeout=20).status_code == 200
    assert httpx2.get(f"{url}/api/v1/findings", timeout=20).status_code == 401
    page = httpx2.get(url, headers={"Accept": "text/html"}, timeout=20, follow_redirects=True)
    assert (page.status_code, page.url.path) == (200, "/signin")
    port = url.rpartition(":")[2]
    taken = start("serve", "--port", port)
    assert taken.run.wait(60) == 2
    assert f"Port {port} is taken." in (taken.run.stderr.read() if taken.run.stderr else "")
    feed = tmp_path / "city.jsonl"
    feed.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in story()), encoding="utf-8")
    out, _ = start("ingest", str(feed), "--json").run.communicate(timeout=START_SECONDS)
    assert json.loads(out)["files"][0]["accepted"] == len(story())
    deadline = time.monotonic() + START_SECONDS
    found = ""
    while not found and time.monotonic() < deadline:
        found, _ = start("findings", "--rule", "R-06").run.communicate(timeout=START_SECONDS)
    assert json.loads(found)["outcome"] == "fired"
    assert server.stop(signal.SIGTERM) == (0, "")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_ctrl_c_leaves_what_was_accepted_and_no_engine(start: Start, tmp_path: Path) -> None:
    people = [line(f"p{n}", "Person", name=f"Гарипов Айдар {n % 7}-ович", birthDate="1979-03-14") for n in range(30_000)]
    feed = tmp_path / "people.jsonl"
    feed.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in people), encoding="utf-8")
    first = start("ingest", str(feed), "--json")
    engine = tmp_path / "graph" / "engine.json"
    deadline = time.monotonic() + START_SECONDS
    while not (engine.exists() and engine.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)
    status, err = first.stop(signal.SIGINT)
    assert (status, err) == (130, "Interrupted. What was accepted is stored; the next run goes on.\n")
    out, _ = start("ingest", str(feed), "--json").run.communicate(timeout=300)
    assert json.loads(out)["files"][0]["accepted"] == len(people)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_demonstration_keeps_its_data_and_its_passwords_to_the_first_sign_in(start: Start, tmp_path: Path) -> None:
    broken = start("demo", "--people", "500", "--no-serve", "--json")
    state = tmp_path / "demo" / "demo.json"
    deadline = time.monotonic() + START_SECONDS
    while not (state.exists() and len(json.loads(state.read_text())["sources"]) > 1) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert broken.stop(signal.SIGINT)[0] == 130
    first = start("demo", "--people", "500", "--port", "0", "--json")
    told = first.first_line()
    assert [one["name"] for one in told["accounts"]] == ["officer", "administrator"]
    password = told["accounts"][0]["one_time_password"]
    admitted = httpx2.post(f"{told['url']}/api/v1/session", json={"name": "officer", "password": password}, timeout=20)
    assert (admitted.status_code, admitted.json()["must_change_password"]) == (201, True)
    assert first.stop(signal.SIGINT)[0] == 130
    began = time.monotonic()
    second = start("demo", "--port", "0", "--json")
    again = second.first_line()
    assert time.monotonic() - began < START_SECONDS
    assert [one["one_time_password"] for one in again["accounts"]] == ["", ""]
    assert second.stop(signal.SIGTERM)[0] == 0
    out, _ = start("findings").run.communicate(timeout=START_SECONDS)
    assert len(out.splitlines()) > 10
