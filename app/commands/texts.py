"""The words of the command line in both languages, read from texts.yaml and checked at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.settings import Language
from domain.errors import DefinitionError
from domain.yaml_text import load_yaml

_FILE = Path(__file__).with_name("texts.yaml")
LANGUAGES: tuple[Language, ...] = ("ru", "en")


@dataclass(frozen=True, slots=True)
class Texts:
    """`commands`: path ("user add") → its help; `options`: parameter name → its help, or "path.name" where one command differs."""

    commands: Mapping[str, Mapping[str, str]]
    options: Mapping[str, Mapping[str, str]]
    messages: Mapping[str, Mapping[str, str]]

    def command(self, path: str, language: Language) -> str:
        """What the command does."""
        return self.commands[path][language]

    def option(self, path: str, name: str, language: Language) -> str:
        """What the parameter of the command means."""
        own = self.options.get(f"{path}.{name}")
        return (own if own is not None else self.options[name])[language]

    def message(self, key: str, language: Language) -> str:
        """A sentence with places to fill in."""
        return self.messages[key][language]

    def has(self, key: str) -> bool:
        """Whether there is such a message."""
        return key in self.messages


def load_texts(path: Path = _FILE) -> Texts:
    """The file's three tables; a text that lacks a language is a DefinitionError."""
    loaded: Any = load_yaml(path.read_text(encoding="utf-8"))
    for table in ("commands", "options", "messages"):
        for key, words in loaded[table].items():
            for language in LANGUAGES:
                if not isinstance(words, dict) or not isinstance(words.get(language), str):
                    raise DefinitionError(str(path), 1, f"{table}: {key}: `{language}` is missing")
    return Texts(loaded["commands"], loaded["options"], loaded["messages"])


TEXTS = load_texts()
