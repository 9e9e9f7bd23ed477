"""What cannot all be true: findings about the data, never a reason to refuse a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from domain.dates import FOREVER, Day, PartialDate, iso_of
from domain.kin import find_word, parameter
from queries.derive.bounds import Bounds, cut
from queries.derive.components import components
from queries.derive.kin_facts import KinFacts, ParentFact, PersonFact, ids
from queries.derive.kin_index import KinIndex
from queries.derive.ownership_facts import Link
from queries.derive.ownership_links import OwnershipIndex

KINDS = ("two_spouses", "young_parent", "ancestry_cycle", "sex", "impossible_birth", "over_100")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Records that cannot all be true; `day` is the first day of it where there is one."""

    kind: str
    people: tuple[str, ...]
    facts: tuple[str, ...]
    message_ru: str
    message_en: str
    firms: tuple[str, ...] = ()
    day: Day | None = None


def kin_contradictions(facts: KinFacts, index: KinIndex | None = None, *, today: Day | None = None) -> list[Contradiction]:
    """Everything that contradicts itself for certain; what an unknown or partial date may still explain is not reported.

    `index`: where one of the same facts is at hand. `today` makes a birth in the future one.
    """
    search = _Families(facts, index or KinIndex(facts), today)
    return [*search.two_spouses(), *search.parents(), *search.cycles(), *search.sexes(), *search.births()]


def ownership_contradictions(index: OwnershipIndex, names: Mapping[str, str] | None = None) -> list[Contradiction]:
    """Firms whose owners hold more than 100 % for certain, with the first day of it."""
    found = []
    for asset in sorted(index.assets()):
        over = _first_over(index.owners_of(asset))
        if over is not None:
            day, total, links = over
            name, percent = (names or {}).get(asset) or asset, f"{float(total) * 100:.6g}"
            owners = tuple(sorted(link.owner for link in links))
            found.append(
                Contradiction(
                    "over_100",
                    owners,
                    ids(fact for link in links for fact in link.facts),
                    f"Доли владельцев «{name}»{_ru(day, ' на ')} составляют вместе {percent} %.",
                    f"The owners of {name} hold {percent} % together{_en(day, ' on ')}.",
                    firms=(asset,),
                    day=day,
                )
            )
    return found


def _first_over(owners: Mapping[str, list[tuple[Day, Day, Link]]]) -> tuple[Day, Fraction, list[Link]] | None:
    pieces = [piece for links in owners.values() for piece in links if piece[2].share_lo]
    changes: dict[Day, Fraction] = defaultdict(Fraction)
    for start, end, link in pieces:
        changes[start] += link.share_lo
        changes[end] -= link.share_lo
    total = Fraction(0)
    for day in sorted(changes):
        total += changes[day]
        if total > 1:
            return day, total, [link for start, end, link in pieces if start <= day < end]
    return None


