"""The tools of planting: find an official with a wanted relative whom nobody else in the body knows, and note the truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ingest.city.bodies import Body, Job
from ingest.city.events import Events
from ingest.city.firms import Firm, Share
from ingest.city.kin import NEAR
from ingest.city.people import Person

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tie:
    """An official, the job, the relative and the path between them."""

    job: Job
    official: Person
    relative: Person
    path: str


@dataclass(slots=True)
class Declared:
    """What an official's questionnaire says of one relative; `word` None: the person is named, no relation stands."""

    official: int
    relative: int
    word: str | None
    start: date | None = None
    with_inn: bool = True
    former_surname: bool = False
    birth: bool = True


@dataclass(slots=True)
class Notice:
    """A notification of personal interest."""

    id: str
    official: int
    on: date
    about: tuple[str, str]
    measure: str = ""
    measured: date | None = None


@dataclass(slots=True)
class Extras:
    """What planting adds to the sources beside firms, deals and jobs."""

    declared: list[Declared] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    past_shares: list[tuple[int, Share]] = field(default_factory=list)
    permitted: list[dict[str, Any]] = field(default_factory=list)
    quiet: set[int] = field(default_factory=set)
    """Officials whose personnel card lists no relatives."""
    without_inn: set[int] = field(default_factory=set)
    lost_zero: set[int] = field(default_factory=set)
    spelled: dict[int, str] = field(default_factory=dict)
    """ФИО as the personnel sheet writes it."""
    never_bridged: set[int] = field(default_factory=set)
    """People whose ИНН no questionnaire may tell."""
    undated_wife: list[tuple[int, int]] = field(default_factory=list)
    """Official and spouse known only from the card, without the day of the marriage."""
    feed_lines: set[int] = field(default_factory=set)
    """Jobs whose subordination stands in the feed instead of the sheet."""
    truth: list[dict[str, Any]] = field(default_factory=list)


