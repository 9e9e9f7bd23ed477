"""Texts: both languages complete, every key that a template names is there, and templates hold no words of their own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import app.web.catalog as catalog_module
from app.web.catalog import LANGUAGES, Catalog, load_catalog, plural_form
from app.web.drafts import AMBIGUOUS, KINDS, MEASURES, NOTICE_KINDS, POST_KINDS, POSTS, SERVICES
from app.web.ports import Tab
from domain.errors import DefinitionError
from visualizations.chain import Family

WEB = Path(catalog_module.__file__).parent
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
CATALOG = load_catalog()
_KEY = re.compile(r"""\bth?\('([a-z0-9_.]+)'\s*([~,)])""")


def test_both_languages_have_the_same_keys() -> None:
    assert CATALOG.keys("ru") == CATALOG.keys("en")


def test_a_key_missing_in_one_language_stops_the_start() -> None:
    with pytest.raises(DefinitionError, match=r"one language only: a\.c"):
        Catalog({"ru": {"a": {"b": "б", "c": "в"}}, "en": {"a": {"b": "b"}}})


def test_every_text_has_the_same_places_for_values_in_both_languages() -> None:
    def places(language: str, key: str) -> set[str]:
        tree = CATALOG._texts[language][key]
        texts = tree.values() if isinstance(tree, dict) else [tree]
        return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}

    differing = {key for key in CATALOG.keys("ru") if places("ru", key) != places("en", key)}
    assert not differing


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_name_keys_that_exist_and_hold_no_words(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"[А-Яа-яЁё]", text)
    for key, after in _KEY.findall(text):
        if after == "~":
            assert any(known.startswith(key) for known in CATALOG.keys("ru")), key
        else:
            assert CATALOG.has(key), key


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_obey_the_content_policy(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_changes_something_carries_the_token_first(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    for form in re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>\s*(.{0,40})', text):
        action, start = form
        if action not in {"/signin", "/language"}:
            assert start.startswith(("{{ csrf() }}", "{{ seen() }}")), (action, start)


@pytest.mark.parametrize(
    ("n", "form"), [(1, "one"), (2, "few"), (5, "many"), (11, "many"), (21, "one"), (22, "few"), (112, "many"), (0, "many")]
)
def test_russian_plurals(n: int, form: str) -> None:
    assert plural_form("ru", n) == form


def test_english_plurals() -> None:
    assert [plural_form("en", n) for n in (0, 1, 2, 21)] == ["many", "one", "many", "many"]


def test_values_are_escaped_in_html_texts() -> None:
    assert str(CATALOG.html("ru", "inbox.progress", done="<i>", of=2)) == "Разобрано сегодня <b>&lt;i&gt;</b> из <b>2</b>"


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("family", [family.value for family in Family]),
        ("post", POSTS),
        ("service", SERVICES),
        ("post_kind", POST_KINDS),
        ("notice_kind", NOTICE_KINDS),
        ("measure", MEASURES),
        ("fact.title", KINDS),
        ("inbox.tab", list(Tab)),
        ("inbox.empty", []),
        ("fact", [key for meanings in AMBIGUOUS.values() for key in meanings.values()]),
    ],
)
def test_closed_lists_are_worded(group: str, codes: list[str]) -> None:
    assert all(CATALOG.has(f"{group}.{code}") for code in codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_words_and_a_key_of_its_own(language: str) -> None:
    steps = {key.removeprefix("key.") for key in CATALOG.keys(language) if key.startswith("key.")}
    letters = [CATALOG.get(language, f"key.{step}") for step in steps]
    codes = [CATALOG.get(language, f"key_code.{step}") for step in steps]
    assert len(set(letters)) == len(letters)
    assert len(set(codes)) == len(codes)
    assert all(CATALOG.has(f"move.{step}") for step in steps)


def test_icons_that_templates_name_are_built() -> None:
    built = set(json.loads((WEB / "src" / "icons.json").read_text(encoding="utf-8")))
    named = {
        name
        for path in TEMPLATES
        for call in re.findall(r"icon\(([^)]*)\)", path.read_text(encoding="utf-8"))
        for name in re.findall(r"'([a-z0-9-]{3,})'", call)
    }
    assert named - {"yes", "unsure", "locked"} <= built


def test_scripts_hold_no_words() -> None:
    for path in (WEB / "src").glob("*.ts"):
        code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"[А-Яа-яЁё]", code), path.name
