"""The scene: looks of nodes and edges, closed hubs, the strongest path, days on which something changes."""

from __future__ import annotations

from domain.dates import FOREVER
from domain.spans import ALWAYS, UNKNOWN_START, Span
from visualizations.chain import Family, SourceLink
from visualizations.scene import Bundle, SceneEdge, SceneNode, Subgraph, scene

PEOPLE = (SceneNode("a", "Хайруллин А. Р.", Family.OFFICIAL, "контрактный управляющий"), SceneNode("b", "Сафин Т. М.", Family.PERSON))
MARRIED = Span(20040807, 20040807, FOREVER, FOREVER)


def look(*edges: SceneEdge, **more: object) -> dict[str, object]:
    return dict(scene(Subgraph(PEOPLE, edges, **more)))  # type: ignore[arg-type]


def test_note_is_the_second_line() -> None:
    first, second = scene(Subgraph(PEOPLE))["nodes"]
    assert first["label"] == "Хайруллин А. Р.\nконтрактный управляющий"
    assert second["label"] == "Сафин Т. М."
    assert first["classes"] == "official"


def test_a_hypothesis_is_dashed_and_ends_in_a_question() -> None:
    guess = SceneNode("c", "Сафин Р. М.", Family.PERSON, hypothesis=True)
    edge = SceneEdge("e", "a", "c", "вероятно, брат", UNKNOWN_START, hypothesis=True)
    drawn = scene(Subgraph((*PEOPLE, guess), (edge,)))
    assert drawn["nodes"][2]["name"] == "Сафин Р. М.?"
    assert "hypothesis" in drawn["nodes"][2]["classes"]
    assert drawn["edges"][0]["label"] == "вероятно, брат?"


def test_only_the_strongest_path_is_hot() -> None:
    edges = (SceneEdge("e1", "a", "b", "муж", MARRIED), SceneEdge("e2", "a", "b", "сосед", ALWAYS))
    drawn = scene(Subgraph(PEOPLE, edges, path=("e1", "gone")))
    assert [edge["classes"] for edge in drawn["edges"]] == ["hot", ""]
    assert drawn["path"] == ["e1"]
    assert all("path" in node["classes"] for node in drawn["nodes"])


def test_a_hub_is_a_closed_disc_with_its_number() -> None:
    drawn = scene(Subgraph(PEOPLE, bundles=(Bundle("a", "events", 148, "договоров"), Bundle("a", "shared", 0, "никого"))))
    disc = drawn["nodes"][-1]
    assert (disc["family"], disc["count"], disc["owner"], disc["kind"]) == ("hub", 148, "a", "events")
    assert len(drawn["nodes"]) == 3
    assert drawn["edges"][-1]["classes"] == "tether"


def test_an_edge_to_what_is_not_shown_is_left_out() -> None:
    assert look(SceneEdge("e", "a", "elsewhere", "?", ALWAYS))["edges"] == []


def test_changes_are_known_days_with_taller_ticks_where_more_changes() -> None:
    edges = (
        SceneEdge("e1", "a", "b", "муж", MARRIED),
        SceneEdge("e2", "a", "b", "доля", Span(20140314, 20140314, 20250511, 20250511)),
        SceneEdge("e3", "a", "b", "пост", Span(20140314, 20140314, FOREVER, FOREVER)),
        SceneEdge("e4", "a", "b", "год", Span(20100101, 20101231, FOREVER, FOREVER)),
    )
    drawn = scene(Subgraph(PEOPLE, edges))["changes"]
    assert [change["day"] for change in drawn] == [20040807, 20140314, 20250511]
    assert max(drawn, key=lambda change: change["height"])["day"] == 20140314


def test_dates_are_told_where_they_are_exact_and_sources_go_along() -> None:
    edge = SceneEdge("e", "a", "b", "муж", MARRIED, (SourceLink("ЗАГС", "zags:1"),))
    drawn = scene(Subgraph(PEOPLE, (edge,)))["edges"][0]
    assert (drawn["start"], drawn["end"]) == ("2004-08-07", None)
    assert drawn["sources"] == [{"label": "ЗАГС", "record": "zags:1"}]
    assert drawn["span"] == [20040807, 20040807, FOREVER, FOREVER]
