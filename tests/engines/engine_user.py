"""A process that uses an embedded graph, for the tests of several processes: `python -m tests.engines.engine_user DIR WORD`.

`write` creates numbered nodes one after another and prints each number after it was acknowledged; `hold` prints the engine's pid and
waits for a line on stdin; `race` merges the same keys as its siblings.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from graph.client import Graph, open_graph
from graph.embedded import LOCK_FILE
from graph.settings import GraphSettings


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _write(graph: Graph) -> None:
    number = 0
    while True:
        graph.write("CREATE (:Written {n: $n, text: $text})", n=number, text="ж" * 500)
        _say(number)
        number += 1


def _hold(graph: Graph, directory: Path) -> None:
    _say(json.loads((directory / LOCK_FILE).read_text())["pid"])
    sys.stdin.readline()
    _say(graph.read("RETURN 1 AS one")[0]["one"])


def _race(graph: Graph) -> None:
    for number in range(30):
        graph.write("UNWIND $ids AS id MERGE (k:Raced {id: id}) SET k.n = coalesce(k.n, 0) + 1", ids=[f"k{number}", f"k{number + 1}"])


def main(directory: Path, word: str) -> None:
    """Do what the word says."""
    with open_graph(GraphSettings(f"embedded:{directory}", heap="512m")) as graph:
        if word == "write":
            _write(graph)
        elif word == "hold":
            _hold(graph, directory)
        else:
            _race(graph)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
