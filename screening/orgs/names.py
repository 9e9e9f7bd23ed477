"""An organization's name as read: its legal form and its core; and the person behind a sole trader's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.errors import DefinitionError
from screening.orgs.forms import split_form
from screening.orgs.letters import DATA, LONGEST, pieces
from screening.orgs.parts import Role, is_kind, read_core
from screening.orgs.stems import stem

Words = tuple[str, ...]

_NUMBER = re.compile(r"[0-9]+")
_INITIALS_MAX = 3
_CACHED = 300
"""Characters up to which a name is remembered: a cache of pasted pages would be gigabytes."""
TRADERS = frozenset(["ИП", "КФХ"])
"""Forms that are a person at business, named by his name."""
_TRADER_WORDS = frozenset(DATA["trader_words"].split())
_TRADER_STEMS = frozenset(
    stem(word) for word in ("индивидуальный", "предприниматель", "частный", "крестьянское", "фермерское", "хозяйство")
)
_ASIDE = re.compile(r"[«\"„“][^»\"“”]*[»\"”]|\((?!\s*(?:фермерск|Ф\)))[^()]*\)", re.IGNORECASE)
_WORD = re.compile(r"[0-9]+|[^\W\d_]+")
_OPENING = re.compile(r"(?<![^\s(«\-])[\"“„'](?=\S)|„")
_CLOSING = str.maketrans('"“”', "»»»")
_QUOTED = re.compile(r"«([^«»]+)(?:»|$)")
_PERSON_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")


@dataclass(frozen=True, slots=True)
class OrgName:
    """A name's form (`ООО`, empty where none is written) and its core, folded; numbers stand in the core as words of their own.

    `brand`: the words in the innermost quotes where the core has others too (`Компания «Альфа»`), else empty.
    """

    form: str
    core: str
    brand: str = ""

    @property
    def numbers(self) -> frozenset[str]:
        """Numbers of the core, Roman ones and ordinals in digits: what tells «Ромашка-2» from «Ромашка»."""
        return frozenset(word for word in self.core.split() if _NUMBER.fullmatch(word))


def read_org_name(text: str) -> OrgName:
    """`ООО «Идел-Строй»`, `Общество с ограниченной ответственностью "Идел-Строй"` and `Идел-Строй, ООО` are one.

    A name that is nothing but a form keeps it as its core. Of a text longer than any name only the beginning is read.
    """
    return _remembered(text) if len(text) <= _CACHED else _read(text[:LONGEST])


def trader_name(text: str) -> str | None:
    """The person's name of a sole trader or a farm («ИП Гарипов Айдар Ринатович», «Глава КФХ Гарипов А.Р.»); None for others.

    A farm named otherwise (КФХ «Рассвет») has no person's name; a trader's brand in quotes after his name is left out.
    """
    if len(text) > LONGEST or read_org_name(text).form not in TRADERS:
        return None
    for outside in (_ASIDE.sub(" ", text), text):
        bare = [word for word in _PERSON_WORD.findall(outside) if not _is_form_word(word)]
        if bare:
            return " ".join(bare) if 2 <= len(bare) <= 5 else None
    return None


def _is_form_word(word: str) -> bool:
    return all(piece in _TRADER_WORDS or stem(piece) in _TRADER_STEMS for piece in pieces(word))


@lru_cache(maxsize=1 << 15)
def _remembered(text: str) -> OrgName:
    return _read(text)


def _read(text: str) -> OrgName:
    words = pieces(text)
    form, rest = split_form(words)
    core = rest if form in TRADERS and rest else _same_words(rest or words)
    return OrgName(form, " ".join(core), _brand(text, core, len(rest)))


def _brand(text: str, core: Words, count: int) -> str:
    """The last words in quotes that hold a name, not only a form, a number or a place, if others stand outside of them.

    `count`: of the words of the whole name without its form.
    """
    if not any(mark in text for mark in '"«“„'):
        return ""
    for quoted in reversed(_QUOTED.findall(_OPENING.sub("«", text).translate(_CLOSING))):
        if len(_WORD.findall(quoted)) >= count:
            continue
        words = _same_words(pieces(quoted))
        if 0 < len(words) < len(core) and any(word.role is Role.NAME for word in read_core(" ".join(words)).words):
            return " ".join(words)
    return ""


def _table(rows: list[list[str]]) -> dict[Words, Words]:
    table: dict[Words, Words] = {}
    for row in rows:
        kept = pieces(row[0])
        for spelling in row:
            if table.setdefault(_keys(pieces(spelling)), kept) != kept:
                raise DefinitionError("words.yaml", 1, f"«{spelling}» stands in two rows: leave it in one")
    return table


def _keys(words: Words) -> Words:
    """Words of several are known in any case; one that stands alone only as written, lest a brand be taken for it."""
    return tuple(stem(word) for word in words) if len(words) > 1 else words


@lru_cache(maxsize=1 << 15)
def _joined(word: str) -> Words:
    """«Горбольница», «райисполком»: the shortened adjective and the kind behind it; nothing for other words."""
    for short, full in _ADJECTIVES.items():
        rest = word.removeprefix(short)
        if rest != word and (kept := _WORDS.get((rest,), (rest,))) and is_kind(kept[-1]):
            return full, *kept
    return ()


def _same_words(words: Words) -> Words:
    """The words, those written in several ways as one; short letters that are the whole name stay («ООО «СК»»)."""
    if len(words) == 1 and len(words[0]) <= _INITIALS_MAX and len(_WORDS.get(words, ())) > 1:
        return words
    kept: list[str] = []
    place = 0
    stems = tuple(stem(word) for word in words)
    while place < len(words):
        if len(words[place]) == 1 and kept[-1:] == _HONOUR:
            kept.append(words[place])  # имени Г. Тукая
            place += 1
            continue
        if parts := _joined(words[place]):
            kept += parts
            place += 1
            continue
        for length in range(min(_LONGEST_WORD, len(words) - place), 0, -1):
            if (into := _WORDS.get(stems[place : place + length] if length > 1 else words[place : place + 1])) is not None:
                kept += into
                place += length
                break
        else:
            kept.append(words[place])
            place += 1
    return tuple(kept)


_TRADER_STEMS = frozenset(
    stem(word) for word in ("индивидуальный", "предприниматель", "частный", "крестьянское", "фермерское", "хозяйство", "глава")
)
_HONOUR = [DATA["honour"][0]]
_ADJECTIVES: dict[str, str] = DATA["joined_adjectives"]
_WORDS = _table(DATA["words"])
_LONGEST_WORD = max(map(len, _WORDS))
