"""The finding's card: everything on one page, and the steps that people take on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.access.audit_chain import Entry
from app.access.self_interest import refuse_own
from app.desk.chain import Told, arithmetic, chain_of, event_of, tell
from app.desk.eyes import Eyes
from app.desk.identity import identities
from app.desk.reasons import excluded_of, tests_of
from app.desk.rows import FIELDS, Held, held, people_named, read_of, row_of, rows_of, sentence_of
from app.web.values import DecisionDraft, FindingCard, HistoryLine, LawRef, Move, Undo
from cases.decide import UNDO_FOR, Wish, history, take_back, take_step
from cases.lifecycle import signal_lifecycle
from domain.errors import ConcurrentChange, NotFound, StateError
from graph.client import Transaction
from queries.views.findings import versions
from visualizations.chain import Chain, ChainNode, Family, SourceLink

NOTED = frozenset({"NO_CONFLICT"})
"""Steps for which a line of explanation is asked."""
_ONE = f"MATCH (x:Finding {{id: $id}}) RETURN {FIELDS}"
_AMOUNTS = "UNWIND $ids AS id MATCH (e:Event {id: id}) RETURN e.amount AS amount"
_CHECKED = "MATCH (c:Check {id: 'last'}) RETURN c.at AS at"


def read_one(eyes: Eyes, finding: str) -> Held:
    """The finding, if it is of the caller's units; NotFound otherwise, whatever the cause."""
    eyes.need("findings.read")
    rows = eyes.graph.read(_ONE, id=finding)
    hidden = NotFound("Такого сигнала нет или он вне ваших прав.", "There is no such finding, or it is outside your rights.")
    if not rows or rows[0]["trial"]:
        raise hidden
    one = held(rows[0])
    if eyes.units is not None and not set(eyes.units) & set(one.row["units"] or ()):
        raise hidden
    return one


def card(eyes: Eyes, finding: str) -> FindingCard:
    """The whole card; of a finding on the caller himself only that it is one (R-28)."""
    one = read_one(eyes, finding)
    if eyes.own(one.body, one.people):
        eyes.saw(one.id, action="finding.read", result="refused:self_interest")
        return _not_mine(eyes, one)
    told = tell(eyes, one)
    eyes.saw(one.id, action="finding.read", result="shown" if eyes.open else "shown:masked")
    eyes.saw(*told.people(), result="shown" if eyes.open else "shown:masked")
    body, row = one.body, one.row
    pairs = identities(eyes, told)
    prior = [held for held in read_of(eyes, "pair", row["official"], row["counterparty"]) if held.id != one.id]
    steps = history(eyes.graph, one.id)
    return FindingCard(
        row=rows_of(eyes, [one])[0],
        sentence=sentence_of(eyes, body),
        outcome=body["outcome"],
        rule_version=body["rule_version"],
        rule_title=_title(eyes, row["rule"]),
        missing=tuple(body["missing"]),
        chain=chain_of(eyes, told),
        event_date=_event_date(told),
        law=tuple(_law(eyes, norm) for norm in body["law"]),
        tests=tests_of(eyes, told, pairs),
        excluded=excluded_of(eyes, told, pairs),
        identities=pairs,
        ownership=arithmetic(eyes, told),
        share=eyes.say.fill("share", share=eyes.say.percent(body["share"])) if body["share"] is not None else None,
        notice=_notice(eyes, told),
        settles=_settles(eyes, told),
        settled_by=_settled_by(told),
        prior=rows_of(eyes, prior),
        prior_amount=_amount(eyes, prior),
        moves=moves(eyes, row["status"]),
        history=_history(eyes, one, steps),
        undo=_undo(eyes, row["status"], steps),
        evidence_sha256=body["evidence_sha256"],
        checked_at=_checked(eyes),
    )


def moves(eyes: Eyes, status: str) -> tuple[Move, ...]:
    """Steps open to the caller from a state; none without the right to decide."""
    if not eyes.viewer.can("findings.decide"):
        return ()
    way = signal_lifecycle()
    return tuple(Move(step.new, tuple(way.reasons) if step.needs_reason else (), step.new in NOTED) for step in way.from_state(status))


def decide(eyes: Eyes, finding: str, draft: DecisionDraft) -> str:
    """Take a step, with its audit line in one transaction; the decision's id."""
    eyes.need("findings.decide")
    one = read_one(eyes, finding)
    refuse_own(eyes.circle, one.body, one.people)
    if draft.seen_status and draft.seen_status != one.row["status"]:
        raise ConcurrentChange(
            "Сигнал тем временем изменился: прочтите его снова.",
            "The finding has changed meanwhile: read it again.",
            hint="Обновите страницу.",
        )
    wish = Wish(draft.to, eyes.viewer.name, draft.reason, draft.note, draft.evidence_sha256 or None)
    at = eyes.office.clock.now()
    before = {"status": one.row["status"], "assignee": one.row["assignee"]}
    after = {"status": draft.to, "reason": draft.reason, "evidence_sha256": draft.evidence_sha256}
    entry = Entry(eyes.viewer.actor, "finding.decide", finding, str(eyes.caller.purpose or ""), before=before, after=after)

    def work(tx: Transaction) -> tuple[None, Sequence[Entry]]:
        take_step(tx, at, finding, wish)
        return None, [entry]

    eyes.office.log.change(work)
    return str(_live(history(eyes.graph, finding))[-1]["id"])


