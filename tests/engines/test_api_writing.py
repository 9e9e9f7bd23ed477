"""Deciding, checking events and loading over HTTP; on both engines."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.access import keys, users
from app.access.audit_verify import verify
from app.access.desk import Desk
from cases.lifecycle import Term
from cases.terms import due_after
from graph.client import Graph

from tests.access_setup import NOON, ROOT, add_signed_user, client_of, later, make_app, sign_in
from tests.engines.world import World
from tests.scenarios.load import FOLDER, read

STORY = read(FOLDER / "s1_brother_of_wife.yaml")[0]
PURPOSE = {"X-Purpose": "case 12-2026"}
LINES = {"Content-Type": "application/x-ndjson"}
SHOP = next(source for source in STORY.sources if source.name == "shop")


@pytest.fixture
def world(graph: Graph) -> World:
    world = World(graph)
    for source in STORY.sources:
        if source is not SHOP:
            world.ingest(source.name, source.lines, source.kind)
    world.check()
    return world


@pytest.fixture
def app(world: World, tmp_path: Path) -> FastAPI:
    return make_app(world.graph, tmp_path)


@pytest.fixture
def desk(app: FastAPI) -> Desk:
    desk: Desk = app.state.wiring.desk
    return desk


@pytest.fixture
def client(app: FastAPI, desk: Desk) -> Iterator[TestClient]:
    add_signed_user(desk, "officer1", ["officer"])
    with client_of(app) as client:
        client.headers.update(sign_in(client, "officer1"))
        yield client


def ndjson(lines: Iterable[Mapping[str, Any]]) -> bytes:
    return b"\n".join(json.dumps(line, ensure_ascii=False).encode() for line in lines)


def test_an_event_is_checked_and_not_stored(client: TestClient, world: World, desk: Desk) -> None:
    answer = client.post("/api/v1/events/check?source=shop", content=ndjson(SHOP.lines), headers=LINES)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert [(one["rule"], one["official"]["name"]) for one in body["findings"]] == [("R-06", "Х… А.Р.")]
    assert (body["stored"], body["events"], body["unusable"]) == (False, ["c1"], [])
    assert world.findings() == []
    assert client.get("/api/v1/entities/c1").status_code == 404
    as_json = client.post("/api/v1/events/check?source=shop", json=list(SHOP.lines), headers=PURPOSE).json()
    assert as_json["findings"][0]["official"]["name"] == "Хайруллин Айдар Ринатович"
    assert as_json["findings"][0]["id"] == body["findings"][0]["id"]
    lines = {(line.action, line.result) for line in desk.log.page()}
    assert {("event.check", "done"), ("person.use", "shown")} <= lines


def test_an_event_is_stored_when_asked(client: TestClient, world: World) -> None:
    tried = client.post("/api/v1/events/check?source=shop", content=ndjson(SHOP.lines), headers=LINES).json()
    kept = client.post("/api/v1/events/check?source=shop&store=true", content=ndjson(SHOP.lines), headers=LINES).json()
    assert kept["stored"]
    assert [one["id"] for one in kept["findings"]] == [one["id"] for one in tried["findings"]]
    assert [one["rule"] for one in world.findings()] == ["R-06"]


@pytest.mark.parametrize(("content", "kind", "status"), [
    (b"", "application/x-ndjson", 400), (b"not json", "application/x-ndjson", 422), (b"[1]", "application/json", 400),
    (b"{", "application/json", 400), (b'{"id": "x", "schema": "Unicorn", "properties": {}}', "application/x-ndjson", 422),
    (b"<x/>", "text/xml", 400), (b"{}\n" * 1001, "application/x-ndjson", 400), (b" " * 1100000, "application/x-ndjson", 400),
])  # fmt: skip
def test_what_is_no_event(client: TestClient, content: bytes, kind: str, status: int) -> None:
    answer = client.post("/api/v1/events/check", content=content, headers={"Content-Type": kind})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_points_nowhere_is_said(client: TestClient) -> None:
    lines = [*SHOP.lines, {"id": "a9", "schema": "ContractAward", "properties": {"contract": ["c1"], "supplier": ["who"]}}]
    body = client.post("/api/v1/events/check?source=shop", content=ndjson(lines), headers=LINES).json()
    assert [one["reason"] for one in body["unusable"]] == ["dangling_reference"]
    assert len(body["findings"]) == 1


def test_a_key_of_the_shop(app: FastAPI, desk: Desk, world: World) -> None:
    add_signed_user(desk, "shop1", ["service"])
    key = keys.create_key(desk, users.get_user(desk.graph, "shop1"), "магазин", ["events"], by=ROOT, purpose="reason проверка договора")[1]
    other = client_of(app)
    headers = {"Authorization": f"Bearer {key}", **LINES}
    body = other.post("/api/v1/events/check?source=shop", content=ndjson(SHOP.lines), headers=headers).json()
    assert body["findings"][0]["official"]["name"] == "Хайруллин Айдар Ринатович"
    assert other.post("/api/v1/events/check?store=true", content=ndjson(SHOP.lines), headers=headers).status_code == 403
    assert other.get("/api/v1/findings", headers=headers).status_code == 403


@pytest.fixture
def finding(world: World) -> dict[str, Any]:
    world.ingest("shop", SHOP.lines, "procurement")
    world.check()
    return world.findings()[0]


def test_deciding(client: TestClient, desk: Desk, finding: dict[str, Any]) -> None:
    path = f"/api/v1/findings/{finding['id']}/decisions"
    wish = {"to": "IN_CHECK", "note": "Запрошено личное дело", "evidence_sha256": finding["evidence_sha256"]}
    done = client.post(path, json=wish)
    due = due_after(Term(working_days=5), NOON.date()).isoformat()
    assert done.status_code == 201, done.text
    assert (done.json()["status"], done.json()["due_on"], done.json()["decision"]["from"]) == ("IN_CHECK", due, "NEW")
    shown = client.get(f"/api/v1/findings/{finding['id']}", headers=PURPOSE).json()
    assert [(one["to"], one["by"], one["note"]) for one in shown["decisions"]] == [("IN_CHECK", "officer1", "Запрошено личное дело")]
    assert shown["assignee"] == "officer1"
    line = next(line for line in desk.log.page() if line.action == "finding.decide")
    assert (json.loads(line.before)["status"], json.loads(line.after)["status"]) == ("NEW", "IN_CHECK")
    undone = client.delete(f"{path}/last")
    assert (undone.status_code, undone.json()["status"], undone.json()["decision"]) == (200, "NEW", None)
    assert client.post(path, json={"to": "IN_CHECK"}).status_code == 201
    later(desk, seconds=11)
    assert client.delete(f"{path}/last").status_code == 409
    assert verify(desk.graph, desk.log.anchor).ok


def test_steps_that_are_refused(client: TestClient, desk: Desk, finding: dict[str, Any]) -> None:
    path = f"/api/v1/findings/{finding['id']}/decisions"
    stale = client.post(path, json={"to": "IN_CHECK", "evidence_sha256": "0" * 64})
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    assert client.post(path, json={"to": "EXECUTED"}).json()["code"] == "not_allowed_now"
    assert client.post(path, json={"to": "FALSE_POSITIVE"}).status_code == 400
    assert client.post(path, json={"to": "SLEEPING"}).status_code == 422
    assert client.post(path, json={"to": "IN_CHECK", "because": "x"}).status_code == 422
    assert client.post("/api/v1/findings/f-none/decisions", json={"to": "IN_CHECK"}).status_code == 404
    assert client.delete(f"{path}/last").status_code == 409
    assert not [line for line in desk.log.page() if line.action == "finding.decide"]


def test_nobody_decides_on_himself_or_his_kin(app: FastAPI, desk: Desk, finding: dict[str, Any], client: TestClient) -> None:
    """R-28: the official's wife may only hand it on."""
    add_signed_user(desk, "wife1", ["officer"], (), "zags:z-guzel")
    other = client_of(app)
    csrf = sign_in(other, "wife1")
    path = f"/api/v1/findings/{finding['id']}/decisions"
    for wish in ({"to": "NO_CONFLICT"}, {"to": "FALSE_POSITIVE", "reason": "namesake"}, {"to": "ASSIGNED"}):
        refused = other.post(path, json=wish, headers=csrf)
        assert (refused.status_code, refused.json()["code"]) == (403, "self_interest"), wish
    assert desk.log.page(limit=1)[0].result == "refused:self_interest"
    assert other.post(path, json={"to": "SELF_INTEREST_REASSIGN"}, headers=csrf).status_code == 201


