"""Lists at the desk: a table read for its columns, screened with the caller's eyes, answered on a page or as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from app.access.audit_chain import Entry
from app.access.guard import Reading
from app.desk.eyes import Eyes
from app.lists.answers import Answer, remark
from app.lists.reading import ListTable, read_list, words
from app.lists.served import MOST_ROWS, Served, serve
from app.screener import Screener
from app.web.listing import ListAnswer, ListColumn, ListHit, ListRead
from screening.verdicts import Language

SHOWN = 200
SAMPLES = 3


def read(content: bytes, name: str, chosen: Mapping[int, str], language: str) -> ListRead:
    """How the table is read."""
    table = _table(content, name, chosen)
    spoken = "en" if language == "en" else "ru"
    samples = {
        number: [row.cells[number] for row in table.rows[:SAMPLES] if number < len(row.cells)] for number in range(len(table.headers))
    }
    columns = tuple(
        ListColumn(header, table.fields.get(number, ""), tuple(cell[:80] for cell in samples[number] if cell))
        for number, header in enumerate(table.headers)
    )
    return ListRead(columns, {name: said[spoken] for name, said in words()["fields"].items()}, len(table.rows), len(table.bad))


def answer(eyes: Eyes, content: bytes, name: str, chosen: Mapping[int, str]) -> ListAnswer:
    """What was found, rows with a match first shown in the list's own order."""
    screener, served = _served(eyes, content, name, chosen)
    grades = Counter("wrong" if one.wrong else str(one.best.verdict.grade) if one.best else "nobody" for one in served.answers)
    told = [one for one in served.answers if one.best or one.wrong][:SHOWN]
    return ListAnswer(tuple(_hit(one, served.table, screener.language) for one in told), len(served.answers), dict(grades))


def workbook(eyes: Eyes, content: bytes, name: str, chosen: Mapping[int, str], site: str) -> bytes:
    """The answer as xlsx."""
    screener, served = _served(eyes, content, name, chosen)
    return served.workbook(screener, site)


def _served(eyes: Eyes, content: bytes, name: str, chosen: Mapping[int, str]) -> tuple[Screener, Served]:
    eyes.need("match.run")
    eyes.need_open()
    line = Entry(eyes.viewer.actor, "person.use", "lists", str(eyes.caller.purpose or ""), "allowed")
    screener = Screener(Reading(eyes.viewer, eyes.office.log, "person.use", (line,)))
    return screener, serve(eyes.graph, screener, _table(content, name, chosen))


def _table(content: bytes, name: str, chosen: Mapping[int, str]) -> ListTable:
    return read_list(content, name, MOST_ROWS).with_fields(chosen)


def _hit(one: Answer, table: ListTable, language: Language) -> ListHit:
    said = ", ".join(one.row.cells[number] for number in sorted(table.fields) if number < len(one.row.cells) and one.row.cells[number])
    best = one.best
    if best is None:
        return ListHit(one.row.line, said, "", "", "", None, "", 0, remark(one, language))
    verdict = best.verdict
    why = verdict.explain(language)
    first = best.ids[0] if best.ids else best.node
    return ListHit(one.row.line, said, first, best.caption, str(verdict.grade), verdict.probability, why, len(one.hits) - 1)
