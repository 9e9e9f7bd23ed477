"""What a measurement cost beside its wall time: processor seconds of this process and of the engine, and how busy the machine was.

On a loaded machine the wall says how many others were at work; the processor seconds say what the thing itself took.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.embedded import LOCK_FILE

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Meter:
    """Measures a `with` block; `folder` is the embedded engine's, for its share of the processor."""

    folder: Path | None = None
    wall: float = 0.0
    python: float = 0.0
    engine: float = 0.0
    _from: tuple[float, float, float] = field(default=(0.0, 0.0, 0.0))

    def __enter__(self) -> Self:
        self._from = self._now()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        now = self._now()
        self.wall, self.python, self.engine = (now[0] - self._from[0], now[1] - self._from[1], now[2] - self._from[2])

    def note(self) -> str:
        """`processor 3.1 s + 4.0 s of the engine, load 1.2`."""
        return f"processor {self.python:.1f} s + {self.engine:.1f} s of the engine, {load()}"

    def _now(self) -> tuple[float, float, float]:
        return time.perf_counter(), time.process_time(), _engine_seconds(self.folder)


def load() -> str:
    """How many wanted to run in the last minute, beside the cores there are."""
    return f"load {os.getloadavg()[0]:.1f} on {len(os.sched_getaffinity(0))} cores"


def _engine_seconds(folder: Path | None) -> float:
    """Processor time of the engine's process so far."""
    if folder is None:
        return 0.0
    pid = json.loads((folder / LOCK_FILE).read_text(encoding="utf-8"))["pid"]
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
