"""Every scenario file loads, speaks the contract's vocabulary and names only identifiers that pass their checksums."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain import identifiers
from domain.dates import parse_date
from graph_models.ftm import schema

from tests.scenarios.load import ALWAYS, BASE, BadScenario, Case, cases, read

CASES = list(cases())


def test_there_are_stories_of_every_kind() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names)) >= 60
    wanted = ("s1", "s2", "s3", "s6", "f1", "f2", "f4", "f6")
    assert {case.story.split("_")[0] for case in CASES} >= set(wanted)
    fired = {one.rule for case in CASES for one in case.expect if one.outcome == "fired"}
    unknown = {one.rule for case in CASES for one in case.expect if one.outcome == "not_computable"}
    silent = {one.rule for case in CASES for one in case.silent}
    assert fired & unknown & silent >= set(ALWAYS), "each rule fires, is silent and is not computable somewhere"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_records_are_lines_of_the_feed(case: Case) -> None:
    known = {line["id"] for source in case.sources for line in source.lines}
    for source in case.sources:
        for line in source.lines:
            found = schema(line["schema"])
            assert found is not None, line
            for name, values in line["properties"].items():
                prop = found.properties.get(name)
                assert prop is not None, f"{line['id']}: {line['schema']} has no {name}"
                for value in values:
                    if name.endswith("Date") or name in ("date", "submissionDeadline"):
                        parse_date(value)
                    if name in (
                        "owner",
                        "asset",
                        "person",
                        "relative",
                        "employer",
                        "employee",
                        "member",
                        "participant",
                        "event",
                        "supplier",
                    ):
                        assert value in known, f"{line['id']}.{name} points to nothing: {value}"


def test_identifiers_pass_their_checksums() -> None:
    for case in (case for case in CASES if case.variant == BASE):
        for line in (line for source in case.sources for line in source.lines):
            for inn in line["properties"].get("innCode", ()):
                assert identifiers.inn_valid(inn), line["id"]
            for snils in line["properties"].get("socialSecurityNumber", ()):
                assert identifiers.snils_valid(snils), line["id"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: x\nlaw: [y]\nsources: []\n", "expects"),
        ("title: x\nlaw: [y]\nsources: []\nexpect: []\n", "says not why"),
        ("title: x\nlaw: [y]\nsources: []\nexpect: []\nwrong: 1\n", "unknown key"),
        ("title: x\nlaw: [y]\nsources: [{name: a, kind: b, records: []}]\nexpect: []\n", "unknown kind"),
        (
            (
                "title: x\nlaw: [y]\nsources: [{name: a, kind: hr, records: [{id: p, schema: Person, name: X}]}]\n"
                "expect: [{rule: R-06, official: p, counterparty: q}]\n"
            ),
            "no record",
        ),
        (
            (
                "title: x\nlaw: [y]\nsources: [{name: a, kind: hr, records: [{id: p, schema: Person, name: X}]}]\n"
                "expect: []\nsilent: [{rule: R-06, person: p}]\nvariants: {v: {change: {q: {name: Y}}, expect: []}}\n"
            ),
            "no record q",
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_name(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadScenario, match=said) as caught:
        read(path)
    assert "bad.yaml" in str(caught.value)
