"""Russian identifiers: strict checks, and cleaning of what spreadsheets and people make of them.

Two layers. `*_valid` are strict predicates over the bare form. `clean_*` take whatever stood in a cell and answer a
CleanId (with what was done to it), or raise BadValue whose code is the quarantine reason. Both know only arithmetic:
a number that passes is not proved to be the right person's (an ИНН-10 lets 1.7 % of random slips through).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from stdnum.ru import inn as stdnum_inn

from domain.errors import BadValue


class Remark(StrEnum):
    """What a person should be told about a value that was not refused."""

    RESTORED = "restored_zero"
    DESTROYED = "destroyed_number"
    UNUSUAL = "unusual_number"
    UNCHECKED = "unchecked_number"


@dataclass(frozen=True, slots=True)
class CleanId:
    """An identifier after cleaning; `value` is None only where a spreadsheet destroyed it."""

    name_ru: str
    name_en: str
    given: str
    value: str | None
    remark: Remark | None = None

    @property
    def restored(self) -> bool:
        """A leading zero lost on the way was put back."""
        return self.remark is Remark.RESTORED

    @property
    def destroyed(self) -> bool:
        """A spreadsheet kept only the first digits; the value is dropped."""
        return self.remark is Remark.DESTROYED

    @property
    def message_ru(self) -> str:
        """The remark as a sentence; empty when there is none."""
        return _REMARKS[self.remark][0].format(self.name_ru, self.given, self.value) if self.remark else ""

    @property
    def message_en(self) -> str:
        """The remark as an English sentence; empty when there is none."""
        return _REMARKS[self.remark][1].format(self.name_en, self.given, self.value) if self.remark else ""


_REMARKS = {
    Remark.RESTORED: (
        "{} «{}»: восстановлен потерянный ведущий ноль, принято {}.",
        "{} “{}”: a lost leading zero was restored, taken as {}.",
    ),
    Remark.DESTROYED: (
        "{} «{}» испорчен электронной таблицей (остались только первые цифры) и не учтён.",
        "{} “{}” was destroyed by a spreadsheet (only its first digits are left) and is dropped.",
    ),
    Remark.UNUSUAL: (
        "{} «{}» верен по контрольному числу, но необычен: проверьте.",
        "{} “{}” passes its checksum but is unusual: check it.",
    ),
    Remark.UNCHECKED: (
        "{} «{}» принят без проверки: контрольного числа у него нет.",
        "{} “{}” is kept unchecked: it carries no check digit.",
    ),
}

# ---------------------------------------------------------------------------------------------- strict checks

_DIGITS = re.compile(r"[0-9]+")
_KPP = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}")
_SNILS_WITHOUT_CHECK = 1_001_998
"""Numbers up to 001-001-998 were issued before check digits existed."""


def _digits(text: str, *lengths: int) -> bool:
    return len(text) in lengths and _DIGITS.fullmatch(text) is not None


def inn_valid(text: str) -> bool:
    """ИНН of 10 digits (organizations) or 12 (people) with its check digits."""
    if _digits(text, 10):
        return bool(stdnum_inn.calc_company_check_digit(text) == text[9])
    return _digits(text, 12) and bool(stdnum_inn.calc_personal_check_digits(text) == text[10:])


def kpp_valid(text: str) -> bool:
    """КПП: four digits, two digits or capital Latin letters, three digits; it has no checksum."""
    return _KPP.fullmatch(text) is not None


def ogrn_valid(text: str) -> bool:
    """ОГРН of 13 digits (first 1 or 5) or ОГРНИП of 15 (first 3).

    Not stdnum's: it takes ОГРНИП that begin with 4, 13 digits of any first digit, and no remainder above 9.
    """
    if _digits(text, 13):
        return text[0] in "15" and int(text[:12]) % 11 % 10 == int(text[12])
    return _digits(text, 15) and text[0] == "3" and int(text[:14]) % 13 % 10 == int(text[14])


def snils_control(nine: str) -> str:
    """The two check digits of a СНИЛС's first nine."""
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(nine)) % 101
    return "00" if total == 100 else f"{total:02d}"


