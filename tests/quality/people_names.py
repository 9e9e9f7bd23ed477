"""Pairs of people told apart, or not, by the writing of their names."""

from __future__ import annotations

from dataclasses import replace

from tests.quality import spelling
from tests.quality.grammar import CASES, feminine, given_in, patronymic_in, surname_in
from tests.quality.making import Maker, Pair, category, person, short, shuffled
from tests.quality.material import Human


def _pair(at: Maker, one: Human, two: Human, same: bool, left: str, right: str) -> Pair:
    a, b = at.ordinary(one, two, same=same)
    return shuffled(at, person(left, **a), person(right, **b))


def _order(at: Maker, one: Human) -> str:
    """The full name as papers mostly have it: surname first, now and then last."""
    return one.full if at.maybe(0.75) else f"{one.first} {one.patronymic} {one.surname}"


def other_initials(at: Maker, one: Human) -> Human:
    """Another of the same surname whose initials differ in one letter or both, or of another surname."""
    while True:
        draw = at.chance.random()
        if draw < 0.4:
            two = replace(one, given=at.chance.choice(at.material.alike(one)))
        elif draw < 0.8:
            two = replace(one, father=at.human().father)
        else:
            two = at.near(one, "surname given father swapped")
        if two.initials != one.initials or two.family != one.family:
            return two


@category(120)
def initials_and_full(at: Maker, same: bool) -> Pair:
    one = at.human()
    two = one if same else other_initials(at, one)
    return _pair(at, one, two, same, short(two, at.chance.choice(("after", "after", "before", "after_space"))), _order(at, one))


@category(100)
def initials_spacing(at: Maker, same: bool) -> Pair:
    one = at.human()
    two = one if same else other_initials(at, one)
    styles = ("after", "bare", "joined", "before", "before_space", "stuck", "stuck_after", "comma", "lower", "upper", "after_space")
    style, other = at.chance.sample(styles, k=2)
    right = _order(at, one) if at.maybe(0.4) else short(one, other)
    return _pair(at, one, two, same, short(two, style), right)


@category(80)
def one_initial(at: Maker, same: bool) -> Pair:
    """«Гарипов А.», «Гарипов Айдар Р.»."""
    one = at.human()
    two = one
    while not same and (two.family, two.initials[0]) == (one.family, one.initials[0]):
        two = other_initials(at, one)
    if at.maybe(0.5):
        two = one if same else at.near(one, "given surname")
        return _pair(at, one, two, same, f"{two.surname} {two.first} {two.patronymic[0]}.", _order(at, one))
    return _pair(at, one, two, same, short(two, "one"), one.full)


@category(120, "tatar", "mixed")
def tatar_patronymic(at: Maker, same: bool) -> Pair:
    one = at.human()
    two = one if same else at.near(one, "father father given surname sex")
    son = "кызы" if two.female else "улы"
    style = at.chance.choice(("russian", "tatar", "tatar", "caps", "full_tatar"))
    father = two.father.tatar if style != "russian" else two.father.text
    text = f"{two.surname} {two.first} {father} {son.capitalize() if style == 'caps' else son}"
    return _pair(at, one, two, same, two.tatar_full if style == "full_tatar" else text, one.full)


@category(80, "mixed")
def turkic_patronymic(at: Maker, same: bool) -> Pair:
    """-оглы, -кызы, -угли, -кизи, written together, apart, with a hyphen; and the Russian -ович of the same father."""
    lists = {key: at.material.tables[f"turkic_{key}"].split() for key in ("sons", "daughters", "fathers", "surnames")}
    half = {key: [name for place, name in enumerate(names) if place % 2 == (at.split == "judge")] for key, names in lists.items()}
    female = at.maybe(0.45)
    surname, first, father = (
        at.chance.choice(half["surnames"]),
        at.chance.choice(half["daughters" if female else "sons"]),
        at.chance.choice(half["fathers"]),
    )
    surname = feminine(surname) if female else surname
    word = at.chance.choice(("кызы", "гызы", "кизи") if female else ("оглы", "оглу", "угли"))
    russian = f"{father}{'овна' if female else 'ович'}"

    def written(name: str, sire: str, how: str) -> str:
        return {
            "apart": f"{surname} {name} {sire} {word}",
            "joined": f"{surname} {name} {sire}{word}",
            "hyphen": f"{surname} {name} {sire}-{word}",
            "capital": f"{surname} {name} {sire} {word.capitalize()}",
            "russian": f"{surname} {name} {russian if sire == father else sire + ('овна' if female else 'ович')}",
            "front": f"{name} {sire} {word} {surname}",
        }[how]

    how, other = at.chance.sample(("apart", "joined", "hyphen", "capital", "russian", "front"), k=2)
    name, sire = first, father
    if not same:
        if at.maybe(0.6):
            sire = at.chance.choice([one for one in half["fathers"] if one != father])
        else:
            name = at.chance.choice([one for one in half["daughters" if female else "sons"] if one != first])
    return shuffled(at, person(written(first, father, how)), person(written(name, sire, other)))


