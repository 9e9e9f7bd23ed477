"""Facts entered by hand: kept as filled, stored as records of a source of their own, checked at once, audited before and after."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app.access.audit_chain import Entry
from app.access.masked_text import mask_name
from app.access.masking import mask_date, mask_inn
from app.access.self_interest import SelfInterest
from app.desk.eyes import Eyes
from app.desk.labels import HAND
from app.intake import ingest_rows
from app.pipeline import check
from app.web.drafts import DocumentDraft, FactDraft, KinDraft, NoticeDraft, PostDraft
from app.web.fact_forms import kind_of
from app.web.values import FactReceipt, HandFact
from domain.errors import GraphBusy, InputError, NotFound, StateError
from domain.law.load import kin_law
from domain.records import Place, Record, Reject, SourceInfo, SourceKind, make
from graph.client import Transaction
from graph.values import Row
from ingest.stage import stage
from queries.views.ids import resolve_id

SOURCE = SourceInfo(HAND, SourceKind.HR)
"""What is entered by hand counts as the personnel office's word: below the registers, above declarations."""
_PHRASES: Mapping[tuple[str, str], str] = {
    ("зять", "CS"): "муж дочери",
    ("зять", "BS"): "муж сестры",
    ("невестка", "CS"): "жена сына",
    ("невестка", "BS"): "жена брата",
}
_DRAFTS: Mapping[str, type[KinDraft | PostDraft | NoticeDraft]] = {"kin": KinDraft, "post": PostDraft, "notice": NoticeDraft}
_READ = "MATCH (f:HandFact {id: $id}) RETURN properties(f) AS row"
_VERSIONS = "MATCH (v:HandFactVersion {fact: $id}) RETURN properties(v) AS row ORDER BY v.at DESC"
_KEEP = "MERGE (f:HandFact {id: $row.id}) SET f = $row"
_VERSION = "MERGE (v:HandFactVersion {id: $row.id}) SET v = $row"
_TOGETHER = """
MATCH (:Person {id: $id})<-[:ON_PERSON]-(x:Finding)
WHERE any(one IN x.people WHERE one IN $circle)
RETURN x.id AS id LIMIT 1
"""
_BEFORE = """
UNWIND $ids AS id
MATCH (v:FindingVersion {finding: id}) WHERE v.superseded_at >= $at
RETURN id AS id, v.payload AS payload ORDER BY v.superseded_at
"""
_SINCE = """
MATCH (x:Finding) WHERE x.recorded_at >= $at
RETURN x.id AS id, x.status AS status, x.units AS units, x.people AS people, x.payload AS payload
"""


@dataclass(frozen=True, slots=True)
class Entered:
    """A fact as it stands."""

    row: Row
    draft: FactDraft

    @property
    def id(self) -> str:
        """The fact's id, which is its record's."""
        return str(self.row["id"])


def read_fact(eyes: Eyes, fact: str) -> HandFact:
    """The form as filled, and what it was before."""
    eyes.need("facts.write")
    entered = _entered(eyes, fact)
    earlier = [row["row"] for row in eyes.graph.read(_VERSIONS, id=fact)]
    eyes.saw(entered.draft.person, action="fact.read")
    versions = tuple((datetime.fromisoformat(row["at"]), row["by"], row.get("reason") or "") for row in earlier)
    row = entered.row
    return HandFact(fact, entered.draft, row["by"], datetime.fromisoformat(row["at"]), versions, bool(row.get("withdrawn")))


def add_fact(eyes: Eyes, draft: FactDraft) -> FactReceipt:
    """Store it and check what follows."""
    eyes.need("facts.write")
    fact = f"{HAND}-{uuid.uuid4().hex[:12]}"
    draft = _grounded(eyes, draft)
    records = _tested(_records(fact, draft))
    row = _row(eyes, fact, draft)
    _keep(eyes, "fact.add", row, None)
    return _store(eyes, fact, draft.person, records)


def correct_fact(eyes: Eyes, fact: str, draft: FactDraft, reason: str) -> FactReceipt:
    """Supersede it; the earlier version and its records stay in record time."""
    eyes.need("facts.write")
    before = _entered(eyes, fact)
    _still_there(before)
    draft = _grounded(eyes, draft)
    records = _tested(_records(fact, draft))
    gone = {one.id for one in _records(fact, before.draft)} - {one.id for one in records}
    row = _row(eyes, fact, draft, reason)
    _keep(eyes, "fact.correct", row, before)
    return _store(eyes, fact, draft.person, [*records, *(_deleted(one) for one in sorted(gone))])


