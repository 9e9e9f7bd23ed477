"""What one relation record of the feed says as dated edges of the graph; no graph access."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.dates import FOREVER, NEVER, next_day
from domain.spans import ALWAYS, Span, span
from ingest.duties import duties_of
from ingest.said import Said
from ingest.stage import parse_share


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated edge between the things that two records stand for."""

    type: str
    start_key: str
    end_key: str
    valid: Span
    properties: Mapping[str, Any] = field(default_factory=dict)


_DATED = ("startDate", "endDate")
_THROUGHOUT = ("Participation", "Subordination")
# Relationship words that are edges of the family graph themselves; every other word is a declared tie.
_PARENT = {"parent", "отец", "мать", "родитель", "adoptive_parent", "усыновитель", "удочеритель"}
_CHILD = {"child", "сын", "дочь", "ребёнок", "ребенок", "adopted_child", "усыновлённый", "усыновленный", "усыновлённая", "удочерённая"}
_ADOPTIVE = {
    "adoptive_parent",
    "adopted_child",
    "усыновитель",
    "удочеритель",
    "усыновлённый",
    "усыновленный",
    "усыновлённая",
    "удочерённая",
}
_SPOUSE = {"spouse", "муж", "жена", "супруг", "супруга"}
_SIBLING = {"sibling", "брат", "сестра"}
_GUARDIAN = {"guardian", "опекун", "попечитель"}
_WARD = {"ward", "подопечный", "подопечная"}


def facts_of(said: Said) -> list[Fact]:
    """The edges that the record says; empty for one that stands for a thing and names no other."""
    maker = _MAKERS.get(said.schema)
    return maker(said) if maker else _generic(said)


def _valid(said: Said) -> Span:
    start, end = said.date("startDate"), said.date("endDate")
    if start is None and said.schema in _THROUGHOUT:
        end_lo, end_hi = (end.first, end.last) if end else (FOREVER, FOREVER)
        return Span(NEVER, NEVER, end_lo, end_hi)
    return span(start, end)


def _pairs(said: Said, type_: str, start: str, end: str, /, **properties: Any) -> list[Fact]:
    valid = _valid(said)
    return [Fact(type_, a, b, valid, properties) for a in said.refs.get(start, ()) for b in said.refs.get(end, ()) if a != b]


def _employment(said: Said) -> list[Fact]:
    return _pairs(
        said,
        "EMPLOYED_BY",
        "employee",
        "employer",
        role=said.first("role"),
        service=said.first("service"),
        kind=said.first("kind") or "main",
        post=said.first("post"),
        department=said.first("department"),
        **duties_of(said),
    )


def _subordination(said: Said) -> list[Fact]:
    return _pairs(said, "SUBORDINATE_TO", "subordinate", "superior", kind=said.first("kind") or "reports_to")


def _family(said: Said) -> list[Fact]:
    word = (said.first("relationship") or "").strip().lower()
    dated = any(said.first(name) for name in _DATED)
    if word in _PARENT:
        return _pairs(said, "PARENT_OF", "relative", "person", adoptive=word in _ADOPTIVE, dated=dated, word=word)
    if word in _CHILD:
        return _pairs(said, "PARENT_OF", "person", "relative", adoptive=word in _ADOPTIVE, dated=dated, word=word)
    if word in _SPOUSE:
        return _pairs(said, "SPOUSE_OF", "person", "relative", word=word)
    if word in _SIBLING:
        return _pairs(said, "SIBLING_OF", "person", "relative", dated=dated, word=word)
    if word in _GUARDIAN:
        return _pairs(said, "GUARDIAN_OF", "relative", "person", word=word)
    if word in _WARD:
        return _pairs(said, "GUARDIAN_OF", "person", "relative", word=word)
    return _pairs(said, "DECLARED_KIN", "person", "relative", word=word)


def _associate(said: Said) -> list[Fact]:
    return _pairs(said, "ASSOCIATED_WITH", "person", "associate", relationship=said.first("relationship") or "other")


def _ownership(said: Said) -> list[Fact]:
    text = said.first("percentage")
    share = parse_share(text) if text else None
    return _pairs(said, "OWNS", "owner", "asset", share=str(share) if share is not None else None, basis=said.first("basis"))


def _directorship(said: Said) -> list[Fact]:
    return _pairs(said, "DIRECTS", "director", "organization", role=said.first("role") or "sole_executive", basis=said.first("basis"))


def _membership(said: Said) -> list[Fact]:
    return _pairs(said, "MEMBER_OF", "member", "organization", role=said.first("role") or "member", basis=said.first("basis"))


def _representation(said: Said) -> list[Fact]:
    return _pairs(said, "REPRESENTS", "agent", "client", role=said.first("role"))


def _award(said: Said) -> list[Fact]:
    amount = said.first("amount")
    made = [
        Fact(
            "SUPPLIES",
            supplier,
            event,
            ALWAYS,
            {"role": said.first("role") or "supplier", "status": said.first("status"), "amount": float(amount) if amount else None},
        )
        for supplier in said.refs.get("supplier", ())
        for event in said.refs.get("contract", ()) or said.refs.get("callForTenders", ())
    ]
    links = [
        Fact("UNDER_TENDER", contract, tender, ALWAYS, {})
        for contract in said.refs.get("contract", ())
        for tender in said.refs.get("callForTenders", ())
    ]
    return made + links


