"""The pages over the fake desk: what each shows, what it refuses, and what it does with what is sent."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.web.page import safe_next
from domain.clock import FixedClock

from tests.unit.app.web.fake_gate import FakeGate
from tests.unit.app.web.invented import NOW
from tests.unit.app.web.site import UNBUILT, make_site

READS = (
    "/findings",
    "/findings?tab=unit",
    "/findings?tab=clarify",
    "/findings?tab=settled",
    "/findings?rule=R-06&severity=HIGH",
    "/findings/fd-0418",
    "/findings/fd-0371",
    "/findings/fd-0420",
    "/findings/fd-0411",
    "/findings/fd-0402",
    "/entities/hr-17",
    "/entities/hr-17?full=true",
    "/entities/f-1",
    "/entities/e-77",
    "/search",
    "/search?q=Сафин",
    "/search?q=абв",
    "/explorer",
    "/explorer?finding=fd-0418",
    "/explorer?focus=hr-17",
    "/explorer?focus=hr-17&to=f-1",
    "/explorer?focus=hr-17&to=f-3&as_of=2025-05-12&known_on=2025-06-01",
    "/explorer/panel?id=f-1",
    "/explorer/choices?source=hr-17&q=Идел",
    "/facts/new",
    "/facts/new?kind=post",
    "/facts/new?kind=notice&person=hr-17",
    "/facts/k3/edit",
    "/facts/done?entity=hr-17&what=added&opened=fd-0418",
    "/identities",
    "/lists",
    "/compare",
    "/compare?kind=organization",
    "/compare?left=hr-17",
    "/compare?left=hr-17&right=p-19",
    "/compare?left=f-1&right=f-1",
    "/rules",
    "/rules/R-06",
    "/sources",
    "/records/zags:1182",
    "/purpose",
    "/password",
)
NAMING = tuple(
    path
    for path in READS
    if path.startswith(("/findings/", "/explorer/", "/explorer?", "/records", "/facts/new", "/facts/k3"))
    or "full=" in path
    or "right=" in path
    or path == "/lists"
)
TOKEN = "token-of-the-session"


@pytest.fixture
def app() -> FastAPI:
    return make_site(assets=UNBUILT)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, follow_redirects=False)


def gate(app: FastAPI) -> FakeGate:
    held: FakeGate = app.state.gate
    return held


class Outline(HTMLParser):
    """Checks that tags close, ids are single, controls have names; and keeps the text."""

    VOID = frozenset({"meta", "link", "input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.labels: set[str] = set()
        self.fields: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if known.get("id"):
            self.ids.append(str(known["id"]))
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "label" and known.get("for"):
            self.labels.add(str(known["for"]))
        if tag in {"input", "select", "textarea"} and known.get("type") not in {"hidden", "radio", "checkbox"}:
            self.fields.append((tag, known))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_is_sound(client: TestClient, path: str, language: str) -> None:
    client.cookies.set("sverka_language", language)
    answer = client.get(path)
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    page = Outline()
    page.feed(answer.text)
    assert page.open == []
    assert len(set(page.ids)) == len(page.ids)
    if answer.text.startswith("<!doctype"):
        assert f'<html lang="{language}">' in answer.text
        assert page.levels.count(1) == 1
        for tag, known in page.fields:
            assert known.get("aria-label") or known.get("id") in page.labels or known.get("name") == "known_on", (tag, known)


@pytest.mark.parametrize("path", READS)
def test_nobody_is_let_in_without_signing_in(app: FastAPI, client: TestClient, path: str) -> None:
    gate(app).signed_in = False
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/signin?next=")
    assert answer.text == ""


@pytest.mark.parametrize("path", NAMING)
def test_people_are_named_for_a_stated_purpose_alone(app: FastAPI, client: TestClient, path: str) -> None:
    gate(app).purpose = None
    answer = client.get(path)
    assert answer.status_code == 428
    assert 'action="/purpose"' in answer.text
    assert "Хайруллин" not in answer.text
    assert "Сафин" not in answer.text


def test_lists_without_a_purpose_are_masked(app: FastAPI, client: TestClient) -> None:
    gate(app).purpose = None
    inbox = client.get("/findings")
    assert inbox.status_code == 200
    assert "Г… Н. Ф." in inbox.text
    assert "Гараева" not in inbox.text
    assert 'href="/purpose?next=/findings"' in inbox.text


def test_a_script_is_sent_to_the_purpose_prompt(app: FastAPI, client: TestClient) -> None:
    gate(app).purpose = None
    answer = client.get("/explorer/scene?id=f-1", headers={"Accept": "application/json", "Referer": "http://testserver/explorer?focus=f-1"})
    assert answer.headers["hx-redirect"] == "/purpose?next=/explorer%3Ffocus%3Df-1"


def test_purpose_is_asked_once_and_comes_back(app: FastAPI, client: TestClient) -> None:
    gate(app).purpose = None
    answer = client.post("/purpose", data={"csrf": TOKEN, "kind": "case", "text": "12-к", "next": "/findings/fd-0418"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/findings/fd-0418"
    assert client.get("/findings/fd-0418").status_code == 200
    client.post("/purpose/end", data={"csrf": TOKEN, "next": "/findings"})
    assert client.get("/findings/fd-0418").status_code == 428


def test_a_purpose_that_says_nothing_is_refused_in_words(client: TestClient) -> None:
    answer = client.post("/purpose", data={"csrf": TOKEN, "kind": "reason", "text": "", "next": "/"})
    assert answer.status_code == 400
    assert "Укажите номер дела или причину." in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/findings/fd-0418/decisions",
        "/findings/fd-0418/decisions/d-1/undo",
        "/facts/new",
        "/facts/k3/edit",
        "/facts/k3/withdraw",
        "/purpose",
        "/purpose/end",
        "/signout",
        "/password",
    ],
)
@pytest.mark.parametrize("token", ["", "token-of-another"])
def test_changes_need_the_token_of_the_session(app: FastAPI, client: TestClient, path: str, token: str) -> None:
    answer = client.post(path, data={"csrf": token, "to": "RISK_CONFIRMED", "kind": "kin"})
    assert answer.status_code == 403
    assert gate(app).signed_in
    assert app.state.desk.decided == {}
    assert app.state.desk.added == []


def decide(client: TestClient, to: str, **more: str) -> str:
    page = client.get("/findings/fd-0418").text
    evidence = re.search(r'name="evidence" value="([0-9a-f]+)"', page)
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert evidence
    assert seen
    data = {"csrf": TOKEN, "to": to, "evidence": evidence[1], "seen": seen[1], **more}
    answer = client.post("/findings/fd-0418/decisions", data=data)
    return f"{answer.status_code} {answer.headers.get('location', '')}"


def test_a_decision_can_be_taken_back_for_ten_seconds(client: TestClient) -> None:
    assert decide(client, "NOTICE_REQUESTED") == "303 /findings/fd-0418"
    page = client.get("/findings/fd-0418").text
    assert 'data-undo="10"' in page
    assert "объяснение запрошено" in page
    assert client.post("/findings/fd-0418/decisions/d-1/undo", data={"csrf": TOKEN}).status_code == 303
    assert "data-undo=" not in client.get("/findings/fd-0418").text


def test_after_ten_seconds_it_is_not_offered() -> None:
    clock = FixedClock(NOW)
    client = TestClient(make_site(clock=clock, assets=UNBUILT), follow_redirects=False)
    decide(client, "RISK_CONFIRMED")
    clock.instant = NOW + timedelta(seconds=11)
    assert "data-undo=" not in client.get("/findings/fd-0418").text


def test_not_a_conflict_goes_with_its_reason(app: FastAPI, client: TestClient) -> None:
    assert decide(client, "FALSE_POSITIVE:namesake", note="другая дата рождения").startswith("303")
    assert app.state.desk.statuses == {"fd-0418": "FALSE_POSITIVE"}


def test_another_decision_in_between_is_said(client: TestClient) -> None:
    assert decide(client, "NEED_DATA", seen="NEW").startswith("409")
    assert decide(client, "").startswith("400")


def test_the_card_shows_every_hop_with_its_source_and_whether_it_held(client: TestClient) -> None:
    held = client.get("/findings/fd-0418").text
    assert held.count('data-held="held"') == 5
    assert 'href="/records/zags%3A1182"' in held
    broken = client.get("/findings/fd-0371").text
    assert broken.count('data-held="not_held"') == 1
    assert "Не все связи действовали" in broken
    unsure = client.get("/findings/fd-0420").text
    assert unsure.count('data-held="unknown_held"') == 1
    assert "не хватает: дата начала родства" in unsure


def test_whoever_stands_in_the_chain_decides_nothing(client: TestClient) -> None:
    page = client.get("/findings/fd-0402").text
    assert "R-28" in page
    assert "data-moves" not in page


def test_names_are_shown_on_a_second_click(client: TestClient) -> None:
    masked = client.get("/entities/hr-17").text
    assert "Х… А. Р." in masked
    assert "001234567890" not in masked
    full = client.get("/entities/hr-17?full=true").text
    assert "Хайруллин Айдар Ринатович" in full
    assert "001234567890" in full


def test_a_relative_is_entered_with_its_paper(app: FastAPI, client: TestClient) -> None:
    form = {
        "csrf": TOKEN,
        "kind": "kin",
        "person": "hr-17",
        "word": "зять",
        "path": "CS",
        "relative_name": "Сафин Рамиль",
        "document": "анкета",
        "document_on": "2024",
    }
    answer = client.post("/facts/new", data=form)
    assert answer.status_code == 303
    assert app.state.desk.added[0].path == "CS"
    done = client.get(answer.headers["location"]).text
    assert 'href="/findings/fd-0418"' in done


def test_an_ambiguous_word_is_asked_about(app: FastAPI, client: TestClient) -> None:
    form = {
        "csrf": TOKEN,
        "kind": "kin",
        "person": "hr-17",
        "word": "зять",
        "relative_name": "Сафин Рамиль",
        "document": "анкета",
        "document_on": "2024",
    }
    answer = client.post("/facts/new", data=form)
    assert answer.status_code == 422
    assert "Скажите, кто это" in answer.text
    assert app.state.desk.added == []


def test_one_hit_is_taken_and_several_are_offered(app: FastAPI, client: TestClient) -> None:
    form = {
        "csrf": TOKEN,
        "kind": "post",
        "person_text": "Сафин",
        "organization_text": "Кояш",
        "role": "завхоз",
        "post": "other",
        "post_kind": "main",
        "document": "приказ",
        "document_on": "2024",
    }
    answer = client.post("/facts/new", data=form)
    assert answer.status_code == 422
    assert answer.text.count('type="radio" name="person"') == 4
    assert "Сафин Тимур" not in answer.text
    assert client.post("/facts/new", data={**form, "person": "p-19"}).status_code == 303
    assert app.state.desk.added[0].organization == "f-2"


def test_a_correction_needs_a_reason_and_so_does_a_withdrawal(app: FastAPI, client: TestClient) -> None:
    form = {
        "csrf": TOKEN,
        "kind": "kin",
        "person": "hr-17",
        "word": "сын",
        "relative_name": "Сафин Рамиль",
        "document": "анкета",
        "document_on": "2024",
    }
    assert client.post("/facts/k3/edit", data=form).status_code == 422
    assert client.post("/facts/k3/edit", data={**form, "reason": "опечатка"}).status_code == 303
    assert client.post("/facts/k3/withdraw", data={"csrf": TOKEN}).status_code == 422
    assert client.post("/facts/k3/withdraw", data={"csrf": TOKEN, "withdraw_reason": "двойник"}).status_code == 303


def test_sign_in_wrong_locked_and_right(app: FastAPI, client: TestClient) -> None:
    gate(app).signed_in = False
    wrong = client.post("/signin", data={"name": "garipova", "password": "x", "next": "/findings/fd-0418"})
    assert wrong.status_code == 401
    assert "не подходят" in wrong.text
    assert 'value="garipova"' in wrong.text
    right = client.post("/signin", data={"name": "garipova", "password": "correct horse battery", "next": "//elsewhere.example/x"})
    assert (right.status_code, right.headers["location"]) == (303, "/findings")
    gate(app).signed_in, gate(app).failures = False, 5
    locked = client.post("/signin", data={"name": "garipova", "password": "correct horse battery"})
    assert locked.status_code == 429
    assert "сегодня в 10:20" in locked.text


def test_sign_out(app: FastAPI, client: TestClient) -> None:
    answer = client.post("/signout", data={"csrf": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/signin")
    assert not gate(app).signed_in


@pytest.mark.parametrize(
    "change",
    [
        ("x", "long enough words", "long enough words", 422),
        ("correct horse battery", "short", "short", 422),
        ("correct horse battery", "long enough words", "differing words", 422),
        ("correct horse battery", "long enough words", "long enough words", 200),
    ],
)
def test_password(client: TestClient, change: tuple[str, str, str, int]) -> None:
    old, new, again, status = change
    assert client.post("/password", data={"csrf": TOKEN, "old": old, "new": new, "again": again}).status_code == status


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/findings/none", 404, "Здесь ничего нет"),
        ("/nothing/at/all", 404, "Здесь ничего нет"),
        ("/findings/fd-0377", 403, "Этого вам не видно"),
        ("/findings?tab=odd", 400, "Запрос не понят"),
        ("/explorer?focus=hr-17&as_of=never", 400, "Запрос не понят"),
        ("/facts/new?kind=x", 404, "Здесь ничего нет"),
        ("/search?kind=x", 404, "Здесь ничего нет"),
        ("/records/none:1", 404, "Здесь ничего нет"),
    ],
)
def test_refusals_are_pages_with_a_next_step(client: TestClient, path: str, status: int, title: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert title in answer.text
    assert 'href="/findings"' in answer.text


def test_the_graph_may_be_away(app: FastAPI, client: TestClient) -> None:
    app.state.desk.down = True
    answer = client.get("/findings")
    assert answer.status_code == 503
    assert "Граф сейчас недоступен" in answer.text
    assert "Повторить" in answer.text


def test_english_is_a_choice_that_stays(client: TestClient) -> None:
    answer = client.post("/language", data={"language": "en", "next": "/findings"})
    assert answer.status_code == 303
    assert "Due today" in client.get("/findings").text
    client.post("/language", data={"language": "xx", "next": "/findings"})
    assert "Due today" in client.get("/findings").text


def test_more_rows_come_as_a_fragment(client: TestClient) -> None:
    page = client.get("/findings?tab=unit").text
    more = re.search(r'hx-get="([^"]*cursor=[^"]*)"', page)
    assert more
    fragment = client.get(more[1].replace("&amp;", "&"), headers={"HX-Request": "true"}).text
    assert "<html" not in fragment
    assert "накануне" in fragment


def test_what_sources_say_is_escaped(app: FastAPI, client: TestClient) -> None:
    answer = client.get("/search?q=<script>alert(1)</script>")
    assert "<script>alert" not in answer.text
    scene = client.get("/explorer?finding=fd-0418").text
    data = re.search(r'id="scene-data">(.*?)</script>', scene, re.DOTALL)
    assert data
    assert "<" not in data[1]


@pytest.mark.parametrize("address", ["", "//x", "/\\x", "https://x", "x", "/a\nb", None])
def test_nobody_is_sent_elsewhere(address: str | None) -> None:
    assert safe_next(address) == "/findings"


def test_a_place_on_this_site_is_kept() -> None:
    assert safe_next("/findings/fd-1?tab=unit") == "/findings/fd-1?tab=unit"
