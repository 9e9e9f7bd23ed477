"""Writes the graph for other tools: FtM JSON Lines, GraphML, or two CSV files."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

import orjson

from domain.errors import CannotOpen
from graph.client import Graph
from queries.views.export import EDGE_COLUMNS, NODE_COLUMNS, edges, ftm_entities, nodes

Progress = Callable[[str, int], None]
FORMATS = ("ftm", "graphml", "csv")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML 1.0 cannot hold in any spelling."""
_FORMULA = re.compile(r"[=@\t\r]|[+-](?!\d+(?:\.\d+)?$)")
"""How a cell begins that a spreadsheet would run instead of show."""
_EDGE_DATA = ("id", *EDGE_COLUMNS[3:])
_GRAPHML = {"amount": "double", "share_lo": "double", "share_hi": "double", "derived": "boolean", "official": "boolean"}


def write_ftm(graph: Graph, out: BinaryIO, progress: Progress) -> int:
    """One entity a line; their number."""
    count = 0
    for entity in ftm_entities(graph):
        out.write(orjson.dumps(entity) + b"\n")
        count += 1
        progress("export", 1)
    return count


def write_graphml(graph: Graph, out: BinaryIO, progress: Progress) -> int:
    """A directed graph with typed attributes; the number of nodes and edges."""
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for kind, columns in (("node", NODE_COLUMNS[1:]), ("edge", _EDGE_DATA)):
        for name in columns:
            line = f' <key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{_GRAPHML.get(name, "string")}"/>\n'
            out.write(line.encode())
    out.write(b' <graph id="sverka" edgedefault="directed">\n')
    count = 0
    for node in nodes(graph):
        out.write(f"  <node id={_attribute(node['id'])}>{_data('node', node, NODE_COLUMNS[1:])}</node>\n".encode())
        count += 1
        progress("export", 1)
    for edge in edges(graph):
        ends = f"source={_attribute(edge['source'])} target={_attribute(edge['target'])}"
        out.write(f"  <edge {ends}>{_data('edge', edge, _EDGE_DATA)}</edge>\n".encode())
        count += 1
        progress("export", 1)
    out.write(b" </graph>\n</graphml>\n")
    return count


def write_csv(graph: Graph, folder: Path, progress: Progress) -> int:
    """`nodes.csv` and `edges.csv` in the folder; the number of rows."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, columns, rows in (("nodes", NODE_COLUMNS, nodes(graph)), ("edges", EDGE_COLUMNS, edges(graph))):
        with written(folder / f"{name}.csv") as out, io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True) as text:
            table = csv.writer(text)
            table.writerow(columns)
            for row in rows:
                table.writerow([_cell(row[column]) for column in columns])
                count += 1
                progress("export", 1)
    return count


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A file for the owner alone that takes its place when it is whole; a broken export leaves what was there before."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                yield file
                if not file.closed:
                    file.flush()
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise CannotOpen(f"Не записывается {path}: {why}.", f"Cannot write {path}: {why}.") from problem


def _data(kind: str, row: Mapping[str, Any], columns: tuple[str, ...]) -> str:
    return "".join(
        f'<data key="{kind}_{name}">{escape(_FORBIDDEN.sub("", _text(row[name])))}</data>'
        for name in columns
        if row[name] not in (None, [])
    )


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("", text))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _cell(value: Any) -> str:
    text = "" if value is None else _text(value)
    return f"'{text}" if isinstance(value, str | list) and _FORMULA.match(text) else text