@category(100, "russian", "mixed")
def yo_and_ye(at: Maker, same: bool) -> Pair:
    one = at.human()
    while "ё" not in one.full.lower():
        one = at.human()
    two = one if same else at.near(one, "given father surname brother")
    return _pair(at, one, two, same, two.full.replace("ё", "е").replace("Ё", "Е"), _order(at, one))


@category(160, "tatar")
def tatar_spelling(at: Maker, same: bool) -> Pair:
    one = at.human(tatar_letters=True)
    two = one if same else at.near(one)
    style = at.chance.choice(("full", "full", "russian_father", "no_father", "initials"))
    if not same and style in ("no_father", "initials"):
        two = at.near(one, "given surname") if style == "no_father" else other_initials(at, one)
    text = {
        "full": two.tatar_full,
        "russian_father": f"{two.tatar_surname} {two.given.tatar} {two.patronymic}",
        "no_father": f"{two.given.tatar} {two.tatar_surname}",
        "initials": f"{two.tatar_surname} {two.given.tatar[0]}.{two.father.tatar[0]}.",
    }[style]
    if style == "initials" and (two.given.tatar[0].lower() in "әөүҗңһ" or two.father.tatar[0].lower() in "әөүҗңһ"):
        text = two.tatar_full
    return _pair(at, one, two, same, text, one.full)


def _latin(at: Maker, same: bool, tables: tuple[dict[str, str], ...], *, tatar: bool = False) -> Pair:
    one = at.human()
    short_form = at.maybe(0.3)
    two = one if same else at.near(one, "given given surname" if short_form else "given father surname brother swapped")
    table = at.chance.choice(tables)
    if tatar:
        text = f"{two.given.tatar} {two.tatar_surname}" if short_form else two.tatar_full
        other = one.full if at.maybe(0.6) else one.tatar_full
    else:
        text = f"{two.first} {two.surname}" if short_form else two.full
        other = _order(at, one)
    got = spelling.latin(text, table)
    return _pair(at, one, two, same, got.upper() if at.maybe(0.2) else got, other)


@category(120)
def latin_passport(at: Maker, same: bool) -> Pair:
    return _latin(at, same, (spelling.PASSPORT, spelling.PASSPORT, spelling.PASSPORT_OLD))


@category(80)
def latin_scholarly(at: Maker, same: bool) -> Pair:
    return _latin(at, same, (spelling.ISO_9, spelling.ISO_9, spelling.GOST_B))


@category(120)
def latin_everyday(at: Maker, same: bool) -> Pair:
    return _latin(at, same, (spelling.EVERYDAY, spelling.EVERYDAY_J, spelling.CHAT))


@category(100, "tatar")
def latin_tatar(at: Maker, same: bool) -> Pair:
    return _latin(at, same, (spelling.TATAR_LATIN, spelling.TATAR_ASCII), tatar=True)


@category(80)
def latin_two_ways(at: Maker, same: bool) -> Pair:
    """One passport against another: Khayrullin, Hairullin."""
    one = at.human()
    two = one if same else at.near(one, "given father surname brother")
    first, second = at.chance.sample((spelling.PASSPORT, spelling.PASSPORT_OLD, spelling.EVERYDAY, spelling.ISO_9), k=2)
    return _pair(at, one, two, same, spelling.latin(two.full, first), spelling.latin(one.full, second))


