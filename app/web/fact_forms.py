"""Drafts as the fields of their form, and which fields are looked up by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from app.web.drafts import DocumentDraft, FactDraft, KinDraft, NoticeDraft, PostDraft

_KIND: Mapping[type, str] = {KinDraft: "kin", PostDraft: "post", NoticeDraft: "notice"}
SEARCHED: Mapping[str, Mapping[str, str | None]] = {
    "kin": {"person": "people"},
    "post": {"person": "people", "organization": "organizations"},
    "notice": {"person": "people", "about": None},
}
"""Fields that hold an id, and the kind of entity to search for; None is any."""

_RENAMED = {(PostDraft, "kind"): "post_kind", (NoticeDraft, "kind"): "notice_kind"}


_DATES = {"start", "end", "relative_birth", "on", "measure_on"}


def _written(iso: str) -> str:
    return ".".join(reversed(iso.split("-")))


def kind_of(draft: FactDraft) -> str:
    """kin, post or notice."""
    return _KIND[type(draft)]


def fields_of(draft: FactDraft) -> dict[str, str]:
    """The draft as the form would send it."""
    form: dict[str, str] = {}
    for field in fields(draft):
        value = getattr(draft, field.name)
        if isinstance(value, DocumentDraft):
            form |= {"document": value.title, "document_on": _written(value.on)}
        else:
            form[_RENAMED.get((type(draft), field.name), field.name)] = _written(value) if field.name in _DATES else value or ""
    if isinstance(draft, KinDraft) and draft.path is None:
        form["path"] = "unknown"
    return form
