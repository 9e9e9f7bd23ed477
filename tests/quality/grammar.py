"""Russian grammar of names for the labelled pairs: patronymics, women's surnames, oblique cases."""

from __future__ import annotations

CASES = ("genitive", "dative", "accusative", "instrumental", "prepositional")

_MEN = {"": ("а", "у", "а", "ом", "е"), "й": ("я", "ю", "я", "ем", "е"), "ь": ("я", "ю", "я", "ем", "е")}
_IN_A = ("ы", "е", "у", "ой", "е")
_IN_YA = ("и", "е", "ю", "ей", "е")
_IN_IYA = ("и", "и", "ю", "ей", "и")
_IN_SOFT = ("и", "и", "ь", "ью", "и")
_SURNAME_MAN = ("а", "у", "а", "ым", "е")
_SURNAME_WOMAN = ("ой", "ой", "у", "ой", "ой")
_ADJECTIVE_MAN = ("ого", "ому", "ого", "им", "ом")
_ADJECTIVE_WOMAN = ("ой", "ой", "ую", "ой", "ой")
_NO_Y = "гкхжчшщ"


def patronymics(name: str, exception: str | None = None) -> tuple[str, str]:
    """What sons and daughters bear: Ринатович, Ринатовна."""
    if exception in ("Ильич", "Никитич"):
        return exception, "Ильинична" if exception == "Ильич" else "Никитична"
    if exception:
        return exception, f"{exception[:-2]}на"
    if name.endswith(("й", "ь")):
        return f"{name[:-1]}евич", f"{name[:-1]}евна"
    if name.endswith(("а", "я")):
        return f"{name[:-1]}ович", f"{name[:-1]}овна"
    return f"{name}ович", f"{name}овна"


def feminine(surname: str) -> str:
    """Сафин, Сафина; Раевский, Раевская; others stay."""
    if surname.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return f"{surname}а"
    return f"{surname[:-2]}ая" if surname.endswith(("ский", "цкий")) else surname


def given_in(case: str, name: str, *, female: bool, stems: dict[str, str]) -> str:
    """A given name in an oblique case."""
    at = CASES.index(case)
    stem = stems.get(name)
    if not female:
        if name.endswith(("а", "я")):
            return name[:-1] + (_IN_A if name.endswith("а") and name[-2] not in _NO_Y else _IN_YA)[at]
        ending = name[-1] if name[-1] in "йь" else ""
        body = stem or (name[:-1] if ending else name)
        if name.endswith("ий") and at == 4:
            return f"{name[:-1]}и"
        return body + _MEN[ending][at]
    if name.endswith("ия"):
        return name[:-1] + _IN_IYA[at]
    if name.endswith("я"):
        return name[:-1] + _IN_YA[at]
    if name.endswith("а"):
        return name[:-1] + (_IN_YA[0] if at == 0 and name[-2] in _NO_Y else _IN_A[at])
    if name == "Любовь":
        return "Любов" + _IN_SOFT[at]
    return name


def patronymic_in(case: str, patronymic: str, *, female: bool) -> str:
    """A patronymic in an oblique case."""
    at = CASES.index(case)
    return patronymic[:-1] + _IN_A[at] if female else patronymic + ("а", "у", "а", "ем", "е")[at]


def surname_in(case: str, surname: str, *, female: bool) -> str:
    """A surname, as its owner bears it, in an oblique case."""
    at = CASES.index(case)
    if female:
        if surname.endswith("ая"):
            return surname[:-2] + _ADJECTIVE_WOMAN[at]
        return surname[:-1] + _SURNAME_WOMAN[at] if surname.endswith(("ова", "ева", "ёва", "ина", "ына")) else surname
    if surname.endswith(("ский", "цкий")):
        return surname[:-2] + _ADJECTIVE_MAN[at]
    return surname + _SURNAME_MAN[at] if surname.endswith(("ов", "ев", "ёв", "ин", "ын")) else surname
