"""The chain of a finding: nodes in reading order, each hop with its words, dates and sources, closed by the power that makes it matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.desk.eyes import Eyes
from app.desk.labels import Labels
from app.desk.nodes import Node, chain_node, read_nodes
from app.desk.rows import Held
from domain.dates import FOREVER, NEVER
from domain.spans import Span
from visualizations.chain import Chain, ChainEvent, ChainFact, ChainHop, ChainNode

Hop = Mapping[str, Any]
MOMENTS = frozenset({"SUPPLIES", "APPLIES", "REPRESENTS_IN", "PARTICIPATES"})
_ENDS = """
UNWIND $ids AS id
MATCH (r:Record {id: id})-[:RESOLVED_TO]->(o)
RETURN DISTINCT id AS id, o.id AS node, labels(o)[0] AS label, o.ids AS ids
"""
_PARENTS = "MATCH (p:Person)-[f:PARENT_OF]->(:Person {id: $child}) RETURN f.record AS record, p.gender AS gender"
_POSTS = """
MATCH (:Person {id: $id})-[j:EMPLOYED_BY]->(b:Organization)
RETURN j.role AS role, j.post AS post, b.name AS body, j.start_lo AS start_lo, j.start_hi AS start_hi, j.end_lo AS end_lo,
       j.end_hi AS end_hi, j.kind AS kind
"""
_LABEL_OF = {"OWNS": "Organization", "STAKE": "Organization", "DIRECTS": "Organization", "MEMBER_OF": "Organization"}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with everything its picture needs: nodes by feed id, the hops of the chain proper, the powers apart."""

    held: Held
    nodes: Mapping[str, Node]
    official: Node
    event: Node | None
    powers: tuple[Hop, ...]
    role: tuple[Hop, ...]
    path: tuple[Hop, ...]
    also: tuple[Hop, ...]
    labels: Labels
    anchor: str = "event"
    order: tuple[str, ...] = field(default=())
    """Feed ids of the chain's nodes, from the official on."""

    @property
    def body(self) -> Mapping[str, Any]:
        """The finding's JSON."""
        return self.held.body

    def node(self, feed_id: str) -> Node:
        """The node of a feed id; one without properties where it has gone."""
        return self.nodes.get(feed_id) or Node(feed_id, "Thing")

    def people(self) -> list[str]:
        """Canonical ids of the people drawn."""
        return [node.id for one in self.order if (node := self.node(one)).label == "Person"]


def tell(eyes: Eyes, held: Held) -> Told:
    """Read what the picture of a finding needs."""
    body, row = held.body, held.row
    anchor = eyes.office.catalog.get(row["rule"]).anchor if row["rule"] in eyes.office.catalog.rules else "event"
    hops = list(body["chain"])
    split = 2 if anchor == "subordinate" else 1
    role, path = tuple(hops[:split]), tuple(hops[split:])
    powers = tuple(body["official"].get("roles") or role)
    also = tuple(body.get("also") or ())
    feed = {hop[end] for hop in (*hops, *also, *powers) for end in ("from", "to")}
    feed |= {body["official"]["id"], body["counterparty"]["id"], body["event"]["id"]}
    preferred = {row["official"], row["counterparty"], row["event"], *held.people}
    canonical = _canonical(eyes, feed, preferred)
    nodes = read_nodes(eyes, set(canonical.values()))
    by_feed = {one: nodes[node] for one, node in canonical.items() if node in nodes}
    labels = Labels(eyes)
    labels.read(key for hop in (*hops, *also, *powers) for key in hop.get("records") or (hop.get("record"),))
    told = Told(
        held,
        by_feed,
        by_feed.get(body["official"]["id"]) or Node(row["official"], "Person", {"name": body["official"]["name"], "official": True}),
        by_feed.get(body["event"]["id"]) if anchor == "event" else None,
        powers,
        role,
        path,
        also,
        labels,
        anchor,
    )
    return replace(told, order=_order(told))


