"""One candidate row against a rule: the tests in their order, three-valued, with the reason and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from domain.dates import FOREVER, NEVER, Day, day_of
from domain.logic import Tri, all_of
from domain.spans import Span, intersect
from queries.catalog import SEVERITIES, Rule

Hop = Mapping[str, Any]

START_FIELD = {
    "EMPLOYED_BY": "Employment",
    "SUBORDINATE_TO": "Subordination",
    "MEMBER_OF": "Membership",
    "PARTICIPATES": "Participation",
    "OWNS": "Ownership",
    "DIRECTS": "Directorship",
    "REPRESENTS": "Representation",
    "SPOUSE_OF": "Family",
    "DECLARED_KIN": "Family",
    "PARENT_OF": "Family",
    "SIBLING_OF": "Family",
    "ASSOCIATED_WITH": "Associate",
    "KIN": "Family",
    "STAKE": "Ownership",
    "CO_OWNS": "Ownership",
    "OWES": "Debt",
    "LETS_TO": "Lease",
    "PAID": "Payment",
    "DECLARES": "IncomeDeclaration",
    "GUARDIAN_OF": "Family",
}
TESTS = ("scope", "role", "identity", "kin", "kin_date", "tie", "share", "exclusion")


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which an event counts (contract 1, «Time»)."""

    first: Day
    last: Day
    any_day: bool
    missing: str | None = None

    def allows(self, spans: Iterable[Span]) -> Tri:
        """Whether all spans hold together: on the event's day, or on any day of its window."""
        together = intersect(spans)
        if self.missing is not None:
            return None
        return together.meets(self.first, self.last) if self.any_day else together.holds(self.first, self.last)


