"""What the two registers of the tax service, ЕГРЮЛ and ЕГРИП, write in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.xml import Element, attribute, child, descendants, local

_GENDER = {"1": "male", "2": "female"}
_NOT_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name as a register gives it; the patronymic may be absent."""

    last: str
    first: str | None
    patronymic: str | None

    @property
    def full(self) -> str:
        """Surname, name, patronymic."""
        return " ".join(part for part in (self.last, self.first, self.patronymic) if part)


def name_of(element: Element | None) -> Name | None:
    """The name in the attributes of СвФЛ or ФИОРус; None where a register withholds it."""
    last = attribute(element, "Фамилия")
    first = attribute(element, "Имя")
    if not last and not first:
        return None
    return Name(last or first or "", first if last else None, attribute(element, "Отчество"))


def gender_of(code: str | None) -> str | None:
    """`male` for 1, `female` for 2."""
    return _GENDER.get(code or "")


def first_recorded(element: Element | None) -> str | None:
    """The day on which the register first wrote it: ГРНДатаПерв/@ДатаЗаписи, else the day of the present entry."""
    return attribute(element, "ДатаЗаписи", "ГРНДатаПерв") or attribute(element, "ДатаЗаписи", "ГРНДата")


def entry_days(element: Element, *, entry: str) -> tuple[str, ...]:
    """The days of all entries about the firm or trader, in order."""
    days = {attribute(one, "ДатаЗап") for one in element if local(one) == entry}
    return tuple(sorted(day for day in days if day))


_ADDRESS = (
    ("Регион", "ТипРегион", "НаимРегион"),
    ("Район", "ТипРайон", "НаимРайон"),
    ("Город", "ТипГород", "НаимГород"),
    ("НаселПункт", "ТипНаселПункт", "НаимНаселПункт"),
    ("Улица", "ТипУлица", "НаимУлица"),
)


def address_of(element: Element | None) -> str | None:
    """One line from АдресРФ, else from the address by the state address register (ФИАС)."""
    old = child(element, "АдресРФ")
    if old is not None:
        parts = [attribute(old, "Индекс")]
        for tag, kind, name in _ADDRESS:
            parts.append(" ".join(part for part in (attribute(old, kind, tag), attribute(old, name, tag)) if part))
        parts += [attribute(old, "Дом"), attribute(old, "Корпус"), attribute(old, "Кварт")]
        return ", ".join(part for part in parts if part) or None
    new = next((one for one in element if local(one) in ("СвАдрЮЛФИАС", "СвАдрФИАС")), None) if element is not None else None
    return ", ".join(part for part in (attribute(new, "Индекс"), *_fias(new)) if part) or None if new is not None else None


def _fias(element: Element) -> Iterator[str]:
    for part in element:
        if local(part) == "НаимРегион":
            yield " ".join((part.text or "").split())
        elif local(part) not in ("Регион", "ГРНДата", "ГРНДатаИспр", "ГРНИПДата"):
            kind = attribute(part, "Тип") or attribute(part, "Вид") or ""
            name = attribute(part, "Наим") or attribute(part, "Номер") or ""
            yield f"{kind} {name}".strip()


def slug(text: str) -> str:
    """A name as the part of an id: the same for one spelling, whatever the case, ё and punctuation."""
    return _NOT_WORD.sub(".", text.casefold().replace("ё", "е")).strip(".")


def unreliable(element: Element) -> Iterator[str]:
    """The register's own marks that something in the element is unreliable (СвНедДан…)."""
    for mark in descendants(element, "СвНедДанДолжнФЛ", "СвНедДанУчр", "СвНедДанУпрОрг", "СвНедАдресЮЛ"):
        words = next((value for name, value in mark.attrib.items() if str(name).startswith("Текст")), None)
        yield " ".join(str(words or "сведения недостоверны").split())
