"""A finding as a row of a list: who, what in a sentence, the chain's families, law, due day; nothing of it where it is one's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.desk.eyes import Eyes
from app.desk.nodes import short_person
from app.web.values import InboxRow
from graph.values import Row
from visualizations.chain import Family

FIELDS = """x.id AS id, x.number AS number, x.rule AS rule, x.severity AS severity, x.status AS status, x.assignee AS assignee,
       x.due_on AS due_on, x.payload AS payload, x.people AS people, x.units AS units, x.official AS official,
       x.counterparty AS counterparty, x.event AS event, x.recorded_at AS recorded_at, x.from_day AS from_day, x.trial AS trial,
       x.seen_at AS seen_at, x.tray AS tray"""
_BY_ID = f"UNWIND $ids AS id MATCH (x:Finding {{id: id}}) RETURN {FIELDS}"
_EVENTS = "UNWIND $ids AS id MATCH (e:Event {id: id}) RETURN id AS id, e.amount AS amount, e.date AS date, e.schema AS schema"
_SCOPE = "($all_units OR any(unit IN x.units WHERE unit IN $units)) AND coalesce(x.trial, false) = false"
_OF = {
    "person": f"MATCH (x:Finding)-[:ON_PERSON]->(:Person {{id: $id}}) WHERE {_SCOPE} RETURN {FIELDS} LIMIT $limit",
    "event": f"MATCH (x:Finding {{event: $id}}) WHERE {_SCOPE} RETURN {FIELDS} LIMIT $limit",
    "counterparty": f"MATCH (x:Finding {{counterparty: $id}}) WHERE {_SCOPE} RETURN {FIELDS} LIMIT $limit",
    "pair": f"MATCH (x:Finding {{official: $id}}) WHERE x.counterparty = $other AND {_SCOPE} RETURN {FIELDS} LIMIT $limit",
}
_FAMILIES: Mapping[str, tuple[Family, Family]] = {
    "OWNS": (Family.PERSON, Family.FIRM),
    "STAKE": (Family.PERSON, Family.FIRM),
    "DIRECTS": (Family.PERSON, Family.FIRM),
    "EMPLOYED_BY": (Family.PERSON, Family.FIRM),
    "REPRESENTS": (Family.PERSON, Family.FIRM),
    "SUPPLIES": (Family.FIRM, Family.EVENT),
    "APPLIES": (Family.FIRM, Family.EVENT),
    "REPRESENTS_IN": (Family.PERSON, Family.EVENT),
}
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Held:
    """A finding read from the graph, with its JSON opened."""

    row: Row
    body: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The finding's id."""
        return str(self.row["id"])

    @property
    def people(self) -> tuple[str, ...]:
        """Canonical ids of all people on its chain."""
        return tuple(self.row["people"] or ())


def read_held(eyes: Eyes, ids: Sequence[str]) -> list[Held]:
    """Findings in the order of the ids; those that have gone are left out."""
    found = {row["id"]: row for row in eyes.graph.read(_BY_ID, ids=list(ids))} if ids else {}
    return [held(found[one]) for one in ids if one in found]


def held(row: Row) -> Held:
    """From a row made by FIELDS."""
    return Held(row, json.loads(row["payload"]))


def read_of(eyes: Eyes, what: str, node: str, other: str = "") -> list[Held]:
    """Findings that a person, an event, a party or a pair stands in, of the caller's units; the gravest open ones first."""
    if not eyes.viewer.can("findings.read"):
        return []
    units = {"all_units": eyes.units is None, "units": eyes.units or []}
    rows = eyes.graph.read(_OF[what], id=node, limit=_SHOWN, **units, **({"other": other} if what == "pair" else {}))
    order = ("BLOCK", "HIGH", "MEDIUM", "LOW", "INFO")
    return sorted(map(held, rows), key=lambda one: (one.row["status"] == "CLOSED", order.index(one.row["severity"]), one.id))


