"""Words of addresses: what kind of part they announce, and one spelling for each name."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.errors import DefinitionError
from domain.yaml_text import load_yaml
from screening.names.letters import FOLDING

_DATA_FILE = Path(__file__).parent / "words.yaml"
_DATA: dict[str, Any] = load_yaml(_DATA_FILE.read_text(encoding="utf-8"))

_LETTERS = str.maketrans({letter: into for letter, into in FOLDING["letters"].items() if letter != "ъ"})
_ENDING = re.compile(r"(?:ого|его|ому|ему|ой|ей|ай|ый|ий|ая|яя|ое|ее|ую|юю|ым|им|ых|их|ов|ев|ам|ям|ах|а|я|о|е|и|ы|у|ю|ь|й)$")

_JOINED_WORDS = dict(enumerate(_DATA["joined"].values(), start=1))
_JOINED = re.compile("|".join(rf"(?<!\w)({pattern})(?!\w)" for pattern in _DATA["joined"]))

NAMED = ("region", "district", "city", "settlement", "municipality")
"""Parts whose name is a word; streets are such too, and have kinds of their own."""
NUMBERED = ("house", "block", "structure", "letter", "flat", "skipped")
"""Parts whose name is a number or a letter."""


def folded(text: str) -> str:
    """Small letters, ё as е, Tatar letters as Russian ones, `м.р-н` and the like as one word."""
    return _JOINED.sub(lambda match: f" {_JOINED_WORDS[match.lastindex or 1]} ", text.lower().translate(_LETTERS))


@lru_cache(maxsize=1 << 15)
def in_cyrillic(word: str) -> str:
    """A Latin word as Russian letters; others as they are: `baumana` → `баумана`."""
    if not word.isascii() or not word.isalpha():
        return word
    for written, read in _LATIN:
        word = word.replace(written, read)
    return "".join(_LATIN_LETTERS.get(letter, letter) for letter in word)


@lru_cache(maxsize=1 << 15)
def root(word: str) -> str:
    """What of a name's word stays in every case and in Tatar, soft signs apart: `баумана`, `бауман` → `бауман`."""
    bare = word.replace("ь", "").replace("ъ", "")
    found = _ENDING.search(bare) if len(bare) > 3 else None
    cut = bare[: max(found.start(), 3)] if found else bare
    return cut.replace("й", "и")


def city_of(words: tuple[str, ...]) -> tuple[str, int]:
    """The city that the first words name, as it is kept, and how many words it takes; nothing where it is none that we know."""
    for length in range(min(_LONGEST_CITY, len(words)), 0, -1):
        if kept := _CITIES.get(" ".join(words[:length])):
            return kept, length
    return "", 0


def region_of(words: tuple[str, ...]) -> str:
    """A region's name as it is kept; the root of its first word where it has no other."""
    return next((_REGIONS[word] for word in words if word in _REGIONS), root(words[0]) if words else "")


def is_region(word: str) -> bool:
    """Whether the word alone names a region (`РТ`, `Татарстан`)."""
    return word in _REGIONS and word not in _CITIES


def street_name(words: tuple[str, ...]) -> tuple[str, ...]:
    """A street's words, shortened ones in full, titles left out, Tatar names that are no spelling of the Russian as the Russian."""
    full = [_SHORTENED.get(word, word) for word in words]
    known = _STREETS.get(" ".join(full)) or _STREETS.get(" ".join(root(word) for word in full))
    if known:
        return known
    untitled = tuple(word for word in full if word not in TITLES)
    return untitled or tuple(full)


def _rows(rows: list[list[str]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for row in rows:
        for spelling in row:
            if table.setdefault(folded(spelling), row[0]) != row[0]:
                raise DefinitionError(str(_DATA_FILE), 1, f"«{spelling}» stands in two rows: leave it in one")
    return table


def _kinds() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for kind in (*NAMED, *NUMBERED):
        for word in _DATA[kind]:
            kinds.setdefault(folded(word), kind)
    for kept, words in _DATA["street"].items():
        for word in words:
            kinds.setdefault(folded(word), f"street:{kept}")
    return kinds


KINDS = _kinds()
"""What part a word announces; `street:ул` and the like for streets."""
COUNTRY = frozenset(_DATA["country"])
TITLES = frozenset(_DATA["titles"])
APART = frozenset(_DATA["shortened"].get(word, word) for word in _DATA["apart"])
RENAMED = {(row["city"], root(row["former"])): (str(row["now"]),) for row in _DATA["renamed"]}
_SHORTENED: dict[str, str] = _DATA["shortened"]
_CITIES = _rows(_DATA["cities"])
_REGIONS = _rows(_DATA["regions"])
_LONGEST_CITY = max(len(city.split()) for city in _CITIES)
CITY_HEADS = frozenset(city.split()[0] for city in _CITIES if " " in city)
"""First words of cities of several words."""
_STREETS: dict[str, tuple[str, ...]] = {}
for _row in _DATA["streets"]:
    for _spelling in _row:
        _STREETS[folded(_spelling)] = (_row[0],)
_LATIN: list[tuple[str, str]] = [(row[0], row[1]) for row in _DATA["latin"]]
_LATIN_LETTERS: dict[str, str] = _DATA["letters"]
