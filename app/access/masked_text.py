"""Names and numbers of people inside running text, found in any case form and replaced by their masks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

_UP, _LOW = "А-ЯЁӘӨҮҖҢҺ", "а-яёәөүҗңһ"
_MALE, _FEMALE, _TATAR = "[вкмтсзьфл]ич", "[ое]вн|ичн|инишн", "улы|уулу|кызы|оглы|оглу|гызы"
_ORGANIZATION = re.compile(
    r"[«»\"“”]|\b(?:ООО|АО|ПАО|ЗАО|ОАО|НАО|МБУ|МАУ|МКУ|МУП|ГУП|МБОУ|МБДОУ|МАОУ|МАДОУ|МКП|АНО|НКО|ТСЖ|КФХ|ГБУ|ГАУЗ|ФГУП|ФГБУ|"
    r"администрация|комитет|управление|департамент|комиссия|исполком|исполнительный|палата|общество|учреждение|предприятие|"
    r"товарищество|кооператив|фонд|союз|школа|детский сад|Ltd|LLC|JSC)\b",
    re.IGNORECASE,
)
_NUMBERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"), "•••@•••"),
    (re.compile(r"(?<!\d)\d{3}-\d{3}-\d{2}(\d)[ -](\d\d)(?!\d)"), r"•••-•••-••\1 \2"),
    (re.compile(r"(?<![\d.,])(?:\+7|8)[ -]?\(?\d{3}\)?[ -]?\d{3}[ -]?\d{2}[ -]?(\d{2})(?!\d)"), r"••• ••-\1"),
    (re.compile(r"(?<!\d)\d{8}(\d{4})(?!\d)"), r"••••\1"),
    (re.compile(r"(?i)(паспорт\D{0,12})\d{2} ?\d{2} ?(?:№ ?)?\d{6}"), r"\1•••"),
)
_SPACE = r"\s"
_TRADER = re.compile(r"\s*(?:ИП|Индивидуальный предприниматель|Глава КФХ)\s+", re.IGNORECASE)
_ENDING = re.compile(r"(?:ая|яя|ой|ый|ий|а|я|ь|й|о|е|ы|и)$")


@cache
def person_pattern() -> re.Pattern[str]:
    """A full name: surname, given name, patronymic in either order, in any case form; «Иванов Иван Иванович» or all in capitals."""
    return re.compile("|".join(_full_name(low, caps) for low, caps in ((_LOW, False), (_UP, True))))


def _full_name(low: str, caps: bool) -> str:  # noqa: FBT001 - private, two calls above
    word = rf"[{_UP}][{low}]+(?:-[{_UP}][{low}]+)?"
    endings = rf"(?:(?:{_MALE})(?:а|у|ем|ом|е)?|(?:{_FEMALE})(?:а|ы|е|у|ой|ою)|\s(?:{_TATAR}))"
    # Case is folded in place of IGNORECASE, under which «на высоком уровне» would be a patronymic.
    patronymic = rf"[{_UP}][{low}]+{endings.upper().replace(chr(92) + 'S', chr(92) + 's') if caps else endings}"
    return rf"\b{word}\s{word}\s{patronymic}(?![{low}])|\b{word}\s{patronymic}(?:\s{word})?(?![{low}])"


@cache
def _patronymic() -> re.Pattern[str]:
    endings = rf"(?:(?:{_MALE})(?:а|у|ем|ом|е)?|(?:{_FEMALE})(?:а|ы|е|у|ой|ою))"
    return re.compile(rf"\w+{endings}", re.IGNORECASE)


_INITIALS = re.compile(rf"\b(?P<last>[{_UP}])[{_LOW}]+(?:-[{_UP}][{_LOW}]+)?\s(?P<first>[{_UP}])\.\s?(?P<patr>[{_UP}])\.")


def mask_name(name: str) -> str:
    """«Х… А.Р.» for «Хайруллин Айдар Ринатович»; works on any number of words; «ИП» in front stays."""
    trader = _TRADER.match(name)
    words = [word for word in re.sub(r"\(.*?\)", " ", name[trader.end() :] if trader else name).split() if word[0].isalpha()]
    if not words:
        return "…"
    if len(words) >= 2 and _patronymic().fullmatch(words[1]):
        words = [*words[2:3], *words[:2]]
    initials = "".join(f"{letter}." for word in words[1:3] for letter in _initials(word))
    return f"{'ИП ' if trader else ''}{words[0][0].upper()}… {initials}".strip()


def _initials(word: str) -> list[str]:
    """А.Р. written as one word gives two letters."""
    return [part[0].upper() for part in word.split(".") if part][:2]


def looks_like_organization(name: str) -> bool:
    """Whether quotes, a legal form or the word for a body stand in the name. A sole trader's name does not count."""
    return bool(_ORGANIZATION.search(name)) and not _TRADER.match(name)


def mask_text(text: str, known: Iterable[str] = ()) -> str:
    """The text with full names, names with initials, the known people's surnames, and numbers of people masked.

    A name is found by its shape (a patronymic in any case form) or because it is known; what is neither stays.
    """
    masked = person_pattern().sub(lambda found: mask_name(found[0]), text)
    names = sorted(known, key=len, reverse=True)
    # All full runs before any lone surname: «Иванов» alone would else eat the half of «Иванова Анна».
    for whole in (True, False):
        for name in names:
            masked = _known(name, whole).sub(mask_name(name), masked)
    masked = _INITIALS.sub(lambda m: f"{m['last']}… {m['first']}.{m['patr']}.", masked)
    for pattern, mask in _NUMBERS:
        masked = pattern.sub(mask, masked)
    return masked


@lru_cache(maxsize=4096)
def _known(name: str, whole: bool) -> re.Pattern[str]:  # noqa: FBT001 - private, one call above
    """The known name in any case form: all its words in a run, or its surname alone with or without initials."""
    bare = re.sub(r"\(.*?\)", " ", _TRADER.sub("", name))
    forms = [_form(word) for word in bare.split() if word[0].isalpha()]
    if not forms or (whole and len(forms) == 1):
        return re.compile(r"(?!)")
    if whole:
        return re.compile(rf"(?:\bИП\s)?\b{_SPACE.join(forms)}(?!\w)")
    return re.compile(rf"\b{forms[0]}(?!\w)(?:\s[{_UP}]\.\s?(?:[{_UP}]\.)?)?")


def _form(word: str) -> str:
    stem = _ENDING.sub("", word) if len(word) >= 4 else word
    return re.escape(stem) + rf"[{_LOW}]{{0,4}}"
