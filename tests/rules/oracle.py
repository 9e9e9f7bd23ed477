"""A second opinion: small worlds with complete dates, judged in plain Python straight from the law's words.

Nothing of `queries` is used and no graph is asked. A day is a `date`; a fact holds on [start, end). Kin is found by walking the
primitives letter by letter on one day, shares by multiplying along every path of owners.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from tests.rules.universe import firm_inn, personal_inn

Finding = tuple[str, str, str, str]
"""Rule, official, counterparty, event."""

K273 = frozenset({"P", "C", "S", "B", "SB", "SP", "SC", "CS"})
K44 = frozenset({"S", "P", "C", "PP", "CC", "B"})
INVERSE = {"P": "C", "C": "P", "S": "S", "B": "B"}
POSTS = ("head", "contract_manager", "specialist")
POWERFUL = ("head", "contract_manager", "contract_service_head")
SINGLE_SUPPLIER = ("4", "5", "18", "30", "42", "49", "54", "59")
NEW_TEXT, OLD_ITEMS = date(2022, 7, 1), date(2022, 1, 1)
DAYS = [date(2021, 12, 31), date(2022, 6, 30), date(2022, 7, 1), date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 20)]


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated record: who, to what, from when to when, and what else it says."""

    id: str
    who: str
    what: str
    start: date
    end: date | None = None
    word: str = ""
    share: Fraction = Fraction(0)

    def on(self, day: date) -> bool:
        """It holds on the day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(slots=True)
class Small:
    """A world: everything that the six rules look at."""

    births: dict[str, date] = field(default_factory=dict)
    deaths: dict[str, date] = field(default_factory=dict)
    sexes: dict[str, str] = field(default_factory=dict)
    parents: list[tuple[str, str]] = field(default_factory=list)
    spouses: list[Fact] = field(default_factory=list)
    posts: list[Fact] = field(default_factory=list)
    jobs: list[Fact] = field(default_factory=list)
    seats: list[Fact] = field(default_factory=list)
    owners: list[Fact] = field(default_factory=list)
    directors: list[Fact] = field(default_factory=list)
    agents: list[Fact] = field(default_factory=list)
    below: list[Fact] = field(default_factory=list)
    parts: list[tuple[str, str, str]] = field(default_factory=list)
    contracts: dict[str, dict[str, Any]] = field(default_factory=dict)
    tenders: dict[str, dict[str, Any]] = field(default_factory=dict)
    awards: list[dict[str, str]] = field(default_factory=list)
    applications: dict[str, dict[str, Any]] = field(default_factory=dict)


# ---------------------------------------------------------------------------------------------------- drawing
def draw(random: Random) -> Small:
    """A random world of six people, three firms, a body with a commission, two contracts, a tender and an application."""
    w = Small()
    people = three_generations(w, random, 0.6)
    # One record for a couple: what two records of one marriage mean together is a question of sources, not of these rules.
    couples = [(a, b) for a in people[::2] for b in people[1::2]]
    for n, (a, b) in enumerate(random.sample(couples, random.randint(1, 3))):
        w.spouses.append(Fact(f"m{n}", a, b, *_period(random)))
    if random.random() < 0.3:
        w.deaths[people[random.randint(3, 5)]] = random.choice(DAYS)
    officials = [one for one in people if one not in w.deaths]
    for n in range(3):
        w.posts.append(Fact(f"j{n}", random.choice(officials), "b1", *_period(random), word=random.choice(POSTS)))
    w.jobs.append(Fact("e1", random.choice(people), random.choice(["f1", "f2"]), *_period(random)))
    w.seats.append(Fact("s1", random.choice(officials), "b2", *_period(random)))
    for n in range(3):
        w.owners.append(Fact(f"o{n}", random.choice(people), f"f{n + 1}", *_period(random), share=random.choice(_SHARES)))
    w.owners.append(Fact("o9", "f1", "f2", *_period(random), share=random.choice(_SHARES[:4])))
    w.owners.append(Fact("o8", "f2", "f3", *_period(random), share=random.choice(_SHARES[:4])))
    w.directors.append(Fact("d1", random.choice(people), random.choice(["f1", "f2", "f3"]), *_period(random), word="board"))
    w.agents.append(Fact("g1", random.choice(people), random.choice(["f1", "f2"]), *_period(random)))
    for n in range(2):
        low, high = random.sample(officials, 2)
        w.below.append(Fact(f"u{n}", low, high, *_period(random), word=random.choice(["reports_to", "reports_to", "controls", "pays"])))
    for n in range(4):
        w.parts.append((f"r{n}", random.choice(officials), random.choice(["c1", "c2", "t1", "a1"])))
    _draw_events(w, random, people)
    return w


def three_generations(w: Small, random: Random, born: float) -> list[str]:
    """A man and a woman of each; `born`: how likely one of the generation before is a parent."""
    people = [f"p{n}" for n in range(1, 7)]
    for n, one in enumerate(people):
        w.births[one] = date(1940 + 22 * (n // 2), 1 + n, 5)
        w.sexes[one] = "male" if n % 2 == 0 else "female"
    for n, child in enumerate(people[2:], 2):
        w.parents += [(parent, child) for parent in people[: n // 2 * 2][-2:] if random.random() < born]
    return people


def _draw_events(w: Small, random: Random, people: list[str]) -> None:
    for one in ("c1", "c2"):
        w.contracts[one] = {
            "day": random.choice(DAYS),
            "law": random.choice(["44-fz", "44-fz", "223-fz"]),
            "item": random.choice(["4", "8", "54"]),
            "tender": one == "c2" and random.random() < 0.5,
            "tariff": random.random() < 0.1,
        }
    w.tenders["t1"] = {"day": random.choice(DAYS[3:]), "law": random.choice(["44-fz", "223-fz"]), "commission": random.random() < 0.5}
    w.contracts["c2"]["day"] = (
        max(w.contracts["c2"]["day"], w.tenders["t1"]["day"]) if w.contracts["c2"]["tender"] else w.contracts["c2"]["day"]
    )
    for n in range(4):
        event, party = random.choice(["c1", "c1", "c2", "t1"]), random.choice(["f1", "f2", "f3", random.choice(people)])
        role = "bidder" if event == "t1" else random.choice(["supplier", "supplier", "bidder", "subcontractor"])
        w.awards.append({"id": f"w{n}", "event": event, "party": party, "role": role, "status": random.choice(["", "", "", "rejected"])})
    first = random.choice(DAYS[3:])
    applicant = random.choice(["f1", "f2", "f3", random.choice(people)])
    w.applications["a1"] = {"first": first, "last": first + timedelta(days=random.choice([0, 1, 20])), "applicant": applicant}
    w.applications["a1"]["agent"] = random.choice(["", random.choice(people)])


_SHARES = [Fraction(1, 2), Fraction(1, 5), Fraction(1, 10), Fraction(51, 100), Fraction(1, 100), Fraction(1, 200), Fraction(11, 100)]


def _period(random: Random) -> tuple[date, date | None]:
    start = random.choice([date(2015, 1, 1), date(2015, 1, 1), *DAYS])
    later = [day for day in DAYS if day > start]
    return start, random.choice(later) if later and random.random() < 0.4 else None


# ---------------------------------------------------------------------------------------------------- the feed
def lines(w: Small, prefix: str, number: int) -> Iterator[dict[str, Any]]:
    """The world as feed lines; every person and firm has an ИНН of its own, so that identity is beyond doubt."""
    names = {"male": "Иванов Иван Иванович", "female": "Иванова Анна Ивановна"}
    for n, (one, birth) in enumerate(w.births.items()):
        extra = {"deathDate": str(w.deaths[one])} if one in w.deaths else {}
        inn = personal_inn(f"16{number:04d}{n:04d}")
        yield feed_line(prefix, one, "Person", name=names[w.sexes[one]], birthDate=str(birth), gender=w.sexes[one], innCode=inn, **extra)
    for n in (1, 2, 3):
        yield feed_line(prefix, f"f{n}", "Company", name=f"ООО «Идель {n}»", innCode=firm_inn(f"16{number:04d}{n:03d}"))
    yield feed_line(prefix, "b1", "PublicBody", name="Управление", bodyKind="department", innCode=firm_inn(f"16{number:04d}004"))
    commission = {"bodyKind": "commission", "classification": "procurement", "parent": prefix + "b1"}
    yield feed_line(prefix, "b2", "PublicBody", name="Комиссия", innCode=firm_inn(f"16{number:04d}005"), **commission)
    for n, (parent, child) in enumerate(w.parents):
        yield feed_line(prefix, f"k{n}", "Family", person=prefix + child, relative=prefix + parent, relationship="parent")
    kinds: list[tuple[list[Fact], str, str, str, Callable[[Fact], dict[str, str]]]] = [
        (w.spouses, "Family", "person", "relative", lambda _: {"relationship": "spouse"}),
        (w.posts, "Employment", "employee", "employer", lambda f: {"post": f.word, "service": "municipal_servant"}),
        (w.jobs, "Employment", "employee", "employer", lambda _: {"service": "employee"}),
        (w.seats, "Membership", "member", "organization", lambda _: {}),
        (w.owners, "Ownership", "owner", "asset", lambda f: {"percentage": str(float(f.share * 100))}),
        (w.directors, "Directorship", "director", "organization", lambda f: {"role": f.word}),
        (w.agents, "Representation", "agent", "client", lambda _: {}),
        (w.below, "Subordination", "subordinate", "superior", lambda f: {"kind": f.word}),
    ]
    for facts, schema, who, what, more in kinds:
        for f in facts:
            days = {"startDate": str(f.start), **({"endDate": str(f.end)} if f.end else {})}
            yield feed_line(prefix, f.id, schema, **{who: prefix + f.who, what: prefix + f.what}, **days, **more(f))
    for one, who, event in w.parts:
        yield feed_line(
            prefix, one, "Participation", participant=prefix + who, event=prefix + event, role="votes" if event == "t1" else "signs"
        )
    for one, c in w.contracts.items():
        extra = {"procedureNumber": prefix + "N1"} if c["tender"] else {}
        extra |= {"regulatedTariff": "yes"} if c["tariff"] else {}
        item = {"law": c["law"], "singleSupplierItem": c["item"], "contractDate": str(c["day"])}
        yield feed_line(prefix, one, "Contract", authority=prefix + "b1", **item, **extra)
    for one, t in w.tenders.items():
        extra = {"commission": prefix + "b2"} if t["commission"] else {}
        when = {"law": t["law"], "submissionDeadline": str(t["day"])}
        yield feed_line(prefix, one, "CallForTenders", authority=prefix + "b1", callId=prefix + "N1", **when, **extra)
    for a in w.awards:
        at = {"callForTenders" if a["event"] == "t1" else "contract": prefix + a["event"], "role": a["role"]}
        yield feed_line(
            prefix, a["id"], "ContractAward", supplier=prefix + a["party"], **at, **({"status": a["status"]} if a["status"] else {})
        )
    for one, q in w.applications.items():
        when = {"registrationDate": str(q["first"]), "decisionDate": str(q["last"]), "kind": "lease"}
        extra = {"representative": prefix + q["agent"]} if q["agent"] else {}
        yield feed_line(prefix, one, "Application", applicant=prefix + q["applicant"], authority=prefix + "b1", **when, **extra)


def feed_line(prefix: str, one: str, schema: str, **properties: str) -> dict[str, Any]:
    """A feed line whose properties have one value each."""
    return {"id": prefix + one, "schema": schema, "properties": {name: [value] for name, value in properties.items()}}


# ---------------------------------------------------------------------------------------------------- kin and shares
def _alive(w: Small, one: str, day: date) -> bool:
    return w.births[one] <= day and (one not in w.deaths or day < w.deaths[one])


def _born(w: Small, one: str, day: date) -> bool:
    return w.births[one] <= day


def _step(w: Small, one: str, letter: str, day: date) -> set[str]:
    if letter == "S":
        both = [(f.who, f.what) for f in w.spouses if f.on(day) and _alive(w, f.who, day) and _alive(w, f.what, day)]
        return {b for a, b in both if a == one} | {a for a, b in both if b == one}
    if letter == "P":
        found = {parent for parent, child in w.parents if child == one}
    elif letter == "C":
        found = {child for parent, child in w.parents if parent == one}
    else:
        found = {sib for parent, child in w.parents if child == one for other, sib in w.parents if other == parent} - {one}
    return {other for other in found if _born(w, other, day)} if _born(w, one, day) else set()


def kin(w: Small, one: str, path: str, day: date) -> set[str]:
    """Who stands at the end of the path on the day; nobody is his own relative, and one's own child is no stepchild."""
    routes: list[tuple[str, ...]] = [(one,)]
    for letter in path:
        routes = [(*route, to) for route in routes for to in _step(w, route[-1], letter, day) if to not in route]
    ends = {route[-1] for route in routes}
    if path == "SC":
        ends -= _step(w, one, "C", day)
    if path == "PS":
        ends -= _step(w, one, "P", day)
    return ends


