"""Oblique cases: names as documents inflect them (`Гарипову Айрату Рустамовичу`) brought back to the nominative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from screening.names.letters import FOLDING
from screening.names.lexicon import NOMINATIVES, is_short_patronymic, listed, patronymic_sex, sexes_of_given
from screening.names.morphology import surname_lemma
from screening.names.parts import Sex

Cases = frozenset[str]
GENITIVE, DATIVE, ACCUSATIVE, INSTRUMENTAL, PREPOSITIONAL = "gen", "dat", "acc", "ins", "loc"

_MALE_PATRONYMIC = re.compile(r"^(.+(?:ов|ев|ье|л|т|м|к|в|н|)ич)(а|у|ем|е)$", re.IGNORECASE)
_FEMALE_PATRONYMIC = re.compile(r"^(.+(?:овн|евн|ичн))(ы|е|у|ой|ою)$", re.IGNORECASE)
_MALE_CASES = {"а": {GENITIVE, ACCUSATIVE}, "у": {DATIVE}, "ем": {INSTRUMENTAL}, "е": {PREPOSITIONAL}}
_FEMALE_CASES = {"ы": {GENITIVE}, "е": {DATIVE, PREPOSITIONAL}, "у": {ACCUSATIVE}, "ой": {INSTRUMENTAL}, "ою": {INSTRUMENTAL}}
_HUSHES = "гкхжшчщ"
_VOWELS = "аеёиоуыэюяәөү"


@dataclass(frozen=True, slots=True)
class Inflected:
    """One reading of an inflected word."""

    nominative: str
    sex: Sex
    cases: Cases


def nominative(words: list[str], *, governed: bool = False) -> list[str]:
    """Cased Cyrillic words of one name, in the nominative where they clearly are not in it.

    The patronymic decides; then a given name that is no nominative; then the surname, where it can be nothing else. `governed`:
    a preposition stood before. Without it a genitive in -а is believed of names only that have no feminine in -а: `Гарипова
    Ильгама` may be a woman. Words that do not decline stay, and so does everything when in doubt.
    """
    found = next((read for word in words if (read := _patronymic(word))), None)
    if found is not None:
        return [_to_nominative(word, found.sex, found.cases) for word in words]
    readings = [read for word in words for read in _given(word, governed=governed)]
    if readings:  # Хабибуллиной Александре: of two readings, that which the surname goes with
        read_as = ([_to_nominative(word, read.sex, read.cases) for word in words] for read in readings)
        return max(read_as, key=lambda read: sum(one != two for one, two in zip(read, words, strict=True)))
    bearers = _bearers(words)
    return [_lone_surname(word, bearers, governed=governed) for word in words]


def _bearers(words: list[str]) -> frozenset[Sex]:
    """Whose name it is by the parts that stand in the nominative; both where they don't say."""
    for word in words:
        if sex := patronymic_sex(word):
            return frozenset({sex})
    for word in words:
        if word.lower().replace("ё", "е") in NOMINATIVES and not word.lower().endswith(("ов", "ев", "ин")):
            return sexes_of_given(word)
    return frozenset(Sex)


def _patronymic(word: str) -> Inflected | None:
    if match := _FEMALE_PATRONYMIC.match(word):
        return Inflected(f"{match[1]}а", Sex.FEMALE, frozenset(_FEMALE_CASES[match[2].lower()]))
    if match := _MALE_PATRONYMIC.match(word):
        stem = match[1]
        if stem.lower().endswith(("ович", "евич")) or is_short_patronymic(stem):
            return Inflected(stem, Sex.MALE, frozenset(_MALE_CASES[match[2].lower()]))
    return None


def _given(word: str, *, governed: bool) -> Iterator[Inflected]:
    lowered = word.lower().replace("ё", "е")
    if lowered in NOMINATIVES:
        return
    for read in _inflections().get(lowered, ()):
        doubtful = lowered.endswith("а") and not read.cases.isdisjoint({GENITIVE, ACCUSATIVE})
        if governed or not doubtful or read.nominative.lower() in _slavic():
            yield read


def is_inflected(word: str) -> bool:
    """An oblique form of a listed given name."""
    return word.lower().replace("ё", "е") in _inflections()


def _to_nominative(word: str, sex: Sex, cases: Cases) -> str:
    if word.endswith("."):
        return word
    lowered = word.lower().replace("ё", "е")
    for read in _inflections().get(lowered, ()):
        if read.sex is sex and not read.cases.isdisjoint(cases):
            return read.nominative
    known = _patronymic(word)
    if known is not None:
        return known.nominative
    if lowered in NOMINATIVES:
        return word
    pieces = [_male_surname(piece, cases) if sex is Sex.MALE else _female_surname(piece, cases) for piece in word.split("-")]
    return "-".join(pieces)


