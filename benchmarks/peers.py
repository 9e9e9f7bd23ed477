"""`python -m benchmarks.peers`: nomenklatura's logic-v2 and Splink on the labelled pairs; needs what requirements/bench.in names."""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.quality.figures import Judged, by_category, by_group, calibration_error, figures, threshold_of_best_f1
from tests.quality.pairs import Labelled, read

OUT = Path(__file__).resolve().parents[1] / "tests" / "quality" / "peers.json"
Score = Callable[[Sequence[Labelled], Sequence[Labelled]], list[float]]
"""From labelled pairs to learn by, and pairs to judge: a score between 0 and 1 for each of the latter."""
PEERS = {
    "nomenklatura logic-v2": ("nomenklatura", "benchmarks.peer_nomenklatura"),
    "Splink": ("splink", "benchmarks.peer_splink"),
}


def measure(score: Score) -> dict[str, Any]:
    """Figures at one half, and at the threshold that is best on the split `fit`."""
    fit, judge = list(read("fit")), list(read("judge"))
    started = perf_counter()
    scored = [Judged(pair, got) for pair, got in zip(judge, score(fit, judge), strict=True)]
    seconds = perf_counter() - started
    learnt = [Judged(pair, got) for pair, got in zip(fit, score(fit, fit), strict=True)]
    found: dict[str, Any] = {"pairs_per_second": round(len(judge) / seconds, 1), "categories": {}}
    for name, people in (("people", True), ("organizations", False)):
        part = [one for one in scored if one.pair.people == people]
        best = threshold_of_best_f1([one for one in learnt if one.pair.people == people])
        found[name] = {"at_0.5": _plain(figures(part)), "best_threshold": best, "at_best": _plain(figures(part, best))}
        found[name]["calibration_error"] = round(calibration_error(part), 4)
        moved = by_category(part, best)
        for category, got in by_category(part).items():
            found["categories"][category] = {"f1_at_0.5": round(got.f1, 3), "f1_at_best": round(moved[category].f1, 3)}
    found["groups"] = {name: _plain(got) for name, got in by_group(scored).items()}
    return found


def _plain(got: Any) -> dict[str, float]:
    names = ("precision", "recall", "f1", "alarms_per_1000")
    return {"pairs": got.pairs} | {name: round(getattr(got, name), 4 if name != "alarms_per_1000" else 1) for name in names}


def main() -> None:
    """Measure the peers that are installed, or those named, and keep the figures of the others."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers")
    parser.add_argument("--only", choices=list(PEERS))
    chosen = parser.parse_args()
    kept: dict[str, Any] = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else {}
    for name, (package, module) in PEERS.items():
        if chosen.only and name != chosen.only:
            continue
        sys.stderr.write(f"measuring {name} …\n")
        found = measure(importlib.import_module(module).score)
        head = {"version": version(package), "date": datetime.now(UTC).date().isoformat(), "python": platform.python_version()}
        kept[name] = head | found
    OUT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