@category(140)
def oblique_cases(at: Maker, same: bool) -> Pair:
    """«Гарипову Айрату Рустамовичу»; never one whose case alone tells a man from a woman of the same initials."""
    stems = at.material.tables["stems"]
    one = at.human()
    two = one if same else at.near(one, "given father surname brother sex")
    case = at.chance.choice(CASES)
    text = " ".join(
        (
            surname_in(case, two.surname, female=two.female),
            given_in(case, two.first, female=two.female, stems=stems),
            patronymic_in(case, two.patronymic, female=two.female),
        )
    )
    if at.maybe(0.25):
        words = text.split()
        text = " ".join((*words[1:], words[0]))
    return _pair(at, one, two, same, text, one.full)


@category(100)
def gendered_surnames(at: Maker, same: bool) -> Pair:
    """A brother and a sister are two; a woman whose surname a form left in the male gender is one."""
    if same:
        one = at.human(female=True)
        latin = at.maybe(0.4)
        text = f"{one.family} {one.first} {one.patronymic}"
        return _pair(at, one, one, True, spelling.latin(text, spelling.PASSPORT) if latin else text, one.full)
    one = at.human(female=False)
    two = at.near(one, "sex") if one.first in at.material.by_sex else replace(one, given=at.human(female=True).given)
    style = at.chance.choice(("full", "full", "no_father", "initials"))
    if style == "full":
        return _pair(at, one, two, False, two.full, one.full)
    if style == "no_father":
        return _pair(at, one, two, False, f"{two.surname} {two.first}", one.full)
    while feminine(one.family) == one.family:
        one = at.human(female=False)
    sisters = [name for key, names in at.material.given.items() if key[1] for name in names if name.text[0] == one.first[0]]
    two = replace(one, given=at.chance.choice(sisters or [two.given]))
    return _pair(at, one, two, False, short(two, "after"), one.full)


@category(90, "russian", "mixed")
def unchanging_surnames(at: Maker, same: bool) -> Pair:
    """Ткаченко, Черных: the same for a man and for a woman."""
    family = at.chance.choice(at.material.surnames["unchanging", at.split])
    one = replace(at.human(), family=family[0], family_tatar=family[1])
    if same:
        return _pair(
            at, one, one, True, f"{one.first} {one.patronymic} {one.surname}".upper() if at.maybe(0.5) else short(one, "before"), one.full
        )
    two = replace(at.human(female=not one.female), family=one.family, family_tatar=one.family)
    two = replace(two, father=one.father) if at.maybe(0.6) else at.near(one, "given father")
    return _pair(at, one, two, False, two.full, one.full)


@category(120)
def diminutives(at: Maker, same: bool) -> Pair:
    one = at.human()
    while not one.given.home:
        one = at.human()
    home = at.chance.choice(one.given.home)
    two = one
    if not same:
        others = [
            name for name in at.material.alike(one) if name.home and name.text != one.first and not set(name.home) & set(one.given.home)
        ]
        near = [name for name in others if name.text[0] == one.first[0] or name.home[0][0] == home[0]]
        two = replace(one, given=at.chance.choice(near or others))
        home = at.chance.choice(two.given.home)
    text = at.chance.choice((f"{home} {two.surname}", f"{two.surname} {home}", f"{two.surname} {home} {two.patronymic}"))
    return _pair(at, one, two, same, text, one.full if at.maybe(0.7) else f"{one.surname} {one.first}")


@category(100)
def look_alike_letters(at: Maker, same: bool) -> Pair:
    one = at.human()
    two = one if same else at.near(one)
    return _pair(at, one, two, same, spelling.looking_alike(two.full, at.chance, digits=at.maybe(0.25)), _order(at, one))


@category(200)
def typing_error(at: Maker, same: bool) -> Pair:
    """One slip in one part or in two; what a slip makes is no other name."""
    one = at.human()
    if not same:
        two = at.near(one)
        return _pair(at, one, two, False, two.full, one.full)
    parts = [one.surname, one.first, one.patronymic]
    for place in at.chance.sample(range(3), k=2 if at.maybe(0.25) else 1):
        parts[place] = at.slipped(parts[place])
    return _pair(at, one, one, True, " ".join(parts), _order(at, one))