class _Families:
    """The searches over one set of family facts."""

    def __init__(self, facts: KinFacts, index: KinIndex, today: Day | None) -> None:
        self.facts = facts
        self.today = today
        self.index = index
        self.people = self.index.people
        self.parent_facts = self.index.parent_records

    def name(self, person: str) -> str:
        known = self.people.get(person)
        return known.name if known and known.name else person

    def two_spouses(self) -> Iterator[Contradiction]:
        spouses: dict[str, dict[str, list[tuple[Bounds, tuple[str, ...]]]]] = defaultdict(lambda: defaultdict(list))
        for couple in self.index.couples:
            bounds = cut(couple.bounds, self.index.until_death(couple.a, couple.b))
            spouses[couple.a][couple.b].append((bounds, couple.facts))
            spouses[couple.b][couple.a].append((bounds, couple.facts))
        for person in sorted(spouses):
            for one, other in combinations(sorted(spouses[person]), 2):
                both = [(a, b) for a in spouses[person][one] for b in spouses[person][other] if _at_once(a[0], b[0])]
                if both:
                    (first, first_facts), (second, second_facts) = both[0]
                    day = max(first[1], second[1])
                    names = f"{self.name(one)}, {self.name(other)}"
                    yield Contradiction(
                        "two_spouses",
                        (person, one, other),
                        ids((*first_facts, *second_facts)),
                        f"{self.name(person)}: записаны два действующих брака сразу{_ru(day, ' с ')}; супруги: {names}.",
                        f"{self.name(person)}: two marriages at once on record{_en(day, ' from ')}; spouses: {names}.",
                        day=day if iso_of(day) else None,
                    )

    def parents(self) -> Iterator[Contradiction]:
        least = parameter("parent_min_age")
        seen: set[tuple[str, str]] = set()
        for fact in self.parent_facts:
            parent, child = self.people.get(fact.parent), self.people.get(fact.child)
            if (fact.parent, fact.child) in seen or parent is None or child is None or child.birth is None or parent is child:
                continue
            seen.add((fact.parent, fact.child))
            if parent.birth is not None and parent.birth.first + least * 10000 > child.birth.last:
                yield self._about(
                    "young_parent",
                    fact,
                    (parent.birth, child.birth),
                    f"разница в возрасте меньше {least} лет",
                    f"less than {least} years between them",
                )
            if not fact.adoptive and parent.death is not None and parent.death.last + 10000 <= child.birth.first:
                yield self._about(
                    "impossible_birth",
                    fact,
                    (parent.death, child.birth),
                    "рождение более чем через год после смерти родителя",
                    "a birth more than a year after the parent's death",
                )

    def cycles(self) -> Iterator[Contradiction]:
        children: dict[str, list[str]] = defaultdict(list)
        for fact in self.parent_facts:
            children[fact.parent].append(fact.child)
        for knot in components(sorted(children), lambda person: children.get(person, ())):
            alone = next(iter(knot))
            if len(knot) > 1 or alone in children.get(alone, ()):
                people = tuple(sorted(knot))
                names = ", ".join(self.name(person) for person in people)
                yield Contradiction(
                    "ancestry_cycle",
                    people,
                    ids(fact.id for fact in self.parent_facts if fact.parent in knot and fact.child in knot),
                    f"По записям каждый из этих людей — предок самого себя: {names}.",
                    f"By the records each of these people is his own ancestor: {names}.",
                )

    def sexes(self) -> Iterator[Contradiction]:
        for word in sorted(self.facts.declared, key=lambda one: one.id):
            known = find_word(word.word)
            if known is None or not known.meanings:
                continue
            for person, implied in (
                (word.relative, {one.relative_gender for one in known.meanings}),
                (word.ego, {one.ego_gender for one in known.meanings}),
            ):
                recorded = self._recorded(person)
                if recorded is not None and None not in implied and recorded not in implied:
                    ru, en = ("мужской", "male") if recorded == "male" else ("женский", "female")
                    yield Contradiction(
                        "sex",
                        (person,),
                        (word.id,),
                        f"Слово «{word.word}» не подходит: записан {ru} пол ({self.name(person)}).",
                        f"The word {word.word!r} does not fit: {self.name(person)} is recorded as {en}.",
                    )
        for couple in self.index.couples:
            yield from self._same_sex((couple.a, couple.b), couple.facts, ("супругов", "spouses"))
        blood: dict[str, dict[str, str]] = defaultdict(dict)
        for fact in self.parent_facts:
            if not fact.adoptive:
                blood[fact.child].setdefault(fact.parent, fact.id)
        for parents in blood.values():
            for one, other in combinations(sorted(parents), 2):
                both = ("родителей одного ребёнка", "parents of one child")
                yield from self._same_sex((one, other), (parents[one], parents[other]), both)

    def births(self) -> Iterator[Contradiction]:
        earliest = parameter("earliest_birth_year") * 10000
        for person in self.facts.people:
            if person.birth is None:
                continue
            born = person.birth
            if person.birth.last < earliest or (self.today is not None and person.birth.first > self.today):
                yield _impossible(
                    person,
                    f"дата рождения {_date_ru(born)} невозможна.",
                    f"the birth date {born.iso()} is impossible.",
                    self.name(person.id),
                )
            elif person.death is not None and person.birth.first > person.death.last:
                died = person.death
                yield _impossible(
                    person,
                    f"дата смерти {_date_ru(died)} раньше даты рождения {_date_ru(born)}.",
                    f"the death date {died.iso()} is before the birth date {born.iso()}.",
                    self.name(person.id),
                )

    def _about(self, kind: str, fact: ParentFact, dates: tuple[PartialDate, PartialDate], ru: str, en: str) -> Contradiction:
        parent, child = self.name(fact.parent), self.name(fact.child)
        return Contradiction(
            kind,
            (fact.parent, fact.child),
            (fact.id,),
            f"Родитель {parent} ({_date_ru(dates[0])}), ребёнок {child} ({_date_ru(dates[1])}): {ru}.",
            f"Parent {parent} ({dates[0].iso()}), child {child} ({dates[1].iso()}): {en}.",
        )

    def _recorded(self, person: str) -> str | None:
        known = self.people.get(person)
        return known.gender if known else None

    def _same_sex(self, pair: tuple[str, str], facts: tuple[str, ...], whose: tuple[str, str]) -> Iterator[Contradiction]:
        one, other = (self._recorded(person) for person in pair)
        if one is not None and one == other and pair[0] != pair[1]:
            names = f"{self.name(pair[0])}, {self.name(pair[1])}"
            message_ru = f"У {whose[0]} записан один и тот же пол: {names}."
            yield Contradiction("sex", pair, facts, message_ru, f"The {whose[1]} are recorded with one sex: {names}.")


def _impossible(person: PersonFact, message_ru: str, message_en: str, name: str) -> Contradiction:
    return Contradiction("impossible_birth", (person.id,), (), f"{name}: {message_ru}", f"{name}: {message_en}")


def _at_once(one: Bounds, other: Bounds) -> bool:
    """Certain days in common; or both are still so, whenever they began."""
    return max(one[1], other[1]) < min(one[2], other[2]) or (one[2] == FOREVER and other[2] == FOREVER)


def _ru(day: Day, before: str) -> str:
    text = iso_of(day)
    return before + ".".join(reversed(text.split("-"))) if text else ""


def _en(day: Day, before: str) -> str:
    text = iso_of(day)
    return before + text if text else ""


def _date_ru(date: PartialDate) -> str:
    return ".".join(reversed(date.iso().split("-")))