def tied(w: Small, one: str, other: str, paths: frozenset[str], day: date) -> bool:
    """Any of the paths leads from the one to the other on the day, and the other lives."""
    return _alive(w, other, day) and any(other in kin(w, one, path, day) for path in paths)


def inverse(path: str) -> str:
    """The same tie from its other end."""
    return "".join(INVERSE[letter] for letter in reversed(path))


BOTH_WAYS = K273 | {inverse(path) for path in K273}


def share(w: Small, who: str, firm: str, day: date) -> Fraction:
    """Direct and through other firms: products along every path, summed."""
    held = [f for f in w.owners if f.what == firm and f.on(day)]
    return sum((f.share * (1 if f.who == who else share(w, who, f.who, day) if f.who.startswith("f") else 0) for f in held), Fraction(0))


# ---------------------------------------------------------------------------------------------------- the rules
def judge(w: Small) -> set[Finding]:
    """Everything that fires."""
    narrow = set(_tenders(w)) | set(_single_supplier(w))
    purchase = {(official, other) for _, official, _, event in narrow for other in _purchase(w, event)}
    wide = {one for one in _wide(w) if (one[1], one[3]) not in purchase}
    return narrow | wide | set(_applications(w)) | set(_business(w)) | set(_subordination(w))


def _purchase(w: Small, event: str) -> set[str]:
    linked = {one for one, c in w.contracts.items() if c["tender"]}
    return {"t1", *linked} if event == "t1" or event in linked else {event}


