"""Small stories beside the city's own life, one for each rule and its near misses, told as a feed with their truth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from random import Random
from typing import Any

from domain.yaml_text import load_yaml
from ingest.city import numbers
from ingest.city.feed_files import Line, line
from ingest.city.names import load
from ingest.city.people import People

SOURCE = "circumstances"
_FIRST_PERSON, _FIRST_FIRM = 60_000_000, 6_000_000
"""Numbers that no resident and no firm of the city has."""
_MADE = {"Person": ("sex", "year")}
"""What says only how somebody is to be made."""
_KINDS = {
    "institution": "МБУ «Центр {}»",
    "department": "Управление {}",
    "enterprise": "МУП «Служба {}»",
    "commission": "Комиссия {}",
    "administration": "Администрация {}",
}


class Circumstances:
    """All stories, as many times as told; the same numbers give the same lines, whatever else the city holds."""

    def __init__(self, seed: int, times: int) -> None:
        self.seed = seed
        self._people = People(Random(f"{seed} {SOURCE}"), load(), seed)
        self._firms = 0
        self.lines: list[Line] = []
        self.truth: list[dict[str, Any]] = []
        text = resources.files("ingest.city").joinpath("circumstances.yaml").read_text(encoding="utf-8")
        for number, story in enumerate(load_yaml(text)):
            for turn in range(times):
                for place, (why, change, expect) in enumerate(_versions(story)):
                    self._tell(f"s{number}-{turn}-{place}", why, story["records"], change, expect)

    def _tell(self, name: str, why: str, records: Sequence[Mapping[str, Any]], change: Mapping[str, Any], expect: Sequence[Any]) -> None:
        local = {record["id"] for record in records}
        known: dict[str, dict[str, str]] = {}
        for record in records:
            values = {**record, **change.get(record["id"], {})}
            own = {
                key: self._value(name, value, local)
                for key, value in values.items()
                if key not in ("id", "schema", *_MADE.get(record["schema"], ()))
            }
            if record["schema"] == "Person":
                own, known[record["id"]] = self._person(values, own)
            elif record["schema"] in ("Company", "PublicBody"):
                own, known[record["id"]] = self._firm(values, own)
            elif record["schema"] == "OffenceCase":
                own["caseNumber"] = f"АП-{name}"
            if own.get("email") is True:
                own["email"] = f"{name}@city.example"
            self.lines.append(line(f"{name}-{record['id']}", record["schema"], **own))
        for rule, outcome, official, counterparty, event, *severity in expect:
            self.truth.append(
                {
                    "rule": rule,
                    "outcome": outcome,
                    "severity": severity[0] if severity else None,
                    "event": {"source": SOURCE, "id": f"{name}-{event}"},
                    "official": known[official],
                    "counterparty": known[counterparty],
                    "kin": None,
                    "why": why,
                }
            )

    def _value(self, name: str, value: Any, local: set[str]) -> Any:
        return f"{name}-{value}" if value in local else value

    def _person(self, values: Mapping[str, Any], own: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        person = self._people.newcomer(values.get("year", 1990), {"m": "male", "f": "female"}[values["sex"]])
        inn = numbers.inn_person(_FIRST_PERSON + person.id, self.seed)
        birth = own.get("birthDate") or person.birth
        own |= {"name": person.full_name, "birthDate": birth, "gender": person.gender, "innCode": inn}
        return own, {"name": person.full_name, "inn": inn, "birth": str(birth)}

    def _firm(self, values: Mapping[str, Any], own: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        self._firms += 1
        serial = _FIRST_FIRM + self._firms
        inn, ogrn = numbers.inn_organization(serial, self.seed), numbers.ogrn(serial, 2015, self.seed)
        title = _KINDS.get(values.get("bodyKind", ""), "ООО «Попутное {} Тест»").format(self._firms)
        own |= {"name": title, "innCode": inn, "ogrnCode": ogrn}
        return own, {"name": title, "inn": inn, "ogrn": ogrn}


def _versions(story: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], Sequence[Any]]]:
    yield story["why"], {}, story["expect"]
    for why, variant in (story.get("variants") or {}).items():
        yield f"{story['why']}: {why}", variant.get("change") or {}, variant["expect"]
