"""What changes a finding's weight or closes it: notices of personal interest (R-23), recusal (SETTLED), probable identity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.dates import FOREVER, Day
from queries.catalog import SEVERITIES, Rule
from queries.rules.evaluate import ALL_TIME, Evaluation, Hop, span_of
from queries.rules.things import Notice

NOTICE_RULES = frozenset(f"R-{number:02d}" for number in range(1, 20))
"""R-23 asks for a notice where one of these fired (domain.md 2.1)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Severity and modifiers after all of them, and the notice that settles it."""

    severity: str
    modifiers: tuple[str, ...]
    settled_by: str | None


def settle(
    rule: Rule, evaluation: Evaluation, notices: Iterable[Notice], subjects: frozenset[str], grade: str | None, powers: Iterable[Hop]
) -> Outcome:
    """Apply the modifiers in the order of domain.md 2.0: probable identity −1, then R-23 +1.

    `subjects` are the record keys of the event, its linked tender or contract, the party and the relatives of the chain.
    R-23 never lifts above HIGH unless the rule is BLOCK by itself, never an INFO row, and not a tie outside the law's list
    (no duty to give notice of it).
    """
    severity = evaluation.severity
    modifiers = list(evaluation.modifiers)
    about = [notice for notice in notices if notice.about & subjects]
    if evaluation.outcome == "fired":
        if grade == "probable" and severity != "INFO":
            severity = _shift(severity, -1, SEVERITIES[-1])
            modifiers.append("probable_identity")
        told = any(notice.date_hi <= _told_by(evaluation) for notice in about)
        if rule.id in NOTICE_RULES and not told and severity != "INFO" and not evaluation.modifiers:
            cap = "BLOCK" if rule.severity == "BLOCK" else "HIGH"
            severity = _shift(severity, 1, cap)
            modifiers.append("R-23")
    settled = next((notice.feed_id for notice in sorted(about, key=lambda n: n.id) if _settles(notice, evaluation, powers)), None)
    return Outcome(severity, tuple(modifiers), settled if evaluation.outcome == "fired" else None)


def _told_by(evaluation: Evaluation) -> Day:
    """The last day on which a notice is in time.

    The event's day; the decision's day where a tie on any day before it counts; the first day on which the whole pattern
    holds where the event is a post or share.
    """
    window = evaluation.window
    if window.missing is not None:
        return 0
    if window is ALL_TIME:
        return evaluation.holds_from_to()[0]
    return window.last if window.any_day else window.first


def _settles(notice: Notice, evaluation: Evaluation, powers: Iterable[Hop]) -> bool:
    if notice.measure in (None, "none"):
        return False
    window = evaluation.window
    decision = window.last
    if notice.measure_hi > decision or notice.measure_hi == FOREVER:
        return False
    ends = [span_of(hop).end_hi for hop in powers]
    return bool(ends) and all(end <= decision and end != FOREVER for end in ends)


def _shift(severity: str, by: int, cap: str) -> str:
    place = SEVERITIES.index(severity)
    if by > 0 and place >= SEVERITIES.index(cap):
        return severity
    return SEVERITIES[max(1, min(place + by, SEVERITIES.index(cap)))]
