"""Work over the years: the same workplace, another name of it, another step of the ladder."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from screening.circumstances import LADDER, Job
from screening.facts import PersonFacts
from screening.organizations import OrgName, same_core
from screening.orgs.compare import CoreLevel, compare_org_names

WORKPLACES = ("unknown", "different_then", "different", "alike", "equal")
DEPARTMENTS = ("unknown", "different", "equal")
POSTS = ("unknown", "different", "step", "equal")

_ALIKE = 85

Workplaces = tuple[frozenset[str], tuple[tuple[OrgName, int, int], ...]]


def workplaces(facts: PersonFacts) -> Workplaces | None:
    """Known keys of employers, and their names with the years (both inclusive)."""
    named = tuple((job.employer, job.first, job.last) for job in facts.life.jobs if job.employer is not None)
    return (facts.workplaces, named) if facts.workplaces or named else None


def departments(facts: PersonFacts) -> frozenset[frozenset[str]]:
    """The departments named."""
    return frozenset(job.department for job in facts.life.jobs if job.department) if facts.life.jobs else frozenset()


def posts(facts: PersonFacts) -> tuple[Job, ...]:
    """The posts named."""
    return tuple(job for job in facts.life.jobs if job.post) if facts.life.jobs else ()


def workplace_level(one: Workplaces, two: Workplaces) -> int:
    """Known keys or names of employers; two employers at one time contradict more than two at two times."""
    if not one[0].isdisjoint(two[0]):
        return 4
    best = 0
    then = False
    for left, first, last in one[1]:
        for right, since, until in two[1]:
            best = max(best, _employers(left, right))
            then = then or bool(first and since and first <= until and since <= last)
    if best:
        return best
    return 1 if then else 2


def shared_employers(one: Workplaces, two: Workplaces, level: int) -> Sequence[tuple[str, str]]:
    """The employer that both have."""
    if level != 4:
        return ()
    cores = {name.core for name, _, _ in one[1]} & {name.core for name, _, _ in two[1]}
    return tuple(("workplace", core) for core in sorted(cores)[:1])


def department_level(one: frozenset[frozenset[str]], two: frozenset[frozenset[str]]) -> int:
    """Departments by the stems of their words."""
    if not one.isdisjoint(two):
        return 2
    return 2 if any(_same_words(left, right) for left in one for right in two) else 1


def post_level(one: Sequence[Job], two: Sequence[Job]) -> int:
    """The best agreement of any two posts. A fall, or an unrelated post of another year, is unknown rather than different."""
    best = -1
    for left in one:
        for right in two:
            best = max(best, _posts(left, right))
    return max(best, 0)


def _employers(one: OrgName, two: OrgName) -> int:
    if same_core(one, two):
        return 4
    level = compare_org_names(one, two).core
    if level >= CoreLevel.SPELLING:
        return 4
    return 3 if level >= CoreLevel.GENERIC else 0


def _same_words(one: frozenset[str], two: frozenset[str]) -> bool:
    if not one or not two or _numbers(one) != _numbers(two):
        return False
    return fuzz.token_sort_ratio(" ".join(sorted(one)), " ".join(sorted(two))) >= _ALIKE


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word.isdigit())


def _posts(one: Job, two: Job) -> int:
    if one.post == two.post or _same_words(one.post, two.post):
        return 3
    kept = one.post & two.post
    if kept - LADDER:
        return 2
    if one.rank and two.rank and kept:
        return 2 if _climbs(one, two) else 0
    apart = one.first and two.first and (one.last < two.first or two.last < one.first)
    if one.rank and two.rank and apart:
        return 2 if _climbs(one, two) and abs(one.rank - two.rank) <= 3 else 0
    return 0 if apart else 1


def _climbs(one: Job, two: Job) -> bool:
    """The later post is not the lower one; of unknown times either may be the later."""
    if not one.first or not two.first or one.first == two.first:
        return True
    early, late = (one, two) if one.first < two.first else (two, one)
    return late.rank >= early.rank
