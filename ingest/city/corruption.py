"""Damages records of people as real offices do, at the rates of corruption.yaml; the same seed spoils the same fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from domain.yaml_text import load_yaml
from ingest.city.names import Names

_NUMBERS = ("innCode", "socialSecurityNumber")


@cache
def rates() -> Mapping[str, Mapping[str, float]]:
    """Field → kind of damage → share of records."""
    loaded: dict[str, dict[str, float]] = load_yaml(files("ingest.city").joinpath("corruption.yaml").read_text(encoding="utf-8"))
    return loaded


class Corruption:
    """Careless hands: each record has its own chance, so that one more record changes no other."""

    def __init__(self, seed: int, names: Names) -> None:
        self.seed, self.names = seed, names

    def lines(self, source: str, lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Feed lines with the people's records damaged."""
        for line in lines:
            yield self._person(source, line) if line["schema"] == "Person" else line

    def name(self, key: str, full: str) -> str:
        """A ФИО as that record has it."""
        chance = self._chance(f"{key} name")
        words, kind = full.split(), _drawn("name", chance)
        if len(words) < 3:
            return full
        if kind == "typing":
            place = chance.randrange(3)
            words[place] = _slipped(words[place], chance)
        elif kind == "yo":
            return full.replace("ё", "е").replace("Ё", "Е")
        elif kind == "spelled" and words[1] in self.names.variants:
            words[1] = chance.choice(self.names.variants[words[1]])
        elif kind == "no_patronymic":
            words = words[:2]
        elif kind == "initials":
            return f"{words[0]} {words[1][0]}.{words[2][0]}."
        return " ".join(words)

    def birth(self, key: str, born: date) -> date | str:
        """A birth date as that record has it: another day, only a year, or nothing."""
        kind = _drawn("birth", self._chance(f"{key} birth"))
        if kind == "missing":
            return ""
        if kind == "year_only":
            return str(born.year)
        return born.replace(month=born.day, day=born.month) if kind == "turned" and born.day <= 12 else born

    def number(self, key: str, digits: str) -> str:
        """An ИНН or СНИЛС as that record has it."""
        chance = self._chance(f"{key} number")
        kind = _drawn("number", chance)
        if kind == "missing":
            return ""
        if kind == "lost_zeros":
            return digits.lstrip("0")
        if kind == "turned" and digits:
            place = chance.choice([at for at in range(len(digits) - 1) if digits[at : at + 2].isdigit()])
            return f"{digits[:place]}{digits[place + 1]}{digits[place]}{digits[place + 2 :]}"
        return digits

    def _person(self, source: str, line: dict[str, Any]) -> dict[str, Any]:
        key = f"{source} {line['id']}"
        kept = {name: list(values) for name, values in line["properties"].items()}
        full = kept["name"][0]
        kept["name"] = [self.name(key, full)]
        if kept["name"][0] != full:  # the parts would tell what the whole no longer does
            for part in ("lastName", "firstName", "fatherName"):
                kept.pop(part, None)
        if "birthDate" in kept:
            kept["birthDate"] = [str(self.birth(key, date.fromisoformat(kept["birthDate"][0])))]
        for name in _NUMBERS:
            if name in kept:
                kept[name] = [self.number(f"{key} {name}", kept[name][0])]
        return {**line, "properties": {name: values for name, values in kept.items() if values != [""]}}

    def _chance(self, key: str) -> Random:
        return Random(f"{self.seed} {key}")


def _drawn(field: str, chance: Random) -> str | None:
    """The kind of damage that befalls the field, mostly none."""
    left = chance.random()
    for kind, share in rates()[field].items():
        left -= share
        if left < 0:
            return kind
    return None


def _slipped(word: str, chance: Random) -> str:
    """One typing error behind the first letter."""
    if len(word) < 3:
        return word
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    )
