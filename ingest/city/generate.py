"""The one door to the synthetic city: people, bodies, firms and events are made, conflicts planted, files written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from domain.errors import UsageError
from ingest.city.bodies import Municipality
from ingest.city.circumstances import SOURCE, Circumstances
from ingest.city.corruption import Corruption
from ingest.city.events import Events
from ingest.city.feed_files import FeedFiles, write
from ingest.city.firms import Economy
from ingest.city.kin import Kin
from ingest.city.names import load
from ingest.city.ordinary import ordinary
from ingest.city.people import TODAY, People, populate
from ingest.city.personnel_files import PersonnelFile
from ingest.city.plans import Purchases
from ingest.city.plans_service import Service, declare_household
from ingest.city.planting import Planter
from ingest.city.procurement_files import ProcurementFiles
from ingest.city.register_files import RegisterFiles
from ingest.city.slips import spelling_slips

SMALLEST = 500
Progress = Callable[[str, float], None]
"""Called with the name of the step (in Russian) and the part of the work that is done, 0 to 1."""


@dataclass(slots=True)
class CitySummary:
    """What was written."""

    people: int
    bodies: int
    employees: int
    firms: int
    contracts: int
    tenders: int
    applications: int
    truth: dict[str, int] = field(default_factory=dict)
    """Lines of truth.jsonl by rule and outcome: `R-06 fired`."""
    files: list[str] = field(default_factory=list)
    """Paths below the folder, in the order of sources.json."""


def generate(people: int, seed: int, out: Path, progress: Progress | None = None, *, corrupted: bool = False) -> CitySummary:
    """Write a city of that many people to a folder; the same numbers give the same bytes.

    `corrupted`: records of people are damaged as offices damage them; the registers of the tax service stay clean.
    Beside the sources stand `sources.json` (path, format, name and kind of each) and `truth.jsonl`, which is no source.
    """
    if people < SMALLEST:
        raise UsageError(f"В городе не меньше {SMALLEST} жителей.", f"A city has at least {SMALLEST} people.")
    say = progress or (lambda _step, _part: None)
    chance = Random(seed)
    names = load()
    times = max(1, min(8, people // 3000))
    spare = 4 * times + 4

    say("Жители", 0.0)
    residents = People(chance, names, seed)
    populate(residents, people, spare)
    say("Органы и учреждения", 0.15)
    kin = Kin(residents)
    municipality = Municipality(residents, kin, chance, spare)
    municipality.build()
    say("Организации", 0.3)
    economy = Economy(residents, municipality, chance)
    economy.build()
    events = Events(residents, municipality, economy, chance)
    say("Подложенные связи", 0.4)
    planter = Planter(events, iter(residents.all[people - spare : people]))
    Service(planter).plant(times)
    Purchases(planter).plant(times)
    spelling_slips(planter)
    declare_household(planter)
    say("Договоры и заявления", 0.5)
    events.build()

    out.mkdir(parents=True, exist_ok=True)
    summary = CitySummary(
        len(residents),
        len(municipality.bodies),
        len(municipality.jobs),
        len(economy.firms),
        len(events.deals),
        len(events.tenders),
        len(events.requests),
    )
    _write(out, planter, events, Circumstances(seed, times), summary, say, Corruption(seed, names) if corrupted else None)
    say("Готово", 1.0)
    return summary


def _write(
    out: Path,
    planter: Planter,
    events: Events,
    beside: Circumstances,
    summary: CitySummary,
    say: Progress,
    corruption: Corruption | None,
) -> None:
    listed: list[dict[str, str]] = []

    def add(path: str, form: str, name: str, kind: str) -> None:
        listed.append({"path": path, "format": form, "source": name, "kind": kind})

    say("Реестры налоговой службы", 0.6)
    RegisterFiles(events.economy, events.municipality).write(out)
    add("egrul", "egrul", "egrul", "egrul")
    add("egrip", "egrip", "egrip", "egrul")
    say("Кадры", 0.7)
    PersonnelFile(events.municipality, planter.extras, events.people.names, events.chance, corruption).write(out / "hr.xlsx")
    add("hr.xlsx", "hr", "hr", "hr")
    say("Закупки", 0.75)
    files = ProcurementFiles(events)
    files.write_csv(out / "contracts44fz")
    add("contracts44fz", "contracts-csv", "contracts44fz", "procurement")
    files.write_xml(out / "fz223")
    add("fz223", "eis223", "fz223", "procurement")
    feeds = FeedFiles(events, planter.extras)
    for place, (stem, (kind, lines)) in enumerate(feeds.sources().items()):
        say(f"Лента {stem}", 0.8 + place * 0.017)
        write(out / f"{stem}.jsonl", corruption.lines(stem, lines()) if corruption else lines())
        add(f"{stem}.jsonl", "feed", stem, kind)
    write(out / f"{SOURCE}.jsonl", beside.lines)
    add(f"{SOURCE}.jsonl", "feed", SOURCE, "other")
    common = list(ordinary(planter))
    write(out / "truth.jsonl", [*feeds.truth(), *beside.truth, *common])
    (out / "sources.json").write_text(
        json.dumps({"as_of": TODAY.isoformat(), "sources": listed}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    summary.files = [one["path"] for one in listed]
    for line in [*planter.extras.truth, *beside.truth, *common]:
        key = f"{line['rule']} {line['outcome']}"
        summary.truth[key] = summary.truth.get(key, 0) + 1
