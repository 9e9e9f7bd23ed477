"""Facts by hand: what a form must give, and that a draft survives its form."""

from __future__ import annotations

from datetime import date

import pytest

from app.web.drafts import AMBIGUOUS, KinDraft, NoticeDraft, PostDraft, read_date, read_fact
from app.web.fact_forms import fields_of, kind_of
from domain.errors import BadValue

TODAY = date(2026, 11, 24)
PAPER = {"document": "анкета, лист 3", "document_on": "01.02.2024"}
KIN = {"person": "hr-17", "word": "Жена", "relative_name": "Хайруллина  Гузель", "start": "07.08.2004", **PAPER}
POST = {"person": "hr-17", "organization": "b-999", "role": "завхоз", "post": "other", "post_kind": "main", "service": "", **PAPER}
NOTICE = {"person": "hr-17", "notice_kind": "personal_interest", "on": "05.05.2025", "measure": "none", **PAPER}


@pytest.mark.parametrize(
    ("text", "iso"),
    [("12.05.2025", "2025-05-12"), ("1.5.2025", "2025-05-01"), ("05.2025", "2025-05"), ("2025", "2025"), (" 2025-05-12 ", "2025-05-12")],
)
def test_dates_as_people_write_them(text: str, iso: str) -> None:
    assert read_date(text) == iso


@pytest.mark.parametrize("text", ["31.02.2025", "12.13.2025", "12/05/2025", "вчера", "25"])
def test_impossible_dates(text: str) -> None:
    with pytest.raises(BadValue):
        read_date(text)


def test_a_relative() -> None:
    draft, errors = read_fact("kin", KIN, TODAY)
    assert not errors
    assert isinstance(draft, KinDraft)
    assert (draft.word, draft.relative_name, draft.start, draft.path) == ("жена", "Хайруллина Гузель", "2004-08-07", None)
    assert (draft.document.title, draft.document.on) == ("анкета, лист 3", "2024-02-01")


@pytest.mark.parametrize(
    ("change", "field", "error"),
    [
        ({"document": ""}, "document", "required"),
        ({"document_on": ""}, "document_on", "required"),
        ({"document_on": "01.01.2030"}, "document_on", "future_date"),
        ({"person": ""}, "person", "required"),
        ({"word": " "}, "word", "required"),
        ({"relative_name": "Гузель"}, "relative_name", "full_name"),
        ({"relative_inn": "123"}, "relative_inn", "bad_inn"),
        ({"relative_birth": "31.02.1980"}, "relative_birth", "bad_date"),
        ({"end": "01.01.2004"}, "end", "ends_before_start"),
        ({"end": "07.08.2004"}, "end", "ends_before_start"),
        ({"word": "зять"}, "path", "ambiguous_word"),
        ({"word": "невестка", "path": "SB"}, "path", "ambiguous_word"),
    ],
)
def test_what_a_relative_needs(change: dict[str, str], field: str, error: str) -> None:
    draft, errors = read_fact("kin", {**KIN, **change}, TODAY)
    assert draft is None
    assert errors == {field: error}


@pytest.mark.parametrize("word", sorted(AMBIGUOUS))
def test_an_ambiguous_word_is_settled_or_left_open(word: str) -> None:
    for path in ("CS", "BS"):
        draft, _ = read_fact("kin", {**KIN, "word": word, "path": path}, TODAY)
        assert isinstance(draft, KinDraft)
        assert draft.path == path
    open_one, _ = read_fact("kin", {**KIN, "word": word, "path": "unknown"}, TODAY)
    assert isinstance(open_one, KinDraft)
    assert open_one.path is None


def test_a_path_is_kept_for_ambiguous_words_alone() -> None:
    draft, _ = read_fact("kin", {**KIN, "path": "CS"}, TODAY)
    assert isinstance(draft, KinDraft)
    assert draft.path is None


@pytest.mark.parametrize(
    ("change", "field", "error"),
    [
        ({"organization": ""}, "organization", "required"),
        ({"post": "king"}, "post", "choose"),
        ({"service": "x"}, "service", "choose"),
        ({"role": ""}, "role", "required"),
    ],
)
def test_what_a_post_needs(change: dict[str, str], field: str, error: str) -> None:
    assert read_fact("post", {**POST, **change}, TODAY) == (None, {field: error})


def test_a_measure_has_a_day() -> None:
    assert read_fact("notice", {**NOTICE, "measure": "recusal"}, TODAY) == (None, {"measure_on": "required"})
    draft, errors = read_fact("notice", {**NOTICE, "measure": "recusal", "measure_on": "06.05.2025"}, TODAY)
    assert not errors
    assert isinstance(draft, NoticeDraft)
    assert draft.measure_on == "2025-05-06"


@pytest.mark.parametrize(
    ("kind", "form"), [("kin", KIN), ("post", POST), ("notice", NOTICE), ("kin", {**KIN, "word": "зять", "path": "unknown"})]
)
def test_a_draft_survives_its_form(kind: str, form: dict[str, str]) -> None:
    draft, _ = read_fact(kind, form, TODAY)
    assert draft is not None
    assert kind_of(draft) == kind
    assert read_fact(kind, fields_of(draft), TODAY) == (draft, {})


def test_dates_go_back_to_the_form_as_people_write_them() -> None:
    draft, _ = read_fact("post", {**POST, "start": "2016-09-01", "end": "2020"}, TODAY)
    assert isinstance(draft, PostDraft)
    assert (fields_of(draft)["start"], fields_of(draft)["end"], fields_of(draft)["document_on"]) == ("01.09.2016", "2020", "01.02.2024")
