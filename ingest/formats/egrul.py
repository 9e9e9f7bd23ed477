"""ЕГРЮЛ open-format XML (VO_RUGFO 4.06 and 4.07): firms, who runs them and who owns them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from domain.records import Extract, Note, Place, Record, Reject, Row, SourceKind, make
from ingest.formats import Columns
from ingest.reasons import note, reject
from ingest.registers import Name, address_of, entry_days, first_recorded, gender_of, name_of, slug, unreliable
from ingest.values import extract_of
from ingest.xml import Element, attribute, child, children, descendants, elements, local, looks_like_xml, source, text

NAME = "egrul"
KIND = SourceKind.EGRUL

_MARKS = [word.encode(code) for word in ("ЕГРЮЛ_ОТКР_СВЕД", "<СвЮЛ ") for code in ("cp1251", "utf-8")]
_UNITARY = ("6", "7")
"""ОКОПФ codes of unitary enterprises and unitary non-commercial organizations: who founds one is no share-holder."""
_TERMINATED = re.compile(r"полномочия\s+прекращены", re.IGNORECASE)
_CODES = {"1": "Российская Федерация", "2": "субъект Российской Федерации", "3": "муниципальное образование"}
_TRUST = ("СвДовУпрФЛ", "СвДовУпрЮЛ", "СвДовУпр")


def detect(head: bytes, path: str) -> bool:
    """Whether the file says that it holds extracts of ЕГРЮЛ."""
    del path
    return looks_like_xml(head) and (b"VO_RUGFO" in head or any(mark in head for mark in _MARKS))


def records(file: BinaryIO, path: str, mapping: Columns | None = None) -> Iterator[Row]:
    """A Company for each extract, the people and firms it names, their Directorships and Ownerships.

    All ids begin with the firm's ОГРН; people of one firm are one record where their ИНН (or, without one, their name) is
    one. Every record carries the Extract, so a later extract replaces an earlier one whole.
    """
    del mapping
    found = 0
    for item in elements(file, path, "СвЮЛ"):
        if isinstance(item, Reject):
            yield item
            found += 1
            continue
        found += 1
        number, firm = item
        ogrn = attribute(firm, "ОГРН")
        if ogrn is None:
            yield reject("missing_property", Place(path, number), source(firm), names="СвЮЛ/@ОГРН")
            continue
        extract = extract_of(ogrn, attribute(firm, "ДатаВып"), entry_days(firm, entry="СвЗапЕГРЮЛ"))
        yield from _Reader(firm, ogrn, extract, Place(path, number)).rows()
    if not found:
        yield reject("nothing_found", Place(path, 1), format=NAME)


@dataclass(slots=True)
class _Reader:
    """One extract; `_people` are the ids given in it, so that a director who is a founder is one person."""

    firm: Element
    ogrn: str
    extract: Extract | None
    at: Place
    _people: dict[str, str] = field(default_factory=dict)
    _given: dict[str, int] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        yield self._company()
        yield from self._remarks()
        closed = attribute(self.firm, "ДатаПрекрЮЛ", "СвПрекрЮЛ")
        for post in children(self.firm, "СведДолжнФЛ"):
            yield from self._director(post, closed)
        for one in children(self.firm, "СвУпрОрг"):
            yield from self._manager(one, closed)
        for founders in children(self.firm, "СвУчредит"):
            for one in founders:
                yield from self._founder(one, closed)

    def _make(self, schema: str, key: str, **properties: str | tuple[str, ...] | None) -> Record:
        plain = make(schema, f"{self.ogrn}-{key}" if key else self.ogrn, self.at, **properties)
        return Record(plain.id, schema, plain.properties, self.at, extract=self.extract)

    def _once(self, key: str) -> str:
        """The key, with a number where the extract says the same thing twice: two shares of one person are two shares."""
        self._given[key] = count = self._given.get(key, 0) + 1
        return key if count == 1 else f"{key}-{count}"

    # ---- the firm

    def _company(self) -> Record:
        firm = self.firm
        form = attribute(firm, "КодОПФ") or ""
        name = attribute(firm, "НаимЮЛПолн", "СвНаимЮЛ")
        short = attribute(firm, "НаимСокр", "СвНаимЮЛ", "СвНаимЮЛСокр") or attribute(firm, "НаимЮЛСокр", "СвНаимЮЛ")
        bodies = tuple(dict.fromkeys(f"{self.ogrn}-org-{_body_key(one)}" for one in descendants(firm, "СвОргОсущПр")))
        return self._make(
            "Company",
            "",
            name=name or short,
            alias=short if name else None,
            innCode=attribute(firm, "ИНН"),
            ogrnCode=self.ogrn,
            kppCode=attribute(firm, "КПП"),
            legalForm=attribute(firm, "ПолнНаимОПФ"),
            okopfCode=form,
            bodyKind="enterprise" if form == "65243" else "institution" if form.startswith("754") else None,
            address=address_of(child(firm, "СвАдресЮЛ")),
            email=attribute(firm, "E-mail", "СвАдрЭлПочты"),
            capital=attribute(firm, "СумКап", "СвУстКап"),
            incorporationDate=attribute(firm, "ДатаРег", "СвОбрЮЛ") or attribute(firm, "ДатаОГРН"),
            dissolutionDate=attribute(firm, "ДатаПрекрЮЛ", "СвПрекрЮЛ"),
            parent=bodies,
            modifiedAt=attribute(firm, "ДатаВып"),
        )

    def _remarks(self) -> Iterator[Note]:
        own = child(self.firm, "СвДоляООО")
        if own is not None:
            yield note("own_share", self.at, who=self.ogrn, share=_share(own) or "?")
        address = child(self.firm, "СвАдресЮЛ")
        if address is not None:
            yield from self._unreliable(address, "СвАдресЮЛ")

    def _unreliable(self, element: Element, who: str) -> Iterator[Note]:
        for words in unreliable(element):
            yield note("unreliable_data", self.at, who=f"{self.ogrn} {who}", text=words)

    # ---- people and firms that an extract names

    def _person(self, element: Element, died: str | None = None) -> Record | None:
        name = name_of(child(element, "СвФЛ"))
        if name is None:
            return None
        inn = attribute(element, "ИННФЛ", "СвФЛ")
        key = self._person_key(name, inn)
        return self._make(
            "Person",
            f"person-{key}",
            name=name.full,
            lastName=name.last,
            firstName=name.first,
            fatherName=name.patronymic,
            gender=gender_of(attribute(element, "Пол", "СвПолФЛ") or attribute(element, "Пол", "СвФЛ")),
            innCode=inn,
            deathDate=died,
        )

    def _person_key(self, name: Name, inn: str | None) -> str:
        """The ИНН; where one ИНН stands beside two names, the second keeps its name in the key and so its own record."""
        plain = slug(name.full)
        if not inn:
            return plain
        return inn if self._people.setdefault(inn, plain) == plain else f"{inn}-{plain}"

    def _organization(self, element: Element, schema: str = "Company") -> Record | None:
        name = attribute(element, "НаимЮЛПолн", "НаимИННЮЛ") or attribute(element, "НаимПолн", "СвНаимЮЛПолнИн")
        if name is None:
            return None
        foreign = attribute(element, "НаимПолн", "СвНаимЮЛПолнИн")
        return self._make(
            schema,
            f"org-{_body_key(element)}",
            name=name,
            alias=foreign if foreign != name else None,
            innCode=attribute(element, "ИНН", "НаимИННЮЛ"),
            ogrnCode=attribute(element, "ОГРН", "НаимИННЮЛ"),
            registrationNumber=attribute(element, "РегНомер", "СвРегИн"),
        )

    # ---- who runs it

    def _director(self, post: Element, closed: str | None) -> Iterator[Row]:
        person = self._person(post)
        if person is None:
            yield note("not_read", self.at, who=self.ogrn, name="СведДолжнФЛ")
            return
        yield person
        start = first_recorded(post)
        ended = next((one for one in children(post, "ДопСвПолДолжФЛ") if _TERMINATED.search(str(one.attrib))), None)
        yield self._make(
            "Directorship",
            self._once(f"director-{_tail(person)}-{start or 'unknown'}"),
            director=person.id,
            organization=self.ogrn,
            role="sole_executive",
            summary=attribute(post, "НаимДолжн", "СвДолжн"),
            startDate=start,
            endDate=attribute(ended, "ДатаЗаписи", "ГРНДата") or closed,
        )
        yield from self._unreliable(post, person.first("name") or "")
        for ban in children(post, "СвДискв"):
            dates = {"start": attribute(ban, "ДатаНачДискв") or "?", "end": attribute(ban, "ДатаОкончДискв") or "?"}
            yield note("disqualified", self.at, who=f"{self.ogrn} {person.first('name')}", **dates)

    def _manager(self, element: Element, closed: str | None) -> Iterator[Row]:
        organization = self._organization(element)
        if organization is None:
            yield note("not_read", self.at, who=self.ogrn, name="СвУпрОрг")
            return
        yield organization
        start = first_recorded(element)
        yield self._make(
            "Directorship",
            self._once(f"director-{_tail(organization)}-{start or 'unknown'}"),
            director=organization.id,
            organization=self.ogrn,
            role="sole_executive",
            summary="Управляющая организация",
            startDate=start,
            endDate=closed,
        )
        yield from self._unreliable(element, organization.first("name") or "")

    # ---- who owns it

    def _founder(self, element: Element, closed: str | None) -> Iterator[Row]:
        kind = local(element)
        heir = child(element, "ЛицоУпрНасл")
        died = attribute(heir, "ДатаОткрНасл")
        if kind == "УчрФЛ":
            owner = self._person(element, died)
        elif kind in ("УчрЮЛРос", "УчрЮЛИн"):
            owner = self._organization(element)
        elif kind == "УчрРФСубМО":
            owner = self._public(element)
        elif kind == "УчрПИФ":
            owner = self._fund(element)
        else:
            owner = None
        if owner is None:
            yield note("not_read", self.at, who=self.ogrn, name=f"СвУчредит/{kind}")
            return
        yield owner
        yield from self._ownerships(element, owner, died or closed)
        if kind == "УчрФЛ" and (attribute(self.firm, "КодОПФ") or "").startswith(_UNITARY):
            yield self._unitary_founder(owner, first_recorded(element), closed)
        for body in children(element, "СвОргОсущПр"):
            yield from self._acting_body(body, owner)
        for tag, role in (*((tag, "доверительный управляющий долей") for tag in _TRUST), ("ЛицоУпрНасл", "управляющий наследуемой долей")):
            for one in children(element, tag):
                yield from self._steward(one, owner, role, closed)
        yield from self._unreliable(element, owner.first("name") or "")

    def _ownerships(self, element: Element, owner: Record, ended: str | None) -> Iterator[Record]:
        """One Ownership, or two where the share went into trust later: before that day it was not held in trust."""
        start, share = first_recorded(element), child(element, "ДоляУстКап")
        trust = next((one for tag in _TRUST for one in children(element, tag)), None)
        since = first_recorded(trust)
        changed = attribute(share, "ДатаЗаписи", "ГРНДата")
        spans = [(start, ended, "trust_management" if trust is not None else None)]
        if since and start and start < since:
            spans = [(start, since, None), (since, ended, "trust_management")]
        for begins, ends, basis in spans:
            yield self._make(
                "Ownership",
                self._once(f"owner-{_tail(owner)}-{begins or 'unknown'}"),
                owner=owner.id,
                asset=self.ogrn,
                percentage=_share(share),
                sharesValue=attribute(share, "НоминСтоим"),
                shareDate=changed if changed and begins and changed > begins else None,
                basis=basis,
                startDate=begins,
                endDate=ends,
            )

    def _unitary_founder(self, owner: Record, start: str | None, closed: str | None) -> Record:
        """44-ФЗ art. 31 part 1 item 9 names the founder of a unitary organization beside its head."""
        key = self._once(f"founder-{_tail(owner)}-{start or 'unknown'}")
        ends = {"director": owner.id, "organization": self.ogrn}
        return self._make("Directorship", key, **ends, role="unitary_founder", startDate=start, endDate=closed)

    def _public(self, element: Element) -> Record:
        given = child(element, "ВидНаимУчр")
        kind = _CODES.get(attribute(given, "КодУчрРФСубМО") or "", "публично-правовое образование")
        name = attribute(given, "НаимМО") or attribute(given, "НаимРегион") or kind
        return self._make("PublicBody", f"public-{slug(name)}", name=name, legalForm=kind)

    def _fund(self, element: Element) -> Record | None:
        name = attribute(element, "НаимПИФ", "СвНаимПИФ") or attribute(element, "НаимПИФ") or text(element, "СвНаимПИФ")
        return self._make("Organization", f"fund-{slug(name)}", name=name, legalForm="Паевой инвестиционный фонд") if name else None

    def _acting_body(self, element: Element, owner: Record) -> Iterator[Row]:
        body = self._organization(element, "PublicBody")
        if body is None:
            yield note("not_read", self.at, who=self.ogrn, name="СвОргОсущПр")
            return
        yield body
        yield self._represents(body, owner, "осуществляет права учредителя", first_recorded(element), None)

    def _steward(self, element: Element, owner: Record, role: str, closed: str | None) -> Iterator[Row]:
        agent = self._person(element) or self._organization(element)
        if agent is None:
            yield note("not_read", self.at, who=self.ogrn, name=local(element))
            return
        yield agent
        yield self._represents(agent, owner, role, first_recorded(element), closed)

    def _represents(self, agent: Record, client: Record, role: str, start: str | None, end: str | None) -> Record:
        key = self._once(f"agent-{_tail(agent)}-for-{_tail(client)}-{start or 'unknown'}")
        return self._make("Representation", key, agent=agent.id, client=client.id, role=role, startDate=start, endDate=end)


def _tail(record: Record) -> str:
    """The id without the firm's ОГРН and the kind of party."""
    return record.id.split("-", 2)[2]


def _body_key(element: Element) -> str:
    number = attribute(element, "ОГРН", "НаимИННЮЛ") or attribute(element, "ИНН", "НаимИННЮЛ") or attribute(element, "РегНомер", "СвРегИн")
    return number or slug(attribute(element, "НаимЮЛПолн", "НаимИННЮЛ") or attribute(element, "НаимПолн", "СвНаимЮЛПолнИн") or "")


def _share(element: Element | None) -> str | None:
    """The share as the feed writes it: percent, or a simple fraction; a decimal fraction becomes percent."""
    size = child(element, "РазмерДоли")
    percent, decimal = text(size, "Процент"), text(size, "ДробДес")
    if percent:
        return percent
    simple = child(size, "ДробПрост")
    if simple is not None:
        return f"{attribute(simple, 'Числит')}/{attribute(simple, 'Знаменат')}"
    if decimal:
        try:
            return f"{(Decimal(decimal.replace(',', '.')) * 100).normalize():f}"
        except InvalidOperation:
            return decimal
    return None
