"""Reading over HTTP: masked lists, purpose, audit, units, time, and any id; on both engines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.access.desk import Desk
from domain.clock import FixedClock
from graph.client import Graph

from tests.access_setup import add_signed_user, client_of, sign_in
from tests.engines.world import World

PURPOSE = {"X-Purpose": "case 12-2026"}
NAMES = ("Хайруллин А", "Хайруллина", "Сафин Т", "Сафина Г", "САФИН", "0010000001")


@pytest.fixture
def client(app: FastAPI, desk: Desk) -> Iterator[TestClient]:
    add_signed_user(desk, "officer1", ["officer"])
    with client_of(app) as client:
        client.headers.update(sign_in(client, "officer1"))
        yield client


def get(client: TestClient, path: str, status: int = 200, **headers: str) -> Any:
    answer = client.get(f"/api/v1{path}", headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_list_is_masked_and_a_finding_is_not(client: TestClient, desk: Desk) -> None:
    page = get(client, "/findings")
    (row,) = page["findings"]
    assert page["next_cursor"] is None
    assert (row["rule"], row["severity"], row["official"]["name"], row["due_on"]) == ("R-06", "HIGH", "Х… А.Р.", "2026-01-20")
    text = json.dumps(page, ensure_ascii=False)
    assert not [name for name in NAMES if name in text]
    path = f"/findings/{row['id']}"
    assert get(client, path, 428)["code"] == "purpose_required"
    found = client.get(f"/api/v1{path}", headers=PURPOSE).json()
    assert found["official"]["name"] == "Хайруллин Айдар Ринатович"
    assert found["decisions"] == []
    assert [hop["type"] for hop in found["chain"]][:2] == ["PARTICIPATES", "SPOUSE_OF"]
    assert {"from", "to", "type", "start", "end", "source", "derived_from"} <= found["chain"][0].keys()
    contract = (
        "id rule rule_version outcome severity status event events official counterparty kin share match modifiers missing law "
        "settled_by chain sentence evidence_sha256 decisions due_on"
    )
    assert set(contract.split()) <= found.keys()
    shown = [line.object for line in desk.log.page() if line.action == "person.read" and line.result == "shown"]
    assert len(shown) == len(set(shown)) >= 3


def test_filters(client: TestClient) -> None:
    fits = [
        "rule=R-06",
        "severity=HIGH",
        "status=NEW",
        "event=c1",
        "event=shop:c1",
        "person=z-timur",
        "person=hr:khairullin",
        "unit=school",
        "as_of=2025-05-12",
        "known_on=2026-01-15",
        "as_of=2025-05-12&known_on=2026-02-01&person=z-timur&rule=R-06&limit=1",
    ]
    for query in fits:
        assert len(get(client, f"/findings?{query}")["findings"]) == 1, query
    for query in (
        "rule=R-05",
        "status=CLOSED",
        "as_of=2025-05-11",
        "known_on=2026-01-14",
        "assignee=officer1",
        "event=m1",
        "person=x1-nobody",
    ):
        status = 404 if "nobody" in query else 200
        assert get(client, f"/findings?{query}", status).get("findings", []) == [], query
    for query in ("limit=0", "limit=501", "status=SLEEPING", "as_of=yesterday", "severity=x"):
        assert get(client, f"/findings?{query}", 422)["code"] == "invalid_request", query
    assert get(client, "/findings?cursor=abc", 400)["code"] == "usage"
    assert get(client, "/findings?trial=true", 403)["code"] == "no_right"


def test_trial_rules_are_hidden_from_officers(client: TestClient, graph: Graph, desk: Desk, app: FastAPI) -> None:
    (row,) = get(client, "/findings")["findings"]
    graph.write("MATCH (x:Finding) SET x.trial = true")
    assert get(client, "/findings")["findings"] == []
    assert client.get(f"/api/v1/findings/{row['id']}", headers=PURPOSE).status_code == 404
    add_signed_user(desk, "ksp1", ["auditor_ksp"])
    other = client_of(app)
    sign_in(other, "ksp1")
    assert get(other, "/findings")["findings"] == []
    assert len(get(other, "/findings?trial=true")["findings"]) == 1


def test_units_limit_everything(client: TestClient, app: FastAPI, desk: Desk) -> None:
    (row,) = get(client, "/findings")["findings"]
    add_signed_user(desk, "own1", ["officer"], ["school"])
    add_signed_user(desk, "far1", ["officer"], ["idel"])
    own, far = client_of(app), client_of(app)
    sign_in(own, "own1")
    sign_in(far, "far1")
    assert len(get(own, "/findings")["findings"]) == 1
    assert get(far, "/findings")["findings"] == []
    for path in (f"/findings/{row['id']}", "/entities/khairullin", "/graph/neighbours/khairullin", "/graph/paths?from=khairullin&to=idel"):
        assert own.get(f"/api/v1{path}", headers=PURPOSE).status_code == 200, path
        assert far.get(f"/api/v1{path}", headers=PURPOSE).status_code == 404, path
    assert own.get("/api/v1/entities/z-timur", headers=PURPOSE).status_code == 200, "he stands on the chain of a finding of the unit"
    assert get(own, "/search?q=сафин тимур")["counts"]["people"] == 1
    assert get(far, "/search?q=сафин тимур")["counts"]["people"] == 0
    assert get(far, "/entities/idel")["findings"] == []
    owners = next(one for one in get(far, "/entities/idel")["sections"] if one["type"] == "OWNS")
    assert all(fact["other"]["masked"] for fact in owners["facts"])


def test_an_entity(client: TestClient, desk: Desk) -> None:
    assert get(client, "/entities/khairullin", 428)["code"] == "purpose_required"
    person = client.get("/api/v1/entities/zags:z-khairullin", headers=PURPOSE).json()
    assert (person["node"]["id"], person["node"]["name"], person["node"]["masked"]) == ("khairullin", "Хайруллин Айдар Ринатович", False)
    assert person["properties"]["birth"] == "1979-03-14"
    sections = {one["type"]: one for one in person["sections"]}
    marriage = sections["SPOUSE_OF"]["facts"][0]
    assert (marriage["edge"]["start"], marriage["edge"]["source"], marriage["other"]["name"]) == (
        "2004-08-07",
        "zags",
        "Хайруллина Гузель Маратовна",
    )
    assert len(person["findings"]) == 1
    assert {one["key"] for one in person["records"]} == {"hr:khairullin", "zags:z-khairullin"}
    assert person["matches"][0]["grade"] == "certain"
    early = client.get("/api/v1/entities/khairullin?as_of=2004-08-06", headers=PURPOSE).json()
    assert "SPOUSE_OF" not in {one["type"] for one in early["sections"]}
    firm = get(client, "/entities/idel")
    text = json.dumps(firm, ensure_ascii=False)
    assert not [name for name in NAMES if name in text]
    assert firm["properties"]["inn"] == ["0012345673"]
    before = len(desk.log.page(limit=1000))
    named = client.get("/api/v1/entities/idel", headers=PURPOSE).json()
    assert "Сафин Тимур Маратович" in json.dumps(named, ensure_ascii=False)
    assert len(desk.log.page(limit=1000)) > before
    assert get(client, "/entities/nobody", 404)["code"] == "not_found"


def test_an_id_of_several_sources(client: TestClient, graph: Graph) -> None:
    World(graph).ingest("second", [{"id": "c1", "schema": "Person", "properties": {"name": ["Петров Пётр Петрович"]}}])
    World(graph).check()
    said = get(client, "/entities/c1", 400)
    assert said["code"] == "ambiguous_id"
    assert "second:c1" in said["detail"]
    assert "shop:c1" in said["detail"]
    assert get(client, "/entities/shop:c1")["node"]["label"] == "Event"


def test_search_is_masked(client: TestClient) -> None:
    found = get(client, "/search?q=хайруллин айдар")
    assert [(hit["node"]["name"], hit["node"]["masked"], hit["findings"]) for hit in found["hits"]] == [("Х… А.Р.", True, 1)]
    client.post("/api/v1/purpose", json={"purpose": "case 1"})
    assert get(client, "/search?q=хайруллин айдар")["hits"][0]["node"]["masked"]
    assert get(client, "/search?q=0012345673")["hits"][0]["matched"] == "inn"
    assert get(client, "/search?q=идел&kind=events")["hits"] == []
    assert get(client, "/search", 422)["code"] == "invalid_request"


def test_neighbours_and_paths(client: TestClient) -> None:
    counts = get(client, "/graph/neighbours/idel")
    assert {(one["type"], one["direction"], one["text"]) for one in counts["counts"]} >= {("OWNS", "in", "2"), ("SUPPLIES", "out", "1")}
    first = get(client, "/graph/neighbours/idel?type=OWNS&limit=1")
    second = get(client, f"/graph/neighbours/idel?type=OWNS&limit=1&cursor={first['next_cursor']}")
    assert {first["edges"][0]["record"], second["edges"][0]["record"]} == {"egrul:o1", "egrul:o2"}
    assert second["next_cursor"] is None
    assert all(one["masked"] for one in (*first["nodes"], *second["nodes"]))
    assert get(client, "/graph/neighbours/idel?type=HAS_KEY", 400)["code"] == "usage"
    assert get(client, "/graph/neighbours/khairullin", 428)["code"] == "purpose_required"
    assert get(client, "/graph/paths?from=khairullin&to=idel", 428)["code"] == "purpose_required"
    found = client.get("/api/v1/graph/paths?from=khairullin&to=idel&max=6&as_of=2025-05-12", headers=PURPOSE).json()
    assert found["complete"]
    assert len(found["paths"][0]["nodes"]) == 3
    assert {edge["source"] for edge in found["edges"]} >= {"shop"}
    types = client.get("/api/v1/graph/paths?from=khairullin&to=z-timur&types=SPOUSE_OF,PARENT_OF&max=3", headers=PURPOSE).json()
    assert [len(path["nodes"]) for path in types["paths"]] == [4]
    for query in ("from=idel&to=idel", "from=idel&to=c1&types=NOPE"):
        assert get(client, f"/graph/paths?{query}", 400)["code"] == "usage"
    assert get(client, "/graph/paths?from=idel&to=c1&max=7", 422)["code"] == "invalid_request"


def test_the_strongest_chain_to_a_supplier_of_his_body(client: TestClient) -> None:
    """By kin and firms, not by the office and the purchase, which tie everybody in the building to every supplier."""
    assert get(client, "/graph/chains/khairullin", 428)["code"] == "purpose_required"
    found = client.get("/api/v1/graph/chains/khairullin?max=5", headers=PURPOSE).json()
    (path,) = found["paths"]
    ends = {one["node"]: one["id"] for one in found["nodes"]}
    assert (ends[path["nodes"][0]], ends[path["nodes"][-1]]) == ("khairullin", "idel")
    assert {edge["type"] for edge in found["edges"]} <= {"SPOUSE_OF", "PARENT_OF", "SIBLING_OF", "DECLARED_KIN", "OWNS", "DIRECTS"}
    assert client.get("/api/v1/graph/chains/khairullin?max=1", headers=PURPOSE).json()["paths"] == []
    assert client.get("/api/v1/graph/chains/idel", headers=PURPOSE).status_code == 404


def test_as_it_was_known(client: TestClient, graph: Graph, desk: Desk) -> None:
    (row,) = get(client, "/findings")["findings"]
    world = World(graph)
    world.clock.instant += timedelta(days=10)
    world.ingest("zags", [{"id": "m1", "deleted": True}], "civil_registry")
    world.check()
    path = f"/api/v1/findings/{row['id']}"
    assert client.get(path, headers=PURPOSE).json()["status"] == "CLOSED"
    assert client.get(f"{path}?known_on=2026-01-20", headers=PURPOSE).json()["status"] == "NEW"
    assert client.get(f"{path}?known_on=2026-01-14", headers=PURPOSE).status_code == 404
    assert len(get(client, "/findings?known_on=2026-01-20&status=NEW")["findings"]) == 1
    then = client.get("/api/v1/graph/neighbours/khairullin?type=PAST&known_on=2026-01-20", headers=PURPOSE).json()
    assert [edge["type"] for edge in then["edges"]] == ["SPOUSE_OF"]


def test_rules(client: TestClient) -> None:
    rules = get(client, "/rules")["rules"]
    assert {"R-01", "R-04", "R-05", "R-06", "R-09", "R-10"} <= {one["id"] for one in rules}
    one = get(client, "/rules/R-05")
    assert one["law"][0]["act"].endswith("ФЗ")
    assert (
        one["next"] != get(client, "/rules/R-05", Accept_Language="en")["next"] or client.get("/api/v1/session").json()["language"] == "ru"
    )
    assert get(client, "/rules/R-99", 404)["code"] == "not_found"
    assert one["set_by"]["items"] == ["law", "lawyer"]
    assert (one["own"], get(client, "/rules")["refused"]) == (False, [])


def test_a_rules_figures_are_those_of_the_viewers_bodies(client: TestClient, app: FastAPI, desk: Desk) -> None:
    """One finding waits; a rejection moves it; another body's officer counts nothing; who sees no findings sees no rules."""
    fresh = {"now": 1, "clarify": 0, "ever": 1, "confirmed": 0, "rejected": 0}
    assert get(client, "/rules/R-06")["figures"] == fresh
    assert get(client, "/rules/R-05")["figures"] == {**fresh, "now": 0, "ever": 0}
    add_signed_user(desk, "own1", ["officer"], ["school"])
    add_signed_user(desk, "far1", ["officer"], ["idel"])
    add_signed_user(desk, "admin1", ["administrator"])
    own, far, admin = client_of(app), client_of(app), client_of(app)
    sign_in(own, "own1")
    sign_in(far, "far1")
    sign_in(admin, "admin1")
    assert get(own, "/rules/R-06")["figures"] == fresh
    assert get(far, "/rules/R-06")["figures"] == {**fresh, "now": 0, "ever": 0}
    assert get(admin, "/rules", 403)["code"] == "no_right"
    (row,) = get(client, "/findings")["findings"]
    detail = client.get(f"/api/v1/findings/{row['id']}", headers=PURPOSE).json()
    for step in ({"to": "IN_CHECK"}, {"to": "FALSE_POSITIVE", "reason": "namesake"}):
        wish = {**step, "note": "однофамилец", "evidence_sha256": detail["evidence_sha256"]}
        answer = client.post(f"/api/v1/findings/{row['id']}/decisions", json=wish, headers=PURPOSE)
        assert answer.status_code == 201, answer.text
    assert get(client, "/rules/R-06")["figures"] == {**fresh, "now": 0, "rejected": 1}
    assert get(far, "/rules/R-06")["figures"]["rejected"] == 0


