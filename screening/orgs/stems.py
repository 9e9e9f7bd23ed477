"""Stems of Russian words: enough of a word to know it again in another case."""

from __future__ import annotations

import re
from functools import lru_cache

_ENDING = re.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|иях|ией|ием|ых|их|ые|ие|ый|ий|ой|ей|ая|яя|ое|ее|ую|юю|ым|им|ом|ем|ам|ям|ах|ях|ов|ев|ия|ии|ию|ью|ья|ьи|ье|"
    r"а|я|о|е|и|ы|у|ю|ь|й)$"
)
_SHORTEST = 3


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """The word without its case ending, at least three letters: `строительная`, `строительной` → `строительн`."""
    found = _ENDING.search(word)
    if found is None or len(word) <= _SHORTEST:
        return word
    cut = max(found.start(), _SHORTEST)
    return word[:cut]
