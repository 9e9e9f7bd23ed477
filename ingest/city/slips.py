"""Slips of the pen that a good matcher sees through: Tatar spellings, lost leading zeros."""

from __future__ import annotations

from ingest.city.people import Person
from ingest.city.planting import Planter


def spelling_slips(planter: Planter) -> None:
    """Give officials of planted conflicts another spelling or an ИНН without its first zero; the finding must survive.

    Only officials whose ФИО or ИНН has a second anchor (СНИЛС) are chosen, so the truth lines stay as they are.
    """
    at = planter
    fired = {line["official"]["inn"] for line in at.extras.truth if line["outcome"] == "fired"}
    officials = [at.people[one] for one in sorted(at.used) if at.municipality.employed(one) and at.people.inn(at.people[one]) in fired]
    for number, person in enumerate(officials):
        if number % 4 == 1:
            at.extras.lost_zero.add(person.id)
        spelled = _variant(at.people.names.variants, person)
        if spelled is not None and number % 2 == 0:
            at.extras.spelled[person.id] = spelled
    for person in [at.people[one] for one in at.municipality.jobs_of if one not in at.used]:
        spelled = _variant(at.people.names.variants, person)
        if spelled is not None and at.chance.random() < 0.1:
            at.extras.spelled[person.id] = spelled


def _variant(variants: dict[str, list[str]], person: Person) -> str | None:
    """The ФИО with the name in another of its spellings; None where it has but one."""
    forms = variants.get(person.first)
    if forms is None:
        return None
    return f"{person.surname} {forms[person.id % len(forms)]} {person.patronymic}"
