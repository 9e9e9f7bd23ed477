"""Every rule does what its examples say, and the right thing a day or a hair beside them; a rule that proves less is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from domain.errors import DefinitionError
from domain.identifiers import account_valid
from graph.client import Graph
from graph.wipe import wipe
from queries.catalog import Rule, examples_name, load_catalog
from queries.examples import Example, Line, parse_examples

from tests.engines.graph_fixture import graph
from tests.engines.world import World
from tests.rules.near_misses import APART, DATED, FIRES, NOT_COMPUTABLE, NearMiss, near_misses
from tests.rules.universe import firm_inn, personal_inn

__all__ = ["graph"]

RULES = load_catalog().rules
FOLDER = resources.files("queries.rules")


def _examples(rule: Rule) -> tuple[Example, ...]:
    name = examples_name(Path(rule.path).name)
    return parse_examples((FOLDER / name).read_text(encoding="utf-8"), name)


class Street:
    """Many examples side by side in one graph: ids and ИНН of each are its own, so that namesakes stay apart."""

    def __init__(self, graph: Graph) -> None:
        wipe(graph)
        self.world = World(graph)

    def settle(self, houses: Sequence[Sequence[Line]]) -> list[list[dict[str, Any]]]:
        """The findings of each, after one check of all."""
        for number, lines in enumerate(houses):
            report = self.world.ingest(f"house{number}", [_own(line, number) for line in lines])
            assert report.quarantined == 0, [one for file in report.files for one in file.samples]
        self.world.check()
        found = self.world.findings()
        return [[one for one in found if one["official"]["id"].startswith(f"h{n}.")] for n in range(len(houses))]


def _own(line: Line, number: int) -> Line:
    ids = {"employee", "employer", "superior", "subordinate", "person", "relative", "owner", "asset", "director"}
    ids |= {"organization", "member", "agent", "client", "authority", "contract", "callForTenders", "supplier", "participant", "event"}
    ids |= {"applicant", "representative", "parent", "official", "about", "commission", "tenderers"}
    ids |= {"debtor", "creditor", "lessor", "lessee", "payer", "beneficiary", "offender", "victim", "hiredBy", "payOrderSignedBy"}
    ids |= {"spouse", "child", "associate"}
    properties = {name: [f"h{number}.{v}" for v in values] if name in ids else list(values) for name, values in line["properties"].items()}
    place = number * 10 + int(line["id"][1:])
    if line["schema"] == "Person":
        properties.setdefault("innCode", [personal_inn(f"16{place:08d}")])
    elif line["schema"] in ("Company", "PublicBody"):
        properties.setdefault("innCode", [firm_inn(f"{'16' if line['id'][0] == 'f' else '17'}{place:07d}")])
    for name, values in properties.items():
        properties[name] = [_apart(name, value, number) for value in values]
    for name in ("callId", "procedureNumber"):
        if name in properties:
            properties[name] = [f"{properties[name][0]}/{number}"]
    return {"id": f"h{number}.{line['id']}", "schema": line["schema"], "properties": properties}


def _apart(name: str, value: str, number: int) -> str:
    """Phones, mailboxes, addresses and accounts of each house are its own too: five firms on one say nothing."""
    if name == "phone":
        return re.sub(r"100(?=\D?20\D?3)", f"{number:03d}", value)
    if name == "email":
        return f"h{number}.{value}"
    if name == "address":
        return f"{value}, корпус {number}"
    if name == "bankAccount":
        return next(one for key in range(10) if account_valid("049205603", (one := f"049205603/40817810{key}0000{number:07d}")[10:]))
    return value


def _outcome(rule: Rule, example: Example, identity: tuple[str, str, str], found: Sequence[dict[str, Any]]) -> tuple[str, list[str]]:
    ends = tuple(one.split(".", 1)[-1] for one in identity)
    for one in found:
        here = tuple(one[name]["id"].split(".", 1)[-1] for name in ("official", "counterparty", "event"))
        if one["rule"] == rule.id and here == ends:
            return one["outcome"], one["missing"]
    return "silent", []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_examples(graph: Graph, rule: Rule) -> None:
    """Each example fires for exactly the identities it lists, is silent, or names what is missing."""
    examples = _examples(rule)
    for example, found in zip(examples, Street(graph).settle([one.lines for one in examples]), strict=True):
        own = [one for one in found if one["rule"] == rule.id]
        where = f"{rule.id} {example.kind} «{example.title}»: {[(one['outcome'], one['missing']) for one in own]}"
        if example.kind == "fires":
            ends = {tuple(one[name]["id"].split(".", 1)[-1] for name in ("official", "counterparty", "event")) for one in own}
            assert ends == set(example.expect), where
            assert {one["outcome"] for one in own} == {"fired"}, where
            assert example.severity is None or {one["severity"] for one in own} == {example.severity}, [one["severity"] for one in own]
        elif example.kind == "silent":
            assert own == [], where
        else:
            assert {one["outcome"] for one in own} == {"not_computable"}, where
            assert set(example.missing) <= {name for one in own for name in one["missing"]}, where


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_near_misses(graph: Graph, rule: Rule) -> None:
    """A day beside each date and a hair beside each threshold there is one right outcome."""
    cases = [(example, miss) for example in _examples(rule) if example.kind == "fires" for miss in near_misses(rule, example)]
    moved = [line for one in _examples(rule) for line in one.lines if line["schema"] in DATED and not line["id"].startswith(APART)]
    assert cases or not moved
    wrong = []
    for (example, miss), found in zip(cases, Street(graph).settle([miss.lines for _, miss in cases]), strict=True):
        for identity in example.expect:
            outcome, missing = _outcome(rule, example, identity, found)
            if outcome != miss.outcome or (miss.missing and miss.missing not in missing):
                wrong.append(f"{rule.id} «{example.title}», {miss.title}: {outcome} {missing}, not {miss.outcome} {miss.missing}")
    assert wrong == []


GOOD = """
base: [{id: p1, schema: Person, name: Иванов Иван Иванович}]
fires: {one: {expect: [[p1, p1, p1]]}}
silent: {two: {remove: [p1]}}
not_computable: {three: {change: {p1: {name: null}}, missing: [Person.name]}}
"""


def _broken(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("base: [", "not YAML"),
        ("[]", "keys base"),
        (_broken("silent: {two: {remove: [p1]}}", "silent: {}"), "`silent` needs at least one"),
        (_broken("not_computable: {three: {change: {p1: {name: null}}, missing: [Person.name]}}", ""), "`not_computable` needs"),
        (_broken("expect: [[p1, p1, p1]]", "expect: [[p1, p1]]"), "three ids"),
        (_broken(", missing: [Person.name]", ""), "`missing` names"),
        (_broken("{remove: [p1]}", "{remove: [p9]}"), "no record p9"),
        (_broken("{remove: [p1]}", "{remov: [p1]}"), "nothing else"),
        (_broken("{id: p1, schema: Person", "{schema: Person"), "needs id and schema"),
    ],
)
def test_bad_examples_are_refused(text: str, said: str) -> None:
    """A file that does not prove all three outcomes says what is wrong and where."""
    with pytest.raises(DefinitionError) as caught:
        parse_examples(text, "r99.examples.yaml")
    assert said in str(caught.value)


def test_own_rules_need_examples_too(tmp_path: Path) -> None:
    """An organization's rule without examples is refused with the file that is wanted; with them it is taken."""
    text = (FOLDER / "r10_own_business.cypher").read_text(encoding="utf-8").replace("id: R-10", "id: R-90")
    (tmp_path / "r90_own.cypher").write_text(text, encoding="utf-8")
    (refused,) = load_catalog(tmp_path).refused
    assert "r90_own.examples.yaml" in refused.reason_en
    assert "r90_own.examples.yaml" in refused.reason_ru
    (tmp_path / "r90_own.examples.yaml").write_text(GOOD, encoding="utf-8")
    known = load_catalog(tmp_path)
    assert (known.rules["R-90"].own, known.rules["R-10"].own, known.refused) == (True, False, ())


