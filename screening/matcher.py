"""Who is who in the graph: keys, candidates, pairs, clusters, and the canonical nodes that records stand for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.client import Graph, Transaction
from graph.marks import mark
from graph.todo import FIRM, OF_PERSON, PERSON, TELLING
from graph.values import Row
from screening.canonical import org_node, person_node
from screening.clusters import Cluster, Decision, Link, cluster, link_of
from screening.decisions import decided_pairs
from screening.decisive import judge_orgs, judge_people
from screening.facts import OrgFacts, PersonFacts, org_facts, person_facts
from screening.keys import Keys, most_holders, org_keys, person_keys
from screening.model import VERSION as WEIGHTS_VERSION
from screening.stored import Known, read_known
from screening.verdicts import Grade

BATCH = 500
_KEPT = (Grade.CERTAIN, Grade.PROBABLE, Grade.WEAK, Grade.DATA_ERROR)

_TODO = """
MATCH (r:Record) WHERE r.todo STARTS WITH 'resolve %s '
RETURN r.key AS key, r.state AS state LIMIT $batch
"""
_OTHERS = "MATCH (r:Record) WHERE r.todo STARTS WITH 'resolve other ' RETURN r.key AS key LIMIT $batch"
_HAND_ON = "UNWIND $keys AS key MATCH (r:Record {key: key}) SET r.todo = 'node ' + r.key"
_TELLING = "MATCH (r:Record) WHERE r.todo STARTS WITH 'resolve other ' AND r.schema IN $schemata RETURN r.key AS key"
_REJUDGE = """
UNWIND $keys AS key
MATCH (e:Record {key: key})-[x:REFERS_TO]->(p:Record)
WHERE x.prop IN $props AND p.schema = 'Person' AND (p.todo IS NULL OR p.todo STARTS WITH 'facts ')
SET p.todo = 'resolve person ' + p.key
"""
_CHANGED = "MATCH (r:Record) WHERE r.todo STARTS WITH 'resolve person ' RETURN r.key AS key"
_RELATIVES = """
UNWIND $keys AS key
MATCH (:Record {key: key})<-[x:REFERS_TO]-(f:Record)-[y:REFERS_TO]->(p:Record)
WHERE f.schema IN ['Family', 'IncomeDeclaration'] AND p.schema = 'Person' AND (p.todo IS NULL OR p.todo STARTS WITH 'facts ')
SET p.todo = 'resolve person ' + p.key
"""
_COWORKERS = """
UNWIND $keys AS key
MATCH (o:Record {key: key})<-[x:REFERS_TO]-(e:Record)-[y:REFERS_TO]->(p:Record)
WHERE x.prop = 'employer' AND y.prop IN ['employee', 'person'] AND p.schema = 'Person' AND (p.todo IS NULL OR p.todo STARTS WITH 'facts ')
SET p.todo = 'resolve person ' + p.key
"""
_HELD = "UNWIND $keys AS key MATCH (r:Record {key: key})-[:HAS_KEY]->(k:Key) RETURN key AS key, k.id AS id"
_LET_GO = """
UNWIND $rows AS row
MATCH (r:Record {key: row.key})-[h:HAS_KEY]->(k:Key {id: row.id})
DELETE h
"""
_HOLD = """
UNWIND $rows AS row
MATCH (r:Record {key: row.key})
UNWIND row.ids AS id
MATCH (k:Key {id: id})
CREATE (r)-[:HAS_KEY]->(k)
"""
# How many hold a key stands on it: counting them would walk a hub's edges at every look.
_COUNT = "UNWIND $rows AS row MERGE (k:Key {id: row.id}) SET k.n = coalesce(k.n, 0) + row.more"
# In one list: a row by itself is a message, which costs more than what is in it.
_COUNTS = "UNWIND $ids AS id MATCH (k:Key {id: id}) RETURN collect([id, coalesce(k.n, 0), coalesce(k.hub, false)]) AS rows"
_HUBS = "UNWIND $rows AS row MATCH (k:Key {id: row.id}) SET k.hub = row.hub"
_HOLDERS = """
UNWIND $ids AS id
MATCH (k:Key {id: id})<-[:HAS_KEY]-(r:Record)
WITH id, collect(r.key) AS keys
RETURN collect([id, keys]) AS rows
"""
_REJUDGE_HOLDERS = """
UNWIND $ids AS id
MATCH (:Key {id: id})<-[:HAS_KEY]-(r:Record)
WHERE r.todo IS NULL OR r.todo STARTS WITH 'facts '
SET r.todo = 'resolve %s ' + r.key
"""
_DROP_PAIRS = "UNWIND $keys AS key MATCH (r:Record {key: key})-[s:SAME_AS]-() DELETE s"
_PAIRS = """
UNWIND $rows AS row
MATCH (a:Record {key: row.a}), (b:Record {key: row.b})
CREATE (a)-[s:SAME_AS]->(b)
SET s.test = row.test, s.grade = row.grade, s.probability = row.probability, s.judged = row.judged, s.judged_test = row.judged_test,
    s.judged_probability = row.judged_probability, s.reason = row.reason, s.data_error = row.data_error
