"""Folding: spellings of one name become one string, so that equal people have equal names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from domain.yaml_text import load_yaml
from screening.names.latin import SCHEMES, cyrillic, is_latin, latinized, tatar_roots
from screening.names.letters import FOLDING, is_initial, plain, repair
from screening.names.parts import ANY_YOD

Part = Literal["given", "surname"]
_CACHE = 1 << 17

GIVEN_NAMES: dict[str, str] = load_yaml((Path(__file__).parent / "given_names.yaml").read_text(encoding="utf-8"))
_RULES: dict[str, list[tuple[str, re.Pattern[str], str]]] = {
    part: [(rule.get("has", ""), re.compile(rule["from"]), rule["to"]) for rule in FOLDING["rules"] if part in rule["parts"]]
    for part in ("given", "surname")
}
_PATRONYMIC = FOLDING["patronymic"]
_MALE = tuple(dict.fromkeys(plain(end) for end in _PATRONYMIC["bare_male"] + _PATRONYMIC["male"]))
_FEMALE = tuple(dict.fromkeys(plain(end) for end in _PATRONYMIC["bare_female"] + _PATRONYMIC["female"]))
_ENDINGS = sorted([(end, "ович") for end in _MALE] + [(end, "овна") for end in _FEMALE], key=lambda pair: -len(pair[0]))
_IA = re.compile("i[iyj]a$|iâ$")
_FOREIGN = re.compile("[^а-яё]")
_SPACES = re.compile(r"[\s-]+")
_CAMEL = re.compile(r"(?<=[а-яёәөүҗңһ]{2})(?=[А-ЯЁӘӨҮҖҢҺ][а-яёәөүҗңһ]{2})")
_LATIN_FATHER = re.compile(
    r"^(?P<father>.{2,}?)(?:(?P<son>(?:[oe][vw]|[vw])i(?:ch|č|c|ç)|[-\s]?(?:ul[yiı]|ugl[iyı]|o['‘ʻ]g['‘ʻ]li|og[lł][uyiı]|oğlu|uulu))"
    r"|(?P<daughter>(?:[oe][vw]|[vw])na|i(?:ni)?(?:ch|č)na|[-\s]?(?:[kqg][yiıïz]z[yiı])))$",
    re.IGNORECASE,
)


_ALIKE = str.maketrans({"э": "е", "й": "и", "ь": ""})


def _by_rules(word: str, part: Part) -> str:
    """A plain word after the rules, again and again until nothing changes (each rule shortens or settles a word)."""
    if part == "given" and word.endswith("ья"):  # Наталья is Наталия
        word = f"{word[:-2]}ия"
    word = word.translate(_ALIKE)
    while True:
        before = word
        for letters, pattern, replacement in _RULES[part]:
            if letters in word:
                word = pattern.sub(replacement, word)
        if word == before:
            return word


def _letters(piece: str) -> str:
    """A word in plain Russian letters; Latin ones among Cyrillic ones are read one by one."""
    lowered = piece.lower()
    if _FOREIGN.search(lowered):
        lowered = tatar_roots(cyrillic(lowered))
    return plain(lowered)


def _variants(part: Part) -> dict[str, str]:
    """Folded form → folded first form of its group; groups with a form in common are one."""
    groups: list[list[str]] = list(FOLDING[part])
    if part == "given":
        groups += [token.split("/") for names in GIVEN_NAMES.values() for token in names.split() if "/" in token]
    table: dict[str, str] = {}
    for group in groups:
        folded = [_by_rules(_letters(form), part) for form in group]
        first = next((table[form] for form in folded if form in table), folded[0])
        for form in folded:
            if (other := table.get(form, first)) != first:
                table.update({known: first for known, target in table.items() if target == other})
            table[form] = first
    return table


_VARIANTS = {"given": _variants("given"), "surname": _variants("surname")}


def spellings() -> dict[str, tuple[str, ...]]:
    """Of each given name that has several: its folded form → all forms as the rules leave them."""
    found: dict[str, list[str]] = {}
    for form, first in _VARIANTS["given"].items():
        found.setdefault(first, []).append(form)
    return {first: tuple(dict.fromkeys([first, *forms])) for first, forms in found.items() if len({first, *forms}) > 1}


@lru_cache(maxsize=_CACHE)
def fold_word(text: str, part: Part) -> str:
    """One given name or surname: hyphens and spaces vanish after each piece was folded by itself.

    `Нур-Ислам`, `Нур Ислам` and `Нурислам` are one; `Гарипов`, `Гарипова` and `Garipov` are one; an initial stays an initial.
    """
    if is_initial(text):
        return _initial(text)
    text = repair(text)
    pieces = _SPACES.split(_CAMEL.sub(" ", text) if part == "surname" else text)
    table = _VARIANTS[part]
    folded = [_piece(piece, part) for piece in pieces if piece]
    if len(folded) == 1:
        word = folded[0]
    else:
        joined = _by_rules("".join(folded), part)
        word = table.get(joined, joined)
    return word if len(word) > 1 else _initial(word)


def _piece(piece: str, part: Part) -> str:
    table = _VARIANTS[part]
    if part == "given" and is_latin(piece):
        known = latin_given().get(_bare(piece))
        if known:
            return known
    word = _by_rules(_letters(piece), part)
    return table.get(word, word)


@lru_cache(maxsize=_CACHE)
def fold_patronymic(text: str) -> str:
    """A patronymic: `Айратович`, `Айрат улы` and `Айрат-углы` are one; so are `Анатольевич` and `Анатолиевич`."""
    if not text or is_initial(text):
        return _initial(text)
    text = repair(text)
    if is_latin(text) and (match := _LATIN_FATHER.match(text.strip())):
        return _latin_patronymic(match)
    word = "".join(_letters(piece) for piece in _SPACES.split(text))
    for ending, child in _ENDINGS:
        if word.endswith(ending) and len(father := _father(word[: -len(ending)]).rstrip(".")) >= 2:
            return f"{father}{child}"
    father = _father(word)
    return father if father in {word, text} else fold_patronymic(father)


def _latin_patronymic(match: re.Match[str]) -> str:
    father = _father(_known_father(match["father"])).rstrip(".")
    return f"{father}{'ович' if match['son'] else 'овна'}"


def _known_father(stem: str) -> str:
    """The father of a Latin patronymic, as a name of the list where he is one (`Ashat-ovich`, `Yur'-evich`)."""
    plainly = fold_word(stem, "given")
    if plainly in _folded_list():
        return plainly
    spelled = (latin_given().get(_bare(f"{stem}{tail}")) for tail in ("y", "iy", "ii", "a", "ey"))
    return next((known for known in spelled if known), plainly)


def _initial(text: str) -> str:
    if text.rstrip(".").lower() in {"y", "j"}:
        return f"{ANY_YOD}."
    letters = _letters(repair(text)).translate(_ALIKE).replace("дж", "ж")
    return f"{letters}." if letters else ""


def _father(stem: str) -> str:
    """The father's name as far as every form of the patronymic shows it."""
    bare = _stripped(stem)
    return _FATHERS.get(bare, bare)


