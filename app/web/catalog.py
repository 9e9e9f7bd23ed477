"""The texts of the pages in two languages: loaded once, checked to have the same keys, formatted with plurals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from domain.errors import DefinitionError
from domain.yaml_text import load_yaml

LANGUAGES = ("ru", "en")
_FOLDER = Path(__file__).with_name("texts")
_FORMS = {"ru": ("one", "few", "many"), "en": ("one", "many")}


class Catalog:
    """Texts by language and dotted key; a mapping with `one` and `many` is a plural chosen by `n`."""

    def __init__(self, texts: Mapping[str, Mapping[str, Any]]) -> None:
        self._texts = {language: dict(_flat(tree)) for language, tree in texts.items()}
        first, *others = self._texts
        for other in others:
            if differing := self._texts[first].keys() ^ self._texts[other].keys():
                raise DefinitionError(str(_FOLDER), 1, f"these keys stand in one language only: {', '.join(sorted(differing))}")

    def keys(self, language: str) -> frozenset[str]:
        """Every key, plurals once."""
        return frozenset(self._texts[language])

    def get(self, language: str, key: str, **values: object) -> str:
        """The text; an unknown key is a mistake of ours and raises KeyError."""
        return self._pick(language, key, values).format(**values)

    def html(self, language: str, key: str, **values: object) -> Markup:
        """The text as HTML: its own tags stay, values are escaped."""
        return Markup(self._pick(language, key, values)).format(**values)  # noqa: S704  our own file; values are escaped by Markup

    def has(self, key: str) -> bool:
        """Whether there is such a text; for codes that may come from outside the closed lists."""
        return key in self._texts["ru"]

    def _pick(self, language: str, key: str, values: Mapping[str, object]) -> str:
        text = self._texts[language][key]
        if isinstance(text, str):
            return text
        n = values["n"]
        form = plural_form(language, n if isinstance(n, int) else 0)
        return str(text[form])


def plural_form(language: str, n: int) -> str:
    """`one`, `few` or `many` (Russian), `one` or `many` (English)."""
    if language == "en":
        return "one" if n == 1 else "many"
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


@cache
def load_catalog() -> Catalog:
    """The catalog from texts/*.yaml; read once."""
    return Catalog({language: _read(_FOLDER / f"{language}.yaml", language) for language in LANGUAGES})


def _read(path: Path, language: str) -> Mapping[str, Any]:
    tree = load_yaml(path.read_text(encoding="utf-8"))
    for key, value in _flat(tree):
        if isinstance(value, dict) and set(value) != set(_FORMS[language]):
            raise DefinitionError(str(path), 1, f"{key} needs the forms {', '.join(_FORMS[language])}")
    return tree  # type: ignore[no-any-return]  # yaml hands over Any


def _flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in tree.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict) and "many" not in value:
            yield from _flat(value, f"{key}.")
        else:
            yield key, value
