"""`python -m tests.quality.measure`: judges the labelled pairs; prints figures, shows errors of the split that may be seen, writes docs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator

from screening.entities import compare, read_entity, told

from tests.quality.figures import Figures, Judged, by_category, by_group, calibration_error, figures
from tests.quality.making import Entity
from tests.quality.pairs import Labelled, read


def judge(pairs: Iterable[Labelled]) -> Iterator[Judged]:
    """The pairs as `sverka compare` judges them; what raises is said to be a match, where it must not be one, and none where it must."""
    for pair in pairs:
        try:
            answer = told(compare(read_entity(pair.left, "left"), read_entity(pair.right, "right")), "en")
        except Exception as error:  # noqa: BLE001 - whatever is raised is an error of judgement here
            yield Judged(pair, float(not pair.same), f"raised {type(error).__name__}")
            continue
        yield Judged(pair, float(answer["probability"]), str(answer["grade"]))


def table(judged: list[Judged]) -> str:
    """All figures as text."""
    people = [one for one in judged if one.pair.people]
    organizations = [one for one in judged if not one.pair.people]
    rows = [("people", figures(people)), ("organizations", figures(organizations))]
    rows += [(f"names: {group}", got) for group, got in by_group(judged).items()]
    rows += sorted(by_category(judged).items(), key=lambda row: row[1].f1)
    lines = [f"{'':34}{'pairs':>6}{'precision':>11}{'recall':>8}{'F1':>8}{'false alarms per 1,000':>24}"]
    lines += [_row(name, got) for name, got in rows]
    parts = {"people": people, "organizations": organizations, "all": judged}
    lines.append("calibration error: " + ", ".join(f"{name} {calibration_error(part):.4f}" for name, part in parts.items()))
    return "\n".join(lines)


def _row(name: str, got: Figures) -> str:
    return f"{name:34}{got.pairs:>6}{got.precision:>11.3f}{got.recall:>8.3f}{got.f1:>8.3f}{got.alarms_per_1000:>24.1f}"


def errors(judged: list[Judged], most: int) -> Iterator[str]:
    """The worst errors of each category, in its own paragraph."""
    rooms: dict[str, list[Judged]] = {}
    for one in judged:
        if one.wrong:
            rooms.setdefault(one.pair.category, []).append(one)
    for category, wrong in sorted(rooms.items(), key=lambda room: -len(room[1])):
        yield f"\n{category}: {len(wrong)} wrong"
        for one in wrong[:most]:
            label = f"{one.pair.id} is {'SAME' if one.pair.same else 'different'}, said {one.probability:.2f} {one.grade}"
            yield f"  {label}: {_shown(one.pair.left)}  ||  {_shown(one.pair.right)}"


def _shown(entity: Entity) -> str:
    facts = {name: values[0] if len(values) == 1 else values for name, values in entity["properties"].items() if name != "name"}
    related = [dict(one["properties"]) for one in entity.get("related", ())]
    said = [json.dumps(part, ensure_ascii=False) for part in (facts, related) if part]
    return " ".join((str(entity["properties"]["name"][0])[:80], *said))


def main() -> None:
    """Print the table; examples of errors only of the split `fit`: nobody tunes on what judges."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.measure")
    parser.add_argument("--split", choices=("fit", "judge"), default="judge")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N errors of each category (split fit only)")
    chosen = parser.parse_args()
    if chosen.errors and chosen.split == "judge":
        parser.error("errors are shown of the split fit only: --split fit")
    judged = list(judge(read(chosen.split)))
    sys.stdout.write(table(judged) + "\n")
    for line in errors(judged, chosen.errors) if chosen.errors else ():
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
