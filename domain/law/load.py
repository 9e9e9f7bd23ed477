"""Kin law read from `kin.yaml` and `kin_words.yaml`; a wrong file never loads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from domain.dates import FOREVER, Day
from domain.law.source import Entry, read_yaml

LETTERS = "PCSBGW"
PUBLIC_LISTS = ("273-fz", "44-fz", "135-fz", "koap")
"""The lists a tie names (contract 2, `sverka kin`), in this order."""
ALL_LISTS = (*PUBLIC_LISTS, "25-fz")
PARAMETERS = {"direct_line_max": int, "spouses_of_children_25fz": bool, "parent_min_age": int, "earliest_birth_year": int}
INVERSE = {"P": "C", "C": "P", "S": "S", "B": "B", "G": "W", "W": "G"}
GENDERS = ("male", "female")


@dataclass(frozen=True, slots=True)
class Terms:
    """How a path is called: (man, woman), of a man and of a woman."""

    of_man: tuple[str, str]
    of_woman: tuple[str, str]
    english: tuple[str, str]
    degree: int | None
    line: int


@dataclass(frozen=True, slots=True)
class ListVersion:
    """One wording of a kin list, in force on [since, until)."""

    since: Day
    until: Day
    paths: tuple[str, ...]
    direct_line: bool
    spouses_of_children: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of a parameter, in force on [since, until)."""

    since: Day
    until: Day
    value: int
    basis: str


