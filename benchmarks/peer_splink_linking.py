"""`python -m benchmarks.peer_splink_linking`: Splink links a city with the damaged copies of its records, without labels."""

from __future__ import annotations

import importlib
import json
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.linking import RESIDENTS, best, city, likeliest
from benchmarks.peer_splink import row
from tests.quality.making import Entity

_pandas = importlib.import_module("pandas")
_splink = importlib.import_module("splink")
_compare = importlib.import_module("splink.comparison_library")
OUT = Path(__file__).resolve().parents[1] / "tests" / "quality" / "linking_peer.json"
BLOCKS = (("inn",), ("dob",), ("surname", "first"), ("surname", "patronymic", "year"), ("first", "patronymic", "year"))


def linked(register: list[Entity], copies: list[Entity]) -> list[tuple[int, int, float]]:
    """The pairs that Splink predicts, with their probabilities."""
    tables = [
        _pandas.DataFrame([_numbered(entity, f"{side}{place}") for place, entity in enumerate(entities)])
        for side, entities in (("r", register), ("c", copies))
    ]
    rules = [_splink.block_on(*columns) for columns in BLOCKS]
    settings = _splink.SettingsCreator(
        link_type="link_only",
        comparisons=[
            *(_compare.JaroWinklerAtThresholds(column, [0.92, 0.8]).configure(term_frequency_adjustments=True) for column in _NAMES),
            _compare.DateOfBirthComparison("dob", input_is_string=True),
            _compare.ExactMatch("inn"),
            _compare.ExactMatch("gender"),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    api = _splink.DuckDBAPI()
    linker = _splink.Linker([api.register(table) for table in tables], settings, log_level="ERROR")
    training = linker.training
    training.estimate_probability_two_random_records_match([rules[0], _splink.block_on("dob", "surname", "first")], recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in (_splink.block_on("surname", "first"), _splink.block_on("dob")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    got = zip(found["unique_id_l"], found["unique_id_r"], found["match_probability"], strict=True)
    sided = ((*sorted((one, two), reverse=True), score) for one, two, score in got)
    return [(int(one[1:]), int(two[1:]), score) for one, two, score in sided]


_NAMES = ("surname", "first", "patronymic")


def _numbered(entity: Entity, key: str) -> dict[str, Any]:
    found = row(entity, key, "", people=True)
    return {name: found[name] for name in (*_NAMES, "dob", "inn", "gender")} | {
        "unique_id": key,
        "year": (found["dob"] or "")[:4] or None,
    }


def main() -> None:
    """Link, count, write."""
    register, copies = city(int(sys.argv[1]) if len(sys.argv) > 1 else RESIDENTS)
    started, worked = perf_counter(), process_time()
    pairs = likeliest(linked(register, copies))
    seconds, processor = perf_counter() - started, process_time() - worked
    threshold, links = best(pairs, len(register))
    found: dict[str, Any] = {
        "version": version("splink"),
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
    }
    figures = {"precision": round(links.precision, 4), "recall": round(links.recall, 4), "f1": round(links.f1, 4)}
    found |= {
        "records": 2 * len(register),
        "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
        "threshold": threshold,
    } | figures
    OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
