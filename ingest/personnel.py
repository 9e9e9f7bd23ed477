"""From rows of personnel tables to people, posts, family ties and subordination."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from domain.records import Note, Record, Reject, Row, make
from ingest.cells import date_text, integer_text
from ingest.layout import FieldRow, folded
from ingest.parties import schema_of
from ingest.reasons import reject
from ingest.registers import slug

_PERSON = (
    *("gender", "innCode", "socialSecurityNumber", "passportNumber", "phone", "email", "address", "bankAccount"),
    *("birthDate", "deathDate"),
)
_JOB = (
    *("department", "role", "service", "kind", "rate", "hoursPerWeek", "workTime", "monthlyPay", "monthlyBonus", "basePay", "staffPay"),
    *("payGroup", "payPeriod", "listedPost", "startDate", "endDate", "founderConsentDate"),
)
_DATES = frozenset({"birthDate", "deathDate", "startDate", "endDate", "founderConsentDate"})
_FLAGS = frozenset({"listedPost", "minor"})


@dataclass(frozen=True, slots=True)
class Words:
    """The feed's words by what offices write, folded, for each vocabulary; and the category of a post by its title."""

    known: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, str]

    def of(self, vocabulary: str, text: str) -> str:
        """The feed's word, or the text where none is known."""
        return self.known.get(vocabulary, {}).get(folded(text), text)


