"""The dictionary of Russian words (pymorphy3, OpenCorpora): asked where endings and lists leave a name open."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    """Loaded when first asked, package and all: half a second and 25 MB (measured 2026-11) that most runs never need."""
    return import_module("pymorphy3").MorphAnalyzer()


@lru_cache(maxsize=1 << 14)
def is_dictionary_name(word: str) -> bool:
    """The dictionary holds the word as a given name; a guess by its ending does not count. 4,000 new words a second."""
    return any("Name" in parse.tag for parse in _analyzer().parse(word.lower())) and _analyzer().word_is_known(word.lower())


@lru_cache(maxsize=1 << 14)
def is_dictionary_surname(word: str) -> bool:
    """The dictionary holds the word as a surname."""
    return any("Surn" in parse.tag for parse in _analyzer().parse(word.lower())) and _analyzer().word_is_known(word.lower())


@lru_cache(maxsize=1 << 14)
def surname_lemma(word: str) -> str:
    """The masculine nominative of an inflected surname that the dictionary holds, cased; empty when it holds none."""
    for parse in _analyzer().parse(word.lower()):
        if "Surn" in parse.tag and _analyzer().word_is_known(word.lower()):
            return str(parse.normal_form).capitalize()
    return ""
