"""Screening over HTTP: an unmodified yente client, wrong requests, units, purpose and the audit log; on both engines."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.access import keys, users
from app.access.desk import Desk
from app.api.match import MOST_QUERIES, MOST_VALUES
from app.api.match_models import MatchAnswers

from tests.access_setup import ROOT, add_signed_user, client_of, sign_in

PERSON = {"schema": "Person", "properties": {"name": ["Хайруллин Айдар Ринатович"], "birthDate": ["1979-03-14"]}}
FIRM = {"schema": "Company", "properties": {"name": "Идел-Строй Тест", "innCode": ["0012345673"]}}


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with client_of(app) as client:
        yield client


def key_of(desk: Desk, name: str = "shop", *, purpose: str | None = "reason проверка поставщиков", units: tuple[str, ...] = ()) -> str:
    add_signed_user(desk, name, ["service"], units)
    return keys.create_key(desk, users.get_user(desk.graph, name), name, ["match"], by=ROOT, purpose=purpose)[1]


def ask(client: TestClient, key: str, queries: Any, query: str = "", **headers: str) -> Any:
    """A request as yente's clients send it."""
    return client.post(f"/api/v1/match/default{query}", headers={"Authorization": f"ApiKey {key}", **headers}, json={"queries": queries})


def test_a_yente_client_works_unmodified(client: TestClient, desk: Desk) -> None:
    key = key_of(desk)
    answer = ask(client, key, {"q1": PERSON, "q2": FIRM}, "?algorithm=logic-v2&threshold=0.7&limit=5")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    MatchAnswers.model_validate(body)
    assert body["limit"] == 5
    assert all(set(doc) >= {"description", "coefficient"} for doc in body["matcher"].values())
    person, firm = body["responses"]["q1"], body["responses"]["q2"]
    assert person["status"] == 200
    assert person["total"] == {"value": len(person["results"]), "relation": "eq"}
    assert person["query"] == {"id": None, **PERSON}
    best = person["results"][0]
    assert {"id", "caption", "schema", "score", "match", "features", "properties", "datasets", "referents", "target"} <= best.keys()
    assert (best["caption"], best["schema"], best["match"]) == ("Хайруллин Айдар Ринатович", "Person", True)
    assert best["score"] > 0.95
    assert best["explanation"]["grade"] == "certain"
    assert best["explanation"]["sentence"]
    assert best["features"]["name"] == 1.0
    assert best["explanation"]["waterfall"][0]["feature"] == "prior"
    assert firm["results"][0]["match"] is True
    assert answer.headers["x-batch-size"] == "2"
    for path in ("/algorithms", "/catalog", "/healthz", "/readyz"):
        told = client.get(f"/api/v1{path}", headers={"Authorization": f"ApiKey {key}"})
        assert told.status_code == 200, path
    assert client.get("/api/v1/algorithms", headers={"Authorization": f"ApiKey {key}"}).json()["best"]


def test_threshold_cutoff_and_limit(client: TestClient, desk: Desk) -> None:
    key = key_of(desk)
    weak = {"schema": "Person", "properties": {"name": ["Хайруллин Айдар Ринатович"]}}
    (found,) = ask(client, key, {"q": weak}).json()["responses"]["q"]["results"]
    assert (found["match"], found["explanation"]["grade"]) == (False, "weak")
    over = ask(client, key, {"q": weak}, f"?cutoff=1&threshold={min(1.0, found['score'] + 0.001)}").json()["responses"]["q"]
    assert over["results"] == []
    assert over["total"]["value"] == 0
    assert ask(client, key, {"q": PERSON}, "?threshold=1").json()["responses"]["q"]["results"][0]["match"] is False
    for wrong in ("?limit=0", "?limit=1000", "?threshold=2", "?cutoff=-1", "?threshold=x"):
        assert ask(client, key, {"q": PERSON}, wrong).status_code == 422, wrong


def test_a_bad_query_answers_for_itself(client: TestClient, desk: Desk) -> None:
    bad: dict[str, Any] = {
        "schema": {"schema": "Nobody", "properties": {}},
        "none": {"properties": {"name": ["А"]}},
        "text": "Хайруллин",
        "number": 17,
        "list": [PERSON],
        "properties": {"schema": "Person", "properties": ["name"]},
        "contract": {"schema": "Contract", "properties": {"title": ["Окна"]}},
        "many": {"schema": "Person", "properties": {"name": ["Иванов"] * (MOST_VALUES + 1)}},
    }
    odd: dict[str, Any] = {
        "empty": {"schema": "Person", "properties": {}},
        "blank": {"schema": "Person", "properties": {"name": ["", "   "], "birthDate": [None]}},
        "long": {"schema": "Person", "properties": {"name": ["Ы" * 10_000]}},
        "control": {"schema": "Person", "properties": {"name": ["Хай\x00рул\x1bлин \u202e"]}},
        "emoji": {"schema": "Person", "properties": {"name": ["🙂🙂 😀"], "birthDate": ["когда-то"]}},
        "digits": {"schema": "Person", "properties": {"name": ["1234567890"], "innCode": ["1,66E+09"]}},
        "nested": {"schema": "Person", "properties": {"name": [["Иванов"], {"id": {"x": 1}}, True, 1e400]}},
        "surname": {"schema": "Person", "properties": {"lastName": ["Хайруллин"]}},
        "either": {"schema": "LegalEntity", "properties": {"name": ["Хайруллин"]}},
    }
    del odd["nested"]["properties"]["name"][-1]
    body = ask(client, key_of(desk), {"good": PERSON, **bad, **odd, "null": None})
    assert body.status_code == 200, body.text
    MatchAnswers.model_validate(body.json())
    answers = body.json()["responses"]
    assert set(answers) == {"good", *bad, *odd}
    assert answers["good"]["results"][0]["match"] is True
    for name in bad:
        assert (answers[name]["status"], answers[name]["results"]) == (400, []), name
        assert answers[name]["detail"], name
    for name in odd:
        assert answers[name]["status"] == 200, name
        assert not any(one["match"] for one in answers[name]["results"]), name
    assert answers["empty"]["results"] == answers["blank"]["results"] == answers["digits"]["results"] == []