"""
_AROUND = """
UNWIND $keys AS key
MATCH (r:Record {key: key})-[s:SAME_AS]-(o:Record)
RETURN key AS key, o.key AS other, coalesce(s.judged_test, s.test) AS test, s.judged AS judged,
       coalesce(s.judged_probability, s.probability) AS probability, s.reason AS reason, s.data_error AS data_error
"""
_MATES = """
UNWIND $keys AS key
MATCH (r:Record {key: key})-[:RESOLVED_TO]->(c)<-[:RESOLVED_TO]-(m:Record)
RETURN key AS key, c.id AS id, m.key AS mate
"""
# A pattern walks no relationship twice: nobody is his own mate, so where records stand is asked by itself.
_STAND = "UNWIND $keys AS key MATCH (r:Record {key: key})-[:RESOLVED_TO]->(c) RETURN key AS key, c.id AS id"
_REGRADE = """
UNWIND $rows AS row
MATCH (a:Record {key: row.a})-[s:SAME_AS]-(b:Record {key: row.b})
SET s.grade = row.grade, s.test = row.test, s.probability = row.probability
"""
_UNRESOLVE = "UNWIND $keys AS key MATCH (r:Record {key: key})-[x:RESOLVED_TO]->() DELETE x"
_CANONICAL = "UNWIND $rows AS row MERGE (c:%s {id: row.id}) SET c += row"
_RESOLVE = """
UNWIND $rows AS row
MATCH (r:Record {key: row.key}), (c:%s {id: row.id})
CREATE (r)-[x:RESOLVED_TO]->(c)
SET x.test = row.test, x.grade = row.grade, x.probability = row.probability, x.model = row.model, x.decided_by = row.decided_by,
    x.at = r.recorded_at
