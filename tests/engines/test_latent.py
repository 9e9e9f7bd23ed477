"""Conflicts that are one contract away: listed before the event, with what would complete them; dates and shares to the day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.client import Graph
from queries.analysis.latent import Latent, read_latent

from tests.access_setup import add_signed_user, client_of, make_app, sign_in
from tests.engines.graph_fixture import graph
from tests.engines.world import World

__all__ = ["graph"]

TODAY = 20260115


def _line(key: str, schema: str, **properties: str) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": {name: [value] for name, value in properties.items()}}


LINES = [
    _line("oleg", "Person", name="Орлов Олег Юрьевич", birthDate="1975-03-03", gender="male"),
    _line("vera", "Person", name="Орлова Вера Павловна", birthDate="1976-04-04", gender="female"),
    _line("igor", "Person", name="Снегов Игорь Павлович", birthDate="1978-04-04", gender="male"),
    _line("w", "Family", person="oleg", relative="vera", relationship="жена", startDate="2000-01-01"),
    _line("b", "Family", person="vera", relative="igor", relationship="брат"),
    _line("school", "PublicBody", name="МБОУ «Школа № 901»", bodyKind="institution"),
    _line(
        "post", "Employment", employee="oleg", employer="school", post="head", role="директор", startDate="2015-01-01", service="employee"
    ),
    _line("firm", "Company", name="ООО «Весна»", innCode="0012345673"),
    _line("o1", "Ownership", owner="vera", asset="firm", percentage="60", startDate="2018-01-01"),
    _line("shop", "Company", name="ООО «Осень»"),
    _line("o2", "Ownership", owner="igor", asset="shop", percentage="100", startDate="2018-01-01", endDate="2025-06-01"),
    _line("c1", "Contract", authority="school", title="Ремонт", amount="500000", contractDate="2024-03-01", law="44-fz", okpd2="43.39.11"),
    _line("stranger", "Company", name="ООО «Зима»"),
    _line("a1", "ContractAward", supplier="stranger", contract="c1"),
    _line("other", "PublicBody", name="МБУ «Парк»", bodyKind="institution"),
    _line("c2", "Contract", authority="other", title="Ремонт", amount="300000", contractDate="2024-05-01", law="44-fz", okpd2="43.39.19"),
    _line("a2", "ContractAward", supplier="firm", contract="c2"),
]


def _pairs(found: list[Latent]) -> dict[tuple[str, str, str], Latent]:
    return {(one.official, one.firm, one.body): one for one in found}


def test_listed_before_it_happens_and_completed_by_the_contract(graph: Graph, tmp_path: Path) -> None:
    world = World(graph)
    world.ingest("city", LINES, "hr")
    world.check()
    assert world.findings() == []

    found = _pairs(read_latent(graph, TODAY))
    assert found.keys() == {("city:oleg", "city:firm", "city:school")}
    one = found["city:oleg", "city:firm", "city:school"]
    assert (one.kin, one.relative, one.tie, one.share, one.powers) == ("S", "city:vera", "STAKE", 0.6, ("head",))
    assert one.rules == ("R-04", "R-05")
    assert {reason.name for reason in one.reasons} == {"same_class", "sells", "decides", "controls"}
    assert "43.39" in next(reason for reason in one.reasons if reason.name == "same_class").text("ru")

    # The brother-in-law's firm was his until 1 June 2025: listed the day before, not on the day.
    assert _pairs(read_latent(graph, 20250531))["city:oleg", "city:shop", "city:school"].rules == ("R-06",)
    assert ("city:oleg", "city:shop", "city:school") not in _pairs(read_latent(graph, 20250601))
    # Not before the post, nor before the share.
    assert ("city:oleg", "city:firm", "city:school") not in _pairs(read_latent(graph, 20171231))

    event = [
        _line(
            "c3",
            "Contract",
            authority="school",
            title="Краска",
            amount="90000",
            contractDate="2026-01-12",
            law="44-fz",
            singleSupplierItem="4",
        ),
        _line("a3", "ContractAward", supplier="firm", contract="c3"),
    ]
    world.ingest("city", event, "hr")
    world.check()
    assert [body["rule"] for body in world.findings()] == ["R-05"]
    _over_http(make_app(graph, tmp_path))


def _over_http(app: Any) -> None:
    add_signed_user(app.state.wiring.desk, "officer1", ["officer"])
    with client_of(app) as client:
        client.headers.update(sign_in(client, "officer1"))
        page = client.get("/api/v1/latent", params={"as_of": "2026-01-15"}).json()
        assert page["total"] == 1
        (row,) = page["latent"]
        assert "Орлов Олег" not in str(page)
        assert row["firm"]["name"] == "ООО «Весна»"
        assert "R-05" in row["text"]
        assert client.get("/api/v1/latent", params={"as_of": "2026-01-15", "unit": "other"}).json()["total"] == 0
