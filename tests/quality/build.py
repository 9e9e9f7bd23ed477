"""`python -m tests.quality.build`: makes the labelled pairs anew from the tables beside it; the same tables give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.quality import org_offices, org_pairs, people_city, people_facts, people_hostile, people_mixed, people_names, people_records
from tests.quality.making import CATEGORIES, Category, Entity, Maker, Pair
from tests.quality.material import HERE, SPLITS, load

SEED = 20261125
_ROOMS = (people_names, people_facts, people_records, people_hostile, people_city, org_pairs, people_mixed, org_offices)
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


def more(split: str, times: int) -> Iterator[Entity]:
    """Further pairs of different people, many times as many, of the categories that have Russian and Tatar names alike."""
    for kind in CATEGORIES.values():
        if {"russian", "tatar"} <= set(kind.groups):
            for group in ("russian", "tatar"):
                at = Maker(Random(f"{SEED} more {kind.name} {split} {group}"), load(), split, group, {}, SEED)
                wanted = round(kind.pairs / 2 * _SHARES[group] * (1 - kind.same_share) * times)
                for number, (left, right) in enumerate(_pairs(kind, at, wanted, same=False)):
                    head = {"id": f"{kind.name}-{group}-{number}", "category": kind.name, "group": group, "split": split, "same": False}
                    yield head | {"left": left, "right": right}


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
                for left, right in _pairs(kind, at, wanted, same=same):
                    number += 1
                    head = {"id": f"{kind.name}-{number}", "category": kind.name, "group": group, "split": split, "same": same}
                    yield _json(head | {"left": left, "right": right})


def _pairs(kind: Category, at: Maker, wanted: int, *, same: bool) -> Iterator[Pair]:
    """So many pairs, no two alike; fewer where the category has no more."""
    seen: set[str] = set()
    for _ in range(wanted * 20):
        if len(seen) == wanted:
            return
        at.used.clear()
        left, right = kind.make(at, same)
        body = _json({"left": left, "right": right})
        if body not in seen:
            seen.add(body)
            at.taken |= dict.fromkeys(at.used, at.split)
            yield left, right


def _json(value: Entity) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    """Write the files, each at once: others may be reading them."""
    made: dict[str, list[str]] = {name: [] for name in files()}
    for room, line in lines():
        made[room].append(f"{line}\n")
    for room, path in files().items():
        path.write_text("".join(made[room]), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