def _days(w: Small, first: date, last: date) -> list[date]:
    """The days in the window on which anything can change."""
    turns = {f.start for facts in (w.spouses, w.posts, w.jobs, w.seats, w.owners, w.directors, w.agents, w.below) for f in facts}
    turns |= set(w.births.values()) | {first}
    return sorted(day for day in turns if first <= day <= last)


def _connected(w: Small, official: str, person: str, paths: frozenset[str], day: date, *, own: bool = True) -> bool:
    return (own and official == person) or (official != person and tied(w, official, person, paths, day))


def _holds(w: Small, person: str, party: str, day: date, enough: Callable[[Fraction], bool]) -> bool:
    """He is the party, directs it, or holds enough of it; the dead hold nothing."""
    if not _alive(w, person, day):
        return False
    if person == party:
        return True
    if not party.startswith("f"):
        return False
    return any(f.who == person and f.what == party and f.on(day) for f in w.directors) or enough(share(w, person, party, day))


def _parties(w: Small, events: set[str], roles: tuple[str, ...]) -> set[str]:
    return {a["party"] for a in w.awards if a["event"] in events and a["role"] in roles and not a["status"]}


def _tenders(w: Small) -> Iterator[Finding]:
    for one, t in w.tenders.items():
        events = _purchase(w, one)
        last = max([t["day"], *(w.contracts[c]["day"] for c in events - {one})])
        if t["law"] != "44-fz":
            continue
        for party in _parties(w, events, ("supplier", "bidder")):
            for day in _days(w, t["day"], last):
                for official in w.births:
                    if not _powerful(w, official, one, day):
                        continue
                    own = last >= NEW_TEXT
                    if any(
                        _connected(w, official, r, K44, day, own=own) and _holds(w, r, party, day, lambda s: s > Fraction(1, 10))
                        for r in w.births
                    ):
                        yield ("R-04", official, party, one)


