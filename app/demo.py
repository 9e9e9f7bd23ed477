"""The demonstration: an invented city through the ordinary readers, kept between runs, and accounts to look at it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from app.access import users
from app.access.roles import book
from app.access.users import User
from app.intake import Intake, ingest_paths
from app.pipeline import check
from app.settings import Language
from app.wiring import Wiring, command_line_actor
from app.worker import pending
from domain.errors import StateError
from ingest.city.generate import generate

SEED = 7
FOLDER = "demo"
_STATE = "demo.json"
_CITY = "city"
ACCOUNTS = (("officer", "officer"), ("administrator", "administrator"))
"""Name and role."""
_SOURCES = "MATCH (s:Source) RETURN s.name AS name"


class Steps(Protocol):
    """Where progress is told."""

    def advance(self, step: str, n: int) -> None:
        """`n` more of this step are done."""
        ...

    def part(self, step: str, done: float) -> None:
        """So much of a step, 0 to 1, is done."""
        ...


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demonstration; an empty password: it is known to whoever signed in."""

    name: str
    role: str
    password: str

    def title(self, language: Language) -> str:
        """The role in words."""
        return book().roles[self.role].title.get(language)


def is_demo(home: Path) -> bool:
    """Whether the graph of this home holds the invented city."""
    return (home / FOLDER / _STATE).exists()


class Demo:
    """Makes what is missing: city, records, findings, accounts. Broken off anywhere it goes on at the next run."""

    def __init__(self, wiring: Wiring, people: int, note: Callable[[str], None], say: Callable[..., str]) -> None:
        self._wiring = wiring
        self._people = people
        self._note = note
        self._say = say
        self._folder = wiring.settings.home / FOLDER

    def prepare(self, steps: Steps) -> None:
        """Everything up to the findings. StateError where the graph holds data that is not the demonstration's."""
        done = self._done()
        self._generate(steps)
        listed = json.loads((self._folder / _CITY / "sources.json").read_text(encoding="utf-8"))["sources"]
        left = [one for one in listed if one["source"] not in done]
        if left:
            self._note(self._say("demo_ingest"))
        for number, one in enumerate(left):
            steps.part(self._say("demo_ingest"), number / len(left))
            asked = Intake(one["format"], one["source"], one["kind"])
            ingest_paths(self._wiring.graph, self._wiring.clock, [self._folder / _CITY / one["path"]], asked, steps.advance)
            done.append(one["source"])
            self._keep(done)
        if pending(self._wiring.graph):
            self._note(self._say("demo_check"))
            check(self._wiring.graph, self._wiring.catalog, self._wiring.clock, progress=steps.advance)

    def accounts(self) -> list[Account]:
        """An officer and an administrator. Passwords are new ones until somebody has signed in; after that they are his own."""
        desk, actor = self._wiring.desk, command_line_actor()
        known: dict[str, User] = {user.name: user for user in users.list_users(self._wiring.graph)}
        unused = all(user.signed_in_at is None for user in known.values())
        made: list[Account] = []
        for name, role in ACCOUNTS:
            password = ""
            if name not in known:
                password = users.add_user(desk, name, [role], by=actor, language=self._wiring.settings.language)
            elif unused:
                password = users.reset_password(desk, name, by=actor)
            made.append(Account(name, role, password))
        return made

    def _done(self) -> list[str]:
        """Names of the sources that are ingested already."""
        there = {row["name"] for row in self._wiring.graph.read(_SOURCES)}
        state: dict[str, Any] = json.loads((self._folder / _STATE).read_text(encoding="utf-8")) if is_demo(self._folder.parent) else {}
        if there and state.get("graph") != self._wiring.settings.graph:
            raise StateError(
                "В базе уже есть другие данные; демонстрация с ними не смешивается.",
                "The graph holds other data already; the demonstration does not mix with it.",
                hint=f"SVERKA_HOME={self._wiring.settings.home}-demo sverka demo",
            )
        done = [str(name) for name in state.get("sources", ())]
        # A graph that was emptied since begins again.
        return done if there.issuperset(done) else []

    def _generate(self, steps: Steps) -> None:
        city = self._folder / _CITY
        if (city / "sources.json").exists():
            return
        self._note(self._say("demo_generate", people=self._people))
        fresh = self._folder / f"{_CITY}.new"
        for leftover in (fresh, city):
            shutil.rmtree(leftover, ignore_errors=True)
        generate(self._people, SEED, fresh, steps.part)
        fresh.rename(city)
        self._keep([])

    def _keep(self, done: list[str]) -> None:
        """Remember how far it came, at once or not at all."""
        fresh = self._folder / f"{_STATE}.new"
        fresh.write_text(json.dumps({"graph": self._wiring.settings.graph, "sources": done}) + "\n", encoding="utf-8")
        fresh.replace(self._folder / _STATE)
