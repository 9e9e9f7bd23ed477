"""ЕГРИП open-format XML (VO_RIGFO 4.06 and 4.07): sole traders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from domain.records import Place, Record, Reject, Row, SourceKind, make
from ingest.formats import Columns
from ingest.reasons import note, reject
from ingest.registers import address_of, entry_days, gender_of, name_of
from ingest.values import extract_of
from ingest.xml import Element, attribute, child, elements, looks_like_xml, source

NAME = "egrip"
KIND = SourceKind.EGRUL

_MARKS = [word.encode(code) for word in ("ЕГРИП_ОТКР_СВЕД", "<СвИП ") for code in ("cp1251", "utf-8")]


def detect(head: bytes, path: str) -> bool:
    """Whether the file says that it holds extracts of ЕГРИП."""
    del path
    return looks_like_xml(head) and (b"VO_RIGFO" in head or any(mark in head for mark in _MARKS))


def records(file: BinaryIO, path: str, mapping: Columns | None = None) -> Iterator[Row]:
    """A Person, a Company with legalForm ИП and an Ownership of 100 % for each extract.

    The Company's id is the ОГРНИП, the others begin with it; who registers again gets a new ОГРНИП and so new records.
    """
    del mapping
    found = 0
    for item in elements(file, path, "СвИП"):
        found += 1
        if isinstance(item, Reject):
            yield item
            continue
        number, trader = item
        place = Place(path, number)
        ogrn = attribute(trader, "ОГРНИП")
        if ogrn is None:
            yield reject("missing_property", place, source(trader), names="СвИП/@ОГРНИП")
            continue
        yield from _rows(trader, ogrn, place)
    if not found:
        yield reject("nothing_found", Place(path, 1), format=NAME)


def _rows(trader: Element, ogrn: str, place: Place) -> Iterator[Row]:
    name = name_of(child(trader, "СвФЛ", "ФИОРус")) or name_of(child(trader, "СвФЛ", "ФИОЛат"))
    if name is None:
        yield note("not_read", place, who=ogrn, name="СвФЛ")
        return
    extract = extract_of(ogrn, attribute(trader, "ДатаВып"), entry_days(trader, entry="СвЗапЕГРИП"))
    start, end = attribute(trader, "ДатаОГРНИП"), _ended(trader)
    inn = attribute(trader, "ИННФЛ")
    latin = name_of(child(trader, "СвФЛ", "ФИОЛат"))
    person = make(
        "Person",
        f"{ogrn}-person",
        place,
        name=name.full,
        lastName=name.last,
        firstName=name.first,
        fatherName=name.patronymic,
        alias=latin.full if latin else None,
        gender=gender_of(attribute(trader, "Пол", "СвФЛ")),
        innCode=inn,
    )
    firm = make(
        "Company",
        ogrn,
        place,
        name=f"ИП {name.full}",
        legalForm="ИП",
        innCode=inn,
        ogrnCode=ogrn,
        email=attribute(trader, "E-mail", "СвАдрЭлПочты"),
        address=address_of(child(trader, "СвАдрМЖ")),
        incorporationDate=start,
        dissolutionDate=end,
        modifiedAt=attribute(trader, "ДатаВып"),
    )
    ends = {"owner": person.id, "asset": ogrn}
    owned = make("Ownership", f"{ogrn}-owner", place, **ends, percentage="100", startDate=start, endDate=end)
    for record in (firm, person, owned):
        yield Record(record.id, record.schema, record.properties, place, extract=extract)


def _ended(trader: Element) -> str | None:
    """The day the trade ended: СвПрекращ/СвСтатус/@ДатаПрекращ, in older files on СвПрекращ itself."""
    ended = child(trader, "СвПрекращ")
    return attribute(ended, "ДатаПрекращ", "СвСтатус") or attribute(ended, "ДатаПрекращ")