def undo(eyes: Eyes, finding: str, decision: str) -> None:
    """Take one's own last step back within ten seconds."""
    eyes.need("findings.decide")
    one = read_one(eyes, finding)
    refuse_own(eyes.circle, one.body, one.people)
    last = _live(history(eyes.graph, finding))
    if not last or last[-1]["id"] != decision:
        raise StateError("Это решение уже не последнее.", "This decision is no longer the last one.")
    at = eyes.office.clock.now()
    before, after = {"status": last[-1]["new"]}, {"status": last[-1]["old"]}
    entry = Entry(eyes.viewer.actor, "finding.undo", finding, str(eyes.caller.purpose or ""), before=before, after=after)

    def work(tx: Transaction) -> tuple[None, Sequence[Entry]]:
        take_back(tx, at, finding, eyes.viewer.name)
        return None, [entry]

    eyes.office.log.change(work)


def _not_mine(eyes: Eyes, one: Held) -> FindingCard:
    """That there is a finding, and that somebody else decides: nothing else."""
    row = row_of(eyes, one)
    chain = Chain((ChainNode("", row.text, Family.CASE),), (), None)
    return FindingCard(
        row=row, sentence=row.text, outcome="fired", rule_version="", rule_title="", missing=(), chain=chain, event_date="", law=(),
        tests=(), excluded=(), identities=(), ownership=(), share=None, notice=None, settles="", settled_by=None, prior=(),
        prior_amount=None, moves=(), history=(), undo=None, evidence_sha256="", checked_at=None, not_mine=True,
    )  # fmt: skip


def _title(eyes: Eyes, rule: str) -> str:
    known = eyes.office.catalog.rules.get(rule)
    if known is None:
        return rule
    return known.title_en if eyes.caller.language == "en" else known.title_ru


def _law(eyes: Eyes, norm: Mapping[str, Any]) -> LawRef:
    since = date.fromisoformat(norm["since"]) if norm.get("since") else None
    return LawRef(norm["act"], norm["article"], since, eyes.say.law_text(norm["act"], norm["article"]))


def _event_date(told: Told) -> str:
    event = event_of(told)
    if event is None:
        return str(told.body["event"].get("date") or "")
    day = event.last
    return f"{day // 10000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"


def _notice(eyes: Eyes, told: Told) -> str | None:
    if told.body["outcome"] != "fired" or told.anchor == "subordinate":
        return None
    if told.body["settled_by"]:
        return str(eyes.say.get("notice_settled"))
    return str(eyes.say.get("notice_none" if "R-23" in told.body["modifiers"] else "notice_given"))


def _settles(eyes: Eyes, told: Told) -> str:
    if told.body["outcome"] != "fired":
        return eyes.say.fill("settles.data", missing=eyes.say.w.missing(told.body["missing"]))
    if told.body["settled_by"]:
        return ""
    event = event_of(told)
    day = eyes.say.w.day(event.first) if event is not None else ""
    if told.anchor == "event" and not day:
        return ""
    return str(eyes.say.get("settles", told.anchor)).format(day=day)


def _settled_by(told: Told) -> SourceLink | None:
    feed_id = told.body["settled_by"]
    if not feed_id:
        return None
    rows = told.labels.eyes.graph.read("MATCH (r:Record {id: $id}) WHERE r.schema = 'Notification' RETURN r.key AS key", id=feed_id)
    return told.labels.link(rows[0]["key"]) if rows else SourceLink(feed_id)


def _amount(eyes: Eyes, prior: Sequence[Held]) -> float | None:
    ids = sorted({one.row["event"] for one in prior})
    amounts = [float(row["amount"]) for row in eyes.graph.read(_AMOUNTS, ids=ids) if row["amount"]] if ids else []
    return sum(amounts) if amounts else None


def _live(steps: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [step for step in steps if not step.get("undone_at")]


def _history(eyes: Eyes, one: Held, steps: Sequence[Mapping[str, Any]]) -> tuple[HistoryLine, ...]:
    """From the first to the last: raised, decided, taken back, computed anew. Notes may name people, so they follow the mask."""
    names = people_named(one.body)
    lines: list[HistoryLine] = []
    decided = {step["at"] for step in steps} | {step["undone_at"] for step in steps if step.get("undone_at")}
    before = versions(eyes.graph, one.id)
    stamps = [at for at, _, _ in before] + [one.row["recorded_at"]]
    lines.append(HistoryLine(datetime.fromisoformat(stamps[0]), "found", ""))
    lines.extend(HistoryLine(datetime.fromisoformat(at), "rechecked", "") for at in stamps[1:] if at not in decided)
    for step in steps:
        note = eyes.text(step.get("note") or "", names)
        reason = step.get("reason") or None
        lines.append(HistoryLine(datetime.fromisoformat(step["at"]), "decided", step["by"], step["old"], step["new"], reason, note))
        if step.get("undone_at"):
            lines.append(HistoryLine(datetime.fromisoformat(step["undone_at"]), "undone", step["by"], step["new"], step["old"]))
    return tuple(sorted(lines, key=lambda line: line.at))


def _undo(eyes: Eyes, status: str, steps: Sequence[Mapping[str, Any]]) -> Undo | None:
    live = _live(steps)
    if not live or live[-1]["by"] != eyes.viewer.name or live[-1]["new"] != status:
        return None
    until = datetime.fromisoformat(live[-1]["at"]) + UNDO_FOR
    return Undo(live[-1]["id"], live[-1]["new"], until) if until > eyes.office.clock.now() else None


def _checked(eyes: Eyes) -> datetime | None:
    rows = eyes.graph.read(_CHECKED)
    return datetime.fromisoformat(rows[0]["at"]) if rows else None
