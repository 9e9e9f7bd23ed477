"""OpenRefine's reconciliation over HTTP as OpenRefine sends it: the key in the path, forms, suggestions, values; on both engines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.access import keys, users
from app.access.desk import Desk

from tests.access_setup import ROOT, add_signed_user, client_of, sign_in

PERSON = {"query": "Хайруллин Айдар Ринатович", "type": "Person", "limit": 3, "properties": [{"pid": "birthDate", "v": "1979-03-14"}]}
FIRM = {
    "query": "ООО Идел-Строй Тест",
    "type": [{"id": "Company", "name": "Фирма"}],
    "properties": [{"pid": "Company:innCode", "v": "0012345673"}],
}


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with client_of(app) as client:
        yield client


def path_of(desk: Desk, name: str = "refine", *, purpose: str | None = "case 12-2026", scope: str = "reconcile") -> str:
    add_signed_user(desk, name, ["service"])
    key = keys.create_key(desk, users.get_user(desk.graph, name), name, [scope], by=ROOT, purpose=purpose)[1]
    return f"/api/v1/reconcile/{key}"


def test_openrefine_reconciles_a_column(client: TestClient, desk: Desk) -> None:
    path = path_of(desk)
    manifest = client.get(path).json()
    assert manifest["versions"] == ["0.2"]
    assert {"name", "identifierSpace", "schemaSpace", "defaultTypes", "view", "suggest", "extend", "batchSize"} <= manifest.keys()
    assert [one["id"] for one in manifest["defaultTypes"]][:2] == ["Person", "Organization"]
    assert "{{id}}" in manifest["view"]["url"]
    assert path not in manifest["view"]["url"]
    service = manifest["suggest"]["entity"]
    assert service["service_url"].endswith(path)
    answer = client.post(path, data={"queries": json.dumps({"q0": PERSON, "q1": FIRM})})
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    body = answer.json()
    best = body["q0"]["result"][0]
    assert (best["name"], best["match"], best["type"]) == ("Хайруллин Айдар Ринатович", True, [{"id": "Person", "name": "Человек"}])
    assert 95 < best["score"] <= 100
    assert best["description"]
    assert {"id": "name", "value": 1.0} in best["features"]
    assert body["q1"]["result"][0]["match"] is True
    assert client.post(path, json={"queries": {"q0": PERSON}}).json()["q0"]["result"][0]["id"] == best["id"]
    assert client.get(path, params={"queries": json.dumps({"q0": PERSON})}).json()["q0"]["result"][0]["id"] == best["id"]


def test_a_bad_query_answers_for_itself(client: TestClient, desk: Desk) -> None:
    bad: dict[str, Any] = {
        "number": {"query": 17},
        "type": {"query": "Иванов", "type": "Nobody"},
        "list": ["Иванов"],
        "properties": {"query": "Иванов", "properties": "all"},
    }
    odd: dict[str, Any] = {
        "empty": {},
        "limit": {"query": "Иванов", "limit": "many"},
        "values": {"query": "Иванов", "type": [], "properties": [{"pid": "birthDate", "v": [1979, None, {"id": "x"}, True, [1]]}, {}]},
    }
    answers = client.post(path_of(desk), data={"queries": json.dumps({"good": PERSON, **bad, **odd})}).json()
    assert answers["good"]["result"]
    for name in bad:
        assert answers[name]["result"] == [], name
        assert answers[name]["error"], name
    for name in odd:
        assert "error" not in answers[name], name
    path = path_of(desk, "again")
    for wrong in ("", "{", "[]", "null", json.dumps({str(n): PERSON for n in range(10_000)})):
        assert client.post(path, data={"queries": wrong}).status_code == 400, wrong[:20]
    for body in (b"", b"\xff\xff", b"[" * 100):
        assert client.post(path, content=body, headers={"Content-Type": "application/json"}).status_code == 400, body


def test_suggestions_and_values(client: TestClient, desk: Desk) -> None:
    path = path_of(desk)
    found = client.get(f"{path}/suggest/entity", params={"prefix": "Хайруллин Айдар"}).json()["result"][0]
    assert found["name"] == "Хайруллин Айдар Ринатович"
    assert client.get(f"{path}/suggest/entity").json()["result"] == []
    assert [one["id"] for one in client.get(f"{path}/suggest/type", params={"prefix": "фир"}).json()["result"]] == ["Company"]
    birth = client.get(f"{path}/suggest/property", params={"prefix": "рожд"}).json()["result"]
    assert birth == [{"id": "birthDate", "name": "Дата рождения"}]
    proposed = client.get(f"{path}/extend/propose", params={"type": "Company", "limit": 3}).json()
    assert [one["id"] for one in proposed["properties"]] == ["name", "previousName", "innCode"]
    wanted = {"ids": [found["id"], "idel", "nobody"], "properties": [{"id": "birthDate"}, {"id": "innCode"}, {"id": "unknown"}]}
    values = client.post(path, data={"extend": json.dumps(wanted)}).json()
    assert [one["id"] for one in values["meta"]] == ["birthDate", "innCode"]
    assert values["rows"][found["id"]] == {"birthDate": [{"str": "1979-03-14"}], "innCode": [{"str": "001234567887"}]}
    assert values["rows"]["idel"]["innCode"] == [{"str": "0012345673"}]
    assert values["rows"]["nobody"] == {}


def test_a_script_gets_its_answer_only_under_a_name_that_is_safe(client: TestClient, desk: Desk) -> None:
    path = path_of(desk)
    answer = client.get(path, params={"callback": "jQuery123._back"})
    assert answer.headers["content-type"].startswith("application/javascript")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.text.startswith("/**/jQuery123._back({")
    for name in ("alert(1)", "a b", "a;b", "а", "<script>", "1a", "a." * 20):
        assert client.get(path, params={"callback": name}).status_code == 400, name


def test_the_key_opens_and_its_purpose_counts(client: TestClient, desk: Desk) -> None:
    assert client.get("/api/v1/reconcile/nonsense").status_code == 401
    assert client.get(path_of(desk, "matcher", scope="match")).status_code == 401
    path = path_of(desk, "noreason", purpose=None)
    assert client.get(path).status_code == 200
    refused = client.post(path, data={"queries": json.dumps({"q0": PERSON})})
    assert (refused.status_code, refused.json()["code"]) == (428, "purpose_required")
    assert client.get(f"{path}/suggest/entity", params={"prefix": "Хайруллин А"}).json()["result"][0]["name"] == "Х… А.Р."
    with client_of(client.app) as browser:  # type: ignore[arg-type]
        add_signed_user(desk, "anna", ["officer"])
        sign_in(browser, "anna")
        assert browser.get("/api/v1/reconcile/x").status_code == 401, "a cookie opens nothing here"


def test_the_key_is_written_nowhere(
    client: TestClient, desk: Desk, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    path = path_of(desk)
    key = path.rpartition("/")[2]
    assert client.post(path, data={"queries": json.dumps({"q0": PERSON})}).status_code == 200
    client.get(f"{path}/nowhere")
    client.post(path, data={"queries": "{"})
    lines = [line for line in desk.log.page() if line.action in ("person.use", "person.read")]
    assert {"allowed", "shown"} <= {line.result for line in lines}
    assert {line.object for line in lines if line.result == "allowed"} == {"reconcile"}
    written = json.dumps([[line.who, line.object, line.before, line.after] for line in desk.log.page()], default=str)
    metrics = desk_metrics(client)
    secret = key.split("_", 2)[2]
    assert "{key}" in metrics
    assert secret not in written + caplog.text + str(capsys.readouterr()) + metrics


def desk_metrics(client: TestClient) -> str:
    text: bytes = client.app.state.wiring.metrics.text()  # type: ignore[attr-defined]
    return text.decode()
