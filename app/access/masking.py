"""Masks for personal data: «Х… А.Р.», ••••5673, •••-•••-••3 95; pure functions over values, records and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.access.masked_text import looks_like_organization, mask_name, mask_text, person_pattern

__all__ = [
    "mask_date", "mask_day", "mask_email", "mask_entity", "mask_finding", "mask_inn", "mask_json", "mask_name", "mask_passport",
    "mask_person", "mask_phone", "mask_snils", "mask_text",
]  # fmt: skip

HIDDEN = "•••"


def mask_inn(value: str) -> str:
    """Only the last four digits."""
    return "••••" + value[-4:] if len(value) > 4 else "••••"


def mask_snils(value: str) -> str:
    """The last digit of the number and the control digits: •••-•••-••3 95."""
    digits = [sign for sign in value if sign.isdigit()]
    return f"•••-•••-••{digits[8]} {digits[9]}{digits[10]}" if len(digits) == 11 else "•••-•••-•••"


def mask_passport(_value: str) -> str:
    """Nothing of a passport is shown."""
    return HIDDEN


def mask_phone(value: str) -> str:
    """The last two digits."""
    digits = [sign for sign in value if sign.isdigit()]
    return f"••• ••-{digits[-2]}{digits[-1]}" if len(digits) >= 5 else HIDDEN


def mask_email(value: str) -> str:
    """The first sign and the top-level domain."""
    local, at, host = value.partition("@")
    return f"{local[:1]}•••@•••.{host.rsplit('.', 1)[-1]}" if at and "." in host else HIDDEN


def mask_date(value: str) -> str:
    """The year."""
    return value[:4]


def mask_day(value: int) -> int:
    """The first of January of the year of a YYYYMMDD day; the marks for unknown and open stay."""
    return value if value in (0, 99999999) else value // 10000 * 10000 + 101


def hide(_value: str) -> str:
    """What has no safe part."""
    return HIDDEN


Mask = Callable[[str], str]
FIELDS: Mapping[str, Mask] = {
    "name": mask_name, "caption": mask_name, "alias": mask_name, "previousName": mask_name, "former": mask_name,
    "lastName": lambda v: v[:1] + "…", "last": lambda v: v[:1] + "…",
    "firstName": lambda v: v[:1] + ".", "first": lambda v: v[:1] + ".",
    "fatherName": lambda v: v[:1] + ".", "patronymic": lambda v: v[:1] + ".", "middleName": lambda v: v[:1] + ".",
    "birthDate": mask_date, "birth": mask_date, "deathDate": mask_date,
    "innCode": mask_inn, "inn": mask_inn, "taxNumber": mask_inn,
    "socialSecurityNumber": mask_snils, "snils": mask_snils,
    "passportNumber": mask_passport, "passport": mask_passport, "idNumber": mask_passport,
    "phone": mask_phone, "phones": mask_phone, "email": mask_email, "emails": mask_email,
    "address": hide, "addresses": hide, "addressEntity": hide, "birthPlace": hide, "bankAccount": hide,
    "fold": hide, "words": hide, "payload": hide, "ogrnCode": mask_inn, "ogrn": mask_inn,
}  # fmt: skip
"""Mask of each property of a person, by its name in the feed and in the graph."""
DAYS = frozenset({"birth_lo", "birth_hi", "death_lo", "death_hi"})
_KEPT = frozenset({
    "id", "ids", "keys", "key", "rule", "rule_version", "status", "severity", "outcome", "schema", "type", "source", "record", "via",
    "evidence_sha256", "derived_from", "start", "end", "date", "as_of", "lists", "path", "code", "grade", "decisive", "units", "modifiers",
    "missing", "settled_by", "act", "article", "since", "since_on", "recorded_at", "superseded_at", "from_id", "to_id", "event_id",
})  # fmt: skip
"""Keys of a finding whose text is an identifier or a word of a vocabulary, never a name."""


def mask_person(record: Mapping[str, Any]) -> dict[str, Any]:
    """A person's properties, of the feed or of the graph, with every personal one masked; values or lists of values."""
    return {name: _masked_field(name, value) for name, value in record.items()}


def _masked_field(name: str, value: Any) -> Any:
    if name in DAYS and isinstance(value, int):
        return mask_day(value)
    mask = FIELDS.get(name)
    if mask is None or value is None:
        return value
    if isinstance(value, list | tuple):
        return [mask(str(one)) for one in value]
    return mask(str(value))


def mask_entity(entity: Mapping[str, Any]) -> dict[str, Any]:
    """An FtM-shaped entity: a person's caption and properties are masked, a sole trader's name and number too, a firm stays as it is."""
    if entity.get("schema") == "Person":
        shown = dict(entity) | {"properties": mask_person(entity.get("properties") or {})}
        if entity.get("caption"):
            shown["caption"] = mask_name(str(entity["caption"]))
        return shown
    masked: dict[str, Any] = mask_json(dict(entity))
    return masked


def mask_finding(finding: Mapping[str, Any]) -> dict[str, Any]:
    """A finding of contract 4 with people masked everywhere: official, counterparty, chain, sentence and what was tested.

    Ids stay: they open the card, which asks for a purpose.
    """
    known = tuple(_people_named(finding))
    masked: dict[str, Any] = mask_json(dict(finding), known)
    for end in ("official", "counterparty"):
        side = finding.get(end)
        if isinstance(side, Mapping) and side.get("name") and _is_person(side, official=end == "official"):
            masked[end]["name"] = mask_name(str(side["name"]))
    return masked


def mask_json(value: Any, known: Iterable[str] = (), key: str = "") -> Any:
    """Any JSON with names and numbers in its texts masked; `known` are full names that are certainly people's."""
    names = tuple(known)
    if isinstance(value, Mapping):
        if value.get("schema") == "Person":
            value = mask_person(value)
        return {name: mask_json(one, names, name) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [mask_json(one, names, key) for one in value]
    if isinstance(value, str) and key not in _KEPT:
        return mask_text(value, names)
    return value


def _people_named(value: Any, key: str = "") -> Iterable[str]:
    """Full names of people that stand somewhere in the JSON as names, not in running text."""
    if isinstance(value, Mapping):
        if value.get("name") and _is_person(value, official=key == "official"):
            yield str(value["name"])
        for name, one in value.items():
            if name.endswith("_name") and isinstance(one, str) and one and not looks_like_organization(one):
                yield one
            yield from _people_named(one, name)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _people_named(one, key)


def _is_person(side: Mapping[str, Any], *, official: bool) -> bool:
    schema = side.get("schema")
    if schema:
        return str(schema) == "Person"
    name = str(side["name"])
    return official or bool(person_pattern().fullmatch(name)) or not looks_like_organization(name)