def _male_surname(word: str, cases: Cases) -> str:
    for case in cases:
        for ending, into in _MALE_ENDINGS[case]:
            if (match := ending.search(word)) and (len(word) >= 4 or into == "й"):
                stem = word[: match.start()]
                return surname_lemma(word) or f"{stem}{_adjective(stem)}" if into == "adjective" else f"{stem}{match.expand(into)}"
    return word


def _adjective(stem: str) -> str:
    return "ий" if stem[-1:] in "гкхжшчщн" and stem.endswith(("ск", "цк", "к", "г", "х", "ж", "ш", "ч", "щ")) else "ый"


def _female_surname(word: str, cases: Cases) -> str:
    if word.lower() in _ADJECTIVES:
        return f"{word[:-2]}ая"
    for case in cases:
        for ending, into in _FEMALE_ENDINGS[case]:
            if (match := ending.search(word)) and len(word) >= 4:
                return f"{word[: match.start()]}{match.expand(into)}"
    return word


def _rules(*pairs: tuple[str, str]) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), into) for pattern, into in pairs]


_AFTER_VOWEL = f"(?<=[{_VOWELS}])"
_AFTER_CONSONANT = f"(?<=[^{_VOWELS}])"
_MALE_ENDINGS = {
    GENITIVE: _rules(
        (r"(ов|ев|ёв|ин|ын)а$", r"\1"),
        ("(?:ого|его)$", "adjective"),
        (f"{_AFTER_VOWEL}я$", "й"),
        ("я$", "ь"),
        (f"{_AFTER_CONSONANT}а$", ""),
        (f"{_AFTER_CONSONANT}ы$", "а"),
    ),
    DATIVE: _rules(
        (r"(ов|ев|ёв|ин|ын)у$", r"\1"),
        ("(?:ому|ему)$", "adjective"),
        (f"{_AFTER_VOWEL}ю$", "й"),
        ("ю$", "ь"),
        (f"{_AFTER_CONSONANT}у$", ""),
        ("(?<!дз)(?<=[бвгджзклмнпрстфхцчшщ])е$", "а"),
    ),
    INSTRUMENTAL: _rules(
        (r"(ов|ев|ёв|ин|ын)ым$", r"\1"),
        ("(?:ым|им)$", "adjective"),
        (f"{_AFTER_VOWEL}ем$", "й"),
        (r"([жшчщц])ем$", r"\1"),
        ("ем$", "ь"),
        (f"{_AFTER_CONSONANT}ом$", ""),
        (f"{_AFTER_CONSONANT}ой$", "а"),
    ),
    PREPOSITIONAL: _rules(
        (r"(ов|ев|ёв|ин|ын)е$", r"\1"), ("(?:ом|ем)$", "adjective"), (f"{_AFTER_VOWEL}е$", "й"), (f"(?<!дз){_AFTER_CONSONANT}е$", "")
    ),
}
_MALE_ENDINGS[ACCUSATIVE] = [*_MALE_ENDINGS[GENITIVE], *_rules((f"{_AFTER_CONSONANT}у$", "а"))]
_OF_OVA = (r"(ов|ев|ёв|ин|ын)(?:ой|ою)$", r"\1а")
_OF_SKAYA = ("(?:ой|ою)$", "ая")
_SOFT_FEMALE = ("(?<=и)[иеюя]й?$", "я")
_FEMALE_ENDINGS = {
    GENITIVE: _rules(
        _OF_OVA, (r"([сц]к)ой$", r"\1ая"), _OF_SKAYA, ("(?<=[^аеиоуыэюя])ы$", "а"), ("(?<=[гкхжшчщ])и$", "а"), ("(?<=и)и$", "я")
    ),
    DATIVE: _rules(_OF_OVA, (r"([сц]к)ой$", r"\1ая"), _OF_SKAYA, ("(?<!дз)(?<=[^аеиоуыэюя])е$", "а"), ("(?<=и)и$", "я"), ("(?<=и)е$", "я")),
    ACCUSATIVE: _rules((r"(ов|ев|ёв|ин|ын)у$", r"\1а"), ("ую$", "ая"), ("юю$", "яя"), ("(?<=[^аеиоуыэюя])у$", "а"), ("ю$", "я")),
    INSTRUMENTAL: _rules(
        _OF_OVA, (r"([сц]к)(?:ой|ою)$", r"\1ая"), _OF_SKAYA, _SOFT_FEMALE, ("(?<=[жшчщц])ей$", "а"), ("(?<=[^аеиоуыэюя])ей$", "я")
    ),
}
_FEMALE_ENDINGS[PREPOSITIONAL] = _FEMALE_ENDINGS[DATIVE]