def test_who_only_assigns(app: FastAPI, desk: Desk, finding: dict[str, Any]) -> None:
    add_signed_user(desk, "sec1", ["secretary"])
    add_signed_user(desk, "head1", ["head"])
    path = f"/api/v1/findings/{finding['id']}/decisions"
    secretary, head = client_of(app), client_of(app)
    csrf = sign_in(secretary, "sec1")
    assert secretary.post(path, json={"to": "NO_CONFLICT"}, headers=csrf).status_code == 403
    assert secretary.post(path, json={"to": "ASSIGNED"}, headers=csrf).status_code == 201
    assert head.post(path, json={"to": "ASSIGNED"}, headers=sign_in(head, "head1")).status_code == 403


def test_loading_lines_and_files(client: TestClient, world: World, desk: Desk) -> None:
    answer = client.post("/api/v1/ingest?source=shop&kind=procurement&check=true", content=ndjson(SHOP.lines), headers=LINES)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["files"][0]["path"], body["files"][0]["accepted"], body["check"]["rules"]["R-06"]["fired"]) == (
        "shop.jsonl",
        len(SHOP.lines),
        1,
    )
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as inner:
        inner.writestr("people.jsonl", ndjson([{"id": "p1", "schema": "Person", "properties": {"name": ["Петров Пётр Петрович"]}}]))
    bad = ndjson([{"id": "p2", "schema": "Person", "properties": {"name": ["Иванов Иван"], "birthDate": ["1979-02-31"]}}])
    files = [("files", ("../../etc/two.zip", archive.getvalue())), ("files", ("three.jsonl", bad))]
    report = client.post("/api/v1/ingest", files=files).json()
    assert [(one["path"], one["accepted"], one["quarantined"]) for one in report["files"]] == [
        ("two.zip!people.jsonl", 1, 0),
        ("three.jsonl", 0, 1),
    ]
    assert report["files"][1]["samples"][0]["reason"] in report["files"][1]["reasons"]
    (record,) = world.graph.read("MATCH (r:Record {id: 'p1'}) RETURN r.path AS path, r.source AS source")
    assert record == {"path": "two.zip!people.jsonl", "source": "people"}
    assert len([line for line in desk.log.page() if line.action == "ingest"]) == 2


def test_what_cannot_be_loaded(client: TestClient, app: FastAPI, desk: Desk) -> None:
    assert client.post("/api/v1/ingest", content=b"x", headers={"Content-Type": "text/plain"}).status_code == 400
    assert client.post("/api/v1/ingest", files=[("other", "text")]).status_code in (200, 400)
    assert client.post("/api/v1/ingest?kind=gossip", content=b"{}", headers=LINES).status_code == 422
    assert client.post("/api/v1/ingest?source=a:b", content=b"{}", headers=LINES).status_code == 422
    assert client.post("/api/v1/ingest?format=nope", files=[("files", ("a.txt", b"x"))]).status_code == 400
    report = client.post("/api/v1/ingest", files=[("files", ("a.bin", b"\x00\x01"))]).json()
    assert report["files"][0]["quarantined"] == 1
    empty = client.post("/api/v1/ingest", content=b"", headers=LINES)
    assert empty.status_code == 200
    add_signed_user(desk, "hr1", ["hr"])
    other = client_of(app)
    csrf = sign_in(other, "hr1")
    assert other.post("/api/v1/ingest?check=true", content=b"{}", headers=LINES | csrf).status_code == 403
