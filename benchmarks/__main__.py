"""`python -m benchmarks [NAME…] [--json] [--strict]`: runs every bench_*.py, each in a process of its own, and prints one table."""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
from pathlib import Path

from benchmarks.table import Row, dump, load, show

HERE = Path(__file__).resolve().parent


def names() -> list[str]:
    """The benchmarks that exist: the file is the registration."""
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def run(name: str) -> list[Row] | None:
    """The rows of one benchmark, or None where it failed; a fresh process, so that none warms up or fills the memory of another."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--only", name], cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        sys.stderr.write(f"benchmark {name} failed with status {done.returncode}\n")
        return None
    return load(done.stdout)


def main() -> int:
    """Exit 1 where a benchmark failed or, with --strict, where a budget is broken."""
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(names())}")
    parser.add_argument("--json", action="store_true", help="JSON lines instead of the table")
    parser.add_argument("--strict", action="store_true", help="a broken budget fails")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only:
        sys.stdout.write(dump(importlib.import_module(f"benchmarks.bench_{chosen.only}").rows()) + "\n")
        return 0
    unknown = set(chosen.names) - set(names())
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(names())}")
    results = []
    for name in chosen.names or names():
        sys.stderr.write(f"measuring {name} …\n")
        results.append(run(name))
    rows = [row for result in results if result is not None for row in result]
    sys.stdout.write((dump(rows) if chosen.json else show(rows)) + "\n")
    broken = any(row.kept is False for row in rows)
    return int(None in results or (chosen.strict and broken))


if __name__ == "__main__":
    sys.exit(main())
