"""Pairs of people whose records say nothing, or say it badly: never a match on emptiness, and never an exception."""

from __future__ import annotations

from tests.quality.making import Entity, Maker, Pair, category, person, shuffled

_NOTHING = (
    "",
    " ",
    "-",
    "—",
    "...",
    "н/д",
    "не указано",
    "нет данных",
    "отсутствует",
    "NULL",
    "None",
    "N/A",
    "0",
    "12345",
    "1979",
    "000000000000",
    "😀",
    "🙂🙂🙂",
    "???",
    "\u200b",
    "\u0000",
    "\t\n",
    "№",
    "()",
    "ФИО",
    "Фамилия Имя Отчество",
    "И.О.",
    "А.А.",
    "\ufffd\ufffd\ufffd",
    "\u202e\u202d",
)


@category(160, "russian", "tatar", same_share=0.4)
def hostile_input(at: Maker, same: bool) -> Pair:
    """Emptiness on both sides is no likeness; dirt around a real name hides nobody."""
    one = at.human()
    if same:
        return shuffled(at, person(one.full), person(_dirty(at, one.full)))
    draw = at.chance.random()
    if draw < 0.45:
        nothing = at.chance.choice(_NOTHING)
        other = nothing if at.maybe(0.7) else at.chance.choice(_NOTHING)
        return _bare(at, nothing), _bare(at, other)
    if draw < 0.6:
        return shuffled(at, person(one.full), _bare(at, at.chance.choice(_NOTHING)))
    if draw < 0.72:
        return person(one.surname), person(one.surname)  # a surname alone
    if draw < 0.8:
        return person(one.first), person(one.first)
    if draw < 0.84:
        long = "".join(at.chance.choice("абвгдеж ") for _ in range(10_000))
        return shuffled(at, person(long), person(one.full))
    two = at.near(one)
    return shuffled(at, person(one.full), person(_dirty(at, two.full)))


def _bare(at: Maker, name: str) -> Entity:
    entity = person(name)
    if at.maybe(0.3):
        entity["properties"]["birthDate"] = [at.chance.choice(("", "null", "00.00.0000", "0001-01-01", "1900-01-01"))]
    return entity


def _dirty(at: Maker, full: str) -> str:
    words = full.split()
    return at.chance.choice(
        (
            f"  {words[0]}\t{words[1]}\u00a0 {words[2]} ",
            f"«{full}»",
            f"{words[0]} {words[1]} {words[2]} 🙂",
            f"{words[0][:3]}\u00ad{words[0][3:]} {words[1]} {words[2]}",
            f"{words[0]}\u200b {words[1]} {words[2]}\u200b",
            f"{words[0]}  {words[1]}   {words[2]}\n",
            f"{words[0]}_{words[1]}_{words[2]}",
            f'"{words[0]}", {words[1]} {words[2]}',
            f"{words[0]}\x07 {words[1]} {words[2]}\x00",
            f"гр. {full}",
            f"{full} (ИП)",
            "".join(letter + ("\u0301" if letter in "аеио" and place % 3 == 1 else "") for place, letter in enumerate(full)),
        )
    )
