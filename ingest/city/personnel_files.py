"""The personnel workbook: employees, their relatives and the chain of command, with the slips that spreadsheets make."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from ingest.city import numbers
from ingest.city.bodies import Job, Municipality
from ingest.city.corruption import Corruption
from ingest.city.names import Names
from ingest.city.people import TODAY, Person
from ingest.city.planting import Extras

_EMPLOYEES = (
    "Табельный номер", "ФИО", "Прежняя фамилия", "Дата рождения", "Пол", "ИНН", "СНИЛС", "Телефон", "E-mail", "Адрес", "Организация",
    "ИНН организации", "Отдел", "Должность", "Категория должности", "Вид службы", "Вид занятости", "Дата приёма", "Дата увольнения",
)  # fmt: skip
_RELATIVES = (
    "Табельный номер",
    "ФИО сотрудника",
    "Степень родства",
    "ФИО родственника",
    "Прежняя фамилия",
    "Дата рождения",
    "ИНН",
    "Дата брака",
)
_SUBORDINATION = ("Табельный номер", "Табельный номер руководителя", "Вид подчинённости", "Дата начала", "Дата окончания")
_SERVICE = {"municipal_servant": "муниципальная служба", "municipal_post": "муниципальная должность", "employee": "работник"}
_POST = {
    "head": "руководитель", "deputy_head": "заместитель руководителя", "chief_accountant": "главный бухгалтер",
    "contract_manager": "контрактный управляющий", "specialist": "специалист", "other": "иная",
}  # fmt: skip
_WORD = {
    ("S", "male"): "муж",
    ("S", "female"): "жена",
    ("P", "male"): "отец",
    ("P", "female"): "мать",
    ("C", "male"): "сын",
    ("C", "female"): "дочь",
}


class PersonnelFile:
    """Writes the workbook."""

    def __init__(
        self, municipality: Municipality, extras: Extras, names: Names, chance: Random, corruption: Corruption | None = None
    ) -> None:
        self.municipality, self.extras, self.names, self.chance = municipality, extras, names, chance
        self.people, self.seed, self.corruption = municipality.people, municipality.seed, corruption

    def write(self, path: Path) -> int:
        """Write the workbook; returns the number of employees' rows."""
        book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False})
        book.set_properties({"title": "Кадры", "created": datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)})
        style = book.add_format({"num_format": "dd.mm.yyyy"})
        head = book.add_format({"bold": True})
        for title, columns, rows in (
            ("employees", _EMPLOYEES, (self._employee(job) for job in self.municipality.jobs)),
            ("relatives", _RELATIVES, (row for person in self.municipality.jobs_of for row in self._relatives(self.people[person]))),
            ("subordination", _SUBORDINATION, (self._line(job) for job in self.municipality.jobs if self._listed(job))),
        ):
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for column, text in enumerate(columns):
                sheet.write_string(0, column, text, head)
                sheet.set_column(column, column, 18)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(number, column, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001
                    elif value:
                        sheet.write_string(number, column, str(value))
        book.close()
        return len(self.municipality.jobs)

    # ------------------------------------------------------------------------------------------ rows
    def _employee(self, job: Job) -> list[Any]:
        person = self.people[job.person]
        body = self.municipality.bodies[job.body]
        inn = "" if person.id in self.extras.without_inn else self.people.inn(person)
        if person.id in self.extras.lost_zero:
            inn = inn[1:]
        street = self.names.streets[person.id % len(self.names.streets)]
        gender = "муж" if person.gender == "male" else "жен"
        row: list[Any] = [
            f"{job.id + 1:05d}", self._spelled(person), person.maiden or "", self._date(person.birth), gender, inn,
            self.people.snils(person), numbers.phone(person.id + 1, self.seed), f"user{person.id}@gorod.example",
            f"г. Казань, ул. {street}, д. {person.id % 97 + 1}, кв. {person.id % 83 + 1}", body.name, body.inn, job.department, job.role,
            _POST[job.post], _SERVICE[job.service], "основная", self._date(job.start), self._date(job.end) if job.end else "",
        ]  # fmt: skip
        spoil = self.corruption
        if spoil is not None:
            key = f"hr {person.id}"
            row[1], row[3] = spoil.name(key, row[1]), spoil.birth(key, person.birth)
            row[5], row[6] = spoil.number(f"{key} inn", inn), spoil.number(f"{key} snils", row[6])
        return row

    def _spelled(self, person: Person) -> str:
        """The ФИО as the personnel officer typed it: often without ё, now and then in another spelling of the same name."""
        if person.id in self.extras.spelled:
            return self.extras.spelled[person.id]
        text = person.full_name
        if self.chance.random() < 0.6:
            text = text.replace("ё", "е").replace("Ё", "Е")
        return text

    def _date(self, day: date) -> date | str:
        """Mostly a real date; sometimes text, as typed."""
        return f"{day:%d.%m.%Y}" if self.chance.random() < 0.12 else day

    def _relatives(self, person: Person) -> list[list[Any]]:
        """The household: spouse, parents, children; parents of some only with the year of birth."""
        number = f"{self.municipality.jobs_of[person.id][0] + 1:05d}"
        rows: list[list[Any]] = []
        if person.id in self.extras.quiet:
            return rows
        undated = dict(self.extras.undated_wife)
        spouse = undated.get(person.id)
        if spouse is None:
            found = person.spouse_on(TODAY)
            dated = all(one.dated for one in person.marriages)
            spouse = found if dated else None
        if spouse is not None:
            wed = next((one.start for one in person.marriages if one.dated and spouse in (one.husband, one.wife)), None)
            rows.append([*self._relative(number, person, self.people[spouse], "S"), wed if self.chance.random() < 0.7 else ""])
        parents = [self.people[one] for one in (person.father, person.mother) if one is not None]
        told = [one for one in parents if person.parents_known and person.adopter is None and self.chance.random() < 0.5]
        rows += [self._relative(number, person, one, "P", year_only=self.chance.random() < 0.3) for one in told]
        children = (self.people[one] for one in person.children)
        known = (one for one in children if one.parents_known and one.adopter is None and self.chance.random() < 0.8)
        rows += [self._relative(number, person, one, "C") for one in known]
        return rows

    def _relative(self, number: str, person: Person, relative: Person, letter: str, *, year_only: bool = False) -> list[Any]:
        birth = str(relative.birth.year) if year_only else self._date(relative.birth)
        name = relative.full_name
        if self.corruption is not None:
            key = f"hr {person.id} {relative.id}"
            name = self.corruption.name(key, name)
            birth = birth if year_only else self.corruption.birth(key, relative.birth)
        return [number, person.full_name, _WORD[letter, relative.gender], name, relative.maiden or "", birth, ""]

    def _listed(self, job: Job) -> bool:
        """The sheet knows the chain of command of servants; institutions and the pairs of the feed are not in it."""
        return job.boss is not None and job.service != "employee" and job.id not in self.extras.feed_lines

    def _line(self, job: Job) -> list[Any]:
        boss = self.municipality.jobs[job.boss or 0]
        start = max(job.start, boss.start)
        return [f"{job.id + 1:05d}", f"{boss.id + 1:05d}", "непосредственная", self._date(start), self._date(job.end) if job.end else ""]
