"""The desk's texts (texts.yaml) in one language, with the formats of the pages and the words of kin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from app.web.catalog import load_catalog
from app.web.words import Words
from domain.kin import term
from domain.law.load import kin_law
from domain.yaml_text import load_yaml

_SEX = {"male": "m", "female": "f"}


@cache
def _texts() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = load_yaml(Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class Say:
    """Words in one language."""

    language: str
    w: Words

    def get(self, *path: str) -> Any:
        """A text or a group of them; KeyError for what is not there."""
        found: Any = _texts()[self.language]
        for name in path:
            found = found[name]
        return found

    def of(self, group: str, code: object, default: str = "") -> str:
        """The word of a closed list, else the default, else the code itself."""
        found = self.get(*group.split(".")).get(str(code) if code is not None else "")
        return str(found if found is not None else default or code or "")

    def fill(self, key: str, **values: object) -> str:
        """A text by its dotted key with its places filled."""
        return str(self.get(*key.split("."))).format(**values)

    def sexed(self, group: str, code: str, gender: object) -> str:
        """A word by the sex of the person it is about."""
        forms = self.get(*group.split(".")).get(code)
        return str(forms[_SEX.get(str(gender), "u")]) if forms else code

    def both(self, parts: Iterable[str]) -> str:
        """«подготовил и подписал», «имя, дата рождения и пол»."""
        *first, last = list(dict.fromkeys(part for part in parts if part)) or [""]
        return f"{', '.join(first)}{self.get('and')}{last}" if first else last

    def percent(self, share: float) -> str:
        """12, 0,5: the number alone."""
        text = f"{round(share * 100, 4):g}"
        return text.replace(".", ",") if self.language == "ru" else text

    def kin_word(self, word: str | None) -> str:
        """A Russian word of kin in the reader's language."""
        if not word:
            return str(self.get("relative"))
        return word if self.language == "ru" else _english().get(word, word)

    def term(self, path: str, ego: str | None, relative: str | None, fallback: str = "") -> str:
        """What the relative is to the ego, by the kin path."""
        try:
            return term(path, ego, relative, self.language)
        except KeyError:
            return self.kin_word(fallback)

    def law_text(self, act: str, article: str) -> str:
        """What a norm says, in a sentence; empty where nobody has written it."""
        found = _texts()["law"].get(f"{act} {article}")
        return str(found[self.language]) if found else ""

    def fraction(self, value: object) -> float | None:
        """A share as a number from a float or an exact fraction."""
        if value is None:
            return None
        top, _, bottom = str(value).partition("/")
        return float(top) / float(bottom) if bottom else float(top)


def say(language: str, today: date) -> Say:
    """Words for a reader."""
    return Say(language, Words(load_catalog(), language, today))


@cache
def _english() -> Mapping[str, str]:
    """Russian term → English; «муж / жена» too."""
    made: dict[str, str] = {}
    for terms in kin_law().terms.values():
        for pair in (terms.of_man, terms.of_woman):
            made.update({word: terms.english[n] for n, word in enumerate(pair) if word not in made})
            both = " / ".join(dict.fromkeys(pair))
            made.setdefault(both, " / ".join(dict.fromkeys(terms.english)))
    return made
