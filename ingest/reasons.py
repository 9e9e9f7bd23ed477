"""Rejects and notes from reason codes; their sentences stand in reasons.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from domain.errors import BadValue, DefinitionError
from domain.records import Note, Place, Reject
from domain.yaml_text import load_yaml

RAW_MAX = 10_000
"""Characters of a bad row that quarantine keeps."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One code's sentence in Russian and English, with {places}."""

    ru: str
    en: str

    def filled(self, values: Mapping[str, object]) -> tuple[str, str]:
        """Both sentences with `values` put in; a pair is (Russian, English)."""
        ru = {name: value[0] if isinstance(value, tuple) else value for name, value in values.items()}
        en = {name: value[1] if isinstance(value, tuple) else value for name, value in values.items()}
        return self.ru.format(**ru), self.en.format(**en)


@cache
def rejects() -> Mapping[str, Sentence]:
    """Every reason code of quarantine."""
    return _section("rejects")


@cache
def notes() -> Mapping[str, Sentence]:
    """Every code of a remark."""
    return _section("notes")


def reject(code: str, place: Place, raw: str = "", **values: object) -> Reject:
    """A reject whose sentence has `values` put in; a value that differs by language is a pair (Russian, English)."""
    return Reject(place, code, *rejects()[code].filled(values), raw[:RAW_MAX])


def reject_value(error: BadValue, place: Place, raw: str = "") -> Reject:
    """A reject for one impossible value; the error brings its own sentence."""
    return Reject(place, error.code, error.message_ru, error.message_en, raw[:RAW_MAX])


def note(code: str, place: Place, **values: object) -> Note:
    """A remark whose sentence has `values` put in."""
    return Note(place, code, *notes()[code].filled(values))


def bad_value(code: str, **values: object) -> BadValue:
    """The error to raise for one impossible value."""
    return BadValue(code, *rejects()[code].filled(values))


def _section(name: str) -> Mapping[str, Sentence]:
    path = files("ingest") / "reasons.yaml"
    found: dict[str, Sentence] = {}
    for code, texts in load_yaml(path.read_text(encoding="utf-8"))[name].items():
        if not isinstance(texts, dict) or not texts.get("ru") or not texts.get("en"):
            raise DefinitionError(str(path), 0, f"code {code} needs a sentence in `ru` and `en`")
        found[code] = Sentence(texts["ru"], texts["en"])
    return found
