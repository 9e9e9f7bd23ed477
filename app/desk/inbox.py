"""The inbox: four piles, counted by trays for the whole city and finding by finding for a unit, paged by due day and gravity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time

from app.desk.eyes import Eyes
from app.desk.rows import read_held, rows_of
from app.web.values import Inbox, InboxQuery, Progress, Tab
from app.web.words import ZONE
from cases.piles import Piles, read_piles
from cases.trays import CLARIFY, DONE, HANDED, OPEN, SEVERITIES, Tray, read_tray
from queries.views.page import decode, encode

PAGE = 50
_IN_TRAYS = """
UNWIND $units AS unit
MATCH (:Organization {id: unit})<-[f:FOR_UNIT]-()
WHERE f.tray IN $trays
RETURN DISTINCT f.finding AS id, f.tray AS tray
"""
_IN_TRAY = "MATCH (x:Finding {tray: $tray}) WHERE $after IS NULL OR x.id > $after RETURN x.id AS id ORDER BY x.id LIMIT $limit"
_OWN = "UNWIND $ids AS id MATCH (:Person {id: id})<-[:ON_PERSON]-(x:Finding) RETURN DISTINCT x.id AS id, x.tray AS tray"
_DECIDED = "MATCH (d:Decision {by: $by}) WHERE d.at >= $since AND d.undone_at IS NULL RETURN count(DISTINCT d.finding) AS n"
_STATUSES = "UNWIND $ids AS id MATCH (x:Finding {id: id}) RETURN x.status AS status"
_LAST = "MATCH (c:Check {id: 'last'}) RETURN c.at AS at"
_SOURCES = "MATCH (s:Source) RETURN count(s) AS n"
_BODIES = "UNWIND $units AS unit MATCH (o:Organization {id: unit}) RETURN count(DISTINCT o.id) AS n"
_ALL_BODIES = "MATCH (o:Organization) WHERE o.schema = 'PublicBody' AND coalesce(o.body_kind, '') <> 'commission' RETURN count(o) AS n"


def waiting(eyes: Eyes) -> int:
    """How many findings of the caller's units wait for a decision."""
    eyes.need("findings.read")
    return sum(n for tray, n in read_piles(eyes.graph, eyes.units).items() if in_tab(eyes, tray, Tab.UNIT))


def inbox(eyes: Eyes, query: InboxQuery) -> Inbox:
    """One page of a pile."""
    eyes.need("findings.read")
    piles = read_piles(eyes.graph, eyes.units)
    own = _own(eyes)
    counts = {tab: sum(n for tray, n in piles.items() if in_tab(eyes, tray, tab)) for tab in Tab}
    mine_but_own = [key for key in own.values() if in_tab(eyes, read_tray(key), Tab.MINE)]
    counts[Tab.MINE] -= len(mine_but_own)
    here = {tray: n for tray, n in piles.items() if in_tab(eyes, tray, query.tab)}
    rules, severities = _tallied(here)
    wanted = sorted((tray for tray in here if _asked(tray, query)), key=lambda tray: tray.order)
    skipped = set(own) if query.tab is Tab.MINE else set()
    page, following = _page(eyes, piles, wanted, query.cursor, skipped)
    found = read_held(eyes, page)
    if eyes.open:
        eyes.saw(*(one.row["official"] for one in found if one.id not in own), result="shown:list")
    return Inbox(
        rows=rows_of(eyes, found),
        counts=counts,
        rules=rules,
        severities=severities,
        progress=_progress(eyes, piles, own) if query.tab is Tab.MINE and not query.cursor else None,
        scope=eyes.viewer.unit_name or str(eyes.say.get("whole_city")),
        bodies=_bodies(eyes),
        checked_at=_checked_at(eyes),
        sources=int(eyes.graph.read(_SOURCES)[0]["n"]),
        next_cursor=following,
        masked=not eyes.open and any(row.lead for row in rows_of(eyes, found[:1])),
    )


def in_tab(eyes: Eyes, tray: Tray, tab: Tab) -> bool:
    """Mine: what I have taken, and what nobody has if it is mine to decide. Unit: all that waits. Settled: all that is done."""
    if tab is Tab.MINE:
        free = not tray.assignee and eyes.viewer.can("findings.decide")
        return tray.pile == OPEN and tray.severity != "INFO" and (tray.assignee == eyes.viewer.name or free)
    if tab is Tab.UNIT:
        return tray.pile in (OPEN, CLARIFY, HANDED)
    return tray.pile == (CLARIFY if tab is Tab.CLARIFY else DONE)


