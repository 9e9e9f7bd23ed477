"""Requisites in a form in which equal ones are equal strings, without those that say nothing."""

from __future__ import annotations

import pytest

from queries.derive.requisites import requisites_of


@pytest.mark.parametrize(
    ("name", "one", "two"),
    [
        ("phone", "+7 917 100-20-30", "8 (917) 100-20-30"),
        ("email", "Zilya@Test.example", "zilya@test.example"),
        ("bankAccount", "049205603/40817810700000000001", "049205603 40817810700000000001"),
    ],
)
def test_two_spellings_are_one_requisite(name: str, one: str, two: str) -> None:
    assert requisites_of({name: (one,)}) == requisites_of({name: (two,)}) != set()


@pytest.mark.parametrize(
    "text", ["Казань", "Казань, ул. Лесная, 7, общежитие", "БЦ «Тест», Казань, ул. Мира, 3", "МФЦ, Казань, ул. Мира, 3"]
)
def test_where_everybody_sits_is_no_requisite(text: str) -> None:
    assert requisites_of({"address": (text,)}) == set()


def test_kinds_are_told_apart() -> None:
    found = requisites_of({"phone": ("+7 917 100-20-30",), "address": ("Казань, ул. Тестовая, д. 5, кв. 9",), "bankAccount": ("12",)})
    assert {kind for kind, _ in found} == {"phone", "address"}
