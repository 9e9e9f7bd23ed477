"""Pairs of entities judged line by line: one after another, or by several processes that keep the order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from multiprocessing.pool import AsyncResult
from typing import Any

import orjson

from app.commands.lines import loaded
from domain.batches import batches
from domain.errors import InputError
from screening.entities import REMEMBERED, Entity, compare, read_entity, remarks_of, told
from screening.verdicts import Language

AT_ONCE = 250
"""Lines that one process takes at a time."""
_FEW = 2_000
"""Lines up to which a second process is not worth its start."""
_MOST = 8
_SHORT = 2_000
"""Bytes up to which an entity is remembered."""
_AHEAD = 3
"""Lists of lines that are read ahead for each process: a file of any length takes no more memory than these."""
_CAN_FORK = sys.platform == "linux"


def shared_out(lines: Iterator[bytes], language: Language) -> Iterator[bytes]:
    """The answers in the order of the lines, many rendered lines at a time; of long inputs every processor takes its share."""
    first = list(islice(lines, _FEW))
    workers = min(len(os.sched_getaffinity(0)), _MOST) if _CAN_FORK else 1
    if len(first) < _FEW or workers < 2:
        yield from (rendered(some, language) for some in batches(chain(first, lines), AT_ONCE))
        return
    yield rendered(first[:AT_ONCE], language)  # dictionaries are loaded before the others branch off
    lines = chain(first[AT_ONCE:], lines)
    with multiprocessing.get_context("fork").Pool(workers, _begin) as pool:
        waiting: deque[AsyncResult[bytes]] = deque()
        for some in batches(lines, AT_ONCE):
            waiting.append(pool.apply_async(rendered, (some, language)))
            if len(waiting) > _AHEAD * workers:
                yield waiting.popleft().get()
        while waiting:
            yield waiting.popleft().get()


def _begin() -> None:
    """Ctrl-C reaches every process of the terminal; the parent ends the others. Dictionaries are no garbage to look through."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def rendered(lines: Iterable[bytes], language: Language) -> bytes:
    """The answers to some lines, a line of JSON each."""
    return b"".join(orjson.dumps(judged(line, language)) + b"\n" for line in lines)


def judged(line: bytes, language: Language) -> dict[str, Any]:
    """The answer to one line; to a bad one, what is wrong with it."""
    try:
        one, two = _pair(loaded(line))
        left, right = _side(one, "left"), _side(two, "right")
        verdict = compare(left, right)
    except InputError as error:
        return {"error": error.message_ru if language == "ru" else error.message_en}
    return told(verdict, language, remarks_of(left, right, language))


def _side(value: Any, name: str) -> Entity:
    """Files of candidates name the same entity again and again: it is read once."""
    text = orjson.dumps(value)
    return _remembered(text, name) if len(text) <= _SHORT else read_entity(value, name)


@lru_cache(maxsize=REMEMBERED)
def _remembered(text: bytes, name: str) -> Entity:
    return read_entity(orjson.loads(text), name)


def _pair(value: Any) -> tuple[Any, Any]:
    if not isinstance(value, dict) or "left" not in value or "right" not in value:
        raise InputError('Нужна строка {"left": …, "right": …}.', 'A line {"left": …, "right": …} is wanted.')
    return value["left"], value["right"]
