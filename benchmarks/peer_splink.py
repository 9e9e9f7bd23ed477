"""The labelled pairs judged by Splink: people and organizations as two models, m and u learnt from the labels of `fit`."""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from typing import Any

from tests.quality.making import Entity
from tests.quality.pairs import Labelled

_pandas = importlib.import_module("pandas")
_splink = importlib.import_module("splink")
_compare = importlib.import_module("splink.comparison_library")
_levels = importlib.import_module("splink.comparison_level_library")
_FACTS = {"dob": "birthDate", "inn": "innCode", "ogrn": "ogrnCode", "snils": "socialSecurityNumber", "passport": "passportNumber"}
_FACTS |= {"phone": "phone", "email": "email", "address": "address", "gender": "gender", "former": "previousName"}


def score(fit: Sequence[Labelled], pairs: Sequence[Labelled]) -> list[float]:
    """The match probability of each pair at a prior of one half."""
    got: dict[str, float] = {}
    for people in (True, False):
        got |= _model([pair for pair in fit if pair.people == people], [pair for pair in pairs if pair.people == people], people=people)
    return [got.get(pair.id, 0.0) for pair in pairs]


def _model(fit: list[Labelled], pairs: list[Labelled], *, people: bool) -> dict[str, float]:
    learnt = {same: _levels_among([pair for pair in fit if pair.same == same], people=people) for same in (True, False)}
    settings = _splink.SettingsCreator(
        link_type="link_only",
        comparisons=_people() if people else _organizations(),
        blocking_rules_to_generate_predictions=["l.pair_id = r.pair_id"],
        probability_two_random_records_match=0.5,
    )
    trained = _with(_linker(fit, settings, people=people).misc.save_model_to_json(), learnt)
    found = _linker(pairs, trained, people=people).inference.predict().as_pandas_dataframe()
    return dict(zip(found["unique_id_l"].str.rpartition("-")[0], found["match_probability"], strict=True))


def _levels_among(pairs: list[Labelled], *, people: bool) -> dict[str, Any]:
    """How often each level of each comparison comes among these pairs, as Splink counts m from a label column."""
    rows = _pandas.DataFrame([row(side, pair.id, "", people=people) for pair in pairs for side in (pair.left, pair.right)])
    rows["unique_id"] = [f"{key}-{place}" for place, key in enumerate(rows["pair_id"])]
    settings = _splink.SettingsCreator(link_type="dedupe_only", comparisons=_people() if people else _organizations())
    linker = _splink.Linker(_splink.DuckDBAPI().register(rows), settings, log_level="ERROR")
    linker.training.estimate_m_from_label_column("pair_id")
    counted: dict[str, Any] = linker.misc.save_model_to_json()
    return counted


def _linker(pairs: list[Labelled], settings: Any, *, people: bool) -> Any:
    api = _splink.DuckDBAPI()
    tables = [
        api.register(_pandas.DataFrame([row(getattr(pair, side), pair.id, f"-{side}", people=people) for pair in pairs]))
        for side in ("left", "right")
    ]
    return _splink.Linker(tables, settings, log_level="ERROR")


def _with(settings: dict[str, Any], learnt: dict[bool, dict[str, Any]]) -> dict[str, Any]:
    """The settings with m from pairs of one, u from pairs of two; a level that never came has a small chance all the same."""
    for place, comparison in enumerate(settings["comparisons"]):
        for number, level in enumerate(comparison["comparison_levels"]):
            if not level.get("is_null_level"):
                for same, name in ((True, "m_probability"), (False, "u_probability")):
                    level[name] = learnt[same]["comparisons"][place]["comparison_levels"][number].get(name.replace("u_", "m_")) or 0.001
    return settings | {"probability_two_random_records_match": 0.5}


def _people() -> list[Any]:
    """What Splink's own example of persons compares, and the numbers and contacts of these records; initials have a level of their own."""
    return [
        *(_name(column) for column in ("surname", "first", "patronymic")),
        _compare.DateOfBirthComparison("dob", input_is_string=True),
        *(_compare.ExactMatch(column) for column in ("inn", "snils", "passport", "phone", "gender")),
        _compare.EmailComparison("email"),
        _compare.JaroWinklerAtThresholds("address", [0.9, 0.8]),
    ]


def _name(column: str) -> Any:
    initial = _levels.CustomLevel(
        f"substr({column}_l, 1, 1) = substr({column}_r, 1, 1) and least(length({column}_l), length({column}_r)) = 1"
    )
    return _compare.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            _levels.NullLevel(column),
            _levels.ExactMatchLevel(column),
            initial,
            _levels.JaroWinklerLevel(column, 0.92),
            _levels.JaroWinklerLevel(column, 0.8),
            _levels.ElseLevel(),
        ],
    )


def _organizations() -> list[Any]:
    return [
        _compare.JaroWinklerAtThresholds("name", [0.98, 0.92, 0.85, 0.7]),
        *(_compare.ExactMatch(column) for column in ("inn", "ogrn")),
        _compare.JaroWinklerAtThresholds("address", [0.9, 0.8]),
    ]


def row(entity: Entity, pair: str, side: str, *, people: bool) -> dict[str, str | None]:
    """A record as a row of Splink's table: lower case, ё as е, a person's name cut at its spaces."""
    properties = entity["properties"]
    text = re.sub(r"[^\w ]+", " ", properties["name"][0].lower().replace("ё", "е"))
    words = text.split()
    row: dict[str, str | None] = {"unique_id": f"{pair}{side}", "pair_id": pair, "name": " ".join(words) or None}
    if people:
        row |= {name: words[place] if place < len(words) else None for place, name in enumerate(("surname", "first", "patronymic"))}
    return row | {name: (properties.get(wanted) or [None])[0] or None for name, wanted in _FACTS.items()}
