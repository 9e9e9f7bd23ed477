"""SIGKILL at any moment of ingest and check: what was acknowledged is there, the next start goes on, nothing is doubled."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import time
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

import psutil
import pytest

from graph.embedded import LOCK_FILE

from tests.engines.world import World
from tests.faults.history import live_through, open_at, steps
from tests.rules.replay import clusters, edges, findings, play, unlike, waiting

ROUNDS = 20
STEPS = 60
"""More than twenty short lives can get through."""
LIFE_SECONDS = 3.0
LONGEST = 5.0
"""Times as long a life may become: on a slow or busy machine three seconds reach nothing that could be lost."""


@pytest.mark.engines
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_twenty_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """Twenty lives, each ended by SIGKILL, every second one together with the engine; then the findings of one undisturbed check."""
    random = Random(2026)
    diary = tmp_path / "diary"
    diary.touch()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.history"])
    moments: list[str] = []
    patience = 1.0
    for number in range(ROUNDS):
        process = context.Process(target=live_through, args=(tmp_path / "graph", tmp_path, 7, STEPS, diary), daemon=True)
        process.start()
        lines = _wait_until_open(process, diary)
        time.sleep(random.uniform(0.02, (LIFE_SECONDS if number % 4 else 1.0) * patience))
        _kill(process, tmp_path / "graph" if number % 2 else None)
        told = diary.read_text(encoding="utf-8").splitlines()
        assert not [line for line in told if line.startswith("LOST")], told[-3:]
        moments.append(told[-1] if len(told) > lines else "nothing")
        patience = min(LONGEST, patience * 1.5) if moments[-1] == "nothing" else max(1.0, patience / 1.5)
    assert len(set(moments)) > ROUNDS // 4, f"the kills all came at one moment: {moments}"
    _compare_with_undisturbed(tmp_path, diary)


def _wait_until_open(process: ForkServerProcess, diary: Path) -> int:
    """How many lines the diary had when the process had verified what it found and began its work."""
    before = diary.read_text(encoding="utf-8").count("\n")
    deadline = time.monotonic() + 120
    while diary.read_text(encoding="utf-8").count("\n") == before:
        assert process.is_alive(), diary.read_text(encoding="utf-8")
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return before + 1


def _kill(process: ForkServerProcess, engine_too: Path | None) -> None:
    process.kill()
    if engine_too is not None:
        pid = int(json.loads((engine_too / LOCK_FILE).read_text() or '{"pid": 0}')["pid"])
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            with contextlib.suppress(psutil.NoSuchProcess):
                psutil.Process(pid).wait(30)
    process.join(30)


def _compare_with_undisturbed(tmp_path: Path, diary: Path) -> None:
    told = diary.read_text(encoding="utf-8").splitlines()
    reached = max((int(line.split()[1]) for line in told if line.startswith("ingested")), default=0)
    # The last kill may have come in the first command of the step after: half of it is there, and must be completed.
    lived = reached + 2
    live_through(tmp_path / "graph", tmp_path, 7, lived, diary)
    assert diary.read_text(encoding="utf-8").endswith("end\n"), diary.read_text(encoding="utf-8")[-300:]
    graph = open_at(tmp_path / "graph")
    other = open_at(tmp_path / "undisturbed")
    try:
        disturbed, undisturbed = World(graph), World(other)
        for step in steps(7, STEPS)[:lived]:
            play(undisturbed, step)
        undisturbed.check()
        assert waiting(disturbed) == 0
        assert len(edges(disturbed)) == len(set(edges(disturbed)))
        for name, tell in (("clusters", clusters), ("edges", edges), ("findings", findings)):
            assert unlike(tell(disturbed), tell(undisturbed)) == "", f"{name} after {ROUNDS} kills (-), undisturbed (+)"
        assert findings(disturbed), "a history without findings proves nothing"
    finally:
        graph.close()
        other.close()
