"""A procedure as data: states, steps with their legal basis and terms; a definition with a trap or a dead state is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from domain.errors import DefinitionError, StateError, UsageError
from domain.yaml_text import load_yaml

SIGNAL_FILE = "signal.lifecycle.yaml"


@dataclass(frozen=True, slots=True)
class Term:
    """A term in working or calendar days."""

    working_days: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed step and its legal basis; `key` is the keyboard's on the page; `term` starts with the step."""

    old: str
    new: str
    basis: str
    needs_reason: bool = False
    key: str | None = None
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """All states with their words, and the steps between them."""

    states: Mapping[str, Mapping[str, str]]
    reasons: Mapping[str, Mapping[str, str]]
    steps: Mapping[tuple[str, str], Step]

    def from_state(self, state: str) -> list[Step]:
        """Steps open to a person from here, in the file's order."""
        return [step for (old, _), step in self.steps.items() if old == state]

    def step(self, old: str, new: str, reason: str | None) -> Step:
        """The step, or StateError with what is open from here; UsageError for a missing or unknown reason."""
        if new not in self.states:
            known = ", ".join(self.states)
            raise UsageError(f"Состояния «{new}» нет; есть: {known}.", f"There is no state {new!r}; there are: {known}.")
        found = self.steps.get((old, new))
        if found is None:
            allowed = ", ".join(step.new for step in self.from_state(old)) or "—"
            raise StateError(
                f"Из состояния {old} нельзя перейти в {new}.", f"A signal in {old} cannot go to {new}.", hint=f"Можно: {allowed}."
            )
        if found.needs_reason and reason not in self.reasons:
            known = ", ".join(self.reasons)
            raise UsageError(f"Нужна причина; есть: {known}.", f"A reason is needed; there are: {known}.")
        return found


@cache
def signal_lifecycle() -> Lifecycle:
    """The way of a signal."""
    text = resources.files("cases").joinpath(SIGNAL_FILE).read_text(encoding="utf-8")
    return parse_lifecycle(text, f"cases/{SIGNAL_FILE}")


def parse_lifecycle(text: str, path: str) -> Lifecycle:
    """A lifecycle from its file; DefinitionError with the line where it is wrong."""
    data = load_yaml(text)
    states: Mapping[str, Mapping[str, str]] = data["states"]
    steps: dict[tuple[str, str], Step] = {}
    for row in data["steps"]:
        line = _line(text, row)
        for end in ("from", "to"):
            if row[end] not in states:
                raise DefinitionError(path, line, f"state {row[end]} is not declared")
        if not row.get("basis"):
            raise DefinitionError(path, line, f"the step {row['from']} → {row['to']} has no legal basis")
        pair = (row["from"], row["to"])
        if pair in steps:
            raise DefinitionError(path, line, f"the step {row['from']} → {row['to']} stands twice")
        steps[pair] = Step(row["from"], row["to"], row["basis"], bool(row.get("reason")), row.get("key"), _term(row.get("term")))
    _check_ways(states, steps, set(data["initial"]), set(data["final"]), path)
    return Lifecycle(states, data.get("reasons") or {}, steps)


def _check_ways(states: Mapping[str, Any], steps: Mapping[tuple[str, str], Step], initial: set[str], final: set[str], path: str) -> None:
    reached = _closure(initial, steps)
    dead = sorted(set(states) - reached)
    if dead:
        raise DefinitionError(path, 1, f"no way leads to {', '.join(dead)}")
    back = {(new, old): step for (old, new), step in steps.items()}
    traps = sorted(set(states) - _closure(final, back))
    if traps:
        raise DefinitionError(path, 1, f"no way leads to the end from {', '.join(traps)}")


def _closure(start: set[str], steps: Mapping[tuple[str, str], Step]) -> set[str]:
    seen = set(start)
    grown = True
    while grown:
        more = {new for old, new in steps if old in seen} - seen
        seen |= more
        grown = bool(more)
    return seen


def _term(row: Mapping[str, int] | None) -> Term | None:
    return Term(row.get("wd", 0), row.get("d", 0)) if row else None


def _line(text: str, row: Mapping[str, Any]) -> int:
    wanted = f"from: {row['from']}, to: {row['to']},"
    return next((n for n, line in enumerate(text.splitlines(), 1) if wanted in line), 1)
