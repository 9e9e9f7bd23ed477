"""The finding as contract.md 4 has it: chain hop by hop, law in force, identity, hash of the evidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.dates import FOREVER, NEVER, iso_of
from queries.catalog import Rule
from queries.rules.evaluate import START_FIELD, Candidate, Evaluation, Hop, hops_of, valid_of
from queries.rules.identity import Link
from queries.rules.sentence import sentences
from queries.rules.settle import Outcome
from queries.rules.things import Things

POWERS = ("prepares", "endorses", "inspects", "expert", "handles", "commission_member", "votes", "decides", "signs", "accepts", "controls")
"""In the order in which they come in the life of an event."""


def chain_hops(candidate: Candidate) -> list[Hop]:
    """The chain in reading order, kin and ownership opened into the facts they came from."""
    # A post that is both what puts the relative below and what is found is shown once, where it is found.
    found = {hop["id"] for hop in candidate.tie if hop.get("record")}
    hops: list[Hop] = [hop for hop in candidate.role if not hop.get("record") or hop["id"] not in found]
    if candidate.kin is not None and candidate.kin["type"] != "SELF":
        hops.extend(_opened(candidate.kin, "hops"))
    elif candidate.kin is not None and candidate.kin.get("grade") == "weak":
        hops.append(candidate.kin)
    for hop in candidate.tie:
        if hop["type"] != "SELF":
            hops.extend(_opened(hop, "hops" if hop["type"] == "KIN" else "links"))
    hops.extend(candidate.party)
    return hops


def _opened(hop: Hop, name: str) -> list[Hop]:
    inner = json.loads(hop[name]) if hop.get(name) else []
    if not inner:
        return [hop]
    return [{**one, "grade": hop.get("grade"), "derived_type": hop["type"]} for one in inner]


def people_of(candidate: Candidate) -> set[str]:
    """Ids of everybody who may stand on the chain."""
    ids = {candidate.official, candidate.relative, candidate.counterparty}
    for hop in chain_hops(candidate):
        ids |= {hop[end] for end in ("from", "to") if hop.get(end)}
    return ids


def payload(
    rule: Rule,
    best: Evaluation,
    others: Sequence[Evaluation],
    things: Things,
    link: Link | None,
    outcome: Outcome,
    finding_id: str,
    powers: Sequence[Hop] = (),
) -> dict[str, Any]:
    """The public JSON of one finding; `status` and `sentence` for people included, `evidence_sha256` last.

    `powers` are all that the official does in the event; `also` holds further ties of the same relative to the same party.
    """
    candidate = best.candidate
    hops = chain_hops(candidate)
    day = best.window.first or best.holds_from_to()[0]
    event = _event(candidate, best, things)
    kin = candidate.kin
    body: dict[str, Any] = {
        "id": finding_id,
        "rule": rule.id,
        "rule_version": rule.version,
        "outcome": best.outcome,
        "severity": outcome.severity,
        "status": "NEW",
        "event": event,
        "events": [things.feed_id(one) for one in candidate.events],
        "official": _who(candidate.official, things, role=_role(candidate)),
        "counterparty": _who(candidate.counterparty, things),
        "kin": {"path": kin["path"], "term": kin["term"]} if kin is not None and kin["type"] == "KIN" else None,
        "share": _share(best, others),
        "match": link.payload() if link else None,
        "modifiers": list(outcome.modifiers),
        "missing": list(best.missing) if best.outcome == "not_computable" else [],
        "law": [{"act": law.act, "article": law.article, "since": law.since.isoformat()} for law in rule.law if law.in_force(day)],
        "settled_by": outcome.settled_by,
        "chain": [_hop(hop, things) for hop in hops],
    }
    used = _in_time([hop for hop in powers if hop["type"] == "PARTICIPATES"] or list(candidate.role))
    body["official"]["roles"] = [_hop(hop, things) for hop in used]
    body["also"] = [_hop(hop, things) for hop in also_ties(best, others)]
    body["sentence"], body["sentence_en"] = sentences(rule, best, others, things, body, used)
    body["evidence_sha256"] = evidence_hash(body)
    return body


def evidence_hash(body: Mapping[str, Any]) -> str:
    """Hash of what a decision stands on: not of names, status, severity words or the sentence."""
    names = ("rule", "rule_version", "outcome", "kin", "share", "missing", "chain", "settled_by", "modifiers", "also")
    kept = {name: body[name] for name in names}
    if body["events"]:
        kept["events"] = body["events"]
    kept["event"] = [body["event"]["id"], body["event"]["date"]]
    kept["match"] = body["match"]["grade"] if body["match"] else None
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _hop(hop: Hop, things: Things) -> dict[str, Any]:
    derived = hop.get("derived_from") or hop.get("via") or []
    shown = {
        "from": things.feed_id(hop["from"]),
        "to": things.feed_id(hop["to"]),
        "type": hop["type"],
        "start": hop.get("start") or iso_of(hop.get("start_lo", NEVER)),
        "end": hop.get("end") or (iso_of(hop["end_lo"]) if hop.get("end_lo", FOREVER) == hop.get("end_hi") else None),
        "source": hop.get("source"),
        "derived_from": [one.split(":", 1)[-1] for one in derived] or ([hop["record"].split(":", 1)[-1]] if hop.get("record") else []),
    }
    extra = {name: hop[name] for name in ("role", "post", "share", "word", "kind", "status") if hop.get(name) is not None}
    span = valid_of(hop)
    records = sorted({key.split("#", 1)[0] for key in derived} or ({hop["record"]} if hop.get("record") else set()))
    extra |= {name: True for name in ("blood",) if hop.get(name)}
    numbers = [span.start_lo, span.start_hi, span.end_lo, span.end_hi]
    return shown | extra | {"start_known": span.start_lo == span.start_hi, "record": hop.get("record"), "records": records, "span": numbers}


def also_ties(best: Evaluation, others: Iterable[Evaluation]) -> list[Hop]:
    """Other ties of the same relative to the same party that count too: the post beside the share."""
    seen = {str(hop.get("record")) for hop in chain_hops(best.candidate)}
    found: list[Hop] = []
    for one in others:
        tie = one.candidate.tie
        same = one.outcome == best.outcome and one.candidate.relative == best.candidate.relative and len(tie) == 1
        if same and tie[0]["type"] not in ("SELF", "STAKE", "SUBORDINATE_TO") and str(tie[0].get("record")) not in seen:
            seen.add(str(tie[0].get("record")))
            found.append(tie[0])
    return sorted(found, key=lambda hop: (hop["type"], str(hop.get("record"))))


def _in_time(hops: Sequence[Hop]) -> list[Hop]:
    """In the order in which powers are used, each once: who prepares comes before who signs."""
    order = {role: n for n, role in enumerate(POWERS)}
    named = {(hop["type"], hop.get("role"), hop.get("record")): hop for hop in hops}
    return sorted(named.values(), key=lambda hop: (order.get(str(hop.get("role")), len(order)), str(hop.get("record"))))


def _who(one: str, things: Things, role: str | None = None) -> dict[str, Any]:
    node = things.node(one)
    shown: dict[str, Any] = {
        "id": things.feed_id(one),
        "ids": list(node.get("ids") or [one.split(":", 1)[-1]]),
        "name": node.get("name") or one,
    }
    return shown | {"role": role} if role is not None else shown


def _role(candidate: Candidate) -> str:
    for hop in candidate.role:
        text = hop.get("role") or hop.get("post")
        if text:
            return str(text)
    return ""


def _event(candidate: Candidate, best: Evaluation, things: Things) -> dict[str, Any]:
    node = things.events.get(candidate.event)
    if node is not None:
        return {
            "id": things.feed_id(candidate.event),
            "schema": node["schema"],
            "date": node.get("date"),
            "title": node.get("title") or node.get("name"),
        }
    hop = next((one for one in hops_of(candidate) if one.get("record") == candidate.event), (candidate.tie or candidate.role)[0])
    return {
        "id": candidate.event.split(":", 1)[-1],
        "schema": _record_schema(hop),
        "date": iso_of(best.holds_from_to()[0]),
        "title": None,
    }


def _record_schema(hop: Hop) -> str:
    return START_FIELD.get(hop["type"], str(hop["type"]))


def _share(best: Evaluation, others: Iterable[Evaluation]) -> float | None:
    same = [best.share, *(one.share for one in others if one.outcome == best.outcome and one.candidate.relative == best.candidate.relative)]
    known = [share for share in same if share is not None]
    return round(max(known), 10) if known else None
