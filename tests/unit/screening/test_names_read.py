"""Names as documents write them: whatever order, case, script, keyboard and company they stand in, the three parts are read."""

import unicodedata
from itertools import permutations
from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.names.lexicon import listed
from screening.names.parsing import parse_name, read_name
from screening.names.parts import FoldedName, PersonName, Sex
from screening.names.person import fold

TABLE: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "names_read.yaml").read_text(encoding="utf-8"))
ROWS = [row.split("|") for rows in TABLE.values() for row in rows]
MALE = [name for name in listed("male", "male_eastern") if name[-1] not in "аяйьиоуыэеә" and "-" not in name]
SURNAMES = [f"{stem}{end}" for stem in ("Гар", "Хабибулл", "Сидор", "Шайхутдин", "Колчин") for end in ("ов", "ин", "ский")]


@pytest.mark.parametrize(("text", "last", "first", "patronymic"), ROWS, ids=[row[0] for row in ROWS])
def test_the_parts_are_read(text, last, first, patronymic):
    assert parse_name(text.strip()) == PersonName(last.strip(), first.strip(), patronymic.strip())


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("Валиева (Зарипова) Лейсан", ("Зарипова",)),
        ("Валиева (урожд. Зарипова) Лейсан", ("Зарипова",)),
        ("Валиева Лейсан (ИНН 1655)", ()),
        ("Валиева Лейсан (мл.)", ()),
        ("Валиева Лейсан (мать)", ()),
        ("Валиева (Valieva) Лейсан", ()),
        ("Валиева Лейсан (Зарипова", ("Зарипова",)),
    ],
)
def test_brackets_hold_a_former_surname_or_nothing(text, former):
    assert read_name(text).former == former


@given(st.sampled_from(SURNAMES), st.sampled_from(MALE), st.sampled_from(MALE))
@settings(max_examples=100)
def test_the_order_of_the_parts_is_of_no_matter(last, first, father):
    parts = [last, first, f"{father}ович"]
    read = {parse_name(" ".join(order)) for order in permutations(parts) if order[0] != parts[2]}
    assert read == {PersonName(*parts)}


@given(st.sampled_from(MALE), st.sampled_from(MALE), st.sampled_from(["а а а", "у у у", "ым ом ем", "е е е"]))
@settings(max_examples=100)
def test_every_case_of_a_listed_name_is_read_back(first, father, endings):
    surname, given_name, patronymic = endings.split()
    if first[-1] in "жшчщц" or first in {"Павел", "Лев"}:
        return  # instrumental in -ем, fleeting vowels: in the table
    text = f"Гарипов{surname} {first}{given_name} {father}ович{patronymic}"
    assert fold(parse_name(text)) == fold(PersonName("Гарипов", first, f"{father}ович"))


@given(st.text(max_size=60) | st.text("АаБбГгРр.,()-— ёәA0'\u0301\x00", max_size=30))
@settings(max_examples=100)
def test_no_text_is_an_exception(text):
    read = read_name(text)
    letters = [char for char in unicodedata.normalize("NFC", text) if char.isalpha()]
    assert fold(read.name) is not None
    assert bool(letters) or not read.name.text


@pytest.mark.parametrize("text", ["", " ", "---", "12345", "😀😀", "\x00\x01", "().,", "«»", "№ 7", "\u200b\u200e"])
def test_nothing_is_read_from_nothing(text):
    assert parse_name(text) == PersonName("")
    assert fold(parse_name(text)) == FoldedName("")


@pytest.mark.parametrize(
    "piece", ["А", "Гарипов ", "а.", "(", "Гарипова-", "x", "Ы\u0301", "0", "улы ", ", ", "😀", "щ" * 50 + " ", "ий", "aeiou"]
)
def test_ten_thousand_characters_are_read_at_once(piece):
    text = (piece * 10_000)[:10_000]
    start = process_time()
    fold(parse_name(text))
    assert process_time() - start < 0.5


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Гарипов Айдар Ринатович", Sex.MALE),
        ("Гарипова А.Р.", Sex.FEMALE),
        ("Гарипов А.Р.", Sex.MALE),
        ("Ким А.Р.", None),
        ("Шевченко Анна", Sex.FEMALE),
        ("Шевченко Саша", None),
        ("Garipova Guzel", Sex.FEMALE),
        ("Garipov Aidar Rinat ulı", Sex.MALE),
        ("Гарипов Гузель", None),
        ("Гарипова Айдар Ринатович", Sex.MALE),
    ],
)
def test_sex_goes_with_the_folded_name(text, sex):
    assert fold(parse_name(text)).sex == sex
