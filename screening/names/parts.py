"""A person's name in three parts, as written and as folded, and the two sexes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    """FtM's words."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class PersonName:
    """Фамилия, имя, отчество as a person would write them; empty where unknown, `А.` where only an initial is known."""

    last: str
    first: str = ""
    patronymic: str = ""

    @property
    def text(self) -> str:
        """`Фамилия Имя Отчество`."""
        return " ".join(part for part in (self.last, self.first, self.patronymic) if part)


@dataclass(frozen=True, slots=True)
class FoldedName:
    """A name's folded parts; empty where unknown, `а.` where only an initial is known.

    A patronymic is the father's folded name with -ович or -овна (without, where the text does not say whose child). `sex`
    is what patronymic, surname and given name say together; None where they say nothing or contradict each other.
    """

    last: str
    first: str = ""
    patronymic: str = ""
    sex: Sex | None = None

    @property
    def abbreviated(self) -> bool:
        """A given name or patronymic is an initial only."""
        return self.first.endswith(".") or self.patronymic.endswith(".")

    @property
    def text(self) -> str:
        """The known parts in one line."""
        return " ".join(part for part in (self.last, self.first, self.patronymic) if part)


ANY_YOD = "ы"
"""The folded initial of a Latin `Y.` or `J.`: of Юлия, Яна, Елена, Иосиф or Жанна; no name begins with ы."""
_CHILD = re.compile("(?<=..)ов(?:ич|на)$")


def father_of(patronymic: str) -> str:
    """The father's name in a folded patronymic: `аират` of `аиратович`, `аиратовна` and `аират`."""
    return _CHILD.sub("", patronymic)