@dataclass(frozen=True, slots=True)
class WordPath:
    """One meaning of a word: the path, and the sexes that the word itself implies."""

    path: str
    ego_gender: str | None = None
    relative_gender: str | None = None
    adoptive: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word of kinship; several meanings make it ambiguous, none says that it is no kinship in law."""

    meanings: frozenset[WordPath]


@dataclass(frozen=True, slots=True)
class KinLaw:
    """Everything of the two files; `domain.kin` is how the rest of the program asks it."""

    terms: Mapping[str, Terms]
    lists: Mapping[str, tuple[ListVersion, ...]]
    parameters: Mapping[str, tuple[Parameter, ...]]
    words: Mapping[str, Word] = field(default_factory=dict)
    genitives: Mapping[str, str] = field(default_factory=dict)


def load_kin_law(kin: Path, words: Path) -> KinLaw:
    """Read both files; raises DefinitionError(path, line) at the first thing that is wrong."""
    top = read_yaml(kin).record(("paths", "lists", "parameters"))
    terms = {path: _terms(path, entry) for path, entry in top["paths"].fields().items()}
    for path, entry in top["paths"].fields().items():
        if inverse_path(path) not in terms:
            raise entry.error(f"the inverse {inverse_path(path)} of the path {path} is missing")
    lists = {name: _list(name, entry, terms) for name, entry in top["lists"].fields().items()}
    _all_there(top["lists"], lists, ALL_LISTS)
    parameters = {name: _parameter(name, entry) for name, entry in top["parameters"].fields().items()}
    _all_there(top["parameters"], parameters, tuple(PARAMETERS))
    spoken = read_yaml(words).record(("words", "genitives"))
    known = {fold_word(word): _word(entry, terms) for word, entry in spoken["words"].fields().items()}
    genitives: dict[str, str] = {}
    for form, entry in spoken["genitives"].fields().items():
        if fold_word(entry.text()) not in known:
            raise entry.error(f"the word {entry.text()!r} is not among the words")
        genitives[fold_word(form)] = fold_word(entry.text())
    return KinLaw(terms, lists, parameters, known, genitives)


@cache
def kin_law() -> KinLaw:
    """The law data that ships with the program, read once."""
    here = Path(__file__).parent
    return load_kin_law(here / "kin.yaml", here / "kin_words.yaml")


def inverse_path(path: str) -> str:
    """The same tie read from the other end: SB becomes BS, PP becomes CC."""
    return "".join(INVERSE[letter] for letter in reversed(path))


def fold_word(word: str) -> str:
    """Case, ё, hyphens and underscores do not distinguish words."""
    return " ".join(word.lower().replace("ё", "е").replace("-", " ").replace("_", " ").split())


def _terms(path: str, entry: Entry) -> Terms:
    if not path or len(path) > 4 or any(letter not in LETTERS for letter in path):
        raise entry.error(f"a path is one to four of the letters {LETTERS}, not {path!r}")
    given = entry.fields()
    by_sex = "ru" not in given
    record = entry.record(("ru_of_man", "ru_of_woman", "en") if by_sex else ("ru", "en"), ("degree",))
    of_man = _pair(record["ru_of_man" if by_sex else "ru"])
    of_woman = _pair(record["ru_of_woman" if by_sex else "ru"])
    degree = record["degree"].number() if "degree" in record else None
    return Terms(of_man, of_woman, _pair(record["en"]), degree, entry.line)


def _pair(entry: Entry) -> tuple[str, str]:
    words = [one.text() for one in entry.items()]
    if len(words) != 2:
        raise entry.error("expected two terms: [man, woman]")
    return words[0], words[1]


def _list(name: str, entry: Entry, terms: Mapping[str, Terms]) -> tuple[ListVersion, ...]:
    if name not in ALL_LISTS:
        raise entry.error(f"unknown list {name!r}; known: {', '.join(ALL_LISTS)}")
    versions = []
    for since, until, record in _dated(entry, ("paths",), ("direct_line", "spouses_of_children")):
        paths = []
        for one in record["paths"].items():
            if one.text() not in terms:
                raise one.error(f"the path {one.text()!r} is not among the paths above")
            paths.append(one.text())
        direct, spouses = (record[key].flag() if key in record else False for key in ("direct_line", "spouses_of_children"))
        versions.append(ListVersion(since, until, tuple(paths), direct, spouses, record["basis"].text()))
    return tuple(versions)


def _parameter(name: str, entry: Entry) -> tuple[Parameter, ...]:
    kind = PARAMETERS.get(name)
    if kind is None:
        raise entry.error(f"unknown parameter {name!r}; known: {', '.join(PARAMETERS)}")
    rows = []
    for since, until, record in _dated(entry, ("value",), ()):
        value = int(record["value"].flag()) if kind is bool else record["value"].number()
        rows.append(Parameter(since, until, value, record["basis"].text()))
    return tuple(rows)


def _dated(entry: Entry, required: tuple[str, ...], optional: tuple[str, ...]) -> list[tuple[Day, Day, dict[str, Entry]]]:
    """Rows in the order of time; a row without `until` ends where the next begins. An overlap is refused."""
    rows = [(row, row.record(("since", "basis", *required), ("until", *optional))) for row in entry.items()]
    if not rows:
        raise entry.error("at least one dated row is needed")
    found = []
    for number, (row, record) in enumerate(rows):
        since = record["since"].day()
        next_since = rows[number + 1][1]["since"].day() if number + 1 < len(rows) else FOREVER
        until = record["until"].day() if "until" in record else next_since
        if until <= since:
            raise row.error("the row ends before it begins; rows stand in the order of time")
        if until > next_since:
            raise rows[number + 1][0].error("the row begins before the one above ends")
        found.append((since, until, record))
    return found


def _all_there(entry: Entry, found: Mapping[str, object], needed: tuple[str, ...]) -> None:
    for name in needed:
        if name not in found:
            raise entry.error(f"{name!r} is missing")


def _word(entry: Entry, terms: Mapping[str, Terms]) -> Word:
    record = entry.record((), ("paths", "ego", "relative", "adoptive", "not_kin"))
    if ("paths" in record) == ("not_kin" in record):
        raise entry.error("give either paths or not_kin: true")
    if "paths" not in record:
        return Word(frozenset())
    ego, relative = (_gender(record[key]) if key in record else None for key in ("ego", "relative"))
    adoptive = record["adoptive"].flag() if "adoptive" in record else False
    meanings = set()
    for one in record["paths"].items():
        if one.text() not in terms:
            raise one.error(f"the path {one.text()!r} is not among the paths of kin.yaml")
        meanings.add(WordPath(one.text(), ego, relative, adoptive and one.text() in ("P", "C")))
    if not meanings:
        raise record["paths"].error("no path is given")
    return Word(frozenset(meanings))


def _gender(entry: Entry) -> str:
    if entry.text() not in GENDERS:
        raise entry.error(f"expected male or female, not {entry.text()!r}")
    return entry.text()
