"""Invented people for the tests of this folder, from feed properties, and strategies that draw pairs worth judging."""

from typing import Any

from hypothesis import strategies as st

from domain import identifiers as ids
from domain.records import Place, make
from screening.facts import OrgFacts, PersonFacts, org_facts, person_facts

PLACE = Place("invented.jsonl", 1)


def person(
    name: str,
    birth: str | tuple[str, ...] = "",
    *,
    key: str = "a:1",
    workplaces: Any = (),
    seen_on: int = 0,
    replaced: Any = (),
    **more: Any,
) -> PersonFacts:
    record = make("Person", key, PLACE, name=name, birthDate=birth, **more)
    return person_facts(key, record, workplaces=workplaces, seen_on=seen_on, replaced_inn=replaced)


def org(name: str | tuple[str, ...], *, key: str = "o:1", directors: Any = (), **more: Any) -> OrgFacts:
    return org_facts(key, make("Company", key, PLACE, name=name, **more), directors=directors)


def inn12(number: int) -> str:
    body = f"{number:010d}"
    return next(f"{body}{n:02d}" for n in range(100) if ids.inn_valid(f"{body}{n:02d}"))


def snils(number: int) -> str:
    body = f"{number:09d}"
    return body + ids.snils_control(body)


LAST = [
    "Гарипов",
    "Гарипова",
    "Гариповa",
    "Гориков",
    "Ли",
    "Лю",
    "Сафин",
    "Сафим",
    "Асфин",
    "Шайхутдинов",
    "Шайхетдинов",
    "Ахмедов",
    "Ахметов",
]
FIRST = ["Айдар", "Айдер", "Ильнар", "Ильнур", "Рашид", "Рашит", "А.", "Гузель", "Гузаль", "Ян", "Иан"]
FATHER = ["Ринатович", "Ринадович", "Ринатовна", "Ринат улы", "Рашитович", "Рашидович", "Р.", "", "Ринат"]
BIRTHS = ["1980-02-01", "1980-01-02", "1980-02-07", "1990-02-01", "1981-02-01", "1980", "1980-02", "1992-09-17", ""]


def people(key: str) -> st.SearchStrategy[PersonFacts]:
    """People of few names and dates, so that two of them often have much in common."""
    some = st.sampled_from
    return st.builds(
        lambda last, first, father, birth, former, inn, number, phone, address, work, sex, seen: person(
            f"{last} {first} {father}",
            birth,
            key=key,
            previousName=former,
            innCode=inn,
            socialSecurityNumber=number,
            phone=phone,
            address=address,
            workplaces=work,
            gender=sex,
            seen_on=seen,
        ),
        some(LAST),
        some(FIRST),
        some(FATHER),
        some(BIRTHS) | st.tuples(some(BIRTHS), some(BIRTHS)),
        some(["", "", "Сафин", "Ли", "Гарипова"]),
        some(["", "", inn12(12345678), inn12(98765432)]),
        some(["", "", snils(123456789), snils(87654303)]),
        some(["", "+7 843 299 12 34", "8 917 000 11 22"]),
        some(["", "Казань, ул. Баумана, д. 4", "г. Казань, Баумана 4"]),
        some([(), ("o:1",), ("o:2",)]),
        some(["", "", "male", "female"]),
        some([0, 0, 20200101]),
    )
