"""Phones and e-mail addresses, folded so that equal ones are equal strings, and nothing is equal to a filler."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.yaml_text import load_yaml

_DATA: dict[str, Any] = load_yaml((Path(__file__).parent / "contacts.yaml").read_text(encoding="utf-8"))

_LONGEST = 500
"""Characters of a field that are read: dozens of numbers."""
_EXTENSION = re.compile(
    rf"(?:(?<![^\W\d_])(?:{'|'.join(re.escape(word) for word in _DATA['extensions'] if word.isalpha())})\b\.?|#|№)[\s:.]*([0-9]{{1,6}})",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[,;\n|]|\s(?:и|или|and|or)\s|/(?=\s*(?:\+|8|\(|[0-9]{3,}))|\s(?=\+)", re.IGNORECASE)
_TAIL = re.compile(r"\s*/\s*([0-9]{2})(?![0-9])")
_DESTROYED = re.compile(r"[0-9][.,][0-9]+\s*[eе]\s*\+?[0-9]{1,2}", re.IGNORECASE)
_FLOAT = re.compile(r"(?<=[0-9]{6})[.,]0+(?![0-9])")
_RUSSIAN_AREAS = "34789"
_TOLL_FREE = ("800", "804")

_PLAIN = re.compile(r"\+?[78]9[0-9]{9}")
"""A mobile number as programs write it; most are."""
_ADDRESS = re.compile(r"[^@\s<>,;:()\[\]\"]+@[^@\s<>,;:()\[\]\"]+\.[^@\s<>,;:()\[\]\".]{2,}")
_LOOK_ALIKES = str.maketrans(_DATA["look_alikes"])
_MAILBOX = {domain: (kept, service.get("same", {})) for kept, service in _DATA["mail"].items() for domain in service["domains"]}
_TAG: str = _DATA["tag"]


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number: digits with the country code (`78432991234`), and the extension where one is given.

    `assumed_area`: the number was local and got the caller's area code; it proves less than a whole one.
    """

    number: str
    extension: str = ""
    assumed_area: bool = False

    @property
    def mobile(self) -> bool:
        """A Russian mobile number (+7 9…): a person's; all others may be an office's."""
        return self.number.startswith("79")

    @property
    def toll_free(self) -> bool:
        """A number of the 8-800 kind: an organization's, behind which anybody may sit."""
        return self.number.startswith("7") and self.number[1:4] in _TOLL_FREE


@lru_cache(maxsize=1 << 15)
def read_phones(text: str, *, area: str = "") -> tuple[Phone, ...]:
    """Every number of a field, in order, without repeats; fillers, short and destroyed ones (`7,84E+10`) are left out.

    A seven-digit number takes the area code of a number before it in the same field, else `area` (three digits, `843` for
    Kazan), else it is left out: the same seven digits are dialled in every city.
    """
    if _PLAIN.fullmatch(text):
        number = _whole(text.lstrip("+"), area)
        return (Phone(number),) if number else ()
    found: list[Phone] = []
    known_area = ""
    cleaned = _FLOAT.sub("", unicodedata.normalize("NFKC", text[:_LONGEST]))
    for piece in _SPLIT.split(_DESTROYED.sub(" ", cleaned)):
        extension = _EXTENSION.search(piece)
        bare = piece[: extension.start()] if extension else piece
        tail = _TAIL.search(bare)
        digits = _digits(bare[: tail.start()] if tail else bare)
        number, assumed = _whole(digits, known_area or area), len(digits) == 7 and not known_area
        if not number:
            continue
        if number[0] == "7" and number[1] != "9":
            known_area = number[1:4]
        found.append(Phone(number, extension[1] if extension else "", assumed))
        if tail:
            found.append(Phone(f"{number[:-2]}{tail[1]}", "", assumed))
    return tuple(dict.fromkeys(found))


def fold_phone(text: str) -> str:
    """The first number: `+7 (843) 299-12-34` and `8 843 2991234 доб. 15` → `78432991234`; empty where there is none."""
    found = read_phones(text)
    return found[0].number if found else ""


def fold_phones(text: str) -> tuple[str, ...]:
    """Every number of a field, without extensions."""
    return tuple(dict.fromkeys(phone.number for phone in read_phones(text)))


@lru_cache(maxsize=1 << 15)
def fold_email(text: str) -> str:
    """The first address as its mailbox: small letters, no plus-tag, one domain of a service; empty where there is none.

    `I.Ivanov+tag@ya.ru` → `i-ivanov@yandex.ru`. A Russian letter that looks Latin becomes Latin where only such ones stand.
    """
    found = fold_emails(text)
    return found[0] if found else ""


@lru_cache(maxsize=1 << 15)
def fold_emails(text: str) -> tuple[str, ...]:
    """Every address of a field, folded as `fold_email` does."""
    lowered = unicodedata.normalize("NFKC", text[:_LONGEST]).lower()
    return tuple(dict.fromkeys(folded for found in _ADDRESS.findall(lowered) if (folded := _mailbox(found))))


def _mailbox(address: str) -> str:
    local, _, domain = address.strip(".'").partition("@")
    local, domain = _one_alphabet(local), _one_alphabet(domain)
    kept, same = _MAILBOX.get(domain, (domain, {}))
    local = local.split(_TAG, 1)[0]
    for written, read in same.items():
        local = local.replace(written, read)
    return f"{local}@{kept}" if local.strip(".-_") else ""


def _one_alphabet(part: str) -> str:
    replaced = part.translate(_LOOK_ALIKES)
    return replaced if replaced.isascii() else part


def _digits(text: str) -> str:
    return "".join(char for char in text if char in "0123456789")


def _whole(digits: str, area: str) -> str:
    """With the country code; empty for what is no number."""
    if len(digits) == 7 and area:
        digits = f"7{area}{digits}"
    elif len(digits) == 10 and digits[0] in _RUSSIAN_AREAS:
        digits = f"7{digits}"
    elif len(digits) == 11 and digits[0] == "8":
        digits = f"7{digits[1:]}"
    return digits if 11 <= len(digits) <= 15 and len(set(digits[-7:])) > 1 else ""
