"""The pages of docs/rules are what the rule files say, and every rule and parameter has its words."""

from __future__ import annotations

from app.rulebook import words
from app.rulebook_pages import FOLDER, rule_pages
from queries.catalog import load_catalog

RULES = load_catalog().rules


def test_pages_are_what_the_rule_files_say() -> None:
    """docs/rules is written by `make rules`; own.md alone is written by hand."""
    stored = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md") if file.name != "own.md"}
    assert stored == rule_pages()


def test_all_28_rules_have_a_page() -> None:
    """R-23 and R-28 are no rule files, and have one all the same."""
    assert {f"R-{n:02d}.md" for n in range(1, 29)} <= set(rule_pages())


def test_every_parameter_has_words() -> None:
    """A name that only a programmer understands is not shown to a clerk; nor is there a word for what is gone."""
    named = {name for rule in RULES.values() for name in rule.parameters}
    assert named == set(words()["parameters"])


def test_marks_say_who_sets_a_parameter() -> None:
    """The law's own threshold, the organization's, and one that a lawyer must look at."""
    assert RULES["R-04"].marks("share_min") == ("law",)
    assert RULES["R-20"].marks("ratio") == ("organization",)
    assert RULES["R-19"].marks("amount_min") == ("organization", "lawyer")
    assert RULES["R-05"].marks("items") == ("law", "lawyer")
