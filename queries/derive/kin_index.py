"""Facts of kinship as a graph of dated edges that the walks of `kinship` follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from domain.dates import FOREVER, NEVER, Day
from domain.kin import ATOMS, by_marriage, inverse_path, word_paths
from domain.logic import Tri, any_of
from domain.spans import Span
from queries.derive.bounds import ALL_TIME, Bounds, bounds_of, covers, cut, definite, possible
from queries.derive.kin_facts import DeclaredFact, KinFacts, ParentFact, PersonFact, SiblingFact, SpouseFact, ids
from queries.derive.marriages import Marriage, marriages

BIRTH, DEATH, START, END = "Person.birthDate", "Person.deathDate", "Family.startDate", "Family.endDate"
NO_FIELDS: tuple[str, ...] = ()


@dataclass(slots=True)
class Edge:
    """One step to `to`. `lifelong` is the same edge without the births: what forbids a step-tie from the cradle on.

    `unsure_start` and `unsure_end` name the fields behind a start or end that is not known to the day.
    """

    to: str
    bounds: Bounds
    facts: tuple[str, ...]
    lifelong: Bounds = ALL_TIME
    unsure_start: tuple[str, ...] = NO_FIELDS
    unsure_end: tuple[str, ...] = NO_FIELDS


@dataclass(slots=True)
class Spoken:
    """A declared word seen from one of its ends."""

    other: str
    paths: tuple[str, ...]
    bounds: Bounds
    fact: str
    undated: bool
    missing: tuple[str, ...]


class KinIndex:
    """All edges by person; built once from the facts, then asked by `kin_of` and `affected_egos`."""

    def __init__(self, facts: KinFacts) -> None:
        self.people: dict[str, PersonFact] = {one.id: one for one in facts.people}
        self.spoken: dict[str, list[Spoken]] = defaultdict(list)
        self._implied: dict[str, str] = {}
        self._steps: dict[str, dict[str, list[Edge]]] = {letter: {} for letter in ATOMS}
        self._declared_siblings: dict[str, list[Edge]] = defaultdict(list)
        self._own: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        atoms = KinFacts(parents=list(facts.parents), spouses=list(facts.spouses), siblings=list(facts.siblings))
        for word in sorted(facts.declared, key=lambda one: one.id):
            self._word(word, atoms)
        for guardian in facts.guardians:
            self._both(guardian.ward, guardian.guardian, ("G",), bounds_of(guardian.span), guardian.id)
        # In the order of ids: of two records that say the same the same one stays, whatever the order of reading.
        self.couples: list[Marriage] = marriages(sorted(atoms.spouses, key=_id))
        self.parent_records: list[ParentFact] = sorted(atoms.parents, key=_id)
        self._add_marriages(self.couples)
        self._add_parents(self.parent_records, self.couples)
        self._add_siblings(sorted(atoms.siblings, key=_id))

    def gender(self, person: str) -> str | None:
        """As recorded, else as a word implies it («жена»)."""
        known = self.people.get(person)
        return (known.gender if known else None) or self._implied.get(person)

    def step(self, letter: str, person: str) -> list[Edge]:
        """The edges of one letter from a person, also those that never hold; siblings are composed on demand."""
        steps = self._steps[letter]
        found = steps.get(person)
        if found is None:
            found = steps[person] = self._compose_siblings(person) if letter == "B" else []
        return found

    def own(self, parent: str, child: str) -> list[Edge]:
        """Every record of one parenthood, also those that another covers."""
        return self._own.get((parent, child), [])

    def parents_of(self, child: str) -> list[str]:
        """Everyone on record as a parent, at any time."""
        return list(dict.fromkeys(edge.to for edge in self.step("P", child)))

    def declared_siblings(self, person: str) -> list[Edge]:
        """Sibling facts without parents."""
        return self._declared_siblings.get(person, [])

    def born(self, *people: str) -> Bounds:
        """From the latest birth on; a person without a birth date was born, for whoever acts was."""
        low = high = NEVER
        for one in people:
            known = self.people.get(one)
            if known is not None and known.birth is not None:
                low, high = max(low, known.birth.first), max(high, known.birth.last)
        return (low, high, FOREVER, FOREVER)

    def until_death(self, *people: str) -> Bounds:
        """To the first death; the day of death is the end."""
        low = high = FOREVER
        for one in people:
            known = self.people.get(one)
            if known is not None and known.death is not None:
                low, high = min(low, known.death.first), min(high, known.death.last)
        return (NEVER, NEVER, low, high)

    def _word(self, fact: DeclaredFact, atoms: KinFacts) -> None:
        meanings = word_paths(fact.word, self._known_gender(fact.ego), self._known_gender(fact.relative))
        paths = fact.paths or tuple(sorted({one.path for one in meanings}))
        if not paths or fact.ego == fact.relative:
            return
        for person, sexes in (
            (fact.ego, {one.ego_gender for one in meanings}),
            (fact.relative, {one.relative_gender for one in meanings}),
        ):
            sex = sexes.pop() if len(sexes) == 1 else None
            if sex is not None:
                self._implied.setdefault(person, sex)
        adoptive = any(one.adoptive for one in meanings)
        if paths == ("P",):
            atoms.parents.append(ParentFact(fact.relative, fact.ego, fact.id, adoptive, fact.span))
        elif paths == ("C",):
            atoms.parents.append(ParentFact(fact.ego, fact.relative, fact.id, adoptive, fact.span))
        elif paths == ("S",):
            atoms.spouses.append(SpouseFact(fact.ego, fact.relative, fact.id, fact.span))
        elif paths == ("B",):
            atoms.siblings.append(SiblingFact(fact.ego, fact.relative, fact.id, fact.span))
        else:
            self._both(fact.ego, fact.relative, paths, bounds_of(fact.span), fact.id)

    def _known_gender(self, person: str) -> str | None:
        known = self.people.get(person)
        return known.gender if known else None

    def _both(self, ego: str, other: str, paths: tuple[str, ...], bounds: Bounds, fact: str) -> None:
        """A tie of its own, seen from both ends."""
        undated = bounds[1] == FOREVER and bounds[2] == FOREVER
        missing = [START] if bounds[0] < bounds[1] else []
        if not any(by_marriage(path) or path in "GW" for path in paths):
            born = self.born(ego, other)
            missing = [BIRTH] if born[0] < born[1] else []
            bounds, undated = (born[0], born[1], bounds[2], bounds[3]), False
        if bounds[2] < bounds[3]:
            missing.append(END)
        ends = [
            person
            for person, is_end in ((ego, all(path[0] == "S" for path in paths)), (other, all(path[-1] == "S" for path in paths)))
            if is_end
        ]
        died = self.until_death(*ends)
        if died[2] < died[3] and died[2] < bounds[3]:
            missing.append(DEATH)
        bounds = cut(bounds, died)
        back = tuple(inverse_path(path) for path in paths)
        self.spoken[ego].append(Spoken(other, paths, bounds, fact, undated, tuple(missing)))
        self.spoken[other].append(Spoken(ego, back, bounds, fact, undated, tuple(missing)))

    def _add(self, letter: str, person: str, edge: Edge) -> None:
        """Keep an edge unless one to the same person covers it; drop those that it covers."""
        edges = self._steps[letter].setdefault(person, [])
        for kept in edges:
            if kept.to == edge.to and covers(kept.bounds, edge.bounds):
                return
        edges[:] = [kept for kept in edges if kept.to != edge.to or not covers(edge.bounds, kept.bounds)]
        edges.append(edge)

    def _add_marriages(self, couples: Iterable[Marriage]) -> None:
        for one in couples:
            died = self.until_death(one.a, one.b)
            bounds = cut(one.bounds, died)
            unsure = [END] if one.bounds[2] < one.bounds[3] and one.bounds[2] < bounds[3] else []
            if died[2] < died[3] and died[2] < bounds[3]:
                unsure.append(DEATH)
            start = (START,) if bounds[0] < bounds[1] else NO_FIELDS
            for here, there in ((one.a, one.b), (one.b, one.a)):
                self._add("S", here, Edge(there, bounds, one.facts, bounds, start, tuple(unsure)))

    def _add_parents(self, records: list[ParentFact], couples: list[Marriage]) -> None:
        adoptions: dict[str, dict[str, Bounds]] = defaultdict(dict)
        for fact in records:
            if fact.adoptive:
                known = adoptions[fact.child].get(fact.parent)
                adopted = _adopted_on(fact)
                if known is None or known[1] == FOREVER or (adopted[1] < FOREVER and adopted < known):
                    adoptions[fact.child][fact.parent] = adopted
        spouses: dict[frozenset[str], list[Bounds]] = defaultdict(list)
        for one in couples:
            spouses[frozenset((one.a, one.b))].append(cut(one.bounds, self.until_death(one.a, one.b)))
        for fact in records:
            if fact.parent == fact.child:
                continue
            edge = self._adoptive(fact) if fact.adoptive else self._blood(fact, adoptions.get(fact.child, {}), spouses)
            self._own[fact.parent, fact.child].append(edge)
            self._add("C", fact.parent, edge)
            self._add("P", fact.child, Edge(fact.parent, edge.bounds, edge.facts, edge.lifelong, edge.unsure_start, edge.unsure_end))

    def _adoptive(self, fact: ParentFact) -> Edge:
        """Since the adoption; without its date since the later birth, as contract 1 has it."""
        adopted, born = _adopted_on(fact), self.born(fact.parent, fact.child)
        lifelong = (*((NEVER, NEVER) if adopted[1] == FOREVER else adopted[:2]), *adopted[2:])
        bounds = cut(lifelong, born)
        unsure = [field for field, part in ((START, lifelong), (BIRTH, born)) if part[0] < part[1] and part[1] > bounds[0]]
        return Edge(fact.child, bounds, (fact.id,), lifelong, tuple(unsure), (END,) if bounds[2] < bounds[3] else NO_FIELDS)

    def _blood(self, fact: ParentFact, adoptions: dict[str, Bounds], spouses: dict[frozenset[str], list[Bounds]]) -> Edge:
        """Since the later birth, to an adoption by somebody else unless the tie was preserved.

        It is preserved where the blood parent was married to the adopter on the day of the adoption (a step-parent
        adopts), or where the parent's own record is dated past it: it starts on that day or later, or ends after it.
        Where that cannot be told, the end is unknown.
        """
        end_lo, end_hi = (fact.span.end_lo, fact.span.end_hi) if fact.span else (FOREVER, FOREVER)
        unsure = [END] if end_lo < end_hi else []
        for adopter, adopted in adoptions.items():
            if adopter == fact.parent:
                continue
            day = (adopted[0], adopted[1])
            wed = any_of(Span(*one).holds(*day) for one in spouses.get(frozenset((adopter, fact.parent)), []))
            preserved = any_of((wed, _dated_past(fact.span, *day)))
            if preserved is True:
                continue
            if preserved is None or day[0] < day[1]:
                unsure.append(START)
            end_lo = min(end_lo, day[0])
            if preserved is False:
                end_hi = min(end_hi, day[1])
        born = self.born(fact.parent, fact.child)
        bounds = (born[0], born[1], end_lo, end_hi)
        start = (BIRTH,) if born[0] < born[1] else NO_FIELDS
        return Edge(fact.child, bounds, (fact.id,), (NEVER, NEVER, end_lo, end_hi), start, ids(unsure) if end_lo < end_hi else NO_FIELDS)

    def _add_siblings(self, records: Iterable[SiblingFact]) -> None:
        for fact in records:
            if fact.a == fact.b:
                continue
            born = self.born(fact.a, fact.b)
            end = (fact.span.end_lo, fact.span.end_hi) if fact.span else (FOREVER, FOREVER)
            start = (BIRTH,) if born[0] < born[1] else NO_FIELDS
            unsure = (END,) if end[0] < end[1] else NO_FIELDS
            for here, there in ((fact.a, fact.b), (fact.b, fact.a)):
                edge = Edge(there, (born[0], born[1], *end), (fact.id,), (NEVER, NEVER, *end), start, unsure)
                self._declared_siblings[here].append(edge)

    def _compose_siblings(self, person: str) -> list[Edge]:
        found: dict[str, list[Edge]] = {}
        for up in self.step("P", person):
            for down in self.step("C", up.to):
                if down.to != person:
                    found.setdefault(down.to, []).append(join(up, down))
        for edge in self.declared_siblings(person):
            found.setdefault(edge.to, []).append(edge)
        kept: list[Edge] = []
        for edges in found.values():
            if len(edges) == 1:
                kept += edges
                continue
            edges.sort(key=lambda edge: (not possible(edge.bounds), not definite(edge.bounds), edge.bounds, edge.facts))
            chosen: list[Edge] = []
            for edge in edges:
                if not any(covers(other.bounds, edge.bounds) for other in chosen):
                    chosen = [other for other in chosen if not covers(edge.bounds, other.bounds)] + [edge]
            kept += chosen
        return kept


def join(first: Edge, second: Edge) -> Edge:
    """Both steps as one."""
    bounds = cut(first.bounds, second.bounds)
    start, end = unsure_fields(bounds, (first, second))
    return Edge(second.to, bounds, ids((*first.facts, *second.facts)), cut(first.lifelong, second.lifelong), start, end)


def unsure_fields(bounds: Bounds, edges: Iterable[Edge]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields that keep the start and the end of a composed span open: only those that can still move it."""
    if definite(bounds):
        return NO_FIELDS, NO_FIELDS
    start: list[str] = []
    end: list[str] = []
    for edge in edges:
        if bounds[0] < bounds[1] and edge.bounds[0] < edge.bounds[1] and edge.bounds[1] > bounds[0]:
            start += edge.unsure_start
        if bounds[2] < bounds[3] and edge.bounds[2] < edge.bounds[3] and edge.bounds[2] < bounds[3]:
            end += edge.unsure_end
    return ids(start), ids(end)


def _id(fact: ParentFact | SpouseFact | SiblingFact) -> str:
    return fact.id


def _adopted_on(fact: ParentFact) -> Bounds:
    if fact.span is None:
        return (NEVER, FOREVER, FOREVER, FOREVER)
    return bounds_of(fact.span)


def _dated_past(span: Span | None, first: Day, last: Day) -> Tri:
    """Whether a parent's record is dated past an adoption on a day of [first, last]."""
    if span is None:
        return False
    start: Tri = False
    if span.start_hi < FOREVER:
        start = True if span.start_lo >= last else (False if span.start_hi < first else None)
    end: Tri = False
    if span.end_hi < FOREVER:
        end = True if span.end_lo > last else (False if span.end_hi <= first else None)
    return any_of((start, end))
