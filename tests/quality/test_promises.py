"""Pairs that screening was promised to see through, one by one; each with a waterfall that says why."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from screening.entities import compare, read_entity, told

TABLES = yaml.safe_load(Path(__file__).with_name("promises.yaml").read_text(encoding="utf-8"))


def pairs(kind: str) -> Iterator[Any]:
    for same in (True, False):
        for row in TABLES[f"{kind}_{'same' if same else 'different'}"]:
            left, right = (part.strip() for part in row.split("|"))
            yield pytest.param(left, right, same, id=f"{left} | {right}")


def answer(schema: str, left: str, right: str) -> dict[str, Any]:
    one, two = ({"schema": schema, "properties": {"name": [name]}} for name in (left, right))
    return told(compare(read_entity(one, "left"), read_entity(two, "right")), "ru")


@pytest.mark.parametrize(("left", "right", "same"), list(pairs("people")))
def test_people(left: str, right: str, same: bool) -> None:
    for one, two in ((left, right), (right, left)):
        got = answer("Person", one, two)
        assert (got["probability"] >= 0.5) == same, got
        assert got["features"]


@pytest.mark.parametrize(("left", "right", "same"), list(pairs("organizations")))
def test_organizations(left: str, right: str, same: bool) -> None:
    for one, two in ((left, right), (right, left)):
        got = answer("Organization", one, two)
        assert (got["probability"] >= 0.5) == same, got
        assert got["features"]


@pytest.mark.parametrize("schema", ["Person", "Organization"])
@pytest.mark.parametrize("text", TABLES["nothing"])
def test_emptiness_is_no_likeness(schema: str, text: str) -> None:
    if schema == "Organization" and text in ("Гарипов", "А.Р.", "Фамилия Имя Отчество"):
        pytest.skip("a word or a few letters may be a firm's whole name")
    assert answer(schema, text, text)["probability"] < 0.5


def test_a_long_name_is_answered() -> None:
    assert answer("Person", "Гарипов " * 1250, "Гарипов Айдар Ринатович")["probability"] < 0.5
