"""«Тот ли это человек?»: the pairs of records that the chain takes for one person, compared feature by feature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.access.masking import mask_date, mask_inn, mask_phone, mask_snils
from app.desk.chain import Told
from app.desk.eyes import Eyes
from app.web.values import Comparison, IdentityMatch
from graph.client import Graph
from screening.comparison import Outcome
from screening.decisive import judge_people
from screening.facts import PersonFacts, person_facts
from screening.stored import Known, read_known
from screening.verdicts import Verdict

MOST = 3
_PAIRS = """
UNWIND $ids AS id
MATCH (:Person {id: id})<-[:RESOLVED_TO]-(a:Record)-[s:SAME_AS]->(b:Record)-[:RESOLVED_TO]->(:Person {id: id})
RETURN id AS id, a.key AS left, b.key AS right, a.source AS left_source, b.source AS right_source, s.test AS test, s.grade AS grade,
       s.probability AS probability
"""
_DECIDED = "UNWIND $keys AS key MATCH (:Record {key: key})-[x:RESOLVED_TO]->() RETURN key AS key, x.decided_by AS by"
_STRENGTH = {"weak": 0, "probable": 1, "certain": 2}
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.EQUAL: "agree",
    Outcome.COMPATIBLE: "partial",
    Outcome.NEAR: "partial",
    Outcome.DIFFERS: "differ",
    Outcome.UNKNOWN: "absent",
}
_PLACES = "UNWIND $ids AS id MATCH (o:Organization {id: id}) RETURN o.name AS name ORDER BY name"
_PROPERTIES: Mapping[str, str] = {
    "birth": "birthDate", "death": "deathDate", "inn": "innCode", "snils": "socialSecurityNumber", "passport": "passportNumber",
}  # fmt: skip
_SINGLE = 2
_NAME = frozenset(["surname", "given", "patronymic", "order"])
"""Steps of the model that weigh the one row of the name."""
_FEATURES = {"sex": "gender", "workplace": "employer"}
_MASKS: Mapping[str, Any] = {
    "birth": mask_date, "death": mask_date, "inn": mask_inn, "snils": mask_snils, "phone": mask_phone, "email": lambda _: "•••",
    "passport": lambda _: "•••", "address": lambda _: "•••",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """The graph as the reading half of a transaction, for functions that ask for one."""

    graph: Graph

    def run(self, cypher: str, /, **parameters: Any) -> list[dict[str, Any]]:
        """All rows of a reading statement."""
        return self.graph.read(cypher, **parameters)


def identities(eyes: Eyes, told: Told) -> tuple[IdentityMatch, ...]:
    """The weakest joins of the chain's people, one a person, the weakest first; certain numbers come last."""
    people = told.people()
    by_person: dict[str, list[Mapping[str, Any]]] = {}
    for row in eyes.graph.read(_PAIRS, ids=people) if people else []:
        by_person.setdefault(row["id"], []).append(row)
    chosen = [_telling(rows, told) for rows in by_person.values()]
    chosen.sort(key=lambda row: (_STRENGTH.get(row["grade"], 0), row["probability"], row["left"]))
    return _matches(eyes, told, chosen[:MOST])


def identity_words(eyes: Eyes, pairs: Sequence[IdentityMatch]) -> str:
    """«совпали имя и дата рождения (S2)» of the weakest pair."""
    if not pairs:
        return str(eyes.say.get("identity_alone"))
    weakest = pairs[0]
    agreed = [row.feature for row in weakest.rows if row.outcome == "agree" and row.feature != "gender"]
    names = eyes.say.both(_lower(eyes.say.w.code("feature", one)) for one in agreed[:3])
    word = {"ru": "совпали" if len(agreed) > 1 else "совпало", "en": "agree:"}[
        eyes.caller.language if eyes.caller.language == "en" else "ru"
    ]
    return f"{word} {names} ({weakest.decisive})" if names else str(weakest.decisive)


def _telling(rows: Sequence[Mapping[str, Any]], told: Told) -> Mapping[str, Any]:
    """The weakest of the strongest links that make one person of the records on which the chain leans."""
    used = {key.split(":", 1)[0] for hop in (*told.path, *told.powers) for key in hop.get("records") or ()}
    tree = _strongest(rows)
    while True:
        ends = Counter(row[side] for row in tree for side in ("left", "right"))
        kept = [row for row in tree if not any(ends[row[side]] == 1 and row[f"{side}_source"] not in used for side in ("left", "right"))]
        if not kept or len(kept) == len(tree):
            break
        tree = kept
    return min(tree, key=_strength)


