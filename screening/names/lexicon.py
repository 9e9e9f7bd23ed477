"""What a single word of a name can be: a known given name, a patronymic, a surname by its ending; and whose sex it tells."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import yaml

from screening.names.folding import fold_word
from screening.names.letters import FOLDING, plain
from screening.names.person import PersonName

_NAMES: dict[str, str] = yaml.safe_load((Path(__file__).parent / "given_names.yaml").read_text(encoding="utf-8"))
_MALE_NAMES = frozenset(fold_word(name, "given") for name in _NAMES["male"].split())
_FEMALE_NAMES = frozenset(fold_word(name, "given") for name in _NAMES["female"].split())

_FORMS = FOLDING["patronymic"]
_SHORT = frozenset(plain(word) for word in _FORMS["short"])
BARE_ENDINGS = frozenset(_FORMS["bare_male"] + _FORMS["bare_female"])
"""Words that make the word before them a patronymic: `Айрат улы`."""
_MALE_PATRONYMIC = re.compile(rf"..(?:ович|евич|{'|'.join(_FORMS['bare_male'])})$")
_FEMALE_PATRONYMIC = re.compile(rf"..(?:овна|евна|инична|ична|{'|'.join(_FORMS['bare_female'])})$")
_MALE_SURNAME = re.compile(r".(?:ов|ев|ин|ын|ский|цкий|ской|цкой)$")
_FEMALE_SURNAME = re.compile(r".(?:ова|ева|ина|ына|ская|цкая)$")


class Sex(StrEnum):
    """FtM's words."""

    MALE = "male"
    FEMALE = "female"


def is_given(word: str) -> bool:
    """A known given name, in any spelling that folds to it."""
    folded = fold_word(word, "given")
    return folded in _MALE_NAMES or folded in _FEMALE_NAMES


def is_patronymic(word: str) -> bool:
    """Ends like a patronymic; surnames in -ович do too."""
    return _sex_of_patronymic(plain(word)) is not None


def is_surname(word: str) -> bool:
    """Ends like a surname."""
    bare = plain(word)
    return bool(_MALE_SURNAME.search(bare) or _FEMALE_SURNAME.search(bare))


def sex_by_patronymic(name: PersonName) -> Sex | None:
    """What the patronymic says: as good as a statement."""
    return _sex_of_patronymic("".join(plain(piece) for piece in name.patronymic.split()))


def sex_by_ending(name: PersonName) -> Sex | None:
    """What the surname's ending and the given name say, where they do not contradict each other: a guess."""
    surname, given = plain(name.last), fold_word(name.first, "given") if name.first else ""
    male = bool(_MALE_SURNAME.search(surname)), given in _MALE_NAMES and given not in _FEMALE_NAMES
    female = bool(_FEMALE_SURNAME.search(surname)), given in _FEMALE_NAMES and given not in _MALE_NAMES
    if any(male) == any(female):
        return None
    return Sex.MALE if any(male) else Sex.FEMALE


def _sex_of_patronymic(bare: str) -> Sex | None:
    if bare in _SHORT or _MALE_PATRONYMIC.search(bare):
        return Sex.MALE
    return Sex.FEMALE if _FEMALE_PATRONYMIC.search(bare) else None
