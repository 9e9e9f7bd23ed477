"""Entities as other programs hand them over: a JSON object in the FollowTheMoney shape, with the records that refer to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from domain.dates import Day, parse_date
from domain.errors import BadValue, InputError
from domain.records import Place, Record
from graph_models.ftm import is_a, schema
from screening.comparison import Compared
from screening.decisive import judge_orgs, judge_people
from screening.explain import Step
from screening.facts import OrgFacts, PersonFacts, org_facts, person_facts, record_names
from screening.names.person import fold
from screening.organizations import read_org_name
from screening.orgs.names import trader_name
from screening.remarks import identifier_remarks
from screening.verdicts import GROUNDS, Language, Verdict

PERSON, ORGANIZATION = "Person", "Organization"
_NOWHERE = Place("", 0)
REMEMBERED = 1 << 15
"""Entities that are remembered as read: files of candidates name the same ones again and again."""
_ACTS = ("startDate", "endDate", "date", "year")


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """One entity; `related` are records that refer to it, and whom those refer to. Equal only to itself, so that it can be remembered."""

    record: Record
    related: tuple[Record, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """What it may be: a person, an organization; a LegalEntity may be either."""
        return _kinds(self.record.schema)


@cache
def _kinds(name: str) -> frozenset[str]:
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
    """What tests and model say of the two; None for a person and an organization, which are never one.

    A sole trader's firm is the person who trades: against a person, or another trader, it is compared as that person. A
    LegalEntity may be either; two of them are persons unless a name of theirs has a legal form.
    """
    one, two = _sides(left), _sides(right)
    if PERSON in one and PERSON in two and not _firms(left, right):
        return judge_people(_person(left), _person(right))
    if ORGANIZATION in left.kinds and ORGANIZATION in right.kinds:
        return judge_orgs(_org(left), _org(right))
    return None


@lru_cache(maxsize=REMEMBERED)
def _person(entity: Entity) -> PersonFacts:
    return person_of("", entity)


@lru_cache(maxsize=REMEMBERED)
def _org(entity: Entity) -> OrgFacts:
    return org_of("", entity)


def _sides(entity: Entity) -> frozenset[str]:
    return entity.kinds | {PERSON} if _trader(entity.record) else entity.kinds


def _firms(left: Entity, right: Entity) -> bool:
    """Neither is a Person by schema, and one bears a firm's name."""
    if PERSON in {left.record.schema, right.record.schema}:
        return False
    sides = [side for side in (left, right) if not _trader(side.record)]
    return any(read_org_name(text).form for side in sides for text in side.record.all("name"))


def _trader(record: Record) -> str | None:
    """The person's name of a sole trader; a form stated apart (legalForm ИП) counts too."""
    if record.schema == PERSON or not is_a(record.schema, "LegalEntity"):
        return None
    form = record.first("legalForm") or ""
    for text in record.all("name"):
        if name := trader_name(text) or (trader_name(f"{form} {text}") if form else None):
            return name
    return None


def person_of(key: str, entity: Entity) -> PersonFacts:
    """What is known of a person, workplaces from the related records among it."""
    if not entity.related:
        return person_facts(key, _as_person(entity.record))
    known = {one.id: one for one in entity.related if one.id}
    workplaces: set[str] = set()
    for one in entity.related:
        if one.schema in ("Employment", "IncomeDeclaration"):
            for employer in one.all("employer"):
                workplaces |= set(org_tokens(known[employer]) if employer in known else (f"id:{employer}",))
            workplaces |= {token for text in one.all("employerName") for token in _name_token(text)}
    seen = max((day for one in entity.related if one.schema != PERSON for day in _days(one)), default=0)
    return person_facts(key, _as_person(entity.record), related=entity.related, workplaces=workplaces, seen_on=seen)


def _as_person(record: Record) -> Record:
    name = _trader(record)
    return replace(record, properties={**record.properties, "name": (name,)}) if name else record


def org_of(key: str, entity: Entity) -> OrgFacts:
    """What is known of an organization, directors from the related records among it."""
    known = {one.id: one for one in entity.related if one.id}
    directors: set[str] = set()
    for one in entity.related:
        if one.schema == "Directorship":
            for director in one.all("director"):
                directors |= set(director_tokens(known[director]) if director in known else (f"id:{director}",))
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


def told(verdict: Verdict | None, language: Language, remarks: Iterable[str] = ()) -> dict[str, Any]:
    """The answer of `sverka compare`: the features with their weights and words, and the waterfall from prior to probability."""
    said = list(remarks)
    if verdict is None:
        none = GROUNDS["none"]
        return {
            "probability": 0.0,
            "grade": "none",
            "decisive": None,
            "features": [],
            "reason": none.code,
            "explanation": "",
            "waterfall": [],
            "remarks": said,
        }
    steps = verdict.waterfall(language)
    return {
        "probability": round(verdict.probability, 6),
        "grade": str(verdict.grade),
        "decisive": verdict.test if verdict.test != "none" else None,
        "features": _features(verdict.compared, steps),
        "reason": verdict.ground.code,
        "explanation": verdict.explain(language),
        "waterfall": [step.told() for step in steps],
        "remarks": said,
    }


def remarks_of(left: Entity, right: Entity, language: Language) -> list[str]:
    """What was noticed about the identifiers of both: numbers destroyed by a spreadsheet, zeros restored."""
    found = [remark for side in (left, right) for record in (side.record, *side.related) for remark in identifier_remarks(record)]
    return list(dict.fromkeys(filter(None, (one.message_ru if language == "ru" else one.message_en for one in found))))


_OF_NAME = frozenset(["surname", "given", "patronymic", "order"])


def _features(rows: Iterable[Compared], steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The features as the tests see them, with what the model's steps for them weigh; the name has a step for each part."""
    weights: dict[str, float] = {}
    words: dict[str, str] = {}
    for step in steps:
        name = "name" if step.feature in _OF_NAME else step.feature
        weights[name] = weights.get(name, 0.0) + step.weight
        words[name] = f"{words[name]}; {step.words}" if name in words else step.words
    return [
        {
            "feature": name,
            "left": left,
            "right": right,
            "outcome": outcome.value,
            "weight": round(weights.get(name, 0.0), 4),
            "words": words.get(name, ""),
        }
        for name, left, right, outcome in rows
    ]


def _record(value: Any, name: str) -> Record:
    if not isinstance(value, dict):
        raise InputError(f"{name}: нужен объект JSON.", f"{name}: a JSON object is wanted.")
    said, properties = value.get("schema"), value.get("properties", {})
    if not isinstance(said, str) or schema(said) is None:
        raise InputError(f"{name}: схемы «{said}» нет.", f"{name}: there is no schema {said!r}.")
    if not isinstance(properties, Mapping):
        raise InputError(f"{name}: properties — не объект.", f"{name}: `properties` is no object.")
    kept = {str(prop): texts for prop, values in properties.items() if (texts := _texts(values))}
    key = value.get("id")
    return Record(str(key) if key is not None else "", said, kept, _NOWHERE)


def _texts(values: Any) -> tuple[str, ...]:
    """Values as strings; an entity in the place of its id counts as its id."""
    found = []
    for given in values if isinstance(values, list) else [values]:
        value = given.get("id") if isinstance(given, Mapping) else given
        if value is not None and not isinstance(value, list) and (text := str(value).strip()):
            found.append(text)
    return tuple(found)


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
