"""Addresses as far as one may ask whether two are the same: folded words in a fixed order, or nothing without a house."""

from __future__ import annotations

import re
from functools import lru_cache

from screening.names.letters import repair

_STREET = "г город гор ул улица пр просп проспект пр-т пр-кт пер переулок б-р бульвар пл площадь ш шоссе наб набережная"
_REGION = "респ республика рт рф россия татарстан"
_KINDS = {
    "": f"{_STREET} {_REGION}",
    "house": "д дом вл владение",
    "block": "к корп корпус стр строение",
    "flat": "кв квартира оф офис пом помещение ком комната",
}
_TYPES = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_TOKEN = re.compile(r"[^\W\d_]+-[^\W\d_]+|[^\W\d_]+|[0-9]+(?:/[0-9]+)?(?:[ -]?[абвежз](?![^\W\d_]))?")
_POSTCODE = re.compile(r"\b[0-9]{6}\b")


@lru_cache(maxsize=1 << 15)
def fold_address(text: str) -> str:
    """`г. Казань, ул. Баумана, д. 44, кв. 12` → `баумана казань house:44 flat:12`; empty where no house is named.

    Everybody of a town shares an address without a house, so it says nothing about who is who. Postcodes, the kind of
    street and the order of the parts don't matter.
    """
    words: set[str] = set()
    numbers: dict[str, str] = {}
    kind = ""
    lowered = repair(_POSTCODE.sub(" ", text)).lower().replace("ё", "е")
    for token in _TOKEN.findall(lowered):
        if token in _TYPES:
            kind = _TYPES[token]
        elif token[0].isdigit() and (words or kind):
            if kind == "house" and "house" in numbers:  # ул. 8 Марта, д. 3
                words.add(numbers.pop("house"))
            numbers.setdefault(kind or _next_kind(numbers), re.sub("[ -]", "", token))
            kind = ""
        elif kind in {"house", "block", "flat"} and len(token) == 1:
            numbers.setdefault(kind, token)
            kind = ""
        else:
            words.add(token)
            kind = ""
    if not words or "house" not in numbers:
        return ""
    return " ".join([*sorted(words), *(f"{kind}:{numbers[kind]}" for kind in ("house", "block", "flat") if kind in numbers)])


def _next_kind(numbers: dict[str, str]) -> str:
    """Bare numbers after the street are the house, then the flat (`Баумана, 44-12`)."""
    return "house" if "house" not in numbers else "flat"
