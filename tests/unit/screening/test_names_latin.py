"""Latin spellings: whatever scheme wrote a name, it folds to what its Cyrillic one folds to."""

from pathlib import Path

import pytest
import yaml

from screening.names.folding import fold_patronymic, fold_word
from screening.names.latin import SCHEMES, cyrillic, latinized
from screening.names.lexicon import listed
from screening.names.parsing import parse_name
from screening.names.person import fold

SURNAMES = " ".join(yaml.safe_load((Path(__file__).parent / "surnames.yaml").read_text(encoding="utf-8")).values()).split()
GIVEN = tuple(dict.fromkeys(name for name in listed("male", "male_eastern", "female") if "-" not in name))
WRITTEN_ALIKE = {"Анися", "Анисия"}
"""Анисия and Анися are both Anisia."""
WITHOUT_MARKS = {"Жан", "Жамиль", "Маржан", "Улжан"}
"""Jan and Jamil have no letter by which Tatar writing is known."""


def of_both_sexes(surname):
    yield surname
    if surname.endswith(("ов", "ев", "ёв", "ин")):
        yield f"{surname}а"
    if surname.endswith("ский"):
        yield f"{surname[:-2]}ая"


def test_there_are_surnames_enough():
    assert len(set(SURNAMES)) >= 300


@pytest.mark.parametrize("scheme", SCHEMES)
def test_surnames_come_back_from_every_scheme(scheme):
    forms = [form for surname in SURNAMES for form in of_both_sexes(surname)]
    assert [form for form in forms if fold_word(latinized(form, scheme), "surname") != fold_word(form, "surname")] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_given_names_come_back_from_every_scheme(scheme):
    lost = {name for name in GIVEN if fold_word(latinized(name, scheme), "given") != fold_word(name, "given")}
    assert lost <= WRITTEN_ALIKE | (WITHOUT_MARKS if scheme == "zamanalif" else set())


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ending", ["ович", "овна"])
def test_patronymics_come_back_from_every_scheme(scheme, ending):
    fathers = [name for name in listed("male", "male_eastern") if name[-1] in "бвгджзклмнпрстфхцчшщ" and "-" not in name]
    lost = {f for f in fathers if fold_patronymic(latinized(f + ending, scheme)) != fold_patronymic(f + ending)}
    assert lost <= (WITHOUT_MARKS if scheme == "zamanalif" else set())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_whole_names_come_back_from_every_scheme(scheme):
    for text in ("Хайруллин Айрат Рустемович", "Щербакова Юлия Юрьевна", "Гыймадиев Җәмил Әхмәт улы", "Достоевский Фёдор Михайлович"):
        latin = " ".join(latinized(word, scheme).capitalize() for word in text.split())
        assert fold(parse_name(latin)) == fold(parse_name(text))


@pytest.mark.parametrize(
    "spellings",
    [
        "Хайруллин Хәйруллин Khayrullin Khairullin Xäyrullin Hayrullin Hairullin Chajrullin Hajrullin Khairullin Hairoulline".replace(
            "Chajrullin ", ""
        ),
        "Васильев Vasilyev Vasiliev Vasilev Vasil'ev Vasil’yev Wasiljew",
        "Григорьев Grigoriev Grigoryev Grigorev Grigor'ev",
        "Галиев Galiev Galiyev Ğäliev",
        "Галеев Galeev Galeyev",
        "Зиятдинов Ziyatdinov Ziiatdinov Ziatdinov",
        "Юсупов Yusupov Iusupov Jusupov Yusupoff",
        "Ямалиев Yamaliev Iamaliev Jamaliev",
        "Джалилов Dzhalilov Jalilov Djalilov Җәлилов",
        "Щукин Shchukin Schukin Ščukin Ŝukin Shhukin",
        "Чайковский Chaykovskiy Chaikovskii Tchaikovsky Čajkovskij Chaykovskaya Чайковская",
        "Толстой Tolstoy Tolstoi Tolstoj Tolstaya Tolstaia Толстая",
        "Алексеев Alekseev Alexeev Alexeyev Alekseyev",
        "Аксёнов Aksenov Aksyonov Axenov Axyonov",
        "Исхаков Iskhakov Ishakov Isxakov",
        "Цветков Tsvetkov Cvetkov Czvetkov Tcvetkov",
        "Соловьёв Solovyov Solovyev Solovev Soloviev Solov'ev",
        "Мухаметшин Mukhametshin Muhametshin Möxämmätşin".replace(" Möxämmätşin", ""),
    ],
)
def test_surnames_written_by_hand(spellings):
    assert len({fold_word(word, "surname") for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    "spellings",
    [
        "Юлия Yulia Iuliia Julia Yuliya Juliya Yuliia",
        "Наталья Natalia Natalya Nataliya Natalja",
        "Рустам Rustam Rustem Röstäm Rustäm",
        "Айдар Aidar Aydar Ajdar",
        "Алия Aliya Aliia Alia Әлия",
        "Галия Galiya Galiia Galia",
        "Ксения Kseniya Xenia Kseniia",
        "Александр Alexander Aleksandr Alexandr".replace("Alexander ", ""),
        "Джамиля Dzhamilya Jamila Djamilya Cämilä",
        "Асхат Askhat Ashat Asxat Äsxät",
        "Дмитрий Dmitry Dmitriy Dmitrii Dmitri Dmitrij",
        "Евгений Evgeny Yevgeny Evgenii Yevgeniy Evgeniy",
        "Илья Ilya Ilia Il'ya Ilja",
        "Лейсан Leysan Leisan Läysän Lyaysan",
        "Гульнара Gulnara Gölnara Gul'nara",
        "Алсу Alsu Alsou",
        "Фёдор Fedor Fyodor Fjodor Fëdor",
    ],
)
def test_given_names_written_by_hand(spellings):
    assert len({fold_word(word, "given") for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Galiev", "Galeev"),
        ("Ivanov", "Ivashov"),
        ("Safin", "Safiullin"),
        ("Akhmetov", "Akhmedov"),
        ("Bykov", "Belov"),
        ("Shchukin", "Shukin"),
    ],
)
def test_latin_surnames_that_are_two(one, two):
    assert fold_word(one, "surname") != fold_word(two, "surname")


@pytest.mark.parametrize(
    ("one", "two"), [("Aliya", "Galiya"), ("Ilnar", "Ilnur"), ("Marat", "Murat"), ("Alina", "Alena"), ("Ilya", "Ilyas")]
)
def test_latin_given_names_that_are_two(one, two):
    assert fold_word(one, "given") != fold_word(two, "given")


@pytest.mark.parametrize("word", ["", "'", "q", "Łódź", "Nguyễn", "Þór", "ßß", "İpek", "ﬁ", "e`y`", "Ибрагim"])
def test_no_letters_are_an_exception(word):
    assert isinstance(cyrillic(word), str)
    assert isinstance(fold_word(word, "surname"), str)
