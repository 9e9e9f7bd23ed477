"""Keeps the KIN and SELF edges in step with the family facts: around what changed, or everywhere."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from domain.dates import FOREVER, NEVER, PartialDate
from domain.kin import inverse_path, list_paths, paths, term
from domain.spans import Span
from domain.yaml_text import load_yaml
from graph.client import Graph, Transaction
from graph.marks import mark
from graph.values import Row
from queries.derive.kin_facts import DeclaredFact, GuardianFact, KinFacts, KinTie, ParentFact, PersonFact, SiblingFact, SpouseFact
from queries.derive.kinship import KinIndex, affected_egos, kin_of
from queries.derive.twins import Twin
from screening.decisive import judge_people
from screening.facts import PersonFacts
from screening.verdicts import Grade

REACH = 6
"""Steps of family facts that a tie can lean on: the longest path of the table has five, and one more for the bars."""
BATCH = 400
WHOLE = 3000
"""From so many changed people on, reading everything at once is faster."""

FAMILY = "PARENT_OF|SPOUSE_OF|SIBLING_OF|DECLARED_KIN|GUARDIAN_OF|ASSOCIATED_WITH"
_AROUND = f"""
UNWIND $ids AS id
MATCH (p:Person {{id: id}})-[f:{FAMILY}]-(q:Person)
RETURN DISTINCT type(f) AS type, properties(f) AS fact, startNode(f).id AS a, endNode(f).id AS b
"""
_ALL = f"MATCH (p:Person)-[f:{FAMILY}]->(q:Person) RETURN type(f) AS type, properties(f) AS fact, p.id AS a, q.id AS b"
_PEOPLE = """
UNWIND $ids AS id
MATCH (p:Person {id: id})
RETURN id AS id, p.name AS name, p.gender AS gender,
       p.birth_lo AS birth_lo, p.birth_hi AS birth_hi, p.death_lo AS death_lo, p.death_hi AS death_hi
"""
_EVERYONE = "MATCH (p:Person) RETURN p.id AS id"
_TWINS = """
UNWIND $ids AS id
MATCH (p:Person {id: id})<-[:RESOLVED_TO]-(a:Record)-[s:SAME_AS]-(b:Record)-[:RESOLVED_TO]->(q:Person)
WHERE s.grade = 'weak' AND q.id <> id
RETURN id AS id, q.id AS twin, s.test AS test, s.probability AS probability,
       p {.inn, .snils, .birth_lo, .birth_hi, .death_lo, .death_hi} AS mine,
       q {.inn, .snils, .birth_lo, .birth_hi, .death_lo, .death_hi} AS other
"""
_ACTIVE = """
UNWIND $ids AS id
MATCH (p:Person {id: id})
WHERE EXISTS { MATCH (p)-[:PARTICIPATES|MEMBER_OF|EMPLOYED_BY|SUPPLIES|APPLIES|OWNS|DIRECTS]->() }
RETURN id AS id
"""
_HAVE_SELF = "UNWIND $ids AS id MATCH (p:Person {id: id})-[:SELF]->() RETURN DISTINCT id AS id"
_OFFICIALS = "UNWIND $ids AS id MATCH (p:Person {id: id}) WHERE p.official = true RETURN id AS id"
_HAS_TIES = "UNWIND $ids AS id MATCH (p:Person {id: id})-[k:KIN|SELF]->() RETURN DISTINCT id AS id"
_DROP = "UNWIND $ids AS id MATCH (p:Person {id: id})-[k:KIN|SELF]->() DELETE k"
_KIN = "UNWIND $rows AS row MATCH (p:Person {id: row.from}), (r:Person {id: row.to}) CREATE (p)-[k:KIN]->(r) SET k = row.props"
_SELF = "UNWIND $rows AS row MATCH (p:Person {id: row.from}), (r:Person {id: row.to}) CREATE (p)-[k:SELF]->(r) SET k = row.props"


@dataclass(frozen=True, slots=True)
class FamilyFact:
    """A family edge as it stands in the graph."""

    type: str
    a: str
    b: str
    properties: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The fact's id."""
        return str(self.properties["id"])