def snils_valid(text: str) -> bool:
    """СНИЛС, with or without dashes and spaces."""
    digits = re.sub(r"[ -]", "", text)
    if not _digits(digits, 11):
        return False
    return int(digits[:9]) <= _SNILS_WITHOUT_CHECK or snils_control(digits[:9]) == digits[9:]


def passport_valid(text: str) -> bool:
    """Series and number of a Russian internal passport: ten digits, the region of the series not 00."""
    digits = re.sub(r"\s", "", text)
    return _digits(digits, 10) and digits[:2] != "00"


def oktmo_valid(text: str) -> bool:
    """ОКТМО: 8 or 11 digits; the control digit is a separate column of the classifier (`cyclic_control`)."""
    return _digits(text, 8, 11)


def cyclic_control(body: str) -> int:
    """The control digit of ОКТМО, ОКПО and УИН: weights 1–10 repeating; at 10 once more from 3; at 10 again, 0."""
    for shift in (0, 2):
        rest = sum(int(digit) * ((place + shift) % 10 + 1) for place, digit in enumerate(body)) % 11
        if rest < 10:
            return rest
    return 0


def uin_valid(text: str) -> bool:
    """УИН of 20 or 25 digits; that it is no КБК, only the caller can know."""
    if not _digits(text, 20, 25) or (len(text) == 20 and not text[3:19].strip("0")):
        return False
    return cyclic_control(text[:-1]) == int(text[-1])


def kbk_valid(text: str) -> bool:
    """КБК: twenty digits, not all zero."""
    return _digits(text, 20) and bool(text.strip("0"))


def bik_valid(text: str) -> bool:
    """БИК: nine digits; Russian ones begin with 04, the Treasury's with 01."""
    return _digits(text, 9) and text[:2] in {"01", "04"}


def account_valid(bik: str, account: str) -> bool:
    """Whether an account's key digit fits its bank.

    Accounts at the Bank of Russia itself (correspondent 301…, single treasury 40102…, or a БИК that ends in 000–002) are
    keyed by the fifth and sixth digit of the БИК; treasury accounts 0… carry no such key and are only measured.
    """
    if not bik_valid(bik) or not _digits(account, 20):
        return False
    if account[0] == "0":
        return True
    at_central_bank = account.startswith(("301", "40102")) or bik[6:] in {"000", "001", "002"}
    line = ("0" + bik[4:6] if at_central_bank else bik[6:]) + account
    return sum(int(digit) * (7, 1, 3)[place % 3] for place, digit in enumerate(line)) % 10 == 0


# ---------------------------------------------------------------------------------------------- what stood in the cell

_SEPARATORS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff'’`_]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212−–—-]")
_LABEL = re.compile(r"^(?:(?:инн|кпп|огрнип|огрн|снилс|паспорт|октмо|уин|кбк|inn|kpp|ogrn|snils)[:#.]*|[:#]+)(?=[0-9])", re.IGNORECASE)
_FLOAT_TAIL = re.compile(r"^([0-9]+)[.,]0+$")
_SCIENTIFIC = re.compile(r"^([0-9]{1,3})(?:[.,]([0-9]+))?[eе]\+?([0-9]{1,2})$", re.IGNORECASE)
_HASHES = re.compile(r"^#+$")
_EXCEL_DIGITS = 15
_ROUNDED_ZEROS = 5
"""Zeros at the end of a rounded number: a spreadsheet shows six digits, and the shortest identifier so rounded has eleven or so.
One in 100,000 right numbers ends so; those pass their checksum and are kept."""


