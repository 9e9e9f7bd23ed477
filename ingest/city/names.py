"""The names of the city: weighted choice, gendered forms, patronymics, spellings, and a rough folding to see namesakes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random

from domain.yaml_text import load_yaml

MALE, FEMALE = "male", "female"


@dataclass(frozen=True, slots=True)
class GivenName:
    """A given name, its weights by generation and the patronymics it gives to children."""

    text: str
    patronymic_male: str
    patronymic_female: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A weighted choice that is cheap to repeat."""

    values: tuple[GivenName, ...]
    cumulative: tuple[int, ...]

    def pick(self, chance: Random) -> GivenName:
        """One of the names."""
        return chance.choices(self.values, cum_weights=self.cumulative)[0]


@dataclass(frozen=True, slots=True)
class Names:
    """All lists of names.yaml."""

    given: dict[tuple[bool, str, int], Choice]
    surnames: dict[bool, tuple[list[str], list[int]]]
    variants: dict[str, list[str]]
    streets: list[str]
    firm_words: list[str]
    firm_trades: list[str]
    patronymics: dict[str, GivenName]

    def given_name(self, chance: Random, *, tatar: bool, gender: str, year: int) -> GivenName:
        """A name as common as it was in that year."""
        return self.given[tatar, gender, _generation(year)].pick(chance)

    def surname(self, chance: Random, *, tatar: bool) -> str:
        """A surname in its male form; the first of the list are the most common."""
        values, cumulative = self.surnames[tatar]
        return chance.choices(values, cum_weights=cumulative)[0]


def _generation(year: int) -> int:
    return 0 if year < 1965 else 1 if year < 1995 else 2


def _patronymics(name: str) -> tuple[str, str]:
    if name.endswith(("й", "ь")):
        return f"{name[:-1]}евич", f"{name[:-1]}евна"
    if name.endswith(("а", "я")):
        return f"{name[:-1]}ович", f"{name[:-1]}овна"
    return f"{name}ович", f"{name}овна"


def _words(rows: list[str]) -> list[str]:
    return [word for row in rows for word in row.split()]


@cache
def load() -> Names:
    """Read names.yaml once."""
    data = load_yaml(files("ingest.city").joinpath("names.yaml").read_text(encoding="utf-8"))
    given: dict[tuple[bool, str, int], Choice] = {}
    patronymics: dict[str, GivenName] = {}
    for tatar, gender in ((True, MALE), (True, FEMALE), (False, MALE), (False, FEMALE)):
        parsed: list[tuple[GivenName, list[int]]] = []
        for row in data[f"{'tatar' if tatar else 'russian'}_{gender}"]:
            name, *rest = row.split()
            forms = (rest[3], rest[4]) if len(rest) > 3 else _patronymics(name)
            parsed.append((GivenName(name, *forms), [int(weight) for weight in rest[:3]]))
            if gender == MALE:
                patronymics[name] = parsed[-1][0]
        for generation in range(3):
            used = [(one, weights[generation]) for one, weights in parsed if weights[generation]]
            given[tatar, gender, generation] = Choice(tuple(one for one, _ in used), tuple(accumulate(weight for _, weight in used)))
    surnames: dict[bool, tuple[list[str], list[int]]] = {}
    for tatar in (True, False):
        listed = _words(data[f"{'tatar' if tatar else 'russian'}_surnames"])
        surnames[tatar] = (listed, list(accumulate(1000 // (8 + rank) for rank in range(len(listed)))))
    return Names(
        given, surnames, data["variants"], _words(data["streets"]), _words(data["firm_words"]), _words(data["firm_trades"]), patronymics
    )


def feminine(surname: str) -> str:
    """The form a woman bears: Сафин, Сафина."""
    return f"{surname}а" if surname.endswith(("ов", "ев", "ёв", "ин", "ын")) else surname


def fold(text: str) -> str:
    """Rougher than the matcher's folding on purpose: whoever looks alike here is never put opposite an official by chance."""
    word = text.lower().replace("ё", "е")
    for tatar, russian in (
        ("ә", "а"),
        ("ө", "у"),
        ("ү", "у"),
        ("җ", "ж"),
        ("ң", "н"),
        ("һ", "х"),
        ("ь", ""),
        ("ъ", ""),
        ("-", ""),
        ("й", "и"),
    ):
        word = word.replace(tatar, russian)
    word = "".join(letter for place, letter in enumerate(word) if place == 0 or letter != word[place - 1])
    consonants = "".join(letter for letter in word if letter not in "аеиоуыэюя ")
    return consonants.replace("д", "т").replace("ж", "з") + (word[-1:] if word[-1:] == "а" else "")


def fold_full(surname: str, first: str, patronymic: str) -> str:
    """The folded ФИО; the patronymic «Айрат улы» counts as Айратович."""
    return f"{fold(surname)} {fold(first)} {fold(patronymic)}"
