"""A list screened for one viewer: the whole answer is in memory, everyone in it stands in the audit log, then it is handed out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from app.lists.answers import ASKED, Answer, answers, shown
from app.lists.reading import ListTable
from app.lists.workbook import ListWorkbook
from app.screener import Screener
from graph.client import Graph

MOST_ROWS = 5000
"""Rows of one request: some ten seconds. Longer lists are for `sverka screen-list`."""
MOST_BYTES = 10 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Served:
    """A list with its answers."""

    table: ListTable
    answers: Sequence[Answer]

    def workbook(self, screener: Screener, site: str) -> bytes:
        """The answer as xlsx."""
        made = io.BytesIO()
        book = ListWorkbook(made, self.table, screener.language, site)
        book.add(self.answers)
        book.close()
        return made.getvalue()


def serve(graph: Graph, screener: Screener, table: ListTable) -> Served:
    """Screen all rows within what the viewer may see, and log whom the answer shows."""
    found = [one for some in answers(table, lambda entities: screener.screen(graph, entities, ASKED)) for one in some]
    screener.shows(shown(found))
    return Served(table, found)
