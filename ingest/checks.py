"""What one property's values must be, by the `check` and vocabulary of its schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from domain import identifiers
from domain.dates import PartialDate, parse_date
from domain.errors import BadValue
from domain.identifiers import CleanId
from domain.kin import find_word
from domain.records import Note, Record
from graph_models.ftm import Schema, SchemaProperty, schema
from ingest.reasons import bad_value, note
from ingest.values import amount_text, parse_amount, parse_share

Values = tuple[str, ...]
Check = Callable[["Context", SchemaProperty, Values], Values]

_YEAR = re.compile(r"(?:19|20)\d\d")
_FOREIGN_NUMBER = re.compile(r"\d{3}-\d{2}-\d{4}|.*[A-Za-z].*")


@dataclass(slots=True)
class Context:
    """The record under test, what has been said of this file, and what is to be said of this record."""

    record: Record
    said: set[Hashable]
    notes: list[Note]

    def say_once(self, code: str, **values: object) -> None:
        """A remark that one file needs to hear once."""
        key = (code, *sorted(values.items()))
        if key not in self.said:
            self.said.add(key)
            self.notes.append(note(code, self.record.place, **values))


@dataclass(frozen=True, slots=True)
class Plan:
    """A schema with the check of each of its properties; `plain` ones are taken as they are."""

    schema: Schema
    plain: frozenset[str]
    checks: dict[str, tuple[SchemaProperty, Check]]


@cache
def plan(name: str) -> Plan | None:
    """The plan of a schema that records may have, or None."""
    found = schema(name)
    if found is None or found.abstract:
        return None
    checks: dict[str, tuple[SchemaProperty, Check]] = {}
    for prop in found.properties.values():
        check = _CHECKS.get(prop.check, _vocabulary if prop.vocabulary is not None else None)
        if prop.check and check is None:
            raise ValueError(f"{name}.{prop.name}: no check is called {prop.check}")
        if check is not None:
            checks[prop.name] = (prop, check)
    if "bodyKind" in found.properties:
        checks["classification"] = (found.properties["classification"], _classification)
    return Plan(found, frozenset(found.properties.keys() - checks.keys()), checks)


day = lru_cache(maxsize=65_536)(parse_date)
"""parse_date with a memory: a file has few different days."""


def single(prop: SchemaProperty, values: Values) -> Values:
    """The values of a property that must agree with itself. Raises BadValue (`several_values`).

    Values that mean the same (`60` and `3/5`) become one; of a date and a partial date around it the exact one stands.
    """
    if len(values) < 2 or not prop.single:
        return values
    if prop.check == "date":
        narrow = min((day(value) for value in values), key=lambda one: one.last - one.first)
        if all(_within(narrow, day(value)) for value in values):
            return (next(value for value in values if day(value) == narrow),)
    elif prop.check in _MEANING and len({_MEANING[prop.check](value) for value in values}) == 1:
        return values[:1]
    raise bad_value("several_values", name=prop.name, values=", ".join(values))


def _within(narrow: PartialDate, wide: PartialDate) -> bool:
    return wide.first <= narrow.first and narrow.last <= wide.last


_MEANING: dict[str, Callable[[str], object]] = {"amount": parse_amount, "share": parse_share}


def _dates(_: Context, prop: SchemaProperty, values: Values) -> Values:
    for value in values:
        day(value)
    return single(prop, values) if len(values) > 1 else values


def _shares(_: Context, prop: SchemaProperty, values: Values) -> Values:
    for value in values:
        parse_share(value)
    return single(prop, values)


def _amounts(_: Context, prop: SchemaProperty, values: Values) -> Values:
    """Two flats of one area are two values; two amounts of one contract must be one."""
    texts = tuple(amount_text(value) for value in values)
    return values if texts == values and len(values) == 1 else single(prop, tuple(dict.fromkeys(texts)) if prop.single else texts)


def _years(_: Context, prop: SchemaProperty, values: Values) -> Values:
    for value in values:
        if not _YEAR.fullmatch(value):
            raise bad_value("bad_year", value=value)
    return single(prop, values)


def _fold(word: str) -> str:
    return " ".join(word.casefold().replace("ё", "е").split())


@cache
def _folded(words: frozenset[str]) -> dict[str, str]:
    return {_fold(word): word for word in words}


def known_word(words: frozenset[str], value: str) -> str | None:
    """The vocabulary's own spelling of a word, or None where it is not in it."""
    return value if value in words else _folded(words).get(_fold(value))


