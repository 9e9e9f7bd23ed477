"""What a spreadsheet's cell says: numbers without `.0`, dates however they were typed, nothing for an error."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

Cell = int | float | str | bool | date | datetime | time | timedelta | None

_ERRORS = frozenset({"#н/д", "#n/a", "#знач!", "#value!", "#ссылка!", "#ref!", "#дел/0!", "#div/0!", "#имя?", "#name?", "#число!", "#num!"})
_EXACT = 1e15
_MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
}  # fmt: skip
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./](\d{4})")
_WORDS = re.compile(r"(?:[«\"]?(\d{1,2})[»\"]?\s+)?([а-я]{3,8})\s+(\d{4})")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_TAIL = re.compile(r"\s*(?:г|гг|год|года)\.?$")
_UNTIL_NOW = r"-+|—|–|нет|н\.?\s?в\.?|(?:по )?наст(?:оящее|\.)?\s*(?:время|вр\.?)|по н\.?\s?в\.?|бессрочно|действует"
_OPEN = re.compile(_UNTIL_NOW, re.IGNORECASE)
_FIRST_SERIAL, _LAST_SERIAL = 1, 2_958_465
_LEAP_BUG = 60
"""Excel counts a 29 February 1900 that never was; serials after it are one too high."""


def cell_text(value: Cell) -> str:
    """The cell as text, with white space made single."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float):
        return _number(value)
    text = " ".join(str(value).split())
    return "" if text.casefold() in _ERRORS else text


def _number(value: float) -> str:
    if abs(value) >= _EXACT:
        return f"{value:.14e}"
    return str(int(value)) if value.is_integer() else repr(value)


def date_text(text: str) -> str:
    """A date as ISO text where its form is known, else the text itself, for validation to refuse.

    `14.03.1979`, `14 марта 1979 г.`, `март 1979`, `03.1979`, `1979 г.`, a spreadsheet's serial number. Two digits of a year are
    not guessed at. Words for «until now» are no date: empty.
    """
    bare = _TAIL.sub("", text.strip().lower().replace("ё", "е")).strip()
    if not bare or _OPEN.fullmatch(bare):
        return ""
    if found := _NUMERIC.fullmatch(bare):
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    if found := _MONTH_YEAR.fullmatch(bare):
        return f"{found[2]}-{int(found[1]):02d}"
    if (found := _WORDS.fullmatch(bare)) and found[2][:3] in _MONTHS:
        month = f"{found[3]}-{_MONTHS[found[2][:3]]:02d}"
        return f"{month}-{int(found[1]):02d}" if found[1] else month
    if _YEAR.fullmatch(bare):
        return bare
    return _serial(bare) if _SERIAL.fullmatch(bare) else text


def _serial(text: str) -> str:
    number = int(float(text.replace(",", ".")))
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return text
    origin = date(1899, 12, 30) if number > _LEAP_BUG else date(1899, 12, 31)
    return (origin + timedelta(days=number)).isoformat()


def integer_text(text: str) -> str:
    """A number that a table made `17.0` of, as `17`."""
    return re.sub(r"^(\d+)[.,]0+$", r"\1", text)
