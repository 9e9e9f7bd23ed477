"""44-ФЗ contracts flattened to csv (windows-1251): a row per supplier and item, several rows of one id are one contract."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import BinaryIO

from domain.errors import BadValue
from domain.records import Place, Reject, Row, SourceKind, make
from ingest.formats import Columns
from ingest.parties import Party, party_records
from ingest.reasons import note, reject
from ingest.tables import TableRow, csv_rows, first_cells
from ingest.values import parse_amount

NAME = "contracts-csv"
KIND = SourceKind.PROCUREMENT
OPEN_CONTRACTS = 20_000
"""Contracts kept while their rows may still come; rows of one contract that stand further apart are merged by the loader."""

_NEEDED = ("id", "publishDate", "customer.inn", "supplier.inn")
_STAGES = {"E": "исполнение", "EC": "исполнение завершено", "ET": "исполнение прекращено", "IN": "аннулирован"}
_ABSENT = ("NA", "NULL", "")
_Cells = dict[str, str]


def detect(head: bytes, path: str) -> bool:
    """Whether the first row names the columns of these files."""
    del path
    return set(_NEEDED) <= set(first_cells(head))


def records(file: BinaryIO, path: str, mapping: Columns | None = None) -> Iterator[Row]:
    """A Contract per id, its customer, its suppliers and their ContractAwards.

    publishDate is the day of publication, never that of the contract, which these files do not say.
    """
    del mapping
    header: tuple[str, ...] = ()
    waiting: OrderedDict[str, list[tuple[int, _Cells]]] = OrderedDict()
    for row in csv_rows(file, path):
        if isinstance(row, Reject):
            yield row
        elif not header:
            header = tuple(cell.strip() for cell in row.cells)
            if not set(_NEEDED) <= set(header):
                yield reject("nothing_found", Place(path, row.line), ",".join(header), format=NAME)
                return
        elif "id" not in (cells := _cells(header, row)):
            yield reject("missing_property", Place(path, row.line), ",".join(row.cells), names="id")
        elif len(row.cells) > len(header):
            found = (f"столбцов {len(row.cells)}, в заголовке {len(header)}", f"{len(row.cells)} columns, {len(header)} in the header")
            yield reject("bad_row", Place(path, row.line), ",".join(row.cells), detail=found)
        else:
            waiting.setdefault(cells["id"], []).append((row.line, cells))
            waiting.move_to_end(cells["id"])
            if len(waiting) > OPEN_CONTRACTS:
                yield from _contract(*waiting.popitem(last=False), path)
    for key, rows in waiting.items():
        yield from _contract(key, rows, path)


def _cells(header: tuple[str, ...], row: TableRow) -> _Cells:
    pairs = ((name, " ".join(cell.split())) for name, cell in zip(header, row.cells, strict=False))
    return {name: cell for name, cell in pairs if cell not in _ABSENT}


def _contract(key: str, rows: list[tuple[int, _Cells]], path: str) -> Iterator[Row]:
    place = Place(path, rows[0][0])
    first = {name: cell for _, cells in reversed(rows) for name, cell in cells.items()}
    customer = Party(first.get("customer.name"), first.get("customer.inn"), first.get("customer.kpp"))
    yield from party_records(customer, place)
    known = [cells for _, cells in rows]
    amount = _amount(known)
    if amount is None and any("sumRUR" in cells for cells in known):
        yield note("partial_sum", place, id=key)
    yield make(
        "Contract",
        key,
        place,
        title="; ".join(_distinct(known, "OKPD2.name"))[:1000],
        authority=customer.id,
        amount=amount,
        publicationDate=first.get("publishDate"),
        procedureNumber=first.get("notificationNumber"),
        status=_STAGES.get(first.get("currentContractStage", ""), first.get("currentContractStage")),
        law="44-fz",
        okpd2=_distinct(known, "OKPD2.code"),
    )
    given: set[str] = set()
    for line, cells in rows:
        supplier = Party(cells.get("supplier.name"), cells.get("supplier.inn"), cells.get("supplier.kpp"))
        if supplier.id and supplier.id not in given:
            given.add(supplier.id)
            yield from party_records(supplier, Place(path, line))
            ends = {"supplier": supplier.id, "contract": key}
            yield make("ContractAward", f"{key}-supplier-{supplier.id}", Place(path, line), **ends, role="supplier")


def _distinct(rows: list[_Cells], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cells[name] for cells in rows if name in cells))


def _amount(rows: list[_Cells]) -> str | None:
    """The sum over the items. With several suppliers each item is repeated for each: the rows of one supplier are summed.

    None where an item has no sum, or suppliers have different items: then the whole is not known.
    """
    by_supplier: dict[str | None, list[Mapping[str, str]]] = {}
    for cells in rows:
        by_supplier.setdefault(cells.get("supplier.inn") or cells.get("supplier.name"), []).append(cells)
    sums = [_sum(items) for items in by_supplier.values()]
    if any(one is None for one in sums):
        return None
    known = [one for one in sums if one is not None]
    repeated = len({tuple(_item(cells) for cells in items) for items in by_supplier.values()}) == 1
    return f"{known[0] if repeated else sum(known):f}"


def _item(cells: Mapping[str, str]) -> tuple[str | None, ...]:
    return tuple(cells.get(name) for name in ("OKPD2.code", "OKPD2.name", "OKEI.code", "quantity", "sumRUR"))


def _sum(items: list[Mapping[str, str]]) -> Decimal | None:
    try:
        return sum((parse_amount(cells["sumRUR"]) for cells in items), Decimal(0))
    except (KeyError, BadValue):
        return None
