"""The audit log's lines and their hash chain, without any database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

GENESIS = "0" * 64
"""What line 1 calls the hash before it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, `key:ID of ACCOUNT`, `cli:USER` or `system`, with the roles held at that moment."""

    name: str
    role: str = ""


SYSTEM = Actor("system", "system")


def operator(user: str) -> Actor:
    """The person at the command line."""
    return Actor(f"cli:{user}", "operator")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written. `before` and `after` are what a change replaced and wrote."""

    who: Actor
    action: str
    object: str
    purpose: str = ""
    result: str = "done"
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One written line; `before` and `after` are canonical JSON, empty where there is none."""

    n: int
    at: str
    who: str
    role: str
    action: str
    object: str
    purpose: str
    result: str
    before: str
    after: str
    previous_hash: str
    hash: str = ""

    def computed(self) -> str:
        """The hash that the line's own text gives."""
        body = asdict(self)
        del body["hash"]
        return hashlib.sha256(canonical(body).encode()).hexdigest()


def canonical(value: Any) -> str:
    """JSON with one spelling: sorted keys, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def seal(entry: Entry, n: int, at: str, previous_hash: str) -> Line:
    """The entry as line n after a line with the given hash."""
    line = Line(
        n=n,
        at=at,
        who=entry.who.name,
        role=entry.who.role,
        action=entry.action,
        object=entry.object,
        purpose=entry.purpose,
        result=entry.result,
        before="" if entry.before is None else canonical(entry.before),
        after="" if entry.after is None else canonical(entry.after),
        previous_hash=previous_hash,
    )
    return replace(line, hash=line.computed())


def read_line(row: Mapping[str, Any]) -> Line:
    """A line from its stored properties. What is missing or of a wrong type is kept wrong, so that its hash fails."""
    texts = {name: row.get(name) for name in Line.__dataclass_fields__ if name != "n"}
    return Line(n=row.get("n", 0), **{name: "" if value is None else value for name, value in texts.items()})
