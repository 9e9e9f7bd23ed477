"""Legal forms: found at either end of a name, in full, short, in Tatar, in Latin, in any case and with a typing error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from domain.errors import DefinitionError
from domain.yaml_text import load_yaml
from screening.orgs.letters import DATA, is_cyrillic, pieces
from screening.orgs.stems import stem

_DATA_FILE = Path(__file__).parent / "forms.yaml"
_DATA: dict[str, Any] = load_yaml(_DATA_FILE.read_text(encoding="utf-8"))

Words = tuple[str, ...]

_LONG = 3
"""Words from which a form is so long that it is nothing else, wherever it stands."""
_DIGITS = "23"
"""Stand behind a purpose that has several wordings (`О`, `О2`)."""
_SLIP_FROM = 7
"""Letters from which a word of a form may hold a typing error."""


class FormLevel(IntEnum):
    """How well two legal forms agree; more is better.

    SUCCESSOR: the one became the other by law or by a founder's decision (ОАО → ПАО, МБОУ → МАОУ). COMPATIBLE: one is not
    stated, or is the general kind of the other (МУ and МБУ).
    """

    DIFFERENT = 0
    SUCCESSOR = 1
    COMPATIBLE = 2
    EQUAL = 3


@dataclass(frozen=True, slots=True)
class Institution:
    """What an institution's acronym says: whose it is, its type (Б, А, К), its purpose (О, ДО …) and what follows «учреждение»."""

    owner: str
    type: str
    purpose: str
    tail: str


def split_form(words: Words) -> tuple[str, Words]:
    """The form's short word (empty where none is written) and the rest. A general form before another one gives way to it."""
    if len(words) == 1 and _FORMS.get(words) in _NEVER_LAST:
        return "", words  # «Союз» alone is a name
    form, rest = _at_start(words)
    if not form:
        form, rest = _at_end(words)
        return (form, rest) if form else _inside(words)
    if form in _NEVER_LAST and (behind := _FORMS.get(rest)):
        return behind, words[: len(words) - len(rest)]  # «Союз», ООО
    if form in _GENERAL and len(rest) > 1:
        closer, after = _at_start(rest)
        if closer and closer not in _GENERAL and after:
            return closer, after
    return form, rest


@lru_cache(maxsize=1 << 14)
def compare_forms(one: str, two: str) -> FormLevel:
    """The level at which two forms agree, both as `split_form` gives them."""
    if one == two:
        return FormLevel.EQUAL if one else FormLevel.COMPATIBLE
    if not one or not two or one in _GENERAL or two in _GENERAL:
        return FormLevel.COMPATIBLE
    if two in _KINDS_OF.get(one, ()) or one in _KINDS_OF.get(two, ()):
        return FormLevel.COMPATIBLE
    left, right = _INSTITUTIONS.get(one), _INSTITUTIONS.get(two)
    if left and right:
        return _compare_institutions(left, right)
    return FormLevel.SUCCESSOR if _SUCCESSORS.get(one, one) == _SUCCESSORS.get(two, two) else FormLevel.DIFFERENT


def _compare_institutions(one: Institution, two: Institution) -> FormLevel:
    """МУ and МБОУ may be one; МБОУ may have become МАОУ; МБОУ is no МБДОУ."""
    if one.owner != two.owner or (one.purpose and two.purpose and one.purpose != two.purpose):
        return FormLevel.DIFFERENT
    if one.tail and two.tail and one.tail != two.tail:
        return FormLevel.DIFFERENT
    return FormLevel.SUCCESSOR if one.type and two.type and one.type != two.type else FormLevel.COMPATIBLE


def _at_start(words: Words) -> tuple[str, Words]:
    for length in range(min(_LONGEST, len(words)), 0, -1):
        if form := _FORMS.get(words[:length]):
            return form, words[length:]
    stems = _stems(words[:_LONGEST])
    for length in range(min(_LONGEST, len(words)), 1, -1):
        if form := _STEMMED.get(stems[:length]):
            return form, words[length:]
    return "", words


def _at_end(words: Words) -> tuple[str, Words]:
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        if (form := _FORMS.get(words[-length:])) and (length > 1 or form not in _NEVER_LAST):
            return form, words[:-length]
    stems = _stems(words[-_LONGEST:])
    for length in range(min(_LONGEST, len(words) - 1), 1, -1):
        if form := _STEMMED.get(stems[-length:]):
            return form, words[:-length]
    return "", words


def _inside(words: Words) -> tuple[str, Words]:
    """A form among the words: beside a part («Казанский филиал ПАО «Связь»», «Связь, ПАО, филиал …»), or a long one before a place."""
    part = next((place for place, word in enumerate(words) if stem(word) in _BRANCH), len(words))
    if 1 < part < len(words):
        form, rest = _at_end(words[:part])
        if form:
            return form, rest + words[part:]
    for place in range(part + 1, len(words) - 1):
        form, rest = _at_start(words[place:])
        if form and rest:
            return form, words[:place] + rest
    stems = _stems(words)
    for place in range(1, len(words) - _LONG + 1):
        for length in range(min(_LONGEST, len(words) - place), _LONG - 1, -1):
            if (found := _STEMMED.get(stems[place : place + length])) is not None:
                return found, words[:place] + words[place + length :]
    return "", words