def _powerful(w: Small, official: str, tender: str, day: date) -> bool:
    post = any(f.who == official and f.on(day) and f.word in POWERFUL for f in w.posts)
    seat = any(f.who == official and f.on(day) for f in w.seats)
    voted = any(who == official and event == tender for _, who, event in w.parts)
    return post or seat or voted


def _single_supplier(w: Small) -> Iterator[Finding]:
    for one, c in w.contracts.items():
        day = c["day"]
        if c["law"] != "44-fz" or c["item"] not in SINGLE_SUPPLIER or c["tender"] or day < OLD_ITEMS:
            continue
        for party in _parties(w, {one}, ("supplier",)):
            for official in w.births:
                post = any(f.who == official and f.on(day) and f.word in POWERFUL for f in w.posts)
                seat = any(f.who == official and f.on(day) for f in w.seats)
                if (post or seat) and any(
                    _connected(w, official, r, K44, day, own=day >= NEW_TEXT) and _holds(w, r, party, day, lambda s: s > Fraction(1, 10))
                    for r in w.births
                ):
                    yield ("R-05", official, party, one)


def _wide(w: Small) -> Iterator[Finding]:
    contracted = any(c["tender"] for c in w.contracts.values())
    events: list[tuple[str, date, date, set[str]]] = [
        (one, c["day"], c["day"], {one, "t1"} if c["tender"] else {one}) for one, c in w.contracts.items() if not c["tariff"]
    ]
    if not contracted:
        events.append(("t1", w.tenders["t1"]["day"], w.tenders["t1"]["day"], {"t1"}))
    for event, first, last, roles_in in events:
        procurement = "t1" in roles_in
        for party in _parties(w, {event}, ("supplier", "bidder")):
            for day in _days(w, first, last):
                for official in w.births:
                    acts = any(who == official and at in roles_in for _, who, at in w.parts)
                    sits = procurement and any(f.who == official and f.on(day) for f in w.seats)
                    if (acts or sits) and any(
                        _connected(w, official, r, BOTH_WAYS, day)
                        and (_holds(w, r, party, day, lambda s: s >= Fraction(1, 100)) or _works(w, r, party, day))
                        for r in w.births
                    ):
                        yield ("R-06", official, party, event)