@dataclass(slots=True)
class Personnel:
    """Reads the tables of one file; remembers whose ФИО stands for which employee, so that other sheets may use it."""

    words: Words
    _by_name: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _numbers: dict[str, tuple[str, str]] = field(default_factory=dict)
    _given: dict[str, int] = field(default_factory=dict)
    _organizations: set[str] = field(default_factory=set)

    def read(self, table: str, rows: Iterable[FieldRow | Reject | Note]) -> Iterator[Row]:
        """The records of one table."""
        one = {"employees": self._employee, "relatives": self._relative, "subordination": self._line}[table]
        for row in rows:
            if isinstance(row, FieldRow):
                try:
                    yield from one(row)
                except _Unclear as unclear:
                    yield unclear.reject
            else:
                yield row

    # ---- employees

    def _employee(self, row: FieldRow) -> Iterator[Row]:
        name = _full_name(row)
        if name is None:
            raise _missing(row, "name")
        key = self._employee_key(row, name)
        yield self._person(row, key, name)
        employer = self._organization(row, "employer")
        if employer is None:
            if row.get("role", "startDate", "department") is not None:
                raise _missing(row, "employerName")
            return
        yield from employer[1]
        values = self._values(row, _JOB, "kind")
        role = values.get("role")
        post = row.get("post")
        job = self._once(f"{key}-job-{_tail(employer[0])}-{values.get('startDate', 'unknown')}")
        yield make(
            "Employment",
            job,
            row.place,
            employee=key,
            employer=employer[0],
            post=self.words.of("post", post) if post else self.words.titles.get(folded(role or "")),
            hiredBy=_numbered(row, "hiredBy"),
            payOrderSignedBy=_numbered(row, "payOrderSignedBy"),
            **values,
        )

    def _employee_key(self, row: FieldRow, name: str) -> str:
        """`person-` and the personnel number; else the ИНН; else the name with the birth date. One number is one person."""
        born = date_text(row.get("birthDate") or "")
        number = _numbered(row, "id")
        key = number or f"person-{integer_text(row.get('innCode') or '') or _named(name, born)}"
        if number:
            known, known_born = self._numbers.setdefault(number, (name, born))
            if known_born != born if known_born and born else slug(known) != slug(name):
                raise _Unclear(reject("ambiguous_number", row.place, row.raw, number=row.get("id") or "", known=known))
        self._by_name[slug(name)].add(key)
        if born:
            self._by_name[f"{slug(name)}-{born}"].add(key)
        return key

    def _person(self, row: FieldRow, key: str, name: str) -> Record:
        values = self._values(row, _PERSON, "")
        previous = row.get("previousName")
        return make(
            "Person",
            key,
            row.place,
            name=name,
            lastName=row.get("lastName"),
            firstName=row.get("firstName"),
            fatherName=row.get("fatherName"),
            previousName=tuple(part.strip() for part in previous.split(",")) if previous else None,
            **values,
        )

    def _organization(self, row: FieldRow, role: str) -> tuple[str, list[Record]] | None:
        """The id of an organization, and its record the first time it is named."""
        name, inn, ogrn = row.get(f"{role}Name", f"{role}Organization"), row.get(f"{role}Inn"), row.get(f"{role}Ogrn")
        if name is None and inn is None:
            return None
        key = f"org-{integer_text(inn) if inn else slug(name or '')}"
        kind = row.get("bodyKind") if role == "employer" else None
        said = f"{key} {name} {kind}"
        if said in self._organizations:
            return key, []
        self._organizations.add(said)
        word = self.words.of("bodyKind", kind) if kind else None
        schema = "PublicBody" if word else schema_of(name or "")
        record = make(schema, key, row.place, name=name or f"ИНН {inn}", innCode=inn and integer_text(inn), ogrnCode=ogrn, bodyKind=word)
        return key, [record]

    # ---- relatives

    def _relative(self, row: FieldRow) -> Iterator[Row]:
        person = self._reference(row, "employee")
        word = row.get("relationship")
        if person is None or word is None:
            raise _missing(row, "relationship" if person else "employeeId / employeeName")
        relative = _numbered(row, "relativeId")
        name = _full_name(row)
        if relative is None:
            if name is None:
                raise _missing(row, "name")
            relative = self._once(f"{person}-relative-{slug(word)}-{slug(name)}")
            yield self._person(row, relative, name)
        dates = self._values(row, ("startDate", "endDate", "minor"), "")
        family = self._once(f"{person}-family-{slug(word)}-{slug(name) if name else _tail(relative)}")
        yield make("Family", family, row.place, person=person, relative=relative, relationship=word, **dates)
        workplace = self._organization(row, "workplace")
        if workplace is not None:
            yield from workplace[1]
            ends = {"employee": relative, "employer": workplace[0]}
            yield make("Employment", self._once(f"{relative}-job-{_tail(workplace[0])}"), row.place, **ends, role=row.get("workRole"))

    # ---- subordination

    def _line(self, row: FieldRow) -> Iterator[Row]:
        ends: dict[str, str] = {}
        for end in ("superior", "subordinate"):
            key = self._reference(row, end)
            if key is None:
                body = self._organization(row, end)
                if body is None:
                    raise _missing(row, end)
                key = body[0]
                yield from body[1]
            ends[end] = key
        values = self._values(row, ("kind", "startDate", "endDate"), "subordination")
        key = f"{ends['subordinate']}-under-{ends['superior']}-{values.get('kind', 'reports_to')}-{values.get('startDate', 'unknown')}"
        yield make("Subordination", self._once(key), row.place, **ends, **values)

    # ---- what all tables share

    def _reference(self, row: FieldRow, end: str) -> str | None:
        """The employee whom a row means: by number, else by ФИО (and birth date) among the employees of this file."""
        number = _numbered(row, f"{end}Id")
        name = row.get(f"{end}Name")
        if number is not None or name is None:
            return number
        born = date_text(row.get(f"{end}BirthDate") or "")
        found = self._by_name.get(_named(name, born), set())
        if len(found) > 1:
            raise _Unclear(reject("ambiguous_name", row.place, row.raw, name=name))
        return next(iter(found), f"person-{_named(name, born)}")

    def _values(self, row: FieldRow, names: Iterable[str], kinds: str) -> dict[str, str]:
        """The fields that are there, dates as ISO, words as the feed's; `kinds`: the vocabulary of the column `kind`."""
        values: dict[str, str] = {}
        for name in names:
            text = row.values.get(name)
            if text is None:
                continue
            if name in _DATES:
                text = date_text(text)
            elif name in _FLAGS:
                text = self.words.of("flag", text)
            elif name in ("gender", "service", "kind"):
                text = self.words.of(kinds if name == "kind" else name, text)
            if text:
                values[name] = text
        return values

    def _once(self, key: str) -> str:
        """The key, with a number where the file says the same thing twice."""
        self._given[key] = count = self._given.get(key, 0) + 1
        return key if count == 1 else f"{key}-{count}"


class _Unclear(Exception):
    def __init__(self, rejected: Reject) -> None:
        super().__init__(rejected.reason)
        self.reject = rejected


def _missing(row: FieldRow, names: str) -> _Unclear:
    return _Unclear(reject("missing_property", row.place, row.raw, names=names))


def _full_name(row: FieldRow) -> str | None:
    parts = [row.get(part) for part in ("lastName", "firstName", "fatherName")]
    return row.get("name") or " ".join(part for part in parts if part) or None


def _numbered(row: FieldRow, name: str) -> str | None:
    """The id of the employee with that personnel number; leading zeros, which tables lose, do not count."""
    number = integer_text(row.get(name) or "")
    return f"person-{number.lstrip('0') or number}" if number else None


def _named(name: str, born: str) -> str:
    return f"{slug(name)}-{born}" if born else slug(name)


def _tail(key: str) -> str:
    """An id without its first word (`person`, `org`)."""
    return key.partition("-")[2]
