"""docs/benchmarks.md names every benchmark and no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_benchmark_is_described() -> None:
    told = re.findall(r"^\| `(bench_\w+)` \|", (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert told == sorted(path.stem for path in (ROOT / "benchmarks").glob("bench_*.py"))
