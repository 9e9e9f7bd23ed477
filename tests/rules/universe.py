"""A very small city as slots that a random source fills: whatever it draws is a feed line that staging accepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

Line = dict[str, Any]
Slot = tuple[str, str]
"""(source, record id)."""

KINDS = {"hr": "hr", "reg": "egrul", "zags": "civil_registry", "shop": "procurement", "misc": "other"}
_SURNAMES = ["Абрамцев", "Бугульмин", "Вересаев", "Гладышев", "Дробинин", "Ерохов", "Жемчужин", "Зубринский", "Истратов", "Кузнечихин"]
_SURNAMES += ["Лопатинский", "Мещеряков", "Носырев", "Огурцов", "Пестречин", "Ратушняк", "Свияжев", "Тюлячев", "Ушаковский", "Фролищев"]

_DAYS = ["2015-03-01", "2023-12-31", "2024-01-01", "2024-05-31", "2024-06-01", "2024-06-02", "2024-06-03", "2024-12-01"]
_STARTS = [*_DAYS, *_DAYS[:3], "2024", "2024-06", None]
_ENDS = [*_DAYS, "2024", "2024-06", *[None] * 12]
_EVENT_DAYS = ["2024-06-01", "2024-06-01", "2024-06-01", "2024-06-02", "2021-12-31", "2024-06", None]
_SHARES = ["60", "10", "10.5", "1", "0.5", "100", "50", "1/3", None]
_WORDS = ["spouse", "spouse", "spouse", "parent", "child", "sibling", "adopted_child", "шурин", "тёща", "зять", "отец", "дочь", "сват"]
_RELATIONS = {
    "hr": ["j1", "j2", "j3", "s1", "s2", "s3"],
    "zags": ["k1", "k2", "k3", "k4", "k5", "k6"],
    "reg": ["o1", "o2", "o3", "o4", "d1", "d2", "g1"],
    "shop": ["w1", "w2", "w3", "w4"],
    "misc": ["k1", "o1", "m1", "m2", "r1", "r2", "r3", "r4", "r5", "n1", "n2", "x1", "j3"],
}
_PEOPLE: list[Slot] = [
    ("hr", "p1"),
    ("hr", "p2"),
    ("hr", "p3"),
    ("zags", "p1"),
    ("zags", "z2"),
    ("zags", "z3"),
    ("reg", "q1"),
    ("misc", "q2"),
]
_FIRMS: list[Slot] = [("reg", "f1"), ("reg", "f2"), ("misc", "f1"), ("shop", "f3")]
_BODIES: list[Slot] = [("hr", "b1"), ("hr", "b2"), ("shop", "b3")]
_EVENTS: list[Slot] = [("shop", "c1"), ("shop", "c2"), ("shop", "t1"), ("misc", "a1")]


class Universe:
    """One city's slots; `number` keeps its names and identifiers apart from those of other cities in the same graph."""

    def __init__(self, number: int = 0) -> None:
        self.prefix = f"u{number}" if number else ""
        self._number = number
        surname = _SURNAMES[number % len(_SURNAMES)]
        sister = f"{surname}а" if surname[-2:] in ("ев", "ов", "ин", "их") else surname
        other = f"Черных{_SURNAMES[number % len(_SURNAMES)][:4].lower()}"
        self._names = [f"{surname} Марат Ильясович", f"{surname} Марат", f"{sister} Гузель Маратовна", f"{surname} Тимур Маратович"]
        self._names += [f"{surname}ъ Тимур Маратович", f"{other} Вера Львовна"]
        self._inns = [personal_inn(f"16{number:04d}{n:04d}") for n in (1, 2, 3)]
        self._firm_inns = [firm_inn(f"16{number:04d}{n:03d}") for n in (1, 2, 3)]
        self._births = ["1970-02-03", "1970-02-03", "1981-06-02", "1999-11-09", "1970", "1981-06", None]
        self.slots: list[Slot] = [*_PEOPLE, *_FIRMS, *_BODIES, *_EVENTS]
        self.slots += [(source, one) for source, names in _RELATIONS.items() for one in names]

    def line(self, slot: Slot, random: Random) -> Line:
        """A line for the slot."""
        source, one = slot
        made: Mapping[str, Any] = self._maker(slot)(random, source)
        properties = {
            name: [str(v) for v in (value if isinstance(value, list) else [value])]
            for name, value in made.items()
            if name != "schema" and value not in (None, [])
        }
        return {"id": self.prefix + one, "schema": made["schema"], "properties": properties}

    def deletion(self, slot: Slot) -> Line:
        """The line that withdraws the slot."""
        return {"id": self.prefix + slot[1], "deleted": True}

    def _maker(self, slot: Slot) -> Callable[[Random, str], Mapping[str, Any]]:
        if slot in _PEOPLE:
            return self._person
        if slot in _FIRMS:
            return self._firm
        if slot in _BODIES:
            return {"b1": self._body, "b2": self._commission, "b3": self._body}[slot[1]]
        by_letter = {
            "c": self._contract,
            "t": self._tender,
            "a": self._application,
            "j": self._employment,
            "s": self._subordination,
            "k": self._family,
            "o": self._ownership,
            "d": self._directorship,
            "g": self._representation,
            "w": self._award,
            "m": self._membership,
            "r": self._participation,
            "n": self._notice,
            "x": self._associate,
        }
        return by_letter[slot[1][0]]

    # ---- references: mostly to what is likely to be there, now and then by SOURCE:ID
    def _ref(self, random: Random, slots: list[Slot]) -> str:
        source, one = random.choice(slots)
        return f"{source}:{self.prefix}{one}" if random.random() < 0.15 else self.prefix + one

    def _someone(self, random: Random) -> str:
        return self._ref(random, _PEOPLE)

    def _firm_id(self, random: Random) -> str:
        return self._ref(random, [*_FIRMS, ("reg", "f1")])

    def _person(self, random: Random, source: str) -> Mapping[str, Any]:
        name = random.choice(self._names)
        return {
            "schema": "Person",
            "name": name,
            "birthDate": random.choice(self._births),
            "innCode": random.choice([*self._inns, None, None, None]),
            "gender": random.choice(["female" if name.split()[1] in ("Гузель", "Вера") else "male", None]),
            "deathDate": random.choice(["2024-06-01", *[None] * 9]),
            "phone": random.choice([f"+7 843 2{self._number:04d} 01", None, None, None]) if self._number < 10000 else None,
            "previousName": random.choice([self._names[5].split()[0], *[None] * 6]),
        }

    def _firm(self, random: Random, source: str) -> Mapping[str, Any]:
        return {
            "schema": "Company",
            "name": random.choice([f"ООО «Идель {self._number}»", f"ООО «Тополь {self._number}»"]),
            "innCode": random.choice([*self._firm_inns, None]),
            "legalForm": random.choice(["ИП", None, None, None]),
            "naturalMonopoly": random.choice(["yes", *[None] * 6]),
        }

    def _body(self, random: Random, source: str) -> Mapping[str, Any]:
        return {
            "schema": "PublicBody",
            "name": random.choice([f"Управление {self._number}", f"Школа {self._number}"]),
            "bodyKind": random.choice(["department", "department", "institution", None]),
        }

    def _commission(self, random: Random, source: str) -> Mapping[str, Any]:
        return {
            "schema": "PublicBody",
            "name": f"Комиссия {self._number}",
            "bodyKind": random.choice(["commission", "commission", "department"]),
            "classification": random.choice(["procurement", "procurement", "conduct"]),
            "parent": random.choice([self._ref(random, _BODIES[::2]), self._ref(random, _BODIES[:1]), None]),
        }

    def _contract(self, random: Random, source: str) -> Mapping[str, Any]:
        return {
            "schema": "Contract",
            "authority": self._ref(random, [*_BODIES[:1] * 3, _BODIES[2]]),
            "title": "Ремонт",
            "contractDate": random.choice(_EVENT_DAYS),
            "law": random.choice(["44-fz", "44-fz", "44-fz", "223-fz", None]),
            "singleSupplierItem": random.choice(["4", "4", "1", "8", None]),
            "procedureNumber": random.choice([f"N{self._number}-1", f"N{self._number}-2", None, None]),
            "regulatedTariff": random.choice(["yes", *[None] * 8]),
        }

    def _tender(self, random: Random, source: str) -> Mapping[str, Any]:
        return {
            "schema": "CallForTenders",
            "authority": self._ref(random, [*_BODIES[:1] * 3, _BODIES[2]]),
            "callId": random.choice([f"N{self._number}-1", f"N{self._number}-2", None]),
            "submissionDeadline": random.choice(["2024-05-31", "2024-06-01", "2021-12-01", None]),
            "awardingDate": random.choice(["2024-06-02", None]),
            "law": random.choice(["44-fz", "44-fz", "223-fz"]),
            "commission": random.choice([self._ref(random, [_BODIES[1]]), None]),
            "tenderers": random.choice([self._firm_id(random), None]),
        }

    def _application(self, random: Random, source: str) -> Mapping[str, Any]:
        return {
            "schema": "Application",
            "applicant": random.choice([self._someone(random), self._firm_id(random)]),
            "authority": self._ref(random, _BODIES[:1]),
            "kind": random.choice(["lease", "appeal", None]),
            "registrationDate": random.choice(["2024-05-31", "2024-06-01", None]),
            "decisionDate": random.choice(["2024-06-02", None]),
            "representative": random.choice([self._someone(random), None, None]),
        }

    def _employment(self, random: Random, source: str) -> Mapping[str, Any]:
        return {
            "schema": "Employment",
            "employee": self._someone(random),
            "employer": self._ref(random, [*_BODIES[:1] * 3, _BODIES[2], *_FIRMS[:1]]),
            "service": random.choice(["municipal_servant", "municipal_servant", "employee", "municipal_post", None]),
            "post": random.choice(["head", "contract_manager", "specialist", None]),
            **self._period(random),
        }

    def _subordination(self, random: Random, source: str) -> Mapping[str, Any]:
        superior, subordinate = random.sample([self.prefix + one for _, one in _PEOPLE if one != "p1"] + [f"hr:{self.prefix}p1"], 2)
        kind = random.choice(["reports_to", "controls", "pays", None])
        return {"schema": "Subordination", "superior": superior, "subordinate": subordinate, "kind": kind, **self._period(random)}

    def _family(self, random: Random, source: str) -> Mapping[str, Any]:
        person, relative = random.sample([self.prefix + one for _, one in _PEOPLE if one != "p1"] + [f"zags:{self.prefix}p1"], 2)
        word = random.choice(_WORDS)
        return {"schema": "Family", "person": person, "relative": relative, "relationship": word, **self._period(random)}

    def _ownership(self, random: Random, source: str) -> Mapping[str, Any]:
        owner = self._someone(random) if random.random() < 0.8 else self.prefix + "f2"
        asset = self.prefix + random.choice(["f1", "f1", "f3"])
        basis = random.choice(["trust_management", *[None] * 8])
        return {
            "schema": "Ownership",
            "owner": owner,
            "asset": asset,
            "percentage": random.choice(_SHARES),
            "basis": basis,
            **self._period(random),
        }

    def _directorship(self, random: Random, source: str) -> Mapping[str, Any]:
        role = random.choice(["board", "sole_executive", "ревизор", None])
        return {
            "schema": "Directorship",
            "director": self._someone(random),
            "organization": self._firm_id(random),
            "role": role,
            **self._period(random),
        }

    def _representation(self, random: Random, source: str) -> Mapping[str, Any]:
        return {"schema": "Representation", "agent": self._someone(random), "client": self._firm_id(random), **self._period(random)}

    def _award(self, random: Random, source: str) -> Mapping[str, Any]:
        made: dict[str, Any] = {
            "schema": "ContractAward",
            "supplier": random.choice([self._firm_id(random)] * 3 + [self._someone(random)]),
            "role": random.choice(["supplier", "bidder", "subcontractor", None]),
            "status": random.choice(["rejected", *[None] * 5]),
        }
        at = random.choice(["contract", "contract", "tender", "both"])
        if at in ("contract", "both"):
            made["contract"] = self.prefix + random.choice(["c1", "c1", "c2"])
        if at in ("tender", "both"):
            made["callForTenders"] = self.prefix + "t1"
        return made

    def _membership(self, random: Random, source: str) -> Mapping[str, Any]:
        return {
            "schema": "Membership",
            "member": self._someone(random),
            "organization": self._ref(random, [_BODIES[1]]),
            **self._period(random),
        }

    def _participation(self, random: Random, source: str) -> Mapping[str, Any]:
        return {
            "schema": "Participation",
            "participant": self._someone(random),
            "event": self._ref(random, [*_EVENTS, _EVENTS[0]]),
            "role": random.choice(["signs", "prepares", "votes", "commission_member", "decides"]),
            **random.choice([{}, {}, self._period(random)]),
        }

    def _notice(self, random: Random, source: str) -> Mapping[str, Any]:
        about = [self._ref(random, [*_EVENTS, *_FIRMS, *_PEOPLE[3:6], ("reg", "o1"), ("hr", "s1")]) for _ in range(random.choice([1, 2]))]
        return {
            "schema": "Notification",
            "official": self._someone(random),
            "date": random.choice(["2015-02-01", "2024-05-30", "2024-06-01", "2024-06-02"]),
            "kind": random.choice(["personal_interest", "personal_interest", "gift"]),
            "about": about,
            "measure": random.choice(["recusal", "none", None]),
            "measureDate": random.choice(["2024-05-31", "2024-06-03", None]),
        }

    def _associate(self, random: Random, source: str) -> Mapping[str, Any]:
        person, other = random.sample([self.prefix + one for _, one in _PEOPLE if one != "p1"], 2)
        relationship = random.choice(["friend", "godparent", "landlord"])
        return {"schema": "Associate", "person": person, "associate": other, "relationship": relationship, **self._period(random)}

    def _period(self, random: Random) -> Mapping[str, Any]:
        start, end = random.choice(_STARTS), random.choice(_ENDS)
        if start and end and end[: len(start)] <= start[: len(end)]:
            end = None
        return {"startDate": start, "endDate": end}


def personal_inn(ten: str) -> str:
    """ИНН of twelve digits from its first ten."""
    digits = [int(one) for one in ten]
    for weights in ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)):
        digits.append(sum(w * d for w, d in zip(weights, digits, strict=True)) % 11 % 10)
    return "".join(map(str, digits))


def firm_inn(nine: str) -> str:
    """ИНН of ten digits from its first nine."""
    control = sum(w * int(d) for w, d in zip((2, 4, 10, 3, 5, 9, 4, 6, 8), nine, strict=True)) % 11 % 10
    return f"{nine}{control}"
