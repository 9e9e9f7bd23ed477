"""Who is who over HTTP and at the desk: doubts, decisions with their audit line, undo, units and R-28; on both engines."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.access import keys, users
from app.access.desk import Desk
from app.desk import GraphDesk
from app.main import create_app
from app.web.comparing import SideDraft
from domain.errors import InputError, NoPurpose, NoRight
from graph.client import Graph

from tests.access_setup import ROOT, add_signed_user, client_of, make_wiring, sign_in
from tests.engines.test_desk_reading import caller, viewer
from tests.engines.world import World

PURPOSE = {"X-Purpose": "case 12-2026"}
SOURCES: dict[str, list[dict[str, Any]]] = {
    "hr": [
        {"id": "school", "schema": "PublicBody", "properties": {"name": ["МБОУ «Школа № 999»"], "innCode": ["0010000017"]}},
        {"id": "a", "schema": "Person", "properties": {"name": ["Гыймадиев Айрат Шамилевич"]}},
        {"id": "j", "schema": "Employment", "properties": {"employer": ["school"], "employee": ["a"], "startDate": ["2018-09-03"]}},
        {"id": "me", "schema": "Person", "properties": {"name": ["Гарипова Алсу Рустемовна"], "birthDate": ["1980-01-01"]}},
    ],
    "egrul": [
        {"id": "b", "schema": "Person", "properties": {"name": ["Гыймадиев Айрат Шамилевич"]}},
        {"id": "m2", "schema": "Person", "properties": {"name": ["Гарипова Алсу Рустемовна"]}},
        {"id": "f", "schema": "Company", "properties": {"name": ["ООО «Идел-Строй Тест»"], "innCode": ["0012345673"]}},
    ],
}


@pytest.fixture
def world(graph: Graph) -> World:
    world = World(graph)
    for name, lines in SOURCES.items():
        world.ingest(name, lines, name)
    world.check()
    return world


@pytest.fixture
def app(world: World, tmp_path: Path) -> FastAPI:
    return create_app(make_wiring(world.graph, tmp_path))


@pytest.fixture
def desk(app: FastAPI) -> Desk:
    desk: Desk = app.state.wiring.desk
    return desk


@pytest.fixture
def client(app: FastAPI, desk: Desk) -> Iterator[TestClient]:
    add_signed_user(desk, "garipova", ["officer"], person="hr:me")
    with client_of(app) as client:
        client.headers.update(sign_in(client, "garipova"))
        yield client


def decide(client: TestClient, left: str, right: str, *, same: bool, reason: str = "сверено с анкетой") -> Any:
    return client.post("/api/v1/identity/decisions", headers=PURPOSE, json={"left": left, "right": right, "same": same, "reason": reason})


def test_a_doubt_is_decided_and_the_decision_taken_back(client: TestClient, desk: Desk, world: World) -> None:
    page = client.get("/api/v1/identity/doubts").json()
    pairs = [{one["left"]["id"], one["right"]["id"]} for one in page["doubts"]]
    assert {"a", "b"} in pairs
    assert "Гыймадиев" not in json.dumps(page, ensure_ascii=False)
    assert world.canonical("a") != world.canonical("b")
    made = decide(client, "hr:a", "egrul:b", same=True)
    assert made.status_code == 201, made.text
    assert made.json()["by"] == "garipova"
    world.check()
    assert world.canonical("a") == world.canonical("b")
    shown = client.get("/api/v1/identity/decisions", params={"entity": "a"}, headers=PURPOSE).json()["decisions"]
    assert [one["id"] for one in shown] == [made.json()["id"]]
    ended = client.delete(f"/api/v1/identity/decisions/{made.json()['id']}", headers=PURPOSE)
    assert ended.json()["ended_by"] == "garipova"
    assert client.delete(f"/api/v1/identity/decisions/{made.json()['id']}", headers=PURPOSE).status_code == 409
    world.check()
    assert world.canonical("a") != world.canonical("b")
    assert decide(client, "hr:a", "egrul:b", same=False).status_code == 201
    world.check(full=True)
    assert {"a", "b"} not in [{one["left"]["id"], one["right"]["id"]} for one in client.get("/api/v1/identity/doubts").json()["doubts"]]
    acts = [(line.who, line.action, line.purpose) for line in desk.log.page() if line.action.startswith("identity.")]
    assert acts[::-1] == [
        ("garipova", "identity.decide", "case 12-2026"),
        ("garipova", "identity.undo", "case 12-2026"),
        ("garipova", "identity.decide", "case 12-2026"),
    ]


def test_what_is_refused(client: TestClient, desk: Desk) -> None:
    assert decide(client, "hr:a", "egrul:nobody", same=True).status_code == 404
    assert decide(client, "hr:a", "egrul:f", same=True).status_code == 400
    assert decide(client, "hr:a", "hr:a", same=True).status_code == 400
    assert decide(client, "hr:a", "egrul:b", same=True, reason="").status_code == 422
    assert client.post("/api/v1/identity/decisions", headers=PURPOSE, json={"left": "hr:a"}).status_code == 422
    assert client.delete("/api/v1/identity/decisions/none", headers=PURPOSE).status_code == 404
    no_purpose = client.post("/api/v1/identity/decisions", json={"left": "hr:a", "right": "egrul:b", "same": True, "reason": "так"})
    assert (no_purpose.status_code, no_purpose.json()["code"]) == (428, "purpose_required")
    own = decide(client, "hr:me", "egrul:m2", same=True)
    assert (own.status_code, own.json()["code"]) == (403, "self_interest")
    assert client.get("/api/v1/identity/doubts", params={"cursor": "nonsense"}).status_code == 400
    add_signed_user(desk, "secretary", ["secretary"])
    with client_of(client.app) as other:  # type: ignore[arg-type]
        other.headers.update(sign_in(other, "secretary"))
        assert decide(other, "hr:a", "egrul:b", same=True).status_code == 403
    add_signed_user(desk, "near", ["officer"], ["hr:school"])
    with client_of(client.app) as near:  # type: ignore[arg-type]
        near.headers.update(sign_in(near, "near"))
        assert near.get("/api/v1/identity/doubts").json()["doubts"] == []
        assert decide(near, "hr:a", "egrul:b", same=True).status_code == 404


def test_a_key_decides_within_its_scope(client: TestClient, desk: Desk) -> None:
    owner = users.get_user(desk.graph, "garipova")
    key = keys.create_key(desk, owner, "сверка", ["identity"], by=ROOT, purpose="case 7")[1]
    with client_of(client.app) as program:  # type: ignore[arg-type]
        program.headers["Authorization"] = f"ApiKey {key}"
        wish = {"left": "hr:a", "right": "egrul:b", "same": False, "reason": "разные СНИЛС"}
        assert program.post("/api/v1/identity/decisions", json=wish).status_code == 201


def test_the_desk_shows_both_sides_and_what_was_decided(app: FastAPI, world: World) -> None:
    desk = GraphDesk(app.state.wiring)
    found = desk.compare(caller(), SideDraft("hr:a"), SideDraft("egrul:b"))
    assert (found.kind, found.grade, found.decisive, found.decidable, found.one_node) == ("person", "weak", "S6", True, False)
    assert found.left.name == "Гыймадиев Айрат Шамилевич"
    rows = {row.feature: row for row in found.rows}
    assert (rows["surname"].outcome, rows["given"].outcome) == ("agree", "agree")
    assert (rows["workplace"].left, rows["workplace"].outcome) == ("МБОУ «Школа № 999»", "absent")
    assert found.prior is not None
    total = found.prior + sum(row.weight or 0 for row in found.rows)
    assert abs(1 / (1 + math.exp(-total)) - found.probability) < 1e-6
    desk.judge(caller(), "hr:a", "egrul:b", same=True, reason="одна анкета")
    world.check()
    joined = desk.compare(caller(), SideDraft("record:hr:a"), SideDraft("record:egrul:b"))
    assert joined.one_node
    assert joined.decidable
    assert [one.same for one in joined.decisions] == [True]
    desk.unjudge(caller(), joined.decisions[0].id)
    assert desk.doubts(caller(), None).decided[0].ended_by
    firm = desk.compare(caller(), SideDraft("egrul:f"), SideDraft(fields={"name": "Идел-Строй Тест", "inn": "0012345673"}))
    assert (firm.kind, firm.grade, firm.decidable) == ("organization", "certain", False)
    typed = SideDraft(fields={"name": "Гыймадиев А. Ш.", "employer": "Школа 999"})
    assert desk.compare(caller(purpose=None), typed, typed).left.node is None
    with pytest.raises(NoPurpose):
        desk.compare(caller(purpose=None), SideDraft("hr:a"), typed)
    with pytest.raises(NoRight):
        desk.judge(caller(viewer("member")), "hr:a", "egrul:b", same=True, reason="так")
    with pytest.raises(InputError):
        desk.compare(caller(), SideDraft("hr:a"), SideDraft(fields={"employer": "Школа"}))
