"""No route answers without a sign-in but those that contract.md 3 names; a new one cannot forget it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app.access.doors import OPEN, OPEN_BELOW, is_open
from app.api.openapi import api_routes

from tests.access_setup import NoGraph, client_of, make_app

NAMED = {
    ("POST", "/api/v1/session"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/signin"),
    ("POST", "/signin"),
    ("POST", "/language"),
}
"""Sign-in (its page with its language switch), static files, /health/*, openapi.json: typed again here, so that opening a door is seen."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return make_app(NoGraph(), tmp_path_factory.mktemp("home"))


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return client_of(app)


def walk(app: FastAPI) -> Iterator[tuple[str, str]]:
    """(method, concrete path) of every route, whatever router or mount it came from."""
    for context in iter_route_contexts(app.routes):
        assert not isinstance(context.original_route, Mount) or context.original_route.path == "/static", "a mount that nobody declared"
        path = re.sub(r"\{[^}]*\}", "x", str(context.path))
        if isinstance(context.original_route, Mount):
            path += "/anything"
        for method in sorted(context.methods or {"GET"}):
            yield method, path


def test_only_the_named_are_open() -> None:
    assert OPEN == NAMED
    assert OPEN_BELOW == "/static/"


def test_every_route_refuses_without_sign_in(app: FastAPI, client: TestClient) -> None:
    seen = 0
    for method, path in walk(app):
        if is_open(method, path):
            continue
        answer = client.request(method, path)
        assert answer.status_code == 401, f"{method} {path} answered {answer.status_code}"
        assert answer.headers["www-authenticate"].startswith("Bearer")
        if method != "HEAD":
            assert answer.json()["code"] == "not_signed_in"
        seen += 1
    assert seen >= 20


@pytest.mark.parametrize("credentials", [
    {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic YTpi"}, {"Authorization": "ApiKey"}, {"Authorization": ""},
])  # fmt: skip
def test_wrong_credentials_open_nothing(client: TestClient, credentials: dict[str, str]) -> None:
    assert client.get("/api/v1/session", headers=credentials).status_code == 401


def test_what_is_not_there_is_not_told_apart(client: TestClient) -> None:
    assert client.get("/api/v1/no/such/thing").status_code == 401
    assert client.request("BREW", "/api/v1/session").status_code == 401


@pytest.mark.parametrize(
    "path", ["/static/../api/v1/users", "/static/%2e%2e/api/v1/users", "//health/live", "/health/live/", "/HEALTH/live", "/health"]
)
def test_odd_spellings_open_nothing(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code in (401, 404), path
    assert "users" not in answer.text


def test_a_route_that_forgets_everything_is_behind_the_door(tmp_path: Path) -> None:
    app = make_app(NoGraph(), tmp_path)

    @app.get("/api/v1/forgotten")
    def forgotten() -> str:
        return "secret"

    answer = client_of(app).get("/api/v1/forgotten")
    assert answer.status_code == 401
    assert "secret" not in answer.text


def test_websockets_are_closed(tmp_path: Path) -> None:
    with pytest.raises(WebSocketDisconnect), client_of(make_app(NoGraph(), tmp_path)).websocket_connect("/anything"):
        pass


def test_every_api_route_says_what_it_needs(app: FastAPI) -> None:
    routes = api_routes(app)
    assert {"/api/v1/session", "/api/v1/users/{name}", "/health/live", "/metrics"} <= {route.path for route in routes}
    for route in routes:
        for method in route.methods:
            if not is_open(method, route.path):
                assert route.guards, f"{method} {route.path} declares neither needs(...) nor reads_person"


def test_routes_of_people_ask_for_a_purpose(app: FastAPI) -> None:
    """The description of a route that reads people carries X-Purpose and 428."""
    for path, methods in app.openapi()["paths"].items():
        for operation in methods.values():
            asks = any(one.get("name") == "X-Purpose" for one in operation.get("parameters", ()))
            assert asks == ("428" in operation["responses"]), path


def test_description_has_no_gap(app: FastAPI) -> None:
    """Every closed route says how to sign in and that it may refuse, as a problem document."""
    document = app.openapi()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["responses"]["500"]["content"].keys() == {"application/problem+json"}, path
            if is_open(method.upper(), path):
                assert operation["security"] == []
            else:
                assert operation["security"]
                assert {"401", "403"} <= set(operation["responses"])
            assert operation.get("summary"), path
            assert any(status.startswith("2") for status in operation["responses"])
