"""Synthetic identifiers: valid by checksum, impossible as real ones (region 00, telephone code 000)."""

from __future__ import annotations

from collections.abc import Sequence

_SPREAD = 7_368_787  # odd and no multiple of 5, so serial -> serial * _SPREAD mod 10**n never meets itself


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10


def spread(serial: int, seed: int, digits: int) -> str:
    """A number of that many digits that differs for every serial below 10**digits."""
    return f"{(serial * _SPREAD + seed * 104_729) % 10**digits:0{digits}d}"


def inn_person(serial: int, seed: int) -> str:
    """Twelve digits, region 00."""
    body = "00" + spread(serial, seed, 8)
    first = _weighted(body, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
    second = _weighted(f"{body}{first}", (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
    return f"{body}{first}{second}"


def inn_organization(serial: int, seed: int) -> str:
    """Ten digits, region 00."""
    body = "00" + spread(serial, seed, 7)
    return f"{body}{_weighted(body, (2, 4, 10, 3, 5, 9, 4, 6, 8))}"


def kpp(inn: str) -> str:
    """The code of the place of registration; the first four digits are those of the ИНН."""
    return f"{inn[:4]}01001"


def ogrn(serial: int, year: int, seed: int) -> str:
    """Thirteen digits: 1, year, region 00."""
    body = f"1{year % 100:02d}00{spread(serial, seed, 7)}"
    return f"{body}{int(body) % 11 % 10}"


def ogrnip(serial: int, year: int, seed: int) -> str:
    """Fifteen digits: 3, year, region 00."""
    body = f"3{year % 100:02d}00{spread(serial, seed, 9)}"
    return f"{body}{int(body) % 13 % 10}"


def snils(serial: int, seed: int) -> str:
    """Written with its signs: 112-233-445 95."""
    body = "9" + spread(serial, seed, 8)
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(body))
    total = total % 101 if total > 101 else total
    control = "00" if total in (100, 101) else f"{total:02d}"
    return f"{body[:3]}-{body[3:6]}-{body[6:]} {control}"


def passport(serial: int, year: int, seed: int) -> str:
    """Series and number: region 92, year of the blank."""
    return f"92{year % 100:02d} {spread(serial, seed, 6)}"


def phone(serial: int, seed: int) -> str:
    """A number of the unassigned code 000."""
    digits = spread(serial, seed, 7)
    return f"+7 000 {digits[:3]}-{digits[3:5]}-{digits[5:]}"


def guid(serial: int, seed: int, kind: str) -> str:
    """A document id in the shape of a GUID; the same for the same thing."""
    tail = f"{serial:012d}"
    return f"00000000-{sum(kind.encode()) % 10000:04d}-4000-8{seed % 1000:03d}-{tail[-12:]}"