@dataclass(slots=True)
class Family:
    """The facts read so far and the index over them."""

    facts: dict[str, FamilyFact] = field(default_factory=dict)
    people: dict[str, PersonFact] = field(default_factory=dict)
    near: dict[str, dict[str, FamilyFact]] = field(default_factory=lambda: defaultdict(dict))
    """Person → facts of acquaintance, by id: no kin, but near."""

    def kin_facts(self) -> KinFacts:
        """All that was read, as the algebra takes it."""
        facts = KinFacts(people=list(self.people.values()))
        for one in self.facts.values():
            _add(facts, one)
        return facts

    def index(self) -> KinIndex:
        """An index over all that was read."""
        return KinIndex(self.kin_facts())


def derive_kin(graph: Graph, changed: Iterable[str] | None, progress: Callable[[int], None] | None = None) -> int:
    """Replace the KIN and SELF edges of everyone whom the changed people can touch (None: of everyone); marks them for the rules.

    Returns the number of edges written.
    """
    start = None if changed is None else set(changed)
    if start is not None and not start:
        return 0
    if start is not None:
        start |= _twin_people(graph, start)
    if start is None or len(start) > WHOLE:
        family = _read_all(graph)
        index = family.index()
        if start is None:
            egos = set(family.people) | {row["id"] for row in graph.stream(_EVERYONE)}
        else:
            egos = _affected(start, family, index)
            egos |= _twin_people(graph, egos)
    else:
        around = _read_around(graph, start)
        egos = _affected(start, around, around.index())
        # What is said of a person holds, weakly, of whoever may be the same: both stand on each other's relatives.
        egos |= _twin_people(graph, egos)
        family = _read_around(graph, egos | _twin_people(graph, egos))
        index = family.index()
    twins = {one: [twin for twin in some if not twin.apart] for one, some in _twins(graph, egos | set(family.people)).items()}
    written = 0
    for batch in _batches(egos):
        written += _replace(graph, batch, index, family, twins, marking=start is not None)
        if progress:
            progress(len(batch))
    return written


def without_self(graph: Graph, people: Iterable[str]) -> set[str]:
    """Those whose SELF edges do not say whether they do anything: for people of whom nothing but their part in events changed."""
    found: set[str] = set()
    for batch in _batches(people):
        found |= {row["id"] for row in graph.read(_ACTIVE, ids=batch)} ^ {row["id"] for row in graph.read(_HAVE_SELF, ids=batch)}
    return found


def _replace(
    graph: Graph, egos: Sequence[str], index: KinIndex, family: Family, twins: Mapping[str, Sequence[Twin]], *, marking: bool
) -> int:
    kin: dict[tuple[str, str, str], Row] = {}
    officials = {row["id"] for row in graph.read(_OFFICIALS, ids=list(egos))}
    for ego in egos:
        for owner, weak in ((ego, None), *((twin.person, twin) for twin in twins.get(ego, ()))):
            if owner not in family.people:
                continue
            for number, tie in enumerate(_ties(owner, index, family, opened=ego in officials)):
                for row in _rows(ego, tie, number, weak, twins):
                    kin.setdefault((row["from"], row["to"], row["props"]["id"]), row)
    active = {row["id"] for row in graph.read(_ACTIVE, ids=list(egos))}
    own = [_self_row(ego, ego, None) for ego in egos if ego in active]
    own += [_self_row(ego, twin.person, twin) for ego in egos if ego in active for twin in twins.get(ego, ())]
    had = {row["id"] for row in graph.read(_HAS_TIES, ids=list(egos))}
    rows = list(kin.values())
    if not rows and not own and not had:
        return 0

    def write(tx: Transaction) -> None:
        if had:
            tx.run(_DROP, ids=sorted(had))
        if rows:
            tx.run(_KIN, rows=rows)
        if own:
            tx.run(_SELF, rows=own)
        if marking:
            mark(tx, "rules", {("Person", one) for one in {*egos, *(row["to"] for row in rows)}})

    graph.transact(write)
    return len(rows) + len(own)


