"""Names: every customary order is read, every spelling the domain lists folds together, and different people stay different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.names.folding import fold_patronymic, fold_word
from screening.names.letters import FOLDING, repair
from screening.names.lexicon import Sex, sex_by_ending, sex_by_patronymic
from screening.names.parsing import former_name, name_of_parts, parse_name, read_name
from screening.names.person import PersonName, fold

CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёәөүҗңһ"
WORDS = st.text(CYRILLIC + " -", min_size=1, max_size=14).filter(lambda text: any(char.isalpha() for char in text))


@pytest.mark.parametrize(
    ("text", "last", "first", "patronymic"),
    [
        ("Гарипов Айдар Ринатович", "Гарипов", "Айдар", "Ринатович"),
        ("Айдар Ринатович Гарипов", "Гарипов", "Айдар", "Ринатович"),
        ("ГАРИПОВ АЙДАР РИНАТОВИЧ", "Гарипов", "Айдар", "Ринатович"),
        ("  гарипов   айдар  ринатович ", "Гарипов", "Айдар", "Ринатович"),
        ("Гарипов, Айдар Ринатович", "Гарипов", "Айдар", "Ринатович"),
        ("Гарипов А. Р.", "Гарипов", "А.", "Р."),
        ("Гарипов А.Р.", "Гарипов", "А.", "Р."),
        ("А.Р. Гарипов", "Гарипов", "А.", "Р."),
        ("А. Р. Гарипов", "Гарипов", "А.", "Р."),
        ("А.Р.Гарипов", "Гарипов", "А.", "Р."),
        ("Гарипов А", "Гарипов", "А.", ""),
        ("Гарипов Айдар Р.", "Гарипов", "Айдар", "Р."),
        ("Айдар Р. Гарипов", "Гарипов", "Айдар", "Р."),
        ("Гарипов A.P.", "Гарипов", "А.", "Р."),
        ("Гapипoв Aйдap Pинaтoвич", "Гарипов", "Айдар", "Ринатович"),
        ("3арипов Айдар", "Зарипов", "Айдар", ""),
        ("Иванова-Петрова Анна Сергеевна", "Иванова-Петрова", "Анна", "Сергеевна"),
        ("Иванова – Петрова Анна Сергеевна", "Иванова-Петрова", "Анна", "Сергеевна"),
        ("Иванова Петрова Анна Сергеевна", "Иванова Петрова", "Анна", "Сергеевна"),
        ("Анна Сергеевна Иванова-Петрова", "Иванова-Петрова", "Анна", "Сергеевна"),
        ("Гарипов Айдар Ринат улы", "Гарипов", "Айдар", "Ринат улы"),
        ("Гарипова Гүзәл Айрат кызы", "Гарипова", "Гүзәл", "Айрат кызы"),
        ("Гүзәл Айрат кызы Гарипова", "Гарипова", "Гүзәл", "Айрат кызы"),
        ("Мамедов Али Гусейн-оглы", "Мамедов", "Али", "Гусейн-оглы"),
        ("Абрамович Роман Аркадьевич", "Абрамович", "Роман", "Аркадьевич"),
        ("Роман Аркадьевич Абрамович", "Абрамович", "Роман", "Аркадьевич"),
        ("Абрамович Роман", "Абрамович", "Роман", ""),
        ("Ильин Пётр Ильич", "Ильин", "Пётр", "Ильич"),
        ("Сергей Ильич Ильин", "Ильин", "Сергей", "Ильич"),
        ("Бабич Анна Никитична", "Бабич", "Анна", "Никитична"),
        ("Шарипова Чулпан", "Шарипова", "Чулпан", ""),
        ("Чулпан Шарипова", "Шарипова", "Чулпан", ""),
        ("Айдар Ринатович", "", "Айдар", "Ринатович"),
        ("Мухаммад Али Ринатович Гарипов", "Гарипов", "Мухаммад Али", "Ринатович"),
        ("Гарипов Мухаммад Али Ринатович", "Гарипов", "Мухаммад Али", "Ринатович"),
        ("Ким Чен Ын", "Ким", "Чен", "Ын"),
        ("ИП Ахметов Ильдар Рашитович", "Ахметов", "Ильдар", "Рашитович"),
        ("гр. Ахметов И.Р.", "Ахметов", "И.", "Р."),
        ("Гарипов", "Гарипов", "", ""),
        ("", "", "", ""),
        ("---", "", "", ""),
    ],
)
def test_every_order_is_read(text, last, first, patronymic):
    assert parse_name(text) == PersonName(last, first, patronymic)


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("Валиева (Зарипова) Лейсан Рустемовна", ("Зарипова",)),
        ("Валиева Лейсан Рустемовна (до брака Зарипова)", ("Зарипова",)),
        ("Валиева Лейсан Рустемовна, урожд. Зарипова", ("Зарипова",)),
        ("Валиева Лейсан Рустемовна, в девичестве Зарипова", ("Зарипова",)),
        ("Валиева Лейсан Рустемовна", ()),
    ],
)
def test_former_surnames_beside_the_name(text, former):
    assert read_name(text).former == former
    assert read_name(text).name == PersonName("Валиева", "Лейсан", "Рустемовна")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Зарипова", PersonName("Зарипова", "Лейсан", "Рустемовна")),
        ("Зарипова-Сафина", PersonName("Зарипова-Сафина", "Лейсан", "Рустемовна")),
        ("Зарипова Лейсан", PersonName("Зарипова", "Лейсан", "Рустемовна")),
        ("ЗАРИПОВА ЛЕЙСАН РУСТЕМОВНА", PersonName("Зарипова", "Лейсан", "Рустемовна")),
        ("Зарипова Ляля Рустемовна", PersonName("Зарипова", "Ляля", "Рустемовна")),
    ],
)
def test_a_former_name_is_a_surname_or_a_whole_name(text, wanted):
    assert former_name(text, PersonName("Валиева", "Лейсан", "Рустемовна")) == wanted


def test_parts_that_came_apart_are_put_in_order():
    assert name_of_parts("ХАЙРУЛЛИН", "айдар", "Ринат Улы") == PersonName("Хайруллин", "Айдар", "Ринат улы")


@pytest.mark.parametrize(
    "names",
    [
        "Фарид Фарит Фәрит",
        "Рашид Рашит",
        "Хамид Хамит",
        "Ильдар Илдар",
        "Наиль Наил",
        "Камиль Камил",
        "Рустем Рустам Рөстәм",
        "Гузель Гузаль Гүзәл",
        "Лейсан Ляйсан Ләйсән",
        "Зульфия Зөлфия",
        "Гульнара Гөлнара Гульнар",
        "Миляуша Миләүшә",
        "Ляйля Лейла Ләйлә",
        "Алёна Алена АЛЕНА",
        "Геннадий Генадий",
        "Анна Ана",
        "Наталья Наталия",
        "Гульназ Гуль-Наз",
        "Нурислам Нур-Ислам",
        "Фәния Фания",
        "Җамиль Жамил",
    ],
)
def test_given_names_that_are_one(names):
    assert len({fold_word(name, "given") for name in names.split()}) == 1


@pytest.mark.parametrize(
    "names",
    [
        "Шайхутдинов Шайхетдинов",
        "Шайхутдинова Шайхетдинова",
        "Мухаметзянов Мухамедзянов Мухаммедзянов Мухамметзянов",
        "Ахметзянов Ахмедзянов",
        "Ахметзянова Ахмедзянова",
        "Гилязов Гыйлязев",
        "Гилязова Гыйлязева",
        "Гимадиев Гыймадиев",
        "Хабибуллин Хәбибуллин Хабибулин",
        "Камалетдинов Камалутдинов Камалиддинов",
        "Хамидуллин Хамитуллин",
        "Иванова-Петрова ИвановаПетрова",
        "Королёв Королев",
    ],
)
def test_surnames_that_are_one(names):
    assert len({fold_word(name, "surname") for name in names.split()}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ["Айратович", "Айрат улы", "Айрат-улы", "Айрат угли", "Айрат оглы", "АЙРАТОВИЧ"],
        ["Айратовна", "Айрат кызы", "Айрат-кызы", "Айрат гызы"],
        ["Рашидович", "Рашитович", "Рашит улы"],
        ["Рустемовна", "Рустамовна", "Рөстәм кызы"],
        ["Камильевич", "Камилевич", "Камилович", "Камил улы", "Камиль улы"],
        ["Анатольевич", "Анатолиевич", "Анатолий улы"],
        ["Геннадьевна", "Геннадиевна"],
        ["Мусаевич", "Муса улы"],
        ["Сергеевич", "Сергей улы"],
        ["Михайлович", "Михаилович"],
        ["Ильдарович", "Илдарович"],
    ],
)
def test_patronymics_that_are_one(names):
    assert len({fold_patronymic(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ахметов Ильдар Рашитович", "Ахметов Ильдар Рашитовна"),
        ("Ахметов Ильдар Рашитович", "Ахметов Ильнар Рашитович"),
        ("Ахметов Ильдар Рашитович", "Ахмедов Ильдар Рашитович"),
        ("Галиева Алия Маратовна", "Галиева Галия Маратовна"),
        ("Гарипов Марат Ильдарович", "Гарипов Марат Ильнарович"),
        ("Гарипов Айрат Маратович", "Гарипов Марат Айратович"),
        ("Петрова Елена Ивановна", "Петрова Алёна Ивановна"),
    ],
)
def test_names_that_are_two(one, two):
    assert fold(parse_name(one)) != fold(parse_name(two))


@pytest.mark.parametrize("part", ["given", "surname"])
def test_every_group_of_the_table_is_one_name_and_no_two_groups_are(part):
    folded = [{fold_word(form, part) for form in group} for group in FOLDING[part]]
    assert all(len(forms) == 1 for forms in folded)
    assert len(set().union(*folded)) == len(folded)


def test_latin_names_stay_latin():
    assert repair("CAPA Ivanova") == "CAPA Ivanova"
    assert repair("CAPA Иванова") == "САРА Иванова"
    assert repair("Smith Иванова") == "Smith Иванова"


@pytest.mark.parametrize(
    ("text", "stated", "guessed"),
    [
        ("Гарипов Айдар Ринатович", Sex.MALE, Sex.MALE),
        ("Гарипова Гузель Айрат кызы", Sex.FEMALE, Sex.FEMALE),
        ("Ильин Пётр Ильич", Sex.MALE, Sex.MALE),
        ("Мамедов Али Гусейн оглы", Sex.MALE, Sex.MALE),
        ("Галимова Эльмира", None, Sex.FEMALE),
        ("Гарипов Айдар", None, Sex.MALE),
        ("Зарипов Гузель", None, None),
        ("Ким Чен Ын", None, None),
        ("Шевченко Анна", None, Sex.FEMALE),
    ],
)
def test_sex(text, stated, guessed):
    assert sex_by_patronymic(parse_name(text)) == stated
    assert sex_by_ending(parse_name(text)) == guessed


@given(WORDS, WORDS, WORDS)
def test_folding_twice_is_folding_once(last, first, patronymic):
    once = fold(PersonName(last, first, patronymic))
    again = fold(PersonName(once.last, once.first, once.patronymic))  # of its sex, a folded surname says nothing
    assert (again.last, again.first, again.patronymic) == (once.last, once.first, once.patronymic)


@given(st.text(max_size=40))
def test_any_text_is_read(text):
    name = read_name(text).name
    assert fold(name) == fold(PersonName(name.last.upper(), name.first.upper(), name.patronymic.upper())) or not name.text.isascii()


@given(st.lists(st.sampled_from(["Гарипов", "Айдар", "Ринатович", "А.", "улы", "Иванова-Петрова", ",", "(", ")", "урожд."]), max_size=6))
def test_nothing_is_invented(words):
    name = parse_name(" ".join(words))
    assert all(
        piece.strip(".").lower() in " ".join(words).lower() for part in (name.last, name.first, name.patronymic) for piece in part.split()
    )
