"""The pages' side of the rules: the list with its figures, one rule, and the files that were refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

C_contra = TypeVar("C_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in the list. `now`, `clarify`, `ever`, `confirmed`, `rejected`: its findings in the caller's view."""

    id: str
    title: str
    severity: str
    status: str
    acts: str
    own: bool
    now: int
    clarify: int
    ever: int
    confirmed: int
    rejected: int


@dataclass(frozen=True, slots=True)
class ElsewhereRow:
    """A norm that is no rule file: it changes a severity or bars a reader."""

    id: str
    title: str
    law: str
    text: str


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file of the organization's folder that was not taken."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything on the list's page."""

    rows: tuple[RuleRow, ...]
    elsewhere: tuple[ElsewhereRow, ...]
    refused: tuple[RefusedFile, ...]
    scope: str


@dataclass(frozen=True, slots=True)
class RuleLaw:
    """A provision with the days on which it is in force."""

    act: str
    article: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class RuleParameter:
    """A parameter in words, with who sets it."""

    name: str
    title: str
    value: str
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """One rule."""

    row: RuleRow
    version: str
    about: str
    kin: str
    law: tuple[RuleLaw, ...]
    parameters: tuple[RuleParameter, ...]
    due: str
    modifiers: tuple[str, ...]
    unless: tuple[str, ...]
    evidence: str
    next: str
    examples: tuple[tuple[str, tuple[str, ...]], ...]
    scope: str


class RuleDesk(Protocol[C_contra]):
    """What the rule pages ask of the desk."""

    def rules(self, caller: C_contra) -> RuleBook:
        """All rules."""
        ...

    def rule(self, caller: C_contra, rule: str) -> RulePage | ElsewhereRow:
        """One rule, or a norm that lives elsewhere; NotFound for an unknown one."""
        ...
