"""A YAML file read strictly: every refusal names the file and the line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from domain.dates import Day, parse_date
from domain.errors import BadValue, DefinitionError


@dataclass(frozen=True, slots=True)
class Entry:
    """One YAML node; the reading methods raise DefinitionError when it is of another kind."""

    path: str
    node: yaml.Node

    @property
    def line(self) -> int:
        """Counted from 1."""
        return self.node.start_mark.line + 1

    def error(self, message_en: str) -> DefinitionError:
        """The refusal of this node, to be raised by the caller."""
        return DefinitionError(self.path, self.line, message_en)

    def fields(self) -> dict[str, Entry]:
        """A mapping's entries in the order of the file; a key given twice is refused."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error("expected a mapping (key: value)")
        found: dict[str, Entry] = {}
        for key_node, value_node in self.node.value:
            key = Entry(self.path, key_node).text()
            if key in found:
                raise Entry(self.path, key_node).error(f"{key!r} is given twice")
            found[key] = Entry(self.path, value_node)
        return found

    def record(self, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Entry]:
        """A mapping with exactly these keys."""
        found = self.fields()
        for key in required:
            if key not in found:
                raise self.error(f"{key!r} is missing")
        for key, value in found.items():
            if key not in required and key not in optional:
                raise value.error(f"unknown key {key!r}; known here: {', '.join(required + optional)}")
        return found

    def items(self) -> Iterator[Entry]:
        """A list's entries."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error("expected a list")
        return (Entry(self.path, one) for one in self.node.value)

    def text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.node, yaml.ScalarNode) or not str(self.node.value).strip():
            raise self.error("expected a text")
        return str(self.node.value).strip()

    def number(self) -> int:
        """A whole number from 0 up."""
        text = self.text()
        if not text.isdecimal():
            raise self.error(f"expected a whole number, not {text!r}")
        return int(text)

    def flag(self) -> bool:
        """`true` or `false`."""
        text = self.text()
        if text not in ("true", "false"):
            raise self.error(f"expected true or false, not {text!r}")
        return text == "true"

    def day(self) -> Day:
        """A complete date."""
        text = self.text()
        try:
            found = parse_date(text)
        except BadValue as bad:
            raise self.error(bad.message_en) from bad
        if not found.complete:
            raise self.error(f"expected a complete date (2022-07-01), not {text!r}")
        return found.first


def read_yaml(path: Path) -> Entry:
    """The top node of a file; unreadable, empty or malformed files are refused."""
    name = str(path)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise DefinitionError(name, 1, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DefinitionError(name, 1, "is not UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionError(name, line, f"is not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise DefinitionError(name, 1, f"is not YAML: {error}") from error
    if node is None:
        raise DefinitionError(name, 1, "is empty")
    return Entry(name, node)
