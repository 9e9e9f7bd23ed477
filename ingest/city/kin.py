"""What the city knows of itself: every tie between two people, whatever its dates, so that nothing unplanned is put together."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.city.people import People, Person

LISTED = ("P", "C", "S", "B", "SB", "SP", "SC", "CS")
K44 = ("P", "C", "S", "B", "PP", "CC")
NEAR = (*LISTED, "PP", "CC", "PS", "BS")
"""Every path that any of the rules looks at, from either end."""


class Kin:
    """Paths over P, C, S, B by search in the families; adoption adds to blood, dates are not asked for."""

    def __init__(self, people: People) -> None:
        self.people = people

    def step(self, person: Person, letter: str) -> list[int]:
        """Everybody one letter away."""
        if letter == "P":
            return [one for one in (person.father, person.mother, person.adopter) if one is not None]
        if letter == "C":
            return person.children
        if letter == "S":
            return [one.wife if one.husband == person.id else one.husband for one in person.marriages]
        found: dict[int, None] = {}
        for parent in self.step(person, "P"):
            found.update(dict.fromkeys(self.people[parent].children))
        found.pop(person.id, None)
        return list(found)

    def reach(self, person: Person, path: str) -> list[int]:
        """Everybody at the end of a path, without the person."""
        ends: dict[int, None] = {person.id: None}
        for letter in path:
            ends = dict.fromkeys(two for one in ends for two in self.step(self.people[one], letter))
        ends.pop(person.id, None)
        return list(ends)

    def paths(self, person: Person, other: int, among: Iterable[str] = NEAR) -> list[str]:
        """All paths of the list from one person to another."""
        return [path for path in among if other in self.reach(person, path)]

    def near(self, person: Person) -> dict[int, None]:
        """Everybody who matters to any rule when the person is an official, in a fixed order."""
        found: dict[int, None] = {}
        for path in NEAR:
            found.update(dict.fromkeys(self.reach(person, path)))
        return found

    def names_near(self, persons: Iterable[Person]) -> set[str]:
        """The folded ФИО of the persons and of all who are near them: also a mere namesake must not be chosen."""
        names: set[str] = set()
        for person in persons:
            names.update(person.all_folded)
            for one in self.near(person):
                names.update(self.people[one].all_folded)
        return names
