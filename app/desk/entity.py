"""The page of a person, organization or event: facts in sections with dates and sources, masked until the second click."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.access.masking import mask_date, mask_inn, mask_phone, mask_snils
from app.desk.eyes import Eyes
from app.desk.labels import HAND, Labels
from app.desk.nodes import Node, chain_node, read_nodes, ref_node
from app.desk.rows import read_of, rows_of
from app.desk.ties import FAMILY, KINDS, ORDER, Ties, people_of
from app.web.values import Detail, EntityPage, FactRow, FactSection, RecordRef
from domain.dates import NEVER
from domain.spans import ALWAYS
from queries.views.entities import Entity, Fact, Section, get_entity
from queries.views.ids import feed_id, resolve_id
from queries.views.links import OUT, Link
from queries.views.scope import visible_people
from visualizations.chain import SourceLink

PERSONAL: Mapping[str, Any] = {
    "inn": mask_inn, "snils": mask_snils, "passport": lambda _: "•••", "phone": mask_phone, "email": lambda _: "•••",
    "address": lambda _: "•••",
}  # fmt: skip
_LIST = (("inn", "inn"), ("snils", "snils"), ("passport", "passport"), ("phones", "phone"), ("emails", "email"), ("addresses", "address"))
_POST = """
MATCH (:Person {id: $id})-[j:EMPLOYED_BY]->(b:Organization)
WHERE j.start_lo <= $day AND $day < j.end_hi
RETURN j.role AS role, b.name AS body ORDER BY coalesce(j.kind, 'main') <> 'main', j.start_lo DESC LIMIT 1
"""


def entity(eyes: Eyes, text: str) -> EntityPage:
    """The page; `full` names and numbers want a purpose, and are written down as such."""
    eyes.need("people.list" if not eyes.viewer.can("entities.read") else "entities.read")
    resolved = resolve_id(eyes.graph, text)
    full = eyes.caller.full
    person = resolved.label == "Person"
    if person:
        eyes.need("people.list")
        eyes.need_reach(resolved.id, resolved.label)
    if full:
        if person:
            eyes.saw(resolved.id, result="allowed" if eyes.open else "refused")
        eyes.need_open()
    found = get_entity(eyes.graph, resolved)
    seen = eyes.open if not person else full
    eyes.saw(*visible_people(eyes.graph, found.people(), eyes.units), result="shown:full" if full else "shown" if seen else "shown:masked")
    node = Node(found.node.node, found.node.label, found.properties)
    labels = Labels(eyes)
    labels.read(_keys(found))
    sections = _sections(eyes, found, labels, full=seen)
    what = {"Person": "person", "Event": "event", "Organization": "counterparty"}.get(resolved.label)
    findings = read_of(eyes, what, resolved.id) if what else []
    return EntityPage(
        node=chain_node(eyes, node, _note(eyes, node), full=seen),
        schema=found.node.schema if resolved.label != "Person" else "Person",
        masked=person and not full,
        maskable=person and eyes.viewer.can("people.read"),
        former=tuple(eyes.person(name, full=seen) for name in node.get("former") or ()),
        details=_details(eyes, node, full=seen),
        sections=sections,
        findings=rows_of(eyes, findings),
        records=tuple(_record(eyes, record, node, full=seen) for record in found.records),
        editable=person and eyes.viewer.can("facts.write") and resolved.id not in eyes.circle,
    )


def _note(eyes: Eyes, node: Node) -> str | None:
    if node.label != "Person":
        return None
    today = eyes.office.today
    rows = eyes.graph.read(_POST, id=node.id, day=today.year * 10000 + today.month * 100 + today.day)
    if not rows:
        return ""
    return ", ".join(str(part) for part in (rows[0]["role"], rows[0]["body"]) if part)


def _keys(found: Entity) -> set[str]:
    keys: set[str] = set()
    for section in found.sections:
        for fact in section.facts:
            keys |= set(_records(fact.link))
    return keys


def _records(link: Link) -> list[str]:
    if link.record:
        return [link.record]
    return sorted({one.split("#", 1)[0] for one in link.derived_from})


def _sections(eyes: Eyes, found: Entity, labels: Labels, *, full: bool) -> tuple[FactSection, ...]:
    me = found.node.node
    ties = Ties(eyes)
    ties.learn([*([me] if found.node.label == "Person" else []), *people_of(fact.other for s in found.sections for fact in s.facts)])
    others = read_nodes(eyes, {fact.other.node for section in found.sections for fact in section.facts})
    rows: dict[str, list[FactRow]] = {}
    totals: dict[str, int] = {}

    near = visible_people(eyes.graph, people_of(fact.other for s in found.sections for fact in s.facts), eyes.units)

    def take(kind: str, section: Section, facts: Iterable[Fact], words: Any) -> None:
        made = [_row(eyes, fact, labels, words(fact.link), others, full=full and _near(fact, near)) for fact in facts]
        rows.setdefault(kind, []).extend(made)
        totals[kind] = totals.get(kind, 0) + (section.total if section.more else len(made))

    kin = next((section for section in found.sections if section.type == "KIN" and section.direction == OUT), None)
    known = {fact.other.node for fact in kin.facts if fact.link.properties.get("grade") != "weak"} if kin else set()
    if kin:
        best = sorted(_one_each(fact for fact in kin.facts if fact.link.properties.get("grade") != "weak"), key=_closeness)
        take("kin", kin, best, lambda link: _kin_words(eyes, ties, link))
        totals["kin"] = len(best)
    for section in found.sections:
        kind = KINDS.get((section.type, section.direction))
        if section.type == "STAKE":
            kind = "firms" if section.direction == OUT else "owners"
            indirect = [fact for fact in section.facts if not fact.link.properties.get("direct")]
            if indirect:
                take(kind, Section(section.section, section.type, section.direction, (), 0, more=False), indirect, ties.words)
        elif kind:
            facts = [fact for fact in section.facts if section.type not in FAMILY or fact.other.node not in known]
            take(kind, section, facts, lambda link: ties.words_at(link, me))
    # Relatives stand by closeness, everything else by time.
    ordered = {kind: some if kind == "kin" else _in_order(some) for kind, some in rows.items()}
    return tuple(FactSection(kind, tuple(ordered[kind]), totals[kind]) for kind in ORDER if ordered.get(kind))


def _closeness(fact: Fact) -> tuple[Any, ...]:
    """Those who count in a law first, then by the number of steps."""
    properties = fact.link.properties
    return (not properties.get("lists"), len(str(properties.get("path") or "PPPPP")), fact.link.until is not None, fact.other.name)


def _near(fact: Fact, near: frozenset[str]) -> bool:
    return fact.other.label != "Person" or fact.other.node in near


def _one_each(facts: Iterable[Fact]) -> list[Fact]:
    """Of several ways to one relative the shortest."""
    best: dict[str, Fact] = {}
    for fact in facts:
        held = best.get(fact.other.node)
        if held is None or len(str(fact.link.properties.get("path"))) < len(str(held.link.properties.get("path"))):
            best[fact.other.node] = fact
    return list(best.values())


def _kin_words(eyes: Eyes, ties: Ties, link: Link) -> str:
    path, term = str(link.properties.get("path") or ""), str(link.properties.get("term") or "")
    return eyes.say.term(path, ties.genders.get(link.start), ties.genders.get(link.end), term) if path else eyes.say.kin_word(term)


def _in_order(rows: Sequence[FactRow]) -> list[FactRow]:
    return sorted(rows, key=lambda row: (row.end is not None, row.derived, [-ord(sign) for sign in row.start or ""], row.words))


def _row(eyes: Eyes, fact: Fact, labels: Labels, words: str, others: Mapping[str, Node], *, full: bool) -> FactRow:
    link = fact.link
    records = _records(link)
    by_hand = next((key for key in records if key.startswith(f"{HAND}:")), None)
    blood = link.type in ("PARENT_OF", "SIBLING_OF") or (link.type == "KIN" and "S" not in str(link.properties.get("path") or "S"))
    derived = link.derived and len(records) > 1
    source = labels.link(records[0]) if records else SourceLink(labels.source_word(link.source) if link.source else "")
    other = others.get(fact.other.node) or ref_node(fact.other)
    moment = link.span == ALWAYS
    return FactRow(
        id=feed_id(by_hand) if by_hand else link.id,
        words=words,
        other=chain_node(eyes, other, full=full if other.label == "Person" else None),
        start=(other.get("date") or None) if moment else link.since,
        end=link.until,
        source=source,
        trust=link.trust,
        note="",
        recorded_at=datetime.fromisoformat(link.recorded_at) if link.recorded_at else None,
        lists=tuple(link.properties.get("lists") or ()) if link.type == "KIN" else (),
        lifelong=blood,
        by_hand=by_hand is not None,
        derived=derived,
        moment=moment,
    )


def _record(eyes: Eyes, record: Any, node: Node, *, full: bool) -> RecordRef:
    name = eyes.person(node.name, full=full) if node.label == "Person" else record.id
    return RecordRef(record.key, record.source, record.schema, name, datetime.fromisoformat(record.recorded_at))


def _details(eyes: Eyes, node: Node, *, full: bool) -> tuple[Detail, ...]:
    if node.label == "Event":
        return _of_event(eyes, node)
    made: list[Detail] = []
    hidden = not full and (node.label == "Person" or bool(node.get("sole_trader")))
    for name, code in (("birth", "birth"), ("death", "death")):
        if node.get(name):
            text = str(node.get(name))
            made.append(Detail(code, mask_date(text) if hidden else eyes.say.w.day(text), hidden))
    if node.get("legal_form"):
        made.append(Detail("legal_form", str(node.get("legal_form"))))
    for name, code in (*_LIST, ("ogrn", "ogrn"), ("kpp", "kpp")):
        for value in (node.get(name) or ())[:3]:
            masks = hidden and (code in PERSONAL or code == "ogrn")
            made.append(Detail(code, PERSONAL.get(code, mask_inn)(str(value)) if masks else str(value), masks))
    return tuple(made)


def _of_event(eyes: Eyes, node: Node) -> tuple[Detail, ...]:
    say = eyes.say
    window = (int(node.get("window_lo") or NEVER), int(node.get("window_hi") or NEVER))
    values = (
        ("date", say.w.day(node.get("date")) if node.get("date") else ""),
        ("window", say.w.event_day(*window) if NEVER < window[0] < window[1] and node.get("window_mode") == "any" else ""),
        ("amount", say.w.money(float(node.get("amount"))) if node.get("amount") else ""),
        ("law", say.of("law_code", node.get("law"))),
        ("item", str(node.get("item") or "")),
        ("number", str(node.get("number") or "")),
        ("okpd2", str(node.get("okpd2") or "")),
    )
    return tuple(Detail(code, text) for code, text in values if text)
