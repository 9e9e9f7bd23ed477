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
from screening.comparison import Compared as Features
from screening.comparison import Outcome
from screening.decisions import Decided
from screening.doubts import Doubt as Doubtful
from screening.entities import Entity, compare, read_entity
from screening.verdicts import GROUNDS, Verdict

LATEST = 10
_PROPERTIES: Mapping[str, str] = {
    "name": "name", "former": "previousName", "birth": "birthDate", "inn": "innCode", "snils": "socialSecurityNumber", "ogrn": "ogrnCode",
    "kpp": "kppCode", "phone": "phone", "email": "email", "address": "address",
}  # fmt: skip
_WRITTEN: Mapping[str, str] = {**_PROPERTIES, "passport": "passportNumber", "death": "deathDate", "org_name": "name"}
_FEATURES: Mapping[str, str] = {"sex": "gender", "workplace": "employer", "org_name": "name"}
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.EQUAL: "agree",
    Outcome.COMPATIBLE: "partial",
    Outcome.NEAR: "partial",
    Outcome.DIFFERS: "differ",
    Outcome.UNKNOWN: "absent",
}


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
    verdict = compare(entities[0], entities[1])
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
        prior=None,
        rows=tuple(_rows(eyes, verdict, entities)) if verdict else (),
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


def _rows(eyes: Eyes, verdict: Verdict, entities: Sequence[Entity]) -> list[Evidence]:
    """What agrees first, what only one side has last."""
    order = list(_OUTCOMES)
    found = sorted(verdict.compared, key=lambda row: order.index(row.outcome))
    return [_row(eyes, row, entities) for row in found]


def _row(eyes: Eyes, row: Features, entities: Sequence[Entity]) -> Evidence:
    left, right = (_value(eyes, row.feature, text, entity) for text, entity in zip((row.left, row.right), entities, strict=True))
    return Evidence(_FEATURES.get(row.feature, row.feature), "", left, right, _OUTCOMES[row.outcome], None)


def _value(eyes: Eyes, feature: str, text: str, entity: Entity) -> str:
    """As the records wrote it, since what is compared is folded."""
    if not text:
        return ""
    if feature == "sex":
        return str(eyes.say.w.t(f"compare.sex.{text}")) if text in ("male", "female") else text
    if feature == "workplace":
        return ", ".join(dict.fromkeys(_workplaces(entity))) or text
    written = entity.record.all(_WRITTEN.get(feature, feature)) or (text,)
    if feature in ("birth", "death"):
        written = tuple(eyes.say.w.day(one) for one in written)
    return ", ".join(written[:5])


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