def withdraw_fact(eyes: Eyes, fact: str, reason: str) -> FactReceipt:
    """Close it: its records are withdrawn, nothing is erased."""
    eyes.need("facts.write")
    before = _entered(eyes, fact)
    _still_there(before)
    row = _row(eyes, fact, before.draft, reason) | {"withdrawn": True}
    _keep(eyes, "fact.withdraw", row, before)
    return _store(eyes, fact, before.draft.person, [_deleted(one.id) for one in _records(fact, before.draft)])


def _entered(eyes: Eyes, fact: str) -> Entered:
    rows = eyes.graph.read(_READ, id=fact)
    if not rows:
        raise NotFound("Такой записи нет.", "There is no such fact.")
    row = rows[0]["row"]
    fields = json.loads(row["draft"])
    document = DocumentDraft(**fields.pop("document"))
    draft = _DRAFTS[row["kind"]](**fields, document=document)
    _person(eyes, draft.person)
    return Entered(row, draft)


def _still_there(entered: Entered) -> None:
    if entered.row.get("withdrawn"):
        raise StateError("Запись уже отозвана.", "The fact has been withdrawn already.")


def _person(eyes: Eyes, text: str) -> str:
    """The official's canonical id, if he is in the caller's reach and is not the caller himself or his kin."""
    resolved = resolve_id(eyes.graph, text, ["Person"])
    eyes.need_reach(resolved.id, resolved.label)
    if eyes.circle and (resolved.id in eyes.circle or eyes.graph.read(_TOGETHER, id=resolved.id, circle=sorted(eyes.circle))):
        raise SelfInterest(
            "О себе и своих близких вносит другой работник (R-28).", "Facts about you and your family are entered by somebody else (R-28)."
        )
    return resolved.id


def _grounded(eyes: Eyes, draft: FactDraft) -> FactDraft:
    """The draft with canonical ids, so that what it names is found again whatever is loaded later."""
    fields: dict[str, Any] = {"person": _person(eyes, draft.person)}
    if isinstance(draft, PostDraft):
        fields["organization"] = resolve_id(eyes.graph, draft.organization, ["Organization"]).id
    if isinstance(draft, NoticeDraft) and draft.about:
        fields["about"] = resolve_id(eyes.graph, draft.about, ["Event", "Organization", "Person"]).id
    document = draft.document
    made: FactDraft = type(draft)(**{**_fields(draft), **fields, "document": document})
    return made


def _fields(draft: FactDraft) -> dict[str, Any]:
    return {name: value for name, value in asdict(draft).items() if name != "document"}


def _records(fact: str, draft: FactDraft) -> list[Record]:
    """The records of the source that the form stands for."""
    place = Place("form", 1)
    paper = {"summary": draft.document.title, "date": draft.document.on}
    if isinstance(draft, PostDraft):
        return [
            make("Employment", fact, place, employee=draft.person, employer=draft.organization, role=draft.role, post=draft.post,
                 service=draft.service, kind=draft.kind, startDate=draft.start, endDate=draft.end, **paper)
        ]  # fmt: skip
    if isinstance(draft, NoticeDraft):
        # The paper's own date is the notice's: a register number and a page do not change when it was given.
        return [
            make("Notification", fact, place, official=draft.person, date=draft.on, number=draft.number, kind=draft.kind, about=draft.about,
                 measure=draft.measure, measureDate=draft.measure_on, summary=f"{draft.document.title}, {draft.document.on}")
        ]  # fmt: skip
    relative = f"{fact}-relative"
    word = _PHRASES.get((draft.word, draft.path or ""), draft.word)
    return [
        make("Person", relative, place, name=draft.relative_name, previousName=draft.relative_former,
             birthDate=draft.relative_birth, innCode=draft.relative_inn, gender=_gender(word)),
        make("Family", fact, place, person=draft.person, relative=relative, relationship=word, startDate=draft.start, endDate=draft.end,
             **paper),
    ]  # fmt: skip


