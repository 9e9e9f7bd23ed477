"""Rows as the expected files of samples write them, and where the samples are."""

import json
from pathlib import Path
from typing import Any

from domain.records import Note, Record, Reject, Row
from ingest.open import open_all
from ingest.stage import stage

SAMPLES = Path(__file__).parent / "samples"


def as_line(row: Row) -> dict[str, Any]:
    """One row without what changes with the place of the repository or the wording of a sentence."""
    if isinstance(row, Record):
        if row.deleted:
            return {"id": row.id, "deleted": True}
        extract = {"extract": [row.extract.scope, row.extract.issued, list(row.extract.changes)]} if row.extract else {}
        return {"id": row.id, "schema": row.schema, "properties": {name: list(values) for name, values in row.properties.items()}} | extract
    if isinstance(row, Reject):
        return {"reject": row.reason, "line": row.place.line}
    assert isinstance(row, Note)
    return {"note": row.code, "line": row.place.line, "text": row.message_ru}


def inputs() -> list[Path]:
    """Every sample's input."""
    return sorted(SAMPLES.glob("*/input*"))


def expected(sample: Path) -> Path:
    """The file beside an input that holds what it must give: `input-x.csv` and `expected-x.jsonl`."""
    return sample.with_name(sample.stem.replace("input", "expected") + ".jsonl")


def dump(rows: list[dict[str, Any]]) -> str:
    """Rows as lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def read(path: Path, format: str = "auto", **choices: Any) -> tuple[str, list[Row]]:
    """The format's name and the staged rows of the one file at a path."""
    found = [(file.format_name, list(stage(file.rows()))) for file in open_all([path], format=format, **choices)]
    assert len(found) == 1
    return found[0]


def reasons(rows: list[Row]) -> list[str]:
    """The reason codes of the rejects, in order."""
    return [row.reason for row in rows if isinstance(row, Reject)]


def records(rows: list[Row], *schemata: str) -> list[Record]:
    """The records, of these schemata if any are named."""
    return [row for row in rows if isinstance(row, Record) and (not schemata or row.schema in schemata)]
