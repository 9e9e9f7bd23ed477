"""Facts from records: what is valid is kept, what is not decides nothing."""

from domain.dates import PartialDate
from domain.records import Place, make
from screening.facts import org_facts, person_facts, record_names
from screening.names.lexicon import Sex
from screening.names.person import PersonName

PLACE = Place("invented.jsonl", 1)


def facts(**properties):
    return person_facts("a:1", make("Person", "1", PLACE, **properties))


def test_a_full_record():
    one = facts(
        name="Валиева Лейсан Рустемовна",
        previousName=["Зарипова"],
        birthDate="1995-06-05",
        gender="female",
        innCode=["001234567887", "123456789012", "0012345673"],
        socialSecurityNumber="112-233-445 95",
        passportNumber="9205 123456",
        phone="8 (917) 123-45-67",
        email="A@B.ru",
        address="г. Казань, ул. Баумана, д. 4",
    )
    assert [(known.name.last, known.former) for known in one.names] == [("Валиева", False), ("Зарипова", True)]
    assert one.births == (PartialDate(19950605, 19950605),)
    assert (one.sex, one.sex_guess) == (Sex.FEMALE, Sex.FEMALE)
    assert one.inn == {"001234567887"}
    assert one.snils == {"11223344595"}
    assert one.passports == {"9205123456"}
    assert one.phones == {"79171234567"}
    assert one.emails == {"a@b.ru"}
    assert one.addresses == {"казань бауман house:4"}


def test_what_is_not_valid_is_left_out():
    one = facts(
        name="Гарипов Айдар",
        birthDate=["31.02.1980", "1980-13-01"],
        innCode="1,66E+11",
        phone="112",
        email="нет",
        gender="м",
        address="Казань",
    )
    assert (one.births, one.inn, one.phones, one.emails, one.sex, one.addresses) == (
        (),
        frozenset(),
        frozenset(),
        frozenset(),
        None,
        frozenset(),
    )


def test_parts_count_before_the_whole():
    one = facts(name="АЙДАР ГАРИПОВ", lastName="Гарипов", firstName="Айдар", fatherName="Ринатович")
    assert [known.name for known in one.names] == [PersonName("Гарипов", "Айдар", "Ринатович")]
    assert one.sex is Sex.MALE
    one = facts(name="Гарипов Айдар", fatherName="Ринат улы")
    assert [known.name for known in one.names] == [PersonName("Гарипов", "Айдар", "Ринат улы")]


def test_several_names_births_and_a_former_name_in_brackets():
    one = facts(name=["Валиева (Зарипова) Лейсан Рустемовна", "Валиева Лейсан"], birthDate=["1995-06-05", "1995"])
    assert [(known.name.text, known.former) for known in one.names] == [
        ("Валиева Лейсан Рустемовна", False),
        ("Зарипова Лейсан Рустемовна", True),
    ]
    assert len(one.births) == 2
    assert record_names(make("Person", "1", PLACE, name="Гарипов А.Р.")) == (PersonName("Гарипов", "А.", "Р."),)


def test_no_name_at_all():
    assert facts(birthDate="1980").names == ()


def test_organizations():
    one = org_facts(
        "o:1",
        make("Company", "1", PLACE, name="Идел", legalForm="ООО", previousName="ЗАО Идел", innCode="12345673.0", ogrnCode="1152468050680"),
    )
    assert [(name.form, name.core) for name in one.names] == [("ООО", "идел"), ("ЗАО", "идел")]
    assert one.inn == frozenset()
    assert one.ogrn == {"1152468050680"}
