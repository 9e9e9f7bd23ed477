"""Roles, rights, toxic pairs and key scopes, read from roles.yaml and checked before anything starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

from domain.errors import DefinitionError, NoRight, UsageError
from domain.yaml_text import load_yaml

SOURCE = Path(__file__).with_name("roles.yaml")
SCOPES = ("units", "all", "own")


@dataclass(frozen=True, slots=True)
class Title:
    """One text in both languages."""

    ru: str
    en: str

    def get(self, language: str) -> str:
        """The text in `ru` or `en`; Russian for anything else."""
        return self.en if language == "en" else self.ru


@dataclass(frozen=True, slots=True)
class Role:
    """What a kind of user may do. `scope` is units, all or own; `masked` keeps names masked whatever the purpose."""

    name: str
    title: Title
    rights: frozenset[str]
    scope: str
    masked: bool


@dataclass(frozen=True, slots=True)
class ToxicPair:
    """Two roles that one person may not hold (`refuse`), or holds under the eyes of the log (`log`).

    `right` stands for every role that has it, when the file says `*right` in place of a second role.
    """

    first: str
    second: str
    right: str
    refused: bool
    why: Title

    def meets(self, left: Role, right: Role) -> bool:
        """Whether the two roles are this pair, in either order."""
        return self._meets(left, right) or self._meets(right, left)

    def _meets(self, left: Role, right: Role) -> bool:
        return left.name == self.first and (right.name == self.second if self.second else self.right in right.rights)


@dataclass(frozen=True, slots=True)
class RoleBook:
    """Everything roles.yaml says."""

    rights: Mapping[str, Title]
    roles: Mapping[str, Role]
    toxic: tuple[ToxicPair, ...]
    scopes: Mapping[str, frozenset[str]]

    def role(self, name: str) -> Role:
        """The role; an unknown name is a usage error that lists the known ones."""
        if name not in self.roles:
            known = ", ".join(self.roles)
            raise UsageError(f"Нет роли «{name}». Есть: {known}.", f"There is no role '{name}'. There are: {known}.")
        return self.roles[name]

    def rights_of(self, roles: Iterable[str]) -> frozenset[str]:
        """The union of the roles' rights; a role that the file no longer has gives none."""
        known = [self.roles[name].rights for name in roles if name in self.roles]
        return frozenset().union(*known)

    def rights_of_scopes(self, scopes: Iterable[str]) -> frozenset[str]:
        """The union of the rights of key scopes; an unknown scope gives none."""
        known = [self.scopes[name] for name in scopes if name in self.scopes]
        return frozenset().union(*known)

    def check_scopes(self, scopes: Iterable[str]) -> None:
        """Refuse a scope that does not exist."""
        unknown = sorted(set(scopes) - set(self.scopes))
        if unknown:
            known, bad = ", ".join(self.scopes), ", ".join(unknown)
            raise UsageError(f"Нет области «{bad}». Есть: {known}.", f"There is no scope '{bad}'. There are: {known}.")

    def pairs(self, roles: Iterable[str]) -> list[ToxicPair]:
        """Toxic pairs among the roles of one person, refused ones first."""
        held = [self.role(name) for name in sorted(set(roles))]
        found = [pair for pair in self.toxic if any(pair.meets(left, right) for left, right in combinations_with_replacement(held, 2))]
        return sorted(found, key=lambda pair: not pair.refused)

    def check_pairs(self, roles: Iterable[str]) -> list[ToxicPair]:
        """Refuse a toxic pair; return the pairs that are allowed only because the log sees them."""
        pairs = self.pairs(roles)
        if pairs and pairs[0].refused:
            bad = pairs[0]
            both_ru = f"{bad.first} + {bad.second or bad.right}"
            raise ToxicRoles(
                f"Роли {both_ru} нельзя совмещать: {bad.why.ru}.",
                f"The roles {both_ru} may not be combined: {bad.why.en}.",
            )
        return pairs


class ToxicRoles(NoRight):
    """Two roles that one person may not hold together."""

    code = "toxic_roles"
    status = 409


def load(path: Path = SOURCE) -> RoleBook:
    """Read and check the file; a mistake is a DefinitionError with the line of the wrong word."""
    text = path.read_text(encoding="utf-8")
    data: dict[str, Any] = load_yaml(text)

    def wrong(word: str, message: str) -> DefinitionError:
        line = next((n for n, row in enumerate(text.splitlines(), 1) if word in row), 1)
        return DefinitionError(str(path), line, message)

    rights = {name: Title(**title) for name, title in data["rights"].items()}
    roles = {name: _role(name, spec, rights, wrong) for name, spec in data["roles"].items()}
    scopes = {name: frozenset(listed) for name, listed in data["scopes"].items()}
    for name, listed in scopes.items():
        for right in listed - set(rights):
            raise wrong(right, f"scope '{name}' names the unknown right '{right}'")
    for right in rights:
        if not any(right in role.rights for role in roles.values()):
            raise wrong(right, f"no role holds the right '{right}'")
    toxic = tuple(_toxic(spec, roles, rights, wrong) for spec in data["toxic"])
    book = RoleBook(rights, roles, toxic, scopes)
    for role in roles.values():
        if any(pair.refused for pair in book.pairs([role.name])):
            raise wrong(role.name, f"the role '{role.name}' is a toxic pair by itself")
    return book


def _role(name: str, spec: dict[str, Any], rights: Mapping[str, Title], wrong: Any) -> Role:
    for right in spec["rights"]:
        if right not in rights:
            raise wrong(right, f"role '{name}' names the unknown right '{right}'")
    if spec["scope"] not in SCOPES:
        raise wrong(f"scope: {spec['scope']}", f"scope of '{name}' must be one of {', '.join(SCOPES)}")
    role = Role(name, Title(**spec["title"]), frozenset(spec["rights"]), spec["scope"], bool(spec.get("masked", False)))
    if role.masked and "people.read" in role.rights:
        raise wrong(f"{name}:", f"role '{name}' is masked, so it may not hold people.read")
    return role


def _toxic(spec: dict[str, Any], roles: Mapping[str, Role], rights: Mapping[str, Title], wrong: Any) -> ToxicPair:
    first, second = spec["roles"]
    right = second[1:] if second.startswith("*") else ""
    for word, known in ((first, roles), (right or second, rights if right else roles)):
        if word not in known:
            raise wrong(word, f"toxic pair names the unknown '{word}'")
    if spec["then"] not in ("refuse", "log"):
        raise wrong(spec["then"], "a toxic pair is refused (refuse) or logged (log)")
    return ToxicPair(first, "" if right else second, right, spec["then"] == "refuse", Title(**spec["why"]))


@cache
def book() -> RoleBook:
    """The role book of this installation, read once."""
    return load()
