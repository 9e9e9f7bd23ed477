"""Entities as other programs hand them over: a JSON object in the FollowTheMoney shape, with the records that refer to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.dates import Day, parse_date
from domain.errors import BadValue, InputError
from domain.records import Place, Record
from graph_models.ftm import is_a, schema
from screening.decisive import judge_orgs, judge_people
from screening.facts import OrgFacts, PersonFacts, org_facts, person_facts, record_names
from screening.names.person import fold
from screening.organizations import read_org_name
from screening.verdicts import GROUNDS, Language, Verdict

PERSON, ORGANIZATION = "Person", "Organization"
_NOWHERE = Place("", 0)
_ACTS = ("startDate", "endDate", "date", "year")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity; `related` are records that refer to it, and whom those refer to."""

    record: Record
    related: tuple[Record, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """What it may be: a person, an organization; a LegalEntity may be either."""
        name = self.record.schema
        found = {kind for kind in (PERSON, ORGANIZATION) if is_a(name, kind)}
        return frozenset(found or ({PERSON, ORGANIZATION} if is_a(name, "LegalEntity") else ()))


def read_entity(value: Any, name: str = "entity") -> Entity:
    """The entity of a JSON value; InputError says what is wrong with it. Single values that make no sense are passed over later."""
    related = value.get("related") if isinstance(value, dict) else None
    if related is not None and not isinstance(related, list):
        raise InputError(f"{name}: related — не список.", f"{name}: `related` is no list.")
    entity = Entity(_record(value, name), tuple(_record(one, f"{name}.related") for one in related or ()))
    if not entity.kinds:
        raise InputError(
            f"{name}: схема {entity.record.schema} — не человек и не организация.",
            f"{name}: {entity.record.schema} is neither a person nor an organization.",
        )
    return entity


def compare(left: Entity, right: Entity) -> Verdict | None:
    """What the decisive tests say of the two; None for a person and an organization, which are never one."""
    kinds = left.kinds & right.kinds
    if PERSON in kinds:
        return judge_people(person_of("left", left), person_of("right", right))
    if ORGANIZATION in kinds:
        return judge_orgs(org_of("left", left), org_of("right", right))
    return None


def person_of(key: str, entity: Entity) -> PersonFacts:
    """What is known of a person, workplaces from the related records among it."""
    known = {one.id: one for one in entity.related if one.id}
    workplaces: set[str] = set()
    for one in entity.related:
        if one.schema in ("Employment", "IncomeDeclaration"):
            for employer in one.all("employer"):
                workplaces |= {f"id:{employer}", *(org_tokens(known[employer]) if employer in known else ())}
            workplaces |= {token for text in one.all("employerName") for token in _name_token(text)}
    seen = max((day for one in entity.related if one.schema != PERSON for day in _days(one)), default=0)
    return person_facts(key, entity.record, workplaces=workplaces, seen_on=seen)


def org_of(key: str, entity: Entity) -> OrgFacts:
    """What is known of an organization, directors from the related records among it."""
    known = {one.id: one for one in entity.related if one.id}
    directors: set[str] = set()
    for one in entity.related:
        if one.schema == "Directorship":
            for director in one.all("director"):
                directors |= {f"id:{director}", *(director_tokens(known[director]) if director in known else ())}
    return org_facts(key, entity.record, directors=directors)


def org_tokens(record: Record) -> Iterator[str]:
    """By what two mentions of an employer are seen to be one: numbers and names, the same words for both sides."""
    facts = org_facts("", record)
    yield from (f"inn:{inn}" for inn in facts.inn)
    yield from (f"ogrn:{ogrn}" for ogrn in facts.ogrn)
    yield from (token for text in record.all("name") for token in _name_token(text))


def director_tokens(record: Record) -> Iterator[str]:
    """By what two mentions of a director are seen to be one."""
    facts = person_facts("", record)
    yield from (f"inn:{inn}" for inn in facts.inn)
    yield from (f"fio:{fold(name).text}" for name in record_names(record) if name.first and name.patronymic)


def told(verdict: Verdict | None, language: Language) -> dict[str, Any]:
    """The answer of `sverka compare`. The probability is the test's prior until a calibrated model takes its place."""
    if verdict is None:
        none = GROUNDS["none"]
        return {"probability": 0.0, "grade": "none", "decisive": None, "features": [], "reason": none.code, "explanation": ""}
    return {
        "probability": verdict.probability,
        "grade": str(verdict.grade),
        "decisive": verdict.test if verdict.test != "none" else None,
        "features": [
            {"feature": row.feature, "left": row.left, "right": row.right, "outcome": str(row.outcome)} for row in verdict.compared
        ],
        "reason": verdict.ground.code,
        "explanation": verdict.explain(language),
    }


def _record(value: Any, name: str) -> Record:
    if not isinstance(value, dict):
        raise InputError(f"{name}: нужен объект JSON.", f"{name}: a JSON object is wanted.")
    said, properties = value.get("schema"), value.get("properties", {})
    if not isinstance(said, str) or schema(said) is None:
        raise InputError(f"{name}: схемы «{said}» нет.", f"{name}: there is no schema {said!r}.")
    if not isinstance(properties, Mapping):
        raise InputError(f"{name}: properties — не объект.", f"{name}: `properties` is no object.")
    kept = {str(prop): tuple(_texts(values)) for prop, values in properties.items()}
    key = value.get("id")
    return Record(str(key) if key is not None else "", said, {prop: texts for prop, texts in kept.items() if texts}, _NOWHERE)


def _texts(values: Any) -> Iterator[str]:
    """Values as strings; an entity in the place of its id counts as its id."""
    for given in values if isinstance(values, list) else [values]:
        value = given.get("id") if isinstance(given, Mapping) else given
        if value is not None and not isinstance(value, list) and str(value).strip():
            yield str(value).strip()


def _name_token(text: str) -> Iterable[str]:
    core = read_org_name(text).core.replace(" ", "")
    return (f"org:{core}",) if core else ()


def _days(record: Record) -> Iterator[Day]:
    for name in _ACTS:
        for text in record.all(name):
            try:
                yield parse_date(text).first
            except BadValue:
                continue
