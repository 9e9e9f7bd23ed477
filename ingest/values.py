"""Shares, amounts and days of issue as people and registers write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from domain.dates import parse_date
from domain.errors import BadValue
from domain.records import Extract
from ingest.reasons import bad_value

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’_]+")
_PERCENT = re.compile(r"(\d+)(?:[.,](\d+))?%?")
_RATIO = re.compile(r"(\d+)[/⁄](\d+)")
_CURRENCY = re.compile(r"(?:руб(?:лей|ля|ль)?\.?|р\.?|₽|rub)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@lru_cache(maxsize=65_536)
def parse_share(text: str) -> Fraction:
    """A share as a part of one, exactly: `60` and `60 %` are 3/5, `3/5` too, `0,6` is 0.6 %.

    Raises BadValue (`bad_share`) for what is no share or more than the whole.
    """
    bare = _SPACES.sub("", text)
    ratio = _RATIO.fullmatch(bare)
    percent = None if ratio else _PERCENT.fullmatch(bare)
    if ratio and int(ratio[2]):
        share = Fraction(int(ratio[1]), int(ratio[2]))
    elif percent:
        share = Fraction(f"{percent[1]}.{percent[2] or 0}") / 100
    else:
        raise bad_value("bad_share", value=text)
    if share > 1:
        raise bad_value("bad_share", value=text)
    return share


@lru_cache(maxsize=65_536)
def parse_amount(text: str) -> Decimal:
    """An amount or number that is not negative: `598 000,00`, `598000.00`, `1,234.50`, `598 000 руб.`.

    The last of point and comma is the decimal sign; a lone comma is always one, as in Russian. Raises BadValue (`bad_amount`).
    """
    bare = _CURRENCY.sub("", _SPACES.sub("", text))
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma > point:
        bare = bare.replace(".", "").replace(",", ".") if bare.count(",") == 1 else bare.replace(",", "")
    elif comma >= 0:
        bare = bare.replace(",", "")
    if not _NUMBER.fullmatch(bare):
        raise bad_value("bad_amount", value=text)
    return Decimal(bare)


def amount_text(text: str) -> str:
    """The amount as plain digits with a decimal point: what records keep."""
    return f"{parse_amount(text):f}"


def extract_of(scope: str, issued: str | None, changes: Iterable[str] = ()) -> Extract | None:
    """The extract of a register's document; None where it does not say when it was issued. Changes without a day are left out."""
    if issued is None or not _is_day(issued):
        return None
    return Extract(scope, issued, tuple(day for day in changes if _is_day(day)))


@lru_cache(maxsize=65_536)
def _is_day(text: str) -> bool:
    try:
        return parse_date(text).complete
    except BadValue:
        return False
