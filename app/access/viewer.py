"""Who is looking: the signed-in user or key of a request, with rights, units and purpose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.access.audit_chain import Actor
from app.access.purpose import BadPurpose, Purpose
from app.access.roles import Role, book

UNIT_PREDICATE = "($all_units OR any(unit IN node.units WHERE unit IN $units))"
"""For a WHERE clause over `node` (a Finding, Person or Event), with the parameters of `unit_parameters`."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """`request.state.viewer`. `units` are canonical ids with the bodies below them; meaningless while `all_units`.

    `person` is the id of the user's own Person, as given (R-28). `csrf` is empty for a key. `session` or `key` is set, not both.
    """

    name: str
    user: str
    roles: tuple[str, ...]
    rights: frozenset[str]
    all_units: bool = True
    units: tuple[str, ...] = ()
    unit_name: str = ""
    person: str | None = None
    csrf: str = ""
    language: str = "ru"
    purpose: Purpose | None = None
    bad_purpose: BadPurpose | None = field(default=None, compare=False)
    must_change: bool = False
    session: str | None = None
    key: str | None = None

    @property
    def role(self) -> str:
        """The roles as one word for the log: officer, officer+secretary."""
        return "+".join(self.roles)

    @property
    def role_title(self) -> str:
        """The roles in the viewer's language."""
        return ", ".join(role.title.get(self.language) for role in self._known())

    @property
    def own_only(self) -> bool:
        """Whether the viewer sees nothing but his own card."""
        return all(role.scope == "own" for role in self._known())

    @property
    def actor(self) -> Actor:
        """The viewer in the audit log."""
        return Actor(f"key:{self.key} of {self.name}" if self.key else self.name, self.role)

    @property
    def sees_names(self) -> bool:
        """Whether people are shown to him unmasked now: he may read them and has said why."""
        return self.purpose is not None and self.can("people.read")

    def can(self, right: str) -> bool:
        """Whether he holds the right."""
        return right in self.rights

    def _known(self) -> list[Role]:
        return [book().roles[name] for name in self.roles if name in book().roles]


def visible_units(viewer: Viewer) -> list[str] | None:
    """Ids of the bodies whose things the viewer sees; None = all, an empty list = none."""
    if viewer.own_only:
        return []
    return None if viewer.all_units else list(viewer.units)


def unit_parameters(viewer: Viewer) -> dict[str, Any]:
    """Cypher parameters for UNIT_PREDICATE."""
    units = visible_units(viewer)
    return {"all_units": units is None, "units": units or []}


def may_see(viewer: Viewer, units: list[str] | tuple[str, ...]) -> bool:
    """The same test for one thing already read."""
    own = visible_units(viewer)
    return own is None or bool(set(own) & set(units))
