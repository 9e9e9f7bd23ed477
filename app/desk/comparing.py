"""Two side by side and what speaks for and against their being one, doubtful pairs, and decisions, for the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.desk.eyes import Eyes
from app.desk.labels import Labels
from app.desk.nodes import Node, chain_node, read_nodes
from app.identity import Judge
from app.web.comparing import ORGANIZATION, PERSON, Compared, Doubt, Doubts, Evidence, Judged, Side, SideDraft
from domain.errors import InputError
from queries.views.judgements import latest
from queries.views.sides import RECORD, SideFound
from screening.decisions import Decided
from screening.doubts import Doubt as Doubtful
from screening.entities import Entity, compare, read_entity, remarks_of
from screening.explain import Language, Step
from screening.verdicts import GROUNDS, Verdict

LATEST = 10
MOST = 5
"""Values of one feature on one side."""
UNKNOWN = "unknown"
_PROPERTIES: Mapping[str, str] = {
    "name": "name", "former": "previousName", "birth": "birthDate", "inn": "innCode", "snils": "socialSecurityNumber", "ogrn": "ogrnCode",
    "kpp": "kppCode", "phone": "phone", "email": "email", "address": "address",
}  # fmt: skip
_WRITTEN: Mapping[str, str] = {
    "birth": "birthDate", "death": "deathDate", "phone": "phone", "email": "email", "address": "address", "inn": "innCode",
    "snils": "socialSecurityNumber", "passport": "passportNumber", "ogrn": "ogrnCode", "kpp": "kppCode", "org_name": "name",
}  # fmt: skip

_RELATED: Mapping[str, str] = {
    "region": "region", "post": "role", "department": "department", "vehicle": "vehicle", "spouse_vehicle": "spouseVehicle",
}  # fmt: skip
"""Features of the records that refer to a side, with the property that says them."""


def judge_of(eyes: Eyes) -> Judge:
    """The caller at the table where identities are decided."""
    return Judge(eyes.graph, eyes.office.clock, eyes.office.log, eyes.viewer)


def compared(eyes: Eyes, left: SideDraft, right: SideDraft) -> Compared:
    """Two sides. What is of the graph is opened: it needs the right and the purpose, and is logged."""
    eyes.need("people.read")
    if left.of or right.of:
        eyes.need_open()
    judge = judge_of(eyes)
    found = [judge.side(one.of) if one.of else None for one in (left, right)]
    people = [side.node for side in found if side and side.label == "Person"]
    eyes.saw(*people)
    organization = any(side.label == "Organization" for side in found if side) or "ogrn" in {**left.fields, **right.fields}
    schema = "Organization" if organization else "Person"
    entities = [side.entity if side else _typed(one, schema) for one, side in zip((left, right), found, strict=True)]
    verdict, language = compare(entities[0], entities[1]), _language(eyes)
    steps = verdict.waterfall(language) if verdict else ()
    sides = [side for side in found if side]
    both = len(sides) == 2
    decisions = [_judged(one) for one in judge.decisions(*sides)] if both else []
    return Compared(
        left=_side(eyes, found[0], entities[0]),
        right=_side(eyes, found[1], entities[1]),
        kind=ORGANIZATION if organization else PERSON,
        grade=str(verdict.grade) if verdict else "none",
        probability=verdict.probability if verdict else 0.0,
        decisive=verdict.test if verdict and verdict.test != "none" else None,
        sentence=_sentence(eyes, verdict),
        prior=steps[0].weight if steps else None,
        rows=_rows(eyes, steps, entities),
        remarks=tuple(remarks_of(entities[0], entities[1], language)),
        decisions=tuple(decisions),
        decidable=both and judge.may and _apart(sides) and not judge.is_own(*(side.node for side in sides)),
        one_node=both and sides[0].node == sides[1].node,
    )


def doubts(eyes: Eyes, cursor: str | None) -> Doubts:
    """A page of the queue and the latest decisions."""
    eyes.need("people.list")
    judge = judge_of(eyes)
    rows, following = judge.doubts(cursor)
    nodes = read_nodes(eyes, {node for row in rows for node in (row.left_node, row.right_node)})
    labels = Labels(eyes)
    labels.read(key for row in rows for key in (row.left, row.right))
    if eyes.open:
        eyes.saw(*{node for row in rows if row.label == "Person" for node in (row.left_node, row.right_node)})
    words = latest(eyes.graph, LATEST) if cursor is None and eyes.units is None else []
    return Doubts(
        tuple(_doubt(eyes, row, nodes, labels) for row in rows),
        tuple(Judged(one.id, one.same, one.by, _instant(one.at), one.reason, RECORD + one.left, RECORD + one.right,
                     _instant(one.ended_at), one.ended_by or "") for one in words),
        following,
        masked=not eyes.open,
        may_decide=judge.may,
    )  # fmt: skip


def judge(eyes: Eyes, left: str, right: str, *, same: bool, reason: str) -> str:
    """Remember a decision."""
    eyes.need("identity.decide")
    eyes.need_open()
    return judge_of(eyes).decide(left, right, same=same, reason=reason).id


def unjudge(eyes: Eyes, decision: str) -> None:
    """Take a decision back."""
    eyes.need("identity.decide")
    eyes.need_open()
    judge_of(eyes).undo(decision)


def _typed(draft: SideDraft, schema: str) -> Entity:
    """What was typed in as an entity; InputError without a name or number."""
    properties = {_PROPERTIES[name]: [value] for name, value in draft.fields.items() if name in _PROPERTIES}
    if not properties:
        raise InputError("Введите хотя бы имя или номер.", "Type at least a name or a number.")
    related = []
    if draft.fields.get("employer"):
        related.append({"schema": "IncomeDeclaration", "properties": {"employerName": [draft.fields["employer"]]}})
    return read_entity({"schema": schema, "properties": properties, "related": related})


def _side(eyes: Eyes, found: SideFound | None, entity: Entity) -> Side:
    name = next(iter(entity.record.all("name")), "")
    if found is None:
        return Side(name)
    node = read_nodes(eyes, [found.node]).get(found.node) or Node(found.node, found.label, {"name": name})
    source = Labels(eyes).link(found.key) if found.key else None
    return Side(name if found.key else node.name, chain_node(eyes, node, full=True), source)


def _apart(sides: Sequence[SideFound]) -> bool:
    """Two nodes, or two records: there is nothing to decide of a thing and itself, or of a record and the whole it is part of."""
    one, two = sides
    return one.label == two.label and (one.node != two.node or (one.key is not None and two.key is not None and one.key != two.key))


def _sentence(eyes: Eyes, verdict: Verdict | None) -> str:
    ground = verdict.ground if verdict else GROUNDS["none"]
    text = ground.en if eyes.caller.language == "en" else ground.ru
    return f"{text[:1].upper()}{text[1:]}."


def _rows(eyes: Eyes, steps: Sequence[Step], entities: Sequence[Entity]) -> tuple[Evidence, ...]:
    """The steps behind the prior: what both have first, then what one lacks, then what decided over them."""
    found = [_row(eyes, step, entities) for step in steps[1:]]
    known = [row for row, step in zip(found, steps[1:], strict=True) if step.level and step.level != UNKNOWN]
    lacking = [row for row, step in zip(found, steps[1:], strict=True) if step.level == UNKNOWN]
    last = [row for row, step in zip(found, steps[1:], strict=True) if not step.level]
    return (*known, *lacking, *last)


def _row(eyes: Eyes, step: Step, entities: Sequence[Entity]) -> Evidence:
    left, right = (_value(eyes, step.feature, text, entity) for text, entity in zip((step.left, step.right), entities, strict=True))
    # The weight stands in a column of its own.
    words = step.words.rpartition(": ")[0] or step.words
    outcome = "absent" if step.level == UNKNOWN else "agree" if step.weight > 0 else "differ" if step.weight < 0 else "partial"
    return Evidence(step.feature, f"{words[:1].upper()}{words[1:]}", left, right, outcome, step.weight)


def _value(eyes: Eyes, feature: str, text: str, entity: Entity) -> str:
    """As the records wrote it, where what is compared is folded."""
    if not text:
        return ""
    if feature == "workplace":
        return ", ".join(list(dict.fromkeys(_workplaces(entity)))[:MOST]) or text
    if feature in _RELATED:
        told = dict.fromkeys(value for one in entity.related for value in one.all(_RELATED[feature]))
        return ", ".join(list(told)[:MOST]) or text
    written = entity.record.all(_WRITTEN[feature]) if feature in _WRITTEN else ()
    if feature in ("birth", "death"):
        written = tuple(eyes.say.w.day(one) for one in written or (text,))
    return ", ".join(written[:MOST]) or text


def _language(eyes: Eyes) -> Language:
    return "en" if eyes.caller.language == "en" else "ru"


def _workplaces(entity: Entity) -> list[str]:
    named = {one.id: next(iter(one.all("name")), one.id) for one in entity.related if one.id}
    places: list[str] = []
    for one in entity.related:
        if one.schema in ("Employment", "IncomeDeclaration"):
            places += [named.get(place, place) for place in one.all("employer")] + list(one.all("employerName"))
    return places


def _doubt(eyes: Eyes, row: Doubtful, nodes: Mapping[str, Node], labels: Labels) -> Doubt:
    full = eyes.open if row.label == "Person" else None
    left, right = (
        chain_node(eyes, nodes.get(node) or Node(node, row.label, {"name": name}), full=full)
        for node, name in ((row.left_node, row.left_name), (row.right_node, row.right_name))
    )
    ground = GROUNDS.get(row.reason)
    why = (ground.en if eyes.caller.language == "en" else ground.ru) if ground else row.test
    grade = "data_error" if row.data_error else "weak"
    holders = row.namesakes if row.namesakes > 1 else None
    return Doubt(left, right, row.left_node, row.right_node, labels.link(row.left), labels.link(row.right), grade, why, holders)


def _judged(one: Decided) -> Judged:
    return Judged(one.id, one.same, one.by, _instant(one.at), one.reason, one.left, one.right, _instant(one.ended_at), one.ended_by or "")


def _instant(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
