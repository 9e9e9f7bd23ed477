"""Search: masked hits of people in reach, organizations and events."""

from __future__ import annotations

from app.desk.eyes import Eyes
from app.desk.nodes import chain_node, read_nodes, ref_node
from app.web.values import SearchHit, SearchResults
from queries.views.search import search as find


def search(eyes: Eyes, text: str, kind: str | None, cursor: str | None) -> SearchResults:
    """One page of hits. What was searched for is not logged: nobody is opened here."""
    eyes.need("people.list" if kind == "people" else "entities.read")
    found = find(eyes.graph, text, kind=kind, units=eyes.units, cursor=cursor)
    people = eyes.viewer.can("people.list")
    nodes = read_nodes(eyes, {hit.node.node for hit in found.hits})
    hits = tuple(
        SearchHit(
            chain_node(eyes, nodes.get(hit.node.node) or ref_node(hit.node), full=False if hit.node.label == "Person" else None),
            hit.node.schema,
            eyes.say.of("matched", hit.matched) if hit.matched != "name" else "",
            hit.findings if eyes.viewer.can("findings.read") else 0,
        )
        for hit in found.hits
        if people or hit.node.label != "Person"
    )
    return SearchResults(hits, found.counts if people else {**found.counts, "people": 0}, found.next_cursor)
