"""`python -m tests.quality.build`: makes the labelled pairs anew from the tables beside it; the same tables give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.quality import org_pairs, people_city, people_facts, people_hostile, people_names, people_records
from tests.quality.making import CATEGORIES, Category, Entity, Maker
from tests.quality.material import HERE, SPLITS, load

SEED = 20261125
_ROOMS = (people_names, people_facts, people_records, people_hostile, people_city, org_pairs)
_SHARES = {"russian": 0.42, "tatar": 0.42, "mixed": 0.16}


def files() -> dict[str, Path]:
    """The data files by the module that makes their pairs."""
    return {room.__name__.rpartition(".")[2]: HERE / f"{room.__name__.rpartition('.')[2]}.jsonl" for room in _ROOMS}


def lines() -> Iterator[tuple[str, str]]:
    """The module's name and a line, category by category."""
    taken: dict[tuple[str, ...], str] = {}
    for kind in CATEGORIES.values():
        room = kind.make.__module__.rpartition(".")[2]
        for line in _category(kind, taken):
            yield room, line


def _category(kind: Category, taken: dict[tuple[str, ...], str]) -> Iterator[str]:
    weights = {group: _SHARES.get(group, 1.0) for group in kind.groups}
    total = sum(weights.values())
    number = 0
    for split in SPLITS:
        for group, weight in weights.items():
            for same in (True, False):
                share = kind.same_share if same else 1 - kind.same_share
                wanted = max(1, round(kind.pairs / 2 * weight / total * share))
                at = Maker(Random(f"{SEED} {kind.name} {split} {group} {same}"), load(), split, group, taken, SEED)
                seen: set[str] = set()
                for _ in range(wanted * 20):
                    if len(seen) == wanted:
                        break
                    at.used.clear()
                    left, right = kind.make(at, same)
                    body = _json({"left": left, "right": right})
                    if body in seen:
                        continue
                    seen.add(body)
                    taken |= dict.fromkeys(at.used, split)
                    number += 1
                    head = {"id": f"{kind.name}-{number}", "category": kind.name, "group": group, "split": split, "same": same}
                    yield _json(head | {"left": left, "right": right})


def _json(value: Entity) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    """Write the files."""
    out = {name: path.open("w", encoding="utf-8", newline="\n") for name, path in files().items()}
    for room, line in lines():
        out[room].write(f"{line}\n")
    for file in out.values():
        file.close()


if __name__ == "__main__":
    main()