@lru_cache(maxsize=1 << 14)
def _form_stem(word: str) -> str:
    """The stem of a word, or of the form's word that it misspells by one letter (two in a long one)."""
    found = stem(word)
    if found in _STEMS or len(word) < _SLIP_FROM or not is_cyrillic(word):
        return found
    near = process.extractOne(found, _LONG_STEMS, scorer=OSA.distance, score_cutoff=2 if len(word) > 12 else 1)
    return str(near[0]) if near else found


def _stems(words: Words) -> Words:
    return tuple(_form_stem(word) for word in words)


def _acronyms() -> Iterator[tuple[str, Institution]]:
    """Institutions' acronyms that the grammar of their names gives: whose, of what type, for what, with what tail."""
    grammar = _DATA["institutions"]
    for (whose, owner), kind, purpose, tail in product(grammar["whose"].items(), grammar["types"], grammar["purposes"], grammar["tails"]):
        head = f"{whose}{kind}{purpose}У"
        if len(head) < 3:
            continue
        yield _joined(head, tail), Institution(owner, kind, purpose, tail)


def _long_institutions() -> Iterator[tuple[str, Words]]:
    """The same in full: `муниципальное бюджетное дошкольное образовательное учреждение` → МБДОУ; Tatar with what for first or last."""
    for grammar in (_DATA["institutions"], _DATA["tatar_institutions"]):
        tails = grammar["tail_words"]
        for whose, kind, purpose in product(grammar["whose_words"], grammar["type_words"], grammar["purpose_words"]):
            head = f"{whose}{kind}{purpose.rstrip(_DIGITS)}У"
            if len(head) < 3:
                continue
            said = {
                "whose": grammar["whose_words"][whose],
                "type": grammar["type_words"][kind],
                "purpose": grammar["purpose_words"][purpose],
            }
            for (tail, tail_words), order in product(tails.items(), grammar["orders"]):
                yield _joined(head, tail), pieces(order.format(**said, tail=tail_words))


def _joined(head: str, tail: str) -> str:
    """`МБУ` and `К` are written together, `МБУ` and `ДО` apart."""
    return f"{head}{tail}" if tail in _DATA["institutions"]["joined_tails"] else f"{head} {tail}".strip()


def _latin(short: str) -> str:
    return "".join(_DATA["latin"].get(letter, letter) for letter in short.lower())


def _tables() -> tuple[dict[Words, str], dict[Words, str]]:
    exact: dict[Words, str] = {}
    stemmed: dict[Words, str] = {}
    for row in _DATA["forms"]:
        for spelling in row:
            if exact.setdefault(pieces(spelling), row[0]) != row[0]:
                raise DefinitionError(str(_DATA_FILE), 1, f"«{spelling}» stands in two rows: leave it in one")
        exact.setdefault((_latin(row[0].replace(" ", "")),), row[0])
    for acronym, _ in _acronyms():
        for spelling in {acronym, acronym.replace(" ", "")}:
            known = exact.setdefault(pieces(spelling), acronym)
            exact.setdefault((_latin(spelling.replace(" ", "")),), known)
    for short, words in _long_institutions():
        exact.setdefault(words, exact.get(pieces(short), short))
    for words, form in exact.items():
        if len(words) > 1:
            stemmed.setdefault(tuple(stem(word) for word in words), form)
    return exact, stemmed


_BRANCH = frozenset(stem(word) for word in DATA["branch"].split())
_GENERAL = frozenset(_DATA["general"])
_NEVER_LAST = frozenset(_DATA["never_last"])
_KINDS_OF: dict[str, frozenset[str]] = {form: frozenset(kinds) for form, kinds in _DATA["kinds_of"].items()}
_CODES: dict[str, str] = {str(code): form for code, form in _DATA["okopf"].items()}
_SUCCESSORS = {form: row[0] for row in _DATA["successors"] for form in row}
_FORMS, _STEMMED = _tables()
_LONGEST = max(map(len, _FORMS))
_STEMS = frozenset(word for words in _STEMMED for word in words)
_LONG_STEMS = sorted(word for word in _STEMS if len(word) >= 6)
_INSTITUTIONS = dict(_acronyms())


def read_form(text: str) -> str:
    """The form that a field of its own states, in words or as a code of ОКОПФ (`1 23 00`); empty where it is none."""
    code = "".join(char for char in text if char in "0123456789")
    if code:
        return _CODES.get(code, "")
    return split_form((*pieces(text), ""))[0]


def form_of(words: Words) -> str:
    """The form that the words are and nothing else; empty for other words."""
    return _FORMS.get(words, "")
