"""What the records that refer to a person say of his life: work, regions, relatives, incomes, real estate, vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.dates import parse_date
from domain.errors import BadValue
from domain.records import Record
from domain.yaml_text import load_yaml
from screening.names.parsing import read_name
from screening.names.person import fold
from screening.organizations import OrgName, read_org_name
from screening.orgs.letters import sound
from screening.orgs.stems import stem

_DATA: Mapping[str, Any] = load_yaml((Path(__file__).parent / "posts.yaml").read_text(encoding="utf-8"))
LADDER = frozenset(_DATA["ladder"])
_RANKS = sorted(((tuple(words.split()), rank) for words, rank in _DATA["ranks"]), key=lambda row: -sum(map(len, row[0])))
_REGIONS = {form: row[0] for row in _DATA["regions"] for form in row}
_MAKES = sorted(((form, row[0]) for row in _DATA["makes"] for form in row), key=lambda row: -len(row[0]))
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NUMBER = re.compile(r"[0-9]+(?:[  ][0-9]{3})*(?:[.,][0-9]+)?")
_REGION_KIND = re.compile(r"\b(?:республика|респ|область|обл|край|автономный округ|автономная область|ао|россия|рф)\b\.?")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_CAR_NOISE = re.compile(r"\b(?:автомобил\w*|легков\w*|а/м|машина|марк\w+|модел\w+|г\.?\s?в|года?|выпуска)\b\.?")
ALWAYS = 9999
LONGEST = 300
"""Characters of one value that are read."""
SPOUSE, CHILD, KIN = "spouse", "child", "kin"
_RELATIONS = {
    **dict.fromkeys(("spouse", "жена", "муж", "супруг", "супруга"), SPOUSE),
    **dict.fromkeys(("child", "сын", "дочь", "adopted_child", "parent", "отец", "мать", "adoptive_parent"), CHILD),
}


@dataclass(frozen=True, slots=True)
class Job:
    """One post for some years, both inclusive; 0 where unknown, ALWAYS where it has not ended. `rank` 0: on no known ladder."""

    employer: OrgName | None = None
    department: frozenset[str] = frozenset()
    post: frozenset[str] = frozenset()
    rank: int = 0
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Relative:
    """A named relative; `name` is given name and patronymic folded (a surname changes), or the whole name where that is all."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Incomes are (year, roubles), year 0 where unknown; areas are in tenths of a square metre; vehicles are folded texts."""

    jobs: tuple[Job, ...] = ()
    regions: frozenset[str] = frozenset()
    relatives: frozenset[Relative] = frozenset()
    incomes: tuple[tuple[int, int], ...] = ()
    spouse_incomes: tuple[tuple[int, int], ...] = ()
    areas: frozenset[int] = frozenset()
    spouse_areas: frozenset[int] = frozenset()
    vehicles: frozenset[str] = frozenset()
    spouse_vehicles: frozenset[str] = frozenset()


NOTHING_KNOWN = Circumstances()


def circumstances(record: Record, related: Iterable[Record]) -> Circumstances:
    """What the person's own record (position, region) and those that refer to him say; what can't be read is passed over."""
    others = tuple(related)
    if not others and _OWN.isdisjoint(record.properties):
        return NOTHING_KNOWN
    known = {one.id: one for one in others if one.id}
    said = [one for one in others if one.schema in {"IncomeDeclaration", "Employment"}]
    said += [record] if record.schema == "IncomeDeclaration" or record.properties.keys() & _OWN else []
    declared = [one for one in said if one.schema != "Employment"]
    return Circumstances(
        jobs=tuple(dict.fromkeys(job for one in said for job in _jobs(one, known))),
        regions=frozenset(filter(None, (fold_region(text) for one in said for text in one.all("region")))),
        relatives=frozenset(_relatives(record, others, known)),
        incomes=_incomes(declared, "income"),
        spouse_incomes=_incomes(declared, "spouseIncome"),
        areas=_areas(declared, "realEstate"),
        spouse_areas=_areas(declared, "spouseRealEstate", "childRealEstate"),
        vehicles=_vehicles(declared, "vehicle"),
        spouse_vehicles=_vehicles(declared, "spouseVehicle", "childVehicle"),
    )


_OWN = frozenset(["position", "region", "employerName", "role", "income", "realEstate", "vehicle", "department"])


@lru_cache(maxsize=1 << 14)
def fold_region(text: str) -> str:
    """`Республика Татарстан`, `РТ`, `Татарстан` → `татарстан`; empty where nothing is named."""
    lowered = text[:LONGEST].lower().replace("ё", "е").replace("(", " ").replace(")", " ")
    bare = " ".join(_WORD.findall(_REGION_KIND.sub(" ", lowered)))
    whole = " ".join(_WORD.findall(lowered))
    return _REGIONS.get(whole) or _REGIONS.get(bare) or bare