def _ties(ego: str, index: KinIndex, family: Family, *, opened: bool) -> list[tuple[KinTie | None, Row]]:
    """`opened`: with the hops, which only the chain of a finding needs; it begins at an official, and most people are none."""
    ties: list[tuple[KinTie | None, Row]] = [(tie, _kin_props(tie, family, opened=opened)) for tie in kin_of(ego, index)]
    for _, fact in sorted(family.near.get(ego, {}).items()):
        props = _associate_props(fact, ego)
        if props is not None:
            ties.append((None, props | {"_to": fact.b if ego == fact.a else fact.a}))
    return ties


def _rows(ego: str, tie: tuple[KinTie | None, Row], number: int, weak: Twin | None, twins: Mapping[str, Sequence[Twin]]) -> Iterable[Row]:
    found, props = tie
    relative = found.relative if found is not None else props["_to"]
    props = {name: value for name, value in props.items() if name != "_to"}
    if weak is not None:
        if relative != ego:
            yield {"from": ego, "to": relative, "props": _weak(props, f"{number}~{weak.person}", weak)}
        return
    yield {"from": ego, "to": relative, "props": props | {"id": str(number)}}
    for twin in twins.get(relative, ()):
        if twin.person != ego:
            yield {"from": ego, "to": twin.person, "props": _weak(props, f"{number}~{relative}", twin)}


def _weak(props: Row, number: str, twin: Twin) -> Row:
    return props | {"id": number, "grade": "weak", "test": twin.test, "probability": twin.probability}


def _self_row(ego: str, other: str, twin: Twin | None) -> Row:
    props: Row = {
        "id": f"self~{other}",
        "grade": "weak" if twin else "certain",
        "lists": [],
        "via": [],
        "missing": [],
        **_span(Span(NEVER, NEVER, FOREVER, FOREVER)),
    }
    if twin is not None:
        props |= {"test": twin.test, "probability": twin.probability}
    return {"from": ego, "to": other, "props": props}


def _kin_props(tie: KinTie, family: Family, *, opened: bool) -> Row:
    counted = "273-fz" in tie.lists
    props: Row = {
        "path": tie.path,
        "term": tie.term_ru,
        "lists": list(tie.lists),
        "reverse": not counted and inverse_path(tie.path) in list_paths("273-fz"),
        "declared": tie.declared,
        "ambiguous": tie.ambiguous,
        "grade": "certain",
        "full": tie.full,
        "via": list(tie.via),
        "missing": list(tie.missing),
        "hops": json.dumps(_hops(tie, family), ensure_ascii=False) if opened or not tie.path else None,
        **_span(tie.span),
    }
    return {name: value for name, value in props.items() if value is not None}


def _associate_props(fact: FamilyFact, ego: str) -> Row | None:
    words = _associates().get(str(fact.properties.get("relationship")))
    if words is None:
        return None
    props = fact.properties
    to = fact.b if ego == fact.a else fact.a
    span = Span(props["start_lo"], props["start_hi"], props["end_lo"], props["end_hi"])
    hop = _fact_hop(ego, to, "", fact, [fact], {})
    word = words["ru"] if ego == fact.a else words["inverse"]
    return {
        "path": "",
        "term": word,
        "lists": [],
        "reverse": False,
        "declared": True,
        "ambiguous": False,
        "grade": "certain",
        "via": [fact.id],
        "missing": ["Associate.startDate"] if span.start_lo != span.start_hi else [],
        "hops": json.dumps([hop | {"word": word}], ensure_ascii=False),
        **_span(span),
    }


