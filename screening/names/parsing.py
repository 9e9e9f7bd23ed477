"""Reading a person's name from text in any customary order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from screening.names.cases import nominative
from screening.names.folding import fold_word
from screening.names.latin import is_latin
from screening.names.letters import is_initial, repair
from screening.names.lexicon import BARE_ENDINGS, NOMINATIVES, is_given, is_like_surname, is_patronymic, is_surname
from screening.names.order import in_full, with_initials
from screening.names.parts import PersonName
from screening.names.tidying import PARTICLES, TOKEN, cased, name_text, name_words, says_nothing

_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]?")
_FORMERLY = re.compile(
    r"\b(?:до брака|в девичестве|девичья фамилия|урожд[а-я]*|урож|ранее|бывш[а-я]*|прежняя фамилия|добрачная фамилия|до замужества|"
    r"по первому мужу|n[eé]e|formerly)\b\.?:?",
    re.IGNORECASE,
)


_APOSTROPHES = re.compile("['’‘ʻʼ`]")
_IN_FULL = re.compile(r"([А-ЯЁ][а-яё]{2,}) ([А-ЯЁ][а-яё]{2,})(?: ([А-ЯЁ][а-яё]{2,}))?")
_SHORTENED = re.compile(r"([А-ЯЁ][а-яё]{3,}) ([А-ЯЁ]\.) ?([А-ЯЁ]\.)|([А-ЯЁ]\.) ?([А-ЯЁ]\.) ?([А-ЯЁ][а-яё]{3,})")
_CAPITALS = re.compile("[А-ЯЁ]{3,} [А-ЯЁ]{3,}(?: [А-ЯЁ]{3,})?")


@dataclass(frozen=True, slots=True)
class ReadName:
    """A name, and the former surnames that stood beside it in the text."""

    name: PersonName
    former: tuple[str, ...] = ()


def parse_name(text: str) -> PersonName:
    """The name alone: `Гарипов А. Р.`, `Айдар Ринатович Гарипов`, `Гарипову Айдару Ринатовичу`, `Гарипов Айдар Ринат улы`."""
    return read_name(text).name


@lru_cache(maxsize=1 << 16)
def read_name(text: str) -> ReadName:
    """The name and former surnames: `Валиева (Зарипова) Лейсан Рустемовна`, `… урожд. Сафина`."""
    if says_nothing(text):
        return ReadName(PersonName("", "", ""))
    if name := _ordinary(text.title() if _CAPITALS.fullmatch(text) else text):
        return ReadName(name)
    text = name_text(text)
    former: list[str] = []

    def take(match: re.Match[str]) -> str:
        former.extend(_former_surnames(match[1]))
        return " "

    if "(" in text or "[" in text:
        text = _BRACKETS.sub(take, text)
    text, *tails = _FORMERLY.split(text)
    for tail in tails:
        former.extend(cased(word) for word in TOKEN.findall(tail)[:1])
    name = _ordered(text)
    own = fold_word(name.last, "surname")
    return ReadName(name, tuple(dict.fromkeys(one for one in former if fold_word(one, "surname") != own)))


def _former_surnames(inside: str) -> list[str]:
    """The surnames between brackets; numbers and abbreviations there are none."""
    words = [] if any(char.isdecimal() for char in inside) else TOKEN.findall(_FORMERLY.sub("", inside))
    named = (word for word in words if not is_initial(word) and not is_patronymic(word) and (is_surname(word) or not is_given(word)))
    return [cased(word) for word in named if is_like_surname(word) or (len(words) == 1 and len(word) > 3 and not word.islower())]


def _ordinary(text: str) -> PersonName | None:
    """A name as most stand in registers: listed given name, patronymic and surname by their endings, in the nominative; for speed."""
    if full := _IN_FULL.fullmatch(text):
        one, two, three = full.groups()
        if three is None:
            return _of_two(one, two)
        if is_patronymic(three) and is_given(two) and is_surname(one) and not is_given(one):
            return PersonName(one, two, three)
        if is_patronymic(two) and is_given(one) and is_surname(three) and not is_patronymic(three):
            return PersonName(three, one, two)
    elif short := _SHORTENED.fullmatch(text):
        last, first, patronymic = (short[1], short[2], short[3]) if short[1] else (short[6], short[4], short[5])
        return PersonName(last, first, patronymic) if is_surname(last) else None
    return None


def _of_two(one: str, two: str) -> PersonName | None:
    if _surely_given(two) and is_surname(one) and not is_given(one):
        return PersonName(one, two)
    return PersonName(two, one) if _surely_given(one) and is_surname(two) and not is_given(two) else None


def _surely_given(word: str) -> bool:
    return word.lower().replace("ё", "е") in NOMINATIVES and not is_surname(word)


def former_name(text: str, current: PersonName) -> PersonName:
    """A former name from a surname alone or a full name; the parts it leaves out are those of the current name."""
    words = TOKEN.findall(repair(text[:400]))
    alone = len(words) == 1 or not any(is_given(word) or is_patronymic(word) or is_initial(word) for word in words[1:])
    if alone and not (len(words) > 1 and cased(words[1]) == current.first):
        return PersonName(" ".join(cased(word) for word in words), current.first, current.patronymic)
    name = parse_name(text)
    if not name.last:
        return PersonName(current.last, name.first or current.first, name.patronymic or current.patronymic)
    return PersonName(name.last, name.first or current.first, name.patronymic or current.patronymic)


def name_of_parts(last: str, first: str, patronymic: str) -> PersonName:
    """A name whose parts came apart from each other; letters, case and, where it is plain, the places are put in order.

    Columns change places: a surname under the given name and a given name under the surname, a patronymic under the given name.
    """
    one, two, three = (" ".join(_joined(TOKEN.findall(repair(part[:200])))) for part in (last, first, patronymic))
    if is_initial(two.partition(" ")[0]) and " " in two and not three:
        two, _, three = two.partition(" ")
    if all((one, two, three)) and not is_latin(one):
        one, two, three = nominative([one, two, three])
    if is_patronymic(two) and three and is_given(three) and not is_patronymic(three):
        two, three = three, two
    if is_given(one) and not is_like_surname(one) and is_surname(two) and not is_given(two):
        one, two = two, one
    return PersonName(one, two, three)


def _ordered(text: str) -> PersonName:
    first, comma, rest = text.replace(";", ",").partition(",")
    words = _joined(name_words(first))
    if not comma or not TOKEN.search(rest):
        return _one_name(words)
    following = _joined(name_words(rest.partition(",")[0]))
    if not any(is_patronymic(word) or is_initial(word) for word in words) and len(words) in {1, 2} and following:
        if len(words) == 2 and is_given(words[1]) and len(following) == 1 and is_patronymic(following[0]):
            return PersonName(words[0], words[1], following[0])
        if len(words) == 1 or not any(is_given(word) for word in words):
            return PersonName(" ".join(words), *_given_parts(following))
    name = _one_name(words)
    return name if name.last and name.first else _one_name(_joined(name_words(text.replace(",", " "))))


def _one_name(words: list[str]) -> PersonName:
    return with_initials(words) if any(is_initial(word) for word in words) else in_full(words)


def _joined(tokens: list[str]) -> list[str]:
    """Cased words, with `Айрат улы` and `ван Дейк` as one."""
    words: list[str] = []
    particle = ""
    for token in tokens:
        lowered = _APOSTROPHES.sub("", token.lower().rstrip("."))
        if lowered in BARE_ENDINGS and words and is_initial(words[-1]):
            continue
        if lowered in BARE_ENDINGS and words:
            words[-1] = f"{words[-1]} {lowered}"
        elif token in PARTICLES and len(tokens) > 1:
            particle = f"{particle}{token} "
        else:
            words.append(f"{particle}{cased(token)}")
            particle = ""
    return words or [cased(token) for token in tokens]


def _given_parts(words: list[str]) -> tuple[str, str]:
    if all(is_initial(word) for word in words):
        return (words[0], "".join(words[1:2]))
    if is_patronymic(words[-1]):
        return " ".join(words[:-1]), words[-1]
    return words[0], " ".join(words[1:])
