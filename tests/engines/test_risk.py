"""Risk over HTTP: a score with its reasons, what decisions do to it, batches that answer for each id, and the queue that yields most."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from math import exp
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.access.desk import Desk
from graph.client import Graph
from queries.analysis.forecast_run import refresh_forecast
from queries.analysis.risk_model import prior

from tests.access_setup import add_signed_user, client_of, sign_in

PURPOSE = {"X-Purpose": "case 12-2026"}


@pytest.fixture
def client(app: FastAPI, desk: Desk) -> Iterator[TestClient]:
    add_signed_user(desk, "officer1", ["officer"])
    with client_of(app) as client:
        client.headers.update(sign_in(client, "officer1"))
        yield client


def ask(client: TestClient, path: str, status: int = 200, **headers: str) -> Any:
    answer = client.get(f"/api/v1{path}", headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_score_is_the_sum_of_its_reasons_and_decisions_move_it(client: TestClient) -> None:
    (finding,) = ask(client, "/findings")["findings"]
    official = finding["official"]["id"]
    ask(client, f"/risk/{official}", 428)
    before = ask(client, f"/risk/{official}", 200, **PURPOSE)
    assert before["score"] == pytest.approx(1 - exp(-sum(one["weight"] for one in before["contributions"])))
    (why,) = before["contributions"]
    assert (why["rule"], why["finding"]) == (finding["rule"], finding["id"])
    assert {"severity:" + finding["severity"], "rule:" + finding["rule"]} <= {part["name"] for part in why["parts"]}
    assert "0 " in before["basis"] or " 0" in before["basis"]
    assert before["history"][-1]["score"] == pytest.approx(before["score"])
    assert before["history"][0]["score"] == pytest.approx(prior()["base"])
    for scored in (finding["counterparty"]["id"], finding["event"]["id"]):
        assert ask(client, f"/risk/{scored}", 200, **PURPOSE)["score"] == pytest.approx(before["score"])

    for to, reason in (("IN_CHECK", None), ("FALSE_POSITIVE", "namesake")):
        done = client.post(f"/api/v1/findings/{finding['id']}/decisions", json={"to": to, "reason": reason}, headers=PURPOSE)
        assert done.status_code == 201, done.text
    after = ask(client, f"/risk/{official}", 200, **PURPOSE)
    assert after["score"] == pytest.approx(prior()["base"])
    assert [one["rule"] for one in after["contributions"]] == [None]
    assert ask(client, "/risk/queue")["turns"] == []


def test_many_at_once_answer_each_for_itself(client: TestClient) -> None:
    (finding,) = ask(client, "/findings")["findings"]
    ids = [finding["counterparty"]["id"], "nobody-knows", finding["event"]["id"]]
    answer = client.post("/api/v1/risk", json={"ids": ids}, headers=PURPOSE).json()
    assert [one["id"] for one in answer["risks"]] == [ids[0], ids[2]]
    assert [one["id"] for one in answer["errors"]] == ["nobody-knows"]


def test_the_queue_is_masked_and_says_what_it_yields(client: TestClient) -> None:
    (finding,) = ask(client, "/findings")["findings"]
    plan = ask(client, "/risk/queue?per_day=5&days=2")
    (turn,) = plan["turns"]
    assert (turn["finding"]["id"], turn["day"], plan["waiting"]) == (finding["id"], 1, 1)
    assert turn["finding"]["official"]["name"] == finding["official"]["name"]
    assert plan["expected"] == pytest.approx(turn["probability"])
    units = ask(client, "/risk/units")
    assert units["units"][0]["expected"] == pytest.approx(turn["probability"])
    ask(client, "/risk/queue?per_day=0", 422)


def test_where_signals_come_from_and_a_forecast_that_says_it_has_too_few(client: TestClient, graph: Graph) -> None:
    (finding,) = ask(client, "/findings")["findings"]
    origins = ask(client, "/origins")
    assert [(one["key"], one["signals"]) for one in origins["rules"]] == [(finding["rule"], 1)]
    assert [one["key"] for one in origins["kin"]] == [finding["kin"]["path"]]
    assert [one["signals"] for one in origins["events"]] == [1]
    assert all(one["name"] for one in origins["units"])

    assert ask(client, "/forecast") == {"series": [], "computed_at": None}
    assert refresh_forecast(graph, date(2026, 6, 1), datetime(2026, 6, 1, tzinfo=UTC)) == 0
    told = ask(client, "/forecast?rule=" + finding["rule"])["series"]
    assert {row["method"] for row in told} == {"too_few"}
    assert {sum(past["signals"] for past in row["history"]) for row in told} == {1}
    assert all(row["points"] == [] and row["coverage"] is None for row in told)
