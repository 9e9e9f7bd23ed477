"""Access over HTTP on both engines: sign-in, CSRF, purpose, masking order, keys, revoking, audit of reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI, File, Form, Request, UploadFile
from starlette.testclient import TestClient

from app.access import keys, users
from app.access.desk import Desk
from app.access.guard import Reading, reads_person
from app.access.viewer import UNIT_PREDICATE, unit_parameters
from graph.client import Graph

from tests.access_setup import PASSWORD, ROOT, add_signed_user, client_of, constrain, later, make_app, sign_in

PURPOSE = {"X-Purpose": "case 12-2026"}


@pytest.fixture
def app(graph: Graph, tmp_path: Path) -> FastAPI:
    constrain(graph)
    app = make_app(graph, tmp_path)

    @app.get("/api/v1/people/{person}")
    def person(person: str, reading: Annotated[Reading, Depends(reads_person)]) -> str:
        reading.shown("relative-1")
        return person

    @app.get("/api/v1/visible")
    def visible(request: Request) -> list[str]:
        query = f"MATCH (node:Finding) WHERE {UNIT_PREDICATE} RETURN node.id AS id ORDER BY id"
        return [row["id"] for row in graph.read(query, **unit_parameters(request.state.viewer))]

    @app.post("/forms")
    def forms(note: Annotated[str, Form()], upload: Annotated[UploadFile | None, File()] = None) -> str:
        return note + (upload.file.read().decode() if upload else "")

    return app


@pytest.fixture
def desk(app: FastAPI) -> Desk:
    desk: Desk = app.state.wiring.desk
    return desk


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with client_of(app) as client:
        yield client


def test_sign_in_and_out(client: TestClient, desk: Desk) -> None:
    add_signed_user(desk, "gulnara", ["officer"], (), "hr-1")
    answer = client.post("/api/v1/session", json={"name": "gulnara", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert answer.json()["csrf"] not in cookie
    me = client.get("/api/v1/session").json()
    shown = (me["name"], me["roles"], me["person"], me["units"], me["role_title"])
    assert shown == ("gulnara", ["officer"], "hr-1", None, "ответственное лицо")
    csrf = {"X-CSRF-Token": me["csrf"]}
    assert client.delete("/api/v1/session", headers=csrf).status_code == 204
    assert client.get("/api/v1/session").status_code == 401


def test_refusals_of_sign_in(client: TestClient, desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    for name in ("a1", "nobody"):
        bodies = [client.post("/api/v1/session", json={"name": name, "password": "wrong"}) for _ in range(5)]
        assert [one.status_code for one in bodies] == [401, 401, 401, 401, 429]
        assert bodies[0].json()["code"] == "wrong_password"
        assert (bodies[4].json()["code"], bodies[4].headers["retry-after"]) == ("locked_out", "900")


def test_one_time_password_opens_only_its_change(client: TestClient, desk: Desk) -> None:
    once = users.add_user(desk, "a1", ["officer"], by=ROOT)
    csrf = sign_in(client, "a1", once)
    refused = client.get("/api/v1/roles")
    assert (refused.status_code, refused.json()["code"]) == (403, "password_change_required")
    assert client.get("/api/v1/session").json()["must_change_password"]
    changed = client.post("/api/v1/session/password", json={"current": once, "new": PASSWORD}, headers=csrf)
    assert changed.status_code == 204, changed.text
    assert client.get("/api/v1/roles").status_code == 200


def test_change_needs_the_token_of_our_page(client: TestClient, desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    csrf = sign_in(client, "a1")
    body = {"purpose": "case 1"}
    for headers in ({}, {"X-CSRF-Token": "0" * 64}, csrf | {"Origin": "https://evil.example"}, csrf | {"Origin": "null"},
                    csrf | {"Sec-Fetch-Site": "cross-site"}, csrf | {"Referer": "https://evil.example/x"}):  # fmt: skip
        answer = client.post("/api/v1/purpose", json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "bad_csrf"), headers
    for headers in (csrf, csrf | {"Origin": "http://testserver"}, csrf | {"Sec-Fetch-Site": "same-origin"}):
        assert client.post("/api/v1/purpose", json=body, headers=headers).status_code == 200


def test_foreign_page_cannot_sign_us_in(client: TestClient, desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    body = {"name": "a1", "password": PASSWORD}
    assert client.post("/api/v1/session", json=body, headers={"Origin": "https://evil.example"}).status_code == 403


def test_forms_carry_the_token_as_a_field(client: TestClient, desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    token = sign_in(client, "a1")["X-CSRF-Token"]
    assert client.post("/forms", data={"csrf": token, "note": "да"}).json() == "да"
    assert client.post("/forms", data={"note": "да"}).status_code == 403
    assert client.post("/forms", data={"csrf": "0", "note": "да"}).status_code == 403
    large = "x" * 300_000
    files = {"upload": ("a.csv", large.encode())}
    assert client.post("/forms", data={"csrf": token, "note": "да"}, files=files).json() == "да" + large
    assert client.post("/forms", data={"note": "да"}, files=files).status_code == 403
    assert client.post("/forms", content=b"{}", headers={"Content-Type": "text/plain"}).status_code == 403


def test_reading_a_person_401_403_428(client: TestClient, desk: Desk) -> None:
    assert client.get("/api/v1/people/p1").status_code == 401
    add_signed_user(desk, "root1", ["administrator"])
    sign_in(client, "root1")
    assert client.get("/api/v1/people/p1").status_code == 403
    assert client.get("/api/v1/people/p1", headers=PURPOSE).json()["code"] == "no_right"
    add_signed_user(desk, "a1", ["officer"])
    csrf = sign_in(client, "a1")
    assert client.get("/api/v1/people/p1").json()["code"] == "purpose_required"
    assert client.get("/api/v1/people/p1", headers={"X-Purpose": "nonsense"}).status_code == 400
    assert client.get("/api/v1/people/p1", headers=PURPOSE).json() == "p1"
    assert client.get("/api/v1/people/p1", headers={b"X-Purpose": "reason проверка сигнала".encode()}).json() == "p1"
    assert client.post("/api/v1/purpose", json={"purpose": "case"}, headers=csrf).status_code == 400
    assert client.post("/api/v1/purpose", json={"purpose": "reason жалоба № 7"}, headers=csrf).status_code == 200
    assert client.get("/api/v1/people/p2?q=Иванов").json() == "p2"
    assert client.delete("/api/v1/purpose", headers=csrf).status_code == 204
    assert client.get("/api/v1/people/p1").status_code == 428
    lines = [(line.who, line.object, line.purpose, line.result) for line in desk.log.page() if line.action == "person.read"]
    assert lines == [
        ("a1", "people/p1", "", "refused:purpose_required"),
        ("a1", "relative-1", "reason жалоба № 7", "shown"),
        ("a1", "people/p2", "reason жалоба № 7", "allowed"),
        ("a1", "relative-1", "reason проверка сигнала", "shown"),
        ("a1", "people/p1", "reason проверка сигнала", "allowed"),
        ("a1", "relative-1", "case 12-2026", "shown"),
        ("a1", "people/p1", "case 12-2026", "allowed"),
        ("a1", "people/p1", "", "refused:purpose_required"),
        ("root1", "people/p1", "case 12-2026", "refused:no_right"),
        ("root1", "people/p1", "", "refused:no_right"),
    ]


def test_keys_over_http(client: TestClient, app: FastAPI, desk: Desk) -> None:
    add_signed_user(desk, "shop", ["service"])
    csrf = sign_in(client, "shop")
    body = {"title": "магазин", "scopes": ["events"], "purpose": "reason проверка договора", "days": 30}
    made = client.post("/api/v1/keys", json=body, headers=csrf).json()
    other = client_of(app)
    for scheme in ("Bearer", "ApiKey", "bearer"):
        key = {"Authorization": f"{scheme} {made['key']}"}
        assert other.get("/api/v1/people/p1", headers=key).json() == "p1"
        assert other.get("/metrics", headers=key).status_code == 403
        assert other.post("/api/v1/keys", json=body, headers=key).status_code == 403
    assert "key" not in client.get("/api/v1/keys").json()["keys"][0]
    assert desk.log.page(action="person.read", limit=1)[0].who == f"key:{made['id']} of shop"
    add_signed_user(desk, "root1", ["administrator"])
    csrf = sign_in(client, "root1")
    assert client.delete(f"/api/v1/keys/{made['id']}", headers=csrf).status_code == 204
    key = {"Authorization": f"Bearer {made['key']}"}
    assert other.get("/api/v1/people/p1", headers=key).status_code == 401


def test_metrics_with_a_key(app: FastAPI, desk: Desk, client: TestClient) -> None:
    add_signed_user(desk, "watch", ["administrator"])
    owner = users.get_user(desk.graph, "watch")
    shown = keys.create_key(desk, owner, "prometheus", ["metrics"], by=ROOT)[1]
    assert client.get("/health/live").json() == {"status": "ok"}
    assert client.get("/health/ready").json() == {"status": "ok"}
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {shown}"})
    assert 'sverka_requests_total{method="GET",route="/health/live",status="200"} 1.0' in answer.text
    assert client.get("/api/v1/users", headers={"Authorization": f"Bearer {shown}"}).status_code == 403


def test_reconcile_key_in_the_path(desk: Desk, client: TestClient) -> None:
    add_signed_user(desk, "refine", ["service"])
    owner = users.get_user(desk.graph, "refine")
    wrong = keys.create_key(desk, owner, "другой", ["match"], by=ROOT)[1]
    right = keys.create_key(desk, owner, "refine", ["reconcile"], by=ROOT, purpose="case 1")[1]
    assert client.get(f"/api/v1/reconcile/{wrong}").status_code == 401
    assert client.get(f"/api/v1/reconcile/{right}").json()["name"] == "Sverka"
    assert right not in str(desk.log.page(limit=10)), "the key is not written down"


def test_units_limit_what_is_seen(app: FastAPI, desk: Desk, client: TestClient, graph: Graph) -> None:
    graph.write("CREATE (:Organization {id: 'hr:a', name: 'Исполком'}) CREATE (:Organization {id: 'hr:b', name: 'Комитет'})")
    for finding, units in (("f1", ["hr:a"]), ("f2", ["hr:b", "hr:a"]), ("f3", [])):
        graph.write("CREATE (f:Finding {id: $id, units: $units})", id=finding, units=units)
    seen = {}
    users_of_units = [("all", "officer", []), ("b", "officer", ["hr:b"]), ("ksp", "auditor_ksp", ["hr:b"]), ("none", "hr", ["x"])]
    for name, role, units in [*users_of_units, ("own", "employee", [])]:
        add_signed_user(desk, name + "1", [role], units)
        sign_in(client, name + "1")
        seen[name] = client.get("/api/v1/visible").json()
    assert seen == {"all": ["f1", "f2", "f3"], "b": ["f2"], "ksp": ["f1", "f2", "f3"], "none": [], "own": []}
    owner = users.get_user(graph, "b1")
    shown = keys.create_key(desk, owner, "k", ["findings"], by=ROOT, units=["hr:a"])[1]
    answer = client_of(app).get("/api/v1/visible", headers={"Authorization": f"Bearer {shown}"})
    assert answer.json() == [], "a key does not reach beyond its owner"


def test_administration(client: TestClient, desk: Desk) -> None:
    add_signed_user(desk, "root1", ["administrator"])
    csrf = sign_in(client, "root1")
    made = client.post("/api/v1/users", json={"name": "b1", "roles": ["officer"], "units": ["hr:a"]}, headers=csrf)
    assert made.status_code == 201
    assert len(made.json()["one_time_password"]) == 14
    assert client.post("/api/v1/users", json={"name": "B1", "roles": ["officer"]}, headers=csrf).json()["code"] == "user_exists"
    toxic = client.patch("/api/v1/users/b1", json={"roles": ["officer", "administrator"]}, headers=csrf)
    assert (toxic.status_code, toxic.json()["code"]) == (409, "toxic_roles")
    assert client.patch("/api/v1/users/b1", json={"rolse": []}, headers=csrf).status_code == 422
    assert client.patch("/api/v1/users/root1", json={"disabled": True}, headers=csrf).json()["code"] == "last_administrator"
    assert client.post("/api/v1/users/b1/password", headers=csrf).json()["name"] == "b1"
    assert client.post("/api/v1/users/b1/unlock", headers=csrf).status_code == 204
    assert client.patch("/api/v1/users/b1", json={"disabled": True}, headers=csrf).json()["disabled_at"]
    assert client.get("/api/v1/users/none").status_code == 404
    page = client.get("/api/v1/users?limit=1").json()
    assert [one["name"] for one in page["users"]] == ["b1"]
    assert [one["name"] for one in client.get(f"/api/v1/users?cursor={page['next_cursor']}").json()["users"]] == ["root1"]
    assert client.get("/api/v1/audit").status_code == 403, "an administrator does not audit himself"


def test_auditor_sees_acts_without_contents(client: TestClient, desk: Desk, graph: Graph) -> None:
    add_signed_user(desk, "audit1", ["security_auditor"])
    sign_in(client, "audit1")
    page = client.get("/api/v1/audit?limit=2").json()
    assert [line["action"] for line in page["lines"]] == ["session.sign_in", "user.change_password"]
    older = client.get(f"/api/v1/audit?cursor={page['next_cursor']}").json()
    assert (older["lines"][0]["action"], older["lines"][0]["changed"], older["next_cursor"]) == ("user.add", ["roles"], None)
    assert client.get("/api/v1/audit/verify").json()["ok"]
    graph.write("MATCH (a:AuditLine {n: 2}) SET a.who = 'other'")
    verdict = client.get("/api/v1/audit/verify", headers={"Accept-Language": "en"}).json()
    assert (verdict["ok"], [fault["kind"] for fault in verdict["faults"]]) == (False, ["changed"])
    assert client.get("/api/v1/people/p1", headers=PURPOSE).status_code == 403


def test_sessions_are_revoked(app: FastAPI, client: TestClient, desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    add_signed_user(desk, "root1", ["administrator"])
    victim = client_of(app)
    sign_in(victim, "a1")
    csrf = sign_in(client, "root1")
    rows = {one["user"]: one for one in client.get("/api/v1/sessions").json()["sessions"]}
    assert rows["root1"]["current"]
    assert [one["user"] for one in victim.get("/api/v1/sessions").json()["sessions"]] == ["a1"]
    assert client.delete(f"/api/v1/sessions/{rows['a1']['id']}", headers=csrf).status_code == 204
    assert victim.get("/api/v1/session").status_code == 401


def test_idle_session_ends(client: TestClient, desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    sign_in(client, "a1")
    later(desk, minutes=14)
    assert client.get("/api/v1/session").status_code == 200
    later(desk, minutes=16)
    assert client.get("/api/v1/session").status_code == 401


def test_language_is_kept(client: TestClient, desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    csrf = sign_in(client, "a1")
    assert client.put("/api/v1/session/language", json={"language": "en"}, headers=csrf).status_code == 204
    assert client.get("/api/v1/session").json()["role_title"] == "responsible officer"
    assert client.put("/api/v1/session/language", json={"language": "tlh"}, headers=csrf).status_code == 422