def rows_of(eyes: Eyes, found: Iterable[Held]) -> tuple[InboxRow, ...]:
    """Rows for a list."""
    wanted = list(found)
    events = {row["id"]: row for row in eyes.graph.read(_EVENTS, ids=sorted({one.row["event"] for one in wanted}))} if wanted else {}
    return tuple(row_of(eyes, one, events.get(one.row["event"])) for one in wanted)


def row_of(eyes: Eyes, one: Held, event: Mapping[str, Any] | None = None) -> InboxRow:
    """One row; of what concerns the caller himself only that it does."""
    row, body, say = one.row, one.body, eyes.say
    number = str(row["number"] or one.id)
    if eyes.own(body, one.people):
        return InboxRow(
            id=one.id, number=number, rule="", modifiers=(), severity="INFO", status=row["status"], lead="", text=str(say.get("own_row")),
            families=(), law="", event="", assignee=None, mine=False, due_on=None,
        )  # fmt: skip
    lead, text = split_sentence(eyes, body)
    law = next(iter(body["law"]), None)
    assignee = row["assignee"] or None
    closed = row["status"] == "CLOSED"
    return InboxRow(
        id=one.id,
        number=number,
        rule=row["rule"],
        modifiers=tuple(body["modifiers"]),
        severity=row["severity"],
        status=row["status"],
        lead=lead,
        text=text,
        families=families(body),
        law=f"{law['act']} {law['article']}" if law else "",
        event=_event(eyes, body, event),
        assignee=assignee,
        mine=assignee == eyes.viewer.name,
        due_on=date.fromisoformat(row["due_on"]) if row["due_on"] and not closed else None,
    )


def sentence_of(eyes: Eyes, body: Mapping[str, Any]) -> str:
    """The sentence in the caller's language, people in it masked where need be."""
    text = str(body.get("sentence_en") if eyes.caller.language == "en" and body.get("sentence_en") else body["sentence"])
    return eyes.text(text, people_named(body))


def split_sentence(eyes: Eyes, body: Mapping[str, Any]) -> tuple[str, str]:
    """The official's name and what follows it, without «Возможный конфликт интересов:» before."""
    english = eyes.caller.language == "en" and body.get("sentence_en")
    whole = str(body["sentence_en"] if english else body["sentence"])
    said = whole.split(": ", 1)[-1].rstrip(".")
    name = str(body["official"]["name"])
    short = short_person(name)
    if not said.lower().startswith(short.lower()):
        return "", eyes.text(said[:1].upper() + said[1:], people_named(body))
    rest = said[len(short) :]
    return (said[: len(short)] if eyes.open else eyes.person(name)), eyes.text(rest, people_named(body))


def people_named(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Full names that certainly are people's."""
    names = [str(body["official"]["name"])]
    party = str(body["counterparty"].get("name") or "")
    if party and "«" not in party and len(party.split()) in (2, 3):
        names.append(party)
    return tuple(names)


def families(body: Mapping[str, Any]) -> tuple[Family, ...]:
    """The nodes of the chain in reading order, from the official on; his power itself is not drawn in a list."""
    made = [Family.OFFICIAL]
    here = body["official"]["id"]
    for hop in body["chain"]:
        if hop["type"] in ("PARTICIPATES", "MEMBER_OF") or (hop["type"] == "EMPLOYED_BY" and hop.get("post") is not None):
            continue
        if hop["type"] == "SUBORDINATE_TO":
            continue
        forwards = hop["from"] == here
        here = hop["to"] if forwards else hop["from"]
        made.append(_FAMILIES.get(hop["type"], (Family.PERSON, Family.PERSON))[1 if forwards else 0])
    return tuple(made)


def _event(eyes: Eyes, body: Mapping[str, Any], event: Mapping[str, Any] | None) -> str:
    say = eyes.say
    if event is not None and event["amount"]:
        return say.w.money(float(event["amount"]))
    day = body["event"].get("date")
    return f"{say.of('row_event', body['event']['schema'], say.of('schema', body['event']['schema']).lower())} {say.w.day(day)}".strip()