def _participation(said: Said) -> list[Fact]:
    return _pairs(said, "PARTICIPATES", "participant", "event", role=said.first("role"))


def _debt(said: Said) -> list[Fact]:
    return _pairs(said, "OWES", "debtor", "creditor", amount=_amount(said))


def _lease(said: Said) -> list[Fact]:
    return _pairs(said, "LETS_TO", "lessor", "lessee", amount=_amount(said))


def _payment(said: Said) -> list[Fact]:
    """A payment counts on its day."""
    date = said.date("date") or said.date("startDate")
    valid = Span(date.first, date.last, next_day(date.first), next_day(date.last)) if date else Span(NEVER, FOREVER, FOREVER, FOREVER)
    properties = {"amount": _amount(said), "kind": said.first("kind"), "purpose": said.first("purpose")}
    return [
        Fact("PAID", payer, to, valid, properties)
        for payer in said.refs.get("payer", ())
        for to in said.refs.get("beneficiary", ())
        if payer != to
    ]


def _commission_decision(said: Said) -> list[Fact]:
    """What a commission decided about a person's work at an organization."""
    return [
        Fact("HAS_DECISION", person, firm, ALWAYS, {name: said.first(name) for name in ("category", "decision")} | _day(said, "date"))
        for person in said.refs.get("person", ())
        for firm in said.refs.get("organization", ())
    ]


def _declaration(said: Said) -> list[Fact]:
    """Whom and what a person names in the declaration of a year; with no name in it, the declaration itself."""
    about = {"year": int(year) if (year := said.first("year")) and year.isdigit() else None, **_day(said, "date")}
    made = [
        Fact("DECLARES", person, other, ALWAYS, {"what": what, **about})
        for person in said.refs.get("person", ())
        for what in ("spouse", "child", "organization")
        for other in said.refs.get(what, ())
        if other != person
    ]
    told = {
        f"{who}_told": any(name.startswith(who) for name, values in said.values.items() if values) or None for who in ("spouse", "child")
    }
    return made + [Fact("FILED", person, said.key, ALWAYS, about | told) for person in said.refs.get("person", ())]


def _amount(said: Said) -> float | None:
    text = said.first("amount")
    return float(text) if text else None


def _day(said: Said, name: str) -> dict[str, Any]:
    date = said.date(name)
    return {f"{name}_lo": date.first if date else NEVER, f"{name}_hi": date.last if date else FOREVER}


def _event(said: Said) -> list[Fact]:
    made = [Fact("FOR_AUTHORITY", said.key, body, ALWAYS, {}) for body in said.refs.get("authority", ())]
    made += [Fact("RUN_BY", said.key, commission, ALWAYS, {}) for commission in said.refs.get("commission", ())]
    made += [
        Fact("SUPPLIES", bidder, said.key, ALWAYS, {"role": "bidder", "status": None, "amount": None})
        for bidder in said.refs.get("tenderers", ())
    ]
    for prop in ("applicant", "offender", "victim"):
        made += [Fact("APPLIES", who, said.key, ALWAYS, {"role": prop}) for who in said.refs.get(prop, ())]
    made += [Fact("REPRESENTS_IN", who, said.key, ALWAYS, {}) for who in said.refs.get("representative", ())]
    return made


def _notification(said: Said) -> list[Fact]:
    made = [Fact("GAVE", official, said.key, ALWAYS, {}) for official in said.refs.get("official", ())]
    return made + [Fact("ABOUT", said.key, what, ALWAYS, {}) for what in said.refs.get("about", ())]


def _body(said: Said) -> list[Fact]:
    return [Fact("PART_OF", said.key, parent, ALWAYS, {}) for parent in said.refs.get("parent", ()) if parent != said.key]


def _generic(said: Said) -> list[Fact]:
    """Any other entity with references: one edge between the first two ends, or from the thing to each."""
    ends = [key for keys in said.refs.values() for key in keys]
    if said.schema in _EDGE_LIKE and len(ends) >= 2:
        return [Fact("RELATED", ends[0], other, _valid(said), {"schema": said.schema}) for other in ends[1:] if other != ends[0]]
    return [Fact("RELATED", said.key, other, ALWAYS, {"schema": said.schema}) for other in ends if other != said.key]


_EDGE_LIKE = frozenset(
    {
        "UnknownLink",
        "Interest",
        "Documentation",
        "Succession",
        "Occupancy",
        "Similar",
        "EconomicActivity",
        "ProjectParticipant",
        "CourtCaseParty",
        "Identification",
        "Sanction",
        "Post",
    }
)
_MAKERS: dict[str, Callable[[Said], list[Fact]]] = {
    "Employment": _employment,
    "Subordination": _subordination,
    "Family": _family,
    "Associate": _associate,
    "Ownership": _ownership,
    "Directorship": _directorship,
    "Membership": _membership,
    "Representation": _representation,
    "ContractAward": _award,
    "Participation": _participation,
    "Contract": _event,
    "CallForTenders": _event,
    "Application": _event,
    "OffenceCase": _event,
    "Notification": _notification,
    "Debt": _debt,
    "Lease": _lease,
    "Payment": _payment,
    "CommissionDecision": _commission_decision,
    "IncomeDeclaration": _declaration,
    "Organization": _body,
    "Company": _body,
    "PublicBody": _body,
    "LegalEntity": _body,
    "Person": lambda _: [],
}