def _strength(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (_STRENGTH.get(row["grade"], 0), row["probability"], row["left"], row["right"])


def _strongest(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Links that hold the records together, the surest first: what they join already is not joined again by a weaker one."""
    group: dict[str, str] = {}

    def find(key: str) -> str:
        while group.setdefault(key, key) != key:
            key = group[key]
        return key

    kept: list[Mapping[str, Any]] = []
    for row in sorted(rows, key=_strength, reverse=True):
        left, right = find(row["left"]), find(row["right"])
        if left != right:
            group[left] = right
            kept.append(row)
    return kept


def _matches(eyes: Eyes, told: Told, rows: Sequence[Mapping[str, Any]]) -> tuple[IdentityMatch, ...]:
    keys = sorted({row[side] for row in rows for side in ("left", "right")})
    if not keys:
        return ()
    known = {one.record_key: one for one in read_known(Reading(eyes.graph), keys, people=True)}
    decided = {row["key"]: row["by"] for row in eyes.graph.read(_DECIDED, keys=keys) if row["by"]}
    told.labels.read(keys)
    made: list[IdentityMatch] = []
    for row in rows:
        if row["left"] not in known or row["right"] not in known:
            continue
        left, right = (person_facts(key, known[key].record, workplaces=known[key].workplaces) for key in (row["left"], row["right"]))
        made.append(
            IdentityMatch(
                eyes.person(_name(left)),
                told.labels.link(row["left"]),
                eyes.person(_name(right)),
                told.labels.link(row["right"]),
                row["grade"],
                row["probability"],
                row["test"],
                decided.get(row["left"]) or decided.get(row["right"]),
                tuple(_rows(eyes, judge_people(left, right), (known[row["left"]], known[row["right"]]))),
            )
        )
    return tuple(made)


def _rows(eyes: Eyes, verdict: Verdict, sides: tuple[Known, Known]) -> Iterable[Comparison]:
    """What agrees first, with what the model weighs it at; of what only one side has, the most telling two."""
    order = {Outcome.EQUAL: 0, Outcome.COMPATIBLE: 1, Outcome.NEAR: 2, Outcome.DIFFERS: 3}
    found = list(verdict.compared)
    weights: dict[str, float] = {}
    for step in verdict.waterfall():
        feature = "name" if step.feature in _NAME else step.feature
        weights[feature] = weights.get(feature, 0.0) + step.weight
    both = sorted((row for row in found if row.outcome in order), key=lambda row: order[row.outcome])
    single = [row for row in found if row.outcome not in order][:_SINGLE]
    for row in (*both, *single):
        left, right = (_value(eyes, row.feature, text, side) for text, side in zip((row.left, row.right), sides, strict=True))
        yield Comparison(_FEATURES.get(row.feature, row.feature), left, right, _OUTCOMES[row.outcome], weights.get(row.feature, 0.0))


def _value(eyes: Eyes, feature: str, text: str, side: Known) -> str:
    """As the record wrote it, since what is compared is folded."""
    if not text:
        return ""
    if feature == "name":
        return ", ".join(eyes.person(part) if part[:1] != "(" else f"({eyes.person(part.strip('()'))})" for part in text.split(", "))
    if feature == "sex":
        return {"ru": {"male": "мужской", "female": "женский"}}.get(eyes.caller.language, {}).get(text, text)
    if feature == "workplace":
        rows = eyes.graph.read(_PLACES, ids=text.split(", "))
        return ", ".join(eyes.firm(str(row["name"])) for row in rows)
    parts = list(side.record.all(_PROPERTIES.get(feature, feature))) or text.split(", ")
    if feature in _MASKS and not eyes.open:
        return ", ".join(_MASKS[feature](part) for part in parts)
    if feature in ("birth", "death"):
        return ", ".join(eyes.say.w.day(part) for part in parts)
    return ", ".join(_snils(part) if feature == "snils" else part for part in parts)


def _snils(text: str) -> str:
    return f"{text[:3]}-{text[3:6]}-{text[6:9]} {text[9:]}" if len(text) == 11 and text.isdigit() else text


def _name(facts: PersonFacts) -> str:
    return facts.names[0].name.text if facts.names else facts.key


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
