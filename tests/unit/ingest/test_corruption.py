"""Damage at the rates that corruption.yaml states, of the same records each time, and none that leaves a record without a name."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.city.corruption import Corruption, rates
from ingest.city.names import load

FULL = "Королёва Гузель Маратовна"
BORN = date(1980, 5, 3)
MANY = 4000


def test_every_kind_befalls_as_many_records_as_stated() -> None:
    spoil = Corruption(7, load())
    keys = [f"record {number}" for number in range(MANY)]
    names = [spoil.name(key, FULL) for key in keys]
    births = [spoil.birth(key, BORN) for key in keys]
    numbers = [spoil.number(key, "001234567887") for key in keys]
    assert names.count("Королёва Г.М.") / MANY == pytest.approx(rates()["name"]["initials"], abs=0.008)
    assert names.count("Королёва Гузель") / MANY == pytest.approx(rates()["name"]["no_patronymic"], abs=0.008)
    assert names.count("Королева Гузель Маратовна") / MANY == pytest.approx(rates()["name"]["yo"], abs=0.01)
    assert births.count("1980") / MANY == pytest.approx(rates()["birth"]["year_only"], abs=0.01)
    assert births.count(date(1980, 3, 5)) / MANY == pytest.approx(rates()["birth"]["turned"], abs=0.01)
    assert births.count("") / MANY == pytest.approx(rates()["birth"]["missing"], abs=0.012)
    assert numbers.count("") / MANY == pytest.approx(rates()["number"]["missing"], abs=0.012)
    assert numbers.count("1234567887") / MANY == pytest.approx(rates()["number"]["lost_zeros"], abs=0.01)
    assert not any(spoil.number(key, "") for key in keys)
    assert 0.85 < sum(name == FULL for name in names) / MANY < 0.95


def test_the_seed_and_the_record_decide_and_a_name_is_left() -> None:
    line = {"id": "p1", "schema": "Person", "properties": {"name": [FULL], "lastName": ["Королёва"], "birthDate": ["1980-05-03"]}}
    family = {"id": "f", "schema": "Family", "properties": {"person": ["p1"]}}
    lines = [{**line, "id": f"p{number}"} for number in range(300)] + [family]
    one = list(Corruption(7, load()).lines("zags", lines))
    assert one == list(Corruption(7, load()).lines("zags", lines))
    assert one[5:] == list(Corruption(7, load()).lines("zags", lines[5:]))
    assert one != list(Corruption(8, load()).lines("zags", lines))
    assert one[-1] == family
    assert all(record["properties"]["name"][0] for record in one[:-1])
    assert all("lastName" not in record["properties"] for record in one[:-1] if record["properties"]["name"] != [FULL])
