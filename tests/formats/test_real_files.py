"""The real public files beside the repository, against an independent count with ElementTree."""

from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from domain.records import Record
from ingest.formats import egrul
from ingest.open import open_all
from ingest.stage import merge, parse_share, stage

from tests.formats.rows import reasons, records

EXTRACTS = "egrul/VO_RUGFO_20251102.xml"


def read(*paths):
    return {file.path: (file.format_name, list(stage(file.rows()))) for file in open_all(paths)}


def test_extracts_agree_with_an_independent_count(shared_data):
    path = shared_data / EXTRACTS
    ((name, rows),) = read(path).values()
    assert name == "egrul"
    assert reasons(rows) == []
    extracts = list(ET.parse(path).getroot().iter("СвЮЛ"))  # noqa: S314 - a file that was looked at; the count is to be plain
    firms = {one.get("ОГРН") for one in extracts}
    assert (len(extracts), len(firms)) == (200, 169)
    own = [row for row in records(rows, "Company") if row.id == row.first("ogrnCode")]
    assert Counter(row.id for row in own) == Counter(one.get("ОГРН") for one in extracts)

    directors: Counter[object] = Counter()
    founders: Counter[object] = Counter()
    for one in extracts:
        firm = one.get("ОГРН")
        for post in one.findall("СведДолжнФЛ"):
            directors[firm, get(post, "СвФЛ", "ИННФЛ") or get(post, "СвФЛ", "Фамилия"), get(post, "ГРНДатаПерв", "ДатаЗаписи")] += 1
        for kind in ("УчрФЛ", "УчрЮЛРос", "УчрЮЛИн", "УчрРФСубМО", "УчрПИФ"):
            for founder in one.findall(f"СвУчредит/{kind}"):
                who = get(founder, "СвФЛ", "ИННФЛ") or get(founder, "НаимИННЮЛ", "ИНН")
                founders[firm, who, get(founder, "ГРНДатаПерв", "ДатаЗаписи"), share_of(founder)] += 1

    by_id = {row.id: row for row in records(rows)}
    ours: Counter[object] = Counter()
    for row in records(rows, "Directorship"):
        director = by_id[row.all("director")[0]]
        if director.schema == "Person":
            ours[row.first("organization"), director.first("innCode") or director.first("lastName"), row.first("startDate")] += 1
    assert ours == directors

    owners: Counter[object] = Counter()
    for row in records(rows, "Ownership"):
        start = row.first("startDate") or ""
        if row.first("basis") is None or start != "2025-10-16":  # the part of one ownership since it went into trust
            share = row.first("percentage")
            part = round(float(parse_share(share)), 9) if share else None
            owners[row.first("asset"), by_id[row.all("owner")[0]].first("innCode"), start, part] += 1
    assert owners == founders


def get(element: ET.Element, path: str, name: str) -> str | None:
    found = element.find(path)
    return None if found is None else found.get(name)


def share_of(founder: ET.Element) -> float | None:
    percent = founder.findtext("ДоляУстКап/РазмерДоли/Процент")
    if percent:
        return round(float(percent) / 100, 9)
    simple = founder.find("ДоляУстКап/РазмерДоли/ДробПрост")
    if simple is not None:
        return round(int(simple.get("Числит", "")) / int(simple.get("Знаменат", "")), 9)
    decimal = founder.findtext("ДоляУстКап/РазмерДоли/ДробДес")
    return round(float(decimal), 9) if decimal else None


def test_repeated_extracts_merge_to_one_firm_each(shared_data):
    """27 repeats are the same to the byte, 4 are newer or older pictures: none of them contradicts another."""
    ((_, rows),) = read(shared_data / EXTRACTS).values()
    kept: dict[str, Record] = {}
    for row in records(rows):
        united = merge(kept[row.id], row) if row.id in kept else row
        assert isinstance(united, Record), united
        kept[row.id] = united
    assert len([row for row in kept.values() if row.id == row.first("ogrnCode")]) == 169
    (firm,) = [row for row in kept.values() if row.id == "1255400032183"]
    assert firm.first("modifiedAt") == "2025-10-30", "the newer of its two extracts, whichever stands first"


def test_sole_traders(shared_data):
    for name, rows in read(*sorted((shared_data / "egrul").glob("VO_RIGFO*"))).values():
        assert name == "egrip"
        assert reasons(rows) == []
        counts = Counter(row.schema for row in records(rows))
        assert counts["Person"] == counts["Company"] == counts["Ownership"] > 0


def test_each_223_file_gets_its_own_answer(shared_data):
    read_contracts = 0
    for path, (name, rows) in read(shared_data / "fz223").items():
        if path.endswith("contract_empty.xml"):
            assert reasons(rows) == ["empty_file"]
            continue
        assert name == "eis223"
        assert reasons(rows) == []
        schemata = {row.schema for row in records(rows)}
        if "purchaseNotice" in path:
            (call,) = records(rows, "CallForTenders")
            assert call.first("submissionDeadline")
            assert call.first("awardingDate")
        elif "Completing" in path:
            assert "Payment" in schemata
        else:
            read_contracts += 1
            (contract,) = records(rows, "Contract")
            assert contract.first("contractDate")
            assert contract.first("amount")
            assert contract.first("authority") in {row.id for row in records(rows)}
    assert read_contracts == 7


def test_contracts_csv(shared_data):
    rows_of = read(shared_data / "contracts44fz_csv")
    assert {name for name, _ in rows_of.values()} == {"contracts-csv"}
    rows = [row for _, found in rows_of.values() for row in found]
    assert len(records(rows, "Contract")) + len(reasons(rows)) == 146
    assert set(reasons(rows)) == {"missing_property"}
    assert not [row for row in records(rows, "Contract") if row.first("contractDate")]


@pytest.mark.parametrize("folder", ["ocds_cardinal", "gisgmp", "pole", "graphalytics", "wd_russian", "tatarstan44fz"])
def test_formats_that_do_not_exist_yet_are_refused(shared_data, folder):
    found = read(shared_data / folder)
    assert found
    for path, (name, rows) in found.items():
        assert name == ""
        assert reasons(rows) == ["unknown_format"], path
        assert len(rows) == 1


def test_a_place_is_the_number_of_the_extract(shared_data):
    path = shared_data / EXTRACTS
    with path.open("rb") as file:
        rows = (row for row in egrul.records(file, path.name, None) if isinstance(row, Record))
        assert [row.place.line for row in rows if row.id == row.first("ogrnCode")] == list(range(1, 201))
