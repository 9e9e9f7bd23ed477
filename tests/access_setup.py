"""What the tests of access share: a fast hasher, a fixed clock, a desk over a graph, an application and clients."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from app.access import users
from app.access.audit import ANCHOR_FILE, AnchorFile, AuditLog
from app.access.audit_chain import operator
from app.access.desk import Desk
from app.access.passwords import Hasher
from app.main import create_app
from app.settings import Settings
from app.wiring import Wiring
from domain.clock import FixedClock
from domain.errors import GraphUnavailable
from graph.client import Graph
from graph_models.schema import nodes

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FAST = Hasher(memory_kib=8, passes=1, lanes=1)
ROOT = operator("root")
PASSWORD = "Верный конь 42 подковы"
ACCESS_LABELS = {"User", "Session", "ApiKey", "SignInTries", "AuditLine", "AuditHead"}


class NoGraph(Graph):
    """A graph that fails when it is touched: nothing before a sign-in may need one."""

    def __init__(self) -> None:
        self.engine = "none"

    def read(self, cypher: str, /, **parameters: Any) -> list[dict[str, Any]]:
        raise GraphUnavailable("Нет базы.", "No graph.")

    def write(self, cypher: str, /, **parameters: Any) -> list[dict[str, Any]]:
        raise GraphUnavailable("Нет базы.", "No graph.")

    def close(self) -> None:
        return None


def constrain(graph: Graph) -> None:
    """The unique keys of the access subdomain."""
    for _, node in nodes():
        if node.label in ACCESS_LABELS:
            name = f"{node.label.lower()}_{node.key}"
            graph.write(f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{node.label}) REQUIRE n.{node.key} IS UNIQUE")


def make_desk(graph: Graph, home: Path | None = None, clock: FixedClock | None = None) -> Desk:
    """A desk on a clock that stands still at noon."""
    clock = clock or FixedClock(NOON)
    return Desk(graph, clock, AuditLog(graph, clock, AnchorFile(home / ANCHOR_FILE) if home else None), FAST)


def make_wiring(graph: Graph, home: Path) -> Wiring:
    """A wiring without the environment."""
    desk = make_desk(graph, home)
    return Wiring(Settings(home=home), graph, desk.clock, desk)


def make_app(graph: Graph, home: Path) -> FastAPI:
    """The application over it."""
    return create_app(make_wiring(graph, home))


def client_of(app: FastAPI) -> TestClient:
    """A client that sees what a caller sees: no exceptions of the server."""
    return TestClient(app, base_url="http://testserver", raise_server_exceptions=False)


def add_signed_user(desk: Desk, name: str, roles: Iterable[str], units: Iterable[str] = (), person: str | None = None) -> str:
    """An account whose password is changed already; the password."""
    once = users.add_user(desk, name, list(roles), units, person, by=ROOT)
    users.change_password(desk, name, once, PASSWORD, by=ROOT)
    return PASSWORD


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> dict[str, str]:
    """Sign in; the headers of a change."""
    answer = client.post("/api/v1/session", json={"name": name, "password": password})
    assert answer.status_code == 201, answer.text
    return {"X-CSRF-Token": answer.json()["csrf"]}


def later(desk: Desk, **time: float) -> None:
    """Move the clock."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.instant += timedelta(**time)
