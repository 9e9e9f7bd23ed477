"""The catalogue of rules, as their files say it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from app.access.guard import needs
from app.access.viewer import Viewer
from app.api.models import LawOut, RuleList, RuleOut
from app.api.reading import wiring_of
from domain.errors import NotFound
from queries.catalog import Law, Rule

router = APIRouter(prefix="/api/v1", tags=["rules"])
Signed = Annotated[Viewer, Depends(needs())]


@router.get("/rules", summary="List the rules")
def list_rules(request: Request, viewer: Signed) -> RuleList:
    """Every rule with its law, parameters and status, in the viewer's language."""
    return RuleList(rules=[_row(rule, viewer.language) for rule in wiring_of(request).catalog.rules.values()])


@router.get("/rules/{rule}", summary="Read a rule")
def read_rule(request: Request, viewer: Signed, rule: str) -> RuleOut:
    """One rule."""
    found = wiring_of(request).catalog.rules.get(rule)
    if found is None:
        raise NotFound(f"Правила «{rule}» нет.", f"There is no rule {rule!r}.")
    return _row(found, viewer.language)


def _row(rule: Rule, language: str) -> RuleOut:
    english = language == "en"
    law = [_law(one) for one in rule.law]
    return RuleOut(
        id=rule.id,
        version=rule.version,
        title=rule.title_en if english else rule.title_ru,
        severity=rule.severity,  # type: ignore[arg-type]
        status=rule.status,  # type: ignore[arg-type]
        law=law,
        anchor=rule.anchor,
        official=rule.official,
        kin=rule.kin,
        parameters={name: _plain(value) for name, value in rule.parameters.items()},
        unless=list(rule.unless),
        identity=list(rule.identity),
        next=rule.next_en if english else rule.next_ru,
    )


def _law(one: Law) -> LawOut:
    return LawOut(act=one.act, article=one.article, since=one.since.isoformat(), until=one.until.isoformat() if one.until else None)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