def _hops(tie: KinTie, family: Family) -> list[Row]:
    facts = [family.facts[one] for one in tie.via if one in family.facts]
    nodes = [tie.ego, *tie.people, tie.relative]
    if tie.declared or len(nodes) != len(tie.path) + 1:
        return [_fact_hop(tie.ego, tie.relative, tie.path, facts[0], facts, family.people)] if facts else []
    hops = []
    for letter, a, b in zip(tie.path, nodes, nodes[1:], strict=False):
        between = [fact for fact in facts if {fact.a, fact.b} == {a, b}] or _shared_parent(facts, a, b)
        if between:
            hops.append(_fact_hop(a, b, letter, between[0], between, family.people))
    return hops


def _shared_parent(facts: Sequence[FamilyFact], a: str, b: str) -> list[FamilyFact]:
    """The two facts by which a and b are children of one parent."""
    by_child: dict[str, list[FamilyFact]] = defaultdict(list)
    for fact in facts:
        if fact.type == "PARENT_OF":
            by_child[fact.b].append(fact)
    return next(([one, other] for one in by_child[a] for other in by_child[b] if one.a == other.a), [])


def _fact_hop(a: str, b: str, path: str, fact: FamilyFact, facts: Sequence[FamilyFact], people: Mapping[str, PersonFact]) -> Row:
    """One hop from a to b: «a is WORD of b», with the facts it rests on and the records that name the two."""
    keys = {
        one: key for other in facts for one, key in ((other.a, other.properties.get("from_key")), (other.b, other.properties.get("to_key")))
    }
    together = facts if {fact.a, fact.b} != {a, b} else [fact]
    props = fact.properties
    word = term(inverse_path(path), _gender(people, b), _gender(people, a)) if path in paths() else None
    hop: Row = {
        "from": a,
        "to": b,
        "type": fact.type if len(together) == 1 else "SIBLING_OF",
        "letter": path,
        "word": word,
        "source": props.get("source"),
        "record": props.get("record") if len(together) == 1 else None,
        "start": props.get("start") if len(together) == 1 else None,
        "end": props.get("end") if len(together) == 1 else None,
        "from_key": keys.get(a),
        "to_key": keys.get(b),
        "derived_from": [one.id for one in together],
        "blood": fact.type in ("PARENT_OF", "SIBLING_OF"),
    }
    if len(together) == 1 and fact.type not in ("PARENT_OF", "SIBLING_OF"):
        hop |= {name: props[name] for name in ("start_lo", "start_hi", "end_lo", "end_hi")}
    elif path == "B" or fact.type in ("PARENT_OF", "SIBLING_OF"):
        hop |= _since_birth(a, b, people)
    return {name: value for name, value in hop.items() if value is not None}


def _since_birth(a: str, b: str, people: Mapping[str, PersonFact]) -> Row:
    births = [people[one].birth for one in (a, b) if one in people]
    known = [birth for birth in births if birth is not None]
    return _span(Span(max((k.first for k in known), default=NEVER), max((k.last for k in known), default=NEVER), FOREVER, FOREVER))


@cache
def _associates() -> Mapping[str, Mapping[str, str]]:
    loaded: Mapping[str, Mapping[str, str]] = load_yaml(
        resources.files("queries.derive").joinpath("associates.yaml").read_text(encoding="utf-8")
    )
    return loaded


def _gender(people: Mapping[str, PersonFact], one: str) -> str | None:
    return people[one].gender if one in people else None


def _span(span: Span) -> Row:
    return {"start_lo": span.start_lo, "start_hi": span.start_hi, "end_lo": span.end_lo, "end_hi": span.end_hi}


def read_family(graph: Graph, people: Iterable[str] | None) -> Family:
    """The family facts around these people (None: all there are)."""
    return _read_all(graph) if people is None else _read_around(graph, people)


def _read_all(graph: Graph) -> Family:
    family = Family()
    for row in graph.stream(_ALL):
        _take(family, row)
    _read_people(graph, family)
    return family


def _read_around(graph: Graph, start: Iterable[str]) -> Family:
    """The family facts within REACH steps of the people."""
    family = Family()
    seen = set(start)
    frontier = sorted(seen)
    for _ in range(REACH):
        reached: set[str] = set()
        for batch in _batches(frontier):
            for row in graph.read(_AROUND, ids=batch):
                _take(family, row)
                reached |= {row["a"], row["b"]}
        frontier = sorted(reached - seen)
        seen |= reached
        if not frontier:
            break
    _read_people(graph, family)
    return family


