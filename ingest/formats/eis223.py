"""223-ФЗ open data of the procurement site: contracts, notices of purchase and records of performance (TFF 2.0 to 7.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from domain.records import Extract, Place, Record, Reject, Row, SourceKind, make
from ingest.formats import Columns
from ingest.parties import Party, party_records
from ingest.reasons import note, reject
from ingest.values import extract_of
from ingest.xml import Element, child, children, descendants, elements, local, source, text

NAME = "eis223"
KIND = SourceKind.PROCUREMENT

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:contract|purchaseNotice\w*|performanceContract)[\s>]")
_NAMESPACE = b"zakupki.gov.ru/223fz"
_ITEM = "item"
_ROUBLES = ("RUB", "RUR", "643", "810")
_SUPPLIERS = ("supplierInfo", "supplier")
_SUBCONTRACTORS = ("subcontractorInfo", "subContractorInfo", "subcontractor", "subContractor")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def detect(head: bytes, path: str) -> bool:
    """Whether the root is one of the three documents and a namespace of 223-ФЗ is declared or the root holds `body`."""
    del path
    root = _ROOT.search(head.replace(b"\x00", b""))
    return root is not None and (_NAMESPACE in head or b"ontractData>" in head or b"NoticeData>" in head)


def records(file: BinaryIO, path: str, mapping: Columns | None = None) -> Iterator[Row]:
    """The records of every `item` of the file; namespaces do not matter, only local names.

    A Contract's id is its register number, a CallForTenders' the number of its notice, a party's its ИНН.
    """
    del mapping
    found = 0
    for item in elements(file, path, _ITEM):
        found += 1
        if isinstance(item, Reject):
            yield item
            continue
        number, element = item
        place = Place(path, number)
        data = next((one for one in element if local(one).endswith("Data")), None)
        kind = local(data) if data is not None else ""
        if data is not None and kind == "contractData":
            yield from _contract(data, place)
        elif data is not None and kind == "performanceContractData":
            yield from _performance(data, place)
        elif data is not None and kind.startswith("purchaseNotice"):
            yield from _notice(data, place)
        else:
            yield reject("not_a_record", place, source(element), detail=(f"вид документа «{kind}»", f"a document of the kind {kind!r}"))
    if not found:
        yield reject("nothing_found", Place(path, 1), format=NAME)


# ---- contracts


def _contract(data: Element, place: Place) -> Iterator[Row]:
    key = text(data, "contractRegNumber") or text(data, "registrationNumber") or text(data, "guid")
    if key is None:
        yield reject("missing_property", place, source(data), names="contractRegNumber")
        return
    extract = _extract(key, data)
    customers = [party for party in (_customer(one) for one in children(data, "customer")) if party.id]
    for party in customers:
        yield from party_records(party, place)
    amount, currency = text(data, "price"), text(data, "currency", "code")
    if amount and currency and currency not in _ROUBLES:
        yield note("foreign_currency", place, currency=currency)
        amount = text(data, "rubPrice")
    codes = dict.fromkeys(text(one, "code") for one in descendants(data, "okpd2"))
    contract = make(
        "Contract",
        key,
        place,
        title=text(data, "subjectContract") or text(data, "name") or text(data, "purchaseNoticeInfo", "name"),
        number=text(data, "name"),
        authority=tuple(party.id or "" for party in customers),
        amount=amount,
        contractDate=_day(text(data, "contractDate")),
        publicationDate=_day(text(data, "publicationDate") or text(data, "createDateTime")),
        procedureNumber=text(data, "purchaseNoticeInfo", "purchaseNoticeNumber"),
        procedure=text(data, "purchaseTypeInfo", "name"),
        endDate=_day(text(data, "endExecutionDate")),
        law="223-fz",
        okpd2=tuple(code for code in codes if code),
        status="terminated" if text(data, "termination") == "true" else None,
    )
    yield _within(contract, extract)
    for tags, role in ((_SUPPLIERS, "supplier"), (_SUBCONTRACTORS, "subcontractor")):
        for party in _parties(data, tags):
            yield from party_records(party, place)
            award = make("ContractAward", f"{key}-{role}-{party.id}", place, supplier=party.id, contract=key, role=role)
            yield _within(award, extract)


def _parties(data: Element, tags: tuple[str, ...]) -> Iterator[Party]:
    """The parties under these tags; a tag around others of its kind (a list) is not one itself."""
    for one in descendants(data, *tags):
        info = child(one, "mainInfo")
        party = _supplier(one if info is None else info)
        if party.id:
            yield party


def _customer(element: Element) -> Party:
    info = child(element, "mainInfo")
    info = element if info is None else info
    return Party(
        text(info, "fullName") or text(info, "name"),
        text(info, "inn"),
        text(info, "kpp"),
        text(info, "ogrn"),
        text(info, "shortName"),
        text(info, "okopfName"),
        text(info, "legalAddress"),
        text(info, "phone"),
        _email(text(info, "email")),
    )


_ADDRESS = ("postCode", "region", "area", "city", "settlement", "street", "house", "building", "office")


def _supplier(info: Element) -> Party:
    address = child(info, "address")
    parts: list[str | None] = []
    for name in _ADDRESS:
        part = child(address, name)
        parts.append(text(part) or text(part, "fullName") or text(part, "name"))
    written = ", ".join(part for part in parts if part and part != "1")
    phone = text(address, "phone") or text(info, "phone")
    return Party(
        text(info, "name") or text(info, "fullName"),
        text(info, "inn"),
        text(info, "kpp"),
        text(info, "ogrn") or text(info, "ogrnip"),
        text(info, "shortName"),
        text(info, "okopfName"),
        written or text(info, "legalAddress"),
        phone if phone and len(phone) > 4 else None,
        _email(text(address, "email") or text(info, "email")),
        person=text(info, "type") in ("P", "F", "PH", "FF") or text(info, "individual") == "true",
    )


# ---- notices


_AWARDING = ("summingupDateTime", "summingupTime", "summingUpDateTime", "quotationExaminationTime", "examinationDateTime")
_AWARDING_FIELDS = ("purchasedatetime", "summingupdatetime")


def _notice(data: Element, place: Place) -> Iterator[Row]:
    key = text(data, "registrationNumber") or text(data, "guid")
    if key is None:
        yield reject("missing_property", place, source(data), names="registrationNumber")
        return
    customers = [party for party in (_customer(one) for one in descendants(data, "customer")) if party.id]
    for party in customers:
        yield from party_records(party, place)
    call = make(
        "CallForTenders",
        key,
        place,
        callId=text(data, "registrationNumber"),
        title=text(data, "name"),
        authority=tuple(dict.fromkeys(party.id or "" for party in customers)),
        publicationDate=_day(text(data, "publicationDateTime")),
        submissionDeadline=_day(text(data, "submissionCloseDateTime")),
        awardingDate=_awarding(data),
        procedure=text(data, "purchaseCodeName"),
        lotsNames=tuple(dict.fromkeys(subject for one in descendants(data, "subject") if (subject := text(one)))),
        law="223-fz",
    )
    yield _within(call, _extract(key, data))


def _awarding(data: Element) -> str | None:
    """The day on which the results are to be summed up; notices name it in several ways, some in fields of their own."""
    for name in _AWARDING:
        found = next((text(one) for one in descendants(data, name)), None)
        if found:
            return _day(found)
    for field in descendants(data, "extendField"):
        if (text(field, "integrCode") or "").lower() in _AWARDING_FIELDS:
            return _day(text(field, "value", "dateTime") or text(field, "value", "date"))
    return None


# ---- performance


def _performance(data: Element, place: Place) -> Iterator[Row]:
    """The parties and a Payment per paid position.

    The record knows less than the contract it is about, so it says nothing of the Contract itself: it names it by number.
    """
    key = text(data, "contractRegNumber") or text(data, "registrationNumber") or text(data, "guid")
    info = child(data, "contractInfo")
    customer = next((party for one in children(data, "customer") if (party := _customer(one)).id), None)
    supplier = Party(text(info, "supplierName"), text(info, "supplierInn"))
    if key is None or customer is None or supplier.id is None:
        yield reject("missing_property", place, source(data), names="contractRegNumber, customer, supplierName")
        return
    yield from party_records(customer, place)
    yield from party_records(supplier, place)
    extract = _extract(f"{key}-performance", data)
    purpose = f"{text(info, 'lotInfo') or ''}; договор {text(info, 'name') or ''} от {_day(text(info, 'contractDate')) or '?'}".strip("; ")
    for position in descendants(data, "position"):
        ordinal = text(position, "ordinal") or "1"
        currency = text(position, "currency", "code")
        amount = text(position, "rubPrice") or (text(position, "price") if currency in (None, *_ROUBLES) else None)
        if amount is None and currency:
            yield note("foreign_currency", place, currency=currency)
        payment = make(
            "Payment",
            f"{key}-performance-{ordinal}",
            place,
            payer=customer.id,
            beneficiary=supplier.id,
            amount=amount,
            date=_day(text(position, "paymentDate")),
            purpose=purpose,
            recordId=key,
        )
        yield _within(payment, extract)


# ---- what all three share


def _extract(scope: str, data: Element) -> Extract | None:
    """A document is published anew with every change; the one published last stands."""
    dates = (text(data, name) for name in ("modificationDate", "publicationDate", "publicationDateTime", "createDateTime"))
    issued = next((date for date in dates if date), "")
    return extract_of(scope, issued[:19] if "T" in issued else issued[:10])


def _within(record: Record, extract: Extract | None) -> Record:
    return Record(record.id, record.schema, record.properties, record.place, extract=extract)


def _day(value: str | None) -> str | None:
    """The calendar day as written, without time and offset; what is no date is left for validation to refuse."""
    match = _DAY.match(value or "")
    return match[0] if match else value


def _email(value: str | None) -> str | None:
    return value if value and "@" in value else None