ALL_TIME = Window(NEVER, FOREVER - 1, any_day=True)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of a rule's pattern."""

    official: str
    relative: str
    counterparty: str
    event: str
    role: tuple[Hop, ...]
    kin: Hop | None
    tie: tuple[Hop, ...]
    party: tuple[Hop, ...]
    scope: tuple[Mapping[str, Any], ...]
    excluded: Tri
    deaths: tuple[Day, Day] = (FOREVER, FOREVER)
    kind: str | None = None
    severity: str | None = None
    """What the pattern itself says, where it depends on more than the tie."""
    events: tuple[str, ...] = ()
    """Further events that one finding is about (R-24)."""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes it the same finding at the next check."""
        return (self.official, self.counterparty, self.event)


@dataclass(frozen=True, slots=True)
class Test:
    """The result of one test."""

    name: str
    outcome: Tri
    reason: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole answer for one candidate."""

    candidate: Candidate
    tests: tuple[Test, ...]
    severity: str
    modifiers: tuple[str, ...]
    share: float | None
    window: Window

    @property
    def outcome(self) -> str:
        """fired, not_computable or not_fired."""
        together = all_of(test.outcome for test in self.tests)
        return {True: "fired", None: "not_computable", False: "not_fired"}[together]

    @property
    def reason(self) -> str:
        """The reason code of the first test that failed; empty where none did."""
        return next((test.reason for test in self.tests if test.outcome is False), "")

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields whose absence makes it not computable."""
        return tuple(dict.fromkeys(name for test in self.tests if test.outcome is None for name in test.missing))

    @property
    def reached(self) -> int:
        """How many tests passed before one failed: the better explained candidate reaches further."""
        return next((n for n, test in enumerate(self.tests) if test.outcome is False), len(self.tests))

    def rank(self) -> tuple[Any, ...]:
        """Sorts the strongest evaluation of one finding first."""
        order = {"fired": 0, "not_computable": 1, "not_fired": 2}[self.outcome]
        path = (self.candidate.kin or {}).get("path") or ""
        tie = self.candidate.tie[0]["type"] if self.candidate.tie else ""
        ties = {"STAKE": 0, "OWNS": 0, "DIRECTS": 1}.get(tie, 2)
        return (
            order,
            -SEVERITIES.index(self.severity),
            -self.reached,
            len(path),
            ties,
            -(self.share or 0),
            self.candidate.relative,
            tuple(_trace(hop) for hop in hops_of(self.candidate)),
        )

    def holds_from_to(self) -> tuple[Day, Day]:
        """[first day on which the whole pattern holds, day on which a link of it ends)."""
        together = intersect(span_of(hop) for hop in hops_of(self.candidate))
        return max(together.start_hi if together.start_hi != FOREVER else together.start_lo, self.window.first), together.end_lo


def span_of(hop: Hop) -> Span:
    """When the hop counts: the four numbers of `window` where the pattern sets them (R-15: two years after a job), else its valid time.

    A relationship without the four numbers holds throughout.
    """
    window = hop.get("window")
    if window:
        return Span(*window)
    return valid_of(hop)


def valid_of(hop: Hop) -> Span:
    """The valid time of the fact itself, whatever the pattern asks of it."""
    return Span(hop.get("start_lo", NEVER), hop.get("start_hi", NEVER), hop.get("end_lo", FOREVER), hop.get("end_hi", FOREVER))


def _trace(hop: Hop) -> tuple[str, ...]:
    """Orders hops that weigh the same by what they are, never by the order in which the database gave them."""
    spans = span_of(hop)
    days = (spans.start_lo, spans.start_hi, spans.end_lo, spans.end_hi)
    named = (str(hop.get(name) or "") for name in ("type", "from", "to", "path", "record", "role", "test"))
    return (*named, *map(str, hop.get("via") or ()), *map(str, days))


def hops_of(candidate: Candidate) -> tuple[Hop, ...]:
    """All hops of the chain from the official to the event."""
    kin = (candidate.kin,) if candidate.kin is not None else ()
    return (*candidate.role, *kin, *candidate.tie, *candidate.party)


def evaluate(rule: Rule, candidate: Candidate, window: Window) -> Evaluation:
    """Run the tests in the order of domain.md 2.0: scope, role, identity, kin, its date, tie, share, exclusion."""
    kin_listed, modifiers = _kin_listed(rule, candidate, window)
    share, share_test = _share(rule, candidate, window)
    before_tie = [*map(span_of, candidate.role), *_kin_spans(candidate), *_lives(candidate)]
    tests: tuple[Test, ...] = (
        _scope(rule, candidate, window),
        _dated("role", window, map(span_of, candidate.role), candidate.role, "role_ended"),
        _identity(candidate),
        kin_listed,
        _dated("kin_date", window, before_tie[: len(candidate.role) + len(_kin_spans(candidate))], _kin_hops(candidate), "not_kin_at_date"),
        _tie(rule, candidate, window, before_tie),
        share_test,
        Test(
            "exclusion",
            None if candidate.excluded is None else not candidate.excluded,
            "consent_given" if rule.kin == "self" else "natural_monopoly",
        ),
    )
    tests = tuple(_with_rows(test, candidate) for test in tests)
    return Evaluation(candidate, tests, _severity(rule, candidate, modifiers), modifiers, share, window)


def _with_rows(test: Test, candidate: Candidate) -> Test:
    """The test with what the pattern itself found for it: rows of `scope` that name another test and the reason they give."""
    rows = [row for row in candidate.scope if row.get("test") == test.name]
    if not rows:
        return test
    outcome = all_of((test.outcome, *(row["holds"] for row in rows)))
    reason = test.reason if test.outcome is False else next((str(row["reason"]) for row in rows if row["holds"] is False), test.reason)
    missing = [*(test.missing if test.outcome is None else ()), *(row["missing"] for row in rows if row["holds"] is None)]
    return Test(test.name, outcome, reason, tuple(dict.fromkeys(missing)))


def _scope(rule: Rule, candidate: Candidate, window: Window) -> Test:
    rows = [row for row in candidate.scope if row.get("test", "scope") == "scope"]
    outcomes: list[Tri] = [row["holds"] for row in rows]
    missing = [row["missing"] for row in rows if row["holds"] is None]
    since = rule.parameters.get("since")
    if isinstance(since, date):
        known = window.missing is None
        outcomes.append(window.last >= day_of(since) if known else None)
        if not known and window.missing:
            missing.append(window.missing)
    return Test("scope", all_of(outcomes), "not_official" if rule.official == "servant" else "not_in_scope", tuple(missing))


def _identity(candidate: Candidate) -> Test:
    weak = any(hop.get("grade") == "weak" for hop in _kin_hops(candidate))
    return Test("identity", None if weak else True, "namesake", ("identity",) if weak else ())


def _kin_hops(candidate: Candidate) -> tuple[Hop, ...]:
    return (candidate.kin,) if candidate.kin is not None else ()


def _kin_spans(candidate: Candidate) -> list[Span]:
    return [span_of(hop) for hop in _kin_hops(candidate)]


def _lives(candidate: Candidate) -> list[Span]:
    """The dead hold nothing any more (N3 of domain.md 2.2)."""
    lo, hi = candidate.deaths
    return [Span(NEVER, NEVER, lo, hi)]


def _kin_listed(rule: Rule, candidate: Candidate, window: Window) -> tuple[Test, tuple[str, ...]]:
    kin = candidate.kin
    if kin is None:
        return Test("kin", outcome=True), ()
    if kin["type"] == "SELF":
        since = rule.parameters.get("self_since")
        if isinstance(since, date) and window.missing is None and window.last < day_of(since):
            return Test("kin", outcome=False, reason="not_listed_kin"), ()
        return Test("kin", outcome=True), ()
    missing = ("Family.relationship",) if kin.get("ambiguous") else ()
    sure: Tri = None if kin.get("ambiguous") else True
    if rule.kin == "any" or rule.kin in kin["lists"] or (rule.kin_both_ways and kin.get("reverse")):
        return Test("kin", sure, "not_listed_kin", missing), ()
    if "loose_severity" in rule.parameters:
        if kin.get("reverse"):
            return Test("kin", sure, "not_listed_kin", missing), ("reverse",)
        if kin.get("declared"):
            return Test("kin", sure, "not_listed_kin", missing), ("declared",)
    return Test("kin", outcome=False, reason="not_listed_kin"), ()


def _tie(rule: Rule, candidate: Candidate, window: Window, before: list[Span]) -> Test:
    first: Hop = candidate.tie[0] if candidate.tie else {"type": ""}
    if first["type"] in ("STAKE", "OWNS"):
        return Test("tie", outcome=True)
    dated = _dated("tie", window, [*before, *map(span_of, candidate.tie)], candidate.tie, str(first.get("reason") or "role_ended"))
    allowed = rule.parameters.get("direct_roles")
    if first["type"] == "DIRECTS" and allowed is not None and first.get("role") not in allowed and dated.outcome is not False:
        return Test("tie", None, "", ("Directorship.role",))
    return dated


def _share(rule: Rule, candidate: Candidate, window: Window) -> tuple[float | None, Test]:
    first: Hop = candidate.tie[0] if candidate.tie else {"type": ""}
    if first["type"] not in ("STAKE", "OWNS"):
        return None, Test("share", outcome=True)
    spans = [*map(span_of, candidate.role), *_kin_spans(candidate), *_lives(candidate), *map(span_of, candidate.tie)]
    dated = _dated("share", window, spans, candidate.tie, _ended_first(candidate, "share_below_threshold"))
    low, high = _bounds(first)
    enough = _any_share(first) if "share_min" not in rule.parameters else _enough(rule, low, high, controls=bool(first.get("controls")))
    missing = dated.missing if dated.outcome is None else ()
    if enough is None:
        missing = (*missing, *first.get("missing", ()), *(() if first.get("missing") else ("Ownership.percentage",)))
    shown = low if low > 0 else high if low == high else None
    reason = dated.reason if dated.outcome is False else "share_below_threshold"
    return shown, Test("share", all_of((dated.outcome, enough)), reason, tuple(dict.fromkeys(missing)))


def _any_share(hop: Hop) -> Tri:
    """Some share, however small; that its size is unknown does not matter, that its time is unknown does."""
    if hop["type"] == "OWNS" or hop["share_lo"] > 0:
        return True
    return True if set(hop.get("missing") or ()) == {"Ownership.percentage"} else None


def _ended_first(candidate: Candidate, otherwise: str) -> str:
    """Where the event is the tie itself: the power had ended before the tie began."""
    role, tie = intersect(map(span_of, candidate.role)), intersect(map(span_of, candidate.tie))
    return "role_ended" if role.end_hi <= tie.start_lo else otherwise


def _bounds(hop: Hop) -> tuple[float, float]:
    if hop["type"] == "OWNS":
        text = hop.get("share")
        share = float(Fraction(text)) if text is not None else None
        return (share, share) if share is not None else (0.0, 1.0)
    return hop["share_lo"], hop["share_hi"]


def _enough(rule: Rule, low: float, high: float, *, controls: bool = False) -> Tri:
    least = rule.parameters["share_min"]
    if controls and rule.parameters.get("control_counts"):
        return True
    if rule.parameters.get("share_strict"):
        return True if low > least else False if high <= least else None
    return True if low >= least else False if high < least else None


def _dated(name: str, window: Window, spans: Iterable[Span], blamed: tuple[Hop, ...], reason: str) -> Test:
    outcome = window.allows(spans)
    if outcome is not None:
        return Test(name, outcome, reason)
    if window.missing is not None:
        return Test(name, None, reason, (window.missing,))
    return Test(name, None, reason, tuple(_unknown_fields(window, blamed)))


def _unknown_fields(window: Window, hops: tuple[Hop, ...]) -> Iterable[str]:
    """The fields of those hops that are unknown on the event's days."""
    for hop in hops:
        span = span_of(hop)
        if window.allows([span]) is not None:
            continue
        named = hop.get("missing") or ()
        if named:
            yield from named
        else:
            schema = START_FIELD.get(hop["type"], hop["type"])
            yield f"{schema}.{'startDate' if span.start_lo != span.start_hi else 'endDate'}"


def _severity(rule: Rule, candidate: Candidate, modifiers: tuple[str, ...]) -> str:
    parameters = rule.parameters
    if modifiers:
        return str(parameters["loose_severity"])
    if candidate.severity is not None:
        return candidate.severity
    first = candidate.tie[0] if candidate.tie else {}
    if first.get("type") == "EMPLOYED_BY" and "employee_severity" in parameters:
        return str(parameters["employee_severity"])
    if first.get("type") == "SUBORDINATE_TO" and len(candidate.tie) > 1 and "indirect_severity" in parameters:
        return str(parameters["indirect_severity"])
    if rule.kin == "self" and first.get("type") == "OWNS" and not first.get("sole_trader"):
        return str(parameters["share_severity"])
    by_kind: Mapping[str, str] = parameters.get("severity_by_kind", {})
    return by_kind.get(candidate.kind or "", rule.severity)
