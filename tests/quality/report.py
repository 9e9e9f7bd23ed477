"""`python -m tests.quality.report`, which is `make quality`: measures, writes docs/quality.md and the figures that must not fall."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from tests.quality import build
from tests.quality.candidates import CROWD, LIMIT, Recall, recall
from tests.quality.figures import GROUPS, Figures, Judged, by_category, calibration, calibration_error, figures
from tests.quality.material import HERE
from tests.quality.measure import judge
from tests.quality.pairs import Labelled, read

PAGE = HERE.parents[1] / "docs" / "quality.md"
RATCHET = HERE / "figures.json"
PEERS, LINKING = HERE / "peers.json", HERE / "linking_peer.json"
TIMES = 10
"""How many times as many pairs of different people tell the two name groups apart as the set itself has: its own are too few."""


def main() -> None:
    """Write both files."""
    judged = list(judge(read("judge")))
    more = list(judge(Labelled(**entity) for entity in build.more("judge", TIMES)))
    RATCHET.write_text(json.dumps(ratchet(judged, more), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(judged, more, recall()), encoding="utf-8")


def ratchet(judged: Sequence[Judged], more: Sequence[Judged]) -> dict[str, Any]:
    """The figures that must not fall: shares to three places, and the wrong answers of each category."""
    people, organizations = parts(judged)
    return {
        "people": _rounded(figures(people)),
        "organizations": _rounded(figures(organizations)),
        "calibration_error": {"people": round(calibration_error(people), 4), "organizations": round(calibration_error(organizations), 4)},
        "false_alarms_per_1000": {group: round(got.alarms_per_1000, 1) for group, got in of_groups(more).items()},
        "wrong": {name: got.misses + got.alarms for name, got in sorted(by_category(judged).items())},
    }


def _rounded(got: Figures) -> dict[str, float]:
    return {"precision": round(got.precision, 3), "recall": round(got.recall, 3), "f1": round(got.f1, 3)}


def parts(judged: Iterable[Judged]) -> tuple[list[Judged], list[Judged]]:
    """People and organizations."""
    rooms: tuple[list[Judged], list[Judged]] = ([], [])
    for one in judged:
        rooms[not one.pair.people].append(one)
    return rooms


def of_groups(more: Sequence[Judged]) -> dict[str, Figures]:
    """Russian and Tatar names among the further pairs."""
    return {group: figures(one for one in more if one.pair.group == group) for group in GROUPS}


def page(judged: Sequence[Judged], more: Sequence[Judged], candidates: Sequence[Recall]) -> str:
    """docs/quality.md."""
    people, organizations = parts(judged)
    peers = json.loads(PEERS.read_text(encoding="utf-8"))
    everything = list(read())
    rates = sorted(got.alarms_per_1000 for got in of_groups(more).values())
    return (
        (HERE / "report.md")
        .read_text(encoding="utf-8")
        .format(
            pairs=f"{len(everything):,}",
            people=f"{sum(pair.people for pair in everything):,}",
            organizations=f"{sum(not pair.people for pair in everything):,}",
            categories=len({pair.category for pair in everything}),
            city=sum(pair.category == "city_corrupted" for pair in everything),
            figures=_figures({"people": figures(people), "organizations": figures(organizations)}),
            ece_people=calibration_error(people),
            ece_organizations=calibration_error(organizations),
            ece_all=calibration_error(judged),
            bins="\n".join(
                f"| {place / 10:.1f}–{(place + 1) / 10:.1f} | {count} | {said:.3f} | {was:.3f} |"
                for place, (count, said, was) in enumerate(calibration(judged))
            ),
            more=f"{len(more):,}",
            groups=_alarms(of_groups(more)),
            ratio=rates[1] / rates[0] if rates[0] else float("inf") if rates[1] else 1.0,
            peers=_peers(peers, people, organizations),
            peer_words=_peer_words(peers),
            linking=_linking(json.loads(LINKING.read_text(encoding="utf-8"))),
            table=_table(judged, peers),
            errors=_errors(judged),
            limit=LIMIT,
            crowd=f"{CROWD:,}",
            candidates=_candidates(candidates),
            city_page="[quality-city.md](quality-city.md)",
        )
    )


def _figures(rows: dict[str, Figures]) -> str:
    head = "| | pairs | precision | recall | F1 | false alarms per 1,000 |\n|---|---:|---:|---:|---:|---:|\n"
    return head + "\n".join(
        f"| {name} | {got.pairs:,} | {got.precision:.3f} | {got.recall:.3f} | **{got.f1:.3f}** | {got.alarms_per_1000:.1f} |"
        for name, got in rows.items()
    )


def _alarms(rows: dict[str, Figures]) -> str:
    head = "| names | pairs | false alarms | per 1,000 | standard deviation |\n|---|---:|---:|---:|---:|\n"
    return head + "\n".join(
        f"| {name} | {got.pairs:,} | {got.alarms} | {got.alarms_per_1000:.1f} | {got.alarms_deviation:.1f} |" for name, got in rows.items()
    )


def _peers(peers: dict[str, Any], people: list[Judged], organizations: list[Judged]) -> str:
    head = "| matcher | people: F1 at 0.5 | at its best threshold | ECE | organizations: F1 at 0.5 | at its best threshold | ECE |\n"
    lines = ["|---|---:|---:|---:|---:|---:|---:|", _peer("Sverka", _own(people), _own(organizations))]
    lines += [_peer(f"{name} {got['version']}", got["people"], got["organizations"]) for name, got in peers.items()]
    return head + "\n".join(lines)


def _own(judged: list[Judged]) -> dict[str, Any]:
    return {"at_0.5": {"f1": figures(judged).f1}, "calibration_error": calibration_error(judged)}


def _peer(name: str, people: dict[str, Any], organizations: dict[str, Any]) -> str:
    cells = [name]
    for got in (people, organizations):
        best = f"{got['at_best']['f1']:.3f} ({got['best_threshold']:.2f})" if "at_best" in got else "the same"
        cells += [f"{got['at_0.5']['f1']:.3f}", best, f"{got['calibration_error']:.3f}"]
    return f"| {' | '.join(cells)} |"


def _peer_words(peers: dict[str, Any]) -> str:
    days = ", ".join(
        f"{name} {got['version']} on {got['date']}, {got['pairs_per_second']:,.0f} pairs a second" for name, got in peers.items()
    )
    return (
        f"Measured by `python -m benchmarks.peers`: {days}.\n"
        "logic-v2 runs in its default configuration. Splink gets surname, given name and patronymic apart, numbers, contacts and\n"
        "dates, and learns m and u from the labels of `fit`, with a prior of one half. Neither reads the records that refer to a person\n"
        "(employments, declarations): most of the distance in `declarations_*`. Their best thresholds are those of `fit`."
    )


def _linking(peer: dict[str, Any]) -> str:
    return (
        f"Linking {peer['records']:,} records (residents of a synthetic city and damaged copies of their records), without labels:\n"
        f"Splink {peer['version']} reaches F1 {peer['f1']:.3f} at its best threshold (precision {peer['precision']:.3f}, recall"
        f" {peer['recall']:.3f})\nin {peer['processor_seconds']:.0f} s of processor ({peer['date']}, "
        "`python -m benchmarks.peer_splink_linking`)"
        "; `make bench ARGS=linking` prints ours beside it."
    )


def _table(judged: Sequence[Judged], peers: dict[str, Any]) -> str:
    names = list(peers)
    lines = [f"| category | pairs | F1 | precision | recall | {' | '.join(names)} |", f"|---|---:|---:|---:|---:|{'---:|' * len(names)}"]
    for category, got in sorted(by_category(judged).items()):
        others = " | ".join(
            f"{found['f1_at_best']:.3f}" if found else "–" for found in (peers[name]["categories"].get(category) for name in names)
        )
        lines.append(f"| {category} | {got.pairs} | {got.f1:.3f} | {got.precision:.3f} | {got.recall:.3f} | {others} |")
    return "\n".join(lines)


def _errors(judged: Sequence[Judged]) -> str:
    worst = sorted(by_category(judged).items(), key=lambda row: (row[1].f1, row[0]))[:6]
    return "\n".join(
        f"- `{name}`: {got.misses} of {got.hits + got.misses} missed, {got.alarms} of {got.alarms + got.refusals} taken for one."
        for name, got in worst
    )


def _candidates(rows: Sequence[Recall]) -> str:
    judged = [row for row in rows if row.split == "judge"]
    lines = []
    for title, organizations in (("people", False), ("organizations", True)):
        some = [row for row in judged if row.category.startswith("org_") == organizations]
        asked, found = sum(row.asked for row in some), sum(row.found for row in some)
        behind = ", ".join(f"`{row.category}` {row.share:.1%}" for row in sorted(some, key=lambda row: row.share) if row.share < 0.995)
        lines.append(f"- {title}: {found / asked:.2%} of {asked:,}" + (f"; below 99.5 %: {behind}" if behind else ""))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