_LONE = {
    Sex.FEMALE: _rules(
        (r"(?<=..)(ов|ев|ёв|ин|ын)(?:ой|ою)$", r"\1а"),
        (r"(?<=..)([сц]к)ую$", r"\1ая"),
    ),
    Sex.MALE: _rules(
        (r"(?<=..)(ов|ев|ёв)(?:у|ым)$", r"\1"),
        (r"(?<=...)(ин|ын)(?:у|ым)$", r"\1"),
        (r"(?<=..)([сц]к)(?:ого|ому|им|ом)$", r"\1ий"),
    ),
}
_LONE_ACCUSATIVE = _rules((r"(?<=..)(ов|ев|ёв|ин|ын)у$", r"\1а"))
_LONE_GOVERNED = {
    Sex.FEMALE: _rules((r"(?<=..)([сц]к)ой$", r"\1ая")),
    Sex.MALE: _rules((r"(?<=..)(ов|ев|ёв|ин|ын)а$", r"\1")),
}
_ADJECTIVES = frozenset(FOLDING["adjective_surnames"])


def _lone_surname(word: str, bearers: frozenset[Sex], *, governed: bool) -> str:
    """A surname whose ending alone shows the case; `Луговой` is a nominative."""
    lowered = word.lower()
    if word.endswith(".") or lowered in NOMINATIVES or lowered in _ADJECTIVES:
        return word
    rules = [rule for sex in (Sex.FEMALE, Sex.MALE) if sex in bearers for rule in _LONE[sex]]
    rules += _LONE_ACCUSATIVE if Sex.MALE not in bearers else []
    rules += [rule for sex in (Sex.FEMALE, Sex.MALE) if governed and sex in bearers for rule in _LONE_GOVERNED[sex]]
    for ending, into in rules:
        if match := ending.search(word):
            return f"{word[: match.start()]}{match.expand(into)}"
    return word


@lru_cache(maxsize=1)
def _slavic() -> frozenset[str]:
    return frozenset(name.lower() for name in listed("male"))


@lru_cache(maxsize=1)
def _inflections() -> dict[str, tuple[Inflected, ...]]:
    """Small inflected form of a listed name → its readings."""
    found: dict[str, list[Inflected]] = {}
    for sex, names in ((Sex.MALE, listed("male", "male_eastern")), (Sex.FEMALE, listed("female"))):
        for name in names:
            for form, cases in _declined(name, sex):
                found.setdefault(form.lower().replace("ё", "е"), []).append(Inflected(name, sex, frozenset(cases)))
    return {form: tuple(reads) for form, reads in found.items()}


def _declined(name: str, sex: Sex) -> Iterator[tuple[str, set[str]]]:
    """The oblique forms of a given name."""
    stem, last = name[:-1], name[-1]
    if last == "а":
        soft = stem[-1:] in _HUSHES
        yield from ((f"{stem}{'и' if soft else 'ы'}", {GENITIVE}), (f"{stem}е", {DATIVE, PREPOSITIONAL}), (f"{stem}у", {ACCUSATIVE}))
        yield from ((f"{stem}ой", {INSTRUMENTAL}), (f"{stem}ою", {INSTRUMENTAL}), (f"{stem}ей", {INSTRUMENTAL}))
    elif last == "я":
        yield from ((f"{stem}и", {GENITIVE}), (f"{stem}{'и' if stem[-1:] == 'и' else 'е'}", {DATIVE, PREPOSITIONAL}))
        yield from ((f"{stem}ю", {ACCUSATIVE}), (f"{stem}ей", {INSTRUMENTAL}), (f"{stem}ею", {INSTRUMENTAL}))
    elif last == "ь" and sex is Sex.FEMALE:
        yield from ((f"{stem}и", {GENITIVE, DATIVE, PREPOSITIONAL}), (f"{stem}ью", {INSTRUMENTAL}))
    elif last in "йь" and sex is Sex.MALE:
        yield from ((f"{stem}я", {GENITIVE, ACCUSATIVE}), (f"{stem}ю", {DATIVE}), (f"{stem}ем", {INSTRUMENTAL}))
        yield (f"{stem}{'и' if name.endswith('ий') else 'е'}", {PREPOSITIONAL})
    elif last not in _VOWELS and sex is Sex.MALE:
        stem = {"Павел": "Павл", "Лев": "Льв"}.get(name, name)
        yield from (
            (f"{stem}а", {GENITIVE, ACCUSATIVE}),
            (f"{stem}у", {DATIVE}),
            (f"{stem}ом", {INSTRUMENTAL}),
            (f"{stem}е", {PREPOSITIONAL}),
        )
        if last in "жшчщц":
            yield (f"{stem}ем", {INSTRUMENTAL})