"""
_TRUST = "MATCH (s:Source) RETURN s.name AS name, s.trust AS trust"
_MOVED = "UNWIND $keys AS key MATCH (r:Record {key: key})<-[:REFERS_TO]-(f:Record) WHERE f.todo IS NULL SET f.todo = 'facts ' + f.key"
_DONE = "UNWIND $keys AS key MATCH (r:Record {key: key}) SET r.todo = 'facts ' + r.key"
_STALE = "UNWIND $keys AS key MATCH (r:Record {key: key}) WHERE r.todo IS NULL SET r.todo = 'facts ' + r.key"

Facts = PersonFacts | OrgFacts


@dataclass(frozen=True, slots=True)
class _Kind:
    """What differs between people and organizations."""

    label: str
    queue: str
    facts: Callable[[Known], Facts]
    keys: Callable[[Facts], Keys]
    judge: Callable[[Facts, Facts], Link]
    node: Callable[[Cluster, Mapping[str, Known], Mapping[str, Facts], Mapping[str, int]], Row]


def resolve(graph: Graph, progress: Callable[[int], None] | None = None) -> int:
    """Resolve every record that waits for it: organizations, then people, then pass the rest on; returns how many."""
    done = 0
    for kind in (_ORGANIZATIONS, _PEOPLE):
        if kind is _PEOPLE:
            _rejudge(graph)
        while rows := graph.read(_TODO % kind.queue, batch=BATCH):
            trust = {row["name"]: row["trust"] for row in graph.read(_TRUST)}
            graph.transact(lambda tx, rows=rows, kind=kind, trust=trust: _Batch(tx, kind, rows, trust).run())  # type: ignore[misc]
            done += len(rows)
            if progress:
                progress(len(rows))
    while rows := graph.read(_OTHERS, batch=5000):
        graph.write(_HAND_ON, keys=[row["key"] for row in rows])
    return done


def _rejudge(graph: Graph) -> None:
    """What is told of a person's life is evidence, his relatives' names too: who is told of otherwise is judged again."""
    changed = [row["key"] for row in graph.stream(_CHANGED)]
    waiting = [row["key"] for row in graph.stream(_TELLING, schemata=list(TELLING))]
    for start in range(0, len(waiting), 5000):
        graph.write(_REJUDGE, keys=waiting[start : start + 5000], props=list(OF_PERSON))
    for start in range(0, len(changed), 5000):
        graph.write(_RELATIVES, keys=changed[start : start + 5000])


class _Batch:
    """One transaction over some records of one kind."""

    def __init__(self, tx: Transaction, kind: _Kind, rows: Sequence[Row], trust: Mapping[str, int]) -> None:
        self._tx = tx
        self._kind = kind
        self._rows = rows
        self._trust = trust
        self._known: dict[str, Known] = {}
        self._facts: dict[str, Facts] = {}
        self._decided: dict[tuple[str, str], Decision] = {}
        self._asked: set[str] = set()
        self._changed: list[str] = []

    def run(self) -> None:
        """Keys, pairs, clusters, nodes and marks."""
        keys = [row["key"] for row in self._rows]
        live = [row["key"] for row in self._rows if row["state"] == "live"]
        before = self._mates(keys)
        self._around_before = self._links(keys)
        self._tx.run(_DROP_PAIRS, keys=keys)
        self._learn(live)
        self._decisions(live)
        crossed = self._judge(self._hold(keys, live))
        members, links = self._component(
            {*keys, *before, *(link.right for link in self._around_before), *(link.left for link in self._around_before)}
        )
        self._learn(members)
        members = [key for key in members if key in self._facts]
        result = cluster(members, links, self._rejects, self._decided.values())
        void = {(link.left, link.right) for link in result.contradictions}
        for pair in void:
            del self._decided[pair]  # a word that others contradict joins nobody
        self._regrade(links, result.weak, void)
        self._write(result.clusters, {*keys, *members})
        self._tx.run(_DONE, keys=keys)
        if crossed:
            # All who hold the key are judged again with it or without it, so that nobody's links depend on who came first.
            self._tx.run(_REJUDGE_HOLDERS % self._kind.queue, ids=sorted(crossed))

    def _mates(self, keys: Iterable[str]) -> set[str]:
        return {row["mate"] for row in self._tx.run(_MATES, keys=sorted(keys))}

    def _learn(self, keys: Iterable[str]) -> None:
        wanted = sorted(set(keys) - set(self._known))
        for known in read_known(self._tx, wanted, people=self._kind.label == "Person"):
            self._known[known.record_key] = known
            self._facts[known.record_key] = self._kind.facts(known)

    def _decisions(self, keys: Iterable[str]) -> set[str]:
        """Learn what people said of these records; the records that they called one with them."""
        new = set(keys) - self._asked
        self._asked |= new
        found: set[str] = set()
        for one in decided_pairs(self._tx, new) if new else ():
            self._decided[one.left, one.right] = one
            if one.same:
                found |= {one.left, one.right}
        return found

    def _hold(self, keys: Sequence[str], live: Sequence[str]) -> dict[str, Keys]:
        """Bring the records' keys to what they are now; only what changed is written."""
        made = {key: self._kind.keys(self._facts[key]) for key in live if key in self._facts}
        old = {(row["key"], row["id"]) for row in self._tx.run(_HELD, keys=list(keys))}
        new = {(key, self._key_id(one)) for key, some in made.items() for one in some.held}
        more = Counter(id for _, id in new - old)
        more.subtract(id for _, id in old - new)
        if old - new:
            self._tx.run(_LET_GO, rows=_edges(old - new))
        if counted := [{"id": id, "more": n} for id, n in sorted(more.items()) if n]:
            self._tx.run(_COUNT, rows=counted)
        if new - old:
            gained: dict[str, list[str]] = defaultdict(list)
            for key, id in sorted(new - old):
                gained[key].append(id)
            self._tx.run(_HOLD, rows=[{"key": key, "ids": ids} for key, ids in gained.items()])
        self._changed = sorted(more)
        return made

    def _key_id(self, key: str) -> str:
        """People and organizations are never candidates for each other, though a sole trader's firm has his ИНН."""
        return f"{self._kind.label}:{key}"

    def _judge(self, made: Mapping[str, Keys]) -> set[str]:
        """Judge who shares a key; the keys that became hubs, or are none any more, come back."""
        sought = {self._key_id(one): one for keys in made.values() for one in keys.sought}
        counts = {id: (n, hub) for id, n, hub in self._in_one(_COUNTS, ids=sorted({*sought, *self._changed}))}
        crossed = {id: not hub for id, (n, hub) in counts.items() if hub != _is_hub(id, n)}
        if crossed:
            self._tx.run(_HUBS, rows=[{"id": id, "hub": hub} for id, hub in sorted(crossed.items())])
        # The only holder of a key that he seeks himself finds nobody by it, which is so of most keys.
        own = {self._key_id(one) for keys in made.values() for one in keys.sought & keys.held}
        asked = sorted(id for id in sought if id in counts and counts[id][0] > (id in own) and not _is_hub(id, counts[id][0]))
        holders = dict(self._in_one(_HOLDERS, ids=asked)) if asked else {}
        pairs: set[tuple[str, str]] = set()
        for key, keys in made.items():
            for one in keys.sought:
                pairs |= {(min(key, other), max(key, other)) for other in holders.get(self._key_id(one), ()) if other != key}
        pairs |= {pair for pair, word in self._decided.items() if word.same and (pair[0] in made or pair[1] in made)}
        self._learn(key for pair in pairs for key in pair)
        links = [self._kind.judge(self._facts[a], self._facts[b]) for a, b in sorted(pairs) if a in self._facts and b in self._facts]
        rows = []
        for link in links:
            word = self._decided.get((link.left, link.right))
            if link.grade in _KEPT or link.data_error or (word and word.same):
                rows.append(_pair_row(link, word))
        if rows:
            self._tx.run(_PAIRS, rows=rows)
        return set(crossed)

    def _in_one(self, statement: str, **asked: Any) -> list[list[Any]]:
        return [one for row in self._tx.run(statement, **asked) for one in row["rows"]]

    def _links(self, keys: Iterable[str]) -> list[Link]:
        return [_link(row) for row in self._tx.run(_AROUND, keys=sorted(keys))]

    def _component(self, start: set[str]) -> tuple[list[str], list[Link]]:
        """All records that hang together with these by strong links or by the present clusters, and the links among them."""
        seen: set[str] = set()
        frontier = set(start)
        links: dict[tuple[str, str], Link] = {}
        while frontier:
            seen |= frontier
            found = self._mates(frontier) | self._decisions(frontier)
            for link in self._links(frontier):
                links[link.left, link.right] = link
                if link.grade in (Grade.CERTAIN, Grade.PROBABLE):
                    found |= {link.left, link.right}
            frontier = found - seen
        return sorted(seen), [links[pair] for pair in sorted(links)]

    def _rejects(self, a: str, b: str) -> bool:
        return self._kind.judge(self._facts[a], self._facts[b]).grade in (Grade.REJECT, Grade.DATA_ERROR)

    def _regrade(self, links: Sequence[Link], weak: Sequence[Link], void: set[tuple[str, str]]) -> None:
        """Write what counts now; the machine's own answer stays beside it."""
        lowered = {(link.left, link.right) for link in weak}
        rows = []
        for link in links:
            word = self._decided.get((link.left, link.right))
            if word or link.grade in (Grade.CERTAIN, Grade.PROBABLE) or (link.left, link.right) in void:
                counts = replace(link, grade=Grade.WEAK) if (link.left, link.right) in lowered else link
                rows.append({"a": link.left, "b": link.right, **_counting(counts, word)})
        if rows:
            self._tx.run(_REGRADE, rows=rows)

    def _write(self, clusters: Sequence[Cluster], touched: set[str]) -> None:
        label = self._kind.label
        old = {row["key"]: row["id"] for row in self._tx.run(_STAND, keys=sorted(touched))}
        new = {key: one.id for one in clusters for key in one.keys}
        self._tx.run(_UNRESOLVE, keys=sorted(touched))
        nodes = [self._kind.node(one, self._known, self._facts, self._trust) for one in clusters]
        if nodes:
            self._tx.run(_CANONICAL % label, rows=nodes)
            self._tx.run(_RESOLVE % label, rows=[row for one in clusters for row in _resolved(one, self._decided)])
        moved = sorted(key for key in touched if old.get(key) != new.get(key))
        if moved:
            self._tx.run(_MOVED, keys=moved)
            self._tx.run(_STALE, keys=moved)
            if label == "Organization":
                self._tx.run(_COWORKERS, keys=moved)
        mark(self._tx, "derive", {(label, one) for one in {*old.values(), *new.values()}})


