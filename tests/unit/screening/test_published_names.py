"""Names as the tax service publishes them, in parts: every order of the parts is read back (skips where the files are absent)."""

from pathlib import Path

import pytest
from lxml import etree

from screening.names.parsing import name_of_parts, parse_name
from screening.names.person import fold
from screening.organizations import read_org_name

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "egrul"


@pytest.fixture(scope="module")
def documents():
    files = sorted(FOLDER.glob("*.xml"))
    if not files:
        pytest.skip(f"no published extracts in {FOLDER}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return [etree.parse(file, parser) for file in files]


def test_people_are_read_in_every_order(documents):
    people = {
        tuple(node.get(part, "") for part in ("Фамилия", "Имя", "Отчество"))
        for tree in documents
        for node in tree.iter()
        if node.get("Фамилия")
    }
    whole = [parts for parts in people if all(parts) and not any(part.isascii() for part in parts)]
    assert len(whole) > 100
    misread = 0  # counted, not shown: these are real people
    for last, first, patronymic in whole:
        wanted = fold(parse_name(f"{last} {first} {patronymic}"))
        turned = fold(parse_name(f"{first} {patronymic} {last}"))
        short = fold(parse_name(f"{last} {first[0]}.{patronymic[0]}."))
        in_parts = fold(name_of_parts(last, first, patronymic))
        misread += not (wanted == turned == in_parts and short.last == wanted.last and wanted.last and wanted.first and wanted.patronymic)
    assert misread == 0


def test_full_and_short_names_of_firms_have_one_form(documents):
    pairs = [
        (node.get("НаимЮЛПолн", ""), short.get("НаимСокр", ""))
        for tree in documents
        for node in tree.iter("СвНаимЮЛ")
        for short in node.iter("СвНаимЮЛСокр")
        if short.get("НаимСокр")
    ]
    assert len(pairs) > 50
    differing = sum(read_org_name(full).form != read_org_name(short).form for full, short in pairs)
    assert differing < len(pairs) / 10
