"""Pairs of whole records: posts over years, and declarations of income that say only a surname and initials."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tests.quality.making import Entity, Maker, Pair, category, person, short, shuffled
from tests.quality.material import Human

_STYLES = ("after", "after", "after", "after_space", "before", "bare")


@dataclass(slots=True)
class Household:
    """What an official has and where he serves; it lasts from year to year."""

    region: str
    office: tuple[str, str]
    """Long and short name of the office."""
    post: int
    income: float
    flats: list[float]
    cars: list[str]
    spouse_income: float
    spouse_flats: list[float]
    department: str = ""
    extra: dict[str, list[str]] = field(default_factory=dict)


def _list(at: Maker, name: str) -> list[str]:
    return [one.strip() for one in at.material.tables[name].replace("\n", " ").split(";") if one.strip()]


def _area(at: Maker) -> float:
    return round(at.chance.choice((at.chance.uniform(28, 120), at.chance.uniform(28, 120), at.chance.uniform(120, 1500))), 1)


def _household(at: Maker, region: str | None = None) -> Household:
    office = tuple(part.strip() for part in at.chance.choice(at.material.tables["offices"]).split("|"))
    married = at.maybe(0.6)
    return Household(
        region or at.chance.choice(at.material.tables["regions"]),
        (office[0], office[1]),
        at.chance.randrange(7),
        round(at.chance.lognormvariate(13.8, 0.5), 2),
        [_area(at) for _ in range(at.chance.choice((0, 1, 1, 2, 3)))],
        at.chance.sample(_list(at, "vehicles"), k=at.chance.choice((0, 1, 1, 1, 2))),
        round(at.chance.lognormvariate(13.2, 0.7), 2) if married else 0.0,
        [_area(at) for _ in range(at.chance.choice((0, 1)))] if married else [],
    )


def _next_years(at: Maker, one: Household, years: int) -> Household:
    """The same household some years later: mostly what it was."""
    post = min(8, one.post + at.chance.choice((0, 0, 1, 1, 2))) if years else one.post
    flats = [area for area in one.flats if not (years and at.maybe(0.1))]
    if years and at.maybe(0.25):
        flats.append(_area(at))
    cars = [car for car in one.cars if not (years and at.maybe(0.15 * min(years, 3)))]
    if years and at.maybe(0.25):
        cars.append(at.chance.choice(_list(at, "vehicles")))
    grown = one.income * (at.chance.uniform(0.9, 1.2) ** years if years else 1)
    return replace(
        one,
        post=post,
        flats=flats,
        cars=cars,
        income=round(grown, 2),
        spouse_income=round(one.spouse_income * at.chance.uniform(0.8, 1.25), 2),
    )


def _declaration(at: Maker, key: str, house: Household, year: int, *, tidy: bool) -> Entity:
    long, brief = house.office
    spell = at.material.tables["vehicle_spellings"]
    own = f"{long} {_of(house.region)}" if at.maybe(0.6) else (brief if at.maybe(0.5) else long)
    properties = {
        "person": [key],
        "year": [str(year)],
        "region": [house.region] if at.maybe(0.9) else [],
        "employerName": [own],
        "role": [at.material.tables["posts"][house.post]],
        "income": [f"{house.income:.2f}"],
        "realEstate": [f"{area:.1f}" if tidy or at.maybe(0.8) else f"{area:.1f}".replace(".", ",") for area in house.flats],
        "vehicle": [spell.get(car, car) if at.maybe(0.3) else car for car in house.cars],
        "spouseIncome": [f"{house.spouse_income:.2f}"] if house.spouse_income and at.maybe(0.8) else [],
        "spouseRealEstate": [f"{area:.1f}" for area in house.spouse_flats] if at.maybe(0.8) else [],
    }
    return {
        "id": f"{key}-{year}",
        "schema": "IncomeDeclaration",
        "properties": {name: value for name, value in properties.items() if value},
    }


def _of(region: str) -> str:
    """Республика Татарстан -> Республики Татарстан, область -> области."""
    return (
        region.replace("Республика ", "Республики ")
        .replace("ская Республика", "ской Республики")
        .replace("ская область", "ской области")
        .replace("ский край", "ского края")
    )


def _declarant(at: Maker, key: str, name: str, houses: list[tuple[int, Household]]) -> Entity:
    tidy = at.maybe(0.5)
    entity = person(name)
    entity["id"] = key
    entity["related"] = [_declaration(at, key, house, year, tidy=tidy) for year, house in houses]
    return entity


def _told(at: Maker, house: Household) -> bool:
    """Whether a clerk has something to go by besides the office."""
    return bool(house.flats or house.cars)


@category(640)
def declarations_initials(at: Maker, same: bool) -> Pair:
    """«Иванов И.И.» in two declarations: region, office, post, income, flats and cars decide."""
    one = at.human()
    house = _household(at)
    if not _told(at, house):
        house = replace(house, flats=[_area(at)])
    year = at.chance.randint(2012, 2022)
    gap = at.chance.choice((0, 1, 1, 1, 2, 2, 3, 4))
    first = [(year, house)]
    name = short(one, at.chance.choice(_STYLES))
    if at.maybe(0.25):
        name = one.full
    if at.maybe(0.35):
        first.insert(0, (year - 1, _next_years(at, house, 0)))
    if same:
        later = _next_years(at, house, gap)
        draw = at.chance.random()
        if draw < 0.12:  # moved to another office of the same region, but not out of his flat
            office = tuple(part.strip() for part in at.chance.choice(at.material.tables["offices"]).split("|"))
            later = replace(later, office=(office[0], office[1]), flats=later.flats or house.flats, cars=later.cars or house.cars)
        elif draw < 0.22:  # sold all he had; the office and its next post remain
            later = replace(later, flats=[], cars=later.cars[:1])
        return shuffled(
            at, _declarant(at, "a", name, first), _declarant(at, "b", short(one, at.chance.choice(_STYLES)), [(year + gap, later)])
        )
    return shuffled(
        at, _declarant(at, "a", name, first), _declarant(at, "b", _namesake_name(at, one), [(year + gap, _other_house(at, house, gap))])
    )


@category(200)
def declarations_full_names(at: Maker, same: bool) -> Pair:
    """One full name in two declarations: of another region in the same year or the next, with other things, it is a namesake's."""
    one = at.human()
    house = replace(_household(at), flats=[_area(at) for _ in range(at.chance.choice((1, 2)))])
    year = at.chance.randint(2012, 2022)
    spelled = one.full.replace("ё", "е") if at.maybe(0.5) else f"{one.first} {one.patronymic} {one.surname}"
    if same:
        gap = at.chance.choice((1, 1, 2, 3))
        return shuffled(
            at, _declarant(at, "a", one.full, [(year, house)]), _declarant(at, "b", spelled, [(year + gap, _next_years(at, house, gap))])
        )
    gap = at.chance.choice((0, 0, 1))
    other = _household(at)
    while other.region == house.region or set(other.cars) & set(house.cars):
        other = _household(at)
    other = replace(other, flats=other.flats or [_area(at)])
    return shuffled(at, _declarant(at, "a", one.full, [(year, house)]), _declarant(at, "b", spelled, [(year + gap, other)]))


