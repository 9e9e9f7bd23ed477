"""What a rule's page says in words: its parameters with who sets each, due dates, and the norms that are no rule files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from domain.yaml_text import load_yaml
from queries.catalog import Catalog, Rule

DAY_NUMBER = range(19000101, 21000101)
"""Numbers that are days as YYYYMMDD; a term in years stands in the same count, 10000 to a year."""
TERMS = ("years", "months", "look_back")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a rule: its name in the file, in words, its value as text, and the marks of who sets it."""

    name: str
    title: str
    value: str
    marks: tuple[str, ...]


@cache
def words() -> Mapping[str, Any]:
    """The data beside this module."""
    found: Mapping[str, Any] = load_yaml(resources.files("app").joinpath("rulebook.yaml").read_text(encoding="utf-8"))
    return found


def parameters_of(rule: Rule, language: str) -> tuple[Parameter, ...]:
    """All of them in the file's order; an organization's own parameter goes by its name."""
    known = words()["parameters"]
    return tuple(
        Parameter(name, known.get(name, {}).get(language, name), _said(shown(name, value), language), rule.marks(name))
        for name, value in rule.parameters.items()
    )


def _said(value: str, language: str) -> str:
    return str(words()["yes_no"].get(value, {}).get(language, value))


def shown(name: str, value: Any) -> str:
    """A value as a reader knows it: days as days, shares in per cent, terms in years."""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "—"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    if isinstance(value, bool):
        return "+" if value else "−"
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return _number(name, value) if isinstance(value, int | float) else str(value)


def _number(name: str, value: float) -> str:
    if name in TERMS:
        return str(int(value) // 10000)
    if isinstance(value, int) and value in DAY_NUMBER:
        return f"{value % 100:02d}.{value // 100 % 100:02d}.{value // 10000}"
    if 0 < value < 1:
        return f"{value:.0%}".replace("%", " %")
    return f"{value:,}".replace(",", " ") if value >= 10000 else str(value)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file of the organization's folder that was not taken: its name without the folder, the line, the reason."""

    file: str
    line: int
    reason: str


def refused_of(catalog: Catalog, language: str) -> tuple[Refusal, ...]:
    """Why files were not taken, in a language."""
    return tuple(Refusal(Path(one.path).name, one.line, one.reason_en if language == "en" else one.reason_ru) for one in catalog.refused)
