"""Firms with their owners, directors and holding chains, and sole traders; servants own nothing unless it is planted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ingest.city import numbers
from ingest.city.bodies import Municipality
from ingest.city.people import TODAY, People, Person


@dataclass(slots=True)
class Share:
    """A share in a firm: of a person or of another firm."""

    percent: str
    start: date
    person: int | None = None
    firm: int | None = None
    end: date | None = None
    basis: str = ""


@dataclass(slots=True)
class Firm:
    """A limited company, or a sole trader (then `trader` is the person)."""

    id: int
    name: str
    inn: str
    ogrn: str
    founded: date
    address: str
    shares: list[Share] = field(default_factory=list)
    director: int | None = None
    director_since: date | None = None
    trader: int | None = None
    okved: str = "46.90"
    planted: bool = False

    @property
    def short_name(self) -> str:
        """«ООО «Идел-Строй Тест»» or «ИП Ахметов Ильдар Рашитович»."""
        return self.name


_OKVED = ("41.20", "43.39", "46.49", "81.21", "62.01", "49.41", "56.29", "85.42", "18.12", "95.11")


class Economy:
    """All firms and sole traders."""

    def __init__(self, people: People, municipality: Municipality, chance: Random) -> None:
        self.people, self.municipality, self.chance, self.seed = people, municipality, chance, people.seed
        self.firms: list[Firm] = []
        self._servant_names: set[str] = set()
        self._names: set[str] = set()
        self._control: dict[int, frozenset[str]] = {}

    def build(self) -> None:
        """About one firm per 13 residents and one sole trader per 25."""
        chance = self.chance
        servants = self.municipality.servants()
        self._servant_names = {name for one in servants for name in one.all_folded}
        owners = [one for one in self.people.all[: len(self.people) - self.municipality.spare] if self.may_own(one)]
        chance.shuffle(owners)
        pool = iter(owners * 3)
        for _ in range(len(self.people) // 13):
            self._company([next(pool) for _ in range(chance.choices((1, 2, 3), (68, 24, 8))[0])])
        for _ in range(len(self.people) // 25):
            self.trader(next(pool))

    def may_own(self, person: Person) -> bool:
        """An adult who is no servant, and no namesake of one."""
        if not (person.alive(TODAY) and 1956 <= person.birth.year <= 2002):
            return False
        jobs = self.municipality.jobs_of.get(person.id, ())
        servant = any(self.municipality.jobs[one].service != "employee" for one in jobs)
        return not servant and not self._servant_names.intersection(person.all_folded)

    def add_servant(self, person: Person) -> None:
        """Somebody was hired as a servant after the firms were founded: no namesake may own one from now on."""
        self._servant_names.update(person.all_folded)

    def found(self, word: str, founded: date) -> Firm:
        """A company without owners yet."""
        number = len(self.firms)
        serial = 100_000 + number
        name = f"ООО «{word} Тест»"
        while name in self._names:
            word = f"{word}-{self.chance.randrange(2, 99)}"
            name = f"ООО «{word} Тест»"
        self._names.add(name)
        firm = Firm(
            number,
            name,
            numbers.inn_organization(serial, self.seed),
            numbers.ogrn(serial, founded.year, self.seed),
            founded,
            f"г. Казань, ул. {self.chance.choice(self.people.names.streets)}, д. {self.chance.randrange(1, 190)}",
            okved=self.chance.choice(_OKVED),
        )
        self.firms.append(firm)
        return firm

    def word(self) -> str:
        """A name for a firm."""
        names = self.people.names
        return f"{self.chance.choice(names.firm_words)}-{self.chance.choice(names.firm_trades)}"

    def _company(self, owners: list[Person]) -> None:
        chance = self.chance
        founded = date(2004, 2, 2) + timedelta(days=chance.randrange(0, 365 * 19))
        firm = self.found(self.word(), founded)
        owners = list({one.id: one for one in owners}.values())
        parts = {1: ("100",), 2: ("50", "50"), 3: ("34", "33", "33")}[len(owners)]
        if len(owners) == 2:
            parts = chance.choice((("50", "50"), ("60", "40"), ("75", "25"), ("51", "49"), ("90", "10")))
        elder = self.firms[chance.randrange(len(self.firms) - 1)] if len(self.firms) > 5 and chance.random() < 0.12 else None
        if elder is not None and elder.trader is None and elder.founded < founded:
            firm.shares.append(Share("60", founded, firm=elder.id))
            firm.shares.append(Share("40", founded, person=owners[0].id))
        else:
            since = [founded if chance.random() < 0.7 else founded + timedelta(days=chance.randrange(30, 900)) for _ in owners]
            firm.shares += [Share(part, day, person=one.id) for one, part, day in zip(owners, parts, since, strict=True)]
        firm.director = owners[0].id if chance.random() < 0.75 else owners[-1].id
        firm.director_since = founded if chance.random() < 0.6 else founded + timedelta(days=chance.randrange(100, 1000))

    def trader(self, person: Person, since: date | None = None) -> Firm:
        """Register a person as a sole trader."""
        number = len(self.firms)
        since = since or date(2008, 3, 3) + timedelta(days=self.chance.randrange(0, 365 * 17))
        firm = Firm(
            number,
            f"ИП {person.full_name}",
            self.people.inn(person),
            numbers.ogrnip(100_000 + number, since.year, self.seed),
            since,
            "",
            trader=person.id,
            okved=self.chance.choice(_OKVED),
        )
        self.firms.append(firm)
        return firm

    def controllers(self, firm: Firm) -> list[int]:
        """Everybody who owns, directly or through firms, or directs it."""
        found: dict[int, None] = {}
        seen: set[int] = set()
        queue = [firm]
        while queue:
            one = queue.pop()
            if one.id in seen:
                continue
            seen.add(one.id)
            found.update(dict.fromkeys(who for who in (one.director if one is firm else None, one.trader) if who is not None))
            for share in one.shares:
                if share.person is not None:
                    found[share.person] = None
                if share.firm is not None:
                    queue.append(self.firms[share.firm])
        return list(found)

    def control_names(self, firm: Firm) -> frozenset[str]:
        """The folded ФИО of its controllers under all their surnames."""
        names = self._control.get(firm.id)
        if names is None:
            names = frozenset(name for one in self.controllers(firm) for name in self.people[one].all_folded)
            self._control[firm.id] = names
        return names
