"""The properties of a canonical person or organization, from all records that stand for it; the more trusted source is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from domain.dates import FOREVER, NEVER, PartialDate
from screening.clusters import Cluster
from screening.facts import OrgFacts, PersonFacts
from screening.frozen import freeze
from screening.names.person import PersonName, fold
from screening.shown import shown_name
from screening.stored import Known

_WORD = re.compile(r"\w+")


def person_node(one: Cluster, known: Mapping[str, Known], facts: Mapping[str, Any], trust: Mapping[str, int]) -> dict[str, Any]:
    """The Person node of a cluster."""
    members: list[PersonFacts] = [facts[key] for key in _by_trust(one, known, trust)]
    name = _fullest(known_name.name for member in members for known_name in member.names if not known_name.former)
    former = [k.name.text for member in members for k in member.names if k.former]
    birth = _best_date(date for member in members for date in member.births)
    death = _best_date(member.death for member in members if member.death)
    sex = next((member.sex for member in members if member.sex), None) or next((m.sex_guess for m in members if m.sex_guess), None)
    records = [known[member.key].record for member in members]
    names = {text for record in records for prop in ("name", "previousName", "lastName") for text in record.all(prop)}
    return {
        **_identity(one, known),
        "name": name.text or next((record.first("name") or "" for record in records), ""),
        "last": name.last or None,
        "first": name.first or None,
        "patronymic": name.patronymic or None,
        "former": sorted(set(former)),
        "fold": fold(name).text,
        "facts": freeze(members),
        "words": _words(names),
        "birth": birth.iso() if birth else None,
        "birth_lo": birth.first if birth else NEVER,
        "birth_hi": birth.last if birth else NEVER,
        "death": death.iso() if death else None,
        "death_lo": death.first if death else FOREVER,
        "death_hi": death.last if death else FOREVER,
        "gender": str(sex) if sex else None,
        "inn": _union(member.inn for member in members),
        "snils": _union(member.snils for member in members),
        "passport": _union(member.passports for member in members),
        "phones": sorted({text for record in records for text in record.all("phone")}),
        "emails": sorted({text for record in records for text in record.all("email")}),
        "addresses": sorted({text for record in records for text in record.all("address")}),
    }


def org_node(one: Cluster, known: Mapping[str, Known], facts: Mapping[str, Any], trust: Mapping[str, int]) -> dict[str, Any]:
    """The Organization node of a cluster."""
    members: list[OrgFacts] = [facts[key] for key in _by_trust(one, known, trust)]
    records = [known[member.key].record for member in members]
    schemata = {record.schema for record in records}
    names = {text for record in records for prop in ("name", "previousName") for text in record.all(prop)}
    core = next((name.core for member in members for name in member.names if name.core), "")
    form = next((text for record in records if (text := record.first("legalForm"))), None)
    return {
        **_identity(one, known),
        "name": shown_name(text for record in records for text in record.all("name")),
        "schema": next((schema for schema in ("PublicBody", "Company", "Organization") if schema in schemata), "Organization"),
        "core": core,
        "words": _words(names),
        "legal_form": form or next((name.form for member in members for name in member.names if name.form), None),
        "inn": _union(member.inn for member in members),
        "ogrn": _union(member.ogrn for member in members),
        "kpp": _union(member.kpp for member in members),
        "phones": sorted({text for record in records for text in record.all("phone")}),
        "emails": sorted({text for record in records for text in record.all("email")}),
        "addresses": sorted({text for record in records for text in record.all("address")}),
        "body_kind": next((text for record in records if (text := record.first("bodyKind"))), None),
        "classification": next((text for record in records if (text := record.first("classification"))), None),
        "natural_monopoly": any(record.first("naturalMonopoly") == "yes" for record in records),
        "sole_trader": any(record.first("legalForm") == "ИП" for record in records)
        or any(n.form == "ИП" for m in members for n in m.names),
    }


def _identity(one: Cluster, known: Mapping[str, Known]) -> dict[str, Any]:
    return {"id": one.id, "ids": list(dict.fromkeys(known[key].record.id for key in one.keys)), "keys": list(one.keys)}


def _by_trust(one: Cluster, known: Mapping[str, Known], trust: Mapping[str, int]) -> list[str]:
    return sorted(one.keys, key=lambda key: (-trust.get(known[key].source, 0), key))


def _fullest(names: Iterable[PersonName]) -> PersonName:
    """The first name that has most parts written out."""
    found = list(names)
    if not found:
        return PersonName("")
    return max(
        found,
        key=lambda name: (
            sum(bool(part) and not part.endswith(".") for part in (name.last, name.first, name.patronymic)),
            -found.index(name),
        ),
    )


def _best_date(dates: Iterable[PartialDate]) -> PartialDate | None:
    found = list(dates)
    return next((date for date in found if date.complete), found[0] if found else None)


def _union(sets: Iterable[frozenset[str]]) -> list[str]:
    return sorted({value for one in sets for value in one})


def _words(names: Iterable[str]) -> str:
    return " ".join(sorted({word for name in names for word in _WORD.findall(name.lower().replace("ё", "е"))}))
