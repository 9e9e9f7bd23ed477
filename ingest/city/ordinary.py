"""What the ordinary staff of the city makes true for rules about relatives at work: nobody planted it, and it is no error to find it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.city.bodies import Job
from ingest.city.kin import LISTED
from ingest.city.planting import Planter


def ordinary(planter: Planter) -> Iterator[dict[str, Any]]:
    """Truth lines with `ordinary`: relatives of heads who work under them (R-02, R-20), and crosswise under another head (R-25)."""
    heads = [job for job in planter.municipality.jobs if job.post == "head"]
    below: dict[int, list[Job]] = {}
    for job in planter.municipality.jobs:
        below.setdefault(job.body, []).append(job)
    kin = {job.id: _kin(planter, job) for job in heads}
    for head in heads:
        for job in below[head.body]:
            if job.person in kin[head.id]:
                yield _line(planter, "R-20", "not_computable", head, job, "родственник руководителя в штате, оплата не указана")
                yield _line(planter, "R-02", "fired", head, job, "родственник руководителя в штате")
        for other in heads:
            if other.body == head.body or other.person == head.person:
                continue
            one = any(job.person in kin[head.id] for job in below[other.body] if job.person != other.person)
            two = any(job.person in kin[other.id] for job in below[head.body] if job.person != head.person)
            if one and two:
                yield _line(planter, "R-25", "fired", head, other, "родственники двух руководителей в штате друг у друга")


def _kin(planter: Planter, head: Job) -> set[int]:
    person = planter.people[head.person]
    return {one for path in LISTED for one in planter.kin.reach(person, path)}


def _line(planter: Planter, rule: str, outcome: str, head: Job, other: Job, why: str) -> dict[str, Any]:
    return {
        "rule": rule,
        "outcome": outcome,
        "severity": None,
        "event": {"source": "hr", "id": None},
        "official": planter.ids(planter.people[head.person]),
        "counterparty": planter.ids(planter.people[other.person]),
        "kin": None,
        "ordinary": True,
        "why": why,
    }
