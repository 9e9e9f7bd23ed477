"""A slow second opinion on kinship: every chain of people tried, one day at a time, straight from the facts."""

from collections.abc import Callable, Iterator
from functools import cache

from domain.dates import FOREVER, NEVER, Day, PartialDate
from domain.logic import Tri, all_of, any_of
from domain.spans import Span
from queries.derive.kinship import KinFacts, ParentFact

# domain.md 3.3, and the inverses
PATHS = [
    "P",
    "C",
    "S",
    "B",
    "SP",
    "SC",
    "SB",
    "CS",
    "PP",
    "CC",
    "PPP",
    "CCC",
    "PS",
    "PSC",
    "BS",
    "SBS",
    "CSP",
    "CSB",
    "BSP",
    "CCS",
    "SPP",
    "PB",
    "BC",
    "PBS",
    "BCS",
    "SBC",
    "SPB",
    "PBC",
    "PPB",
    "BCC",
    "PBCC",
    "PPBC",
]


def negate(value: Tri) -> Tri:
    return None if value is None else not value


def from_on(day: Day, first: Day, last: Day) -> Tri:
    """Whether a thing that began on some day of [first, last] has begun by a day."""
    if day >= last:
        return True
    return False if day < first else None


class Oracle:
    """Answers `ties(ego, day)`: {(relative, path): True | None}; what is False is left out."""

    def __init__(self, facts: KinFacts) -> None:
        self.facts = facts
        self.everyone = sorted(
            {one.id for one in facts.people}
            | {x for one in facts.parents for x in (one.parent, one.child)}
            | {x for one in facts.spouses for x in (one.a, one.b)}
            | {x for one in facts.siblings for x in (one.a, one.b)}
        )
        self.people = {one.id: one for one in facts.people}

    def ties(self, ego: str, day: Day) -> dict[tuple[str, str], bool | None]:
        step = self._steps(day)
        found: dict[tuple[str, str], Tri] = {}
        for path in PATHS:
            for relative, value in self._chains((ego,), path, step):
                found[relative, path] = any_of((found.get((relative, path), False), value))
        for relative, path in list(found):
            barred: Tri = False
            if path == "SC":
                barred = self.parent(ego, relative, day, unborn=True)
            elif path == "PS":
                barred = self.parent(relative, ego, day, unborn=True)
            elif path == "PSC":
                barred = self.sibling(ego, relative, day, unborn=True)
            found[relative, path] = all_of((found[relative, path], negate(barred)))
        return {key: value for key, value in found.items() if value is not False}

    def _chains(self, people: tuple[str, ...], path: str, step: Callable[[str, str, str], Tri]) -> Iterator[tuple[str, Tri]]:
        if not path:
            yield people[-1], True
            return
        for other in self.everyone:
            if other not in people:
                value = step(path[0], people[-1], other)
                if value is not False:
                    for last, rest in self._chains((*people, other), path[1:], step):
                        yield last, all_of((value, rest))

    def _steps(self, day: Day) -> Callable[[str, str, str], Tri]:
        @cache
        def step(letter: str, one: str, other: str) -> Tri:
            if letter == "P":
                return self.parent(other, one, day)
            if letter == "C":
                return self.parent(one, other, day)
            if letter == "S":
                return self.spouse(one, other, day)
            return self.sibling(one, other, day)

        return step

    def spouse(self, one: str, other: str, day: Day) -> Tri:
        return any_of(
            all_of((fact.span.holds(day, day), self.alive(one, day), self.alive(other, day)))
            for fact in self.facts.spouses
            if {fact.a, fact.b} == {one, other}
        )

    def alive(self, person: str, day: Day) -> Tri:
        known = self.people.get(person)
        return True if known is None or known.death is None else negate(from_on(day, known.death.first, known.death.last))

    def born(self, person: str, day: Day) -> Tri:
        known = self.people.get(person)
        return True if known is None or known.birth is None else from_on(day, known.birth.first, known.birth.last)

    def parent(self, parent: str, child: str, day: Day, *, unborn: bool = False) -> Tri:
        births: list[Tri] = [] if unborn else [self.born(parent, day), self.born(child, day)]
        return any_of(
            all_of((*births, self._adopted(fact, day) if fact.adoptive else self._blood(fact, day)))
            for fact in self.facts.parents
            if (fact.parent, fact.child) == (parent, child)
        )

    def _adopted(self, fact: ParentFact, day: Day) -> Tri:
        span = fact.span
        if span is None:
            return True
        begun = True if span.start_hi == FOREVER else from_on(day, span.start_lo, span.start_hi)
        return all_of((begun, negate(from_on(day, span.end_lo, span.end_hi))))

    def _blood(self, fact: ParentFact, day: Day) -> Tri:
        span = fact.span
        over: list[Tri] = [from_on(day, span.end_lo, span.end_hi)] if span else []
        adopters = sorted({one.parent for one in self.facts.parents if one.adoptive and one.child == fact.child} - {fact.parent})
        for adopter in adopters:
            dates = [
                (one.span.start_lo, one.span.start_hi)
                for one in self.facts.parents
                if one.adoptive and (one.parent, one.child) == (adopter, fact.child) and one.span and one.span.start_hi < FOREVER
            ]
            first, last = min(dates) if dates else (NEVER, FOREVER)
            kept = any_of((self._wed(adopter, fact.parent, first, last), _past(span, first, last)))
            over.append(all_of((from_on(day, first, last), negate(kept))))
        return negate(any_of(over))

    def _wed(self, one: str, other: str, first: Day, last: Day) -> Tri:
        """Whether they were married on the adoption's day, which is some day of [first, last]."""
        values: list[Tri] = []
        for fact in self.facts.spouses:
            if {fact.a, fact.b} == {one, other}:
                deaths = [d for p in (one, other) if (d := self.people[p].death if p in self.people else None)]
                end_lo = min([fact.span.end_lo, *(d.first for d in deaths)])
                end_hi = min([fact.span.end_hi, *(d.last for d in deaths)])
                values.append(Span(fact.span.start_lo, fact.span.start_hi, end_lo, end_hi).holds(first, last))
        return any_of(values)

    def sibling(self, one: str, other: str, day: Day, *, unborn: bool = False) -> Tri:
        shared: list[Tri] = [
            all_of((self.parent(parent, one, day, unborn=unborn), self.parent(parent, other, day, unborn=unborn)))
            for parent in self.everyone
            if parent not in (one, other)
        ]
        for fact in self.facts.siblings:
            if {fact.a, fact.b} == {one, other}:
                births: list[Tri] = [] if unborn else [self.born(one, day), self.born(other, day)]
                ended = from_on(day, fact.span.end_lo, fact.span.end_hi) if fact.span else False
                shared.append(all_of((*births, negate(ended))))
        return any_of(shared)


def _past(span: Span | None, first: Day, last: Day) -> Tri:
    if span is None:
        return False
    answers: list[Tri] = []
    if span.start_hi < FOREVER:
        answers.append(all_of((True if span.start_lo >= last else (False if span.start_hi < first else None),)))
    if span.end_hi < FOREVER:
        answers.append(True if span.end_lo > last else (False if span.end_hi <= first else None))
    return any_of(answers)


def one_day(day: Day) -> PartialDate:
    return PartialDate(day, day)
