"""Random families on a calendar of a few days: marriages, divorces, deaths, adoptions, half-known dates."""

from random import Random

from domain.dates import FOREVER, NEVER, Day, PartialDate
from domain.spans import Span
from queries.derive.kinship import KinFacts, ParentFact, PersonFact, SiblingFact, SpouseFact

FIRST: Day = 20000101


class Families:
    """Draws families; `last` is the last day of the calendar, `doubt` the chance that a date is not known to the day."""

    def __init__(self, random: Random, last: Day = 20000112, doubt: float = 0.3) -> None:
        self.random = random
        self.last = last
        self.doubt = doubt

    def date(self, *, after: Day = FIRST) -> PartialDate:
        day = self.random.randint(min(after, self.last), self.last)
        if self.random.random() < self.doubt:
            return PartialDate(day, self.random.randint(day, self.last))
        return PartialDate(day, day)

    def marriage(self) -> Span:
        random = self.random
        start = (NEVER, FOREVER) if random.random() < self.doubt else self._pair(self.date())
        end = (
            (FOREVER, FOREVER) if random.random() < 0.5 else self._pair(self.date(after=FIRST + 1 if start[1] == FOREVER else start[1] + 1))
        )
        return Span(*start, *end)

    def adoption(self) -> Span | None:
        if self.random.random() < self.doubt / 2:
            return None
        return Span(*self._pair(self.date()), FOREVER, FOREVER)

    def facts(self, size: int) -> KinFacts:
        """Parents come earlier in the list than their children, so there is no cycle of ancestry."""
        random, facts = self.random, KinFacts()
        names = [f"p{number}" for number in range(size)]
        for name in names:
            birth = self.date() if random.random() < 0.3 else None
            death = self.date() if random.random() < 0.15 else None
            facts.people.append(PersonFact(name, random.choice(["male", "female", None]), birth, death))
        for number, child in enumerate(names):
            for parent in random.sample(names[:number], min(number, random.choice([0, 1, 2, 2]))):
                span = None if random.random() < 0.85 else self.marriage()
                facts.parents.append(ParentFact(parent, child, f"c{len(facts.parents)}", span=span))
            if number and random.random() < 0.2:
                facts.parents.append(ParentFact(random.choice(names[:number]), child, f"c{len(facts.parents)}", True, self.adoption()))
        pairs = [(a, b) for a in names for b in names if a < b]
        for a, b in random.sample(pairs, min(len(pairs), random.randint(0, size // 2 + 1))):
            facts.spouses.append(SpouseFact(a, b, f"m{len(facts.spouses)}", self.marriage()))
        for a, b in random.sample(pairs, min(len(pairs), random.choice([0, 0, 1]))):
            facts.siblings.append(SiblingFact(a, b, f"s{len(facts.siblings)}", None if random.random() < 0.7 else self.marriage()))
        return facts

    @staticmethod
    def _pair(date: PartialDate) -> tuple[Day, Day]:
        return date.first, date.last
