"""What of the facts is shown beside a feature: as a person would write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from domain.yaml_text import load_yaml
from screening.circumstances import NOTHING_KNOWN
from screening.facts import KnownName, OrgFacts, PersonFacts
from screening.features import LIFE_BEGINS, ORGANIZATIONS, PEOPLE
from screening.organizations import OrgName

_VALUES: Mapping[str, Mapping[str, str]] = load_yaml((Path(__file__).parent / "explain.yaml").read_text(encoding="utf-8"))["values"]

_MOST = 5
"""Values of one feature that are shown."""


Language = Literal["ru", "en"]


def shown_person(facts: PersonFacts, language: Language) -> tuple[str, ...]:
    """How each feature of PEOPLE is shown; empty where nothing is known."""
    found = facts.memo.get(language)
    if found is None:
        plain = facts.life is NOTHING_KNOWN and not facts.workplaces
        sex = facts.sex or facts.sex_guess
        found = facts.memo[language] = (
            *_names(facts.names),
            _some(date.iso() for date in facts.births) if facts.births else "",
            _VALUES[sex][language] if sex else "",
            *[show(facts) for show in _CONTACTS],
            *(_NO_LIFE if plain else [show(facts) for show in _LIFE]),
        )
    return found


def shown_org(facts: OrgFacts) -> tuple[str, ...]:
    """How each feature of ORGANIZATIONS is shown; empty where nothing is known."""
    found = facts.memo.get("")
    if found is None:
        found = facts.memo[""] = tuple(show(facts) for show in _ORG_SHOWN)
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


def _names(names: Sequence[KnownName]) -> tuple[str, str, str, str]:
    """Surnames, given names, patronymics; their order has no value of its own."""
    if len(names) == 1 and not names[0].former:
        name = names[0].name
        return name.last, name.first, name.patronymic, ""
    return (
        _some(f"({known.name.last})" if known.former else known.name.last for known in names),
        _some(known.name.first for known in names),
        _some(known.name.patronymic for known in names),
        "",
    )


_PERSON: Mapping[str, Callable[[PersonFacts], str]] = {
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
_TOLD = 6
"""The first features of PEOPLE: three parts of the name, their order, birth, sex."""
_CONTACTS = [_PERSON[feature.name] for feature in PEOPLE[_TOLD:LIFE_BEGINS]]
_LIFE = [_PERSON[feature.name] for feature in PEOPLE[LIFE_BEGINS:]]
_NO_LIFE = [""] * len(_LIFE)
_ORG_SHOWN = [_ORG[feature.name] for feature in ORGANIZATIONS]