def _vocabulary(context: Context, prop: SchemaProperty, values: Values) -> Values:
    words = prop.vocabulary or frozenset()
    if len(values) == 1 and values[0] in words:
        return values
    kept = []
    for value in values:
        word = known_word(words, value)
        if word is None:
            context.say_once("unknown_word", schema=context.record.schema, name=prop.name, value=value)
        kept.append(word or value)
    return single(prop, tuple(dict.fromkeys(kept)))


def _kinship(context: Context, prop: SchemaProperty, values: Values) -> Values:
    """The feed's eight words, or any Russian word or phrase of kinship that domain/law knows."""
    words = prop.vocabulary or frozenset()
    kept = []
    for value in values:
        word = known_word(words, value) or (_spelled(value) if find_word(value) is not None else None)
        if word is None:
            context.say_once("unknown_word", schema=context.record.schema, name=prop.name, value=value)
        kept.append(word or value)
    return values if tuple(kept) == values and len(values) == 1 else single(prop, tuple(dict.fromkeys(kept)))


def _spelled(word: str) -> str:
    return " ".join(word.casefold().split())


_COMMISSIONS = frozenset({"procurement", "acceptance", "administrative", "conduct", "coordination"})


def _classification(context: Context, prop: SchemaProperty, values: Values) -> Values:
    """FtM's free text, except for a commission, whose kind rules ask for; one body may be several commissions."""
    if "commission" not in context.record.all("bodyKind"):
        return values
    for value in values:
        if value not in _COMMISSIONS:
            context.say_once("unknown_word", schema=context.record.schema, name=prop.name, value=value)
    return values


def _identifier(clean: Callable[[Context, str], CleanId]) -> Check:
    def check(context: Context, _: SchemaProperty, values: Values) -> Values:
        kept: list[str] = []
        for value in values:
            found = clean(context, value)
            if found.remark is not None:
                context.notes.append(Note(context.record.place, str(found.remark), found.message_ru, found.message_en))
            if found.value is not None:
                kept.append(found.value)
        return values if len(kept) == len(values) == 1 and kept[0] == values[0] else tuple(dict.fromkeys(kept))

    return check


_inn = lru_cache(maxsize=65_536)(identifiers.clean_inn)
_persons_inn = lru_cache(maxsize=65_536)(partial(identifiers.clean_inn, digits=12))
_ogrn = lru_cache(maxsize=65_536)(identifiers.clean_ogrn)


def _kpp(context: Context, value: str) -> CleanId:
    return identifiers.clean_kpp(value, inn=context.record.first("innCode"))


def _snils(_: Context, value: str) -> CleanId:
    """FtM keeps other countries' numbers under the same name; what is plainly one of those is not tested as a СНИЛС."""
    try:
        return identifiers.clean_snils(value)
    except BadValue:
        if _FOREIGN_NUMBER.fullmatch(value):
            return CleanId("СНИЛС", "SNILS", value, value, identifiers.Remark.UNCHECKED)
        raise


_CHECKS: dict[str, Check] = {
    "date": _dates,
    "share": _shares,
    "amount": _amounts,
    "year": _years,
    "inn": _identifier(lambda context, value: _persons_inn(value) if context.record.schema == "Person" else _inn(value)),
    "ogrn": _identifier(lambda _, value: _ogrn(value)),
    "kpp": _identifier(_kpp),
    "snils": _identifier(_snils),
    "passport": _identifier(lambda _, value: identifiers.clean_passport(value)),
    "kinship": _kinship,
    "account": _identifier(lambda _, value: identifiers.clean_account(value)),
}
