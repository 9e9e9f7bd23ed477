"""The catalogue of rules, as their files say it, with figures of what the viewer may see."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from app.access.guard import needs
from app.access.viewer import Viewer, visible_units
from app.api.models import LawOut, RefusedRuleOut, RuleFiguresOut, RuleList, RuleOut
from app.api.reading import wiring_of
from app.rulebook import refused_of
from cases.piles import RuleFigures, rule_figures
from domain.errors import NotFound
from queries.catalog import Law, Rule

router = APIRouter(prefix="/api/v1", tags=["rules"])
Reader = Annotated[Viewer, Depends(needs("findings.read"))]


@router.get("/rules", summary="List the rules")
def list_rules(request: Request, viewer: Reader) -> RuleList:
    """Every rule with its law, parameters, status and figures, in the viewer's language; and refused files of the organization's own."""
    wiring = wiring_of(request)
    figures = rule_figures(wiring.graph, visible_units(viewer))
    refused = [RefusedRuleOut(file=one.file, line=one.line, reason=one.reason) for one in refused_of(wiring.catalog, viewer.language)]
    rows = [_row(rule, viewer.language, figures.get(rule.id, RuleFigures())) for rule in wiring.catalog.rules.values()]
    return RuleList(rules=rows, refused=refused)


@router.get("/rules/{rule}", summary="Read a rule")
def read_rule(request: Request, viewer: Reader, rule: str) -> RuleOut:
    """One rule."""
    wiring = wiring_of(request)
    found = wiring.catalog.rules.get(rule)
    if found is None:
        raise NotFound(f"Правила «{rule}» нет.", f"There is no rule {rule!r}.")
    return _row(found, viewer.language, rule_figures(wiring.graph, visible_units(viewer)).get(rule, RuleFigures()))


def _row(rule: Rule, language: str, figures: RuleFigures) -> RuleOut:
    english = language == "en"
    return RuleOut(
        id=rule.id,
        version=rule.version,
        title=rule.title_en if english else rule.title_ru,
        severity=rule.severity,  # type: ignore[arg-type]
        status=rule.status,  # type: ignore[arg-type]
        own=rule.own,
        law=[_law(one) for one in rule.law],
        anchor=rule.anchor,
        official=rule.official,
        kin=rule.kin,
        parameters={name: _plain(value) for name, value in rule.parameters.items()},
        set_by={name: list(rule.marks(name)) for name in rule.parameters},  # type: ignore[arg-type]
        unless=list(rule.unless),
        identity=list(rule.identity),
        next=rule.next_en if english else rule.next_ru,
        figures=RuleFiguresOut(
            now=figures.now, clarify=figures.clarify, ever=figures.ever, confirmed=figures.confirmed, rejected=figures.rejected
        ),
    )


def _law(one: Law) -> LawOut:
    return LawOut(act=one.act, article=one.article, since=one.since.isoformat(), until=one.until.isoformat() if one.until else None)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
