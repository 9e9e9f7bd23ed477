"""What one caller may see: rights, units, open or masked names, his own circle (R-28); and the audit line of every reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from app.access.audit import AuditLog
from app.access.audit_chain import Entry
from app.access.masked_text import mask_name, mask_text
from app.access.self_interest import circle, concerns
from app.access.viewer import Viewer, visible_units
from app.desk.wording import Say, say
from app.web.ports import Caller
from app.web.words import ZONE
from domain.clock import Clock
from domain.errors import NoPurpose, NoRight, NotFound, NotSignedIn
from graph.client import Graph
from queries.catalog import Catalog
from queries.views.scope import may_open


@dataclass(frozen=True, slots=True)
class Office:
    """What the whole desk works with."""

    graph: Graph
    clock: Clock
    log: AuditLog
    catalog: Catalog

    @property
    def today(self) -> date:
        """The city's calendar day."""
        return self.clock.now().astimezone(ZONE).date()


@dataclass(frozen=True)
class Eyes:
    """One caller at the desk."""

    office: Office
    caller: Caller
    say: Say = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "say", say(self.caller.language, self.office.today))

    @property
    def graph(self) -> Graph:
        """The graph."""
        return self.office.graph

    @cached_property
    def viewer(self) -> Viewer:
        """The viewer of the access layer; NotSignedIn for anything else."""
        viewer = self.caller.viewer
        if not isinstance(viewer, Viewer):
            raise NotSignedIn("Войдите, чтобы продолжить.", "Sign in to continue.")
        return viewer

    @cached_property
    def units(self) -> list[str] | None:
        """Bodies in view; None = all, empty = none."""
        return visible_units(self.viewer)

    @cached_property
    def circle(self) -> frozenset[str]:
        """The caller himself and his relatives, all their ids."""
        return circle(self.graph, self.viewer.person)

    @property
    def open(self) -> bool:
        """Whether names are shown: he may read people and has said why."""
        return self.caller.purpose is not None and self.viewer.can("people.read")

    def need(self, *rights: str) -> None:
        """NoRight unless he holds all of them."""
        for right in rights:
            if not self.viewer.can(right):
                raise NoRight("Ваша роль этого не открывает.", f"This needs the right {right}.")

    def need_open(self) -> None:
        """For what shows people unmasked: the right, then the purpose; a refusal is logged by the caller's own line."""
        if not self.viewer.can("people.read"):
            raise NoRight("Ваша роль не открывает сведений о людях.", "Your role does not open people.")
        if self.caller.purpose is None:
            raise NoPurpose("Укажите, для какого дела нужны эти сведения.", "State the case these data are needed for.")

    def need_reach(self, node: str, label: str) -> None:
        """NotFound for a person of other units, as for one who is not there."""
        if not may_open(self.graph, node, label, self.units):
            raise NotFound("Здесь никого нет или это вне ваших прав.", "There is nobody here, or it is outside your rights.")

    def own(self, body: Mapping[str, Any], people: Iterable[str]) -> bool:
        """Whether a finding concerns the caller or his kin."""
        return bool(self.circle) and concerns(self.circle, body, people)

    def person(self, name: str, *, full: bool | None = None) -> str:
        """A person's name as the caller may see it."""
        return name if (self.open if full is None else full) else mask_name(name)

    def firm(self, name: str, *, full: bool | None = None) -> str:
        """An organization's or event's name; a sole trader's hides his own."""
        return name if (self.open if full is None else full) else mask_text(name)

    def text(self, text: str, known: Iterable[str] = (), *, full: bool | None = None) -> str:
        """Running text with the people in it masked where need be."""
        return text if (self.open if full is None else full) else mask_text(text, tuple(known))

    def saw(self, *people: str, action: str = "person.read", result: str = "shown") -> None:
        """One audit line for each person, before the answer leaves."""
        purpose = str(self.caller.purpose or "")
        self.office.log.append(*(Entry(self.viewer.actor, action, one, purpose, result) for one in dict.fromkeys(people)))
