"""Contracts, tenders and applications of 2022-2026 between people and firms that have nothing to do with each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ingest.city.bodies import Body, Job, Municipality
from ingest.city.firms import Economy, Firm
from ingest.city.people import TODAY, People, Person

FIRST_DAY = date(2022, 1, 10)

_GOODS = (
    ("Поставка канцелярских товаров", "17.23.13.130"),
    ("Поставка картофеля и овощей", "01.13.51.000"),
    ("Текущий ремонт кабинетов", "43.39.19.190"),
    ("Техническое обслуживание пожарной сигнализации", "80.20.10.000"),
    ("Поставка моющих средств", "20.41.31.110"),
    ("Поставка учебной мебели", "31.01.12.150"),
    ("Заправка картриджей", "95.11.10.190"),
    ("Вывоз снега", "81.29.12.000"),
    ("Поставка спортивного инвентаря", "32.30.15.110"),
    ("Услуги охраны", "80.10.12.000"),
    ("Поставка бумаги для офисной техники", "17.12.14.110"),
    ("Ремонт кровли", "43.91.19.110"),
)
_LARGE = (
    ("Капитальный ремонт здания", "41.20.40.900"),
    ("Организация горячего питания", "56.29.20.110"),
    ("Благоустройство территории", "81.30.10.000"),
    ("Поставка интерактивного оборудования", "26.20.17.110"),
    ("Оказание клининговых услуг", "81.21.10.000"),
)


@dataclass(slots=True)
class Role:
    """What somebody did in an event."""

    person: int
    role: str
    start: date | None = None
    end: date | None = None


@dataclass(slots=True)
class Deal:
    """A contract; `register` says where it is told: shop (feed), csv (44-ФЗ register), xml (223-ФЗ register)."""

    id: str
    body: int
    firm: int
    on: date
    amount: int
    title: str
    okpd2: str
    law: str
    item: str
    register: str
    roles: list[Role] = field(default_factory=list)
    tender: int | None = None
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tender:
    """An electronic auction."""

    id: int
    number: str
    body: int
    title: str
    published: date
    deadline: date
    awarded: date
    bidders: list[tuple[int, str]]
    winner: int
    amount: int


@dataclass(slots=True)
class Request:
    """An application of a person or a firm."""

    id: str
    body: int
    kind: str
    title: str
    registered: date
    decided: date
    person: int | None
    firm: int | None
    roles: list[Role] = field(default_factory=list)
    representative: int | None = None


_REQUESTS = (
    ("service", "Зачисление в детский сад", 30),
    ("permit", "Разрешение на земляные работы", 18),
    ("appeal", "Обращение о содержании двора", 26),
    ("lease", "Аренда нежилого помещения", 12),
    ("land", "Предоставление земельного участка", 8),
    ("subsidy", "Субсидия на развитие предпринимательства", 6),
)
_FOR_FIRMS = ("lease", "land", "subsidy")


class Events:
    """Everything that happened, kept in memory until it is written."""

    def __init__(self, people: People, municipality: Municipality, economy: Economy, chance: Random) -> None:
        self.people, self.municipality, self.economy, self.chance = people, municipality, economy, chance
        self.deals: list[Deal] = []
        self.tenders: list[Tender] = []
        self.requests: list[Request] = []
        self._shunned: dict[int, set[str]] = {}

    # ------------------------------------------------------------------------------------------ strangers
    def shunned(self, body: Body) -> set[str]:
        """The folded ФИО of everybody who works or worked there and of all who are near them."""
        names = self._shunned.get(body.id)
        if names is None:
            names = self.municipality.kin.names_near(self.municipality.staff(body))
            self._shunned[body.id] = names
        return names

    def forget(self, body: Body) -> None:
        """After somebody new was hired."""
        self._shunned.pop(body.id, None)

    def strange_firm(self, body: Body, on: date) -> Firm:
        """A firm, at work on that day, in which nobody is or looks like anybody near the body."""
        firms = self.economy.firms
        shunned = self.shunned(body)
        for _ in range(400):
            firm = firms[self.chance.randrange(len(firms))]
            if not firm.planted and firm.founded + timedelta(days=60) < on and shunned.isdisjoint(self.economy.control_names(firm)):
                return firm
        raise RuntimeError(f"every firm is near {body.name}")

    def strange_person(self, body: Body, on: date) -> Person:
        """An adult resident who neither is nor looks like anybody near the body."""
        shunned = self.shunned(body)
        while True:
            person = self.people[self.chance.randrange(len(self.people))]
            if person.adult(on) and shunned.isdisjoint(person.all_folded):
                return person

    # ------------------------------------------------------------------------------------------ the four years
    def build(self) -> None:
        """Fill 2022-2026."""
        buyers = [body for body in self.municipality.bodies if body.commission is not None]
        for body in buyers:
            small = 5 + self.chance.randrange(7)
            for _ in range(int(small * 4.7)):
                self.small_deal(body)
            for _ in range(self.chance.randrange(2, 6)):
                self.auction(body)
        departments = [body for body in buyers if body.kind == "department"]
        for _ in range(len(self.people) // 6):
            self.request(departments[self.chance.randrange(len(departments))])

    def day(self, *, last: date = TODAY) -> date:
        """A working day of the period."""
        on = FIRST_DAY + timedelta(days=self.chance.randrange((last - FIRST_DAY).days))
        return on - timedelta(days=max(0, on.weekday() - 4))

    def doers(self, body: Body, on: date) -> list[Role]:
        """Who prepares and who signs a contract of the body; before the present staff came, nobody is named."""
        found = []
        maker = self.municipality.holder(body, on, "contract_manager")
        signer = self.municipality.holder(body, on, "head") or self.municipality.holder(body, on, "deputy_head")
        if maker:
            found.append(Role(maker.person, "prepares"))
        if signer:
            found.append(Role(signer.person, "signs"))
        return found

    def small_deal(self, body: Body, *, firm: Firm | None = None, on: date | None = None, roles: list[Role] | None = None) -> Deal:
        """A purchase from a single supplier under item 4 or 5, or by an enterprise under 223-ФЗ."""
        on = on or self.day()
        firm = firm or self.strange_firm(body, on)
        title, okpd2 = self.chance.choice(_GOODS)
        amount = min(599_900, int(self.chance.lognormvariate(11.3, 0.9)) // 100 * 100 + 3_000)
        enterprise = body.kind == "enterprise"
        item = "" if enterprise else "5" if body.theme in ("education", "culture", "sport") and self.chance.random() < 0.35 else "4"
        register = "xml" if enterprise else "shop"
        law = "223-fz" if enterprise else "44-fz"
        doers = self.doers(body, on) if roles is None else roles
        deal = Deal(self.next_deal(), body.id, firm.id, on, amount, title, okpd2, law, item, register, doers)
        self.deals.append(deal)
        return deal

    def next_deal(self) -> str:
        """The next number of a contract."""
        return f"{38_000_000 + len(self.deals) * 7 + 1}"

    def auction(self, body: Body, *, extra: list[Firm] | None = None, winner: Firm | None = None, deadline: date | None = None) -> Tender:
        """An auction with two to five bidders and the winner's contract in the register."""
        deadline = deadline or self.day(last=TODAY - timedelta(days=60))
        bidders = list({one.id: one for one in (self.strange_firm(body, deadline) for _ in range(self.chance.randrange(2, 5)))}.values())
        won = winner or bidders[0]
        everybody = {one.id: one for one in [*bidders, *(extra or []), won]}
        title, okpd2 = self.chance.choice(_LARGE)
        number = len(self.tenders)
        amount = int(self.chance.lognormvariate(14.6, 0.8)) // 1000 * 1000 + 610_000
        law = "223-fz" if body.kind == "enterprise" else "44-fz"
        call = f"{'3' if law == '223-fz' else '0'}{number:018d}" if law == "44-fz" else f"3{number:010d}"
        awarded = deadline + timedelta(days=self.chance.randrange(2, 9))
        statuses = [(one.id, "rejected" if one.id != won.id and self.chance.random() < 0.08 else "") for one in everybody.values()]
        published = deadline - timedelta(days=self.chance.randrange(8, 25))
        tender = Tender(number, call, body.id, title, published, deadline, awarded, statuses, won.id, amount)
        self.tenders.append(tender)
        on = awarded + timedelta(days=self.chance.randrange(10, 20))
        signer = self.municipality.holder(body, on, "head")
        roles = [Role(signer.person, "signs")] if signer else []
        register = "xml" if law == "223-fz" else "csv"
        self.deals.append(Deal(self.next_deal(), body.id, won.id, on, amount, title, okpd2, law, "", register, roles, tender=number))
        return tender

    def request(
        self,
        body: Body,
        *,
        kind: str | None = None,
        person: Person | None = None,
        firm: Firm | None = None,
        roles: list[Role] | None = None,
        registered: date | None = None,
    ) -> Request:
        """An application, who prepared its answer and who decided."""
        weights = [row[2] for row in _REQUESTS]
        chosen = next((row for row in _REQUESTS if row[0] == kind), None) or self.chance.choices(_REQUESTS, weights)[0]
        registered = registered or self.day(last=TODAY - timedelta(days=45))
        decided = registered + timedelta(days=self.chance.randrange(5, 30))
        if person is None and firm is None:
            if chosen[0] in _FOR_FIRMS:
                firm = self.strange_firm(body, registered)
            else:
                person = self.strange_person(body, registered)
        number = f"{registered.year}-{len(self.requests) + 1:06d}"
        request = Request(
            number, body.id, chosen[0], chosen[1], registered, decided, person.id if person else None, firm.id if firm else None
        )
        request.roles = self.handlers(body, registered) if roles is None else roles
        self.requests.append(request)
        return request

    def handlers(self, body: Body, on: date) -> list[Role]:
        """A specialist handles, the head decides."""
        crew: list[Job] = [self.municipality.jobs[one] for one in body.jobs]
        crew = [job for job in crew if job.post == "specialist" and job.held(on)]
        head = self.municipality.holder(body, on, "head")
        found = [Role(crew[self.chance.randrange(len(crew))].person, "handles")] if crew else []
        if head:
            found.append(Role(head.person, "decides"))
        return found