def _cell(text: str) -> str | None:
    """A cell's text without separators, labels and number formatting; None when the digits are lost."""
    bare = _SEPARATORS.sub("", _DASHES.sub("", unicodedata.normalize("NFKC", text.replace("№", ""))))
    if _HASHES.match(bare):
        return None
    scientific = _SCIENTIFIC.match(bare)
    if scientific:
        exponent, fraction = int(scientific[3]), scientific[2] or ""
        if len(fraction) < exponent or exponent < 6:
            return None
        return f"{int(Decimal(f'{scientific[1]}.{fraction}e{exponent}'))}"
    bare = _LABEL.sub("", bare)
    tail = _FLOAT_TAIL.match(bare)
    return tail[1] if tail else bare


def _rounded(digits: str, *lengths: int) -> bool:
    """A number of the right length that ends in so many zeros that a spreadsheet rounded it (`1,66E+11` saved as a number)."""
    return _digits(digits, *lengths) and digits.endswith("0" * _ROUNDED_ZEROS) and bool(digits.strip("0"))


def _truncated(digits: str) -> bool:
    """A number of more than 15 digits that ends in zeros where a spreadsheet has no precision left."""
    return len(digits.lstrip("0")) > _EXCEL_DIGITS and not digits.lstrip("0")[_EXCEL_DIGITS:].strip("0")


def _refuse(code: str, name: tuple[str, str], given: str, why: tuple[str, str]) -> BadValue:
    return BadValue(code, f"{name[0]} «{given}» неверен: {why[0]}.", f"{name[1]} “{given}” is wrong: {why[1]}.")


_CHECKSUM = ("не сходится контрольное число", "the check digits do not fit")
_INN, _KPP_NAME, _OGRN = ("ИНН", "INN"), ("КПП", "KPP"), ("ОГРН", "OGRN")
_SNILS, _PASSPORT, _OKTMO = ("СНИЛС", "SNILS"), ("Номер паспорта", "Passport number"), ("ОКТМО", "OKTMO")
_UIN, _KBK, _ACCOUNT = ("УИН", "UIN"), ("КБК", "KBK"), ("Счёт", "Bank account")


def clean_inn(text: str, *, digits: int | None = None) -> CleanId:
    """An ИНН; a 9- or 11-digit one gets its zero back when the padded form passes. `digits`: 10 or 12 where only one will do.

    Zeros only are a filler that happens to pass the checksum: refused (`bad_inn`).
    """
    bare = _cell(text)
    if bare is None:
        return CleanId(*_INN, text, None, Remark.DESTROYED)
    padded = f"0{bare}" if len(bare) in {9, 11} else bare
    if not _digits(padded, 10, 12) or (digits and len(padded) != digits):
        wanted = (f"нужно цифр: {digits or '10 или 12'}", f"{digits or '10 or 12'} digits are expected")
        raise _refuse("bad_inn", _INN, text, wanted)
    if not inn_valid(padded) and _rounded(padded, 10, 12):
        return CleanId(*_INN, text, None, Remark.DESTROYED)
    if not inn_valid(padded) or not padded.strip("0"):
        raise _refuse("bad_inn", _INN, text, _CHECKSUM)
    return CleanId(*_INN, text, padded, None if padded == bare else Remark.RESTORED)


def clean_kpp(text: str, *, inn: str | None = None) -> CleanId:
    """A КПП. It has no checksum, so a lost zero is put back only where the firm's ИНН names the same tax office."""
    bare = _cell(text)
    if bare is None:
        return CleanId(*_KPP_NAME, text, None, Remark.DESTROYED)
    if _digits(bare, 8) and inn and inn[0] == "0" and inn[:4] == f"0{bare[:3]}":
        return CleanId(*_KPP_NAME, text, f"0{bare}", Remark.RESTORED)
    if not kpp_valid(bare):
        raise _refuse("bad_kpp", _KPP_NAME, text, ("нужно 9 знаков вида 165501001", "9 characters like 165501001 are expected"))
    return CleanId(*_KPP_NAME, text, bare)


