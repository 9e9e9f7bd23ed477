"""Runs the examples of the organization's own rules before they are used, on an empty embedded graph of their own."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from app.intake import ingest_rows
from app.pipeline import check
from domain.clock import Clock
from domain.errors import DefinitionError, SverkaError
from domain.records import SourceInfo, SourceKind
from graph.client import Graph, open_graph
from graph.migrate import migrate
from graph.settings import GraphSettings
from graph.wipe import wipe
from graph_models.schema import statements
from ingest.formats import feed
from queries.catalog import Catalog, Rule
from queries.examples import Example, line_of, parse_examples

PROVED_FILE = "own_rules.json"
"""In SVERKA_HOME: what came of each file by its digest, so that examples run once and not at every command."""
HEAP = "512m"
Refused = tuple[str, int, str, str] | None
"""File, line and reason in English and Russian; None where all examples came out as they say."""
_FOUND = """
MATCH (x:Finding {rule: $rule})
WHERE x.status <> 'CLOSED'
RETURN x.payload AS payload
"""


def prove_own(catalog: Catalog, home: Path, clock: Clock) -> Catalog:
    """The catalogue without own rules whose examples do not come out as they say; those stand among the refused."""
    own = {rule.id: _digest(catalog, rule) for rule in catalog.rules.values() if rule.own}
    if not own:
        return catalog
    known = _read_proved(home)
    if waiting := [catalog.rules[name] for name, digest in own.items() if digest not in known]:
        with TemporaryDirectory(prefix="sverka-rules-") as folder, open_graph(GraphSettings(f"embedded:{folder}", heap=HEAP)) as graph:
            for rule in waiting:
                known[own[rule.id]] = _proof(graph, catalog, rule, clock)
        _write_proved(home, {digest: known[digest] for digest in own.values()})
    wrong = {name: DefinitionError(*said) for name, digest in own.items() if (said := known[digest]) is not None}
    # A rule that gives way to one that was refused cannot work either.
    for rule in catalog.rules.values():
        if lost := [one for one in rule.unless if one in wrong]:
            said_en, said_ru = f"`unless` names {lost[0]}, which was refused", f"в `unless` назван {lost[0]}, а он не принят"
            wrong.setdefault(rule.id, DefinitionError(rule.path, 1, said_en, said_ru))
    good = {name: rule for name, rule in catalog.rules.items() if name not in wrong}
    return Catalog(good, (*catalog.refused, *wrong.values()))


def _proof(graph: Graph, catalog: Catalog, rule: Rule, clock: Clock) -> Refused:
    try:
        _prove(graph, catalog, rule, clock)
    except DefinitionError as error:
        return error.path, error.line, error.reason_en, error.reason_ru
    return None


def _prove(graph: Graph, catalog: Catalog, rule: Rule, clock: Clock) -> None:
    file = rule.examples
    text = file.read_text(encoding="utf-8")
    needed = Catalog({name: one for name, one in catalog.rules.items() if name == rule.id or name in rule.unless})
    for example in parse_examples(text, str(file)):
        try:
            found = list(_findings(graph, needed, rule, example, clock))
        except SverkaError as error:
            said = f"«{example.title}» cannot be run: {error.message_en}", f"пример «{example.title}» не выполняется: {error.message_ru}"
            raise DefinitionError(rule.path, _pattern_line(rule), *said) from None
        differs = _differs(example, found)
        if differs is not None:
            raise DefinitionError(str(file), line_of(text, example.title), *differs)


def _findings(graph: Graph, catalog: Catalog, rule: Rule, example: Example, clock: Clock) -> Iterator[dict[str, object]]:
    wipe(graph)
    migrate(graph, statements())
    lines = io.BytesIO(b"\n".join(orjson.dumps(line) for line in example.lines))
    report = ingest_rows(graph, clock, SourceInfo("example", SourceKind("other")), feed.records(lines, "example"), "example")
    if report.quarantined:
        raise DefinitionError(rule.path, 1, "a record of the example is not accepted", "запись примера не принимается")
    check(graph, catalog, clock, full=True)
    yield from (orjson.loads(row["payload"]) for row in graph.read(_FOUND, rule=rule.id))


def _differs(example: Example, found: list[dict[str, object]]) -> tuple[str, str] | None:
    """What came out otherwise than the example says, in English and Russian."""
    ends = sorted(tuple(one[name]["id"] for name in ("official", "counterparty", "event")) for one in found)  # type: ignore[index]
    outcomes = {one["outcome"] for one in found}
    came = f"{sorted(map(str, outcomes))} {ends}"
    if example.kind == "fires":
        severe = example.severity is None or {one["severity"] for one in found} == {example.severity}
        good = outcomes == {"fired"} and ends == sorted(example.expect) and severe
    elif example.kind == "silent":
        good = not found
    else:
        missing = {name for one in found for name in one["missing"]}  # type: ignore[attr-defined]
        good = outcomes == {"not_computable"} and set(example.missing) <= missing
    if good:
        return None
    return (
        f"the case «{example.title}» ({example.kind}) came out otherwise: {came}",
        f"пример «{example.title}» ({example.kind}) вышел иначе: {came}",
    )


def _pattern_line(rule: Rule) -> int:
    text = Path(rule.path).read_text(encoding="utf-8")
    return text.count("\n", 0, text.index("---*/")) + 2


def _digest(catalog: Catalog, rule: Rule) -> str:
    """Of the rule, its examples and what it gives way to: a change of any of them asks for a new proof."""
    made = hashlib.sha256(rule.path.encode())
    for path in (Path(rule.path), rule.examples):
        made.update(path.read_bytes())
    for name in rule.unless:
        made.update(catalog.rules[name].cypher.encode())
    return made.hexdigest()


def _read_proved(home: Path) -> dict[str, Refused]:
    try:
        found = orjson.loads((home / PROVED_FILE).read_bytes())
        return {
            str(digest): None if said is None else (str(said[0]), int(said[1]), str(said[2]), str(said[3]))
            for digest, said in found.items()
        }
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        # Nothing was proved, or nobody can say so: the examples run again.
        return {}


def _write_proved(home: Path, proofs: Mapping[str, Refused]) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / PROVED_FILE).write_bytes(orjson.dumps(proofs))