def _gender(word: str) -> str | None:
    """What the word itself says of the relative's sex."""
    known = kin_law().words.get(word.split(" ", maxsplit=1)[0])
    sexes = {one.relative_gender for one in known.meanings} if known else set()
    return sexes.pop() if len(sexes) == 1 else None


def _tested(records: Sequence[Record]) -> list[Record]:
    """The records as the stage passes them; what it refuses is said to the one who fills the form."""
    passed: list[Record] = []
    for row in stage(records):
        if isinstance(row, Reject):
            raise InputError(row.message_ru, row.message_en)
        if isinstance(row, Record):
            passed.append(row)
    return passed


def _deleted(record: str) -> Record:
    return Record(record, "", {}, Place("form", 1), deleted=True)


def _row(eyes: Eyes, fact: str, draft: FactDraft, reason: str = "") -> Row:
    return {
        "id": fact,
        "kind": kind_of(draft),
        "person": draft.person,
        "draft": json.dumps(asdict(draft), ensure_ascii=False, sort_keys=True),
        "by": eyes.viewer.name,
        "at": eyes.office.clock.now().isoformat(),
        "reason": reason,
        "withdrawn": False,
    }


def _keep(eyes: Eyes, action: str, row: Row, before: Entered | None) -> None:
    """The form, its earlier version and the audit line, together. The records follow: a line without them is seen, not the reverse."""
    old = _masked(json.loads(before.row["draft"])) if before else None
    new = (
        _masked(json.loads(row["draft"]))
        | ({"reason": row["reason"]} if row["reason"] else {})
        | ({"withdrawn": True} if row["withdrawn"] else {})
    )
    entry = Entry(eyes.viewer.actor, action, f"facts/{row['id']}", str(eyes.caller.purpose or ""), before=old, after=new)

    def work(tx: Transaction) -> tuple[None, Sequence[Entry]]:
        if before is not None:
            # A version says who ended it and why: that is what one asks of it later.
            version = dict(before.row) | {"id": f"{row['id']}@{row['at']}", "fact": row["id"], "reason": row["reason"]}
            tx.run(_VERSION, row=version)
        tx.run(_KEEP, row=row)
        return None, [entry]

    eyes.office.log.change(work)


def _masked(draft: Mapping[str, Any]) -> dict[str, Any]:
    """The log is read by people who may not know the relatives: it keeps what changed, not who they are."""
    masks: Mapping[str, Any] = {
        "relative_name": mask_name,
        "relative_former": mask_name,
        "relative_birth": mask_date,
        "relative_inn": mask_inn,
    }
    return {name: masks[name](value) if name in masks and value else value for name, value in draft.items()}


def _store(eyes: Eyes, fact: str, person: str, records: Sequence[Record]) -> FactReceipt:
    """Load the records as any others and run the ordinary check; what it opened and closed in the caller's view."""
    office = eyes.office
    ingest_rows(eyes.graph, office.clock, SOURCE, records, HAND)
    at = office.clock.now().isoformat()
    before = {row["id"]: row["status"] for row in eyes.graph.read(_SINCE, at=at)}
    try:
        check(eyes.graph, office.catalog, office.clock)
    except GraphBusy:
        # A check is under way; it or the next one takes the records along.
        return FactReceipt(fact, person)
    if not eyes.viewer.can("findings.read"):
        return FactReceipt(fact, person)
    rows = [row for row in eyes.graph.read(_SINCE, at=at) if _in_view(eyes, row)]
    earlier: dict[str, str] = {}
    for row in eyes.graph.read(_BEFORE, ids=[row["id"] for row in rows], at=at) if rows else []:
        earlier.setdefault(row["id"], json.loads(row["payload"])["status"])
    was_open = {row["id"]: before.get(row["id"], earlier.get(row["id"], "CLOSED")) not in _OVER for row in rows}
    opened = sorted(row["id"] for row in rows if not was_open[row["id"]] and row["status"] not in _OVER)
    closed = sorted(row["id"] for row in rows if was_open[row["id"]] and row["status"] in _OVER)
    return FactReceipt(fact, person, tuple(opened), tuple(closed))


_OVER = ("CLOSED", "SETTLED")


def _in_view(eyes: Eyes, row: Row) -> bool:
    visible = eyes.units is None or bool(set(eyes.units) & set(row["units"] or ()))
    return visible and not eyes.own(json.loads(row["payload"]), row["people"] or ())
