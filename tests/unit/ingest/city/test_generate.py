"""The city is reproducible, readable by the ordinary readers, and what is planted in it is true by a second count."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from domain.errors import UsageError
from domain.identifiers import inn_valid, ogrn_valid, snils_valid
from domain.records import Note, Record, Reject
from ingest.city.generate import CitySummary, generate
from ingest.city.kin import NEAR, Kin
from ingest.city.names import feminine, fold_full, load
from ingest.city.people import TODAY, People, populate
from ingest.formats import formats
from ingest.stage import stage

PEOPLE = 3000


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CitySummary]:
    folder = tmp_path_factory.mktemp("city")
    return folder, generate(PEOPLE, 5, folder)


def _digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _truth(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    generate(600, 11, tmp_path / "one")
    generate(600, 11, tmp_path / "two")
    generate(600, 12, tmp_path / "three")
    assert _digest(tmp_path / "one") == _digest(tmp_path / "two")
    assert _digest(tmp_path / "one") != _digest(tmp_path / "three")


def test_too_small_a_city_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        generate(10, 1, tmp_path)


def test_progress_goes_from_nothing_to_all(tmp_path: Path) -> None:
    parts: list[float] = []
    generate(500, 1, tmp_path, lambda _step, part: parts.append(part))
    assert parts[0] == 0.0
    assert parts[-1] == 1.0
    assert parts == sorted(parts)


def test_every_file_is_read_without_a_reject(city: tuple[Path, CitySummary]) -> None:
    folder, _ = city
    sources = json.loads((folder / "sources.json").read_text(encoding="utf-8"))["sources"]
    assert {one["format"] for one in sources} == {"egrul", "egrip", "hr", "contracts-csv", "eis223", "feed"}
    read: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    for one in sources:
        path = folder / one["path"]
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            with file.open("rb") as opened:
                head = opened.read(4096)
                found = next(form for form in formats().values() if form.detect(head, str(file)))
                assert found.name == one["format"], file
                opened.seek(0)
                for row in stage(found.records(opened, str(file), None)):
                    assert not isinstance(row, Reject), row
                    if isinstance(row, Note):
                        notes[row.code] += 1
                    else:
                        read[row.schema] += 1
    assert read["Person"] > PEOPLE
    assert read["Family"] > PEOPLE
    assert read["Contract"] > 500
    assert read["CallForTenders"] > 50
    assert read["Subordination"] > 50
    assert notes["restored_zero"] >= 1


def test_truth_covers_rules_and_outcomes(city: tuple[Path, CitySummary]) -> None:
    folder, summary = city
    assert summary.people == PEOPLE
    counted = Counter(f"{line['rule']} {line['outcome']}" for line in _truth(folder))
    assert dict(counted) == summary.truth
    for rule, least in (("R-01", 3), ("R-04", 2), ("R-05", 5), ("R-06", 8), ("R-09", 5), ("R-10", 5)):
        assert counted[f"{rule} fired"] >= least, rule
    for rule in ("R-05", "R-06", "R-10"):
        assert counted[f"{rule} silent"] >= 3, rule
        assert counted[f"{rule} not_computable"] >= 1, rule
    statuses = Counter(str(line.get("status")) for line in _truth(folder))
    assert statuses["SETTLED"] >= 2
    assert any(line.get("modifiers") == [] for line in _truth(folder) if line["outcome"] == "fired")


def test_truth_names_events_that_exist(city: tuple[Path, CitySummary]) -> None:
    folder, _ = city
    ids: dict[str, set[str]] = {}
    for path in folder.glob("*.jsonl"):
        if path.name != "truth.jsonl":
            ids[path.stem] = {json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()}
    with next((folder / "egrul").iterdir()).open("rb") as file:
        ids["egrul"] = {row.id for row in formats()["egrul"].records(file, "", None) if isinstance(row, Record)}
    for line in _truth(folder):
        event = line["event"]
        assert isinstance(event, dict)
        if event["id"] is not None and event["source"] in ids:
            assert event["id"] in ids[event["source"]], line


def test_identifiers_are_valid_and_impossible(city: tuple[Path, CitySummary]) -> None:
    folder, _ = city
    for line in _truth(folder):
        for key in ("official", "counterparty"):
            who = line[key]
            assert isinstance(who, dict)
            if "inn" in who:
                assert inn_valid(who["inn"])
                assert who["inn"].startswith("00")
            if "ogrn" in who:
                assert ogrn_valid(who["ogrn"])
            if "snils" in who:
                assert snils_valid(who["snils"])


def test_the_rest_of_the_city_buys_from_strangers(city: tuple[Path, CitySummary]) -> None:
    """A second count from the files alone: no owner or director of a shop's supplier is kin of who prepared or signed."""
    folder, _ = city
    people, family = _registry(folder)
    owners = _owners(folder)
    planted = {line["event"]["id"] for line in _truth(folder) if isinstance(line["event"], dict)}
    rows = [json.loads(line) for line in (folder / "e-shop.jsonl").read_text(encoding="utf-8").splitlines()]
    props = {row["id"]: row["properties"] for row in rows}
    supplier = {row["properties"]["contract"][0]: row["properties"]["supplier"][0] for row in rows if row["schema"] == "ContractAward"}
    checked = 0
    for row in rows:
        if row["schema"] != "Participation" or row["properties"]["event"][0] in planted:
            continue
        official = int(row["properties"]["participant"][0].split("-")[1])
        near = {people[one] for one in _near(family, official)} | {people[official]}
        behind = owners[props[supplier[row["properties"]["event"][0]]]["innCode"][0]]
        assert near.isdisjoint(behind), row
        checked += 1
    assert checked > 1000