@category(200)
def near_names(at: Maker, same: bool) -> Pair:
    """Марат and Мурат are two, Рустам and Рустем one; likewise Хасанов and Хусаинов."""
    if same:
        one = at.human()
        while one.first not in at.material.same_given:
            one = at.human()
        other = at.material.same_given[one.first]
        tail = at.maybe(0.8)
        return _pair(at, one, one, True, f"{one.surname} {other}" + (f" {one.patronymic}" if tail else ""), one.full)
    one = at.human()
    while one.first not in at.material.near_given and one.family not in at.material.near_surnames:
        one = at.human()
    two = at.near(one, "given given surname")
    if at.maybe(0.3):
        return _pair(at, one, two, False, f"{two.surname} {two.first}", one.full)
    return _pair(at, one, two, False, two.full, one.full)


@category(120)
def swapped_parts(at: Maker, same: bool) -> Pair:
    one = at.human()
    two = one if same else at.near(one, "given father surname swapped swapped")
    style = at.chance.choice(("last", "comma", "fields", "first_last", "fields_swapped"))
    a, b = at.ordinary(one, two, same=same)
    if style == "fields":
        left = person(two.full, firstName=[two.first], lastName=[two.surname], fatherName=[two.patronymic], **a)
        return shuffled(at, left, person(f"{one.first} {one.patronymic} {one.surname}", **b))
    if style == "fields_swapped":
        left = person(
            f"{two.first} {two.patronymic} {two.surname}", firstName=[two.surname], lastName=[two.first], fatherName=[two.patronymic], **a
        )
        return shuffled(at, left, person(one.full, **b))
    if style == "first_last" and not same:
        two = at.near(one, "given surname")
    text = {
        "last": f"{two.first} {two.patronymic} {two.surname}",
        "comma": f"{two.surname}, {two.first} {two.patronymic}",
        "first_last": f"{two.first} {two.surname}",
    }[style]
    return shuffled(at, person(text, **a), person(one.full if style != "first_last" else f"{one.surname} {one.first}", **b))


@category(80)
def keyboard_layout(at: Maker, same: bool) -> Pair:
    one = at.human()
    two = one if same else at.near(one)
    text = two.full
    if at.maybe(0.25):
        two = one if same else at.near(one, "given surname")
        text = f"{two.surname} {two.first}"
    return _pair(at, one, two, same, spelling.backwards_keyboard(text), one.full)


@category(100)
def missing_patronymic(at: Maker, same: bool) -> Pair:
    one = at.human()
    two = one if same else at.near(one, "given given surname sex")
    text = f"{two.surname} {two.first}" if at.maybe(0.6) else f"{two.first} {two.surname}"
    return _pair(at, one, two, same, text, one.full)


@category(90)
def double_surnames(at: Maker, same: bool) -> Pair:
    one, other = at.human(female=True), at.human()
    while other.family == one.family:
        other = at.human()
    tail = f"{one.first} {one.patronymic}"
    first, second = one.surname, feminine(other.family)
    left = f"{first}-{second} {tail}"
    if same:
        born = [at.birth().isoformat()] if at.maybe(0.6) else []
        style = at.chance.choice(("space", "turned", "lower", "half", "last"))
        text = {
            "space": f"{first} {second} {tail}",
            "turned": f"{second}-{first} {tail}",
            "lower": f"{first} - {second} {tail}",
            "half": f"{first} {tail}",
            "last": f"{tail} {first}-{second}",
        }[style]
        if style == "half":
            born = [at.birth().isoformat()]
        return shuffled(at, person(left, birthDate=born), person(text, birthDate=born))
    third = at.human()
    while third.family in (one.family, other.family):
        third = at.human()
    near = at.near(one, "given father")
    text = at.chance.choice((f"{first}-{feminine(third.family)} {tail}", f"{first}-{second} {near.first} {near.patronymic}"))
    return _pair(at, one, near, False, text, left)