def chain_of(eyes: Eyes, told: Told) -> Chain:
    """The chain over time."""
    nodes: list[ChainNode] = [_node(eyes, told, told.body["official"]["id"], first=True)]
    hops: list[ChainHop] = []
    here = told.body["official"]["id"]
    for hop in told.path:
        there = _other(hop, here)
        if there is None:
            continue
        beside = [one for one in told.also if {one["from"], one["to"]} == {hop["from"], hop["to"]}]
        hops.append(ChainHop(tuple(fact_of(eyes, told, one) for one in (hop, *beside))))
        nodes.append(_node(eyes, told, there, first=False))
        here = there
    closing = _closing(told)
    if closing is not None and told.anchor == "person":
        nodes[0] = chain_node(eyes, told.official, "")
        nodes.insert(0, _node(eyes, told, closing["to"], first=False))
        hops.insert(0, ChainHop((fact_of(eyes, told, closing),)))
    elif closing is not None:
        hops.append(ChainHop((fact_of(eyes, told, closing),)))
        nodes.append(chain_node(eyes, told.official, str(eyes.say.get("same_official"))))
    return Chain(tuple(nodes), tuple(hops), event_of(told))


def event_of(told: Told) -> ChainEvent | None:
    """When the chain has to hold: the event's window, or the first day on which a pattern of posts and shares holds."""
    event = told.event
    if event is not None:
        first, last = int(event.get("window_lo") or NEVER), int(event.get("window_hi") or NEVER)
        if event.get("missing_date") or not NEVER < first <= last < FOREVER:
            return None
        return ChainEvent(first, last, any_day=event.get("window_mode") == "any")
    day = int(told.held.row["from_day"] or NEVER)
    return ChainEvent(day, day) if NEVER < day < FOREVER and told.anchor != "event" else None


def fact_of(eyes: Eyes, told: Told, hop: Hop) -> ChainFact:
    """One hop in words."""
    words, note = hop_words(eyes, told, hop)
    span = Span(*hop["span"]) if hop.get("span") else Span(NEVER, FOREVER, FOREVER, FOREVER)
    return ChainFact(
        words,
        span,
        told.labels.links(hop.get("records") or ([hop["record"]] if hop.get("record") else [])) or _bare(told, hop),
        note,
        lifelong=bool(hop.get("blood")),
        moment=hop["type"] in MOMENTS and span.start_lo == NEVER,
        hypothesis=hop["type"] in ("SELF", "KIN"),
    )


def hop_words(eyes: Eyes, told: Told, hop: Hop) -> tuple[str, str]:
    """(what ties the two, the quieter rest)."""
    kind = hop["type"]
    return _WORDS[kind](eyes, told, hop) if kind in _WORDS else (eyes.say.kin_word(hop.get("word")), "")


def power_words(eyes: Eyes, told: Told) -> str:
    """«подготовил и подписал», «член комиссии»."""
    say, gender = eyes.say, told.official.get("gender")
    made: list[str] = []
    for hop in told.powers:
        if hop["type"] == "PARTICIPATES":
            made.append(say.sexed("power", str(hop.get("role") or ""), gender))
        elif hop["type"] == "MEMBER_OF":
            made.append(say.of("member", hop.get("role"), "member"))
        else:
            made.append(str(hop.get("role") or say.w.code("post", str(hop.get("post") or "other"))))
    return say.both(made)


def _canonical(eyes: Eyes, feed: Iterable[str], preferred: set[str]) -> dict[str, str]:
    """Feed id → canonical id; where several sources use one id, the node that the finding itself names."""
    choices: dict[str, list[Mapping[str, Any]]] = {}
    for row in eyes.graph.read(_ENDS, ids=sorted(feed)):
        choices.setdefault(row["id"], []).append(row)
    made: dict[str, str] = {}
    for one, rows in choices.items():
        best = min(rows, key=lambda row: (row["node"] not in preferred, (row["ids"] or [""])[0] != one, row["node"]))
        made[one] = best["node"]
    return made


def _order(told: Told) -> tuple[str, ...]:
    here = told.body["official"]["id"]
    order = [here]
    for hop in told.path:
        there = _other(hop, here)
        if there is not None:
            order.append(there)
            here = there
    return tuple(dict.fromkeys(order))


def _other(hop: Hop, here: str) -> str | None:
    if hop["from"] == here:
        return str(hop["to"])
    return str(hop["from"]) if hop["to"] == here else None


