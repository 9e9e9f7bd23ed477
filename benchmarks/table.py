"""One row per measurement: what, measured, the budget of docs/architecture.md, the ratio, and the machine it ran on.

A benchmark is a module `benchmarks/bench_NAME.py` with `def rows() -> Iterable[Row]`; the file is its registration.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path


class Better(StrEnum):
    """Which side of the budget is the good one."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement; `budget` None means that it is only reported, `reference` is the peer or the bare engine of the same run."""

    what: str
    measured: float
    unit: str
    budget: float | None = None
    better: Better = Better.HIGHER
    reference: float | None = None
    note: str = ""

    @property
    def kept(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        if self.budget is None:
            return None
        return self.measured >= self.budget if self.better is Better.HIGHER else self.measured <= self.budget

    @property
    def headroom(self) -> float | None:
        """How many times better than the budget; below 1 the budget is broken."""
        if self.budget is None or not self.measured or not self.budget:
            return None
        return self.measured / self.budget if self.better is Better.HIGHER else self.budget / self.measured

    @property
    def ratio(self) -> float | None:
        """Measured over the reference of the same run."""
        return self.measured / self.reference if self.reference else None


def machine() -> str:
    """Name, processor, cores and memory: a figure without its machine says nothing."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.split(":", 1)[1].strip() for line in cpuinfo.read_text(encoding="utf-8").splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{platform.node()}: {model}, {cores} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def number(value: float | None) -> str:
    """Three significant figures, thousands apart; a dash for none."""
    if value is None:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}"


HEAD = ("what", "measured", "budget", "headroom", "ratio", "")


def cells(row: Row) -> tuple[str, ...]:
    """The row as text, one cell a column of HEAD."""
    side = "≥" if row.better is Better.HIGHER else "≤"
    budget = "–" if row.budget is None else f"{side} {number(row.budget)} {row.unit}"
    headroom = "–" if row.headroom is None else f"{number(row.headroom)}×"
    verdict = {True: "kept", False: "BROKEN", None: ""}[row.kept]
    return (
        row.what,
        f"{number(row.measured)} {row.unit}",
        budget,
        headroom,
        number(row.ratio),
        " ".join(filter(None, (verdict, row.note))),
    )


def show(rows: Sequence[Row]) -> str:
    """The table as text, with the machine above it."""
    lines = [HEAD, *(cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]
    rendered = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([machine(), "", rendered[0], "  ".join("─" * width for width in widths), *rendered[1:]])


def dump(rows: Iterable[Row]) -> str:
    """One JSON line a row, for keeping and comparing."""
    return "\n".join(
        json.dumps({"machine": machine(), **asdict(row), "kept": row.kept, "ratio": row.ratio}, ensure_ascii=False) for row in rows
    )


def load(text: str) -> list[Row]:
    """The rows of `dump`."""
    rows = []
    for line in text.splitlines():
        values = {name: value for name, value in json.loads(line).items() if name in Row.__dataclass_fields__}
        rows.append(Row(**{**values, "better": Better(values["better"])}))
    return rows


def main(rows: Iterable[Row]) -> None:
    """Print the table of one benchmark that was started on its own: `python -m benchmarks.bench_NAME`."""
    sys.stdout.write(show(list(rows)) + "\n")
