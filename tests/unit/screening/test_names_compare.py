"""Names part by part: what is one name, one name misspelt, one name shortened, and two names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.names.compare import NameEvidence, PartLevel, compare_names, part_level
from screening.names.folding import fold_patronymic, fold_word
from screening.names.lexicon import listed
from screening.names.loose import initials, loose_key
from screening.names.parsing import parse_name
from screening.names.person import fold

DIFFERENT, TYPO, INITIAL, MISSING, VARIANT, EQUAL = sorted(PartLevel)
GIVEN = [fold_word(name, "given") for name in listed("male", "male_eastern", "female")]
LETTERS = "абвгдежзиклмнопрстуфхцчш"
WORDS = st.text("абвгдеиклмнорстуфшюя", min_size=1, max_size=12) | st.sampled_from(GIVEN) | st.sampled_from(["", "а.", "д."])


def folded(part, word):
    if not word or part == "patronymic":
        return fold_patronymic(word)
    return fold_word(word, "surname" if part == "last" else "given")


def level(part, one, two):
    return part_level(part, folded(part, one), folded(part, two))


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        ("Гарипов", "Гарипова", EQUAL),
        ("Толстой", "Толстая", EQUAL),
        ("Хайруллин", "Хәйруллин", EQUAL),
        ("Грачёв", "Грачов", EQUAL),
        ("Гарипов", "Гарипво", TYPO),
        ("Гарипов", "Горипов", TYPO),
        ("Гарипов", "Гарпов", TYPO),
        ("Гарипов", "Гаарипов", EQUAL),
        ("Шайхутдинов", "Шайхутднов", TYPO),
        ("Галиев", "Галеев", TYPO),
        ("Щербаков", "Шербаков", VARIANT),
        ("Сабирзянов", "Сабиржанов", VARIANT),
        ("Иванова-Петрова", "Иванова", VARIANT),
        ("Иванова-Петрова", "Петрова", VARIANT),
        ("Иванова-Петрова", "Петрова-Иванова", VARIANT),
        ("Иванова-Петрова", "Сидорова", DIFFERENT),
        ("Иванов", "Ивашов", DIFFERENT),
        ("Ивановский", "Иванов", DIFFERENT),
        ("Нургалиев", "Галиев", DIFFERENT),
        ("Сафин", "Сафиуллин", DIFFERENT),
        ("Ахметзянов", "Ахметов", DIFFERENT),
        ("Кузнецов", "Кузьмин", DIFFERENT),
        ("Ли", "Ле", DIFFERENT),
        ("Гарипов", "", MISSING),
        ("", "", MISSING),
        ("Г.", "Гарипов", INITIAL),
        ("З.", "Гарипов", DIFFERENT),
    ],
)
def test_surnames(one, two, wanted):
    assert level("last", one, two) is level("last", two, one) is wanted


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        ("Рустам", "Рустем", EQUAL),
        ("Наталья", "Наталия", EQUAL),
        ("Данил", "Даниил", EQUAL),
        ("Айдар", "Айдр", TYPO),
        ("Айдар", "Адйар", TYPO),
        ("Рустем", "Рустан", TYPO),
        ("Сергей", "Серегй", TYPO),
        ("Александр", "Саша", VARIANT),
        ("Александра", "Саша", VARIANT),
        ("Николай", "Коля", VARIANT),
        ("Евгения", "Женя", VARIANT),
        ("Гульшат", "Гөлшат", EQUAL),
        ("Гульнара", "Гуля", VARIANT),
        ("Ринат", "Ренат", VARIANT),
        ("Магомед", "Мухаммад", VARIANT),
        ("Александр", "Александра", DIFFERENT),
        ("Ильнар", "Ильнур", DIFFERENT),
        ("Марат", "Мурат", DIFFERENT),
        ("Алина", "Алёна", DIFFERENT),
        ("Дамир", "Тамир", DIFFERENT),
        ("Рамиль", "Камиль", DIFFERENT),
        ("Алия", "Галия", DIFFERENT),
        ("Зульфия", "Зульфира", DIFFERENT),
        ("Фарид", "Фарида", DIFFERENT),
        ("Илья", "Ильяс", DIFFERENT),
        ("Коля", "Толя", DIFFERENT),
        ("Лия", "Лея", DIFFERENT),
        ("А.", "Айдар", INITIAL),
        ("А.", "А.", INITIAL),
        ("И.", "Айдар", DIFFERENT),
        ("Д.", "Джамиль", INITIAL),
        ("Дж.", "Джамиль", INITIAL),
        ("Э.", "Эльвира", INITIAL),
        ("А.", "Саша", INITIAL),
        ("Ю.", "Йосыф", INITIAL),
        ("Айд.", "Айдар", INITIAL),
        ("Айдар", "", MISSING),
    ],
)
def test_given_names(one, two, wanted):
    assert level("first", one, two) is level("first", two, one) is wanted


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        ("Айратович", "Айрат улы", EQUAL),
        ("Айратович", "Айратовна", EQUAL),
        ("Айратович", "Айрат", EQUAL),
        ("Данилович", "Даниилович", EQUAL),
        ("Рашидович", "Рашитовна", EQUAL),
        ("Альбертович", "Альбетович", TYPO),
        ("Ринатович", "Ренатович", VARIANT),
        ("Ильдарович", "Ильнарович", DIFFERENT),
        ("Маратович", "Муратович", DIFFERENT),
        ("Ильич", "Ильясович", DIFFERENT),
        ("А.", "Айратович", INITIAL),
        ("Р.", "Айратович", DIFFERENT),
        ("", "Айратович", MISSING),
    ],
)
def test_patronymics(one, two, wanted):
    assert level("patronymic", one, two) is level("patronymic", two, one) is wanted


def compared(one, two):
    return compare_names(fold(parse_name(one)), fold(parse_name(two)))


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        ("Гарипов Айдар Ринатович", "Garipov Aidar Rinatovich", NameEvidence(EQUAL, EQUAL, EQUAL)),
        ("Гарипов Айдар Ринатович", "Гарипов А.Р.", NameEvidence(EQUAL, INITIAL, INITIAL)),
        ("Гарипову Айдару Ринатовичу", "Гарипов Айдар Ринат улы", NameEvidence(EQUAL, EQUAL, EQUAL)),
        ("Рустам Айратович Гарипов", "Айрат Рустамович Гарипов", NameEvidence(EQUAL, DIFFERENT, DIFFERENT)),
        ("Гарипов Айдар Ринатович", "Гарипова Айгуль Ринатовна", NameEvidence(EQUAL, DIFFERENT, EQUAL, sex_conflict=True)),
        ("Гарипов А.Р.", "Гарипова А.Р.", NameEvidence(EQUAL, INITIAL, INITIAL, sex_conflict=True)),
        ("Шевченко А.Р.", "Шевченко А.Р.", NameEvidence(EQUAL, INITIAL, INITIAL)),
        ("Гарипов Айдар", "Гарипов Айдар Ринатович", NameEvidence(EQUAL, EQUAL, MISSING)),
    ],
)
def test_whole_names(one, two, wanted):
    assert compared(one, two) == compared(two, one) == wanted


def test_surname_and_given_name_in_each_others_place():
    straight, turned = fold(parse_name("Тимур Тагир")), fold(parse_name("Тагир Тимур"))
    assert compare_names(straight, turned) == NameEvidence(EQUAL, EQUAL, MISSING, swapped=True)
    assert compare_names(turned, straight).swapped


@given(st.sampled_from(["last", "first", "patronymic"]), WORDS, WORDS)
@settings(max_examples=100)
def test_a_part_compares_alike_from_both_sides(part, one, two):
    assert part_level(part, one, two) is part_level(part, two, one)
    assert part_level(part, one, one) is (MISSING if not one else INITIAL if one.endswith(".") else EQUAL)


SLIPS = st.tuples(st.sampled_from(["add", "lose", "change", "swap"]), st.integers(0, 11), st.sampled_from(LETTERS))


def slipped(word, slip):
    kind, place, letter = slip
    place %= len(word)
    match kind:
        case "add":
            return word[:place] + letter + word[place:]
        case "lose":
            return word[:place] + word[place + 1 :]
        case "change":
            return word[:place] + letter + word[place + 1 :]
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


@given(st.sampled_from(GIVEN) | st.text("абгдезиклмнорстуфш", min_size=4, max_size=12), SLIPS)
@settings(max_examples=100)
def test_a_slip_of_one_letter_is_a_slip_and_leaves_a_key_in_common(word, slip):
    other = slipped(word, slip)
    if min(len(word), len(other)) < 3:
        return
    assert part_level("last", word, other) >= TYPO
    assert set(loose_key("last", word)) & set(loose_key("last", other))
    assert set(loose_key("first", word)) & set(loose_key("first", other))


@given(st.sampled_from(["last", "first", "patronymic"]), WORDS, WORDS)
@settings(max_examples=100)
def test_what_agrees_shares_a_key_or_an_initial(part, one, two):
    found = part_level(part, one, two)
    if found in {TYPO, VARIANT, EQUAL}:
        assert set(loose_key(part, one)) & set(loose_key(part, two))
    if found is INITIAL and part != "last":
        assert set(initials(part, one)) & set(initials(part, two))


@pytest.mark.parametrize(
    ("part", "one", "two"),
    [
        ("last", "Иванова-Петрова", "Петрова"),
        ("last", "Мухаметзянова-Сафина", "Мухаметзянова"),
        ("last", "Мухаметзянова-Сафина", "Сафина"),
        ("last", "Щербаков", "Шербаков"),
        ("first", "Саша", "Александра"),
        ("first", "Магомед", "Мухаммад"),
        ("patronymic", "Ренатович", "Ринатовна"),
    ],
)
def test_customary_forms_share_a_key(part, one, two):
    left, right = loose_key(part, folded(part, one)), loose_key(part, folded(part, two))
    assert set(left) & set(right)
    assert max(len(left), len(right)) < 40


def test_an_unknown_part_has_no_key():
    assert loose_key("last", "") == () == initials("first", "")