def _asked(tray: Tray, query: InboxQuery) -> bool:
    return query.rule in (None, tray.rule) and query.severity in (None, tray.severity)


def _tallied(here: dict[Tray, int]) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    rules: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    for tray, n in here.items():
        rules[tray.rule] += n
        severities[tray.severity] += n
    return tuple(sorted(rules.items())), tuple((one, severities[one]) for one in SEVERITIES if severities[one])


def _page(eyes: Eyes, piles: Piles, trays: Sequence[Tray], cursor: str | None, skipped: set[str]) -> tuple[list[str], str | None]:
    """Ids of one page, tray after tray. The cursor names the last one shown, so nothing repeats when others come and go."""
    place = decode(cursor, (str, str))
    last = read_tray(place[0]) if place else None
    ahead = [tray for tray in trays if last is None or tray.order >= last.order]
    found: list[tuple[Tray, str]] = []
    for tray, one in _walk(eyes, piles, ahead, last, place[1] if place else None):
        if one not in skipped:
            found.append((tray, one))
        if len(found) > PAGE:
            break
    following = encode(found[PAGE - 1][0].id, found[PAGE - 1][1]) if len(found) > PAGE else None
    return [one for _, one in found[:PAGE]], following


def _walk(eyes: Eyes, piles: Piles, trays: Sequence[Tray], last: Tray | None, after: str | None) -> Iterator[tuple[Tray, str]]:
    """Findings of these trays in order, behind `after` in the tray `last`."""
    if eyes.units is None:
        for tray in trays:
            rows = eyes.graph.read(_IN_TRAY, tray=tray.id, after=after if tray == last else None, limit=PAGE + 1)
            yield from ((tray, row["id"]) for row in rows)
        return
    for some in _enough(piles, trays):
        keys = {tray.id: tray for tray in some}
        rows = eyes.graph.read(_IN_TRAYS, units=eyes.units, trays=list(keys)) if keys else []
        for tray, one in sorted(((keys[row["tray"]], row["id"]) for row in rows), key=lambda pair: (pair[0].order, pair[1])):
            if tray != last or after is None or one > after:
                yield tray, one


def _enough(piles: Piles, trays: Iterable[Tray]) -> Iterator[list[Tray]]:
    """Trays in bunches that hold at least a page each."""
    bunch: list[Tray] = []
    for tray in trays:
        bunch.append(tray)
        if sum(piles[one] for one in bunch) > PAGE:
            yield bunch
            bunch = []
    if bunch:
        yield bunch


def _own(eyes: Eyes) -> dict[str, str]:
    """Findings on the caller himself or his kin: id → tray."""
    if not eyes.circle:
        return {}
    return {row["id"]: row["tray"] for row in eyes.graph.read(_OWN, ids=sorted(eyes.circle)) if row["tray"]}


def _progress(eyes: Eyes, piles: Piles, own: dict[str, str]) -> Progress | None:
    if not eyes.viewer.can("findings.decide"):
        return None
    today = eyes.office.today
    midnight = datetime.combine(today, time.min, ZONE).astimezone(eyes.office.clock.now().tzinfo)
    done = int(eyes.graph.read(_DECIDED, by=eyes.viewer.name, since=midnight.isoformat())[0]["n"])
    due = [tray for tray in piles if in_tab(eyes, tray, Tab.MINE) and tray.day and tray.day <= today.isoformat()]
    left = sum(piles[tray] for tray in due) - sum(read_tray(key) in due for key in own.values())
    taken = [tray for tray in piles if tray.pile == OPEN and tray.assignee == eyes.viewer.name]
    ids = [one for _, one in _walk(eyes, piles, taken, None, None)]
    waiting_for = sum(row["status"] == "NOTICE_REQUESTED" for row in eyes.graph.read(_STATUSES, ids=ids)) if ids else 0
    return Progress(done, done + max(0, left), waiting_for, len(ids))


def _bodies(eyes: Eyes) -> int:
    if eyes.units is None:
        return int(eyes.graph.read(_ALL_BODIES)[0]["n"])
    return max(0, int(eyes.graph.read(_BODIES, units=eyes.units)[0]["n"]) - 1) if eyes.units else 0


def _checked_at(eyes: Eyes) -> datetime | None:
    rows = eyes.graph.read(_LAST)
    return datetime.fromisoformat(rows[0]["at"]) if rows else None
