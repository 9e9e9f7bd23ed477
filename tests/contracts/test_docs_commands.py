"""docs/commands.md lists every command and option that there is, and none that there is not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from app.command_line import command_line

PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")


def _commands() -> dict[str, set[str]]:
    """Command → its options, from the program's own tree."""
    found: dict[str, set[str]] = {}
    root: Any = command_line()
    for name, command in root.commands.items():
        for inner, one in getattr(command, "commands", {"": command}).items():
            options = {option for part in one.params if part.param_type_name == "option" for option in part.opts}
            found[f"{name} {inner}".strip()] = options
    return found


def test_page_and_program_agree() -> None:
    """Each command has a section with exactly its options."""
    said: dict[str, set[str]] = {}
    for section in PAGE.split("\n## ")[1:]:
        title = section.splitlines()[0]
        name = " ".join(word for word in title.split()[1:] if word == word.lower())
        said[name] = set(re.findall(r"^\| `(--[\w-]+)`", section, flags=re.MULTILINE))
    assert said == _commands()
