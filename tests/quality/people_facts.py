"""Pairs of people told apart, or not, by kinship, dates, identifiers, contacts and former surnames."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.quality import spelling
from tests.quality.making import Maker, Pair, Props, category, person, person_inn, short, shuffled
from tests.quality.material import Human


def _with(at: Maker, left: Human, right: Human, a: Props, b: Props) -> Pair:
    return shuffled(at, person(left.full, **a), person(right.full, **b))


def _spelled(at: Maker, one: Human) -> str:
    """The same name as another paper may have it."""
    return at.chance.choice(
        (
            one.full,
            one.full.upper(),
            one.full.replace("ё", "е"),
            f"{one.first} {one.patronymic} {one.surname}",
            one.tatar_full if one.group == "tatar" else one.full,
            spelling.latin(one.full, spelling.PASSPORT),
            short(one, "after"),
        )
    )


@category(120)
def former_surnames(at: Maker, same: bool) -> Pair:
    """A woman married: the former surname, or the whole former name, stands in previousName."""
    one = at.human(female=True)
    married = at.human()
    while married.family == one.family:
        married = at.human()
    wife = replace(one, family=married.family, family_tatar=married.family_tatar)
    born = at.birth()
    dates = at.maybe(0.5)
    told = one.surname if at.maybe(0.5) else one.full
    new = person(wife.full, previousName=[told], birthDate=[born.isoformat()] if dates else [])
    if same:
        text = at.chance.choice((one.full, one.full, short(one, "after"), f"{one.surname} {one.first}"))
        return shuffled(at, new, person(text, birthDate=[born.isoformat()] if dates else []))
    kind = at.chance.choice(("sister", "other_dates", "untold", "husband", "given"))
    if kind == "other_dates":
        old = person(one.full, birthDate=[at.other_birth(born).isoformat()])
        return shuffled(at, person(wife.full, previousName=[told], birthDate=[born.isoformat()]), old)
    if kind == "untold":  # another surname, and nobody says that it changed
        return shuffled(at, person(wife.full), person(one.full))
    if kind == "husband":
        return shuffled(at, new, person(married.full))
    two = at.near(one, "given") if one.first in at.material.near_given else replace(one, given=at.human(female=True).given)
    return shuffled(at, new, person((two if two.first != one.first else at.near(one)).full))


@category(120)
def father_and_son(at: Maker, same: bool) -> Pair:
    """Рустам Айратович and Айрат Рустамович; a son of his father's name is told by the year."""
    son = at.human(female=False)
    while son.first == son.father.text:
        son = at.human(female=False)
    born = at.birth(1975, 2002)
    if same:
        text = at.chance.choice(
            (f"{son.first} {son.patronymic} {son.surname}", short(son, "before"), son.full.upper(), son.full.replace("ё", "е"))
        )
        date_of = [born.isoformat()] if at.maybe(0.4) else []
        return shuffled(at, person(son.full, birthDate=date_of), person(text, birthDate=date_of))
    father = replace(son, given=son.father, father=son.given)
    kind = at.chance.choice(("turned", "turned", "turned_initials", "namesake", "order"))
    if kind == "namesake":
        junior = replace(son, father=son.given)
        senior = at.other_birth(born).replace(year=born.year - at.chance.randint(21, 29), day=28 - born.day // 2)
        return shuffled(at, person(junior.full, birthDate=[born.isoformat()]), person(junior.full, birthDate=[senior.isoformat()]))
    if kind == "turned_initials" and son.initials[0] != son.initials[1]:
        return shuffled(at, person(short(father, "after")), person(son.full))
    if kind == "order":
        return shuffled(at, person(f"{father.first} {father.patronymic} {father.surname}"), person(son.full))
    return shuffled(at, person(father.full), person(son.full))


@category(120)
def brothers_and_sisters(at: Maker, same: bool) -> Pair:
    one = at.human()
    if same:
        born = at.birth()
        a = [born.isoformat()] if at.maybe(0.5) else []
        return shuffled(at, person(one.full, birthDate=a), person(_spelled(at, one), birthDate=a))
    others = [name for name in at.material.alike(one) if name.text != one.first]
    alike = [name for name in others if name.text[0] == one.first[0]]
    two = replace(one, given=at.chance.choice(alike if alike and at.maybe(0.7) else others))
    address = [f"г. Казань, ул. {at.chance.choice(_streets(at))}, д. {at.chance.randint(1, 90)}, кв. {at.chance.randint(1, 200)}"]
    home = address if at.maybe(0.5) else []
    born = at.birth()
    dates = at.maybe(0.4)
    return shuffled(
        at,
        person(one.full, address=home, birthDate=[born.isoformat()] if dates else []),
        person(two.full, address=home, birthDate=[at.other_birth(born).isoformat()] if dates else []),
    )


@category(80)
def twins(at: Maker, same: bool) -> Pair:
    """Born on one day of one father: only the given name tells them apart."""
    one = at.human()
    born = at.birth().isoformat()
    home = (
        [f"г. Казань, ул. {at.chance.choice(_streets(at))}, д. {at.chance.randint(1, 90)}, кв. {at.chance.randint(1, 200)}"]
        if at.maybe(0.4)
        else []
    )
    if same:
        surname = at.slipped(one.surname) if at.maybe(0.4) else one.surname
        text = f"{surname} {one.first} {one.patronymic}"
        return shuffled(at, person(one.full, birthDate=[born], address=home), person(text, birthDate=[born], address=home))
    near = [name for name in at.material.near_given.get(one.first, ()) if at.material.names[name].female == one.female]
    given = (
        at.material.names[at.chance.choice(near)] if near else at.chance.choice([x for x in at.material.alike(one) if x.text != one.first])
    )
    two = replace(one, given=given)
    return shuffled(at, person(one.full, birthDate=[born], address=home), person(two.full, birthDate=[born], address=home))


@category(160)
def namesakes(at: Maker, same: bool) -> Pair:
    """One full name: equal dates make one person, differing dates two."""
    one = at.human()
    born = at.birth()
    if same:
        return shuffled(at, person(one.full, birthDate=[born.isoformat()]), person(one.full, birthDate=[born.isoformat()]))
    other = at.other_birth(born)
    if at.maybe(0.3):
        other = other.replace(year=born.year)
        if sum(a != b for a, b in zip(born.isoformat(), other.isoformat(), strict=True)) < 3 or (born.month, born.day) == (
            other.day,
            other.month,
        ):
            other = at.other_birth(born)
    return shuffled(at, person(one.full, birthDate=[born.isoformat()]), person(one.full, birthDate=[other.isoformat()]))


@category(120)
def birth_partial(at: Maker, same: bool) -> Pair:
    """A year, or a year and month, against a whole date."""
    one = at.human()
    born = at.birth()
    part = born.isoformat()[: at.chance.choice((4, 4, 7))]
    text = one.full if at.maybe(0.6) else short(one, "after")
    if same:
        return shuffled(at, person(one.full, birthDate=[born.isoformat()]), person(text, birthDate=[part]))
    other = born
    while other.isoformat()[:4] == born.isoformat()[:4] or abs(other.year - born.year) < 3 or _one_digit(other.year, born.year):
        other = at.birth()
    return shuffled(at, person(one.full, birthDate=[born.isoformat()]), person(text, birthDate=[other.isoformat()[: len(part)]]))


def _one_digit(one: int, two: int) -> bool:
    return sum(a != b for a, b in zip(str(one), str(two), strict=True)) < 2


@category(140)
def birth_slips(at: Maker, same: bool) -> Pair:
    """Day and month swapped, one digit off: a slip, where the name is the same; a date with more unlike is another's."""
    one = at.human()
    born = at.birth()
    if not same:
        other = at.other_birth(born)
        if at.maybe(0.5):
            two = at.near(one)
            born = born.replace(day=min(born.day, 12))
            return _with(
                at, one, two, {"birthDate": [born.isoformat()]}, {"birthDate": [born.replace(month=born.day, day=born.month).isoformat()]}
            )
        return _with(at, one, one, {"birthDate": [born.isoformat()]}, {"birthDate": [other.isoformat()]})
    if at.maybe(0.5):
        while born.day > 12 or born.day == born.month:
            born = at.birth()
        slip = born.replace(month=born.day, day=born.month)
    else:
        slip = born
        while slip == born:
            text = list(born.isoformat())
            place = at.chance.choice((3, 6, 8, 9))
            text[place] = str(at.chance.randrange(10))
            try:
                slip = date.fromisoformat("".join(text))
            except ValueError:
                continue
    return _with(at, one, one, {"birthDate": [born.isoformat()]}, {"birthDate": [slip.isoformat()]})


def _streets(at: Maker) -> list[str]:
    return [one.strip() for one in at.material.tables["streets"].split(";") if one.strip()]


def _number(at: Maker) -> tuple[str, str]:
    """A property and a valid number of its kind."""
    kind = at.chance.choice(("innCode", "innCode", "socialSecurityNumber", "passportNumber"))
    return kind, {"innCode": at.inn, "socialSecurityNumber": at.snils, "passportNumber": lambda: at.passport(2010)}[kind]()


@category(120)
def identifiers_equal(at: Maker, same: bool) -> Pair:
    """An equal number with a likely name is one person; with an unlike name it is an error in the data, not a match."""
    one = at.human()
    kind, number = _number(at)
    written = number if kind == "innCode" else number.replace("-", " ").replace("  ", " ") if at.maybe(0.4) else number
    if same:
        return shuffled(at, person(one.full, **{kind: [number]}), person(_spelled(at, one), **{kind: [written]}))
    two = at.human()
    while two.family == one.family or two.first == one.first:
        two = at.human()
    return _with(at, one, two, {kind: [number]}, {kind: [written]})


@category(120)
def identifiers_different(at: Maker, same: bool) -> Pair:
    """Two valid ИНН are two people, however alike; a new passport or numbers of different kinds decide nothing."""
    one = at.human()
    born = [at.birth().isoformat()]
    if not same:
        dates = born if at.maybe(0.3) else []
        kind = "innCode" if dates or at.maybe(0.7) else "socialSecurityNumber"
        make = at.inn if kind == "innCode" else at.snils
        return _with(at, one, one, {kind: [make()], "birthDate": dates}, {kind: [make()], "birthDate": dates})
    if at.maybe(0.5):
        return _with(at, one, one, {"innCode": [at.inn()], "birthDate": born}, {"socialSecurityNumber": [at.snils()], "birthDate": born})
    return _with(
        at, one, one, {"passportNumber": [at.passport(2004)], "birthDate": born}, {"passportNumber": [at.passport(2024)], "birthDate": born}
    )


@category(80)
def identifiers_destroyed(at: Maker, same: bool) -> Pair:
    """What a spreadsheet left of a number (1,66E+11) is nobody's."""
    one = at.human()
    number = at.inn()
    wreck = f"{number[0]},{number[1:3]}E+11" if at.maybe(0.6) else f"{number[0]}.{number[1:6]}E+11"
    if same:
        born = [at.birth().isoformat()]
        return shuffled(
            at,
            person(one.full, innCode=[wreck], birthDate=born),
            person(one.full, innCode=[number if at.maybe(0.5) else wreck], birthDate=born),
        )
    two = at.near(one) if at.maybe(0.5) else at.human()
    while two.full == one.full:
        two = at.human()
    return _with(at, one, two, {"innCode": [wreck]}, {"innCode": [wreck]})


@category(80)
def identifiers_lost_zero(at: Maker, same: bool) -> Pair:
    """Eleven digits that a zero makes valid are that number (region 09, code 0999, which nobody gives out)."""
    one = at.human()
    number = person_inn(f"0999{at.chance.randrange(10**6):06d}")
    if same:
        return shuffled(at, person(one.full, innCode=[number]), person(_spelled(at, one), innCode=[number[1:]]))
    if at.maybe(0.5):
        other = person_inn(f"0999{at.chance.randrange(10**6):06d}")
        return _with(at, one, one, {"innCode": [number]}, {"innCode": [other[1:]]})
    two = at.human()
    while two.family == one.family or two.first == one.first:
        two = at.human()
    return _with(at, one, two, {"innCode": [number]}, {"innCode": [number[1:]]})


def _phone_written(at: Maker, number: str) -> str:
    digits = "".join(letter for letter in number if letter.isdigit())[1:]
    return at.chance.choice(
        (f"8{digits}", f"+7{digits}", f"8 ({digits[:3]}) {digits[3:6]}-{digits[6:8]}-{digits[8:]}", f"7-{digits[:3]}-{digits[3:]}")
    )


def _address(at: Maker) -> tuple[str, ...]:
    """The same flat in three ways."""
    street, house, flat = at.chance.choice(_streets(at)), at.chance.randint(1, 120), at.chance.randint(1, 250)
    city = at.chance.choice([one.strip() for one in at.material.tables["cities"].split(";")])
    return (
        f"г. {city}, ул. {street}, д. {house}, кв. {flat}",
        f"{city}, {street}, {house}-{flat}",
        f"42{at.chance.randrange(10000):04d}, РТ, г.{city}, улица {street}, дом {house}, квартира {flat}",
    )


@category(160)
def contacts_and_addresses(at: Maker, same: bool) -> Pair:
    """The same flat, phone or box supports a like name; it makes no one of a family, of neighbours or of an office."""
    one = at.human()
    kind = at.chance.choice(("phone", "email", "address", "address"))
    phone = at.phone()
    mail = f"{spelling.latin(one.surname, spelling.PASSPORT).lower()}{at.chance.randint(1, 99)}@example.ru"
    home = _address(at)
    first, second = {
        "phone": (phone, _phone_written(at, phone)),
        "email": (mail, mail.upper() if at.maybe(0.5) else mail),
        "address": tuple(at.chance.sample(home, k=2)),
    }[kind]
    if same:
        text = at.chance.choice((short(one, "after"), f"{one.surname} {one.first}", one.full, one.full))
        return shuffled(at, person(one.full, **{kind: [first]}), person(text, **{kind: [second]}))
    draw = at.chance.random()
    if draw < 0.35:
        two = replace(one, given=at.chance.choice([x for x in at.material.alike(one) if x.text != one.first]))
    elif draw < 0.6:
        spouse = at.human(female=not one.female)
        two = replace(spouse, family=one.family, family_tatar=one.family_tatar)
    elif draw < 0.8:
        two = at.human()
        while two.family == one.family or two.first == one.first:
            two = at.human()
    else:
        two = at.near(one, "swapped given father")
    return shuffled(at, person(one.full, **{kind: [first]}), person(two.full, **{kind: [second]}))


@category(80)
def dead_or_of_other_sex(at: Maker, same: bool) -> Pair:
    """Sex said by both and unlike; a death before the other was ever born."""
    one = at.human()
    if same:
        sex = ["female" if one.female else "male"]
        text = short(one, "after") if at.maybe(0.5) else one.full
        return shuffled(at, person(one.full, gender=sex), person(text, gender=sex))
    if at.maybe(0.6):
        sister = replace(one, given=at.human(female=not one.female).given)
        return shuffled(
            at,
            person(f"{one.family} {one.first[0]}.{one.patronymic[0]}.", gender=["female" if one.female else "male"]),
            person(sister.full, gender=["female" if sister.female else "male"]),
        )
    born = at.birth(1960, 1995)
    gone = born - timedelta(days=at.chance.randint(2000, 9000))
    return shuffled(at, person(one.full, deathDate=[gone.isoformat()]), person(one.full, birthDate=[born.isoformat()]))
