"""Communities and closed circles from the graph: stored with stable names, masked where they must be, on both engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from graph.client import Graph
from queries.analysis.circles import read_circles
from queries.analysis.community_read import community_of, get_community, list_communities
from queries.analysis.community_run import refresh_communities

from tests.access_setup import add_signed_user, client_of, make_app, sign_in
from tests.engines.graph_fixture import graph
from tests.engines.world import World

__all__ = ["graph"]


def _line(key: str, schema: str, **properties: str) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": {name: [value] for name, value in properties.items()}}


def _contract(n: int, firm: str, amount: str = "500000") -> list[dict[str, Any]]:
    return [
        _line(f"c{n}", "Contract", authority="school", title=f"Договор {n}", amount=amount, contractDate=f"2025-0{n}-10", law="44-fz"),
        _line(f"a{n}", "ContractAward", supplier=firm, contract=f"c{n}"),
    ]


FAMILY = [
    _line("oleg", "Person", name="Орлов Олег Юрьевич", birthDate="1975-03-03"),
    _line("vera", "Person", name="Орлова Вера Павловна", birthDate="1976-04-04"),
    _line("w", "Family", person="oleg", relative="vera", relationship="жена", startDate="2000-01-01"),
    _line("school", "PublicBody", name="МБОУ «Школа № 901»", bodyKind="institution"),
    _line("post", "Employment", employee="oleg", employer="school", post="head", startDate="2015-01-01"),
    _line("one", "Company", name="ООО «Весна»", innCode="0012345673"),
    _line("two", "Company", name="ООО «Осень»"),
    _line("o1", "Ownership", owner="vera", asset="one", percentage="60", startDate="2018-01-01"),
    _line("o2", "Ownership", owner="vera", asset="two", percentage="100", startDate="2018-01-01"),
]
STRANGERS = [
    _line(f"s{n}", "Person", name=f"Сторонний {name} Петрович", birthDate=f"198{n}-01-01")
    for n, name in enumerate(["Иван", "Пётр", "Павел", "Глеб"])
]
CLUB = [
    _line("club", "Organization", name="Клуб «Волна»"),
    *(_line(f"m{n}", "Membership", member=f"s{n}", organization="club", role="member") for n in range(4)),
]


def test_what_belongs_together_keeps_its_name_and_is_told_with_its_money(graph: Graph, tmp_path: Path) -> None:
    world = World(graph)
    contracts = [line for n, firm in enumerate(["one", "two", "one", "two"], 1) for line in _contract(n, firm)]
    world.ingest("city", [*FAMILY, *contracts, *STRANGERS, *CLUB], "hr")
    world.check()
    found = refresh_communities(graph, world.clock.now())
    assert found.modularity > 0.2
    first = list_communities(graph, 10)[0]
    assert first.body["money_inside"] == pytest.approx(2_000_000)
    assert first.body["share_inside"] == pytest.approx(1.0)
    assert {one["id"] for one in first.body["officials"]} == {"oleg"}
    assert {"oleg", "vera", "school", "one", "two"} <= {one["id"] for one in first.body["members"]}
    assert community_of(graph, "Person", ["city:oleg", "city:s1"]).keys() == {"city:oleg", "city:s1"}

    club = community_of(graph, "Person", ["city:s1"])["city:s1"]
    late = _line("late", "Person", name="Поздний Степан Ильич", birthDate="1990-01-01")
    world.ingest("city", [late, _line("m9", "Membership", member="late", organization="club", role="member")], "hr")
    world.check()
    refresh_communities(graph, world.clock.now())
    again = get_community(graph, club)
    assert again.body["change"] == {"new": False, "joined": ["city:late"], "left": [], "joined_count": 1, "left_count": 0}
    assert len(graph.read("MATCH (:Person {id: 'city:oleg'})-[:IN_COMMUNITY]->(c) RETURN c.id AS id")) == 1

    (circle,) = read_circles(graph)
    assert set(circle.firms) == {"city:one", "city:two"}
    assert (circle.turns, circle.alternating, circle.share) == (3, True, 1.0)
    _over_http(make_app(graph, tmp_path), first.body["id"])


def _over_http(app: Any, community: str) -> None:
    add_signed_user(app.state.wiring.desk, "officer1", ["officer"])
    with client_of(app) as client:
        client.headers.update(sign_in(client, "officer1"))
        page = _get(client, "/communities")
        assert page["communities"][0]["id"] == community
        assert "Орлов" not in str(page)
        assert "2 000 000" in page["communities"][0]["text"]
        assert client.get(f"/api/v1/communities/{community}").status_code == 428
        card = _get(client, f"/communities/{community}", **{"X-Purpose": "case 1-2026"})
        assert "Орлов Олег Юрьевич" in {one["name"] for one in card["official_members"]}
        assert [one["alternating"] for one in _get(client, "/communities/circles")["circles"]] == [True]
        assert client.get("/api/v1/communities/c-nothing", headers={"X-Purpose": "case 1-2026"}).status_code == 404


def _get(client: TestClient, path: str, **headers: str) -> Any:
    answer = client.get(f"/api/v1{path}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()
