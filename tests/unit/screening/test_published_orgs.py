"""Names and addresses of organizations as registers publish them: known again by their short names, not taken for each other.

Skips where the files are absent; counts, never shows: these are real organizations.
"""

import csv
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from screening.orgs.compare import CoreLevel, compare_org_names
from screening.orgs.forms import FormLevel
from screening.orgs.keys import org_keys_of
from screening.orgs.names import read_org_name
from screening.places.reading import read_address

DATA = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture(scope="module")
def short_names():
    files = sorted((DATA / "egrul").glob("*.xml"))
    if not files:
        pytest.skip(f"no published extracts in {DATA / 'egrul'}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return {
        (node.get("НаимЮЛПолн", ""), short.get("НаимСокр", ""))
        for file in files
        for node in etree.parse(file, parser).iter("СвНаимЮЛ")
        for short in node.iter("СвНаимЮЛСокр")
        if short.get("НаимСокр")
    }


@pytest.fixture(scope="module")
def customers():
    file = DATA / "tatarstan44fz" / "df_all_orgs.csv"
    if not file.exists():
        pytest.skip(f"no published customers at {file}")
    with file.open(encoding="cp1251", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=";"))[1:]
    return [row for row in rows if row[1].strip() and row[2].strip()]


def test_a_firm_is_known_again_by_its_short_name(short_names):
    pairs = [(read_org_name(full), read_org_name(short)) for full, short in short_names]
    evidence = [compare_org_names(full, short) for full, short in pairs]
    known = sum(each.core >= CoreLevel.GENERIC and each.form > FormLevel.DIFFERENT for each in evidence)
    found = sum(not set(org_keys_of(full)).isdisjoint(org_keys_of(short)) for full, short in pairs)
    assert known >= 0.93 * len(pairs)
    assert found >= 0.93 * len(pairs)


def test_public_bodies_are_not_taken_for_each_other(customers):
    names = [read_org_name(name) for name in sorted({row[1] for row in customers})[::3]]
    pairs = list(combinations(names, 2))
    taken = sum(compare_org_names(one, two).core >= CoreLevel.ABBREVIATION for one, two in pairs)
    doubtful = sum(compare_org_names(one, two).core is CoreLevel.GENERIC for one, two in pairs)
    assert len(pairs) > 20_000
    assert taken <= len(pairs) / 10_000
    assert doubtful <= len(pairs) / 1_000


def test_postal_addresses_are_read(customers):
    read = [read_address(row[2]) for row in customers]
    assert sum(bool(each.house and each.city and each.street) for each in read) > 0.96 * len(read)
    assert sum(bool(each.region) for each in read) > 0.9 * len(read)
