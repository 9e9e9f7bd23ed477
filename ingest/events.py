"""Canonical events, notices and other things from their records, and the days on which an event counts (contract 1, «Time»)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from domain.dates import FOREVER, NEVER, PartialDate, date_of
from graph.client import Transaction
from graph.values import Row
from ingest.said import Said

EVENT_SCHEMATA = ("Contract", "CallForTenders", "Application", "OffenceCase")

_CONTRACTS = """
UNWIND $ids AS id
MATCH (t:Event {id: id})<-[:UNDER_TENDER]-(c:Event)
RETURN id AS id, c.window_hi AS last
"""
_TENDERS = """
UNWIND $ids AS id
MATCH (e:Event {id: id}) WHERE e.schema = 'CallForTenders'
RETURN e.id AS id, e.deadline_lo AS deadline_lo, e.award_hi AS award_hi
"""
_TENDERS_OF = "UNWIND $ids AS id MATCH (c:Event {id: id})-[:UNDER_TENDER]->(t:Event) RETURN t.id AS id"
_SET_WINDOW = "UNWIND $rows AS row MATCH (e:Event {id: row.id}) SET e.window_lo = row.lo, e.window_hi = row.hi"
_AUTHORITIES = "UNWIND $ids AS id MATCH (e:Event {id: id})-[:FOR_AUTHORITY]->(b:Organization) RETURN id AS id, b.id AS body"
_SET_UNITS = "UNWIND $rows AS row MATCH (e:Event {id: row.id}) SET e.units = row.units"


def event_node(said: Said, feed_id: str) -> Row:
    """The Event node of a record."""
    make = {"Contract": _contract, "CallForTenders": _tender, "Application": _application, "OffenceCase": _case}[said.schema]
    specific = make(said)
    title = said.first("title") or said.first("name")
    number = specific.get("number")
    return {
        "id": said.key,
        "ids": [feed_id],
        "keys": [said.key],
        "schema": said.schema,
        "title": title,
        "name": title or number or feed_id,
        "words": " ".join(re.findall(r"\w+", f"{title or ''} {number or ''} {feed_id}".lower())),
        "law": said.first("law"),
        "units": [],
        **specific,
    }


def _window(date: PartialDate | None, missing: str, *, mode: str = "all") -> dict[str, Any]:
    if date is None:
        return {"window_lo": NEVER, "window_hi": NEVER, "window_mode": mode, "missing_date": missing, "date": None}
    return {"window_lo": date.first, "window_hi": date.last, "window_mode": mode, "missing_date": None, "date": date.iso()}


def _contract(said: Said) -> dict[str, Any]:
    amount, signed = said.first("amount"), said.date("contractDate")
    return {
        **_window(signed, "Contract.contractDate"),
        "amount": float(amount) if amount else None,
        "day_number": date_of(signed.first).toordinal() if signed and signed.complete else None,
        "item": said.first("singleSupplierItem"),
        "okpd2": said.first("okpd2"),
        "number": said.first("registrationNumber"),
        "procedure": said.first("procedureNumber"),
        "regulated_tariff": said.first("regulatedTariff") == "yes",
    }


def _tender(said: Said) -> dict[str, Any]:
    deadline, award = said.date("submissionDeadline"), said.date("awardingDate")
    window = _window(deadline, "CallForTenders.submissionDeadline", mode="any")
    return {
        **window,
        "deadline_lo": deadline.first if deadline else None,
        "award_hi": award.last if award else None,
        "window_hi": max(window["window_hi"], award.last) if award and deadline else window["window_hi"],
        "number": said.first("callId"),
    }


def _application(said: Said) -> dict[str, Any]:
    registered, decided = said.date("registrationDate"), said.date("decisionDate")
    window = _window(registered, "Application.registrationDate", mode="any")
    last = (decided.last if decided else FOREVER) if registered else NEVER
    return {
        **window,
        "window_hi": last,
        "number": said.first("regNumber"),
        "kind": said.first("kind"),
        "decided": decided.iso() if decided else None,
    }


def _case(said: Said) -> dict[str, Any]:
    hearing, filed = said.date("hearingDate"), said.date("fileDate")
    return {
        **_window(hearing, "OffenceCase.hearingDate"),
        "date": shown.iso() if (shown := hearing or filed) else None,
        "file_lo": filed.first if filed else NEVER,
        "file_hi": filed.last if filed else NEVER,
        "missing_file": None if filed else "OffenceCase.fileDate",
        "number": said.first("caseNumber"),
        "kind": said.first("article"),
        "status": said.first("status"),
    }


def notification_node(said: Said, feed_id: str) -> Row:
    """The Notification node of a record; a missing measure date is no measure yet."""
    date, measured = said.date("date"), said.date("measureDate")
    number = said.first("number")
    return {
        "id": said.key,
        "ids": [feed_id],
        "keys": [said.key],
        "name": number or feed_id,
        "number": number,
        "kind": said.first("kind"),
        "date": date.iso() if date else None,
        "date_lo": date.first if date else NEVER,
        "date_hi": date.last if date else FOREVER,
        "measure": said.first("measure"),
        "measure_lo": measured.first if measured else FOREVER,
        "measure_hi": measured.last if measured else FOREVER,
        "measure_date": measured.iso() if measured else None,
    }


def thing_node(said: Said, feed_id: str) -> Row:
    """The Thing node of any other entity."""
    return {
        "id": said.key,
        "ids": [feed_id],
        "keys": [said.key],
        "schema": said.schema,
        "name": said.first("name") or said.first("title") or feed_id,
    }


def refresh_windows(tx: Transaction, events: Iterable[str]) -> None:
    """Bring the days of the tenders among the events up to date: from the deadline to the contract, else to the award; and units."""
    ids = sorted(set(events))
    if not ids:
        return
    tenders = sorted({row["id"] for row in tx.run(_TENDERS_OF, ids=ids)} | set(ids))
    signed: dict[str, int] = {}
    for row in tx.run(_CONTRACTS, ids=tenders):
        if row["last"]:
            signed[row["id"]] = max(signed.get(row["id"], 0), row["last"])
    rows = []
    for row in tx.run(_TENDERS, ids=tenders):
        lo = row["deadline_lo"]
        if lo:
            rows.append({"id": row["id"], "lo": lo, "hi": max(lo, signed.get(row["id"]) or row["award_hi"] or lo)})
    if rows:
        tx.run(_SET_WINDOW, rows=rows)
    units: dict[str, list[str]] = {one: [] for one in ids}
    for row in tx.run(_AUTHORITIES, ids=ids):
        units[row["id"]].append(row["body"])
    tx.run(_SET_UNITS, rows=[{"id": one, "units": sorted(bodies)} for one, bodies in units.items()])
