"""Unusable files and lines from end to end: the rest is loaded, quarantine says where and why, mending works, repeating changes nothing."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.intake import IngestReport, Intake, ingest_paths, ingest_rows, quarantine, retry_quarantine
from domain.records import Extract, Place, Record, Row, SourceInfo, SourceKind
from graph.client import Graph

from tests.engines.graph_fixture import emptied, graph
from tests.engines.world import World
from tests.rules.replay import edges, unlike

__all__ = ["graph"]

Line = dict[str, Any]

PERSON = '{"id": "p%d", "schema": "Person", "properties": {"name": ["Иванов Иван Иванович"], "birthDate": ["19%02d-01-01"]}}'
COUNTS = "MATCH (n) WHERE NOT n:Run RETURN labels(n)[0] AS label, count(n) AS n ORDER BY label"


def _line(one: str, schema: str, **properties: str | list[str]) -> Line:
    return {"id": one, "schema": schema, "properties": {k: [v] if isinstance(v, str) else v for k, v in properties.items()}}


def _ingest(world: World, *paths: Path, **asked: Any) -> IngestReport:
    world.clock.instant += timedelta(minutes=1)
    return ingest_paths(world.graph, world.clock, list(paths), Intake(**asked))


def _counts(world: World) -> list[Any]:
    nodes = [(row["label"], row["n"]) for row in world.graph.read(COUNTS)]
    return [*nodes, *edges(world)]


BAD = [
    ("not JSON", b'{"id": "x", ', "not_json"),
    ("not UTF-8", '{"id": "x", "schema": "Person", "properties": {"name": ["Хасанов"]}}'.encode("cp1251"), None),
    ("an unknown schema", b'{"id": "x", "schema": "Persona", "properties": {"name": ["A"]}}', "unknown_schema"),
    ("no name", b'{"id": "x", "schema": "Person", "properties": {}}', "missing_property"),
    ("31 February", b'{"id": "x", "schema": "Person", "properties": {"name": ["A B"], "birthDate": ["1990-02-31"]}}', "bad_date"),
    ("a wrong checksum", b'{"id": "x", "schema": "Person", "properties": {"name": ["A B"], "innCode": ["001234567880"]}}', None),
    (
        "a share of 140 %",
        b'{"id": "x", "schema": "Ownership", "properties": {"owner": ["p1"], "asset": ["f"], "percentage": ["140"]}}',
        None,
    ),
    (
        "an end before the start",
        b'{"id": "x", "schema": "Debt", "properties": {"debtor": ["p"], "creditor": ["f"], "startDate": ["2020"], "endDate": ["2019"]}}',
        "bad_period",
    ),
    ("a list instead of an object", b"[1, 2]", None),
    ("nothing but noise", bytes(range(128, 200)), None),
]


@pytest.mark.parametrize(("title", "bad", "reason"), BAD, ids=[title for title, _, _ in BAD])
@pytest.mark.engines
def test_one_bad_line_among_good_ones(tmp_path: Path, title: str, bad: bytes, reason: str | None) -> None:
    """The good ones are loaded; the bad one lies in quarantine with file, line, reason and both sentences."""
    world = World(emptied("embedded"))
    path = tmp_path / "people.jsonl"
    path.write_bytes(b"\n".join([(PERSON % (1, 60)).encode(), bad, (PERSON % (2, 61)).encode()]) + b"\n")
    report = _ingest(world, path, format="feed")
    (file,) = report.files
    assert (file.records, file.accepted, file.quarantined) == (3, 2, 1), file
    assert world.graph.read("MATCH (r:Record {state: 'live'}) RETURN count(r) AS n")[0]["n"] == 2
    (row,) = quarantine(world.graph, None)
    assert (Path(row["path"]).name, row["line"]) == ("people.jsonl", 2)
    assert reason is None or row["reason"] == reason
    assert any("а" <= letter <= "я" for letter in row["message"].lower())
    assert row["message_en"]
    assert file.reasons == {row["reason"]: 1}
    world.check()
    assert world.graph.read("MATCH (p:Person) RETURN count(p) AS n")[0]["n"] == 2


@pytest.mark.engines
@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\xef\xbb\xbf", b"\x00" * 50, b"PK\x03\x04 cut", b"<?xml version='1.0'?><a>", b"%PDF-1.7"]
)
def test_a_file_that_is_nothing_is_said_and_the_others_are_loaded(tmp_path: Path, content: bytes) -> None:
    """Empty, cut off or of another kind: it is in the report with a reason or with no records, and the next file is read."""
    world = World(emptied("embedded"))
    (tmp_path / "a.jsonl").write_bytes(content)
    (tmp_path / "b.jsonl").write_text(PERSON % (1, 60) + "\n", encoding="utf-8")
    report = _ingest(world, tmp_path)
    assert sum(file.accepted for file in report.files) == 1
    assert all(row["path"].endswith("a.jsonl") for row in quarantine(world.graph, None))
    assert {Path(file.path).name for file in report.files} == {"a.jsonl", "b.jsonl"}


def test_the_same_file_again_changes_nothing(graph: Graph, tmp_path: Path) -> None:
    """Nodes, facts, versions and quarantine are as before, with and without a check in between."""
    world = World(graph)
    lines = [
        _line("p1", "Person", name="Иванов Иван Иванович", birthDate="1970-01-01"),
        _line("p2", "Person", name="Петрова Анна Львовна", birthDate="1972-01-01"),
        _line("f1", "Company", name="ООО «Идель»"),
        _line("m1", "Family", person="p1", relative="p2", relationship="spouse", startDate="2000-01-01"),
        _line("o1", "Ownership", owner="p2", asset="f1", percentage="60", startDate="2010-01-01"),
        _line("o2", "Ownership", owner="p9", asset="f1", percentage="40", startDate="2010-01-01"),
        _line("x", "Person", name="Сидоров Пётр Ильич", birthDate="1990-02-31"),
    ]
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(orjson.dumps(line) for line in lines))
    first = _ingest(world, path)
    world.check()
    before = _counts(world)
    for _ in range(2):
        again = _ingest(world, path)
        assert [file.reasons for file in again.files] == [file.reasons for file in first.files]
        world.check()
        assert _counts(world) == before


def test_a_dangling_reference_waits_for_what_it_names(graph: Graph) -> None:
    """Quarantined until the record comes, then linked without being asked; back in quarantine when it is withdrawn."""
    world = World(graph)
    report = world.ingest("a", [_line("f1", "Company", name="ООО «Идель»"), _line("o1", "Ownership", owner="p1", asset="f1")])
    assert report.files[0].reasons == {"dangling_reference": 1}
    assert [row["reason"] for row in quarantine(graph, None)] == ["dangling_reference"]
    world.ingest("b", [_line("p1", "Person", name="Иванов Иван Иванович", birthDate="1970-01-01")])
    assert list(quarantine(graph, None)) == []
    world.check()
    assert graph.read("MATCH (:Person)-[o:OWNS]->(:Organization) RETURN count(o) AS n")[0]["n"] == 1
    world.ingest("b", [{"id": "p1", "deleted": True}])
    assert [row["reason"] for row in quarantine(graph, None)] == ["dangling_reference"]
    world.check()
    assert graph.read("MATCH ()-[o:OWNS]->() RETURN count(o) AS n")[0]["n"] == 0
    assert graph.read("MATCH (p:Person) RETURN count(p) AS n")[0]["n"] == 0


def test_quarantine_is_tried_again_after_mending(graph: Graph) -> None:
    """What was mended at the source by a later file leaves quarantine; what is still wrong stays."""
    world = World(graph)
    world.ingest(
        "a", [_line("p1", "Person", name="A B", birthDate="1990-02-31"), _line("p2", "Person", name="C D", birthDate="1990-13-01")]
    )
    assert len(list(quarantine(graph, None))) == 2
    world.ingest("a", [_line("p1", "Person", name="A B", birthDate="1990-02-28")])
    assert [row["line"] for row in quarantine(graph, None)] == [2]
    retried = retry_quarantine(graph, world.clock, None)
    assert retried.quarantined == 1
    assert [row["reason"] for row in quarantine(graph, None)] == ["bad_date"]


@pytest.mark.engines
def test_contradictory_duplicates_are_quarantined_alike_in_any_order() -> None:
    """Two dates for one employment in one command: neither is believed, whichever comes first and however far apart."""
    told = set()
    people = [_line("p1", "Person", name="Иванов Иван Иванович", birthDate="1970-01-01"), _line("b1", "PublicBody", name="Школа")]
    twice = [_line("j1", "Employment", employee="p1", employer="b1", startDate=day) for day in ("2020-01-01", "2021-01-01")]
    filler = [_line(f"q{n}", "Company", name=f"ООО «Завод {n}»") for n in range(2100)]
    near: list[tuple[tuple[Line, ...], list[Line]]] = [(order, []) for order in itertools.permutations([people[0], *twice])]
    far = [((one, other, *people), filler) for one, other in (twice, twice[::-1])]
    for order, between in [*(((*order, people[1]), none) for order, none in near), *far]:
        world = World(emptied("embedded"))
        report = world.ingest("a", [order[0], *between, *order[1:]])
        world.check()
        reasons = tuple(sorted(report.files[0].reasons.items()))
        live = world.graph.read("MATCH ()-[j:EMPLOYED_BY]->() RETURN count(j) AS n")[0]["n"]
        rows = tuple(sorted((row["reason"], orjson.loads(row["record"])["id"]) for row in quarantine(world.graph, None)))
        told.add((reasons, live, tuple(sorted(set(rows)))))
    assert told == {((("several_values", 1),), 0, (("several_values", "j1"),))}


@pytest.mark.engines
@pytest.mark.parametrize("far", [False, True], ids=["beside", "far apart"])
def test_a_withdrawal_stands_against_the_record_of_one_command(far: bool) -> None:
    """Whichever line comes first, also when they are written in different transactions."""
    filler = [_line(f"q{n}", "Company", name=f"ООО «Завод {n}»") for n in range(2100 if far else 0)]
    ours, gone = _line("p1", "Person", name="Иванов Иван Иванович"), {"id": "p1", "deleted": True}
    for first, second in ((ours, gone), (gone, ours)):
        world = World(emptied("embedded"))
        world.ingest("a", [ours])
        world.clock.instant += timedelta(minutes=1)
        world.ingest("a", [first, *filler, second])
        assert world.graph.read("MATCH (r:Record {key: 'a:p1'}) RETURN r.state AS state")[0]["state"] == "withdrawn"


def test_a_replaced_record_keeps_what_it_said(graph: Graph) -> None:
    """The older version and its edge stay, ended in record time; a withdrawn and re-added record did not stand in between."""
    world = World(graph)
    base = [_line("p1", "Person", name="Иванов Иван Иванович", birthDate="1970-01-01"), _line("f1", "Company", name="ООО «Идель»")]
    world.ingest("a", [*base, _line("o1", "Ownership", owner="p1", asset="f1", percentage="60", startDate="2010-01-01")])
    world.check()
    stamps = [world.clock.instant]
    for line in (
        _line("o1", "Ownership", owner="p1", asset="f1", percentage="5", startDate="2010-01-01"),
        {"id": "o1", "deleted": True},
        _line("o1", "Ownership", owner="p1", asset="f1", percentage="7", startDate="2010-01-01"),
    ):
        world.clock.instant += timedelta(days=1)
        stamps.append(world.clock.instant)
        world.ingest("a", [line])
        world.check()
    live = graph.read("MATCH (:Person)-[o:OWNS]->(:Organization) RETURN o.share AS share")
    past = graph.read(
        "MATCH (:Person)-[o:PAST]->(:Organization) RETURN o.share AS share, o.recorded_at AS since, o.superseded_at AS until ORDER BY since"
    )
    assert [row["share"] for row in live] == ["7/100"]
    assert [row["share"] for row in past] == ["3/5", "1/20"]
    assert [(row["since"], row["until"]) for row in past] == [(stamps[n].isoformat(), stamps[n + 1].isoformat()) for n in (0, 1)]
    assert graph.read("MATCH (v:RecordVersion {key: 'a:o1'}) RETURN count(v) AS n")[0]["n"] == 2


def _extract(issued: str, owners: list[str], line: int) -> list[Row]:
    place, extract = Place(f"{issued}.xml", line), Extract("f1", issued)
    rows: list[Row] = [Record("f1", "Company", {"name": ("ООО «Идель»",)}, place, extract=extract)]
    for one in owners:
        rows.append(Record(f"f1-{one}", "Person", {"name": (f"{one} Иван Иванович",)}, place, extract=extract))
        owned = {"owner": (f"f1-{one}",), "asset": ("f1",), "percentage": ("50",), "startDate": ("2010-01-01",)}
        rows.append(Record(f"f1-{one}-owner", "Ownership", owned, place, extract=extract))
    return rows


@pytest.mark.engines
@pytest.mark.parametrize("checked", [False, True])
def test_register_extracts_say_the_same_in_both_orders(checked: bool) -> None:
    """What the newer no longer lists ended between the two, whichever is read first; the older one read again changes nothing."""
    older, newer = _extract("2020-01-15", ["Абрамов", "Борисов"], 1), _extract("2024-03-01", ["Абрамов", "Власов"], 1)
    told = []
    for order in ((older, newer), (newer, older), (older, newer, older), (newer, older, newer, older)):
        world = World(emptied("embedded"))
        for rows in order:
            world.clock.instant += timedelta(minutes=1)
            ingest_rows(world.graph, world.clock, SourceInfo("egrul", SourceKind.EGRUL), rows)
            if checked:
                world.check()
        world.check()
        told.append(edges(world))
        ends = {
            row["name"].split()[0]: (row["lo"], row["hi"])
            for row in world.graph.read("MATCH (p:Person)-[o:OWNS]->() RETURN p.name AS name, o.end_lo AS lo, o.end_hi AS hi")
        }
        assert ends == {"Абрамов": (99999999, 99999999), "Власов": (99999999, 99999999), "Борисов": (20200115, 20240301)}
    for other in told[1:]:
        assert unlike(told[0], other) == ""
