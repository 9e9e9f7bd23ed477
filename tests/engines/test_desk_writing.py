"""Decisions and facts by hand at the real desk: audited, undone, checked at once; nobody handles what concerns himself (R-28)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from app.access.self_interest import SelfInterest
from app.web.drafts import DocumentDraft, KinDraft, NoticeDraft, PostDraft
from app.web.ports import DecisionDraft, InboxQuery, Tab
from app.web.ports import Desk as Port
from domain.errors import ConcurrentChange, InputError, NoRight, NotFound, StateError

from tests.engines.test_desk_reading import audit, caller, desk, viewer, world
from tests.engines.world import World

__all__ = ["desk", "world"]
PAPER = DocumentDraft("анкета, лист 3", "2024-02-01")


def first(desk: Port, tab: Tab = Tab.UNIT) -> Any:
    return desk.inbox(caller(), InboxQuery(tab=tab)).rows[0]


def step(desk: Port, to: str, reason: str | None = None) -> tuple[str, str]:
    row = first(desk)
    card = desk.finding(caller(), row.id)
    return row.id, desk.decide(caller(), row.id, DecisionDraft(to, reason, "", card.row.status, card.evidence_sha256))


def kin(world: World, word: str, name: str, **more: Any) -> KinDraft:
    base: dict[str, Any] = {
        "person": world.canonical("khairullin"), "word": word, "path": None, "relative_name": name, "relative_former": "",
        "relative_birth": "", "relative_inn": "", "start": "", "end": "", "document": PAPER,
    }  # fmt: skip
    return KinDraft(**{**base, **more})


def test_a_decision_moves_counts_and_can_be_undone(desk: Port, world: World) -> None:
    finding, decision = step(desk, "NOTICE_REQUESTED")
    row = first(desk)
    assert (row.status, row.assignee, row.mine, str(row.due_on)) == ("NOTICE_REQUESTED", "garipova", True, "2026-01-20")
    inbox = desk.inbox(caller(), InboxQuery())
    assert inbox.progress is not None
    assert (inbox.progress.done, inbox.progress.awaiting, inbox.progress.awaiting_of) == (1, 1, 1)
    card = desk.finding(caller(), finding)
    assert card.undo is not None
    assert [line.kind for line in card.history] == ["found", "decided"]
    with pytest.raises(StateError):
        desk.undo(caller(viewer(name="another")), finding, decision)
    desk.undo(caller(), finding, decision)
    row = first(desk)
    assert (row.status, row.assignee, str(row.due_on)) == ("NEW", None, "2026-01-20")
    assert [line.kind for line in desk.finding(caller(), finding).history] == ["found", "decided", "undone"]
    changes = [(action, item) for action, item, _, _ in audit(world) if action in ("finding.decide", "finding.undo")]
    assert changes == [("finding.decide", finding), ("finding.undo", finding)]
    _, decision = step(desk, "FALSE_POSITIVE", "namesake")
    world.clock.instant += timedelta(seconds=11)
    with pytest.raises(StateError):
        desk.undo(caller(), finding, decision)
    counts = desk.inbox(caller(), InboxQuery(tab=Tab.SETTLED)).counts
    assert dict(counts) == {Tab.MINE: 0, Tab.UNIT: 0, Tab.CLARIFY: 0, Tab.SETTLED: 1}
    assert first(desk, Tab.SETTLED).id == finding
    world.check(full=True)
    assert dict(desk.inbox(caller(), InboxQuery()).counts) == dict(counts)


def test_what_another_decided_meanwhile_is_not_overwritten(desk: Port) -> None:
    row = first(desk)
    seen = desk.finding(caller(), row.id)
    step(desk, "IN_CHECK")
    with pytest.raises(ConcurrentChange):
        desk.decide(caller(), row.id, DecisionDraft("NEED_DATA", None, "", seen.row.status, seen.evidence_sha256))
    with pytest.raises(NoRight):
        desk.decide(caller(viewer("member")), row.id, DecisionDraft("NEED_DATA", None, "", "IN_CHECK", seen.evidence_sha256))
    with pytest.raises(NotFound):
        desk.decide(caller(viewer(units=["x"])), row.id, DecisionDraft("NEED_DATA", None, "", "IN_CHECK", seen.evidence_sha256))


@pytest.mark.parametrize("person", ["khairullin", "zags:z-guzel", "z-timur"])
def test_nobody_handles_a_finding_on_himself_or_his_kin(desk: Port, person: str) -> None:
    own = caller(viewer(person=person))
    row = first(desk)
    (shown,) = desk.inbox(own, InboxQuery(tab=Tab.UNIT)).rows
    assert (shown.lead, shown.rule, shown.families) == ("", "", ())
    assert "Хайруллин" not in shown.text
    assert desk.inbox(own, InboxQuery()).counts[Tab.MINE] == 0
    assert desk.inbox(own, InboxQuery()).rows == ()
    card = desk.finding(own, row.id)
    assert card.not_mine
    assert (card.chain.hops, card.moves, card.tests, card.evidence_sha256) == ((), (), (), "")
    with pytest.raises(SelfInterest):
        desk.decide(own, row.id, DecisionDraft("NO_CONFLICT", None, "так", "NEW", ""))
    with pytest.raises(SelfInterest):
        desk.add_fact(own, NoticeDraft("khairullin", "personal_interest", "1", "2025-05-01", "c1", "recusal", "2025-05-02", PAPER))


def test_a_notice_by_hand_takes_the_reproach_away_and_its_withdrawal_brings_it_back(desk: Port, world: World) -> None:
    finding = first(desk).id
    draft = NoticeDraft("khairullin", "personal_interest", "7", "2025-05-05", "c1", "none", "", PAPER)
    receipt = desk.add_fact(caller(), draft)
    card = desk.finding(caller(), finding)
    assert card.row.modifiers == ()
    assert card.notice == "Уведомление подано в срок."
    held = desk.fact(caller(), receipt.id)
    assert (held.entered_by, held.draft.document) == ("garipova", PAPER)
    desk.withdraw_fact(caller(), receipt.id, "ошибочный номер")
    assert desk.finding(caller(), finding).row.modifiers == ("R-23",)
    assert desk.fact(caller(), receipt.id).withdrawn
    with pytest.raises(StateError):
        desk.withdraw_fact(caller(), receipt.id, "ещё раз")


def test_a_relative_by_hand_raises_a_finding_and_correcting_him_closes_it(desk: Port, world: World) -> None:
    world.ingest("shop", [
        {"id": "c9", "schema": "Contract", "properties": {"authority": ["hr:school"], "title": ["Окна"], "amount": ["100000"],
         "contractDate": ["2025-06-02"], "law": ["44-fz"], "singleSupplierItem": ["4"]}},
        {"id": "a9", "schema": "ContractAward", "properties": {"contract": ["c9"], "supplier": ["f9"]}},
        {"id": "r9", "schema": "Participation", "properties": {"participant": ["hr:khairullin"], "event": ["c9"], "role": ["signs"]}},
    ], "procurement")  # fmt: skip
    world.ingest("egrul", [
        {"id": "f9", "schema": "Company", "properties": {"name": ["ООО «Окна Тест»"]}},
        {"id": "p9", "schema": "Person", "properties": {"name": ["Орлов Олег Олегович"], "birthDate": ["1990-01-02"], "gender": ["male"]}},
        {"id": "o9", "schema": "Ownership", "properties": {"owner": ["p9"], "asset": ["f9"], "percentage": ["100"],
         "startDate": ["2020-01-01"]}},
    ], "egrul")  # fmt: skip
    world.check()
    draft = kin(world, "зять", "Орлов Олег Олегович", path="CS", relative_birth="1990-01-02", start="2019-08-01")
    receipt = desk.add_fact(caller(), draft)
    assert (len(receipt.opened), receipt.closed) == (1, ())
    card = desk.finding(caller(), receipt.opened[0])
    assert card.chain.nodes[1].note.startswith("зять")
    assert card.chain.hops[0].facts[0].sources[0].label == "анкета, лист 3, внесено вручную"
    page = desk.entity(caller(full=True), "khairullin")
    by_hand = [row for section in page.sections if section.kind == "kin" for row in section.rows if row.by_hand]
    assert [row.id for row in by_hand] == [receipt.id]
    # It was the sister's husband after all: 273-ФЗ does not count him.
    world.clock.instant += timedelta(minutes=1)
    fixed = kin(world, "зять", "Орлов Олег Олегович", path="BS", relative_birth="1990-01-02", start="2019-08-01")
    after = desk.correct_fact(caller(), receipt.id, fixed, "описка")
    assert (after.opened, after.closed) == ((), ())
    row = desk.finding(caller(), receipt.opened[0]).row
    assert (row.severity, row.modifiers) == ("LOW", ("reverse",))
    (version,) = desk.fact(caller(), receipt.id).versions
    assert version[1:] == ("garipova", "описка")
    world.clock.instant += timedelta(minutes=1)
    assert desk.withdraw_fact(caller(), receipt.id, "другой человек").closed == receipt.opened
    assert desk.finding(caller(), receipt.opened[0]).row.status == "CLOSED"
    lines = world.graph.read("MATCH (a:AuditLine) RETURN a.action AS action, a.before AS before, a.after AS after ORDER BY a.n")
    changes = [line for line in lines if line["action"] in ("fact.add", "fact.correct", "fact.withdraw")]
    assert [line["action"] for line in changes] == ["fact.add", "fact.correct", "fact.withdraw"]
    assert json.loads(changes[1]["before"])["path"] == "CS"
    assert json.loads(changes[1]["after"])["path"] == "BS"
    assert "Орлов" not in changes[0]["after"]
    record = desk.record(caller(), f"hand:{receipt.id}")
    assert (record.source, record.state, len(record.versions)) == ("hand", "withdrawn", 2)


def test_a_post_by_hand_and_what_cannot_be(desk: Port, world: World) -> None:
    person = world.canonical("khairullin")
    post = PostDraft(person, "school", "Заместитель директора", "deputy_head", "employee", "combined", "2025-09-01", "", PAPER)
    receipt = desk.add_fact(caller(viewer("hr", units=[world.canonical("school")])), post)
    assert (receipt.opened, receipt.closed) == ((), ())
    page = desk.entity(caller(), "khairullin")
    posts = next(section for section in page.sections if section.kind == "posts")
    assert "Заместитель директора" in [row.words for row in posts.rows]
    with pytest.raises(InputError):
        desk.add_fact(caller(), kin(world, "брат", "Орлов Иван", relative_inn="001234567800"))
    with pytest.raises(NoRight):
        desk.add_fact(caller(viewer("member")), post)
    with pytest.raises(NotFound):
        desk.add_fact(caller(viewer(units=["x"])), post)
    with pytest.raises(NotFound):
        desk.fact(caller(), "hand-nothing")
