"""The labelled pairs judged by nomenklatura's logic-v2 in its default configuration, without the related records."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

from tests.quality.making import Entity
from tests.quality.pairs import Labelled

_model = importlib.import_module("followthemoney").model
_logic = importlib.import_module("nomenklatura.matching").LogicV2


def score(_fit: Sequence[Labelled], pairs: Sequence[Labelled]) -> list[float]:
    """What logic-v2 says of each pair, 0 where it raises; it learns nothing from labels."""
    config = _logic.default_config()
    return [_score(pair, config) for pair in pairs]


def _score(pair: Labelled, config: Any) -> float:
    try:
        return float(_logic.compare(_proxy(pair.left, f"{pair.id}-left"), _proxy(pair.right, f"{pair.id}-right"), config).score)
    except Exception:  # noqa: BLE001 - a peer that raises on hostile input makes no match
        return 0.0


def _proxy(entity: Entity, key: str) -> Any:
    proxy = _model.make_entity(entity["schema"])
    proxy.id = key  # unlike for every record: names once analysed are kept by it
    for name, values in entity["properties"].items():
        if name in proxy.schema.properties:
            proxy.add(name, values, cleaned=False, quiet=True)
    return proxy