def _works(w: Small, person: str, party: str, day: date) -> bool:
    return _alive(w, person, day) and any(f.who == person and f.what == party and f.on(day) for f in w.jobs)


def _applications(w: Small) -> Iterator[Finding]:
    for one, q in w.applications.items():
        party = q["applicant"]
        for day in _days(w, q["first"], q["last"]):
            for official in {who for _, who, event in w.parts if event == one}:
                for r in w.births:
                    agent = any(f.who == r and f.what == party and f.on(day) for f in w.agents) or q["agent"] == r
                    if _connected(w, official, r, BOTH_WAYS, day) and (
                        _holds(w, r, party, day, lambda s: s >= Fraction(1, 100)) or (agent and _alive(w, r, day))
                    ):
                        yield ("R-09", official, party, one)


def _business(w: Small) -> Iterator[Finding]:
    for f in [*w.owners, *w.directors]:
        for job in w.posts:
            if job.who == f.who and any(f.on(day) and job.on(day) for day in (f.start, job.start)):
                yield ("R-10", f.who, f.what, f.id)


def _subordination(w: Small) -> Iterator[Finding]:
    for first in w.below:
        for chain in _chains(w, first):
            low, high = first.who, chain[-1].what
            if low == high or (len(chain) == 1 and first.word == "pays") or (len(chain) > 1 and any(f.word != "reports_to" for f in chain)):
                continue
            for day in _days(w, date.min, date.max):
                serving = all(any(job.who == one and job.on(day) for job in w.posts) for one in (low, high))
                if serving and all(f.on(day) for f in chain) and tied(w, high, low, BOTH_WAYS, day):
                    yield ("R-01", high, low, first.id)


def _chains(w: Small, first: Fact) -> Iterator[tuple[Fact, ...]]:
    chains: list[tuple[Fact, ...]] = [(first,)]
    while chains:
        yield from chains
        chains = [(*chain, f) for chain in chains for f in w.below if f.who == chain[-1].what and f not in chain and len(chain) < 5]
