"""Reading a person's name from text in any customary order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from screening.names.letters import is_initial, repair
from screening.names.lexicon import BARE_ENDINGS, is_given, is_patronymic, is_surname
from screening.names.person import PersonName

_TOKEN = re.compile(r"[^\W\d_]+(?:[-’'ʼ`][^\W\d_]+)*\.?")
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_FORMERLY = re.compile(
    r"\b(?:до брака|в девичестве|девичья фамилия|урожд[а-я]*|урож|ранее|бывш[а-я]*|прежняя фамилия)\b\.?:?", re.IGNORECASE
)
_TITLES = re.compile(
    r"^\s*(?:индивидуальный предприниматель|глава кфх|глава крестьянского \(фермерского\) хозяйства|ип|"
    r"гражданин|гражданка|гр-н|гр-ка|гр|господин|госпожа|г-н|г-жа)\b\.?\s+(?=\w{2})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReadName:
    """A name, and the former surnames that stood beside it in the text."""

    name: PersonName
    former: tuple[str, ...] = ()


def parse_name(text: str) -> PersonName:
    """The name alone: `Гарипов А. Р.`, `Айдар Ринатович Гарипов`, `ГАРИПОВ АЙДАР РИНАТОВИЧ`, `Гарипов Айдар Ринат улы`."""
    return read_name(text).name


@lru_cache(maxsize=1 << 16)
def read_name(text: str) -> ReadName:
    """The name and former surnames: `Валиева (Зарипова) Лейсан Рустемовна`, `… урожд. Сафина`."""
    text = repair(text)
    former: list[str] = []

    def take(match: re.Match[str]) -> str:
        inside = _TOKEN.findall(_FORMERLY.sub("", match[1]))
        former.extend(_cased(word) for word in inside if not is_initial(word) and not is_patronymic(word) and not is_given(word))
        return " "

    text = _BRACKETS.sub(take, _TITLES.sub("", text))
    text, *tails = _FORMERLY.split(text)
    for tail in tails:
        former.extend(_cased(word) for word in _TOKEN.findall(tail)[:1])
    return ReadName(_ordered(text), tuple(dict.fromkeys(former)))


def former_name(text: str, current: PersonName) -> PersonName:
    """A former name from a surname alone or a full name; the parts it leaves out are those of the current name."""
    words = _TOKEN.findall(repair(text))
    alone = len(words) == 1 or not any(is_given(word) or is_patronymic(word) or is_initial(word) for word in words[1:])
    if alone and not (len(words) > 1 and _cased(words[1]) == current.first):
        return PersonName(" ".join(_cased(word) for word in words), current.first, current.patronymic)
    name = parse_name(text)
    if not name.last:
        return PersonName(current.last, name.first or current.first, name.patronymic or current.patronymic)
    return PersonName(name.last, name.first or current.first, name.patronymic or current.patronymic)


def name_of_parts(last: str, first: str, patronymic: str) -> PersonName:
    """A name whose parts came apart from each other; letters and case are put in order."""
    return PersonName(*(" ".join(_words(repair(part))) for part in (last, first, patronymic)))


def _ordered(text: str) -> PersonName:
    before, comma, after = text.partition(",")
    if comma and len(_TOKEN.findall(before)) in {1, 2} and _TOKEN.findall(after):
        rest = _words(after)
        if not any(is_patronymic(word) for word in _TOKEN.findall(before)):
            surname = " ".join(_words(before))
            return PersonName(surname, *_given_parts(rest))
    words = _words(text.replace(",", " "))
    if any(is_initial(word) for word in words):
        return _with_initials(words)
    return _in_full(words)


def _words(text: str) -> list[str]:
    """Cased words, with `Айрат улы` as one."""
    words: list[str] = []
    for token in _TOKEN.findall(text):
        if token.lower() in BARE_ENDINGS and words:
            words[-1] = f"{words[-1]} {token.lower()}"
        else:
            words.append(_cased(token))
    return words


def _given_parts(words: list[str]) -> tuple[str, str]:
    if words and is_patronymic(words[-1]):
        return " ".join(words[:-1]), words[-1]
    return (words[0], " ".join(words[1:])) if words else ("", "")


def _with_initials(words: list[str]) -> PersonName:
    """Initials are given name and patronymic in this order; one whole word beside them may be the given name."""
    whole = [word for word in words if not is_initial(word)]
    short = [f"{word.rstrip('.')}." for word in words if is_initial(word)]
    if len(short) == 1 and len(whole) >= 2:
        place = next(index for index, word in enumerate(words) if is_initial(word))
        if place == 1:  # Айдар Р. Гарипов
            return PersonName(" ".join(whole[1:]), whole[0], short[0])
        return PersonName(" ".join(whole[:-1]), whole[-1], short[0])
    return PersonName(" ".join(whole), *short[:2]) if whole else PersonName("", *short[:2])


def _in_full(words: list[str]) -> PersonName:
    if not words:
        return PersonName("")
    place = _patronymic_place(words)
    if place is not None:
        return _around_patronymic(words, place)
    if len(words) == 1:
        return PersonName("", words[0]) if is_given(words[0]) and not is_surname(words[0]) else PersonName(words[0])
    if len(words) == 2:
        last, first = words if not _given_first(words[0], words[1]) else reversed(words)
        return PersonName(last, first)
    return _three_without_patronymic(words)


def _patronymic_place(words: list[str]) -> int | None:
    """Where the patronymic stands: never first; of two candidates the earlier (the later is a surname in -ович)."""
    return next((index for index in range(1, len(words)) if is_patronymic(words[index])), None)


def _around_patronymic(words: list[str], place: int) -> PersonName:
    before, after = words[:place], words[place + 1 :]
    if after and (len(before) == 1 or all(is_given(word) for word in before)):  # Имя Отчество Фамилия
        return PersonName(" ".join(after), " ".join(before), words[place])
    if len(before) == 1 and is_given(before[0]):  # Имя Отчество
        return PersonName("", before[0], words[place])
    if len(before) == 1:  # Абрамович Роман, Фамилия Отчество
        return PersonName(before[0], "", words[place])
    start = 1 if len(before) > 2 and is_given(before[1]) and not is_surname(before[1]) else len(before) - 1
    return PersonName(" ".join([*before[:start], *after]), " ".join(before[start:]), words[place])


def _given_first(one: str, two: str) -> bool:
    """`Айдар Гарипов` rather than `Гарипов Айдар`."""
    if is_given(one) != is_given(two):
        return is_given(one)
    return is_surname(two) and not is_surname(one)


def _three_without_patronymic(words: list[str]) -> PersonName:
    if is_given(words[-1]) and not any(is_given(word) for word in words[:-1]):  # двойная фамилия
        return PersonName(" ".join(words[:-1]), words[-1])
    if is_given(words[0]) and is_surname(words[-1]) and not is_surname(words[0]):  # Айдар Ринат Гарипов
        return PersonName(words[-1], words[0], " ".join(words[1:-1]))
    return PersonName(words[0], words[1], " ".join(words[2:]))


def _cased(word: str) -> str:
    """`ГАРИПОВ-САФИН` → `Гарипов-Сафин`; `улы` after a hyphen stays small."""
    pieces = word.lower().split("-")
    return "-".join(piece if place and piece in BARE_ENDINGS else piece[:1].upper() + piece[1:] for place, piece in enumerate(pieces))