def _edges(pairs: Iterable[tuple[str, str]]) -> list[Row]:
    return [{"key": key, "id": id} for key, id in sorted(pairs)]


def _is_hub(id: str, holders: int) -> bool:
    """Whether the key, label and all, finds nobody because too many hold it."""
    most = most_holders(id.partition(":")[2])
    return most is not None and holders > most


def _pair_row(link: Link, word: Decision | None) -> Row:
    return {
        "a": link.left,
        "b": link.right,
        **_counting(link, word),
        "judged": str(link.grade),
        "judged_test": link.test,
        "judged_probability": link.probability,
        "reason": link.reason,
        "data_error": link.data_error,
    }


def _counting(link: Link, word: Decision | None) -> Row:
    """What counts of a pair: a person's word before the machine's answer."""
    if word is None:
        return {"test": link.test, "grade": str(link.grade), "probability": link.probability}
    return {"test": "decision", "grade": str(Grade.CERTAIN if word.same else Grade.REJECT), "probability": 1.0 if word.same else 0.0}


def _link(row: Row) -> Link:
    left, right = sorted((row["key"], row["other"]))
    return Link(left, right, row["test"], Grade(row["judged"]), row["probability"], row["reason"] or "", bool(row["data_error"]))


def _resolved(one: Cluster, decided: Mapping[tuple[str, str], Decision]) -> Iterable[Row]:
    for key in one.keys:
        link = one.joined.get(key)
        word = decided.get((link.left, link.right)) if link and link.test == "decision" else None
        yield {
            "key": key,
            "id": one.id,
            "test": link.test if link else "own",
            "grade": str(link.grade) if link else "certain",
            "probability": link.probability if link else 1.0,
            "model": WEIGHTS_VERSION,
            "decided_by": word.by if word else None,
        }


def _person_facts(known: Known) -> PersonFacts:
    return person_facts(known.record_key, known.record, related=known.related, workplaces=known.workplaces, seen_on=known.seen_on)


def _org_facts(known: Known) -> OrgFacts:
    return org_facts(known.record_key, known.record, directors=known.directors)


def _judged_people(a: Any, b: Any) -> Link:
    return link_of(judge_people(a, b))


def _judged_orgs(a: Any, b: Any) -> Link:
    return link_of(judge_orgs(a, b))


_PEOPLE = _Kind("Person", PERSON, _person_facts, person_keys, _judged_people, person_node)  # type: ignore[arg-type]
_ORGANIZATIONS = _Kind("Organization", FIRM, _org_facts, org_keys, _judged_orgs, org_node)  # type: ignore[arg-type]
