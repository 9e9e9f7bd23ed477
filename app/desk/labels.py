"""Links to source records, named as a clerk names them: «ЗАГС, запись 1182», «ЕГРЮЛ на 11.05.2025», «анкета, лист 3»."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.desk.eyes import Eyes
from graph.values import Row
from visualizations.chain import SourceLink

HAND = "hand"
"""The source of what is entered by hand."""
_LONGEST_ID = 14
"""A longer id is made by a reader, not by the source: the place in the file says more."""
_RECORDS = """
UNWIND $keys AS key
MATCH (r:Record {key: key})
RETURN r.key AS key, r.id AS id, r.source AS source, r.schema AS schema, r.issued AS issued, r.line AS line,
       CASE WHEN r.source = $hand THEN r.payload ELSE null END AS payload
"""
_KINDS = "MATCH (s:Source) RETURN s.name AS name, s.kind AS kind"


@dataclass(slots=True)
class Labels:
    """Source links of one answer: ask for many keys at once, then take them one by one."""

    eyes: Eyes
    _known: dict[str, SourceLink] = field(default_factory=dict)
    _kinds: dict[str, str] | None = None

    def read(self, keys: Iterable[str | None]) -> None:
        """Read the records that are not known yet."""
        wanted = sorted({key for key in keys if key and key not in self._known})
        if not wanted:
            return
        if self._kinds is None:
            self._kinds = {row["name"]: row["kind"] or "other" for row in self.eyes.graph.read(_KINDS)}
        for row in self.eyes.graph.read(_RECORDS, keys=wanted, hand=HAND):
            self._known[row["key"]] = SourceLink(self._label(row), row["key"])

    def link(self, key: str | None, source: str | None = None) -> SourceLink:
        """The link of a record; where it is gone, the name of its source alone."""
        if key and key not in self._known:
            self.read([key])
        return self._known.get(key or "") or SourceLink(self.source_word(source or (key or "").split(":", 1)[0]))

    def links(self, keys: Iterable[str]) -> tuple[SourceLink, ...]:
        """The links of several records."""
        wanted = list(dict.fromkeys(keys))
        self.read(wanted)
        return tuple(self.link(key) for key in wanted)

    def source_word(self, source: str) -> str:
        """«ЗАГС» for a source of that kind, else the source's own name."""
        if self._kinds is None:
            self._kinds = {row["name"]: row["kind"] or "other" for row in self.eyes.graph.read(_KINDS)}
        return self.eyes.say.of("source", self._kinds.get(source, "other")) or source

    def _label(self, row: Row) -> str:
        say = self.eyes.say
        if row["source"] == HAND:
            summary = next(iter(json.loads(row["payload"]).get("summary", ())), "") if row["payload"] else ""
            return say.fill("by_hand", document=summary) if summary else str(say.get("by_hand_bare"))
        source = self.source_word(row["source"])
        if row["issued"]:
            return say.fill("extract", source=source, day=say.w.day(row["issued"]))
        if len(row["id"]) > _LONGEST_ID:
            return say.fill("line", source=source, n=row["line"])
        return say.fill("entry", source=source, id=row["id"])
