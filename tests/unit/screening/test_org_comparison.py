"""Two organizations' names compared: the hardest pairs first, then what must hold of any two names."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.orgs.compare import CoreLevel, compare_org_names
from screening.orgs.forms import FormLevel, compare_forms, read_form
from screening.orgs.keys import org_keys_of
from screening.orgs.names import read_org_name, trader_name

L = CoreLevel


def level(one, two):
    return compare_org_names(read_org_name(one), read_org_name(two)).core


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        ("ООО «Ромашка»", "ООО «Ромашка-2»", L.SUFFIX),
        ("ООО «Ромашка»", "ООО «Ромашка плюс»", L.SUFFIX),
        ("ООО «Ромашка+»", "ООО «Ромашка плюс»", L.EQUAL),
        ("ООО «Альфа»", "ООО «Альфа Групп»", L.SUFFIX),
        ("ООО «Ромашка»", "Romashka-2 LLC", L.SUFFIX),
        ("МБОУ «Школа № 12»", "МБОУ «Школа № 21»", L.NUMBERS_DIFFER),
        ("ООО «Нур 2000»", "ООО «Нур 2001»", L.NUMBERS_DIFFER),
        ("МБОУ «Школа № 1» Советского района", "МБОУ «Школа № 1» Вахитовского района", L.PLACES_DIFFER),
        ("Администрация Арского района", "Администрация г. Казани", L.PLACES_DIFFER),
        ("ООО «Альфа-Челны»", "ООО «Альфа-Казань»", L.PLACES_DIFFER),
        ("МБОУ «Лицей № 12»", "МБОУ «Гимназия № 12»", L.KIND_DIFFERS),
        ("ООО «СК Альфа»", "ООО «ТД Альфа»", L.KIND_DIFFERS),
        ("Отдел образования", "Управление образования", L.KIND_DIFFERS),
        ("МБОУ «Школа № 5»", "МБОУ «Школа-интернат № 5»", L.SUFFIX),
        ("МБУ «Музыкальная школа № 5»", "МБУ «Школа № 5»", L.SUFFIX),
        ("МБДОУ «Детский сад № 12 «Кояш»»", "МБДОУ «Детский сад № 12 «Ромашка»»", L.OVERLAP),
        ("Гимназия № 9 имени Тукая", "Гимназия № 9 имени Камала", L.OVERLAP),
        ("Центр развития бизнеса", "Центр поддержки бизнеса", L.OVERLAP),
        ("Театр", "Театр имени Камала", L.SUFFIX),
        ("ПАО «Связь-Тест»", "Казанский филиал ПАО «Связь-Тест»", L.SUFFIX),
        ("Казанский филиал ПАО «Связь-Тест»", "Самарский филиал ПАО «Связь-Тест»", L.PLACES_DIFFER),
        ("ГАУЗ «Городская поликлиника № 3»", "ГАУЗ «Стоматологическая поликлиника № 3»", L.SUFFIX),
        ("Республиканский центр профилактики", "Арский центр профилактики", L.PLACES_DIFFER),
        ("Центр занятости Московского района", "Центр занятости г. Заинска", L.PLACES_DIFFER),
        ("ГАУСО «Центр «Радость» Министерства труда»", "Министерство труда", L.SUFFIX),
        ("ИП Быков Григорий Георгиевич", "ИП Бычков Григорий Георгиевич", L.DIFFERENT),
        ("ИП Зарипов Ильнар", "ИП Зарипова Ильнара", L.DIFFERENT),
        ("ООО «Гранит»", "ООО «Гранат»", L.DIFFERENT),
        ("ООО «Виктор»", "ООО «Виктория»", L.DIFFERENT),
        ("ООО «Вега»", "ООО «Мега»", L.DIFFERENT),
        ("ООО «Агро-Сервис»", "ООО «Авто-Сервис»", L.DIFFERENT),
        ("Управление культуры", "Управление образования", L.DIFFERENT),
        ("ООО «Казань»", "ООО «Самара»", L.DIFFERENT),
        ("ООО", "ООО «Альфа»", L.UNKNOWN),
        ("", "ООО «Альфа»", L.UNKNOWN),
        ("н/д", "н/д", L.UNKNOWN),
    ],
)
def test_look_alikes_are_told_apart(one, two, wanted):
    assert level(one, two) is wanted


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        ("Общество с ограниченой ответственостью «Ромашка»", "ООО „Ромашка“", L.EQUAL),
        ("«Ромашка» (ООО)", "ҖЧҖ «Ромашка»", L.EQUAL),
        ("ООО «Союз»", "«Союз» ООО", L.EQUAL),
        ("Союз", "ООО «Союз»", L.EQUAL),
        ("ООО «Первая линия»", "ООО «1-я линия»", L.EQUAL),
        ("ООО «Ромашка II»", "ООО «Ромашка-2»", L.EQUAL),
        ("ООО «АльфаСтрой»", "ООО «Альфа-Строй»", L.EQUAL),
        ("Казан шәһәре 12нче номерлы урта мәктәп", "Средняя школа № 12 г. Казани", L.ABBREVIATION),
        ("ГАУЗ «Арская ЦРБ»", "ГАУЗ «Арская центральная районная больница»", L.EQUAL),
        ("МБУ ДО ДЮСШ № 2", "МБУДО «Детско-юношеская спортивная школа №2»", L.EQUAL),
        ("ООО «Ромашка»", "Romashka LLC", L.SPELLING),
        ("ООО «Альфа»", "Alpha Ltd", L.SPELLING),
        ("Kazanstroy OOO", "ООО Kazanstroi", L.SPELLING),
        ("ООО «Жемчужина»", "Zhemchuzhina", L.SPELLING),
        ("ООО «Экспресс»", "Express LLC", L.SPELLING),
        ("ООО «Hjvfirf»", "ООО «Ромашка»", L.SPELLING),
        ("ООО «Строй-Альфа»", "ООО «Альфа-Строй»", L.SPELLING),
        ("ООО «Ромашка»", "ООО «Ромшка»", L.TYPO),
        ("ООО «Центр вихревых технологий»", "ООО «ЦВТ»", L.ABBREVIATION),
        ("АО «Казгорстройтрест»", "АО «Казанский городской строительный трест»", L.ABBREVIATION),
        ("МУП «Городской водоканал»", "МУП «Горводоканал»", L.ABBREVIATION),
        ("МКУ УКС", "МКУ «Управление капитального строительства»", L.ABBREVIATION),
        ("ООО «Альфа»", "ООО «Строительная компания Альфа»", L.GENERIC),
        ("ООО «Альфа»", "ООО «Альфа-Казань»", L.GENERIC),
        ("МБОУ «СОШ № 1»", "МБОУ «Школа № 1» Вахитовского района г. Казани", L.ABBREVIATION),
        ("МБДОУ «Детский сад комбинированного вида № 12»", "МБДОУ «Детский сад общеразвивающего вида № 12»", L.GENERIC),
        ("МБДОУ «Детский сад № 12 «Кояш»»", "МБДОУ «Детский сад № 12»", L.ABBREVIATION),
        ("Гимназия № 9 имени Тукая", "Гимназия № 9", L.ABBREVIATION),
        ("АО «Связь-Тест», филиал в г. Казани", "Казанский филиал АО «Связь-Тест»", L.EQUAL),
        ("«7 нче балалар музыка мәктәбе» муниципаль бюджет өстәмә белем бирү учреждениесе", "МБУ ДО «ДМШ № 7»", L.EQUAL),
        ("«9 нче шәһәр хастаханәсе» дәүләт автоном сәламәтлек саклау учреждениесе", "ГАУЗ «Горбольница N 9»", L.EQUAL),
        ("ГУП Горэлектротранспорт", "ГУП «Городской электрический транспорт»", L.ABBREVIATION),
        ("ООО «ТЛК «Оптимум»", "ООО «Торгово-логистическая компания «Оптимум»", L.ABBREVIATION),
        ("Фонд поддержки малых дел «Люди рядом»", "ФОНД «ЛЮДИ РЯДОМ»", L.GENERIC),
        ("МБОУ «СОШ № 7 имени Героя Советского Союза Н. Гарипова» г. Казани", "МБОУ «СОШ № 7»", L.ABBREVIATION),
        ("ЦБ Елабуги", "Централизованная бухгалтерия г. Елабуги", L.ABBREVIATION),
        ("МБУ «Спортивная школа № 7»", "МБУ «СШ № 7»", L.ABBREVIATION),
        ("МБОУ «Средняя школа № 7»", "МБОУ «СШ № 7»", L.ABBREVIATION),
        ("ООО «Восход-Маркет»", "VOSHOD-MARKET LLC", L.SPELLING),
        ("LLC «CVT»", "ООО «ЦВТ»", L.SPELLING),
        ("ООО «Ромашка и К»", "ООО Ромашка и Ко", L.EQUAL),
        ("ИП Гарипов Айдар Ринатович", "Айдар Ринатович Гарипов (ИП)", L.EQUAL),
        ("КФХ Гарипов А.Р.", "ИП глава К(Ф)Х Гарипов Айдар Ринатович", L.ABBREVIATION),
    ],
)
def test_one_organization_is_known_again_and_found(one, two, wanted):
    assert level(one, two) is wanted
    assert not set(org_keys_of(read_org_name(one))).isdisjoint(org_keys_of(read_org_name(two)))


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        ("ООО", "ООО", FormLevel.EQUAL),
        ("", "ООО", FormLevel.COMPATIBLE),
        ("АО", "ПАО", FormLevel.COMPATIBLE),
        ("МБУ", "МБОУ", FormLevel.COMPATIBLE),
        ("МБОУ", "МАОУ", FormLevel.SUCCESSOR),
        ("ОАО", "ПАО", FormLevel.SUCCESSOR),
        ("ЗАО", "АО", FormLevel.COMPATIBLE),
        ("ООО", "АО", FormLevel.DIFFERENT),
        ("МБОУ", "МБДОУ", FormLevel.DIFFERENT),
        ("МБУ", "ГБУ", FormLevel.DIFFERENT),
    ],
)
def test_forms(one, two, wanted):
    assert compare_forms(one, two) is compare_forms(two, one) is wanted


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Общества с ограниченной ответственностью", "ООО"),
        ("ООО", "ООО"),
        ("1 23 00", "ООО"),
        ("75403", "МБУ"),
        ("ИП", "ИП"),
        ("99999", ""),
        ("Ромашка", ""),
        ("", ""),
    ],
)
def test_a_form_in_a_field_of_its_own(text, form):
    assert read_form(text) == form


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("ИП Гарипов Айдар Ринатович", "Гарипов Айдар Ринатович"),
        ("Индивидуальный предприниматель Гарипов А.Р.", "Гарипов А. Р."),
        ("Гарипов А.Р. (ИП)", "Гарипов А. Р."),
        ("ИП «Гарипов А.Р.»", "Гарипов А. Р."),
        ("ИП Гарипов А.Р. (магазин «Ромашка»)", "Гарипов А. Р."),
        ("ИП глава К(Ф)Х Гарипова Алсу Ринатовна", "Гарипова Алсу Ринатовна"),
        ("IP Garipov A.R.", "Garipov A. R."),
        ("КФХ «Рассвет»", None),
        ("ООО Гарипов", None),
        ("ИП", None),
    ],
)
def test_person_of_a_sole_trader(text, person):
    assert trader_name(text) == person


LONG = ["Ромашка", "Ласточка", "Гармония", "Идель", "Волга", "Горизонт", "Орион", "Каскад", "Звезда", "Меридиан", "Строймонтаж", "Алтын"]


def _slipped(word, place, kind, letter):
    place %= len(word) - 1
    return {
        "changed": f"{word[:place]}{letter}{word[place + 1 :]}",
        "lost": f"{word[:place]}{word[place + 1 :]}",
        "added": f"{word[:place]}{letter}{word[place:]}",
        "swapped": f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}",
    }[kind]


@settings(max_examples=100)
@given(
    words=st.lists(st.sampled_from(LONG), min_size=1, max_size=3, unique=True),
    extra=st.sampled_from(["", "-2", " 3", " 2000"]),
    place=st.integers(0, 20),
    kind=st.sampled_from(["changed", "lost", "added", "swapped"]),
    letter=st.sampled_from("абвгдежзиклмнопрстуя"),
)
def test_whoever_is_known_again_by_a_slip_is_found(words, extra, place, kind, letter):
    one = read_org_name(f"ООО «{' '.join(words)}{extra}»")
    two = read_org_name(f"ООО «{' '.join([_slipped(words[0], place, kind, letter), *words[1:]])}{extra}»")
    if compare_org_names(one, two).core > L.UNKNOWN:
        assert not set(org_keys_of(one)).isdisjoint(org_keys_of(two))


WORDS = st.sampled_from(
    [
        "ООО",
        "«Альфа»",
        "Казань",
        "школа",
        "№ 12",
        "№ 2",
        "Групп",
        "Romashka",
        "Ромашка",
        "имени",
        "филиал",
        "района",
        "ЦРБ",
        "II",
        "строительная",
        "(",
        "А.",
        "плюс",
    ]
)
NAMES = st.lists(WORDS, max_size=7).map(" ".join) | st.text(max_size=60)


@settings(max_examples=100)
@given(NAMES, NAMES)
def test_comparison_is_symmetric(one, two):
    left, right = read_org_name(one), read_org_name(two)
    there, back = compare_org_names(left, right), compare_org_names(right, left)
    assert (there.form, there.core) == (back.form, back.core)
    assert [(pair.left, pair.right) for pair in there.words] == [(pair.right, pair.left) for pair in back.words]
    assert compare_org_names(left, left).core in {L.EQUAL, L.UNKNOWN}


@settings(max_examples=100)
@given(NAMES)
def test_keys_and_cores_are_stable(text):
    name = read_org_name(text)
    assert org_keys_of(name) == org_keys_of(read_org_name(text))
    assert name.core == " ".join(name.core.split()).lower()


@pytest.mark.parametrize("piece", ["а", "ООО ", "школа ", "I", "1", "«", "а.", "к-т ", "\u0000", "🏢", "е\u0308", "общество с "])
def test_ten_thousand_characters_cost_no_time(piece):
    text = (piece * 10_000)[:10_000]
    began = time.process_time()
    name = read_org_name(text)
    compare_org_names(name, read_org_name(text[1:]))
    org_keys_of(name)
    trader_name(text)
    assert time.process_time() - began < 0.5