def test_wrong_requests_are_refused_clearly(client: TestClient, desk: Desk) -> None:
    key = key_of(desk)
    assert ask(client, key, {str(n): PERSON for n in range(10_000)}).json()["code"] == "too_many_queries"
    assert ask(client, key, {str(n): {"schema": "Person"} for n in range(MOST_QUERIES)}).status_code == 200
    wrong: tuple[Any, ...] = ({}, [], None, "x", {"q": None})
    for queries in wrong:
        answer = ask(client, key, queries)
        assert (answer.status_code, answer.json()["code"]) == (400, "usage"), queries
    headers = {"Authorization": f"ApiKey {key}", "Content-Type": "application/json"}
    for body in (b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"queries": ' + b"[" * 5000 + b"]" * 5000 + b"}"):
        answer = client.post("/api/v1/match/default", headers=headers, content=body)
        assert answer.status_code == 400, body[:20]
        assert answer.headers["content-type"] == "application/problem+json"
    assert client.post("/api/v1/match/other", headers=headers, json={"queries": {"q": PERSON}}).status_code == 404


def test_who_may_and_why(client: TestClient, desk: Desk) -> None:
    assert ask(client, "nonsense", {"q": PERSON}).status_code == 401
    key = key_of(desk, "noreason", purpose=None)
    refused = ask(client, key, {"q": PERSON})
    assert (refused.status_code, refused.json()["code"]) == (428, "purpose_required")
    assert ask(client, key, {"q": PERSON}, **{"X-Purpose": "case 12"}).status_code == 200
    assert ask(client, key, {"q": PERSON}, **{"X-Purpose": "nonsense"}).status_code == 400
    add_signed_user(desk, "members", ["member"])
    headers = sign_in(client, "members") | {"X-Purpose": "case 12"}
    assert client.post("/api/v1/match/default", headers=headers, json={"queries": {"q": PERSON}}).status_code == 403
    results = [(line.action, line.result) for line in desk.log.page() if line.object == "match/default"]
    assert ("person.use", "refused:purpose_required") in results
    assert ("person.use", "refused:no_right") in results


def test_everyone_shown_is_in_the_log(client: TestClient, desk: Desk) -> None:
    key = key_of(desk)
    before = desk.log.page(limit=1)[0].n
    answer = ask(client, key, {"a": PERSON, "b": PERSON, "c": FIRM}).json()["responses"]
    lines = [line for line in desk.log.page() if line.n > before]
    assert [line.result for line in lines].count("allowed") == 1
    shown = [line.object for line in lines if line.result == "shown"]
    assert len(shown) == len(set(shown)) == len({one["id"] for one in answer["a"]["results"]})
    assert all(line.purpose == "reason проверка поставщиков" for line in lines)
    assert key not in json.dumps([line.object for line in desk.log.page()])


def test_a_caller_of_units_finds_his_own_people(client: TestClient, desk: Desk) -> None:
    everyone = ask(client, key_of(desk), {"q": PERSON}).json()["responses"]
    near = ask(client, key_of(desk, "school", units=("hr:school",)), {"q": PERSON}).json()["responses"]
    assert near["q"]["results"][0]["id"] == everyone["q"]["results"][0]["id"]
    nobody = ask(client, key_of(desk, "stranger", units=("egrul:idel",)), {"q": PERSON, "firm": FIRM}).json()["responses"]
    assert nobody["q"]["results"] == []
    assert nobody["firm"]["results"]


def test_two_entities_from_outside_are_compared(client: TestClient, desk: Desk) -> None:
    headers = {"Authorization": f"ApiKey {key_of(desk, purpose=None)}"}
    other = {"schema": "Person", "properties": {"name": ["Хәйруллин А. Р."], "innCode": ["1,66E+09"]}}
    body = client.post("/api/v1/compare", headers=headers, json={"left": PERSON, "right": other}).json()
    total = sum(step["weight"] for step in body["waterfall"])
    assert abs(1 / (1 + math.exp(-total)) - body["probability"]) < 1e-3
    assert all(step["words"] for step in body["waterfall"])
    assert body["remarks"]
    firm = client.post("/api/v1/compare", headers=headers, json={"left": PERSON, "right": FIRM}).json()
    assert (firm["grade"], firm["probability"]) == ("none", 0.0)
    wrong: tuple[Any, ...] = ({}, {"left": PERSON}, {"left": PERSON, "right": []}, {"left": {"schema": "Nobody"}, "right": PERSON}, [])
    for pair in wrong:
        assert client.post("/api/v1/compare", headers=headers, json=pair).status_code == 422, pair
