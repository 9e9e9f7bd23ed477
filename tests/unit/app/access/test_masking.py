"""Masks of personal data: what is left of a name, a number, a person, a finding and a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.access.masking import (
    mask_date,
    mask_day,
    mask_email,
    mask_entity,
    mask_finding,
    mask_inn,
    mask_name,
    mask_passport,
    mask_person,
    mask_phone,
    mask_snils,
    mask_text,
)


@pytest.mark.parametrize(("name", "masked"), [
    ("Хайруллин Айдар Ринатович", "Х… А.Р."),
    ("Айдар Ринатович Хайруллин", "Х… А.Р."),
    ("ХАЙРУЛЛИН АЙДАР РИНАТОВИЧ", "Х… А.Р."),
    ("Хайруллин А. Р.", "Х… А.Р."),
    ("Хайруллин А.Р.", "Х… А.Р."),
    ("Мамедов Али Гасан оглы", "М… А.Г."),
    ("Сафина (Иванова) Гузель Маратовна", "С… Г.М."),
    ("Петрова-Водкина Анна Ильинична", "П… А.И."),
    ("Ким", "К…"),
    ("Әхмәтов Җәлил", "Ә… Җ."),
    ("ИП Иванов Иван Иванович", "ИП И… И.И."),
    ("", "…"),
    ("—", "…"),
])  # fmt: skip
def test_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_numbers() -> None:
    assert mask_inn("165812345673") == "••••5673"
    assert mask_inn("12") == "••••"
    assert mask_snils("112-233-443 95") == mask_snils("11223344395") == "•••-•••-••3 95"
    assert mask_snils("1") == "•••-•••-•••"
    assert mask_passport("9205 123456") == "•••"
    assert mask_phone("+7 (843) 123-45-67") == "••• ••-67"
    assert mask_email("ivanov@mail.kzn.ru") == "i•••@•••.ru"
    assert mask_email("nonsense") == "•••"
    assert mask_date("1979-03-14") == "1979"
    assert [mask_day(day) for day in (19790314, 0, 99999999)] == [19790101, 0, 99999999]


PERSON = {
    "id": "hr:1", "ids": ["1"], "keys": ["hr:1"], "name": "Хайруллин Айдар Ринатович", "last": "Хайруллин", "first": "Айдар",
    "patronymic": "Ринатович", "former": ["Иванов"], "fold": "хайруллин айдар", "words": "хайруллин айдар", "birth": "1979-03-14",
    "birth_lo": 19790314, "birth_hi": 19790314, "death_hi": 99999999, "gender": "male", "inn": ["165812345673"], "snils": ["11223344395"],
    "passport": ["9205123456"], "phones": ["+78431234567"], "emails": ["a@b.ru"], "addresses": ["Казань, Кремлёвская, 1"], "official": True,
}  # fmt: skip


def test_person_of_the_graph() -> None:
    masked = mask_person(PERSON)
    text = json.dumps(masked, ensure_ascii=False)
    secrets = ("Хайруллин", "Айдар", "Ринатович", "Иванов", "хайруллин", "03-14", "0314", "1658", "112233", "9205", "7843", "a@b", "Кремл")
    for secret in secrets:
        assert secret not in text
    assert (masked["id"], masked["gender"], masked["official"], masked["inn"]) == ("hr:1", "male", True, ["••••5673"])
    assert mask_person({"birth": None}) == {"birth": None}


def test_entity_of_the_feed() -> None:
    name = "Сафин Марат Ильич"
    person = {"id": "1", "schema": "Person", "caption": name, "properties": {"name": [name], "birthDate": ["1980-01-02"]}}
    assert mask_entity(person) == {
        "id": "1", "schema": "Person", "caption": "С… М.И.", "properties": {"name": ["С… М.И."], "birthDate": ["1980"]},
    }  # fmt: skip
    firm = {"id": "f", "schema": "Company", "caption": "ООО «Роза»", "properties": {"name": ["ООО «Роза»"], "innCode": ["1660123456"]}}
    assert mask_entity(firm) == firm
    properties = {"name": [f"ИП {name}"], "innCode": ["165812345673"]}
    trader = {"id": "t", "schema": "Company", "caption": f"ИП {name}", "properties": properties}
    assert mask_entity(trader)["caption"] == "ИП С… М.И."
    assert mask_entity(trader)["properties"] == {"name": ["ИП С… М.И."], "innCode": ["••••5673"]}


@pytest.mark.parametrize(("text", "masked"), [
    ("у Сафина Марата Ильича", "у С… М.И."),
    ("с Хайруллиной Гузелью Маратовной", "с Х… Г.М."),
    ("Марат Ильич Сафин подписал", "С… М.И. подписал"),
    ("Марат Ильич подписал", "М… И. подписал"),
    ("директор ХАЙРУЛЛИН АЙДАР РИНАТОВИЧ", "директор Х… А.Р."),
    ("Хайруллин А. Р. и Сафин М.И.", "Х… А.Р. и С… М.И."),
    ("брат Мамедов Али Гасан оглы", "брат М… А.Г."),
    ("ИНН 165812345673", "ИНН ••••5673"),
    ("СНИЛС 112-233-443 95", "СНИЛС •••-•••-••3 95"),
    ("звонить +7 (843) 123-45-67", "звонить ••• ••-67"),
    ("паспорт 9205 № 123456", "паспорт •••"),
    ("писать a.b@kzn.ru", "писать •••@•••"),
    ("на высоком уровне, ООО «Ромашка», школа имени Габдуллы Тукая", "на высоком уровне, ООО «Ромашка», школа имени Габдуллы Тукая"),
    ("договор от 12.05.2025 на 1 200 000,00 ₽, ИНН 1660123456", "договор от 12.05.2025 на 1 200 000,00 ₽, ИНН 1660123456"),
])  # fmt: skip
def test_text(text: str, masked: str) -> None:
    assert mask_text(text) == masked


def test_text_with_known_people() -> None:
    known = ["Ким Ольга", "Аулов Марат"]
    assert mask_text("Ким Ольга и Аулова; Ольге Ким", known).count("К… О.") >= 1
    assert mask_text("у Аулова Марата доля", known) == "у А… М. доля"
    assert mask_text("Аулову отказано", known) == "А… М. отказано"


FINDING: dict[str, Any] = {
    "id": "f1", "rule": "R-06", "severity": "HIGH", "status": "NEW", "outcome": "fired",
    "event": {"id": "e1", "schema": "Contract", "date": "2025-05-12", "title": "Договор с ИП Сафин Марат Ильич"}, "events": [],
    "official": {"id": "1", "ids": ["1"], "name": "Хайруллин Айдар", "role": "signs"},
    "counterparty": {"id": "f", "ids": ["f"], "name": "ООО «Ромашка»"}, "kin": {"path": "SB", "term": "шурин"}, "share": 0.6,
    "modifiers": ["R-23"], "missing": [], "law": [{"act": "273-ФЗ", "article": "10", "since": "2008-12-25"}],
    "chain": [
        {"from": "1", "to": "2", "from_name": "Хайруллин Айдар", "to_name": "Сафина Гузель", "type": "SPOUSE_OF", "start": "2001-02-03",
         "source": "zags:1"},
        {"from": "2", "to": "3", "to_name": "Сафин Марат", "type": "SIBLING_OF", "start": None, "source": "zags:2"},
    ],
    "sentence": "Возможный конфликт интересов: Хайруллин Айдар подписал договор с ООО «Ромашка», 60 % у Сафина Марата "
                "(брат Сафиной Гузели).",
    "evidence_sha256": "a" * 64,
}  # fmt: skip


def test_finding() -> None:
    masked = mask_finding(FINDING)
    text = json.dumps(masked, ensure_ascii=False)
    for secret in ("Хайруллин", "Айдар", "Сафин", "Марат", "Гузел"):
        assert secret not in text
    assert masked["official"]["name"] == "Х… А."
    assert masked["counterparty"]["name"] == "ООО «Ромашка»"
    assert masked["sentence"] == ("Возможный конфликт интересов: Х… А. подписал договор с ООО «Ромашка», 60 % у С… М. (брат С… Г.).")
    for kept in ("id", "rule", "kin", "share", "law", "modifiers", "evidence_sha256", "status"):
        assert masked[kept] == FINDING[kept]
    assert masked["chain"][0]["start"] == "2001-02-03"


def test_finding_about_a_person() -> None:
    masked = mask_finding(FINDING | {"counterparty": {"id": "p", "name": "Ли Вэй"}, "sentence": "услуга для Ли Вэй"})
    assert masked["counterparty"]["name"] == "Л… В."
    assert "Вэй" not in masked["sentence"]


SURNAMES = st.sampled_from(["Иванов", "Сафин", "Кудрявый", "Ли", "Шевченко", "Хайруллина", "Толстая", "Мусин-Пушкин"])
FIRSTS = st.sampled_from(["Иван", "Гузель", "Илья", "Анна", "Юлия", "Лев"])
PATRONYMICS = st.sampled_from(["Иванович", "Ильинична", "Ильич", "Маратовна", "Львович", "Сергеевна", "Кузьмич"])


@settings(max_examples=100)
@given(SURNAMES, FIRSTS, PATRONYMICS, st.sampled_from(["{n} подписал", "за {n}.", "({n})", "1) {n}; 2) {n}", "{n}"]))
def test_no_full_name_survives(last: str, first: str, patronymic: str, frame: str) -> None:
    masked = mask_text(frame.replace("{n}", f"{last} {first} {patronymic}"))
    assert last not in masked
    assert patronymic not in masked
    assert mask_text(masked) == masked, "masking twice changes nothing"
