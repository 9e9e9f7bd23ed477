"""Who is who and lists over the fake desk: what is typed, chosen, decided and taken back; tables read, shown and taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.unit.app.web.site import UNBUILT, make_site

TOKEN = "token-of-the-session"
PAIR = "/compare?left=hr-17&right=p-19"


@pytest.fixture
def app() -> FastAPI:
    return make_site(assets=UNBUILT)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, follow_redirects=False)


def post(client: TestClient, path: str, **fields: str) -> Any:
    return client.post(path, data={"csrf": TOKEN, **fields})


def test_what_is_typed_is_compared(client: TestClient) -> None:
    answer = post(client, "/compare", kind="person", left_name="Хайруллин А. Р.", right_name="Хәйруллин Айдар")
    assert answer.status_code == 200
    assert "введено на этой странице" in answer.text
    assert 'name="reason"' not in answer.text, "there is nothing to decide of what is not in the graph"
    assert post(client, "/compare", kind="person", left_name="Хайруллин").status_code == 422
    wrong = post(client, "/compare", kind="person", left_name="Хайруллин", right_inn="1")
    assert wrong.status_code == 422
    assert "Укажите ФИО" in wrong.text
    assert 'value="Хайруллин"' in wrong.text, "what was typed stays"
    assert post(client, "/compare", kind="planet").status_code == 404
    assert client.post("/compare", data={"kind": "person"}).status_code == 403


def test_names_are_looked_for_in_the_graph(client: TestClient) -> None:
    several = post(client, "/compare", kind="person", left_find="Сафин", right_name="Сафин Т. М.")
    assert several.status_code == 422
    assert several.text.count('type="radio" name="left"') > 1
    nobody = post(client, "/compare", kind="person", left_find="абв", right_name="Сафин Т. М.")
    assert "никого не нашлось" in nobody.text
    both = post(client, "/compare", kind="person", left="hr-17", right="p-19")
    assert (both.status_code, both.headers["location"]) == (303, PAIR)


def test_a_purpose_is_asked_for_where_the_graph_is_read(app: FastAPI, client: TestClient) -> None:
    app.state.gate.purpose = None
    assert client.get(PAIR).status_code == 428
    assert client.get("/lists").status_code == 428
    assert post(client, "/compare", kind="person", left="hr-17", right_name="Хайруллин").status_code == 428
    assert post(client, "/identities/decide", left="hr-17", right="p-19", same="yes", reason="так и есть").status_code == 428
    assert post(client, "/compare", kind="person", left_name="Хайруллин", right_name="Хайруллин").status_code == 200
    assert "Хайруллин Айдар" not in client.get("/identities").text


def test_a_decision_is_made_shown_and_taken_back(app: FastAPI, client: TestClient) -> None:
    made = post(client, "/identities/decide", left="hr-17", right="p-19", same="no", reason="разные СНИЛС")
    assert (made.status_code, made.headers["location"]) == (303, PAIR)
    page = client.get(PAIR).text
    assert "Решено: разные люди" in page
    assert "разные СНИЛС" in page
    assert post(client, "/identities/decide", left="hr-17", right="p-19", same="perhaps", reason="разные").status_code == 400
    assert post(client, "/identities/decide", left="hr-17", right="p-19", same="no", reason="").status_code == 422
    away = post(client, "/identities/decisions/d1/undo", next="https://elsewhere.example/")
    assert (away.status_code, away.headers["location"]) == (303, "/identities")
    assert post(client, "/identities/decisions/d1/undo").status_code == 409
    assert "отменил(а)" in client.get("/identities").text
    assert app.state.desk.judged[0].ended_by


def send(client: TestClient, act: str, content: bytes = b"table", fields: Mapping[str, str] | None = None) -> Any:
    return client.post("/lists", data={"csrf": TOKEN, "act": act, **(fields or {})}, files={"file": ("список.csv", content)})


def test_a_list_is_read_and_its_columns_can_be_changed(client: TestClient) -> None:
    read = send(client, "read")
    assert "Родился" in read.text
    assert '<option value="birthDate" selected>' in read.text
    changed = {"known": "список.csv", "column-0": "name", "column-1": "", "column-2": "organization"}
    assert '<option value="birthDate" selected>' not in send(client, "read", fields=changed).text
    assert '<option value="birthDate" selected>' in send(client, "read", fields={**changed, "known": "other.csv"}).text, (
        "a new file is read anew"
    )
    assert "Сафин Тимур Маратович" in send(client, "show", fields=changed).text
    taken = send(client, "take", fields=changed)
    assert taken.content == b"PKname,,organization"
    assert taken.headers["content-disposition"].endswith("-sverka.xlsx")
    assert taken.headers["cache-control"] == "no-store"


def test_what_is_no_list_is_said_on_the_page(client: TestClient) -> None:
    for content in (b"", b"no table"):
        wrong = send(client, "read", content)
        assert wrong.status_code == 422
        assert 'role="alert"' in wrong.text
    fragment = client.post(
        "/lists", data={"csrf": TOKEN, "act": "read"}, files={"file": ("a.csv", b"no table")}, headers={"HX-Request": "true"}
    )
    assert fragment.status_code == 200, "a script puts in place only what it is answered with 200"
    assert "<html" not in fragment.text
    assert client.post("/lists", data={"csrf": "wrong"}, files={"file": ("a.csv", b"x")}).status_code == 403
