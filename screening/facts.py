"""What is known of one person or organization, prepared once so that a pair is judged fast."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from domain.dates import Day, PartialDate, parse_date
from domain.errors import BadValue
from domain.identifiers import CleanId, clean_inn, clean_kpp, clean_ogrn, clean_passport, clean_snils
from domain.records import Record
from screening.addresses import fold_address
from screening.circumstances import NOTHING_KNOWN, Circumstances, circumstances
from screening.contacts import fold_emails, fold_phones
from screening.names.lexicon import Sex, sex_by_ending, sex_by_patronymic
from screening.names.parsing import ReadName, former_name, name_of_parts, read_name
from screening.names.person import FoldedName, PersonName, fold
from screening.organizations import OrgName, read_org_name
from screening.orgs.forms import read_form
from screening.places.reading import Address, read_address

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name of a person, as read and as folded; `former` when it was borne before (a maiden surname)."""

    name: PersonName
    folded: FoldedName
    former: bool = False


_NamesAndSex = tuple[tuple[KnownName, ...], frozenset[Sex], Sex | None]
_CACHED = 300
"""Characters of a record's names up to which they are remembered."""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person as one record (or one merged group) knows him; identifiers are valid ones only.

    `births` holds several where a source gives several (either may be true). `sex` is stated, or told by the patronymic;
    `sex_guess` is told by the surname's ending or the given name. `replaced_inn`: numbers the tax service replaced, which
    differ from others without meaning another person. `seen_on`: the last day on which the record shows the person acting.
    `addresses` are folded for keys, `places` the same read to parts. `memo` keeps what is worked out of the facts once: how they are
    shown, what each feature compares.
    """

    key: str
    names: tuple[KnownName, ...]
    births: tuple[PartialDate, ...] = ()
    death: PartialDate | None = None
    sex: Sex | None = None
    sex_guess: Sex | None = None
    inn: frozenset[str] = NOTHING
    replaced_inn: frozenset[str] = NOTHING
    snils: frozenset[str] = NOTHING
    passports: frozenset[str] = NOTHING
    phones: frozenset[str] = NOTHING
    emails: frozenset[str] = NOTHING
    addresses: frozenset[str] = NOTHING
    workplaces: frozenset[str] = NOTHING
    seen_on: Day = 0
    life: Circumstances = NOTHING_KNOWN
    places: tuple[Address, ...] = ()
    memo: dict[str, tuple[Any, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OrgFacts:
    """One organization as one record knows it. `directors`: folded names, keys or ИНН, as long as both sides use the same."""

    key: str
    names: tuple[OrgName, ...]
    inn: frozenset[str] = NOTHING
    ogrn: frozenset[str] = NOTHING
    kpp: frozenset[str] = NOTHING
    phones: frozenset[str] = NOTHING
    emails: frozenset[str] = NOTHING
    addresses: frozenset[str] = NOTHING
    directors: frozenset[str] = NOTHING
    places: tuple[Address, ...] = ()
    memo: dict[str, tuple[Any, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)


def person_facts(
    key: str,
    record: Record,
    *,
    related: Iterable[Record] = (),
    workplaces: Iterable[str] = (),
    replaced_inn: Iterable[str] = (),
    seen_on: Day = 0,
) -> PersonFacts:
    """The facts of a Person record; what is not valid is left out (staging has already said so).

    `workplaces` are what the caller knows of employers: keys or ИНН, of canonical organizations where they are resolved.
    `related`: records that refer to the person, and whom those refer to (employments, declarations, families).
    """
    names, told, guess = _names_and_sex(*(record.all(name) for name in _NAME_PROPERTIES))
    stated = told
    if gender := record.all("gender"):
        stated = frozenset(Sex(word) for word in gender if word in _SEXES) or told
    inn = _valid(record, "innCode", _clean_personal_inn)
    return PersonFacts(
        key=key,
        names=names,
        births=_dates(record, "birthDate"),
        death=next(iter(_dates(record, "deathDate")), None),
        sex=next(iter(stated)) if len(stated) == 1 else None,
        sex_guess=guess,
        inn=inn,
        replaced_inn=inn & frozenset(replaced_inn),
        snils=_valid(record, "socialSecurityNumber", clean_snils),
        passports=_valid(record, "passportNumber", clean_passport),
        phones=_each(record.all("phone"), fold_phones),
        emails=_each(record.all("email"), fold_emails),
        addresses=_some(record.all("address"), fold_address),
        workplaces=frozenset(workplaces),
        seen_on=seen_on,
        life=circumstances(record, related),
        places=_places(record),
    )


def org_facts(key: str, record: Record, *, directors: Iterable[str] = ()) -> OrgFacts:
    """The facts of an Organization, Company or PublicBody record, former names among them."""
    names = [read_org_name(text) for text in (*record.all("name"), *record.all("previousName")) if text.strip()]
    form = record.first("legalForm")
    if form and (stated := read_form(form)):
        names = [replace(name, form=name.form or stated) for name in names]
    return OrgFacts(
        key=key,
        names=tuple(dict.fromkeys(names)),
        inn=_valid(record, "innCode", clean_inn),
        ogrn=_valid(record, "ogrnCode", clean_ogrn),
        kpp=_valid(record, "kppCode", clean_kpp),
        phones=_each(record.all("phone"), fold_phones),
        emails=_each(record.all("email"), fold_emails),
        addresses=_some(record.all("address"), fold_address),
        directors=frozenset(directors),
        places=_places(record),
    )


def record_names(record: Record) -> tuple[PersonName, ...]:
    """The current names of a Person record; the parts where they stand apart, else read from `name`."""
    names, _, _ = _names_and_sex(*(record.all(name) for name in _NAME_PROPERTIES))
    return tuple(dict.fromkeys(known.name for known in names if not known.former))


_SEXES = frozenset(Sex)
_NAME_PROPERTIES = ("name", "lastName", "firstName", "fatherName", "previousName")
_Texts = tuple[str, ...]


def _names_and_sex(names: _Texts, last: _Texts, first: _Texts, father: _Texts, previous: _Texts) -> _NamesAndSex:
    """The names, the sex that patronymics tell, and the one guessed; remembered, since people come again and again."""
    read = _remembered_names if sum(map(len, (*names, *last, *first, *father, *previous))) <= _CACHED else _read_names
    return read(names, last, first, father, previous)


def _read_names(names: _Texts, last: _Texts, first: _Texts, father: _Texts, previous: _Texts) -> _NamesAndSex:
    read = _person_names(names, "".join(last[:1]), "".join(first[:1]), "".join(father[:1]), previous)
    known = tuple(dict.fromkeys(KnownName(name, fold(name), former) for name, former in read))
    current = [one.name for one in known if not one.former]
    guessed = {sex for name in current if (sex := sex_by_ending(name))}
    told = frozenset(sex for name in current if (sex := sex_by_patronymic(name)))
    return known, told, guessed.pop() if len(guessed) == 1 else None


_remembered_names = lru_cache(maxsize=1 << 15)(_read_names)


def _person_names(names: _Texts, last: str, first: str, patronymic: str, previous: _Texts) -> list[tuple[PersonName, bool]]:
    read = [read_name(text) for text in names if text.strip()]
    if len(read) == 1 and not (last or patronymic or previous or read[0].former):
        return [(read[0].name, False)] if read[0].name.text else []
    if last and first:
        read.insert(0, ReadName(name_of_parts(last, first, patronymic)))
    elif patronymic:
        read = [ReadName(_with_patronymic(one.name, patronymic), one.former) for one in read]
    current = [one.name for one in read if one.name.text]
    fuller = [name for name in current if not _told_better(name, current)]
    if not fuller:
        return []
    formers = [*previous, *(surname for one in read for surname in one.former)]
    former = [former_name(text, fuller[0]) for text in formers if text.strip()]
    return [*((name, False) for name in fuller), *((name, True) for name in former if name not in fuller)]


def _with_patronymic(name: PersonName, patronymic: str) -> PersonName:
    return name if name.patronymic else PersonName(name.last, name.first, name_of_parts("", "", patronymic).patronymic)


def _told_better(name: PersonName, others: list[PersonName]) -> bool:
    """Another name of the same record says the same and the patronymic too."""
    return not name.patronymic and any(o.patronymic and (o.last, o.first) == (name.last, name.first) for o in others)


def _clean_personal_inn(text: str) -> CleanId:
    return clean_inn(text, digits=12)


def _valid(record: Record, name: str, clean: Callable[[str], CleanId]) -> frozenset[str]:
    if name not in record.properties:
        return NOTHING

    def one(text: str) -> str | None:
        try:
            return clean(text).value
        except BadValue:
            return None

    return _some(record.all(name), one)


def _some(texts: _Texts, read: Callable[[str], str | None]) -> frozenset[str]:
    return frozenset(value for text in texts if (value := read(text))) if texts else NOTHING


def _each(texts: _Texts, read: Callable[[str], _Texts]) -> frozenset[str]:
    """All that each text holds."""
    return frozenset(value for text in texts for value in read(text)) if texts else NOTHING


def _places(record: Record) -> tuple[Address, ...]:
    texts = record.all("address")
    return tuple(dict.fromkeys(read_address(text) for text in texts if text.strip())) if texts else ()


def _dates(record: Record, name: str) -> tuple[PartialDate, ...]:
    texts = record.all(name)
    if not texts:
        return ()
    dates: set[PartialDate] = set()
    for text in texts:
        try:
            dates.add(parse_date(text))
        except BadValue:
            continue
    return tuple(sorted(dates, key=lambda date: (date.first, date.last)))
