"""Where the graph lives: what is understood and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import UsageError
from graph.settings import GraphSettings


def test_nothing_said_is_the_embedded_engine_at_home(tmp_path: Path) -> None:
    settings = GraphSettings(home=tmp_path)
    assert (settings.engine, settings.directory) == ("embedded", tmp_path / "graph")


def test_an_embedded_folder_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert GraphSettings("embedded:some/where").directory == tmp_path / "some" / "where"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert GraphSettings("embedded:~/graph").directory == tmp_path / "graph"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("neo4j://graph.local", "neo4j://graph.local"),
        ("neo4j+s://graph.local:7687", "neo4j+s://graph.local:7687"),
        ("bolt://127.0.0.1:7687/", "bolt://127.0.0.1:7687"),
        ("bolt+s://[::1]:7687", "bolt+s://[::1]:7687"),
        ("bolt://anna:p%40ss@host:1", "bolt://host:1"),
    ],
)
def test_a_bolt_address(url: str, address: str) -> None:
    assert (GraphSettings(url).engine, GraphSettings(url).address) == ("neo4j", address)


def test_user_and_password_come_from_the_fields_or_from_the_address() -> None:
    assert GraphSettings("bolt://anna:p%40ss@host:1").auth == ("anna", "p@ss")
    assert GraphSettings("bolt://anna:one@host:1", "boris", "two").auth == ("boris", "two")
    assert GraphSettings("bolt://host:1", password="two").auth == ("neo4j", "two")


@pytest.mark.parametrize(
    "url", ["embedded:", "http://host", "host:7687", "bolt://", "bolt://host:port", "bolt://host:99999", "bolt://host/db", "neo4j://h?a=b"]
)
def test_what_is_not_understood_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        GraphSettings(url)
    assert "bolt://" in refused.value.hint


def test_no_folder_at_all() -> None:
    with pytest.raises(UsageError):
        GraphSettings()


@pytest.mark.parametrize("heap", ["2", "2gb", "-1g", "0m", "2G"])
def test_a_heap_is_a_size(heap: str) -> None:
    with pytest.raises(UsageError):
        GraphSettings("bolt://host", heap=heap)


def test_no_password_is_ever_shown() -> None:
    assert "secret" not in repr(GraphSettings("bolt://host", "anna", "secret"))
    with pytest.raises(UsageError) as refused:
        GraphSettings("bolt://anna:secret@host/db")
    assert "secret" not in str(refused.value) + refused.value.message_ru
