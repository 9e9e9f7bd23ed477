"""What a single word of a name can be: a known given name, a patronymic, a surname by its ending; and whose sex it tells."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.yaml_text import load_yaml
from screening.names.folding import GIVEN_NAMES, fold_word
from screening.names.latin import cyrillic, is_latin
from screening.names.letters import FOLDING, plain
from screening.names.parts import PersonName, Sex

__all__ = ["BARE_ENDINGS", "Sex", "is_given", "is_patronymic", "is_surname", "sex_by_ending", "sex_by_patronymic"]

VARIANTS: dict[str, Any] = load_yaml((Path(__file__).parent / "variants.yaml").read_text(encoding="utf-8"))


def listed(*kinds: str) -> tuple[str, ...]:
    """Every form of the given names listed under these keys of given_names.yaml, as written there."""
    return tuple(form for kind in kinds for token in GIVEN_NAMES[kind].split() for form in token.split("/"))


_MALE_NAMES = frozenset(fold_word(name, "given") for name in listed("male", "male_eastern"))
_FEMALE_NAMES = frozenset(fold_word(name, "given") for name in listed("female"))
_PET_NAMES: dict[str, set[str]] = {}
for _name, _forms in VARIANTS["diminutives"].items():
    for _form in _forms.split():
        _PET_NAMES.setdefault(fold_word(_form, "given"), set()).add(fold_word(_name, "given"))
PET_NAMES = {form: frozenset(names) for form, names in _PET_NAMES.items()}
"""Folded short form → the folded names it may stand for."""

NOMINATIVES = frozenset(name.lower().replace("ё", "е") for name in listed(*GIVEN_NAMES))
"""The listed names exactly as they are spelled there, small."""

_FORMS = FOLDING["patronymic"]
_SHORT = frozenset(plain(word) for word in _FORMS["short"])
_SHORT_FEMALE = frozenset({"ильинична", "никитична", "кузьминична", "лукинична", "фоминична", "саввична", "силична"})
_BARE_WORDS = (*_FORMS["bare_male"], *_FORMS["bare_female"])
BARE_ENDINGS = frozenset([*_BARE_WORDS, *map(plain, _BARE_WORDS), *_FORMS["bare_latin"]])
"""Words that make the word before them a patronymic: `Айрат улы`."""
_MALE_BARE = "|".join(dict.fromkeys(plain(word) for word in _FORMS["bare_male"]))
_FEMALE_BARE = "|".join(dict.fromkeys(plain(word) for word in _FORMS["bare_female"]))
_MALE_PATRONYMIC = re.compile(rf"..(?:ович|евич|{_MALE_BARE})$")
_FEMALE_PATRONYMIC = re.compile(rf"..(?:овна|евна|инична|ична|{_FEMALE_BARE})$")
_MALE_SURNAME = re.compile(r".(?:ов|ев|ин|ын|ский|цкий|ской|цкой)$")
_FEMALE_SURNAME = re.compile(r".(?:ова|ева|ина|ына|ская|цкая)$")
_OTHER_SURNAME = re.compile(
    r"..(?:енко|чук|юк|дзе|швили|ян|янц|янс|ец|ейко|айло|ых|их|ман|берг|штейн|оглу|заде|ани|ава|иани|ия|ко|ук|ай|ой|ая|ый)$"
)


@lru_cache(maxsize=1 << 16)
def letters(word: str) -> str:
    """A word in plain Cyrillic letters, whatever its script; soft signs stay where they stand."""
    return plain(cyrillic(word) if is_latin(word) else word)


@lru_cache(maxsize=1 << 16)
def sexes_of_given(word: str) -> frozenset[Sex]:
    """Of a known given name or short form, those who bear it; empty for an unknown word."""
    folded = fold_word(word, "given")
    names = {folded} if folded in _MALE_NAMES or folded in _FEMALE_NAMES else PET_NAMES.get(folded, frozenset())
    found = {Sex.MALE for name in names if name in _MALE_NAMES} | {Sex.FEMALE for name in names if name in _FEMALE_NAMES}
    return frozenset(found)


def is_formal(folded: str) -> bool:
    """A folded given name of the list, short forms apart."""
    return folded in _MALE_NAMES or folded in _FEMALE_NAMES


def is_given(word: str) -> bool:
    """A known given name or short form, in any spelling that folds to it."""
    return bool(sexes_of_given(word))


def is_patronymic(word: str) -> bool:
    """Ends like a patronymic; surnames in -ович do too."""
    return patronymic_sex(word) is not None


def is_short_patronymic(word: str) -> bool:
    """A patronymic in -ич of the list (`Ильич`)."""
    return plain(word) in _SHORT


@lru_cache(maxsize=1 << 16)
def is_surname(word: str) -> bool:
    """Ends like a Russian surname."""
    bare = letters(word)
    return bool(_MALE_SURNAME.search(bare) or _FEMALE_SURNAME.search(bare))


@lru_cache(maxsize=1 << 16)
def is_like_surname(word: str) -> bool:
    """Ends like a surname of any of the country's peoples; many other words do too."""
    return is_surname(word) or bool(_OTHER_SURNAME.search(letters(word)))


def sex_by_patronymic(name: PersonName) -> Sex | None:
    """What the patronymic says: as good as a statement."""
    return patronymic_sex(name.patronymic) if name.patronymic else None


@lru_cache(maxsize=1 << 16)
def sex_by_ending(name: PersonName) -> Sex | None:
    """What the surname's ending and the given name say, where they do not contradict each other: a guess."""
    surname = letters(name.last)
    bearers = sexes_of_given(name.first) if name.first else frozenset()
    male = bool(_MALE_SURNAME.search(surname)), bearers == {Sex.MALE}
    female = bool(_FEMALE_SURNAME.search(surname)), bearers == {Sex.FEMALE}
    if any(male) == any(female):
        return None
    return Sex.MALE if any(male) else Sex.FEMALE


@lru_cache(maxsize=1 << 16)
def patronymic_sex(word: str) -> Sex | None:
    """Whose patronymic a word is (`Айратович`, `Айрат кызы`); None when it doesn't end like one."""
    bare = "".join(letters(piece) for piece in word.split())
    if bare in _SHORT or _MALE_PATRONYMIC.search(bare):
        return Sex.MALE
    return Sex.FEMALE if bare in _SHORT_FEMALE or _FEMALE_PATRONYMIC.search(bare) else None
