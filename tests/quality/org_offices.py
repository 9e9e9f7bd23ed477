"""Pairs of bodies, institutions and city enterprises: at length and in short, with and without place, district and kind."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from tests.quality.making import Entity, Maker, Pair, category, shuffled
from tests.quality.material import HERE

_GROUP = "organization"
_CITIES = ("Казань", "Елабуга", "Бугульма", "Нижнекамск", "Альметьевск")
_OF = {"Казань": "Казани", "Елабуга": "Елабуги", "Бугульма": "Бугульмы", "Нижнекамск": "Нижнекамска", "Альметьевск": "Альметьевска"}


@cache
def _tables() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / "org_offices.yaml").read_text(encoding="utf-8"))
    return loaded


def _list(at: Maker, name: str) -> list[str]:
    rows: list[str] = _tables()[f"{name}_{at.split}"]
    return rows


def _org(name: str) -> Entity:
    return {"schema": "PublicBody", "properties": {"name": [name]}}


@category(80, _GROUP)
def org_offices_in_short(at: Maker, same: bool) -> Pair:
    """КЗИО is the Комитет земельных и имущественных отношений; another committee, or the one of another city, is not."""
    full, short, other = (part.strip() for part in at.chance.choice(_list(at, "offices")).split("|"))
    city, far = at.chance.sample(_CITIES, k=2)
    tail = at.chance.choice(("", f" г. {_OF[city]}", f" города {_OF[city]}"))
    left = full + tail
    if same:
        return shuffled(at, _org(left), _org(short + at.chance.choice((tail, f" {_OF[city]}" if tail else ""))))
    if tail and at.maybe(0.4):
        return shuffled(at, _org(left), _org(f"{short} г. {_OF[far]}"))
    return shuffled(at, _org(left), _org(at.chance.choice((other + tail, f"{other}{f' г. {_OF[city]}' if tail else ''}"))))


@category(80, _GROUP)
def org_numbered_in_short(at: Maker, same: bool) -> Pair:
    """ГКБ № 7 is the Городская клиническая больница № 7; № 17 is another, and so is the ГДБ № 7."""
    rows = [[part.strip() for part in row.split("|")] for row in _tables()["hospitals"]]
    full, short = at.chance.choice(rows)
    n = at.chance.randint(2, 60) * 2 + (at.split == "fit")
    form = at.chance.choice(("", "ГАУЗ ", "МБУ "))
    left = f"{form}«{full} № {n}»" if form else f"{full} № {n}"
    if same:
        return shuffled(at, _org(left), _org(at.chance.choice((f"{short} №{n}", f"{short} № {n} г. Казани", f"{form}«{short} № {n}»"))))
    if at.maybe(0.5):
        return shuffled(at, _org(left), _org(f"{short} № {n + at.chance.choice((2, 10))}"))
    another = at.chance.choice([row[1] for row in rows if row[1] != short])
    return shuffled(at, _org(left), _org(f"{another} № {n}"))


@category(80, _GROUP)
def org_kind_and_district_added(at: Maker, same: bool) -> Pair:
    """«Детский сад № 5» is the «Детский сад № 5 комбинированного вида»; of two districts, both named, there are two schools № 5."""
    n = at.chance.randint(2, 90) * 2 + (at.split == "fit")
    garden = at.maybe(0.5)
    short = at.chance.choice(("Детский сад", "МБДОУ «Детский сад") if garden else ("Средняя школа", "МБОУ «СОШ", "Школа"))
    close = "»" if "«" in short else ""
    left = f"{short} № {n}{close}"
    long_ = "МБДОУ «Детский сад" if garden else "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа"
    more = at.chance.choice(_list(at, "kindergartens" if garden else "schools"))
    district = at.chance.choice(_list(at, "districts"))
    if same:
        right = at.chance.choice(
            (f"{long_} №{n} {more}»", f"{long_} № {n}» {district} района г. Казани", f"{long_} № {n} {more}» г. Казани")
        )
        return shuffled(at, _org(left), _org(right))
    if at.maybe(0.4):
        away = at.chance.choice([one for one in _list(at, "districts") if one != district])
        return shuffled(at, _org(f"{left} {away} района"), _org(f"{long_} № {n}» {district} района"))
    return shuffled(at, _org(left), _org(f"{long_} № {n + at.chance.choice((1, 10, 100))} {more}»"))


@category(80, _GROUP)
def org_enterprises_of_a_city(at: Maker, same: bool) -> Pair:
    """МУП «Водоканал» is the Муниципальное унитарное предприятие города Казани «Водоканал»; that of Елабуга is not that of Казань."""
    word = at.chance.choice(_list(at, "enterprises"))
    city, far = at.chance.sample(_CITIES, k=2)
    left = at.chance.choice((f"МУП «{word}»", f"МУП «{word}» г. {_OF[city]}"))
    long_ = "Муниципальное унитарное предприятие"
    if same:
        return shuffled(
            at, _org(left), _org(at.chance.choice((f"{long_} города {_OF[city]} «{word}»", f"{long_} г.{_OF[city]} {word.upper()}")))
        )
    if at.maybe(0.5):
        return shuffled(at, _org(f"МУП «{word}» г. {_OF[city]}"), _org(f"{long_} города {_OF[far]} «{word}»"))
    other = at.chance.choice([one for one in _list(at, "enterprises") if one != word])
    return shuffled(at, _org(left), _org(f"{long_} города {_OF[city]} «{other}»"))
