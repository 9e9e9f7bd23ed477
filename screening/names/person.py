"""A person's name folded: equal people have equal folded names."""

from __future__ import annotations

from functools import lru_cache

from screening.names.folding import fold_patronymic, fold_word
from screening.names.lexicon import sex_by_ending, sex_by_patronymic
from screening.names.parts import FoldedName, PersonName

__all__ = ["FoldedName", "PersonName", "fold"]


@lru_cache(maxsize=1 << 17)
def fold(name: PersonName) -> FoldedName:
    """The folded parts of a name and its sex; folding the parts again changes nothing.

    A surname is folded without its gender (`Гарипова` → `гарипов`): brother and sister differ by `sex`.
    """
    return FoldedName(
        fold_word(name.last, "surname") if name.last else "",
        fold_word(name.first, "given") if name.first else "",
        fold_patronymic(name.patronymic),
        sex_by_patronymic(name) or sex_by_ending(name),
    )