def _closing(told: Told) -> Hop | None:
    """The dated post or seat that gives the official his power; what he did in the event stands in the event's own line."""
    if told.anchor == "subordinate" or not told.role or told.role[0]["type"] == "PARTICIPATES":
        return None
    return told.role[0]


def _node(eyes: Eyes, told: Told, feed_id: str, *, first: bool) -> ChainNode:
    node = told.node(feed_id)
    if first or node.id == told.official.id:
        return chain_node(eyes, told.official, _post(eyes, told, told.official))
    if told.event is not None and node.id == told.event.id:
        day = eyes.say.w.day(told.body["event"].get("date"))
        done = power_words(eyes, told) if told.role and told.role[0]["type"] == "PARTICIPATES" else ""
        return chain_node(eyes, node, " ".join(part for part in (done, day) if part))
    if node.label == "Person":
        return chain_node(eyes, node, _relative_note(eyes, told, node) or _post(eyes, told, node))
    return chain_node(eyes, node)


def _relative_note(eyes: Eyes, told: Told, node: Node) -> str:
    """«шурин: брат жены» at the one whose tie counts."""
    kin = told.body.get("kin")
    people = told.people()
    if not kin or not people or node.id != people[-1]:
        return ""
    say, ego = eyes.say, told.official
    term = say.term(kin["path"], ego.get("gender"), node.get("gender"), kin["term"])
    steps = _spelled(eyes, told, kin["path"])
    return f"{term}: {steps}" if steps and steps != term and len(kin["path"]) > 1 else term


def _spelled(eyes: Eyes, told: Told, path: str) -> str:
    """«брат жены»: each step read from the far end, its owner in the genitive; empty where the way is not known."""
    if eyes.caller.language == "en" or len(path) != 2:
        return ""
    heads = {"P": ("отец", "мать"), "C": ("сын", "дочь"), "S": ("муж", "жена"), "B": ("брат", "сестра")}
    owners = {"P": ("отца", "матери"), "C": ("сына", "дочери"), "S": ("мужа", "жены"), "B": ("брата", "сестры")}
    people = [told.node(one) for one in told.order if told.node(one).label == "Person"]
    if len(people) != 3:
        return ""
    far, middle = (0 if one.get("gender") == "male" else 1 for one in (people[2], people[1]))
    return f"{heads[path[1]][far]} {owners[path[0]][middle]}"