@lru_cache(maxsize=1 << 14)
def fold_words(text: str) -> frozenset[str]:
    """Stems of the words: another case or order says the same."""
    return frozenset(stem(word) for word in _WORD.findall(text[:LONGEST].lower().replace("ё", "е")) if len(word) > 1 or word.isdigit())


@lru_cache(maxsize=1 << 14)
def post_rank(post: frozenset[str]) -> int:
    """The step on the ladder, 0 where none is known."""
    return next((rank for words, rank in _RANKS if all(any(one.startswith(word) for one in post) for word in words)), 0)


@lru_cache(maxsize=1 << 14)
def fold_vehicle(text: str) -> str:
    """`Легковой автомобиль Тойота Камри, 2015 г.в.` and `TOYOTA CAMRY` → one text: the make, then the model as it sounds."""
    lowered = _CAR_NOISE.sub(" ", _YEAR.sub(" ", text[:LONGEST].lower().replace("ё", "е")))
    lowered = " ".join(_WORD.findall(lowered))
    for form, make in _MAKES:
        if lowered == form or lowered.startswith(f"{form} "):
            lowered = f"{make} {lowered[len(form) :].strip()}"
            break
    make, _, model = lowered.partition(" ")
    return f"{make} {''.join(sound(word) for word in model.split())}".strip()


def read_number(text: str) -> float | None:
    """`1 234 567,89` → 1234567.89; the number with a fraction where there are several («квартира 2, 54,3 кв. м»)."""
    found = _NUMBER.findall(text[:LONGEST])
    if not found:
        return None
    best = next((one for one in found if "," in one or "." in one), found[0])
    return float(re.sub("[  ]", "", best).replace(",", "."))


def _jobs(one: Record, known: Mapping[str, Record]) -> Iterator[Job]:
    first, last = _years(one)
    post = fold_words(next(iter((*one.all("role"), *one.all("position"))), ""))
    department = fold_words(one.first("department") or "")
    names = [text for key in one.all("employer") if key in known for text in known[key].all("name")[:1]]
    names += [text for text in one.all("employerName") if text.strip()]
    job = Job(None, department, post, post_rank(post), first, last)
    if names:
        yield from (replace(job, employer=read_org_name(text[:LONGEST])) for text in dict.fromkeys(names))
    elif post or department:
        yield job


def _years(one: Record) -> tuple[int, int]:
    if one.schema == "Employment":
        first, last = _year(one.first("startDate")), _year(one.first("endDate"))
        return first, last or (ALWAYS if first else 0)
    year = _year(one.first("year")) or _year(one.first("date"))
    return year, year


def _year(text: str | None) -> int:
    try:
        return parse_date(text).first // 10000 if text else 0
    except BadValue:
        return 0


def _relatives(record: Record, others: Iterable[Record], known: Mapping[str, Record]) -> Iterator[Relative]:
    for one in others:
        if one.schema == "Family":
            word = (one.first("relationship") or "").strip().lower()
            kind = _RELATIONS.get(word, KIN)
            ends = [key for key in (*one.all("person"), *one.all("relative")) if key != record.id]
            yield from _named(ends, known, kind)
        elif one.schema == "IncomeDeclaration":
            yield from _named(one.all("spouse"), known, SPOUSE)
            yield from _named(one.all("child"), known, CHILD)


def _named(ends: Iterable[str], known: Mapping[str, Record], kind: str) -> Iterator[Relative]:
    for end in ends:
        texts = known[end].all("name")[:1] if end in known else (end,) if " " in end.strip() else ()
        for text in texts:
            name = fold(read_name(text[:LONGEST]).name)
            if name.first and name.patronymic and not name.abbreviated:
                yield Relative(kind, f"{name.first} {name.patronymic}")
            elif name.last and name.first:
                yield Relative(kind, name.text)


def _incomes(declared: Iterable[Record], prop: str) -> tuple[tuple[int, int], ...]:
    found: dict[int, int] = {}
    for one in declared:
        amounts = [amount for text in one.all(prop) if (amount := read_number(text))]
        if amounts:
            year = _years(one)[0]
            found[year] = max(found.get(year, 0), round(max(amounts)))
    return tuple(sorted(found.items()))


def _areas(declared: Iterable[Record], *props: str) -> frozenset[int]:
    values = (read_number(text) for one in declared for prop in props for text in one.all(prop))
    return frozenset(round(value * 10) for value in values if value and value < 1e8)


def _vehicles(declared: Iterable[Record], *props: str) -> frozenset[str]:
    return frozenset(filter(None, (fold_vehicle(text) for one in declared for prop in props for text in one.all(prop))))