def _stripped(stem: str) -> str:
    while True:
        folded = fold_word(stem, "given") if stem else ""
        bare = folded.rstrip(_PATRONYMIC["stem_tail"])
        if bare in {stem, ""} or len(bare) < 2:
            return bare if len(bare) >= 2 else folded
        stem = bare


def _fathers() -> dict[str, str]:
    """Of men's names with several spellings: each without what a patronymic hides → the first form without it (Даниил, Данила)."""
    table: dict[str, str] = {}
    for name in (form for kind in ("male", "male_eastern") for form in GIVEN_NAMES[kind].replace("/", " ").split()):
        form = _by_rules(_letters(name), "given")
        hidden = form.rstrip(_PATRONYMIC["stem_tail"])
        bare = _stripped(_VARIANTS["given"].get(form, form))
        if len(hidden) > 3 and hidden not in _VARIANTS["given"] and hidden != bare:
            table.setdefault(hidden, bare)
    return {form: bare for form, bare in table.items() if bare not in table}


_FATHERS = _fathers()


def _all_forms() -> list[str]:
    return [form for listed in GIVEN_NAMES.values() for token in listed.split() for form in token.split("/")]


@lru_cache(maxsize=1)
def _folded_list() -> frozenset[str]:
    return frozenset(fold_word(name, "given") for name in _all_forms())


@lru_cache(maxsize=1)
def latin_given() -> dict[str, str]:
    """Latin spellings of the listed given names that the letters alone would misread (`Galia`, `Ashat`) → the folded name.

    Where two names are written alike, the earlier scheme has it, then the earlier name. Everyday writing has -ia for -ия.
    """
    names = _all_forms()
    table: dict[str, str] = {}
    for scheme in SCHEMES:
        for name, spelled in _spelled(names, scheme):
            table.setdefault(spelled, name)
    for spelled, name in list(table.items()):
        table.setdefault(_IA.sub("ia", spelled), name)
    return {spelled: name for spelled, name in table.items() if _by_rules(_letters(spelled), "given") != name}


def _spelled(names: Iterable[str], scheme: str) -> Iterable[tuple[str, str]]:
    for name in names:
        yield fold_word(name, "given"), _bare(latinized(name.replace("-", ""), scheme))


def _bare(latin: str) -> str:
    """Small letters alone."""
    return "".join(char for char in latin.lower() if char.isalpha())