def _registry(folder: Path) -> tuple[dict[int, str], dict[int, list[tuple[str, int]]]]:
    people: dict[int, str] = {}
    family: dict[int, list[tuple[str, int]]] = {}
    for text in (folder / "zags.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        properties = row["properties"]
        if row["schema"] == "Person":
            people[int(row["id"][2:])] = properties["name"][0].upper().replace("Ё", "Е")
            continue
        person, relative = int(properties["person"][0][2:]), int(properties["relative"][0][2:])
        spouse = properties["relationship"][0] == "spouse"
        family.setdefault(person, []).append(("S" if spouse else "P", relative))
        family.setdefault(relative, []).append(("S" if spouse else "C", person))
    return people, family


def _near(family: dict[int, list[tuple[str, int]]], person: int) -> set[int]:
    found: set[int] = set()
    for path in NEAR:
        ends = {person}
        for letter in path.replace("B", "PC"):
            ends = {other for one in ends for step, other in family.get(one, []) if step == letter}
        found |= ends
    return found - {person}


def _owners(folder: Path) -> dict[str, set[str]]:
    """ИНН of a firm → the ФИО of those who own or direct it, through other firms too."""
    names: dict[str, str] = {}
    inns: dict[str, str] = {}
    behind: dict[str, list[str]] = {}
    for name in ("egrul", "egrip"):
        for path in (folder / name).iterdir():
            with path.open("rb") as file:
                rows = [row for row in formats()[name].records(file, str(path), None) if isinstance(row, Record)]
            for row in rows:
                if row.schema == "Person":
                    names[row.id] = (row.first("name") or "").upper().replace("Ё", "Е")
                elif row.schema in ("Company", "Organization", "PublicBody"):
                    inns[row.id] = row.first("innCode") or ""
                elif row.schema in ("Ownership", "Directorship"):
                    asset = row.first("asset") or row.first("organization") or ""
                    behind.setdefault(inns[asset], []).append(row.first("owner") or row.first("director") or "")
    found: dict[str, set[str]] = {}
    for inn in inns.values():
        queue, seen = [inn], set()
        people: set[str] = set()
        while queue:
            one = queue.pop()
            if one in seen:
                continue
            seen.add(one)
            for owner in behind.get(one, []):
                if owner in names:
                    people.add(names[owner])
                else:
                    queue.append(inns.get(owner, ""))
        found[inn] = people
    return found


def test_families_are_possible() -> None:
    people = People(Random(3), load(), 3)
    populate(people, 2000, 8)
    assert len(people) == 2000
    kin = Kin(people)
    for person in people:
        for parent in kin.step(person, "P"):
            assert people[parent].birth.year + 14 < person.birth.year
        for marriage in person.marriages:
            husband, wife = people[marriage.husband], people[marriage.wife]
            assert (husband.gender, wife.gender) == ("male", "female")
            assert marriage.end is None or marriage.start < marriage.end
            assert husband.alive(marriage.start)
            assert wife.alive(marriage.start)
        spans = sorted((one.start, one.end or date.max) for one in person.marriages)
        assert all(first[1] <= second[0] for first, second in pairwise(spans)), "two spouses at once"
    assert sum(one.adopter is not None for one in people) >= 1
    assert sum(one.spouse_on(TODAY) is not None for one in people) > 400
    names = Counter(one.full_name for one in people if one.alive(TODAY))
    assert any(count > 1 for count in names.values()), "namesakes occur"


def test_names_have_their_forms() -> None:
    assert feminine("Сафин") == "Сафина"
    assert feminine("Якупов") == "Якупова"
    assert load().patronymics["Илья"].patronymic_female == "Ильинична"
    assert load().patronymics["Камиль"].patronymic_male == "Камилевич"
    assert fold_full("Хайруллин", "Ильдар", "Фаридович") == fold_full("Хайрулин", "Илдар", "Фаритович")
