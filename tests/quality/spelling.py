"""Ways in which one name comes to be written otherwise: transliterations, look-alike letters, keyboard slips, typing errors."""

from __future__ import annotations

from random import Random

_COMMON = dict(zip("абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf", strict=True))
_HISSING = {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "shch"}
PASSPORT = _COMMON | _HISSING | {"ё": "e", "й": "i", "х": "kh", "ц": "ts", "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia"}
"""As passports have been printed since 2014 (ICAO 9303)."""
PASSPORT_OLD = _COMMON | _HISSING | {"ё": "e", "й": "y", "х": "kh", "ц": "ts", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya"}
"""As passports were printed in 2000-2009."""
ISO_9 = _COMMON | {
    "ё": "ë",
    "ж": "ž",
    "й": "j",
    "х": "h",
    "ц": "c",
    "ч": "č",
    "ш": "š",
    "щ": "ŝ",
    "ъ": "ʺ",
    "ы": "y",
    "ь": "ʹ",
    "э": "è",
    "ю": "û",
    "я": "â",
}
GOST_B = (
    _COMMON
    | _HISSING
    | {"ё": "yo", "й": "j", "х": "x", "ц": "cz", "щ": "shh", "ъ": "``", "ы": "y`", "ь": "`", "э": "e`", "ю": "yu", "я": "ya"}
)
"""GOST 7.79-2000, system B."""
EVERYDAY = (
    _COMMON | _HISSING | {"ё": "yo", "й": "y", "х": "h", "ц": "c", "щ": "sch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya"}
)
EVERYDAY_J = EVERYDAY | {"й": "j", "х": "kh", "ц": "ts", "ю": "ju", "я": "ja", "ё": "jo"}
CHAT = EVERYDAY | {"х": "x", "ю": "u", "ж": "j", "щ": "sh", "я": "ia", "ы": "i"}
TATAR_ASCII = EVERYDAY | {"ә": "a", "ө": "o", "ү": "u", "җ": "j", "ң": "n", "һ": "h", "ч": "ch"}
TATAR_LATIN = _COMMON | {
    "ә": "ä",
    "ө": "ö",
    "ү": "ü",
    "җ": "c",
    "ң": "ñ",
    "һ": "h",
    "ж": "j",
    "й": "y",
    "х": "x",
    "ц": "ts",
    "ч": "ç",
    "ш": "ş",
    "щ": "şç",
    "ъ": "",
    "ы": "ı",
    "ь": "",
    "э": "e",
    "ю": "yu",
    "я": "ya",
    "ё": "yo",
}
"""The letters of the law of 2012 and of zamanälif."""

LOOK_ALIKE = dict(zip("асеорхукАВСЕНКМОРТХ", "aceopxykABCEHKMOPTX", strict=True))
_KEYS_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_KEYS_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_UPPER = dict(zip("[];',.`", '{}:"<>~', strict=True))
_NEIGHBOURS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
_SOUNDS = {"а": "о", "о": "а", "е": "и", "и": "е", "б": "п", "п": "б", "д": "т", "т": "д", "г": "к", "з": "с", "с": "з", "ш": "щ", "я": "е"}


def latin(text: str, table: dict[str, str]) -> str:
    """The text letter by letter; a capital stays one."""
    out: list[str] = []
    for place, letter in enumerate(text):
        low = letter.lower()
        first = place == 0 or text[place - 1] in " -"
        given = "ye" if first and low == "е" and table in (EVERYDAY, TATAR_ASCII) else table.get(low, low)
        out.append(given.capitalize() if letter != low else given)
    return "".join(out)


def backwards_keyboard(text: str) -> str:
    """Typed without switching the layout: Иванов, Bdfyjd."""
    out = []
    for letter in text:
        low = letter.lower()
        at = _KEYS_RUSSIAN.find(low)
        if at < 0:
            out.append(letter)
        else:
            key = _KEYS_LATIN[at]
            out.append(key if letter == low else _UPPER.get(key, key.upper()))
    return "".join(out)


def looking_alike(text: str, chance: Random, *, digits: bool = False) -> str:
    """Some Cyrillic letters replaced by Latin ones, or digits, of the same shape; at least one."""
    shapes = dict(LOOK_ALIKE) | ({"О": "0", "о": "0", "З": "3", "з": "3", "б": "6"} if digits else {})
    places = [at for at, letter in enumerate(text) if letter in shapes]
    if not places:
        return text
    chosen = set(chance.sample(places, k=max(1, min(len(places), chance.randint(1, 3 if digits else len(places))))))
    return "".join(shapes[letter] if at in chosen else letter for at, letter in enumerate(text))


def slipped(word: str, chance: Random) -> str:
    """One typing error, never in the first letter: a letter left out, doubled, swapped, hit beside, heard wrongly."""
    for _ in range(50):
        at = chance.randrange(1, len(word))
        kind = chance.choice(("drop", "double", "swap", "beside", "sound"))
        letter = word[at]
        if kind == "drop" and len(word) > 4:
            got = word[:at] + word[at + 1 :]
        elif kind == "double":
            got = word[:at] + letter + word[at:]
        elif kind == "swap" and at + 1 < len(word):
            got = word[:at] + word[at + 1] + letter + word[at + 2 :]
        elif kind == "beside":
            row = next((row for row in _NEIGHBOURS if letter in row), None)
            if row is None:
                continue
            near = row.index(letter) + chance.choice((-1, 1))
            if not 0 <= near < len(row):
                continue
            got = word[:at] + row[near] + word[at + 1 :]
        else:
            got = word[:at] + _SOUNDS.get(letter, letter) + word[at + 1 :]
        if got != word:
            return got
    return word + word[-1]