def _namesake_name(at: Maker, one: Human) -> str:
    """The same surname and initials, now and then of the other sex's reading: the name alone must not tell."""
    return short(one, at.chance.choice(_STYLES))


def _other_house(at: Maker, house: Household, gap: int) -> Household:
    """Another's: mostly in another region; or near, in the same region or the same office, with other things."""
    draw = at.chance.random()
    if draw < 0.55:
        other = _household(at)
        while other.region == house.region:
            other = _household(at)
    elif draw < 0.85:
        other = _household(at, house.region)
        while other.office == house.office:
            other = _household(at, house.region)
    else:
        other = replace(_household(at, house.region), office=house.office)
        if gap == 0 or at.maybe(0.5):
            other = replace(other, post=(house.post + 4) % 9)
    cars = list(other.cars)
    one_model = at.maybe(0.12) and house.cars  # many drive one model
    cars = [house.cars[0]] if one_model else [car for car in cars if car not in house.cars]
    flats = other.flats or [_area(at)]
    return replace(other, cars=cars, flats=[area for area in flats if area not in house.flats])


def _employment(at: Maker, key: str, employer: str, role: str, years: tuple[int, int | None], number: int) -> list[Entity]:
    firm = {"id": f"{key}-org{number}", "schema": "Organization", "properties": {"name": [employer]}}
    properties = {"employee": [key], "employer": [firm["id"]], "role": [role], "startDate": [f"{years[0]}-0{at.chance.randint(1, 9)}-01"]}
    if years[1]:
        properties["endDate"] = [f"{years[1]}-12-31"]
    return [{"id": f"{key}-job{number}", "schema": "Employment", "properties": properties}, firm]


@category(200)
def whole_records(at: Maker, same: bool) -> Pair:
    """Full names with jobs, homes and phones over years, in the words of two offices."""
    one = at.human()
    number, start = at.chance.randint(1, 140), at.chance.randint(2003, 2014)
    firms = [firm.format(n=number + place) for place, firm in enumerate(at.chance.sample(at.material.tables["employers"], k=2))]
    left, right = _one_career(at, one, firms, start) if same else _two_careers(at, one, firms, start)
    return shuffled(at, left, right)


