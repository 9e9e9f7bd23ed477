"""Settings: the environment's names, defaults, and what production refuses."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings, read_settings
from app.wiring import graph_settings
from domain.errors import UsageError

SAFE = {"production": True, "public_url": "https://sverka.example"}


def test_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = str(tmp_path)
    given = {"GRAPH": "neo4j://db:7687", "GRAPH_USER": "u", "GRAPH_PASSWORD": "p", "HOME": home, "RULES_DIR": home}
    for name, value in given.items():
        monkeypatch.setenv(f"SVERKA_{name}", value)
    found = read_settings()
    assert (found.home, found.rules_dir) == (tmp_path, tmp_path)
    door = graph_settings(found)
    assert (door.engine, door.address, door.auth) == ("neo4j", "neo4j://db:7687", ("u", "p"))
    assert "password='p'" not in repr(found)


def test_defaults(tmp_path: Path) -> None:
    found = Settings(home=tmp_path)
    assert graph_settings(found).directory == tmp_path / "graph"
    assert (found.policy.idle, found.cookies_secure) == (timedelta(minutes=15), False)
    assert Settings(public_url="https://x.example").cookies_secure
    with pytest.raises(ValidationError):
        found.home = tmp_path


@pytest.mark.parametrize(("extra", "said"), [
    ({"graph": "neo4j://db"}, "SVERKA_GRAPH_PASSWORD"),
    ({"graph": "neo4j://db", "graph_password": "neo4jneo4j"}, "SVERKA_GRAPH_PASSWORD"),
    ({"graph": "bolt://u:short@db"}, "SVERKA_GRAPH_PASSWORD"),
    ({"graph": "bolt://db", "graph_password": "aaaaaaaaaaaaaaaa"}, "SVERKA_GRAPH_PASSWORD"),
    ({"secure_cookies": False}, "SVERKA_SECURE_COOKIES"),
    ({"public_url": "http://sverka.example"}, "SVERKA_PUBLIC_URL"),
    ({"session_minutes": 30}, "SVERKA_SESSION_MINUTES"),
])  # fmt: skip
def test_production_refuses(extra: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Settings.model_validate(SAFE | extra)


def test_production_starts_when_safe() -> None:
    found = Settings.model_validate(SAFE | {"graph": "neo4j+s://db", "graph_password": "k7Fq-own-secret"})
    assert found.cookies_secure


def test_a_wrong_setting_is_said_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVERKA_SESSION_MINUTES", "soon")
    with pytest.raises(UsageError, match="SVERKA_SESSION_MINUTES"):
        read_settings()
    monkeypatch.setenv("SVERKA_SESSION_MINUTES", "15")
    monkeypatch.setenv("SVERKA_PRODUCTION", "1")
    with pytest.raises(UsageError, match="SVERKA_PUBLIC_URL"):
        read_settings()


def test_every_setting_is_in_the_docs_as_described() -> None:
    page = (Path(__file__).parents[4] / "docs" / "settings.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"| `SVERKA_{name.upper()}` | {field.description} |" in page