class Planter:
    """Finds people for the plants and uses nobody twice."""

    def __init__(self, events: Events, spare: Iterator[Person]) -> None:
        self.events, self.spare = events, spare
        self.people, self.municipality, self.economy = events.people, events.municipality, events.economy
        self.kin, self.chance = self.municipality.kin, events.chance
        self.extras = Extras()
        self.used: set[int] = set()
        self.used_bodies: set[int] = set()
        self.owner_names = {name for firm in self.economy.firms for name in self.economy.control_names(firm)}

    # ------------------------------------------------------------------------------------------ finding
    def on(self) -> date:
        """A day of the last three years, for the contract."""
        return self.events.day(last=date(2026, 6, 30))

    def jobs(self, posts: Sequence[str], on: date, *, kinds: Sequence[str] = ("institution",)) -> list[Job]:
        """Jobs with one of the posts that were held all year round the day, in a random order."""
        found = []
        for job in self.municipality.jobs:
            body = self.municipality.bodies[job.body]
            if body.kind in kinds and job.post in posts and job.held(on - timedelta(days=500)) and job.held(on) and job.end is None:
                found.append(job)
        self.chance.shuffle(found)
        return found

    def reach_on(self, person: Person, path: str, on: date) -> list[int]:
        """The end of a path in which every marriage is in force on the day; nobody adopted, everybody alive."""
        ends = [person.id]
        for letter in path:
            following: dict[int, None] = {}
            for one in ends:
                who = self.people[one]
                spouse = who.spouse_on(on)
                step = ([spouse] if spouse is not None else []) if letter == "S" else self.kin.step(who, letter)
                following.update(dict.fromkeys(other for other in step if self.people[other].adopter is None))
            ends = list(following)
        return [one for one in ends if one != person.id]

    def free(self, official: Person, relative: Person, on: date) -> bool:
        """The relative is an adult without office and firms, unused and no namesake of any owner or servant."""
        named = self.owner_names.intersection(relative.all_folded) or not self.economy.may_own(relative)
        fresh = relative.id not in self.used and official.id not in self.used and official.adopter is None
        return (
            fresh
            and not named
            and relative.adult(on)
            and relative.adult(on - timedelta(days=700))
            and not self.municipality.employed(relative.id)
        )

    def lonely(self, body: Body, official: Person, relative: Person) -> bool:
        """Nobody else in the body is near the relative or near a namesake of hers or his."""
        others = [one for one in self.municipality.staff(body) if one.id != official.id]
        return self.kin.names_near(others).isdisjoint(relative.all_folded)

    def tie(self, jobs: Sequence[Job], paths: Sequence[str], on: date) -> Tie | None:
        """The first official who has such a relative, tied by this one path alone."""
        for path in paths:
            for job in jobs:
                official = self.people[job.person]
                if official.id in self.used:
                    continue
                for number in self.reach_on(official, path, on):
                    relative = self.people[number]
                    among = (*NEAR, path) if path not in NEAR else NEAR
                    alone = self.free(official, relative, on) and self.kin.paths(official, number, among) == [path]
                    if alone and self.lonely(self.municipality.bodies[job.body], official, relative):
                        self.used.update((official.id, relative.id))
                        return Tie(job, official, relative, path)
        return None

    def wed_since(self, tie: Tie, on: date) -> date | None:
        """Since when the marriages of the path are in force; None where the path has none."""
        starts = []
        here = tie.official
        ends = [here]
        for letter in tie.path:
            following = []
            for who in ends:
                if letter == "S":
                    starts += [one.start for one in who.marriages if one.start <= on and (one.end is None or on < one.end)]
                    spouse = who.spouse_on(on)
                    following += [self.people[spouse]] if spouse is not None else []
                else:
                    following += [self.people[one] for one in self.kin.step(who, letter)]
            ends = following
        return max(starts) if starts else None

    # ------------------------------------------------------------------------------------------ making
    def firm(self, owners: Sequence[tuple[Person, str, date]], *, director: Person, before: date, since: date | None = None) -> Firm:
        """A firm kept apart from all other business."""
        founded = min([start for _, _, start in owners] + [since or before, before]) - timedelta(days=self.chance.randrange(1, 90))
        firm = self.economy.found(self.economy.word(), founded)
        firm.planted = True
        firm.shares = [Share(percent, start, person=one.id) for one, percent, start in owners]
        firm.director, firm.director_since = director.id, since or founded
        return firm

    def stranger(self, body: Body) -> Person:
        """Somebody who may own the rest of a planted firm or direct it."""
        shunned = self.events.shunned(body)
        while True:
            person = self.people[self.chance.randrange(len(self.people))]
            names = person.all_folded
            if (
                person.id not in self.used
                and self.economy.may_own(person)
                and not self.municipality.employed(person.id)
                and shunned.isdisjoint(names)
            ):
                self.used.add(person.id)
                return person

    def declare(self, tie: Tie, word: str | None, on: date, **more: Any) -> None:
        """The official's questionnaire names the relative with ИНН and birth date: the bridge between the registers."""
        start = self.wed_since(tie, on) if word is not None else None
        self.extras.declared.append(Declared(tie.official.id, tie.relative.id, word, start, **more))

    def notice(self, official: Person, on: date, about: tuple[str, str], *, measure: str = "", measured: date | None = None) -> str:
        """A notification of personal interest."""
        number = f"n-{len(self.extras.notices) + 1:04d}"
        self.extras.notices.append(Notice(number, official.id, on, about, measure, measured))
        return number

    def tell(
        self, rule: str, outcome: str, event: tuple[str, str | None], official: Person, counterparty: Firm | Person, why: str, **more: Any
    ) -> None:
        """One line of truth."""
        line: dict[str, Any] = {"rule": rule, "outcome": outcome, "severity": more.pop("severity", None)}
        line["event"] = {"source": event[0], "id": event[1]}
        line["official"] = self.ids(official)
        line["counterparty"] = self.ids(counterparty)
        line["kin"] = more.pop("kin", None)
        line.update(more)
        line["why"] = why
        self.extras.truth.append(line)

    def ids(self, who: Firm | Person) -> dict[str, str]:
        """What identifies somebody in every source."""
        if isinstance(who, Firm):
            return {"name": who.name, "inn": who.inn, "ogrn": who.ogrn}
        return {"name": who.full_name, "inn": self.people.inn(who), "snils": self.people.snils(who), "birth": who.birth.isoformat()}
