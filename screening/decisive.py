"""The decisive tests of identity, in their order, stopping at the first that decides.

People: N1 (numbers differ), N2 (birth dates differ), N3 (sex, death), S1 (one number), S2 (name and birth date), S3 (former
surname), S4 (a slip in the name), S5 (name and one more sign), S6 (name only). Organizations: N1, O1, O2. Where N, S1–S3 and O1
say nothing, the model gives the probability (model.py) and may move the grade (grading.py).
The answer doesn't depend on which of the two is named first.
"""

from __future__ import annotations

from collections.abc import Iterable

from screening.comparison import Births, Names, any_same_core, best_names, compare_births, names_alike
from screening.facts import KnownName, OrgFacts, PersonFacts
from screening.features import compare_orgs, compare_people
from screening.frequencies import Counts
from screening.grading import graded
from screening.model import ORGANIZATIONS_MODEL, PEOPLE_MODEL
from screening.names.lexicon import is_given
from screening.verdicts import GROUNDS, Ground, Verdict


def judge_people(one: PersonFacts, two: PersonFacts, counts: Counts | None = None) -> Verdict:
    """Whether two records are one person; `counts`: how often names occur in loaded data, else the prior frequencies stand alone.

    A shared number on a rejected pair is still reported (`Verdict.data_error`). Differing passports decide nothing: they
    are replaced at 20, 45 and with every new surname.
    """
    shared = _shares_number(one, two)
    ground = person_ground(one, two)
    if ground.decided:
        return Verdict(ground, one, two, shared)
    scored = PEOPLE_MODEL.score(*compare_people(one, two, counts))
    return Verdict(graded(PEOPLE_MODEL, ground, scored), one, two, shared, scored)


def judge_orgs(one: OrgFacts, two: OrgFacts, counts: Counts | None = None) -> Verdict:
    """Whether two records are one organization. A differing КПП is a branch, not another organization."""
    shared = not (one.inn.isdisjoint(two.inn) and one.ogrn.isdisjoint(two.ogrn))
    ground = org_ground(one, two)
    if ground.decided:
        return Verdict(ground, one, two, shared)
    scored = ORGANIZATIONS_MODEL.score(*compare_orgs(one, two, counts))
    return Verdict(graded(ORGANIZATIONS_MODEL, ground, scored), one, two, shared, scored)


def person_ground(one: PersonFacts, two: PersonFacts) -> Ground:
    """What the tests say before the model is asked."""
    births = compare_births(one.births, two.births)
    ground = _against(one, two, births)
    if ground is not None:
        return ground
    level, former = best_names(one, two)
    if _shares_number(one, two):
        return _by_number(level, named=bool(one.names and two.names))
    return _by_name(one, two, births, level, former=former)


def org_ground(one: OrgFacts, two: OrgFacts) -> Ground:
    """What the tests say before the model is asked."""
    same_inn, same_ogrn = not one.inn.isdisjoint(two.inn), not one.ogrn.isdisjoint(two.ogrn)
    return GROUNDS[_org_ground(one, two, same_inn=same_inn, same_ogrn=same_ogrn)]


def _shares_number(one: PersonFacts, two: PersonFacts) -> bool:
    return not (one.inn.isdisjoint(two.inn) and one.snils.isdisjoint(two.snils) and one.passports.isdisjoint(two.passports))


def _against(one: PersonFacts, two: PersonFacts, births: Births) -> Ground | None:
    """N1–N3."""
    if one.inn and two.inn and one.inn.isdisjoint(two.inn) and not (one.replaced_inn or two.replaced_inn):
        return GROUNDS["N1_inn"]
    if one.snils and two.snils and one.snils.isdisjoint(two.snils):
        return GROUNDS["N1_snils"]
    if births is Births.DIFFER:
        return GROUNDS["N2"]
    if one.sex and two.sex and one.sex is not two.sex:
        return GROUNDS["N3_sex"]
    if (one.death or two.death) and (_died_before(one, two) or _died_before(two, one)):
        return GROUNDS["N3_death"]
    return None


