"""What of the facts is shown beside a feature: as a person would write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from domain.yaml_text import load_yaml
from screening.circumstances import NOTHING_KNOWN
from screening.facts import OrgFacts, PersonFacts
from screening.features import LIFE_BEGINS, ORGANIZATIONS, PEOPLE
from screening.organizations import OrgName

_VALUES: Mapping[str, Mapping[str, str]] = load_yaml((Path(__file__).parent / "explain.yaml").read_text(encoding="utf-8"))["values"]

_MOST = 5
"""Values of one feature that are shown."""


Language = Literal["ru", "en"]


def shown_person(facts: PersonFacts, language: Language) -> tuple[str, ...]:
    """How each feature of PEOPLE is shown; empty where nothing is known."""
    found = facts.shown.get(language)
    if found is None:
        shows = _PLAIN if facts.life is NOTHING_KNOWN and not facts.workplaces else _PERSON
        sex = facts.sex or facts.sex_guess
        values = {**_NONE, **{name: show(facts) for name, show in shows.items()}, "sex": _VALUES[sex][language] if sex else ""}
        found = facts.shown[language] = tuple(values.values())
    return found


def shown_org(facts: OrgFacts) -> tuple[str, ...]:
    """How each feature of ORGANIZATIONS is shown; empty where nothing is known."""
    found = facts.shown.get("")
    if found is None:
        found = facts.shown[""] = tuple(show(facts) for show in _ORG_SHOWN)
    return found


def _some(values: Iterable[str]) -> str:
    found = [value for value in dict.fromkeys(values) if value]
    if not found:
        return ""
    if len(found) == 1:
        return found[0]
    return ", ".join(found[:_MOST]) + (" …" if len(found) > _MOST else "")


def _money(incomes: Iterable[tuple[int, int]]) -> str:
    return _some(f"{f'{year}: ' if year else ''}{amount:,}".replace(",", " ") + " ₽" for year, amount in incomes)


def _areas(areas: Iterable[int]) -> str:
    return _some(f"{area / 10:g}".replace(".", ",") + " м²" for area in sorted(areas))


def _org_name(name: OrgName) -> str:
    return f"{name.form} {name.core}".strip()


def _sorted(attribute: str) -> Callable[[Any], str]:
    def shown(facts: Any) -> str:
        values = getattr(facts, attribute)
        return _some(sorted(values)) if values else ""

    return shown


_PERSON: Mapping[str, Callable[[PersonFacts], str]] = {
    "surname": lambda f: _some(f"({known.name.last})" if known.former else known.name.last for known in f.names),
    "given": lambda f: _some(known.name.first for known in f.names),
    "patronymic": lambda f: _some(known.name.patronymic for known in f.names),
    "order": lambda _: "",
    "birth": lambda f: _some(date.iso() for date in f.births) if f.births else "",
    "inn": _sorted("inn"),
    "snils": _sorted("snils"),
    "passport": _sorted("passports"),
    "phone": _sorted("phones"),
    "email": _sorted("emails"),
    "address": _sorted("addresses"),
    "region": lambda f: _some(sorted(f.life.regions)),
    "workplace": lambda f: _some([*(_org_name(job.employer) for job in f.life.jobs if job.employer), *sorted(f.workplaces)]),
    "department": lambda f: _some(" ".join(sorted(job.department)) for job in f.life.jobs),
    "post": lambda f: _some(" ".join(sorted(job.post)) for job in f.life.jobs),
    "kin": lambda f: _some(sorted(one.name for one in f.life.relatives)),
    "income": lambda f: _money(f.life.incomes),
    "spouse_income": lambda f: _money(f.life.spouse_incomes),
    "estate": lambda f: _areas(f.life.areas),
    "spouse_estate": lambda f: _areas(f.life.spouse_areas),
    "vehicle": lambda f: _some(sorted(f.life.vehicles)),
    "spouse_vehicle": lambda f: _some(sorted(f.life.spouse_vehicles)),
}
_ORG: Mapping[str, Callable[[OrgFacts], str]] = {
    "org_name": lambda f: _some(name.core for name in f.names),
    "form": lambda f: _some(name.form for name in f.names),
    "inn": _sorted("inn"),
    "ogrn": _sorted("ogrn"),
    "kpp": _sorted("kpp"),
    "phone": _sorted("phones"),
    "email": _sorted("emails"),
    "address": _sorted("addresses"),
    "director": _sorted("directors"),
}
_NONE = {feature.name: "" for feature in PEOPLE}
_PLAIN = {feature.name: _PERSON[feature.name] for feature in PEOPLE[:LIFE_BEGINS] if feature.name in _PERSON}
_ORG_SHOWN = [_ORG[feature.name] for feature in ORGANIZATIONS]