def clean_ogrn(text: str, *, digits: int | None = None) -> CleanId:
    """An ОГРН (13) or ОГРНИП (15). Neither begins with zero, so nothing is ever restored."""
    bare = _cell(text)
    if bare is None:
        return CleanId(*_OGRN, text, None, Remark.DESTROYED)
    if not _digits(bare, 13, 15) or (digits and len(bare) != digits):
        wanted = (f"нужно цифр: {digits or '13 или 15'}", f"{digits or '13 or 15'} digits are expected")
        raise _refuse("bad_ogrn", _OGRN, text, wanted)
    if bare[0] not in ("15" if len(bare) == 13 else "3"):
        raise _refuse("bad_ogrn", _OGRN, text, ("неверна первая цифра", "its first digit is impossible"))
    if not ogrn_valid(bare) and _rounded(bare, 13, 15):
        return CleanId(*_OGRN, text, None, Remark.DESTROYED)
    if not ogrn_valid(bare):
        raise _refuse("bad_ogrn", _OGRN, text, _CHECKSUM)
    return CleanId(*_OGRN, text, bare)


def clean_snils(text: str) -> CleanId:
    """A СНИЛС as eleven digits; a ten-digit one gets its zero back when the padded form has check digits that fit.

    Three equal digits in a row are unusual (the Fund avoids them), which is a remark and no refusal.
    """
    bare = _cell(text)
    if bare is None:
        return CleanId(*_SNILS, text, None, Remark.DESTROYED)
    padded = f"0{bare}" if _digits(bare, 10) and int(bare[:8]) > _SNILS_WITHOUT_CHECK else bare
    if not _digits(padded, 11):
        raise _refuse("bad_snils", _SNILS, text, ("нужно 11 цифр", "11 digits are expected"))
    if not snils_valid(padded) and _rounded(padded, 11):
        return CleanId(*_SNILS, text, None, Remark.DESTROYED)
    if not snils_valid(padded) or not padded.strip("0"):
        raise _refuse("bad_snils", _SNILS, text, _CHECKSUM)
    if padded != bare:
        return CleanId(*_SNILS, text, padded, Remark.RESTORED)
    return CleanId(*_SNILS, text, padded, Remark.UNUSUAL if re.search(r"([0-9])\1\1", padded[:9]) else None)


_LOST_ZERO_REGIONS = frozenset("13478")
"""Regions 01, 03, 04, 07 and 08 of the ОКАТО give series that begin with zero; 02, 06 and 09 do not exist, and 05 … is
left out because nine digits that begin with 5 are series 50–53 of a travel passport, as are 60–65 and 70–75."""
_TRAVEL_SERIES = frozenset({*range(50, 54), *range(60, 66), *range(70, 76)})
_SERIES_WORDS = re.compile(r"\b(?:серия|сер\.|номер)(?=[\s:\d])", re.IGNORECASE)
_LOOKS_RUSSIAN = re.compile(r"[0-9OОoо]{10}")
_FOREIGN = re.compile(r"(?=.*[0-9])[0-9A-Za-zА-ЯЁа-яё/.]{4,20}")


def clean_passport(text: str) -> CleanId:
    """A passport number: ten digits are a Russian internal one; what is plainly none is kept unchecked.

    Nine bare digits are a lost zero where the region and the year of the blank allow only that; a travel passport (series
    5x, 6x, 7x) or a foreign document (with letters) is kept as it stands.
    """
    bare = _cell(_SERIES_WORDS.sub("", text))
    if bare is None:
        return CleanId(*_PASSPORT, text, None, Remark.DESTROYED)
    if passport_valid(bare):
        return CleanId(*_PASSPORT, text, bare)
    if _digits(bare, 9) and bare == re.sub(r"[.,]0+$", "", text.strip()):
        year = int(bare[1:3])
        if int(bare[:2]) in _TRAVEL_SERIES:
            return CleanId(*_PASSPORT, text, bare, Remark.UNCHECKED)
        if bare[0] in _LOST_ZERO_REGIONS and (year >= 97 or year <= 40):
            return CleanId(*_PASSPORT, text, f"0{bare}", Remark.RESTORED)
    if not bare.isdecimal() and not _LOOKS_RUSSIAN.fullmatch(bare) and _FOREIGN.fullmatch(bare):
        return CleanId(*_PASSPORT, text, bare.upper(), Remark.UNCHECKED)
    raise _refuse("bad_passport", _PASSPORT, text, ("нужно 10 цифр, серия не с 00", "10 digits are expected, the series not from 00"))


