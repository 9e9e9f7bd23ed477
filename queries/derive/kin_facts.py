"""The facts that kinship is derived from, and the ties that come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.dates import PartialDate
from domain.spans import UNKNOWN_START, Span


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A person; `gender` is male, female or None, `name` only serves messages."""

    id: str
    gender: str | None = None
    birth: PartialDate | None = None
    death: PartialDate | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class ParentFact:
    """Parent by blood or, where `adoptive`, by adoption; the span of an adoption begins on the adoption date."""

    parent: str
    child: str
    id: str
    adoptive: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class SpouseFact:
    """A marriage as one source knows it; `trust` only weighs records of one couple against each other."""

    a: str
    b: str
    id: str
    span: Span = UNKNOWN_START
    trust: int = 0


@dataclass(frozen=True, slots=True)
class SiblingFact:
    """Siblings by declaration, whose parents may be unknown."""

    a: str
    b: str
    id: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class DeclaredFact:
    """«The relative is the WORD of the ego», without the people in between.

    `paths` overrides what the word means; a word for a parent, child, spouse or sibling counts like the plain fact.
    """

    ego: str
    relative: str
    word: str
    id: str
    span: Span = UNKNOWN_START
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuardianFact:
    """Guardianship or trusteeship; a tie of its own (paths G and W), in no kin list of the contract."""

    guardian: str
    ward: str
    id: str
    span: Span = UNKNOWN_START


@dataclass(slots=True)
class KinFacts:
    """All facts of a neighbourhood, or of a city."""

    people: list[PersonFact] = field(default_factory=list)
    parents: list[ParentFact] = field(default_factory=list)
    spouses: list[SpouseFact] = field(default_factory=list)
    siblings: list[SiblingFact] = field(default_factory=list)
    declared: list[DeclaredFact] = field(default_factory=list)
    guardians: list[GuardianFact] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class KinTie:
    """The relative stands at the end of `path`, read from the ego.

    `lists`: where it counts with the ego as the official (newest law; for a day ask `domain.kin.lists_of`).
    `via`: the facts, in the order of the path. `people`: those in between. `full`: for siblings only, None where
    the parents on record do not decide it. `missing`: the fields that keep the span from being known to the day.
    """

    ego: str
    relative: str
    path: str
    term_ru: str
    lists: tuple[str, ...]
    span: Span
    via: tuple[str, ...]
    full: str | None = None
    declared: bool = False
    ambiguous: bool = False
    missing: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


def ids(values: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order of first appearance."""
    return tuple(dict.fromkeys(values))
