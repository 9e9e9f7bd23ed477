"""What is planted in the service itself: R-01 (chain of command), R-09 (applications) and R-10 (own business)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from ingest.city.bodies import Body, Job
from ingest.city.events import Role
from ingest.city.firms import Firm, Share
from ingest.city.kin import LISTED
from ingest.city.people import TODAY, Person
from ingest.city.plans import word_of
from ingest.city.planting import DAY, Declared, Planter, Tie

REQUESTS, REGISTER, TRADERS, LINES = "applications", "egrul", "egrip", "subordination"
SERVANTS = ("department", "administration")


class Service:
    """Plants in departments."""

    def __init__(self, planter: Planter) -> None:
        self.at, self.events = planter, planter.events
        self.municipality = planter.municipality

    def plant(self, times: int) -> None:
        """Each plant as often as told, where the city has the family for it."""
        plans: list[tuple[Callable[[], None], int]] = [
            (self.under_relative, 2 * times), (self.daughter_by_maiden_name, times), (self.two_steps_above, times),
            (self.strangers_in_two_departments, times), (self.relative_asks, 2 * times), (self.firm_rents, 2 * times),
            (self.asked_with_notice, times), (self.handed_over, times), (self.others_handled, times),
            (self.servant_trades, 2 * times), (self.servant_directs, 2 * times), (self.servant_owns, 2 * times),
            (self.left_the_day_before, times), (self.trader_is_namesake, times), (self.trader_without_inn, times),
            (self.in_trust, times), (self.for_the_municipality, times),
        ]  # fmt: skip
        for plan, count in plans:
            for _ in range(count):
                plan()

    # ------------------------------------------------------------------------------------------
    def _relative_for(self, posts: tuple[str, ...], paths: tuple[str, ...], *, daughters: bool = False) -> Tie | None:
        on = date(2025, 6, 2)
        for job in self.at.jobs(posts, on, kinds=("department",)):
            official = self.at.people[job.person]
            if official.id in self.at.used:
                continue
            for path in paths:
                for number in self.at.reach_on(official, path, on):
                    one = self.at.people[number]
                    fits = not daughters or (one.maiden is not None and one.gender == "female")
                    if fits and self.at.free(official, one, on) and self._fits_in(job, official, one, path):
                        self.at.used.update((official.id, one.id))
                        return Tie(job, official, one, path)
        return None

    def _fits_in(self, job: Job, official: Person, one: Person, path: str) -> bool:
        """Only the official is near; nobody else of the body and of the executive committee."""
        bodies = [self.municipality.bodies[job.body], self.municipality.bodies[0]]
        others = [who for body in bodies for who in self.municipality.staff(body) if who.id != official.id]
        near = {number for who in others for number in self.at.kin.near(who)}
        back = set(self.at.kin.near(one))
        return one.id not in near and back.isdisjoint(who.id for who in others) and path in self.at.kin.paths(official, one.id)

    def _hire(self, tie: Tie, boss: Job) -> Job:
        body = self.municipality.bodies[tie.job.body]
        start = date(2023, 3, 1) + timedelta(days=self.at.chance.randrange(600))
        job = self.municipality.hire(tie.relative, body, "Ведущий специалист", "specialist", start, boss=boss.id)
        job.department = boss.department
        self.at.economy.add_servant(tie.relative)
        self.events.forget(body)
        return job

    def _tell_line(self, job: Job, tie: Tie, severity: str, why: str, *, in_feed: bool) -> None:
        if in_feed:
            self.at.extras.feed_lines.add(job.id)
        event = (LINES, f"sub-{job.id}" if severity == "BLOCK" else None) if in_feed else ("hr", None)
        more = {"severity": severity, "kin": tie.path, "modifiers": ["R-23"], "status": "NEW"}
        self.at.tell("R-01", "fired", event, tie.official, tie.relative, why, **more)

    def under_relative(self) -> None:
        """A section head has a relative directly below."""
        if tie := self._relative_for(("other",), ("B", "C", "SB", "SC", "CS", "S", "SP")):
            job = self._hire(tie, tie.job)
            self.at.declare(tie, word_of(tie), TODAY)
            self._tell_line(job, tie, "BLOCK", "прямая подчинённость родственников", in_feed=len(self.at.extras.truth) % 2 == 0)

    def daughter_by_maiden_name(self) -> None:
        """The questionnaire names the daughter as she was called before her marriage."""
        if tie := self._relative_for(("other", "head"), ("C", "B"), daughters=True):
            job = self._hire(tie, tie.job)
            tie.relative.parents_known = False
            self.at.declare(tie, word_of(tie), TODAY, with_inn=False, former_surname=True)
            self._tell_line(job, tie, "BLOCK", "родственница в анкете под девичьей фамилией", in_feed=True)

    def two_steps_above(self) -> None:
        """The head of the department has a relative in a section."""
        if tie := self._relative_for(("head",), ("C", "B", "SB", "CS", "SC", "S")):
            body = self.municipality.bodies[tie.job.body]
            section = next(self.municipality.jobs[one] for one in body.jobs if self.municipality.jobs[one].boss == tie.job.id)
            if self.at.kin.paths(self.at.people[section.person], tie.relative.id):
                return
            job = self._hire(tie, section)
            self.at.declare(tie, word_of(tie), TODAY)
            self._tell_line(job, tie, "HIGH", "косвенная подчинённость через начальника отдела: MEDIUM, без уведомления +1", in_feed=True)

    def strangers_in_two_departments(self) -> None:
        """Brother or sister in another department without control."""
        if tie := self._relative_for(("specialist",), ("B",)):
            for body in self.municipality.bodies:
                if body.kind == "department" and body.id != tie.job.body and self.municipality.suits(tie.relative, body.id, 0):
                    boss = next(self.municipality.jobs[one] for one in body.jobs if self.municipality.jobs[one].post == "other")
                    self._hire(Tie(boss, tie.official, tie.relative, "B"), boss)
                    self.at.tell(
                        "R-01", "silent", ("hr", None), tie.official, tie.relative, "разные управления, разные руководители", path="B"
                    )
                    return

    # ------------------------------------------------------------------------------------------
    def _request(self, *, kind: str, firm: bool, paths: tuple[str, ...] = LISTED) -> tuple[Tie, Any, Firm | Person] | None:
        on = self.at.on()
        tie = self.at.tie(self.at.jobs(("specialist",), on, kinds=("department",)), paths, on)
        if tie is None:
            return None
        body = self.municipality.bodies[tie.job.body]
        party: Firm | Person = tie.relative
        if firm:
            party = self.at.firm([(tie.relative, "100", on - 300 * DAY)], director=tie.relative, before=on - 300 * DAY)
        roles = [one for one in self.events.handlers(body, on) if one.role == "decides"] + [Role(tie.official.id, "prepares")]
        who = None if firm else tie.relative
        request = self.events.request(
            body, kind=kind, person=who, firm=party if isinstance(party, Firm) else None, roles=roles, registered=on
        )
        self.at.declare(tie, word_of(tie), on)
        return tie, request, party

    def _tell_request(self, tie: Tie, request: Any, party: Firm | Person, severity: str, why: str, **more: Any) -> None:
        share = 1.0 if isinstance(party, Firm) else None
        more = {"severity": severity, "kin": tie.path, "share": share, "modifiers": ["R-23"], "status": "NEW", **more}
        self.at.tell("R-09", "fired", (REQUESTS, request.id), tie.official, party, why, **more)

    def relative_asks(self) -> None:
        """A relative's permit: MEDIUM, without notice HIGH."""
        if found := self._request(kind="permit", firm=False):
            self._tell_request(*found, "HIGH", "заявитель — родственник исполнителя: MEDIUM, без уведомления +1")

    def firm_rents(self) -> None:
        """A relative's firm asks for a lease or a subsidy."""
        kind = "lease" if self.at.chance.random() < 0.6 else "subsidy"
        if found := self._request(kind=kind, firm=True):
            self._tell_request(*found, "HIGH", "фирма родственника исполнителя")

    def asked_with_notice(self) -> None:
        """The notice came before: MEDIUM."""
        if found := self._request(kind="service", firm=False):
            tie, request, party = found
            self.at.notice(tie.official, request.registered - DAY, (REQUESTS, request.id))
            self._tell_request(tie, request, party, "MEDIUM", "уведомление подано до регистрации", modifiers=[])

    def handed_over(self) -> None:
        """A recusal, and another official went on: SETTLED."""
        if found := self._request(kind="lease", firm=True):
            tie, request, party = found
            request.roles[-1].start, request.roles[-1].end = request.registered, request.registered + 2 * DAY
            measured = request.registered + DAY
            number = self.at.notice(tie.official, request.registered, (REQUESTS, request.id), measure="recusal", measured=measured)
            self._tell_request(tie, request, party, "HIGH", "самоотвод до решения", modifiers=[], status="SETTLED", settled_by=number)

    def others_handled(self) -> None:
        """The relative's application went through other hands."""
        if found := self._request(kind="permit", firm=False):
            tie, request, party = found
            request.roles.pop()
            self.at.tell(
                "R-09",
                "silent",
                (REQUESTS, request.id),
                tie.official,
                party,
                "служащий не участвовал",
                reason="took_no_part",
                path=tie.path,
            )

    # ------------------------------------------------------------------------------------------
    def _servant(self, *, leavers: bool = False) -> tuple[Job, Person, Body] | None:
        for job in self.at.jobs(("specialist",), date(2025, 6, 2), kinds=SERVANTS):
            person = self.at.people[job.person]
            if person.id in self.at.used or (leavers and any(seat.person == person.id for seat in self.municipality.seats)):
                continue
            if not self.at.owner_names.intersection(person.all_folded):
                self.at.used.add(person.id)
                return job, person, self.municipality.bodies[job.body]
        return None

    def _tell_own(self, person: Person, firm: Firm, severity: str, why: str, *, event: tuple[str, str], share: float | None) -> None:
        more = {"severity": severity, "share": share, "modifiers": ["R-23"], "status": "NEW"}
        self.at.tell("R-10", "fired", event, person, firm, why, **more)

    def _entry(self, firm: Firm, kind: str, person: Person, since: date) -> tuple[str, str]:
        """The record that the reader of ЕГРЮЛ makes of an owner or a director."""
        return REGISTER, f"{firm.ogrn}-{kind}-{self.at.people.inn(person)}-{since.isoformat()}"

    def servant_trades(self) -> None:
        """A servant registered as a sole trader."""
        if found := self._servant():
            firm = self.at.economy.trader(found[1], date(2024, 2, 5) + timedelta(days=self.at.chance.randrange(400)))
            firm.planted = True
            self._tell_own(found[1], firm, "BLOCK", "служащий — ИП", event=(TRADERS, f"{firm.ogrn}-owner"), share=1.0)

    def servant_directs(self) -> None:
        """A servant directs a company of somebody else."""
        if found := self._servant():
            owner = self.at.stranger(found[2])
            since = date(2024, 3, 4) + timedelta(days=self.at.chance.randrange(400))
            firm = self.at.firm([(owner, "100", since - 400 * DAY)], director=found[1], before=since, since=since)
            event = self._entry(firm, "director", found[1], since)
            self._tell_own(found[1], firm, "BLOCK", "служащий — единоличный исполнительный орган", event=event, share=None)

    def servant_owns(self) -> None:
        """A servant holds a small share: MEDIUM, without notice HIGH."""
        if found := self._servant():
            owner = self.at.stranger(found[2])
            since = date(2024, 3, 4) + timedelta(days=self.at.chance.randrange(400))
            firm = self.at.firm([(owner, "95", since - 90 * DAY), (found[1], "5", since)], director=owner, before=since - 90 * DAY)
            event = self._entry(firm, "owner", found[1], since)
            self._tell_own(found[1], firm, "HIGH", "доля 5 %: MEDIUM, без уведомления +1", event=event, share=0.05)

    def left_the_day_before(self) -> None:
        """The service ended on the day on which the business began."""
        if found := self._servant(leavers=True):
            job, person, body = found
            since = date(2025, 9, 1)
            job.end = since
            firm = self.at.economy.trader(person, since)
            firm.planted = True
            self.events.forget(body)
            self.at.tell(
                "R-10",
                "silent",
                (TRADERS, f"{firm.ogrn}-owner"),
                person,
                firm,
                "служба окончилась в день регистрации ИП",
                reason="role_ended",
            )

    def _double(self, person: Person) -> Person:
        double = next(self.at.spare)
        double.gender, double.surname, double.first = person.gender, person.surname, person.first
        double.patronymic, double.family_name, double.maiden = person.patronymic, person.family_name, None
        return double

    def trader_is_namesake(self) -> None:
        """A sole trader bears the servant's name and another ИНН."""
        if found := self._servant():
            firm = self.at.economy.trader(self._double(found[1]))
            firm.planted = True
            self.at.tell(
                "R-10", "silent", (TRADERS, f"{firm.ogrn}-owner"), found[1], firm, "тёзка служащего с другим ИНН", reason="namesake"
            )

    def trader_without_inn(self) -> None:
        """The personnel sheet lost the servant's ИНН, and a sole trader bears the same name."""
        if found := self._servant():
            double = self._double(found[1])
            firm = self.at.economy.trader(double)
            firm.planted = True
            self.at.extras.without_inn.add(found[1].id)
            more = {"severity": "BLOCK", "missing": ["identity"], "status": "NEED_DATA"}
            self.at.tell(
                "R-10",
                "not_computable",
                (TRADERS, f"{firm.ogrn}-owner"),
                found[1],
                firm,
                "ИНН служащего неизвестен, совпадает только ФИО",
                **more,
            )

    def in_trust(self) -> None:
        """The share was handed to a trustee."""
        if found := self._servant():
            owner = self.at.stranger(found[2])
            firm = self.at.firm([(owner, "80", date(2021, 2, 1))], director=owner, before=date(2021, 2, 1))
            share = Share("20", date(2023, 2, 1), person=found[1].id, basis="trust_management")
            event: tuple[str, str | None] = ("shares", f"sh-{len(self.at.extras.past_shares)}")
            self.at.extras.past_shares.append((firm.id, share))
            self.at.tell("R-10", "silent", event, found[1], firm, "доля в доверительном управлении", reason="consent_given")

    def for_the_municipality(self) -> None:
        """A seat on a board on behalf of the municipality."""
        if found := self._servant():
            number = len(self.at.extras.permitted)
            key, name = f"post-{number}", f"Фонд развития территорий № {number + 1} Тест"
            post = {"id": key, "person": found[1].id, "organization": name, "startDate": "2024-01-15"}
            self.at.extras.permitted.append({**post, "basis": "on_behalf_of_municipality"})
            why = "членство в совете по поручению муниципалитета"
            self.at.tell("R-10", "silent", ("declarations", key), found[1], found[1], why, reason="consent_given")
            self.at.extras.truth[-1]["counterparty"] = {"name": name}


def declare_household(planter: Planter) -> None:
    """The ordinary questionnaires of the servants: parents, children, brothers and sisters, spouse, most with ИНН."""
    at = planter
    told = {(one.official, one.relative) for one in at.extras.declared}
    hidden = at.extras.quiet | {official for official, _ in at.extras.undated_wife}
    for official in at.municipality.servants():
        if official.id in hidden:
            continue
        for path in ("S", "P", "C", "B"):
            for number in at.reach_on(official, path, TODAY):
                relative = at.people[number]
                if (official.id, number) in told or not relative.alive(TODAY) or not relative.parents_known:
                    continue
                tie = Tie(at.municipality.jobs[0], official, relative, path)
                start = at.wed_since(tie, TODAY)
                with_inn = at.chance.random() < 0.6 and number not in at.extras.never_bridged
                at.extras.declared.append(Declared(official.id, number, word_of(tie), start, with_inn=with_inn))