def _worked(at: Maker, key: str, entity: Entity, firm: str, role: str, years: tuple[int, int | None]) -> Entity:
    return {**entity, "id": key, "related": _employment(at, key, firm, role, years, 1)}


def _one_career(at: Maker, one: Human, firms: list[str], start: int) -> Pair:
    firm = firms[0]
    first, second = at.chance.sample(at.material.tables["jobs"], k=2)
    born = at.birth().isoformat()
    kind = at.chance.choice(("promoted", "spelled", "partial", "partial"))
    if kind == "partial":
        left, right = person(one.full, birthDate=[born]), person(one.full, birthDate=[born[:4]])
        return _worked(at, "a", left, firm, first, (start, start + 8)), _worked(
            at, "b", right, firms[at.chance.randrange(2)], second, (start + 9, None)
        )
    left = _worked(at, "a", person(one.full), firm, first, (start, None))
    if kind == "promoted":
        text = one.full if at.maybe(0.5) else short(one, "after")
        return left, _worked(at, "b", person(text), firm.replace("«", '"').replace("»", '"'), second, (start + 3, None))
    text = one.tatar_full if one.group == "tatar" else one.full.replace("ё", "е")
    return left, _worked(at, "b", person(text), firm.upper(), first, (start, None))


def _two_careers(at: Maker, one: Human, firms: list[str], start: int) -> Pair:
    first, second = at.chance.sample(at.material.tables["jobs"], k=2)
    born = at.birth()
    far = born.year + at.chance.choice((-17, -13, 13, 14, 18))
    kind = at.chance.choice(("near", "dates", "year", "city"))
    firm = at.chance.choice(firms) if kind in ("near", "dates") else firms[1]
    left = person(one.full, birthDate=[] if kind == "near" else [born.isoformat()])
    if kind == "near":
        right = person(at.near(one).full)
    elif kind == "dates":
        right = person(one.full, birthDate=[at.other_birth(born).isoformat()])
    elif kind == "year":
        right = person(one.full, birthDate=[str(far)])
    else:
        here, there = at.chance.sample(_list(at, "cities"), k=2)
        left["properties"]["address"] = [f"г. {here}, ул. Лесная, д. 3"]
        right = person(short(one, "after"), birthDate=[str(far)], address=[f"г. {there}, ул. Садовая, д. 18"])
    return _worked(at, "a", left, firms[0], first, (start, start + 8)), _worked(at, "b", right, firm, second, (start, None))


@category(100)
def relatives(at: Maker, same: bool) -> Pair:
    """The same wife, children and mother stand beside both records, or other ones."""
    one = at.human(female=False)
    wife, child = at.human(female=True), at.human()
    born, child_born = at.birth(1955, 1985), at.birth(1995, 2015)
    left = person(one.full, birthDate=[str(born.year)] if at.maybe(0.3) else [])
    right = person(short(one, at.chance.choice(("after", "before"))) if at.maybe(0.5) else one.full)

    def family(key: str, spouse: Human, kid: Human, day: str) -> list[Entity]:
        spouse_full = replace(spouse, family=one.family).full
        kid_full = replace(kid, family=one.family, father=one.given).full
        return [
            {**person(spouse_full), "id": f"{key}-wife"},
            {
                "id": f"{key}-f1",
                "schema": "Family",
                "properties": {"person": [key], "relative": [f"{key}-wife"], "relationship": ["spouse"]},
            },
            {**person(kid_full, birthDate=[day]), "id": f"{key}-child"},
            {
                "id": f"{key}-f2",
                "schema": "Family",
                "properties": {"person": [key], "relative": [f"{key}-child"], "relationship": ["child"]},
            },
        ]

    left["id"], right["id"] = "a", "b"
    left["related"] = family("a", wife, child, child_born.isoformat())
    if same:
        right["related"] = family("b", wife, child, child_born.isoformat())
        return shuffled(at, left, right)
    other = at.near(one)
    while at.maybe(0.5) and other.first == one.first:
        other = at.near(one)
    right["properties"]["name"] = [other.full] if at.maybe(0.5) else right["properties"]["name"]
    if right["properties"]["name"] != [other.full]:
        left["properties"]["birthDate"] = [str(born.year)]
        right["properties"]["birthDate"] = [str(born.year + at.chance.choice((-14, -9, 9, 14)))]
    right["related"] = family("b", at.human(female=True), at.human(), at.birth(1995, 2015).isoformat())
    return shuffled(at, left, right)
