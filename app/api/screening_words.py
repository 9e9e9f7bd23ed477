"""The words of screening for programs (screening.yaml): features, types and properties, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from domain.yaml_text import load_yaml


@cache
def words() -> Mapping[str, Any]:
    """Everything that screening.yaml says."""
    loaded: Mapping[str, Any] = load_yaml(Path(__file__).with_name("screening.yaml").read_text(encoding="utf-8"))
    return loaded


def feature_docs(language: str) -> dict[str, dict[str, Any]]:
    """What is compared, as yente documents a matcher."""
    return {name: {"description": said[language], "coefficient": 1.0} for name, said in words()["features"].items()}
