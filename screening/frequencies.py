"""How common a name, an employer, a car or an area is: a prior from data of our own, with counts of loaded data where given."""

from __future__ import annotations

from functools import lru_cache
from math import log
from pathlib import Path
from typing import Any, Protocol

from domain.yaml_text import load_yaml
from screening.circumstances import fold_vehicle
from screening.names.folding import fold_word

_FILE = Path(__file__).parent / "frequencies.yaml"
_DATA: dict[str, Any] = load_yaml(_FILE.read_text(encoding="utf-8"))
VERSION = int(_DATA["version"])

_TRUST = 20_000
"""How many records the prior counts for beside counts of loaded data."""
_TYPICAL = {"surname": 6.8, "given": 4.6, "patronymic": 4.6, "workplace": 7.0, "area": 6.0, "vehicle": 4.0, "word": 8.0}
"""−ln of the frequency at which agreement weighs as its level says; rarer weighs more, commoner less."""
_OTHER = {"workplace": 0.001, "word": 0.0003}
_MOST = 3.0
"""Rarity is bounded: a name seen once may be a slip of another."""


class Counts(Protocol):
    """How often values occur in loaded data; parts and values are as in `rarity`."""

    def counts(self, part: str, value: str) -> int:
        """Records that say the value."""
        ...

    def total(self, part: str) -> int:
        """Records that say anything for the part."""
        ...


def rarity(part: str, value: str, counts: Counts | None = None) -> float:
    """How much rarer than usual a value is, in nats: 0 where it is as common as usual, at most 3 either way.

    Parts: `surname`, `given`, `patronymic` (folded), `workplace`, `word` (folded cores and words of organizations), `area`
    (tenths of m²), `vehicle` (folded).
    """
    share = prior(part, value)
    if counts is not None and (total := counts.total(part)):
        share = (counts.counts(part, value) + _TRUST * share) / (total + _TRUST)
    return max(-_MOST, min(_MOST, -log(share) - _TYPICAL[part]))


@lru_cache(maxsize=1 << 16)
def prior(part: str, value: str) -> float:
    """The share of people (employers, cars, areas) that have the value, before any data."""
    match part:
        case "surname":
            return _SURNAMES.get(_masculine(value), float(_DATA["surnames"]["other"]))
        case "given":
            return _GIVEN.get(value, float(_DATA["given"]["other"]))
        case "patronymic":
            return _GIVEN.get(value.removesuffix("ович").removesuffix("овна"), float(_DATA["given"]["other"]))
        case "vehicle":
            return _vehicle(value)
        case "area":
            return _area(int(value))
        case _:
            return _OTHER[part]


def _masculine(surname: str) -> str:
    if surname.endswith(("ова", "ева", "ина", "ына")):
        return surname[:-1]
    return f"{surname[:-2]}ий" if surname.endswith("ая") else surname


def _surnames() -> dict[str, float]:
    table: dict[str, float] = {}
    data = _DATA["surnames"]
    for people in ("russian", "tatar"):
        for place, name in enumerate(" ".join(data[people]).split()):
            folded = fold_word(name, "surname")
            table[folded] = table.get(folded, 0.0) + 0.5 * data["scale"] / (place + 1 + data["shift"])
    return table


def _given() -> dict[str, float]:
    table: dict[str, float] = {}
    for sex in ("male", "female"):
        rows = [row.split(":") for line in _DATA["given"][sex] for row in line.split()]
        total = sum(int(weight) for _, weight in rows)
        for name, weight in rows:
            folded = fold_word(name, "given")
            table[folded] = table.get(folded, 0.0) + max(int(weight), 1) / total / 2
    return table


def _vehicle(folded: str) -> float:
    make, _, model = folded.partition(" ")
    share = _MAKES.get(make, float(_DATA["vehicles"]["other"]))
    return share if not model else _MODELS.get(model, share / 10)


def _area(tenths: int) -> float:
    shares = _DATA["areas"]
    if tenths % 10:
        return float(shares["tenth"])
    whole = tenths // 10
    return float(shares["round" if whole % 50 == 0 else "tens" if whole % 10 == 0 else "whole"])


_SURNAMES = _surnames()
_GIVEN = _given()
_MAKES: dict[str, float] = _DATA["vehicles"]["makes"]
_MODELS: dict[str, float] = {fold_vehicle(f"x {name}").partition(" ")[2]: share for name, share in _DATA["vehicles"]["models"].items()}
