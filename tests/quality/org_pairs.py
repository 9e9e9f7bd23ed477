"""Pairs of organizations told apart, or not, by form, number, place, identifiers and the writing of their names."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from ingest.city import numbers

from tests.quality import spelling
from tests.quality.making import Entity, Maker, Pair, category, person, shuffled
from tests.quality.material import HERE

_GROUP = "organization"


@cache
def _tables() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / "orgs.yaml").read_text(encoding="utf-8"))
    return loaded


def _list(at: Maker, name: str) -> list[str]:
    value = _tables()[f"{name}_{at.split}"]
    return value.split() if isinstance(value, str) else value


def _org(name: str, schema: str = "Company", /, **properties: list[str]) -> Entity:
    return {"schema": schema, "properties": {"name": [name], **{key: value for key, value in properties.items() if value}}}


def _core(at: Maker) -> str:
    """A name without its form: «Ромашка», «Альфа Строй», «Вектор-Сервис», «Казгорстрой»."""
    words = _list(at, "words")
    word = at.chance.choice(words)
    draw = at.chance.random()
    if draw < 0.45 or "строй" in word.lower():
        return word
    trade = at.chance.choice(_list(at, "trades"))
    return at.chance.choice((f"{word} {trade}", f"{word}-{trade}", f"{word}{trade.lower()}"))


def _other_core(at: Maker, core: str) -> str:
    """Another name that shares a word or a half with the first."""
    while True:
        other = _core(at)
        trades = _list(at, "trades")
        head = next((word for word in _list(at, "words") if core.startswith(word)), core)
        if at.maybe(0.5) and head != core:
            other = head + at.chance.choice((" ", "-")) + at.chance.choice([trade for trade in trades if trade.lower() not in core.lower()])
        if other.lower().replace("-", "").replace(" ", "") != core.lower().replace("-", "").replace(" ", ""):
            return other


def _forms(at: Maker) -> list[str]:
    return [part.strip() for part in at.chance.choice(_tables()["forms"]).split("|")]


def _inn(at: Maker) -> str:
    return numbers.inn_organization(at.serial(), at.seed)


def _beside(at: Maker, left: Entity, right: Entity, *, same: bool) -> Pair:
    """Now and then an ИНН or an address stands on one side or on both."""
    draw = at.chance.random()
    if draw < 0.15:
        left["properties"]["innCode"] = [_inn(at)]
    elif draw < 0.3:
        number = _inn(at)
        left["properties"]["innCode"] = [number]
        right["properties"]["innCode"] = [number if same else _inn(at)]
    elif draw < 0.45:
        place = f"г. {at.chance.choice(_tables()['cities'])}, ул. Заводская, д. {at.chance.randint(1, 99)}"
        left["properties"]["address"] = [place]
        if same:
            right["properties"]["address"] = [place.replace("ул. ", "улица ").replace("д. ", "дом ")]
    return shuffled(at, left, right)


def _quoted(at: Maker, form: str, core: str) -> str:
    return at.chance.choice((f"{form} «{core}»", f'{form} "{core}"', f"{form} {core}", f"«{core}», {form}", f"{form} “{core}”"))


@category(140, _GROUP)
def org_legal_forms(at: Maker, same: bool) -> Pair:
    """Long, short, Tatar, English: one form; the core decides."""
    forms = _forms(at)
    core = _core(at)
    one, two = at.chance.sample(range(4), k=2)
    other = core if same else _other_core(at, core)
    left = _quoted(at, forms[one], core)
    right = f"«{other}» {forms[two]}" if two == 3 else _quoted(at, forms[two], other)
    return _beside(at, _org(left), _org(right.upper() if at.maybe(0.2) else right), same=same)


@category(80, _GROUP)
def org_form_missing(at: Maker, same: bool) -> Pair:
    """The form is left out on one side: unknown, not different. Two unlike forms are two firms."""
    core = _core(at)
    forms = _forms(at)
    if same:
        return _beside(at, _org(_quoted(at, forms[1], core)), _org(core), same=True)
    if at.maybe(0.6):
        return _beside(at, _org(_quoted(at, forms[1], core)), _org(_other_core(at, core)), same=False)
    others = [row for row in ("МУП", "ООО", "АНО", "ГУП") if row != forms[1]]
    return shuffled(
        at,
        _org(_quoted(at, forms[1], core), innCode=[_inn(at)]),
        _org(_quoted(at, at.chance.choice(others), core), innCode=[_inn(at)]),
    )


@category(140, _GROUP)
def org_schools_and_kindergartens(at: Maker, same: bool) -> Pair:
    """«Школа № 12» and «Школа № 21» are two; МБОУ «СОШ № 12» is the school № 12."""
    kinds = _tables()["institutions"]
    forms = [part.strip() for part in at.chance.choice(kinds).split("|")]
    n = at.chance.randint(2, 180)
    one, two = at.chance.sample(range(3), k=2)
    m = n
    if not same:
        other = int(str(n)[::-1]) if n > 9 else n + 10
        m = at.chance.choice((other, n + 1, n + 10, n * 10 + 1))
        if m == n or at.maybe(0.2):
            forms = [*forms]
            again = [
                part.strip() for part in at.chance.choice([kind for kind in kinds if kind.split("|")[0].strip() != forms[0]]).split("|")
            ]
            return shuffled(at, _org(forms[one].format(n=n), "PublicBody"), _org(again[two].format(n=n), "PublicBody"))
    right = forms[two].format(n=m)
    right = at.chance.choice((right, right.replace("№ ", "№"), right.replace("№ ", "N "), right.replace("№ ", ""), right.upper()))
    city = at.chance.choice(_tables()["cities"])
    left = forms[one].format(n=n)
    if at.maybe(0.3):
        left, right = f"{left} г. {city}", f"{right} города {city}" if at.maybe(0.5) else f"{right} г.{city}"
    return shuffled(at, _org(left, "PublicBody"), _org(right, "PublicBody"))


@category(80, _GROUP)
def org_named_institutions(at: Maker, same: bool) -> Pair:
    one, two = (part.strip() for part in at.chance.choice(_list(at, "named_institutions")).split("|"))
    city = at.chance.choice(_tables()["cities"])
    forms = at.chance.sample(("МБУ", "Муниципальное бюджетное учреждение"), k=2)
    tail = at.chance.choice(("", f" г. {city}", f" города {city}"))
    left = f"{forms[0]} «{one}»{tail}"
    if same:
        return shuffled(at, _org(left, "PublicBody"), _org(f"{forms[1]} {one.upper()}{tail}", "PublicBody"))
    if at.maybe(0.35) and tail:
        far = at.chance.choice([place for place in _tables()["cities"] if place != city])
        return shuffled(at, _org(left, "PublicBody"), _org(f"{forms[1]} «{one}» г. {far}", "PublicBody"))
    return shuffled(at, _org(left, "PublicBody"), _org(f"{forms[1]} «{two}»{tail}", "PublicBody"))


@category(120, _GROUP)
def org_numbers_and_suffixes(at: Maker, same: bool) -> Pair:
    """«Ромашка-2», «Альфа Групп» are not «Ромашка», «Альфа»; «Ромашка 2» is «Ромашка-2»."""
    core = at.chance.choice(_list(at, "words"))
    forms = _forms(at)
    pattern = at.chance.choice(_tables()["suffixes"])
    with_suffix = pattern.format(core)
    if same:
        other = at.chance.choice(
            (
                with_suffix.replace("-", " - "),
                with_suffix.replace("-", " "),
                with_suffix.upper(),
                with_suffix.replace("Управляющая компания", "УК").replace("Групп", "Group").replace("и К", "и Ко"),
            )
        )
        return _beside(at, _org(_quoted(at, forms[1], with_suffix)), _org(_quoted(at, forms[at.chance.randrange(2)], other)), same=True)
    others = [other for other in _tables()["suffixes"] if other != pattern]
    right = core if at.maybe(0.6) else at.chance.choice(others).format(core)
    if at.maybe(0.2):
        with_suffix, right = f"{core}-{at.chance.randint(2, 5)}", f"{core}-{at.chance.randint(6, 9)}"
    return shuffled(at, _org(_quoted(at, forms[1], with_suffix)), _org(_quoted(at, forms[at.chance.randrange(2)], right)))


@category(70, _GROUP)
def org_ordinals(at: Maker, same: bool) -> Pair:
    """«Первая городская больница», «1-я городская больница», «Городская больница № 1»."""
    ordinals = ("Первая", "Вторая", "Третья", "Четвёртая", "Пятая", "Шестая", "Седьмая", "Восьмая", "Девятая", "Десятая")
    nouns = ("городская больница", "детская поликлиника", "пожарная часть", "гимназия", "автоколонна", "аптека")
    n, noun = at.chance.randrange(10), at.chance.choice(nouns)
    m = n if same else at.chance.choice([one for one in range(10) if one != n])

    def written(number: int, how: int) -> str:
        return (
            f"{ordinals[number]} {noun}",
            f"{number + 1}-я {noun}",
            f"{noun.capitalize()} № {number + 1}",
            f"{noun.capitalize()} №{number + 1}",
        )[how]

    one, two = at.chance.sample(range(4), k=2)
    left, right = written(n, one), written(m, two)
    if at.maybe(0.5):
        left = f"МБУ «{left}»"
    return shuffled(at, _org(left, "PublicBody"), _org(right, "PublicBody"))


@category(80, _GROUP)
def org_word_order(at: Maker, same: bool) -> Pair:
    words, trades = _list(at, "words"), _list(at, "trades")
    one, two = at.chance.sample(words, k=2)
    trade = at.chance.choice(trades)
    core = at.chance.choice((f"{one} {trade}", f"{one} {two}", f"Фирма {one}", f"Торговый дом {one}"))
    form = _forms(at)
    turned = " ".join(reversed(core.split())) if core.count(" ") == 1 else f"{one} Торговый дом"
    if not same:
        third = at.chance.choice([word for word in words if word not in (one, two)])
        turned = turned.replace(one, third)
    return _beside(at, _org(_quoted(at, form[1], core)), _org(_quoted(at, form[at.chance.randrange(2)], turned)), same=same)


@category(100, _GROUP)
def org_abbreviations(at: Maker, same: bool) -> Pair:
    rows = [[part.strip() for part in row.split("|")] for row in _list(at, "abbreviations")]
    long, brief = at.chance.choice(rows)
    form = _forms(at)
    if not same:
        brief = at.chance.choice([row[1] for row in rows if row[1] != brief])
    elif at.maybe(0.3):
        brief = brief.upper()
    return _beside(at, _org(_quoted(at, form[at.chance.randrange(2)], long)), _org(_quoted(at, form[1], brief)), same=same)


@category(100, _GROUP)
def org_latin(at: Maker, same: bool) -> Pair:
    core = _core(at)
    other = core if same else _other_core(at, core)
    form = _forms(at)
    table = at.chance.choice((spelling.PASSPORT, spelling.PASSPORT_OLD, spelling.EVERYDAY, spelling.ISO_9))
    text = spelling.latin(other, table | spelling.TATAR_ASCII if "ө" in other or "ә" in other else table)
    right = at.chance.choice((f"{form[2]} {text}", f"{text} {form[2]}", f'{form[2]} "{text}"', f"{text.upper()}, {form[2]}"))
    return _beside(at, _org(_quoted(at, form[1], core)), _org(right), same=same)


@category(80, _GROUP)
def org_typing_error(at: Maker, same: bool) -> Pair:
    """One slip in a long word; short words a letter apart are other names."""
    core = _core(at)
    while len(core) < 7:
        core = _core(at)
    form = _forms(at)
    if not same:
        short = at.chance.choice(
            (("Альта", "Альфа"), ("Вита", "Вега"), ("Марс", "Март"), ("Сокол", "Соболь"), ("Гранд", "Гранит"), ("Русь", "Рысь"))
        )
        one, two = short if at.maybe(0.5) else (core, _other_core(at, core))
        return _beside(at, _org(_quoted(at, form[1], one)), _org(_quoted(at, form[0], two)), same=False)
    place = core.split()[0].split("-")[0]
    slip = core.replace(place, at.slipped(place.lower()).capitalize(), 1)
    return _beside(at, _org(_quoted(at, form[1], core)), _org(_quoted(at, form[at.chance.randrange(2)], slip)), same=True)


@category(80, _GROUP)
def org_branches(at: Maker, same: bool) -> Pair:
    """A branch is not the firm, nor another branch; the same branch written otherwise is itself."""
    core, form = _core(at), _forms(at)
    city, far = at.chance.sample(_tables()["cities"], k=2)
    firm = _quoted(at, form[1], core)
    if same:
        return shuffled(at, _org(f"Филиал {firm} в г. {city}"), _org(f"{_quoted(at, form[1], core)}, филиал в городе {city}"))
    other = firm if at.maybe(0.5) else f"Филиал {firm} в г. {far}"
    return shuffled(at, _org(f"Филиал {firm} в г. {city}"), _org(other))


@category(100, _GROUP)
def org_sole_traders(at: Maker, same: bool) -> Pair:
    """An ИП is the person: its name says whom."""
    maker = Maker(at.chance, at.material, at.split, at.chance.choice(("russian", "tatar")), at.taken, at.seed, at.used)
    one = maker.human()
    two = one if same else maker.near(one)
    left = at.chance.choice(
        (f"ИП {one.full}", f"Индивидуальный предприниматель {one.full}", f"ИП {one.surname} {one.first[0]}.{one.patronymic[0]}.")
    )
    if not same and left.endswith("."):
        left = f"ИП {one.full}"
    right = at.chance.choice((f"Индивидуальный предприниматель {two.full}", f"{two.full} (ИП)", f"ИП {two.full.upper()}"))
    number = maker.inn()
    known = at.maybe(0.4)
    a = _org(left, innCode=[number] if known else [])
    b = _org(right, innCode=[number if same else maker.inn()] if known and at.maybe(0.6) else [])
    return shuffled(at, a, b)


@category(60, _GROUP)
def org_sole_trader_as_legal_entity(at: Maker, same: bool) -> Pair:
    """The ИП as a LegalEntity beside the person."""
    maker = Maker(at.chance, at.material, at.split, at.chance.choice(("russian", "tatar")), at.taken, at.seed, at.used)
    one = maker.human()
    two = one if same else maker.near(one)
    number = [maker.inn()] if at.maybe(0.5) else []
    left = _org(f"ИП {one.full}", "LegalEntity", innCode=number)
    right = person(two.full, innCode=number if same and at.maybe(0.7) else [])
    return shuffled(at, left, right)


@category(80, _GROUP)
def org_renamed(at: Maker, same: bool) -> Pair:
    """previousName tells the old name; an old name of another firm tells nothing."""
    form = _forms(at)
    old, new = _core(at), _core(at)
    while new == old:
        new = _core(at)
    now = _org(_quoted(at, form[1], new), previousName=[_quoted(at, form[1], old)])
    if same:
        return shuffled(at, now, _org(_quoted(at, form[at.chance.randrange(2)], old)))
    draw = at.chance.random()
    if draw < 0.5:
        return shuffled(at, now, _org(_quoted(at, form[1], _other_core(at, old))))
    if draw < 0.75:
        return shuffled(at, _org(_quoted(at, form[1], new)), _org(_quoted(at, form[1], old)))
    now["properties"]["innCode"] = [_inn(at)]
    return shuffled(at, now, _org(_quoted(at, form[1], old), innCode=[_inn(at)]))


@category(120, _GROUP)
def org_same_name_elsewhere(at: Maker, same: bool) -> Pair:
    """One name in two cities, or with two ИНН, is two firms; in one city, or with one ИНН, one."""
    form, core = _forms(at), _core(at)
    city, far = at.chance.sample(_tables()["cities"], k=2)
    street = at.chance.choice(("Заводская", "Промышленная", "Советская", "Тукая"))
    house = at.chance.randint(1, 150)
    here = f"г. {city}, ул. {street}, д. {house}"
    left = _org(_quoted(at, form[1], core))
    right = _org(_quoted(at, form[at.chance.randrange(2)], core))
    if same:
        if at.maybe(0.5):
            left["properties"]["address"], right["properties"]["address"] = [here], [f"{city}, улица {street}, {house}"]
        else:
            number = _inn(at)
            left["properties"]["innCode"], right["properties"]["innCode"] = [number], [number]
        return shuffled(at, left, right)
    if at.maybe(0.5):
        left["properties"]["address"] = [here]
        right["properties"]["address"] = [f"г. {far}, ул. {at.chance.choice(('Ленина', 'Мира', 'Кирова'))}, д. {at.chance.randint(1, 150)}"]
    else:
        left["properties"]["innCode"], right["properties"]["innCode"] = [_inn(at)], [_inn(at)]
    return shuffled(at, left, right)


@category(80, _GROUP)
def org_identifiers(at: Maker, same: bool) -> Pair:
    """An equal ИНН or ОГРН with a likely name; with an unlike name an error in the data."""
    form, core = _forms(at), _core(at)
    number, ogrn = _inn(at), numbers.ogrn(at.serial(), at.chance.randint(2002, 2024), at.seed)
    facts: dict[str, list[str]] = at.chance.choice(({"innCode": [number]}, {"ogrnCode": [ogrn]}, {"innCode": [number], "ogrnCode": [ogrn]}))
    if same:
        other = at.chance.choice((core, core.upper(), spelling.latin(core, spelling.PASSPORT), core.replace("-", " ")))
        return shuffled(at, _org(_quoted(at, form[1], core), **facts), _org(_quoted(at, form[0], other), **facts))
    other = _core(at)
    while other.split()[0].split("-")[0][:4] == core[:4]:
        other = _core(at)
    return shuffled(
        at, _org(_quoted(at, form[1], core), **facts), _org(_quoted(at, at.chance.choice(("ООО", "АО", "МУП")), other), **facts)
    )


@category(80, _GROUP)
def org_directors(at: Maker, same: bool) -> Pair:
    """One name and one director: the same firm; another director in another city: another."""
    maker = Maker(at.chance, at.material, at.split, at.chance.choice(("russian", "tatar")), at.taken, at.seed, at.used)
    boss, other = maker.human(), maker.human()
    while other.surname == boss.surname:
        other = maker.human()
    form, core = _forms(at), _core(at)
    city, far = at.chance.sample(_tables()["cities"], k=2)
    left = _led(at, "a", _org(_quoted(at, form[1], core), address=[f"г. {city}"] if at.maybe(0.5) else []), boss.full)
    if same:
        name = boss.full if at.maybe(0.6) else boss.full.upper()
        return shuffled(at, left, _led(at, "b", _org(_quoted(at, form[at.chance.randrange(2)], core)), name))
    left["properties"]["address"] = [f"г. {city}, ул. Заводская, д. {at.chance.randint(1, 90)}"]
    right = _org(_quoted(at, form[1], core), address=[f"г. {far}, ул. Мира, д. {at.chance.randint(1, 90)}"])
    return shuffled(at, left, _led(at, "b", right, other.full))


def _led(at: Maker, key: str, firm: Entity, director: str) -> Entity:
    """The firm with its director beside it."""
    post = {"director": [f"{key}-boss"], "organization": [key], "startDate": [f"{at.chance.randint(2010, 2022)}-02-01"]}
    boss = {**person(director), "id": f"{key}-boss"}
    return {**firm, "id": key, "related": [{"id": f"{key}-post", "schema": "Directorship", "properties": post}, boss]}


@category(80, _GROUP)
def org_generic_words(at: Maker, same: bool) -> Pair:
    """Words that half the register bears: the place or the number beside them must agree."""
    core, form = at.chance.choice(_list(at, "generic")), _forms(at)
    city, far = at.chance.sample(_tables()["cities"], k=2)
    left = _org(_quoted(at, form[1], core), address=[f"г. {city}, ул. Тукая, д. {at.chance.randint(1, 90)}"])
    if same:
        place = left["properties"]["address"][0].replace("г. ", "город ")
        return shuffled(at, left, _org(_quoted(at, form[0], core), address=[place]))
    if at.maybe(0.5):
        return shuffled(at, left, _org(_quoted(at, form[1], core), address=[f"г. {far}, пр. Мира, д. {at.chance.randint(1, 90)}"]))
    other = at.chance.choice([word for word in _list(at, "generic") if word != core])
    return shuffled(at, left, _org(_quoted(at, form[1], other), address=left["properties"]["address"]))


@category(60, _GROUP)
def org_look_alike_letters(at: Maker, same: bool) -> Pair:
    core, form = _core(at), _forms(at)
    other = core if same else _other_core(at, core)
    sign = spelling.looking_alike(form[1], at.chance) if at.maybe(0.4) else form[1]
    return shuffled(at, _org(_quoted(at, form[1], core)), _org(_quoted(at, sign, spelling.looking_alike(other, at.chance))))


@category(60, _GROUP, same_share=0.3)
def org_hostile(at: Maker, same: bool) -> Pair:
    """A form alone, digits, emptiness: never one."""
    form, core = _forms(at), _core(at)
    if same:
        return shuffled(at, _org(_quoted(at, form[1], core)), _org(f"  {form[1]}\u00a0«{core}»\u200b "))
    nothing = (
        "",
        "ООО",
        "ООО «»",
        "Общество с ограниченной ответственностью",
        "МБОУ",
        "№",
        "—",
        "н/д",
        "12345",
        "😀",
        "АО ''",
        "не указано",
        "ИП",
        "\u0000",
    )
    one = at.chance.choice(nothing)
    if at.maybe(0.7):
        return _org(one), _org(one if at.maybe(0.6) else at.chance.choice(nothing))
    return shuffled(at, _org(one), _org(_quoted(at, form[1], core)))