def _take(family: Family, row: Row) -> None:
    fact = FamilyFact(row["type"], row["a"], row["b"], row["fact"])
    family.facts[fact.id] = fact
    if fact.type == "ASSOCIATED_WITH":
        for one in (fact.a, fact.b):
            family.near[one][fact.id] = fact


def _read_people(graph: Graph, family: Family) -> None:
    ids = sorted({one for fact in family.facts.values() for one in (fact.a, fact.b)})
    for batch in _batches(ids, 5000):
        for row in graph.read(_PEOPLE, ids=batch):
            birth = PartialDate(row["birth_lo"], row["birth_hi"]) if row["birth_lo"] else None
            death = PartialDate(row["death_lo"], row["death_hi"]) if row["death_lo"] and row["death_lo"] != FOREVER else None
            family.people[row["id"]] = PersonFact(row["id"], row["gender"], birth, death, row["name"] or "")


def _add(facts: KinFacts, one: FamilyFact) -> None:
    props = one.properties
    span = Span(props["start_lo"], props["start_hi"], props["end_lo"], props["end_hi"])
    dated = span if props.get("dated") else None
    if one.type == "PARENT_OF":
        adoptive = bool(props.get("adoptive"))
        facts.parents.append(ParentFact(one.a, one.b, one.id, adoptive, span if adoptive else dated))
    elif one.type == "SPOUSE_OF":
        facts.spouses.append(SpouseFact(one.a, one.b, one.id, span, props.get("trust", 0)))
    elif one.type == "SIBLING_OF":
        facts.siblings.append(SiblingFact(one.a, one.b, one.id, dated))
    elif one.type == "DECLARED_KIN":
        facts.declared.append(DeclaredFact(one.a, one.b, str(props.get("word") or ""), one.id, span))
    elif one.type == "GUARDIAN_OF":
        facts.guardians.append(GuardianFact(one.a, one.b, one.id, span))


def _twins(graph: Graph, people: Iterable[str]) -> dict[str, list[Twin]]:
    found: dict[str, set[Twin]] = defaultdict(set)
    for batch in _batches(people, 2000):
        for row in graph.read(_TWINS, ids=batch):
            found[row["id"]].add(Twin(row["twin"], row["test"], row["probability"], _told_apart(row["mine"], row["other"])))
    return {one: sorted(twins, key=lambda twin: (twin.person, twin.test, twin.probability)) for one, twins in found.items()}


def _told_apart(one: Row, two: Row) -> bool:
    """Records of a name only may belong to people whose other records say different numbers or births (N1, N2, N3)."""
    return judge_people(_known("one", one), _known("two", two)).grade is Grade.REJECT


def _known(key: str, node: Row) -> PersonFacts:
    born, died = node["birth_lo"] or NEVER, node["death_lo"] if node["death_lo"] is not None else FOREVER
    return PersonFacts(
        key,
        (),
        births=(PartialDate(born, node["birth_hi"]),) if born != NEVER else (),
        death=PartialDate(died, node["death_hi"]) if died != FOREVER else None,
        inn=frozenset(node["inn"] or ()),
        snils=frozenset(node["snils"] or ()),
    )


def _affected(changed: set[str], family: Family, index: KinIndex) -> set[str]:
    """Whose ties a change of these people can touch: kin by the index, and whoever is tied to one by a declared closeness."""
    near = {
        end for fact in family.facts.values() if fact.type == "ASSOCIATED_WITH" and {fact.a, fact.b} & changed for end in (fact.a, fact.b)
    }
    return affected_egos(changed, index) | changed | near


def _twin_people(graph: Graph, people: Iterable[str]) -> set[str]:
    return {twin.person for twins in _twins(graph, people).values() for twin in twins}


def _batches(ids: Iterable[str], size: int = BATCH) -> Iterable[list[str]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