def _died_before(one: PersonFacts, two: PersonFacts) -> bool:
    """`one` died before `two` acted, or was born (whichever of the dates given is true)."""
    if one.death is None:
        return False
    born = min((date.first for date in two.births), default=0)
    return one.death.last < max(two.seen_on, born)


def _by_number(level: Names, *, named: bool) -> Ground:
    """S1: one number. The name must agree as far as both are known; a checksum is no proof."""
    if not named:
        return GROUNDS["S1_no_name"]
    if level >= Names.INITIALS:
        return GROUNDS["S1"]
    return GROUNDS[{Names.NEAR: "S1_near_name", Names.SURNAME_DIFFERS: "S1_surname"}.get(level, "S1_unlike")]


def _by_name(one: PersonFacts, two: PersonFacts, births: Births, level: Names, *, former: bool) -> Ground:
    """S2–S6."""
    if level <= Names.SURNAME_DIFFERS:
        return GROUNDS["none"]
    if births is Births.EQUAL:
        return GROUNDS[_by_birth_date(one, two, level, former=former)]
    if level is Names.NEAR:
        return GROUNDS["none"]
    if births is Births.GENERATION:
        return GROUNDS["none" if level is Names.INITIALS else "S6_generation"]
    return GROUNDS[_by_one_more_sign(level, _signs(one, two, births))]


def _by_birth_date(one: PersonFacts, two: PersonFacts, level: Names, *, former: bool) -> str:
    """S2–S4: the complete birth date is one."""
    test = "S3" if former else "S2"
    if level is Names.EQUAL:
        return test
    if level is Names.PATRONYMIC_MISSING:
        return f"{test}_missing_patronymic"
    if level is Names.INITIALS:
        return "S5_initials"
    if one.sex_guess and two.sex_guess and one.sex_guess is not two.sex_guess:
        return "none"  # Зарипов Ильнур and Зарипова Ильнура: brother and sister
    return "S4_two_names" if twins(one.names, two.names) else "S4"


def twins(one: Iterable[KnownName], two: Iterable[KnownName]) -> bool:
    """Given names a letter apart that are names in their own right (Ильнар and Ильнур): twins share all else."""
    left = {known.folded.first for known in one}
    right = {known.folded.first for known in two}
    return left.isdisjoint(right) and all(is_given(name) for name in left | right)


def _signs(one: PersonFacts, two: PersonFacts, births: Births) -> str:
    """The strongest further sign that agrees, or nothing. A swap or slip within one year leaves the birth year equal."""
    if not one.phones.isdisjoint(two.phones):
        return "phone"
    if not one.emails.isdisjoint(two.emails):
        return "email"
    if not one.addresses.isdisjoint(two.addresses):
        return "address"
    if not one.workplaces.isdisjoint(two.workplaces):
        return "workplace"
    return "birth_year" if births in {Births.COMPATIBLE, Births.SLIP} else ""


def _by_one_more_sign(level: Names, sign: str) -> str:
    """S5 and S6. With a patronymic unknown only a contact or address is enough; initials are weak at best."""
    if level is Names.EQUAL:
        return f"S5_{sign}" if sign else "S6"
    if level is Names.PATRONYMIC_MISSING:
        return "S5_missing_patronymic" if sign in {"phone", "email", "address"} else "S6_missing_patronymic"
    return "S6_initials" if sign not in {"", "birth_year"} else "none"


def _org_ground(one: OrgFacts, two: OrgFacts, *, same_inn: bool, same_ogrn: bool) -> str:
    if one.inn and two.inn and not same_inn:
        return "N1_inn"
    if one.ogrn and two.ogrn and not same_ogrn:
        return "O1_two_ogrn" if same_inn else "N1_ogrn"
    if same_inn or same_ogrn:
        return "O1" if not (one.names and two.names) or names_alike(one, two) else "O1_unlike_name"
    if not any_same_core(one, two):
        return "none"
    if not one.addresses.isdisjoint(two.addresses):
        return "O2_address"
    if not one.directors.isdisjoint(two.directors):
        return "O2_director"
    contact = not (one.phones.isdisjoint(two.phones) and one.emails.isdisjoint(two.emails))
    return "O2_contact" if contact else "O2_name_only"
