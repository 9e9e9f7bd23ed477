"""Facts entered by hand: what a form must give, read into drafts or into the fields that are wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.dates import PartialDate, day_of, parse_date
from domain.errors import BadValue
from domain.yaml_text import load_yaml

_VOCABULARY = load_yaml(Path(__file__).with_name("kin_words.yaml").read_text(encoding="utf-8"))
KIN_WORDS: tuple[str, ...] = tuple(_VOCABULARY["words"])
AMBIGUOUS: Mapping[str, Mapping[str, str]] = _VOCABULARY["ambiguous"]
"""Word → path code → key of the text that asks for it."""

POSTS = ("head", "deputy_head", "chief_accountant", "hr_head", "contract_service_head", "contract_manager", "specialist", "other")
SERVICES = ("municipal_servant", "municipal_post", "employee")
POST_KINDS = ("main", "part_time", "combined", "civil_contract")
NOTICE_KINDS = ("personal_interest", "other_paid_work", "gift", "former_official_hired")
MEASURES = ("none", "recusal", "transfer", "reassignment")

_RUSSIAN = re.compile(r"^(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})$")


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """The paper a fact is taken from: what it is called and its date. Both are required of every fact."""

    title: str
    on: str


@dataclass(frozen=True, slots=True)
class KinDraft:
    """`person` is the official's id; "relative is the `word` of person". `path` settles an ambiguous word (CS or BS)."""

    person: str
    word: str
    path: str | None
    relative_name: str
    relative_former: str
    relative_birth: str
    relative_inn: str
    start: str
    end: str
    document: DocumentDraft


@dataclass(frozen=True, slots=True)
class PostDraft:
    """A post held by `person` at `organization` (an id)."""

    person: str
    organization: str
    role: str
    post: str
    service: str
    kind: str
    start: str
    end: str
    document: DocumentDraft


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A notice given by `person` about `about` (an id, may be empty)."""

    person: str
    kind: str
    number: str
    on: str
    about: str
    measure: str
    measure_on: str
    document: DocumentDraft


FactDraft = KinDraft | PostDraft | NoticeDraft
Errors = Mapping[str, str]
"""Field name → key of the text that says what is wrong with it."""


def read_date(text: str) -> str:
    """ISO text, as precise as given, from 12.05.2025, 05.2025, 2025 or ISO. Raises BadValue."""
    text = text.strip()
    if match := _RUSSIAN.match(text):
        text = "-".join(part.zfill(2) for part in (match[3], match[2], match[1]) if part)
    return parse_date(text).iso()


def read_fact(kind: str, form: Mapping[str, str], today: date) -> tuple[FactDraft | None, Errors]:
    """A draft, or None and what is wrong with which field."""
    field = _Fields(form, today)
    document = DocumentDraft(field.need("document"), field.date("document_on", needed=True, past=True))
    draft = _READERS[kind](field, document)
    return (None, field.errors) if field.errors else (draft, {})


class _Fields:
    """Reads fields one by one and remembers what was wrong."""

    def __init__(self, form: Mapping[str, str], today: date) -> None:
        self.form = form
        self.today = day_of(today)
        self.errors: dict[str, str] = {}

    def text(self, name: str) -> str:
        return " ".join(self.form.get(name, "").split())

    def need(self, name: str) -> str:
        value = self.text(name)
        if not value:
            self.errors[name] = "required"
        return value

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name)
        if value not in allowed:
            self.errors[name] = "choose"
        return value

    def date(self, name: str, *, needed: bool = False, past: bool = False) -> str:
        raw = self.text(name)
        if not raw:
            if needed:
                self.errors[name] = "required"
            return ""
        try:
            iso = read_date(raw)
        except BadValue:
            self.errors[name] = "bad_date"
            return raw
        if past and parse_date(iso).first > self.today:
            self.errors[name] = "future_date"
        return iso

    def order(self, start: str, end: str, name: str) -> None:
        if start and end and name not in self.errors:
            first, last = _bounds(start), _bounds(end)
            if first and last and last.last <= first.first:
                self.errors[name] = "ends_before_start"


def _bounds(iso: str) -> PartialDate | None:
    try:
        return parse_date(iso)
    except BadValue:
        return None


def _kin(field: _Fields, document: DocumentDraft) -> KinDraft:
    word = field.need("word").lower()
    path = field.text("path") or None
    if word in AMBIGUOUS:
        if path not in {*AMBIGUOUS[word], "unknown"}:
            field.errors["path"] = "ambiguous_word"
    else:
        path = None
    name = field.need("relative_name")
    if name and len(name.split()) < 2:
        field.errors["relative_name"] = "full_name"
    inn = field.text("relative_inn")
    if inn and not re.fullmatch(r"\d{12}", inn):
        field.errors["relative_inn"] = "bad_inn"
    start, end = field.date("start"), field.date("end")
    field.order(start, end, "end")
    return KinDraft(
        person=field.need("person"),
        word=word,
        path=None if path == "unknown" else path,
        relative_name=name,
        relative_former=field.text("relative_former"),
        relative_birth=field.date("relative_birth", past=True),
        relative_inn=inn,
        start=start,
        end=end,
        document=document,
    )


def _post(field: _Fields, document: DocumentDraft) -> PostDraft:
    start, end = field.date("start"), field.date("end")
    field.order(start, end, "end")
    return PostDraft(
        person=field.need("person"),
        organization=field.need("organization"),
        role=field.need("role"),
        post=field.one_of("post", POSTS),
        service=field.one_of("service", ("", *SERVICES)),
        kind=field.one_of("post_kind", POST_KINDS),
        start=start,
        end=end,
        document=document,
    )


def _notice(field: _Fields, document: DocumentDraft) -> NoticeDraft:
    measure = field.one_of("measure", MEASURES)
    measure_on = field.date("measure_on", past=True)
    if measure != "none" and not measure_on and "measure_on" not in field.errors:
        field.errors["measure_on"] = "required"
    return NoticeDraft(
        person=field.need("person"),
        kind=field.one_of("notice_kind", NOTICE_KINDS),
        number=field.text("number"),
        on=field.date("on", needed=True, past=True),
        about=field.text("about"),
        measure=measure,
        measure_on=measure_on,
        document=document,
    )


_READERS: Mapping[str, Callable[[_Fields, DocumentDraft], FactDraft]] = {"kin": _kin, "post": _post, "notice": _notice}
KINDS = tuple(_READERS)
