"""The rules as the pages show them: words and marks of each, with figures of what the caller may see."""

from __future__ import annotations

from app.desk.eyes import Eyes
from app.rulebook import parameters_of, refused_of, words
from app.web.rulebook import ElsewhereRow, RefusedFile, RuleBook, RuleLaw, RulePage, RuleParameter, RuleRow
from cases.piles import RuleFigures, rule_figures
from domain.errors import NotFound
from queries.catalog import Rule
from queries.examples import KINDS, parse_examples


def rules(eyes: Eyes) -> RuleBook:
    """The whole catalogue."""
    eyes.need("findings.read")
    figures = rule_figures(eyes.graph, eyes.units)
    catalog, language = eyes.office.catalog, eyes.caller.language
    rows = tuple(_row(rule, figures.get(rule.id, RuleFigures()), language) for rule in catalog.rules.values())
    refused = tuple(RefusedFile(one.file, one.line, one.reason) for one in refused_of(catalog, language))
    return RuleBook(rows, tuple(_elsewhere(name, language) for name in words()["elsewhere"]), refused, _scope(eyes))


def rule(eyes: Eyes, name: str) -> RulePage | ElsewhereRow:
    """One rule."""
    eyes.need("findings.read")
    said, language = words(), eyes.caller.language
    if name in said["elsewhere"]:
        return _elsewhere(name, language)
    found = eyes.office.catalog.rules.get(name)
    if found is None:
        raise NotFound(f"Правила «{name}» нет.", f"There is no rule {name!r}.")
    figures = rule_figures(eyes.graph, eyes.units).get(name, RuleFigures())
    return RulePage(
        row=_row(found, figures, language),
        version=found.version,
        about=said["anchors"][found.anchor][language],
        kin=said["kin"].get(found.kin, {}).get(language, found.kin),
        law=tuple(RuleLaw(one.act, one.article, one.since, one.until) for one in found.law),
        parameters=tuple(
            RuleParameter(one.name, one.title, one.value, tuple((mark, said["marks"][mark][language]) for mark in one.marks))
            for one in parameters_of(found, language)
        ),
        due=said["due"][found.severity][language],
        modifiers=tuple(one[language] for one in said["modifiers"]),
        unless=found.unless,
        evidence=said["evidence"][language],
        next=found.next_en if language == "en" else found.next_ru,
        examples=_examples(found),
        scope=_scope(eyes),
    )


def _row(rule: Rule, figures: RuleFigures, language: str) -> RuleRow:
    return RuleRow(
        id=rule.id,
        title=rule.title_en if language == "en" else rule.title_ru,
        severity=rule.severity,
        status=rule.status,
        acts=", ".join(dict.fromkeys(one.act for one in rule.law)),
        own=rule.own,
        now=figures.now,
        clarify=figures.clarify,
        ever=figures.ever,
        confirmed=figures.confirmed,
        rejected=figures.rejected,
    )


def _elsewhere(name: str, language: str) -> ElsewhereRow:
    one = words()["elsewhere"][name]
    return ElsewhereRow(name, one["title"][language], one["law"], one["text"][language])


def _examples(rule: Rule) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Titles by kind. They were read when the rule was taken, so the file is there and is sound."""
    found = parse_examples(rule.examples.read_text(encoding="utf-8"), str(rule.examples))
    return tuple((kind, tuple(one.title for one in found if one.kind == kind)) for kind in KINDS)


def _scope(eyes: Eyes) -> str:
    return eyes.viewer.unit_name or str(eyes.say.get("whole_city"))
