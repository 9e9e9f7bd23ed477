"""The data files of the analyses, each read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from domain.yaml_text import load_yaml


@cache
def read_data(name: str) -> Mapping[str, Any]:
    """What `NAME.yaml` beside this module says."""
    read: Mapping[str, Any] = load_yaml(resources.files("queries.analysis").joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    return read
