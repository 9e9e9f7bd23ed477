"""One shape of error for the whole interface: RFC 9457, in the reader's language, without a glimpse of our inside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from httpx2 import Response
from starlette.requests import Request
from starlette.testclient import TestClient

import domain.errors
from app.access import doors
from app.access.viewer import Viewer
from app.api import problems
from app.api.problems import MEDIA_TYPE, of_error
from app.main import create_app
from app.settings import Settings
from app.wiring import Wiring
from domain.errors import GraphError, SverkaError

from tests.access_setup import NoGraph, client_of, make_app, make_wiring


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    """An application that takes everybody for a signed-in officer, with routes that go wrong."""
    viewer = Viewer("a", "a", ("officer",), frozenset({"findings.read"}), csrf="t", key="k")
    monkeypatch.setattr(doors, "identify", lambda *_: viewer)
    app = make_app(NoGraph(), tmp_path)

    @app.get("/api/v1/breaks")
    def breaks() -> None:
        secret = "Хайруллин Айдар"
        raise RuntimeError(secret)

    @app.get("/api/v1/graph-breaks")
    def graph_breaks() -> None:
        raise GraphError("База отказала: пароль 123", "password 123 refused")

    @app.get("/api/v1/number")
    def number(n: int) -> int:
        return n

    @app.post("/api/v1/size")
    async def size(request: Request) -> int:
        return len(await request.body())

    return app


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return client_of(app)


def errors(kind: type[SverkaError] = SverkaError) -> Iterator[type[SverkaError]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from errors(sub)


def check(answer: Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    body: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "code"} <= set(body)
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:sverka:problem:{code}")
    assert body["title"]
    assert body["detail"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    return body


def test_unexpected_error_shows_a_number_only(client: TestClient) -> None:
    for language in ("ru", "en"):
        body = check(client.get("/api/v1/breaks", headers={"Accept-Language": language}), 500, "internal")
        assert "Хайруллин" not in str(body)
        assert "RuntimeError" not in str(body)
        assert str(body["instance"]).rpartition(":")[2] in str(body["detail"])


def test_graph_error_keeps_its_inside(client: TestClient) -> None:
    assert "123" not in str(check(client.get("/api/v1/graph-breaks"), 500, "internal"))


def test_wrong_address_and_method(client: TestClient) -> None:
    check(client.get("/api/v1/nothing"), 404, "not_found")
    assert check(client.delete("/api/v1/number"), 405, "method_not_allowed")
    assert "GET" in client.delete("/api/v1/number").headers["allow"]


def test_wrong_fields_are_named_without_their_values(client: TestClient) -> None:
    body = check(client.get("/api/v1/number", params={"n": "Хайруллин"}), 422, "invalid_request")
    assert body["errors"] == [{"where": "query.n", "code": "int_parsing", "message": body["errors"][0]["message"]}]
    assert "Хайруллин" not in str(body)


def test_no_right_then_bad_purpose(client: TestClient) -> None:
    check(client.get("/api/v1/users", headers={"X-Purpose": "nonsense"}), 403, "no_right")
    assert client.get("/api/v1/roles").status_code == 200


def test_language_of_the_reader(client: TestClient) -> None:
    assert client.get("/api/v1/nothing").json()["title"] == "Не найдено"
    for header in ("en", "en-GB,en;q=0.9", "tt, en;q=0.8, ru;q=0.5", "de,en;q=x,en;q=0.1"):
        assert client.get("/api/v1/nothing", headers={"Accept-Language": header}).json()["title"] == "Not found", header


def test_graph_down(client: TestClient) -> None:
    check(client.get("/health/ready"), 503, "graph_unavailable")


@pytest.mark.parametrize("chunked", [False, True])
def test_too_large(tmp_path: Path, app: FastAPI, chunked: bool) -> None:
    client = client_of(app)
    body = b"x" * (1024 * 1024)
    assert client.post("/api/v1/size", content=body).json() == len(body)
    parts = [body] * 11
    check(client.post("/api/v1/size", content=iter(parts) if chunked else b"".join(parts)), 413, "too_large")


def test_every_error_of_the_tree_has_a_title(app: FastAPI) -> None:
    texts = yaml.safe_load((Path(problems.__file__).parent / "problems.yaml").read_text(encoding="utf-8"))
    for kind in errors():
        assert kind.status in texts["statuses"], kind
    for code, known in texts["codes"].items():
        assert set(known["title"]) == {"ru", "en"}, code
    titles = [known["title"]["ru"] for known in texts["codes"].values()]
    assert len(titles) == len(set(titles)), "a title of its own for each code"


def test_both_languages_of_an_error(app: FastAPI) -> None:
    error = domain.errors.NotFound("Нет такого.", "No such thing.", hint="иное")
    assert of_error(error, "ru").detail == "Нет такого."
    assert of_error(error, "en").model_dump() | {"title": ""} == {
        "type": "urn:sverka:problem:not_found", "title": "", "status": 404, "detail": "No such thing.", "code": "not_found",
        "hint": "иное", "instance": "", "errors": [],
    }  # fmt: skip


def test_pages_get_hsts_over_https(tmp_path: Path) -> None:
    wiring = make_wiring(NoGraph(), tmp_path)
    secure = Wiring(Settings(home=tmp_path, public_url="https://sverka.example"), wiring.graph, wiring.clock, wiring.desk)
    assert "max-age" in client_of(create_app(secure)).get("/health/live").headers["strict-transport-security"]
