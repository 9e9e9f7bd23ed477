"""What is to be said of the identifiers of one record: restored, destroyed, unusual and unchecked ones, and wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.errors import BadValue
from domain.identifiers import CleanId, clean_account, clean_inn, clean_kpp, clean_ogrn, clean_passport, clean_snils
from domain.records import Record

_PERSON = "Person"


def identifier_remarks(record: Record) -> tuple[CleanId, ...]:
    """The identifiers of a Person or organization record that carry a remark, each with `message_ru` and `message_en`.

    A destroyed one has no value: it is shown and never matched.
    """
    if _CLEANED.keys().isdisjoint(record.properties):
        return ()
    return tuple(clean for clean in _cleaned(record) if isinstance(clean, CleanId) and clean.remark)


def identifier_faults(record: Record) -> tuple[BadValue, ...]:
    """The identifiers that are wrong (length, check digits), as the errors that say why; they are not matched either."""
    return tuple(wrong for wrong in _cleaned(record) if isinstance(wrong, BadValue))


def _cleaned(record: Record) -> Iterator[CleanId | BadValue]:
    for name, clean in _CLEANED.items():
        for text in record.all(name):
            try:
                yield clean(text, record)
            except BadValue as wrong:
                yield wrong


def _inn(text: str, record: Record) -> CleanId:
    return clean_inn(text, digits=12 if record.schema == _PERSON else None)


def _kpp(text: str, record: Record) -> CleanId:
    """A КПП, whose lost zero is put back only beside an ИНН of the same office, itself restored where needed."""
    return clean_kpp(text, inn=_stated_inn(record))


def _stated_inn(record: Record) -> str | None:
    first = record.first("innCode")
    if first is None:
        return None
    try:
        return clean_inn(first).value
    except BadValue:
        return None


_CLEANED: dict[str, Callable[[str, Record], CleanId]] = {
    "innCode": _inn,
    "ogrnCode": lambda text, _: clean_ogrn(text),
    "kppCode": _kpp,
    "socialSecurityNumber": lambda text, _: clean_snils(text),
    "passportNumber": lambda text, _: clean_passport(text),
    "bankAccount": lambda text, _: clean_account(text),
}
