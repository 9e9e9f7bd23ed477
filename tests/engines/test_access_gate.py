"""The gate that the pages use, and errors as pages, over a real session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import FastAPI, Form, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from app.access import users
from app.gate import SessionGate, role_title
from app.main import create_app
from app.web.ports import Admitted
from app.wiring import Wiring
from domain.errors import SverkaError
from graph.client import Graph

from tests.access_setup import PASSWORD, ROOT, add_signed_user, client_of, constrain, make_wiring

BROWSER = {"Accept": "text/html"}


class Pages:
    """Shows an error as its code."""

    def problem(self, _: Request, error: SverkaError) -> Response:
        return PlainTextResponse(error.code, error.status)


def add_stub_pages(app: FastAPI, wiring: Wiring) -> None:
    gate = SessionGate(wiring)
    app.state.pages = Pages()

    @app.post("/signin")
    def sign_in(request: Request, name: Annotated[str, Form()], password: Annotated[str, Form()]) -> Response:
        outcome = gate.sign_in(request, name, password)
        if not isinstance(outcome, Admitted):
            return PlainTextResponse(f"{outcome.reason} {outcome.retry_at}")
        response = PlainTextResponse("must change" if outcome.must_change else "in")
        gate.remember(response, outcome)
        return response

    @app.post("/signout")
    def sign_out(request: Request) -> Response:
        response = PlainTextResponse("out")
        gate.sign_out(request, response)
        return response

    @app.post("/purpose")
    def purpose(request: Request, text: Annotated[str, Form()] = "") -> str:
        gate.state_purpose(request, text or None)
        return "said"

    @app.post("/password")
    def password(request: Request, old: Annotated[str, Form()], new: Annotated[str, Form()]) -> str | None:
        return gate.change_password(request, old, new)

    @app.get("/findings")
    def findings(request: Request) -> str:
        return str(request.state.purpose)

    @app.get("/breaks")
    def breaks() -> None:
        raise RuntimeError


@pytest.fixture
def wiring(graph: Graph, tmp_path: Path) -> Wiring:
    constrain(graph)
    return make_wiring(graph, tmp_path)


@pytest.fixture
def client(wiring: Wiring) -> Iterator[TestClient]:
    with client_of(create_app(wiring, [add_stub_pages])) as client:
        yield client


def test_a_day_of_a_browser(client: TestClient, wiring: Wiring) -> None:
    once = users.add_user(wiring.desk, "anna", ["officer"], by=ROOT)
    assert client.post("/signin", data={"name": "anna", "password": "no"}).text == "wrong None"
    assert client.post("/signin", data={"name": "anna", "password": once}).text == "must change"
    refused = client.get("/findings", headers=BROWSER, follow_redirects=False)
    assert (refused.status_code, refused.headers["location"]) == (303, "/password")
    token = client.get("/api/v1/session").json()["csrf"]
    for old, new, said in ((once, "short", "short"), (once, "qwertyuiop123", "weak"), ("x", PASSWORD, "wrong"), (once, PASSWORD, None)):
        assert client.post("/password", data={"csrf": token, "old": old, "new": new}).json() == said
    assert client.post("/purpose", data={"text": "case 7"}, headers=BROWSER).text == "bad_csrf"
    assert client.post("/purpose", data={"csrf": token, "text": "case 7"}).json() == "said"
    assert client.get("/findings").json() == "case 7"
    client.post("/purpose", data={"csrf": token})
    assert client.get("/findings").json() == "None"
    assert client.post("/signout", data={"csrf": token}).text == "out"
    assert client.get("/findings", headers=BROWSER).text == "not_signed_in"


def test_lock_is_told_with_its_end(client: TestClient, wiring: Wiring) -> None:
    answers = [client.post("/signin", data={"name": "nobody", "password": "no"}).text for _ in range(5)]
    assert answers == ["wrong None"] * 4 + ["locked 2026-03-02 12:15:00+00:00"]


def test_errors_of_pages(client: TestClient, wiring: Wiring) -> None:
    add_signed_user(wiring.desk, "anna", ["officer"])
    client.post("/signin", data={"name": "anna", "password": PASSWORD})
    assert client.get("/nothing", headers=BROWSER).text == "not_found"
    assert client.get("/nothing", headers={"HX-Request": "true"}).text == "not_found"
    assert client.get("/breaks", headers=BROWSER).status_code == 500
    assert client.delete("/findings", headers=BROWSER).text == "bad_csrf"
    assert client.get("/api/v1/nothing", headers=BROWSER).json()["code"] == "not_found"


def test_roles_in_words() -> None:
    assert role_title("officer+secretary", "ru") == "ответственное лицо, секретарь комиссии"
    assert role_title("officer", "en") == "responsible officer"
    assert role_title("gone", "ru") == ""
