"""What a command talks through: JSON and tables on stdout, everything else on stderr, in the user's language."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import orjson
import structlog
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.commands.texts import TEXTS
from app.settings import Language, Settings, read_settings, spoken_language

WIDE = 160
"""Columns of a table that goes to a file."""


class Terminal:
    """Made once for a command; `settings` are read when they are first needed, so that help needs none."""

    def __init__(self, language: Language | None = None) -> None:
        self.language: Language = language or spoken_language()
        self._bars: Progress | None = None

    @cached_property
    def settings(self) -> Settings:
        """The settings of the environment."""
        return read_settings()

    def say(self, key: str, **values: object) -> str:
        """A text of texts.yaml, filled in."""
        return TEXTS.message(key, self.language).format(**values)

    def say_of(self, family: str, word: str) -> str:
        """The text for a word of ours (a step, a test); the word itself where texts.yaml has none."""
        key = f"{family}_{word}"
        return TEXTS.message(key, self.language) if TEXTS.has(key) else word

    @property
    def at_a_terminal(self) -> bool:
        """Whether a person reads stdout."""
        return sys.stdout.isatty()

    def choose(self, ru: str, en: str) -> str:
        """The one of two in the user's language."""
        return en if self.language == "en" else ru

    def line(self, value: Any) -> None:
        """One line of JSON on stdout, in UTF-8 whatever the locale is."""
        sys.stdout.flush()
        sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS) + b"\n")

    def lines(self, rendered: bytes) -> None:
        """Lines of JSON that are rendered already, each with its end."""
        sys.stdout.flush()
        sys.stdout.buffer.write(rendered)

    def flush(self) -> None:
        """Hand on what was written, for a reader who waits for each line."""
        sys.stdout.buffer.flush()

    def show(self, text: str) -> None:
        """Text for a person on stdout."""
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Rows for a person on stdout; numbers stand to the right."""
        made = Table(box=None, pad_edge=False, header_style="bold")
        listed = [[str(cell) for cell in row] for row in rows]
        for number, title in enumerate(columns):
            numeric = bool(listed) and all(row[number].isdecimal() for row in listed)
            made.add_column(title, justify="right" if numeric else "left", overflow="fold")
        for row in listed:
            made.add_row(*row)
        console = Console(width=None if self.at_a_terminal else WIDE, highlight=False, markup=False, emoji=False)
        with console.capture() as drawn:
            console.print(made)
        self.show("\n".join(line.rstrip() for line in drawn.get().splitlines()))

    def note(self, text: str) -> None:
        """A line on stderr, above the bars while they are drawn."""
        if self._bars is not None:
            self._bars.console.print(text, markup=False, highlight=False)
            return
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    @contextmanager
    def steps(self) -> Iterator[Steps]:
        """A place to tell progress to: bars on stderr when it is a terminal, nothing otherwise."""
        if not sys.stderr.isatty():
            yield Steps(self, None)
            return
        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.completed:.0f}"), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
            self._bars = shown
            try:
                yield Steps(self, shown)
            finally:
                self._bars = None


class Steps:
    """Progress by named steps; a step is told by its own name, or by texts.yaml where `step_NAME` stands there."""

    def __init__(self, terminal: Terminal, shown: Progress | None) -> None:
        self._terminal = terminal
        self._shown = shown
        self._known: dict[str, Any] = {}

    def advance(self, step: str, n: int) -> None:
        """`n` more of this step are done."""
        if self._shown is None:
            return
        if step not in self._known:
            for earlier in self._known.values():
                self._shown.update(earlier, total=1, completed=1, visible=False)
            self._known[step] = self._shown.add_task(self._terminal.say_of("step", step), total=None)
        self._shown.advance(self._known[step], n)

    def part(self, step: str, done: float) -> None:
        """So much of a step, 0 to 1, is done."""
        if self._shown is None:
            return
        if step not in self._known:
            self._known[step] = self._shown.add_task(step, total=100)
        self._shown.update(self._known[step], completed=round(done * 100))


def terminal_of(ctx: typer.Context) -> Terminal:
    """The terminal that `app.command_line` made for this call."""
    found = ctx.obj
    if not isinstance(found, Terminal):
        raise TypeError("the command line is started by app.command_line.run")
    return found


def log_to_stderr() -> None:
    """Logs of the program and of its libraries go to stderr, warnings and worse."""
    # What the driver says of a lost connection comes to the user as our own sentence.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        # Asked anew for each line: the stderr of this moment may be closed when a later one is written.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
    )
