"""A person's name in three parts, as written and as folded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from screening.names.folding import fold_patronymic, fold_word


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

    A patronymic is the father's folded name with -ович or -овна (without, where the text does not say whose child).
    """

    last: str
    first: str = ""
    patronymic: str = ""

    @property
    def abbreviated(self) -> bool:
        """A given name or patronymic is an initial only."""
        return self.first.endswith(".") or self.patronymic.endswith(".")

    @property
    def text(self) -> str:
        """The known parts in one line."""
        return " ".join(part for part in (self.last, self.first, self.patronymic) if part)


@lru_cache(maxsize=1 << 17)
def fold(name: PersonName) -> FoldedName:
    """The folded parts of a name; folding them again changes nothing."""
    return FoldedName(
        fold_word(name.last, "surname") if name.last else "",
        fold_word(name.first, "given") if name.first else "",
        fold_patronymic(name.patronymic),
    )