def clean_oktmo(text: str) -> CleanId:
    """An ОКТМО. It has no checksum of its own: seven or ten digits may have lost a zero or a digit, and are refused."""
    bare = _cell(text)
    if bare is None:
        return CleanId(*_OKTMO, text, None, Remark.DESTROYED)
    if not oktmo_valid(bare):
        raise _refuse("bad_oktmo", _OKTMO, text, ("нужно 8 или 11 цифр", "8 or 11 digits are expected"))
    return CleanId(*_OKTMO, text, bare)


def clean_uin(text: str, *, kbk: str | None = None) -> CleanId:
    """A УИН, or `0` where a payment has none. `kbk`: the payment's own КБК, which may not stand in its place."""
    bare = _cell(text)
    if bare is None or (_digits(bare, *range(16, 26)) and not uin_valid(bare) and _truncated(bare)):
        return CleanId(*_UIN, text, None, Remark.DESTROYED)
    if bare == "0":
        return CleanId(*_UIN, text, bare)
    padded = f"0{bare}" if _digits(bare, 19, 24) else bare
    if not _digits(padded, 20, 25):
        raise _refuse("bad_uin", _UIN, text, ("нужно 20 или 25 цифр", "20 or 25 digits are expected"))
    if padded == kbk:
        raise _refuse("bad_uin", _UIN, text, ("на его месте стоит КБК", "the KBK stands in its place"))
    if not uin_valid(padded):
        raise _refuse("bad_uin", _UIN, text, _CHECKSUM)
    return CleanId(*_UIN, text, padded, None if padded == bare else Remark.RESTORED)


def clean_kbk(text: str) -> CleanId:
    """A КБК of twenty digits."""
    bare = _cell(text)
    if bare is None or (_digits(bare, *range(16, 21)) and _truncated(bare)):
        return CleanId(*_KBK, text, None, Remark.DESTROYED)
    if not kbk_valid(bare):
        raise _refuse("bad_kbk", _KBK, text, ("нужно 20 цифр", "20 digits are expected"))
    return CleanId(*_KBK, text, bare)


def clean_account(text: str) -> CleanId:
    """A bank account as the feed writes it, `БИК/account`; an eight-digit БИК gets its zero back when the key then fits."""
    bik_text, slash, account_text = text.partition("/")
    bik, account = _cell(bik_text), _cell(account_text)
    if bik is None or account is None or (_digits(account, 20) and _truncated(account) and not account_valid(bik.zfill(9), account)):
        return CleanId(*_ACCOUNT, text, None, Remark.DESTROYED)
    padded = f"0{bik}" if _digits(bik, 8) else bik
    if not slash or not bik_valid(padded) or not _digits(account, 20):
        raise _refuse("bad_account", _ACCOUNT, text, ("нужен вид БИК/счёт, 9 и 20 цифр", "BIK/account is expected, 9 and 20 digits"))
    if not account_valid(padded, account):
        raise _refuse("bad_account", _ACCOUNT, text, ("ключ счёта не подходит к БИК", "the account's key does not fit the BIK"))
    return CleanId(*_ACCOUNT, text, f"{padded}/{account}", None if padded == bik else Remark.RESTORED)
