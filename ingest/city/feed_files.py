"""The feed files of the city: civil registry, questionnaires, the shop, tenders, applications, commissions, notices, truth."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from ingest.city.bodies import Body
from ingest.city.events import Deal, Events, Role
from ingest.city.people import TODAY, Person
from ingest.city.planting import Extras

Line = dict[str, Any]


def line(record_id: str, schema: str, **properties: Any) -> Line:
    """One record of the feed; None and empty values are left out."""
    kept: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = value if isinstance(value, list) else [value]
        texts = [str(one) for one in values if one not in (None, "")]
        if texts:
            kept[name] = texts
    return {"id": record_id, "schema": schema, "properties": kept}


def write(path: Path, lines: Iterable[Line]) -> int:
    """Write JSON Lines; returns their number."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for one in lines:
            file.write(json.dumps(one, ensure_ascii=False, separators=(", ", ": ")))
            file.write("\n")
            count += 1
    return count


class FeedFiles:
    """Tells the city as feeds; every source knows people only by what such a source would know."""

    def __init__(self, events: Events, extras: Extras) -> None:
        self.events, self.extras = events, extras
        self.people, self.municipality, self.economy = events.people, events.municipality, events.economy

    def sources(self) -> dict[str, tuple[str, Callable[[], Iterator[Line]]]]:
        """File stem → kind of the source and its lines."""
        return {
            "zags": ("civil_registry", self.civil_registry),
            "declarations": ("declaration", self.declarations),
            "commissions": ("procurement", self.commissions),
            "subordination": ("hr", self.subordination),
            "e-shop": ("procurement", self.shop),
            "tenders": ("procurement", self.tenders),
            "contract-roles": ("procurement", self.contract_roles),
            "applications": ("appeals", self.applications),
            "notifications": ("hr", self.notifications),
            "shares": ("egrul", self.shares),
        }

    # ------------------------------------------------------------------------------------------ people
    def _person(self, prefix: str, person: Person, *, inn: bool = False, snils: bool = False, birth: bool = True) -> Line:
        return line(
            f"{prefix}-{person.id}",
            "Person",
            name=person.full_name,
            birthDate=person.birth if birth else None,
            innCode=self.people.inn(person) if inn else None,
            socialSecurityNumber=self.people.snils(person) if snils else None,
        )

    def _body(self, prefix: str, body: Body) -> Line:
        return line(f"{prefix}-{body.id}", "PublicBody", name=body.name, innCode=body.inn, bodyKind=body.kind)

    def civil_registry(self) -> Iterator[Line]:
        """Births, marriages and divorces, deaths, adoptions; no ИНН."""
        for person in self.people:
            yield line(
                f"z-{person.id}",
                "Person",
                name=person.full_name,
                lastName=person.surname,
                firstName=person.first,
                fatherName=person.patronymic,
                previousName=person.maiden,
                birthDate=person.birth,
                deathDate=person.death,
                gender=person.gender,
            )
            if person.parents_known:
                for side, parent in (("f", person.father), ("m", person.mother)):
                    if parent is not None and not (side == "f" and person.adopter is not None):
                        yield line(
                            f"z-{person.id}-{side}", "Family", person=f"z-{person.id}", relative=f"z-{parent}", relationship="parent"
                        )
            if person.adopter is not None:
                yield line(
                    f"z-{person.id}-a",
                    "Family",
                    person=f"z-{person.id}",
                    relative=f"z-{person.adopter}",
                    relationship="adoptive_parent",
                    startDate=person.adopted_on,
                )
            if person.gender == "male":
                for number, marriage in enumerate(one for one in person.marriages if one.dated):
                    yield line(
                        f"z-{person.id}-m{number}",
                        "Family",
                        person=f"z-{person.id}",
                        relative=f"z-{marriage.wife}",
                        relationship="spouse",
                        startDate=marriage.start,
                        endDate=marriage.end,
                    )

    def declarations(self) -> Iterator[Line]:
        """Questionnaires: the official by СНИЛС, the relatives with birth date and, mostly, ИНН."""
        seen: set[str] = set()
        for number, one in enumerate(self.extras.declared):
            official, relative = self.people[one.official], self.people[one.relative]
            me = self._person("d", official, snils=True)
            if me["id"] not in seen:
                seen.add(me["id"])
                yield me
            surname = relative.maiden if one.former_surname and relative.maiden else relative.surname
            key = f"d-{one.official}-{one.relative}"
            if key not in seen:
                seen.add(key)
                name = f"{surname} {relative.first} {relative.patronymic}"
                inn = self.people.inn(relative) if one.with_inn else None
                yield line(key, "Person", name=name, birthDate=relative.birth, gender=relative.gender, innCode=inn)
            if one.word is not None:
                start = one.start
                yield line(f"df-{number}", "Family", person=me["id"], relative=key, relationship=one.word, startDate=start)
        for row in self.extras.permitted:
            official = self.people[row["person"]]
            if f"d-{official.id}" not in seen:
                seen.add(f"d-{official.id}")
                yield self._person("d", official, snils=True)
            yield line(f"{row['id']}-org", "Organization", name=row["organization"])
            yield line(
                row["id"],
                "Directorship",
                director=f"d-{official.id}",
                organization=f"{row['id']}-org",
                role="board",
                startDate=row["startDate"],
                basis=row["basis"],
            )

    # ------------------------------------------------------------------------------------------ bodies
    def commissions(self) -> Iterator[Line]:
        """Procurement commissions and who sits on them."""
        seen: set[int] = set()
        for body in self.municipality.bodies:
            if body.commission is not None:
                commission = self.municipality.bodies[body.commission]
                yield self._body("b", body)
                yield line(
                    f"c-{commission.id}",
                    "PublicBody",
                    name=commission.name,
                    bodyKind="commission",
                    classification="procurement",
                    parent=f"b-{body.id}",
                )
        for number, seat in enumerate(self.municipality.seats):
            if seat.person not in seen:
                seen.add(seat.person)
                yield self._person("m", self.people[seat.person], snils=True)
            yield line(
                f"seat-{number}",
                "Membership",
                member=f"m-{seat.person}",
                organization=f"c-{seat.commission}",
                role=seat.role,
                startDate=seat.start,
                endDate=seat.end,
            )

    def subordination(self) -> Iterator[Line]:
        """Who stands above whom where the personnel sheet is silent: bodies, heads of institutions, some pairs of people."""
        seen: set[str] = set()
        for body in self.municipality.bodies:
            if body.parent is None or body.kind == "commission":
                continue
            for one in (self.municipality.bodies[body.parent], body):
                if f"s-{one.id}" not in seen:
                    seen.add(f"s-{one.id}")
                    yield self._body("s", one)
            yield line(
                f"over-{body.id}",
                "Subordination",
                superior=f"s-{body.parent}",
                subordinate=f"s-{body.id}",
                kind="controls",
                startDate="2012-01-01",
            )
        for job in self.municipality.jobs:
            if job.id not in self.extras.feed_lines or job.boss is None:
                continue
            boss = self.municipality.jobs[job.boss]
            for person in (boss.person, job.person):
                if f"sp-{person}" not in seen:
                    seen.add(f"sp-{person}")
                    yield self._person("sp", self.people[person], snils=True)
            yield line(
                f"sub-{job.id}",
                "Subordination",
                superior=f"sp-{boss.person}",
                subordinate=f"sp-{job.person}",
                kind="reports_to",
                startDate=max(job.start, boss.start),
                endDate=job.end,
            )

    # ------------------------------------------------------------------------------------------ events
    def _firm(self, prefix: str, number: int) -> Line:
        firm = self.economy.firms[number]
        form = "ИП" if firm.trader is not None else "ООО"
        return line(f"{prefix}-{firm.id}", "Company", name=firm.name, innCode=firm.inn, ogrnCode=firm.ogrn, legalForm=form)

    def _roles(self, event: str, roles: list[Role], prefix: str) -> Iterator[Line]:
        for number, one in enumerate(roles):
            yield line(
                f"{event}-r{number}",
                "Participation",
                participant=f"{prefix}-{one.person}",
                event=event,
                role=one.role,
                startDate=one.start,
                endDate=one.end,
            )

    def shop(self) -> Iterator[Line]:
        """Contracts under items 4 and 5, which no register of the state holds."""
        deals = [deal for deal in self.events.deals if deal.register == "shop"]
        yield from self._parties(deals, "u")
        for deal in deals:
            yield line(
                deal.id,
                "Contract",
                authority=f"ub-{deal.body}",
                title=deal.title,
                amount=f"{deal.amount}.00",
                contractDate=deal.on,
                law=deal.law,
                singleSupplierItem=deal.item,
                okpd2=deal.okpd2,
            )
            yield line(f"{deal.id}-s", "ContractAward", contract=deal.id, supplier=f"uf-{deal.firm}", amount=f"{deal.amount}.00")
            yield from self._roles(deal.id, deal.roles, "u")

    def _parties(self, deals: list[Deal], prefix: str, *, firms: bool = True) -> Iterator[Line]:
        for body in dict.fromkeys(deal.body for deal in deals):
            yield self._body(f"{prefix}b", self.municipality.bodies[body])
        if firms:
            for firm in dict.fromkeys(deal.firm for deal in deals):
                yield self._firm(f"{prefix}f", firm)
        for person in dict.fromkeys(role.person for deal in deals for role in deal.roles):
            with_inn = person not in self.extras.without_inn
            yield self._person(prefix, self.people[person], inn=with_inn, snils=not with_inn)

    def tenders(self) -> Iterator[Line]:
        """Auctions with their commission and all bidders."""
        tenders = self.events.tenders
        for number in dict.fromkeys(one.body for one in tenders):
            yield self._body("tb", self.municipality.bodies[number])
        for number in dict.fromkeys(firm for one in tenders for firm, _ in one.bidders):
            yield self._firm("tf", number)
        for one in tenders:
            body = self.municipality.bodies[one.body]
            yield line(
                f"t-{one.id}",
                "CallForTenders",
                authority=f"tb-{one.body}",
                callId=one.number,
                title=one.title,
                publicationDate=one.published,
                submissionDeadline=one.deadline,
                awardingDate=one.awarded,
                law="223-fz" if body.kind == "enterprise" else "44-fz",
                commission=f"c-{body.commission}",
            )
            for firm, status in one.bidders:
                yield line(
                    f"t-{one.id}-{firm}", "ContractAward", callForTenders=f"t-{one.id}", supplier=f"tf-{firm}", role="bidder", status=status
                )

    def contract_roles(self) -> Iterator[Line]:
        """Who signed the contracts that the registers of 44-ФЗ and 223-ФЗ tell without names."""
        deals = [deal for deal in self.events.deals if deal.register != "shop" and deal.roles]
        for person in dict.fromkeys(role.person for deal in deals for role in deal.roles):
            yield self._person("w", self.people[person], snils=True)
        for deal in deals:
            yield from self._roles(deal.id, deal.roles, "w")

    def applications(self) -> Iterator[Line]:
        """Applications of people and firms, and who handled them."""
        requests = self.events.requests
        for number in dict.fromkeys(one.body for one in requests):
            yield self._body("ab", self.municipality.bodies[number])
        for number in dict.fromkeys(one.firm for one in requests if one.firm is not None):
            yield self._firm("af", number)
        for number in dict.fromkeys(one.person for one in requests if one.person is not None):
            yield self._person("a", self.people[number])
        for number in dict.fromkeys(role.person for one in requests for role in one.roles):
            yield self._person("ah", self.people[number], snils=True)
        for one in requests:
            yield line(
                one.id,
                "Application",
                applicant=f"af-{one.firm}" if one.firm is not None else f"a-{one.person}",
                authority=f"ab-{one.body}",
                kind=one.kind,
                title=one.title,
                regNumber=one.id,
                registrationDate=one.registered,
                decisionDate=one.decided,
                outcome="granted",
            )
            yield from self._roles(one.id, one.roles, "ah")

    def notifications(self) -> Iterator[Line]:
        """Notices of personal interest."""
        for person in dict.fromkeys(one.official for one in self.extras.notices):
            yield self._person("nt", self.people[person], snils=True)
        for one in self.extras.notices:
            yield line(
                one.id,
                "Notification",
                official=f"nt-{one.official}",
                date=one.on,
                number=one.id,
                kind="personal_interest",
                about=one.about[1],
                measure=one.measure or "none",
                measureDate=one.measured,
            )

    def shares(self) -> Iterator[Line]:
        """Shares that the present extracts no longer or do not show."""
        for number, (firm, share) in enumerate(self.extras.past_shares):
            if share.person is None:
                continue
            person = self.people[share.person]
            yield line(f"sh-{number}-p", "Person", name=person.full_name, innCode=self.people.inn(person))
            yield self._firm(f"sh-{number}", firm)
            yield line(
                f"sh-{number}",
                "Ownership",
                owner=f"sh-{number}-p",
                asset=f"sh-{number}-{firm}",
                percentage=share.percent,
                startDate=share.start,
                endDate=share.end,
                basis=share.basis,
            )

    def truth(self) -> Iterator[Line]:
        """The planted conflicts and near misses."""
        yield from self.extras.truth


AS_OF = TODAY.isoformat()
