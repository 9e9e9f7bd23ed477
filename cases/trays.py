"""Which tray a finding lies in, and how many lie there: what makes an inbox of 100,000 findings cheap to count and to page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.client import Transaction

OPEN, CLARIFY, HANDED, DONE, TRIAL = "open", "clarify", "handed", "done", "trial"
_PILES: Mapping[str, str] = {
    "NEED_DATA": CLARIFY,
    "SELF_INTEREST_REASSIGN": HANDED,
    **dict.fromkeys(("SETTLED", "FALSE_POSITIVE", "NO_CONFLICT", "EXECUTED", "CLOSED"), DONE),
}
SEVERITIES = ("BLOCK", "HIGH", "MEDIUM", "LOW", "INFO")
_UNDATED = "9999"

_READ = """
UNWIND $ids AS id
MATCH (x:Finding {id: id})
RETURN x.id AS id, x.status AS status, x.severity AS severity, x.rule AS rule, x.assignee AS assignee, x.due_on AS due_on,
       x.trial AS trial, x.tray AS tray, x.recorded_at AS recorded_at
"""
_MOVE = "UNWIND $rows AS row MATCH (x:Finding {id: row.id}) SET x.tray = row.tray, x.unfiled = false"
# A body's findings are counted over its edges alone: they are small, a finding with its evidence is not.
_MARK = "UNWIND $rows AS row MATCH (x:Finding {id: row.id})-[f:FOR_UNIT]->() SET f.tray = row.tray, f.finding = row.id"
_COUNT = "UNWIND $rows AS row MERGE (t:Tray {id: row.id}) SET t.n = coalesce(t.n, 0) + row.n"
_EMPTY = "UNWIND $ids AS id MATCH (t:Tray {id: id}) WHERE t.n <= 0 DELETE t"


@dataclass(frozen=True, slots=True)
class Tray:
    """The key of a tray. `day`: due day, or for what is done the day on which it was done; empty without one."""

    pile: str
    day: str
    severity: str
    rule: str
    assignee: str

    @property
    def id(self) -> str:
        """The stored key."""
        return f"{self.pile}|{self.day}|{self.severity}|{self.rule}|{self.assignee}"

    @property
    def order(self) -> tuple[Any, ...]:
        """Sorts by day, undated last, then the gravest; what is done the latest first."""
        day = self.day or _UNDATED
        place = SEVERITIES.index(self.severity) if self.severity in SEVERITIES else len(SEVERITIES)
        return ([-ord(sign) for sign in day] if self.pile == DONE else day, place, self.rule, self.assignee, self.pile)


def read_tray(key: str) -> Tray:
    """The tray of a stored key."""
    return Tray(*key.split("|", 4))


def tray_of(row: Mapping[str, Any]) -> Tray:
    """Where a finding belongs as it stands."""
    pile = TRIAL if row["trial"] else _PILES.get(row["status"], OPEN)
    day = str(row["recorded_at"])[:10] if pile == DONE else row["due_on"] or ""
    return Tray(pile, day, row["severity"], row["rule"], row["assignee"] or "")


def put_away(tx: Transaction, ids: Iterable[str]) -> None:
    """Move findings to where they belong now and count them there; in the transaction that changed them."""
    rows = tx.run(_READ, ids=sorted(set(ids)))
    moved = [{"id": row["id"], "tray": key} for row in rows if (key := tray_of(row).id) != row["tray"]]
    counts: Counter[str] = Counter()
    for row in rows:
        key = tray_of(row).id
        if row["tray"] != key:
            counts[key] += 1
            if row["tray"]:
                counts[row["tray"]] -= 1
    still = [{"id": row["id"], "tray": row["tray"]} for row in rows if row["tray"] == tray_of(row).id]
    if moved or still:
        tx.run(_MOVE, rows=[*moved, *still])
        tx.run(_MARK, rows=[*moved, *still])
    changed = [(key, n) for key, n in sorted(counts.items()) if n]
    if changed:
        tx.run(_COUNT, rows=[{"id": key, "n": n} for key, n in changed])
        tx.run(_EMPTY, ids=[key for key, n in changed if n < 0])