def test_the_stream_tells_what_is_new(client: TestClient, graph: Graph, desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    (row,) = get(client, "/findings")["findings"]
    nothing = client.get("/api/v1/stream?seconds=1")
    assert nothing.headers["content-type"].startswith("text/event-stream")
    assert "event:" not in nothing.text
    told = client.get("/api/v1/stream?seconds=1", headers={"Last-Event-ID": "2026-01-01T00:00:00+00:00"}).text
    assert told.count("event: finding") == 1
    data = json.loads(next(line for line in told.splitlines() if line.startswith("data: ")).removeprefix("data: "))
    assert (data["id"], data["new"], data["official"]["name"]) == (row["id"], True, "Х… А.Р.")
    again = client.get("/api/v1/stream?seconds=1", headers={"Last-Event-ID": row["recorded_at"]}).text
    assert "event: finding" not in again
    assert client.get("/api/v1/stream?seconds=1", headers={"Last-Event-ID": "x"}).status_code == 400


@pytest.mark.parametrize("role", ["administrator", "security_auditor", "employee", "dispatcher", "k1_secretariat"])
def test_roles_that_see_no_person_see_none(app: FastAPI, client: TestClient, desk: Desk, role: str) -> None:
    (row,) = get(client, "/findings")["findings"]
    add_signed_user(desk, "other1", [role])
    other = client_of(app)
    sign_in(other, "other1")
    paths = (f"/findings/{row['id']}", "/entities/khairullin", "/graph/neighbours/khairullin", "/graph/paths?from=khairullin&to=idel")
    for path in paths:
        assert other.get(f"/api/v1{path}", headers=PURPOSE).status_code == 403, path
    for path in ("/findings", "/search?q=сафин", "/entities/idel", "/graph/neighbours/idel", "/stream?seconds=1"):
        answer = other.get(f"/api/v1{path}", headers=PURPOSE)
        assert answer.status_code in (200, 403), path
        assert not [name for name in NAMES if name in answer.text], path
