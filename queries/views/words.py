"""The words by which search finds things, kept in step with names: the step of the check that writes, and how a query is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from graph.client import Graph, Transaction
from screening.names.folding import fold_patronymic, fold_word

BATCH = 1000
_WORD = re.compile(r"\w+")
_LABELS = ("Person", "Organization", "Event")
_EVERYTHING = "MATCH (n:%s) RETURN n.id AS id"
_NODES = "UNWIND $ids AS id MATCH (n:%s {id: id}) RETURN id AS id, n.words AS words, n.first AS first, n.patronymic AS patronymic"
_HELD = "UNWIND $ids AS id MATCH (n:%s {id: id})-[:HAS_WORD]->(w:Word) RETURN id AS id, collect(w.id) AS words"
_MERGE = "UNWIND $words AS word MERGE (w:Word {id: word})"
_HOLD = "UNWIND $rows AS row MATCH (n:%s {id: row.id}), (w:Word {id: row.word}) CREATE (n)-[:HAS_WORD]->(w)"
_DROP = "UNWIND $rows AS row MATCH (n:%s {id: row.id})-[h:HAS_WORD]->(w:Word {id: row.word}) DELETE h"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query: as written, and as surnames and given names are folded."""

    raw: str
    surname: str
    given: str

    def starts(self) -> tuple[str, ...]:
        """What a Word may begin with to be meant."""
        return tuple(dict.fromkeys((self.surname, self.raw)))


def tokens(text: str) -> list[Token]:
    """The words of a query, each once, at most eight."""
    found = dict.fromkeys(_WORD.findall(text.lower().replace("ё", "е")))
    return [Token(raw, fold_word(raw, "surname"), fold_word(raw, "given")) for raw in list(found)[:8]]


def given_names(words: Iterable[str]) -> Iterator[str]:
    """The Words «given name patronymic» that neighbouring words of a query may be."""
    for one, other in pairwise(words):
        yield f"{fold_word(one, 'given')} {fold_patronymic(other)}"


def refresh_words(graph: Graph, changed: Mapping[str, Iterable[str]] | None) -> int:
    """Bring the words of these nodes (label → ids) up to date, None: of all; the number of nodes looked at."""
    done = 0
    for label in _LABELS:
        ids = {row["id"] for row in graph.stream(_EVERYTHING % label)} if changed is None else set(changed.get(label, ()))
        ordered = sorted(ids)
        for start in range(0, len(ordered), BATCH):
            batch = ordered[start : start + BATCH]
            graph.transact(lambda tx, label=label, batch=batch: _refresh(tx, label, batch))  # type: ignore[misc]
            done += len(batch)
    return done


def _refresh(tx: Transaction, label: str, ids: list[str]) -> None:
    held = {row["id"]: set(row["words"]) for row in tx.run(_HELD % label, ids=ids)}
    wanted = {row["id"]: set(words_of(label, row)) for row in tx.run(_NODES % label, ids=ids)}
    gone = [{"id": one, "word": word} for one, words in held.items() for word in sorted(words - wanted.get(one, set()))]
    new = [{"id": one, "word": word} for one, words in wanted.items() for word in sorted(words - held.get(one, set()))]
    if gone:
        tx.run(_DROP % label, rows=gone)
    if new:
        tx.run(_MERGE, words=sorted({row["word"] for row in new}))
        tx.run(_HOLD % label, rows=new)


def words_of(label: str, row: Mapping[str, Any]) -> Iterator[str]:
    """The Words of a node. A given name alone finds nobody among a million: it is held together with the patronymic."""
    words = str(row["words"] or "").split()
    if label != "Person":
        yield from (word.replace("ё", "е") for word in words)
        return
    first, patronymic = str(row["first"] or ""), str(row["patronymic"] or "")
    inner = {fold_word(part, "given") for part in first.split()} | {part for text in (first, patronymic) for part in _plain(text)}
    yield from {fold_word(word, "surname") for word in words if word not in inner}
    if first and patronymic:
        yield f"{fold_word(first, 'given')} {fold_patronymic(patronymic)}"


def _plain(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("ё", "е"))
