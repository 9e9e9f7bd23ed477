"""A second opinion on groups: chains of owners (R-18), split purchases (R-24) and crosswise employment (R-25), in plain Python.

As in `oracle`, nothing of `queries` is used: the words of domain.md 2.1 are applied to the records themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from tests.rules.oracle import K44, K273, SINGLE_SUPPLIER, Fact, Small, feed_line, three_generations, tied
from tests.rules.universe import firm_inn, personal_inn

K135 = frozenset({"P", "C", "S", "B"})
START = date(2024, 3, 1)
LONG_AGO = date(2015, 1, 1)
FIRMS = ("f1", "f2", "f3", "f4")
_SHARES = [Fraction(n, 10000) for n in (10000, 6000, 5100, 5000, 2000, 1001, 1000, 500)]
_LATE = [timedelta(days=n) for n in (0, 0, 1, 30, 89, 90, 91, 120)]
_AMOUNTS = ["200000", "300000", "300000.01", "310000", "590000", "650000"]
_TURNS = [START - timedelta(days=1), START, START + timedelta(days=1), START + timedelta(days=90)]

Finding = tuple[str, str, str, str]
"""Rule, official (empty for R-24: whom to ask is not what is judged), counterparty, event."""


@dataclass(slots=True)
class Town:
    """People and firms as in `Small`, two institutions with their heads, and contracts."""

    small: Small
    contracts: dict[str, dict[str, Any]] = field(default_factory=dict)


def draw(random: Random) -> Town:
    """Four firms that own each other, in a circle now and then; two heads whose kin may work crosswise; five contracts."""
    w = Small()
    people = three_generations(w, random, 0.7)
    w.spouses = [Fact(f"m{n}", people[2 * n], people[2 * n + 1], *_period(random)) for n in range(3) if random.random() < 0.6]
    heads = random.sample(people, 2)
    w.posts = [Fact(f"j{n}", head, f"b{n + 1}", *_period(random), word="head") for n, head in enumerate(heads)]
    w.jobs = [Fact(f"e{n}", one, random.choice(["b1", "b2"]), *_period(random)) for n, one in enumerate(random.sample(people, 4))]
    # Who owns a firm holds no other, so that a share is either his own or one through firms.
    holders = random.sample(people, 3)
    w.owners = [Fact(f"o{n}", one, f"f{n + 1}", *_period(random), share=random.choice(_SHARES)) for n, one in enumerate(holders)]
    for n in range(random.randint(1, 4)):
        owner, asset = random.sample(FIRMS, 2)
        if all((f.who, f.what) != (owner, asset) for f in w.owners):
            w.owners.append(Fact(f"h{n}", owner, asset, *_period(random), share=random.choice(_SHARES)))
    w.directors = [Fact(f"d{n}", random.choice(people), random.choice(FIRMS), *_period(random), word="sole_executive") for n in range(2)]
    town = Town(w)
    for n in range(1, 6):
        town.contracts[f"c{n}"] = {
            "day": START + random.choice(_LATE),
            "law": random.choice(["44-fz", "44-fz", "44-fz", "223-fz"]),
            "item": random.choice(["4", "4", "5", "8"]),
            "amount": random.choice(_AMOUNTS),
            "okpd2": random.choice(["27.40.25.120", "27.40.11.000", "27.41.25.120"]),
            "customer": random.choice(["b1", "b1", "b2"]),
            "supplier": random.choice(FIRMS),
        }
    w.parts = [(f"r{n}", random.choice(people), f"c{n}") for n in range(1, 4)]
    return town


def _period(random: Random) -> tuple[date, date | None]:
    start = random.choice([LONG_AGO, LONG_AGO, LONG_AGO, *_TURNS])
    return start, random.choice([None, None, None, *(day for day in _TURNS if day > start)])


def lines(town: Town, prefix: str, number: int) -> Iterator[dict[str, Any]]:
    """The town as feed lines; every person and firm has an ИНН of its own."""
    w = town.small
    for n, (one, birth) in enumerate(w.births.items()):
        name = "Иванов Иван Иванович" if w.sexes[one] == "male" else "Иванова Анна Ивановна"
        yield feed_line(
            prefix, one, "Person", name=name, birthDate=str(birth), gender=w.sexes[one], innCode=personal_inn(f"17{number:04d}{n:04d}")
        )
    for n, one in enumerate(FIRMS):
        yield feed_line(prefix, one, "Company", name=f"ООО «Кама {n}»", innCode=firm_inn(f"17{number:04d}{n:03d}"))
    for n in (1, 2):
        yield feed_line(
            prefix, f"b{n}", "PublicBody", name=f"МБУ «{n}»", bodyKind="institution", innCode=firm_inn(f"17{number:04d}{n + 10:03d}")
        )
    for n, (parent, child) in enumerate(w.parents):
        yield feed_line(prefix, f"k{n}", "Family", person=prefix + child, relative=prefix + parent, relationship="parent")
    for f in [*w.spouses, *w.posts, *w.jobs, *w.owners, *w.directors]:
        schema, who, what, more = {
            "m": ("Family", "person", "relative", {"relationship": "spouse"}),
            "j": ("Employment", "employee", "employer", {"post": "head", "service": "employee"}),
            "e": ("Employment", "employee", "employer", {"post": "specialist", "service": "employee"}),
            "o": ("Ownership", "owner", "asset", {"percentage": str(float(f.share * 100))}),
            "h": ("Ownership", "owner", "asset", {"percentage": str(float(f.share * 100))}),
            "d": ("Directorship", "director", "organization", {"role": f.word}),
        }[f.id[0]]
        days = {"startDate": str(f.start), **({"endDate": str(f.end)} if f.end else {})}
        yield feed_line(prefix, f.id, schema, **{who: prefix + f.who, what: prefix + f.what}, **days, **more)
    for one, who, event in w.parts:
        yield feed_line(prefix, one, "Participation", participant=prefix + who, event=prefix + event, role="signs")
    for one, c in town.contracts.items():
        terms = {
            "law": c["law"],
            "singleSupplierItem": c["item"],
            "amount": c["amount"],
            "okpd2": c["okpd2"],
            "contractDate": str(c["day"]),
        }
        yield feed_line(prefix, one, "Contract", authority=prefix + c["customer"], **terms)
        yield feed_line(prefix, f"w{one[1:]}", "ContractAward", contract=prefix + one, supplier=prefix + c["supplier"])


# ---------------------------------------------------------------------------------------------------- owners
def paths(w: Small, who: str, firm: str, day: date, seen: tuple[str, ...] = ()) -> Iterator[tuple[Fraction, ...]]:
    """The shares along every way from the owner to the firm on the day, at most five links, no firm twice."""
    for f in w.owners:
        if f.what != firm or not f.on(day) or firm in seen or len(seen) >= 5:
            continue
        if f.who == who:
            yield (f.share,)
        elif f.who.startswith("f") and f.who not in seen:
            yield from ((*way, f.share) for way in paths(w, who, f.who, day, (*seen, firm)))


def product(way: tuple[Fraction, ...]) -> Fraction:
    """The links multiplied."""
    made = Fraction(1)
    for link in way:
        made *= link
    return made


def share(w: Small, who: str, firm: str, day: date) -> Fraction:
    """Products along every way, summed; nobody holds more than the whole."""
    return min(sum((product(way) for way in paths(w, who, firm, day)), Fraction(0)), Fraction(1))


# ---------------------------------------------------------------------------------------------------- the rules
def judge(town: Town) -> set[Finding]:
    """Everything that fires."""
    return set(_chains(town)) | set(_splits(town)) | set(_mirrors(town))


def _chains(town: Town) -> Iterator[Finding]:
    """R-18: kin → firm → … → supplier; each link over a half, or the product over a tenth."""
    w = town.small
    for event, c in town.contracts.items():
        day, firm = c["day"], c["supplier"]
        for owner in w.births:
            ways = list(paths(w, owner, firm, day))
            if not ways or any(len(way) == 1 for way in ways):
                continue
            if sum(map(product, ways)) <= Fraction(1, 10) and not any(min(way) > Fraction(1, 2) for way in ways):
                continue
            for official in w.births:
                signs = any(who == official and at == event for _, who, at in w.parts)
                heads = any(f.who == official and f.what == c["customer"] and f.on(day) for f in w.posts)
                wide = official == owner or tied(w, official, owner, K273, day)
                narrow = official == owner or tied(w, official, owner, K44, day)
                listed = c["law"] == "44-fz" and c["item"] in SINGLE_SUPPLIER
                if (signs and wide) or (heads and ((narrow and listed) or (wide and c["law"] == "223-fz"))):
                    yield ("R-18", official, firm, event)


def _same_group(w: Small, one: str, other: str, day: date) -> bool:
    """One firm, or the one owns the other, or one person or firm (or two close relatives) owns or directs both."""
    tenth = Fraction(1, 10)
    if one == other or share(w, one, other, day) > tenth or share(w, other, one, day) > tenth:
        return True
    leads = [
        {x for x in (*w.births, *FIRMS) if share(w, x, firm, day) > tenth} | {f.who for f in w.directors if f.what == firm and f.on(day)}
        for firm in (one, other)
    ]
    return bool(leads[0] & leads[1]) or any(
        a in w.births and b in w.births and tied(w, a, b, K135, day) for a in leads[0] for b in leads[1]
    )


def _splits(town: Town) -> Iterator[Finding]:
    """R-24: at least two of items 4 and 5 in 90 days, one customer, one group, one class of goods, over 600 000 together."""
    small = {n: c for n, c in town.contracts.items() if c["item"] in ("4", "5") and c["law"] == "44-fz"}
    for event, c in small.items():
        alike = {
            n: x
            for n, x in small.items()
            if x["customer"] == c["customer"]
            and x["okpd2"].replace(".", "")[:4] == c["okpd2"].replace(".", "")[:4]
            and _same_group(town.small, c["supplier"], x["supplier"], c["day"])
        }
        begins = [n for n, x in alike.items() if _begins(x["day"], alike)]
        if event in begins and min(begins, key=lambda n: (small[n]["day"], n)) == event:
            yield ("R-24", "", c["supplier"], event)


def _begins(day: date, alike: dict[str, dict[str, Any]]) -> bool:
    near = [x for x in alike.values() if day <= x["day"] <= day + timedelta(days=90)]
    return len(near) >= 2 and sum(Fraction(x["amount"]) for x in near) > 600000


def _mirrors(town: Town) -> Iterator[Finding]:
    """R-25: a relative of head A works under B and another one, of B's, works under A, all on one day."""
    w = town.small
    turns = {f.start for facts in (w.spouses, w.posts, w.jobs) for f in facts}
    below = [*w.jobs, *w.posts]
    for a in w.posts:
        for b in w.posts:
            if a.who == b.who or a.what == b.what:
                continue
            for x in below:
                for y in below:
                    if x.what != b.what or y.what != a.what or len({a.who, b.who, x.who, y.who}) < 4:
                        continue
                    if any(
                        all(f.on(day) for f in (a, b, x, y)) and tied(w, a.who, x.who, K273, day) and tied(w, b.who, y.who, K273, day)
                        for day in turns
                    ):
                        yield ("R-25", a.who, b.who, x.id)
