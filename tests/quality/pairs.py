"""The labelled pairs as they are committed, read for measuring."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tests.quality.making import Entity
from tests.quality.material import HERE


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two records and what a careful clerk says of them."""

    id: str
    category: str
    group: str
    split: str
    same: bool
    left: Entity
    right: Entity

    @property
    def people(self) -> bool:
        return self.group != "organization"


def read(split: str | None = None) -> Iterator[Labelled]:
    """All pairs, or those of one split, file by file."""
    for path in sorted(HERE.glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            for line in file:
                pair = Labelled(**json.loads(line))
                if split is None or pair.split == split:
                    yield pair
