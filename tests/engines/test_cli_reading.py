"""The command line over a graph: from files to findings, who is whose kin, matching, export and quarantine, each read audited."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.command_line import run
from graph.client import Graph

from tests.engines.graph_fixture import emptied


class Said(NamedTuple):
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Each line of stdout, which is JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


class Cli:
    """Calls commands in this process, on a home of its own whose engine stays up between them."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capture = capture

    def __call__(self, *arguments: str | Path) -> Said:
        status = run([str(one) for one in arguments])
        out, err = self._capture.readouterr()
        return Said(status, out, err)

    def feed(self, name: str, *lines: dict[str, Any] | str) -> Path:
        path = self.home / f"{name}.jsonl"
        texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        path.write_text("\n".join(texts), encoding="utf-8")
        return path


@pytest.fixture(params=["embedded", "neo4j"])
def graph(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Graph:
    """The graph that the commands will open, by settings of the environment, as a user gives them."""
    found = emptied(str(request.param))
    monkeypatch.setenv("SVERKA_HOME", str(tmp_path))
    monkeypatch.setenv("SVERKA_LANGUAGE", "ru")
    for name, value in (("", found._settings.url), ("_USER", found._settings.user), ("_PASSWORD", found._settings.password)):
        monkeypatch.setenv(f"SVERKA_GRAPH{name}", value)
    return found


@pytest.fixture
def cli(graph: Graph, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Cli:
    return Cli(tmp_path, capfd)


def line(key: str, schema: str, **properties: Any) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": {name: [value] for name, value in properties.items()}}


def story() -> list[dict[str, Any]]:
    """The head of a school signs a contract with the firm of his wife's brother."""
    return [
        line("o", "Person", name="Хайруллин Айдар Ринатович", birthDate="1979-03-14", gender="male"),
        line("w", "Person", name="Хайруллина Алсу Маратовна", birthDate="1981-05-02", gender="female"),
        line("b", "Person", name="Сафин Ильдар Маратович", birthDate="1985-07-19", gender="male", innCode="007278741607"),
        line("marriage", "Family", person="o", relative="w", relationship="spouse", startDate="2005-06-01"),
        line("siblings", "Family", person="w", relative="b", relationship="sibling"),
        line("school", "PublicBody", name="МБОУ «Школа № 8»", bodyKind="institution"),
        line("job", "Employment", employer="school", employee="o", role="Директор", post="head", startDate="2018-01-01"),
        line("firm", "Company", name="ООО «Дружба»", innCode="7707083893"),
        line("share", "Ownership", owner="b", asset="firm", percentage="60", startDate="2019-02-01"),
        line("deal", "Contract", authority="school", title="Ремонт", amount="500000", contractDate="2025-05-12", law="44-fz"),
        line("award", "ContractAward", contract="deal", supplier="firm"),
        line("sign", "Participation", participant="o", event="deal", role="signs"),
    ]


@pytest.fixture
def told(cli: Cli) -> Cli:
    """The story, ingested and checked."""
    assert cli("ingest", cli.feed("city", *story()), "--json").status == 0
    assert cli("check", "--json").status == 0
    return cli


def readings(graph: Graph) -> list[tuple[str, str, str]]:
    rows = graph.read("MATCH (a:AuditLine) RETURN a.n AS n, a.who AS who, a.object AS object, a.purpose AS purpose, a.action AS action")
    return [(row["object"], row["purpose"], row["who"]) for row in rows if row["action"] == "person.read"]


def test_from_a_file_to_an_explained_finding(told: Cli, graph: Graph) -> None:
    found = told("findings", "--rule", "R-06", "--purpose", "case 7")
    assert (found.status, found.err) == (0, "")
    body = found.lines[0]
    assert (body["outcome"], body["official"]["id"], body["counterparty"]["id"], body["kin"]["path"]) == ("fired", "o", "firm", "SB")
    assert {one for one, purpose, _ in readings(graph) if purpose == "case 7"} >= {"city:o", "city:b"}
    assert all(who.startswith("cli:") for _, _, who in readings(graph))
    assert told("findings", "--event", "deal", "--person", "city:o").lines == told("findings", "--status", "new", "--rule", "r-06").lines
    assert told("findings", "--status", "CLOSED").out == ""
    assert told("findings", "--as-of", "2025-05-12", "--rule", "R-06").lines
    assert told("findings", "--as-of", "2018-06-01", "--rule", "R-06").out == ""
    assert told("findings", "--known-on", "2001-01-01").out == ""
    explained = told("explain", "--rule", "R-06", "--person", "o", "--event", "deal")
    assert (explained.lines[0]["outcome"], explained.lines[0]["status"]) == ("fired", "NEW")
    assert told("explain", "--rule", "R-06", "--person", "w").lines[0]["outcome"] == "not_fired"


def test_kin(told: Cli) -> None:
    ties = {tie["path"]: tie for tie in told("kin", "o").lines}
    expected = {"person": "o", "relative": "b", "path": "SB", "term": "шурин", "from": "2005-06-01", "to": None}
    assert {name: ties["SB"][name] for name in expected} == expected
    assert "273-fz" in ties["SB"]["lists"]
    assert [tie["path"] for tie in told("kin", "city:o", "--as-of", "2005-05-31").lines] == []
    assert [tie["path"] for tie in told("kin", "o", "--as-of", "2005-06-01").lines] == ["S", "SB"]


UNKNOWN = (
    (["kin", "nobody"], "«nobody» не найдено"),
    (["explain", "--rule", "R-99", "--person", "o"], "Правила «R-99» нет; есть KIN, R-01"),
    (["findings", "--status", "OLD"], "Состояния «OLD» нет; есть NEW"),
    (["findings", "--event", "nothing"], "«nothing» не найдено"),
    (["ingest", "nowhere.csv"], "такого файла или папки нет"),
    (["ingest", "--format", "pdf", "."], "Формата «pdf» нет"),
    (["ingest", "--kind", "gossip", "."], "Вида источника «gossip» нет"),
    (["restore", "nothing.zip"], "такого файла или папки нет"),
    (["user", "reset-password", "nobody"], "Нет пользователя «nobody»"),
)


def test_what_is_unknown_is_said_and_status_2(cli: Cli) -> None:
    for arguments, said in UNKNOWN:
        found = cli(*arguments)
        assert (found.status, found.out) == (2, ""), arguments
        assert said in found.err
        assert "Traceback" not in found.err


def test_quarantine_strict_and_retry(cli: Cli) -> None:
    tie = line("tie", "Family", person="a", relative="later", relationship="sibling")
    person = line("a", "Person", name="Иванов Иван Иванович")
    file = cli.feed("hr", person, tie, line("bad", "Person", name="Петров Пётр Петрович", innCode="123"), "no JSON")
    report = cli("ingest", file, "--json", "--strict")
    assert report.status == 1
    assert report.lines[0]["files"][0] == report.lines[0]["files"][0] | {
        "records": 4,
        "accepted": 1,
        "quarantined": 3,
        "reasons": {"bad_inn": 1, "dangling_reference": 1, "not_json": 1},
    }
    assert cli("ingest", file, "--json", "--dry-run").lines[0]["files"][0]["accepted"] == 2
    rows = cli("quarantine", "--source", "hr").lines
    assert [(row["line"], row["reason"]) for row in rows] == [(2, "dangling_reference"), (3, "bad_inn"), (4, "not_json")]
    cli("ingest", cli.feed("more", line("later", "Person", name="Иванова Анна Ивановна")), "--source", "hr")
    again = cli("quarantine", "--retry")
    assert [row["reason"] for row in again.lines] == ["bad_inn", "not_json"]
    assert "Испробовано снова: 2, прошло: 0." in again.err
    shown = cli("ingest", file)
    assert "hr.jsonl" in shown.out
    assert "bad_inn 1" in shown.out


def test_match_answers_in_order_with_reasons(told: Cli, graph: Graph) -> None:
    asked = told.feed(
        "asked",
        line("q1", "Person", name="Сафин Ильдар Маратович", birthDate="1985-07-19"),
        "no JSON",
        line("q2", "Company", name="Дружба", innCode="7707083893"),
        line("q3", "Person", name="Никто Никита Никитич"),
        line("q4", "Person", innCode="007278741607"),
    )
    answers = told("match", asked, "--limit", "3", "--purpose", "reason screening").lines
    assert [len(one.get("results", ())) for one in answers] == [1, 0, 1, 0, 1]
    assert "error" in answers[1]
    hit = answers[0]["results"][0]
    assert (hit["id"], hit["match"], hit["explanation"]["decisive"]) == ("b", True, "S2")
    assert hit["score"] >= 0.97
    assert answers[2]["results"][0]["id"] == "firm"
    assert answers[4]["results"][0]["id"] == "b"
    assert {one for one, purpose, _ in readings(graph) if purpose == "reason screening"} == {"city:b"}


def test_export_read_back_makes_the_same_findings(told: Cli, tmp_path: Path, graph: Graph) -> None:
    before = told("findings").lines
    written = told("export", "--format", "ftm")
    people = [one for one in written.lines if one["schema"] == "Person"]
    assert sorted(one["id"] for one in people) == ["city:b", "city:o", "city:w"]
    assert told("export", "--format", "graphml", "--out", tmp_path / "g.graphml").status == 0
    assert (tmp_path / "g.graphml").read_text(encoding="utf-8").count("<node ") == 6
    assert told("export", "--format", "csv", "--out", tmp_path / "csv", "--json").lines[0]["rows"] > 10
    assert {path.name for path in (tmp_path / "csv").iterdir()} == {"nodes.csv", "edges.csv"}
    back = tmp_path / "back.jsonl"
    back.write_text(written.out, encoding="utf-8")
    graph.write("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
    assert told("ingest", back, "--strict").status == 0
    told("check")
    after = told("findings").lines
    shape = [(one["rule"], one["outcome"], one["official"]["name"], one["counterparty"]["name"], one["share"]) for one in before]
    assert shape == [(one["rule"], one["outcome"], one["official"]["name"], one["counterparty"]["name"], one["share"]) for one in after]