@pytest.mark.parametrize(
    ("old", "new", "mark", "said"),
    [
        ("UNWIND $anchors", "create (x:Person) WITH x UNWIND $anchors", "create", "правило только читает: CREATE"),
        ("UNWIND $anchors", "CALL db.labels() UNWIND $anchors", "CALL db", "правило только читает: CALL не"),
        (
            "UNWIND $anchors AS anchor",
            "UNWIND $anchors AS anchor\nWITH anchor, $wished AS w",
            "$wished",
            "не объявленные в заголовке: wished",
        ),
        ("severity: BLOCK", "severity: GRAVE", "severity: GRAVE", "`severity` — одно из"),
        ("title_en: ", "titel_en: ", "/*---", "нет `title_en`"),
        ("id: R-90", "id: R-10", "id: R-10", "уже занят"),
        ("id: R-90", "id: [R-90", "version:", "не читается как YAML"),
        ("since: ", "from: ", "law:", "строка `law`"),
        ("since: ", "until: soon, since: ", "law:", "`until` — тоже день"),
    ],
)
def test_a_broken_rule_of_ones_own_is_refused_with_its_line(tmp_path: Path, old: str, new: str, mark: str, said: str) -> None:
    """Never a rule that writes, whatever its letters; the line is that of the slip, and all other rules are there."""
    text = (FOLDER / "r10_own_business.cypher").read_text(encoding="utf-8").replace("id: R-10", "id: R-90")
    assert old in text
    broken = text.replace(old, new)
    (tmp_path / "r90_own.cypher").write_text(broken, encoding="utf-8")
    (tmp_path / "r90_own.examples.yaml").write_text(GOOD, encoding="utf-8")
    known = load_catalog(tmp_path)
    (refused,) = known.refused
    assert said in refused.reason_ru
    assert mark in broken.splitlines()[refused.line - 1]
    assert set(known.rules) == set(RULES)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("base: [", "base: [[", "YAML"),
        ("missing: [Person.name]", "missing: 5", "`missing` must be a list"),
        ("silent: {", "silent: {odd: {change: [1]}, ", "`change` must be a map"),
        ("remove: [p1]", "remove: 5", "`remove` must be a list"),
        ("change: {p1: {name: null}}", "change: {p1: 5}", "the change of p1 must be a map"),
        ("base:", "# \udcc0\nbase:", "UTF-8"),
    ],
)
def test_examples_of_an_odd_shape_refuse_the_rule_and_nothing_else(tmp_path: Path, old: str, new: str, said: str) -> None:
    """What a tired writer leaves in the file is refused with a reason; the start goes on."""
    text = (FOLDER / "r10_own_business.cypher").read_text(encoding="utf-8").replace("id: R-10", "id: R-90")
    (tmp_path / "r90_own.cypher").write_text(text, encoding="utf-8")
    assert old in GOOD
    broken = GOOD.replace(old, new, 1).encode("utf-8", "surrogateescape")
    (tmp_path / "r90_own.examples.yaml").write_bytes(broken)
    known = load_catalog(tmp_path)
    (refused,) = known.refused
    assert said in refused.reason_en
    assert set(known.rules) == set(RULES)


def test_the_table_of_near_misses_has_every_outcome() -> None:
    """The generator would prove little if it gave one kind of outcome only."""
    outcomes = {
        miss.outcome for rule in RULES.values() for one in _examples(rule) if one.kind == "fires" for miss in near_misses(rule, one)
    }
    assert outcomes == {FIRES, NOT_COMPUTABLE, "silent"}
    assert isinstance(next(iter(near_misses(RULES["R-05"], _examples(RULES["R-05"])[0]))), NearMiss)