def _post(eyes: Eyes, told: Told, node: Node) -> str:
    """The post on the event's day: «контрактный управляющий, МБОУ «Школа № 999», с 2018»."""
    if node.label != "Person":
        return ""
    event = event_of(told)
    rows = eyes.graph.read(_POSTS, id=node.id)
    spans = [(Span(*(row[name] for name in ("start_lo", "start_hi", "end_lo", "end_hi"))), row) for row in rows]
    held = [
        (span, row)
        for span, row in spans
        if event is None or (span.meets if event.any_day else span.holds)(event.first, event.last) is True
    ]
    if not held:
        return ""
    span, row = min(held, key=lambda one: (one[1]["kind"] != "main", one[1]["role"] or ""))
    post = str(row["role"] or eyes.say.w.code("post", row["post"] or "other"))
    since = eyes.say.fill("since", year=span.start_lo // 10000) if NEVER < span.start_lo == span.start_hi else ""
    return ", ".join(part for part in (post[:1].lower() + post[1:], str(row["body"] or ""), since) if part)


def _bare(told: Told, hop: Hop) -> tuple[Any, ...]:
    return (told.labels.link(None, hop["source"]),) if hop.get("source") else ()


def _kin(eyes: Eyes, told: Told, hop: Hop) -> tuple[str, str]:
    say = eyes.say
    word = say.kin_word(hop.get("word"))
    records = hop.get("records") or ()
    if hop["type"] != "SIBLING_OF" or len(records) < 2:
        return word, ""
    genders = {row["gender"] for row in eyes.graph.read(_PARENTS, child=told.node(hop["from"]).id) if row["record"] in records}
    return word, say.of("shared", next(iter(genders)) if len(genders) == 1 else "")


def _declared(eyes: Eyes, _told: Told, hop: Hop) -> tuple[str, str]:
    word = hop.get("word")
    return (eyes.say.kin_word(word) if word else str(eyes.say.get("relative"))), ""


def _owns(eyes: Eyes, _told: Told, hop: Hop) -> tuple[str, str]:
    share = eyes.say.fraction(hop.get("share"))
    return (eyes.say.fill("share", share=eyes.say.percent(share)) if share is not None else str(eyes.say.get("share_unknown"))), ""


def _supplies(eyes: Eyes, told: Told, hop: Hop) -> tuple[str, str]:
    item = told.event.get("item") if told.event is not None else None
    return eyes.say.of("supplies", hop.get("role"), "supplier"), eyes.say.fill("item", item=item) if item else ""


def _employed(eyes: Eyes, _told: Told, hop: Hop) -> tuple[str, str]:
    role = str(hop.get("role") or "")
    if not role:
        role = eyes.say.w.code("post", hop["post"]) if hop.get("post") else str(eyes.say.get("employee"))
    return role[:1].lower() + role[1:], ""


def _member(eyes: Eyes, told: Told, hop: Hop) -> tuple[str, str]:
    return eyes.say.of("member", hop.get("role"), str(eyes.say.get("member", "member"))), told.node(hop["to"]).name


def _below(eyes: Eyes, told: Told, hop: Hop) -> tuple[str, str]:
    return eyes.say.sexed("below", str(hop.get("kind") or "reports_to"), told.node(hop["from"]).get("gender")), ""


def _fixed(key: str) -> Any:
    return lambda eyes, _told, _hop: (str(eyes.say.get(key)), "")


def _listed(group: str, name: str, default: str) -> Any:
    return lambda eyes, _told, hop: (eyes.say.of(group, hop.get(name), default), "")


_WORDS: Mapping[str, Any] = {
    "SPOUSE_OF": _kin, "PARENT_OF": _kin, "SIBLING_OF": _kin, "DECLARED_KIN": _declared, "GUARDIAN_OF": _kin,
    "OWNS": _owns, "STAKE": _owns, "DIRECTS": _listed("director", "role", ""), "EMPLOYED_BY": _employed, "MEMBER_OF": _member,
    "SUPPLIES": _supplies, "APPLIES": _listed("applies", "role", ""), "REPRESENTS": _fixed("represents"),
    "REPRESENTS_IN": _fixed("represents"), "SUBORDINATE_TO": _below, "SELF": _fixed("same_person"), "KIN": _declared,
    "OWES": _fixed("owes"), "LETS_TO": _fixed("lets"), "PAID": _fixed("paid"), "CO_OWNS": _fixed("co_owns"), "USES": _fixed("uses"),
    "DECLARES": _fixed("declares"), "ASSOCIATED_WITH": _fixed("associated"), "HAS_DECISION": _fixed("decided"),
}  # fmt: skip


def arithmetic(eyes: Eyes, told: Told) -> tuple[str, ...]:
    """How an indirect share came to be: «60 % × 20 % = 12 % через «Кояш Тест»»."""
    links = [hop for hop in told.path if hop["type"] == "OWNS"]
    shares = [eyes.say.fraction(hop.get("share")) for hop in links]
    if len(links) < 2 or any(share is None for share in shares):
        return ()
    product = 1.0
    for share in shares:
        product *= share or 0.0
    say = eyes.say
    parts = " × ".join(f"{say.percent(share or 0.0)} %" for share in shares)
    names = _between(told, links)
    line = say.fill(
        "product", parts=parts, share=say.percent(product), through=say.fill("through", names=", ".join(names)) if names else ""
    )
    least = eyes.office.catalog.get(told.held.row["rule"]).parameters
    minimum = least.get("share_min")
    if minimum is None:
        return (line,)
    key = "share_over" if least.get("share_strict") else "share_at_least"
    return line, say.fill(key, share=say.percent(told.body["share"] or product), least=say.percent(float(minimum)))


def _between(told: Told, links: Sequence[Hop]) -> list[str]:
    return [told.node(hop["to"]).name for hop in links[:-1]]
