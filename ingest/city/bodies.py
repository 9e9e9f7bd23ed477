"""Municipal bodies, who works there and who stands above whom; no two relatives meet in one body unless they are planted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ingest.city import numbers
from ingest.city.kin import NEAR, Kin
from ingest.city.names import FEMALE, MALE
from ingest.city.people import TODAY, People, Person

_DEPARTMENTS = (
    ("Управление образования", "education"),
    ("Комитет земельных и имущественных отношений", "land"),
    ("Управление культуры", "culture"),
    ("Комитет жилищно-коммунального хозяйства", "housing"),
    ("Управление архитектуры и градостроительства", "architecture"),
    ("Комитет экономического развития", "economy"),
    ("Управление физической культуры и спорта", "sport"),
    ("Финансовое управление", "finance"),
    ("Управление административно-технической инспекции", "inspection"),
    ("Комитет социальной политики", "social"),
)
_DISTRICTS = ("Заречного", "Приозёрного", "Лугового", "Нагорного", "Садового", "Степного", "Лесного")
_INSTITUTIONS = (
    ("school", "education", "МБОУ «Средняя школа № {n}»", "Муниципальное бюджетное общеобразовательное учреждение", "75403", 33),
    ("kindergarten", "education", "МБДОУ «Детский сад № {n}»", "Муниципальное бюджетное дошкольное учреждение", "75403", 38),
    ("extra", "education", "МБУ ДО «Центр внешкольной работы № {n}»", "Муниципальное бюджетное учреждение", "75403", 5),
    ("culture", "culture", "МАУ «Дом культуры № {n}»", "Муниципальное автономное учреждение", "75401", 7),
    ("sport", "sport", "МБУ «Спортивная школа № {n}»", "Муниципальное бюджетное учреждение", "75403", 7),
    ("enterprise", "housing", "МУП «Городское хозяйство № {n}»", "Муниципальное унитарное предприятие", "65243", 10),
)


@dataclass(slots=True)
class Body:
    """A body, institution, enterprise or commission."""

    id: int
    name: str
    kind: str
    theme: str
    inn: str
    ogrn: str
    legal_form: str
    okopf: str
    address: str
    parent: int | None = None
    classification: str = ""
    jobs: list[int] = field(default_factory=list)
    commission: int | None = None


@dataclass(slots=True)
class Job:
    """One employment."""

    id: int
    person: int
    body: int
    role: str
    post: str
    service: str
    start: date
    end: date | None = None
    department: str = ""
    boss: int | None = None
    """The job that this one reports to by the staffing table."""

    def held(self, on: date) -> bool:
        """In office on that day."""
        return self.start <= on and (self.end is None or on < self.end)


@dataclass(slots=True)
class Seat:
    """A seat on a commission."""

    person: int
    commission: int
    role: str
    start: date
    end: date | None = None


class Municipality:
    """The executive committee, its departments and institutions, with their staff."""

    def __init__(self, people: People, kin: Kin, chance: Random, spare: int) -> None:
        self.people, self.kin, self.chance, self.seed = people, kin, chance, people.seed
        self.spare = spare
        self.bodies: list[Body] = []
        self.jobs: list[Job] = []
        self.seats: list[Seat] = []
        self.jobs_of: dict[int, list[int]] = {}
        self._candidates: list[Person] = []
        self._barred: dict[int, set[int]] = {}

    # ------------------------------------------------------------------------------------------ building
    def build(self) -> None:
        """Found every body and hire its staff."""
        chance, people = self.chance, self.people
        self._candidates = [one for one in people.all[: len(people) - self.spare] if one.alive(TODAY) and 1956 <= one.birth.year <= 2002]
        chance.shuffle(self._candidates)
        size = len(people)
        committee = self.found("Исполнительный комитет муниципального образования города", "administration", "leaders", "75404")
        leaders = self._staff_committee(committee)
        self.found("Контрольно-счётная палата муниципального образования города", "audit_body", "audit", "75404")
        count = 6 if size < 20_000 else len(_DEPARTMENTS)
        wanted = [(name, theme) for name, theme in _DEPARTMENTS[:count]]
        wanted += [(f"Администрация {name} района", "district") for name in _DISTRICTS] if size >= 20_000 else []
        departments: dict[str, Body] = {}
        for name, theme in wanted:
            body = self.found(name, "department", theme, "75404", parent=committee.id)
            departments.setdefault(theme, body)
            self._staff_department(body, leaders, people_in=max(6, min(26, 5 + size // 1200)))
        weights = [row[5] for row in _INSTITUTIONS]
        rows = chance.choices(_INSTITUTIONS, weights, k=max(2, size // 150))
        rows[:2] = [_INSTITUTIONS[0], _INSTITUTIONS[5]]
        for number, (kind, theme, name, form, okopf, _) in enumerate(rows, 1):
            parent = departments.get(theme, departments["education"]).id
            body = self.found(
                name.format(n=number), "enterprise" if kind == "enterprise" else "institution", theme, okopf, parent=parent, form=form
            )
            self._staff_institution(body, kind, size)

    def found(self, name: str, kind: str, theme: str, okopf: str, *, parent: int | None = None, form: str = "") -> Body:
        """A new body with identifiers and an address."""
        number = len(self.bodies)
        address = f"г. Казань, ул. {self.chance.choice(self.people.names.streets)}, д. {self.chance.randrange(1, 140)}"
        inn = numbers.inn_organization(number + 1, self.seed)
        body = Body(number, name, kind, theme, inn, numbers.ogrn(number + 1, 2002 + number % 18, self.seed), form, okopf, address, parent)
        self.bodies.append(body)
        return body

    # ------------------------------------------------------------------------------------------ hiring
    def suits(self, person: Person, *bodies: int) -> bool:
        """True when nobody in those bodies, now or before, is near the person from either end."""
        return all(person.id not in self._barred.get(body, ()) for body in bodies)

    def hire(
        self, person: Person, body: Body, role: str, post: str, start: date, *, end: date | None = None, boss: int | None = None
    ) -> Job:
        """Employ somebody; all who are near are barred from the body and, through chains of command, from the leaders' sight."""
        service = "municipal_servant" if body.kind in ("administration", "department", "audit_body") else "employee"
        if body.kind == "administration" and post == "head":
            service = "municipal_post"
        job = Job(len(self.jobs), person.id, body.id, role, post, service, start, end, boss=boss)
        self.jobs.append(job)
        body.jobs.append(job.id)
        self.jobs_of.setdefault(person.id, []).append(job.id)
        barred = self._barred.setdefault(body.id, set())
        barred.add(person.id)
        barred.update(self.kin.near(person))
        barred.update(other for path in NEAR for other in self.kin.reach(person, path[::-1].translate(str.maketrans("PC", "CP"))))
        return job

    def pick(self, *bodies: int, start: date) -> Person:
        """The next free adult who suits the bodies; a newcomer's luck decides who is asked first."""
        for place in range(len(self._candidates) - 1, -1, -1):
            person = self._candidates[place]
            if person.birth.year + 20 <= start.year and person.death is None and self.suits(person, *bodies):
                del self._candidates[place]
                return person
        person = self.people.newcomer(1975, MALE if len(self.people) % 2 else FEMALE)
        person.death = None
        return person

    def _when(self) -> date:
        return date(2012, 1, 9) + timedelta(days=self.chance.randrange(0, 365 * 10))

    def _staff_committee(self, committee: Body) -> list[Job]:
        first = date(2014, 9, 15)
        head = self.hire(self.pick(committee.id, start=first), committee, "Руководитель исполнительного комитета", "head", first)
        deputies = []
        for role in ("Заместитель руководителя по социальным вопросам", "Заместитель руководителя по экономике", "Управляющий делами"):
            start = self._when()
            person = self.pick(committee.id, start=start)
            deputies.append(self.hire(person, committee, role, "deputy_head", start, boss=head.id))
        return [head, *deputies]

    def _staff_department(self, body: Body, leaders: list[Job], people_in: int) -> None:
        committee = self.jobs[leaders[0].id].body
        start = self._when()
        boss = leaders[1 + body.id % (len(leaders) - 1)]
        head = self.hire(self.pick(body.id, committee, start=start), body, f"Начальник: {body.name}", "head", start, boss=boss.id)
        sections: list[Job] = []
        for number in range(max(1, people_in // 6)):
            start = self._when()
            person = self.pick(body.id, committee, start=start)
            section = self.hire(person, body, "Начальник отдела", "other", start, boss=head.id)
            section.department = f"Отдел № {number + 1}"
            sections.append(section)
        roles = [("Контрактный управляющий", "contract_manager")]
        roles += [(self.chance.choice(("Главный специалист", "Ведущий специалист", "Специалист 1 категории")), "specialist")] * (
            people_in - 2
        )
        for number, (role, post) in enumerate(roles):
            start = self._when()
            section = sections[number % len(sections)]
            job = self.hire(self.pick(body.id, committee, start=start), body, role, post, start, boss=section.id)
            job.department = section.department
        self._seat_commission(body)

    def _staff_institution(self, body: Body, kind: str, size: int) -> None:
        start = self._when()
        title = {"school": "Директор", "kindergarten": "Заведующий", "enterprise": "Генеральный директор"}.get(kind, "Директор")
        head = self.hire(self.pick(body.id, start=start), body, title, "head", start)
        workers = {"school": ("Учитель", "Учитель начальных классов", "Педагог-психолог"), "kindergarten": ("Воспитатель", "Няня")}
        crew = workers.get(kind, ("Методист", "Администратор", "Инженер"))
        roles = [("Заместитель директора", "deputy_head"), ("Главный бухгалтер", "chief_accountant")]
        roles += [("Контрактный управляющий", "contract_manager"), ("Специалист по закупкам", "specialist")]
        roles += [(self.chance.choice(crew), "other") for _ in range(self.chance.randrange(3, 9) + min(6, size // 10_000))]
        for role, post in roles:
            start = self._when()
            if self.chance.random() < 0.15 and post == "other":
                left = start - timedelta(days=self.chance.randrange(1, 60))
                began = left - timedelta(days=self.chance.randrange(200, 1500))
                self.hire(self.pick(body.id, start=began), body, role, post, began, end=left, boss=head.id)
            self.hire(self.pick(body.id, start=start), body, role, post, start, boss=head.id)
        self._seat_commission(body)

    def _seat_commission(self, body: Body) -> None:
        """A procurement commission of the body's own people."""
        commission = self.found(f"Комиссия по закупкам: {body.name}", "commission", "procurement", "", parent=body.id)
        commission.classification = "procurement"
        body.commission = commission.id
        by_post = {self.jobs[one].post: self.jobs[one] for one in reversed(body.jobs)}
        others = [self.jobs[one] for one in body.jobs if self.jobs[one].post in ("other", "specialist") and self.jobs[one].end is None]
        chosen = [by_post.get("deputy_head") or by_post["head"], *others[:4]]
        for job, role in zip(chosen, ("chair", "deputy_chair", "secretary", "member", "member"), strict=False):
            self.seats.append(Seat(job.person, commission.id, role, max(job.start, date(2019, 1, 14))))

    # ------------------------------------------------------------------------------------------ asking
    def staff(self, body: Body) -> list[Person]:
        """Everybody who works or worked there, and the members of its commission."""
        found = dict.fromkeys(self.jobs[one].person for one in body.jobs)
        found.update(dict.fromkeys(seat.person for seat in self.seats if seat.commission == body.commission))
        return [self.people[one] for one in found]

    def holder(self, body: Body, on: date, *posts: str) -> Job | None:
        """Who holds one of the posts on that day."""
        for number in body.jobs:
            job = self.jobs[number]
            if job.post in posts and job.held(on):
                return job
        return None

    def employed(self, person: int) -> bool:
        """Works or worked in any body."""
        return person in self.jobs_of

    def servants(self) -> list[Person]:
        """Everybody who is or was a municipal servant or holds a municipal post."""
        found = dict.fromkeys(job.person for job in self.jobs if job.service != "employee")
        return [self.people[one] for one in found]
