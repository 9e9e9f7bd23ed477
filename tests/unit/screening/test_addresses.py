"""Addresses: parts read in any order and writing, compared by part; what two of them must not share."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.addresses import fold_address
from screening.places.compare import AddressLevel, compare_addresses
from screening.places.reading import Address, read_address

L = AddressLevel
FULL = "420111, РТ, г. Казань, ул. Баумана, д. 44, кв. 12"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (FULL, Address("татарстан", "", "казань", ("баумана",), "ул", "44", "", "12", "420111")),
        ("РТ г.Казань ул Баумана д44 кв12", Address("татарстан", "", "казань", ("баумана",), "ул", "44", "", "12")),
        ("д. 44, кв. 12, ул. Баумана, г. Казань", Address("", "", "казань", ("баумана",), "ул", "44", "", "12")),
        ("Казань Баумана 44-12", Address("", "", "казань", ("баумана",), "", "44", "", "12")),
        ("ТАТАРСТАН РЕСП, КАЗАНЬ Г, БАУМАНА УЛ, ДОМ 14", Address("татарстан", "", "казань", ("баумана",), "ул", "14")),
        ("Казань, 8 Марта, 3", Address("", "", "казань", ("8", "марта"), "", "3")),
        ("г. Казань, ул. 2-я Азинская, д. 1 корп. 2", Address("", "", "казань", ("2-я", "азинская"), "ул", "1/2")),
        ("Казань, 2-я Азинская 1к2", Address("", "", "казань", ("2-я", "азинская"), "", "1/2")),
        ("Лаишевский р-н, д. Усады, д. 5", Address("", "лаишевск", "усады", (), "", "5")),
        ("с. Усады, ул. Ленина, 5", Address("", "", "усады", ("ленина",), "ул", "5")),
        ("Верхний Услон, Ленина, 5", Address("", "", "верхний услон", ("ленина",), "", "5")),
        ("г. Казань, ул. Оренбургский тракт, д.20А", Address("", "", "казань", ("оренбургский",), "тракт", "20а")),
        ("г. Москва, ул. Тверская, д. 7, стр. 1", Address("", "", "москва", ("тверская",), "ул", "7", "1")),
        ("Казань, Баумана, 44, лит. А, пом. 12", Address("", "", "казань", ("баумана",), "", "44а", "", "12")),
        ("Наб. Челны, 5 мкр, д. 12", Address("", "", "челны", ("5",), "мкр", "12")),
        ("г. Казань, мкр. Азино-2, ул. Закиева, 41", Address("", "", "казань", ("закиева",), "ул", "41")),
        ("г. Казань, ул. Набережная, 22", Address("", "", "казань", ("набережная",), "ул", "22")),
        ("Казань шәһәре, Бауман урамы, 44 йорт, 12 фатир", Address("", "", "казань", ("бауман",), "ул", "44", "", "12")),
        (
            "422701, Высокогорский м.р-н, с.п. Дачное, ж/д ст. Высокая Гора, ул. Полковая, д. 9",
            Address("", "высокогорск", "высокая гора", ("полковая",), "ул", "9", postcode="422701"),
        ),
        ("г.о. город Казань, г. Казань, ул. Баумана, д. 44/А", Address("", "", "казань", ("баумана",), "ул", "44а")),
        (
            "г. Москва, вн.тер.г. муниципальный округ Хамовники, ул. Льва Толстого, 16",
            Address("", "", "москва", ("льва", "толстого"), "ул", "16"),
        ),
        ("Казань, пос. Дербышки, ул. Мира, 10", Address("", "", "казань", ("мира",), "ул", "10", part="дербышки")),
        ("г. Казань, а/я 25", Address("", "", "казань")),
        ("Казань", Address("", "", "казань")),
        ("420111", Address(postcode="420111")),
        ("", Address()),
    ],
)
def test_parts(text, wanted):
    assert read_address(text) == wanted


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        (FULL, "Казань, Баумана 44-13", L.OTHER_FLAT),
        (FULL, "Казань, Баумана 44", L.SAME_HOUSE),
        (FULL, "Казань, Баумана 4", L.SAME_STREET),
        (FULL, "Казань, Баумана 44а", L.SAME_STREET),
        (FULL, "Казань, Тукая 44-12", L.SAME_CITY),
        (FULL, "Елабуга, Баумана 44-12", L.DIFFERENT_CITY),
        (FULL, "Казань", L.UNKNOWN),
        (FULL, "", L.UNKNOWN),
        ("г. Казань, ул. Большая Красная, д. 44", "Казань, Красная 44", L.SAME_CITY),
        ("г. Казань, ул. 1-я Азинская, д. 44", "Казань, 2-я Азинская 44", L.SAME_CITY),
        ("г. Казань, ул. Победы, д. 4", "г. Казань, пр-т Победы, д. 4", L.SAME_CITY),
        ("Казань, ул. К. Маркса, 5", "Казань, Маркелова 5", L.SAME_CITY),
        ("Самарская обл, с. Ивановка, ул. Ленина, 5", "РТ, с. Ивановка, ул. Ленина, 5", L.DIFFERENT_CITY),
        ("Спасский р-н, с. Никольское, Ленина, 5", "Лаишевский р-н, с. Никольское, ул. Ленина, 5", L.DIFFERENT_CITY),
        ("с. Никольское, ул. Ленина, 5", "Лаишевский р-н, с. Никольское, ул. Ленина, 5", L.SAME_HOUSE),
        ("Казань, пос. Дербышки, ул. Мира, 10", "Казань, пос. Юдино, ул. Мира, 10", L.SAME_CITY),
        ("Казань, пос. Дербышки, ул. Мира, 10", "Казань, Мира, 10", L.SAME_HOUSE),
        ("Елабуга, ул. Ленина 5", "г. Елабуга, ул. Кремлёвская, 5", L.SAME_CITY),
        ("Казань, ул. Ленина 5", "г. Казань, ул. Кремлёвская, 5", L.SAME_HOUSE),
        ("д. 12 корп. 2, ул. Баумана, Казань", "Баумана 12к2, Казань", L.SAME_HOUSE),
        ("Казань, Баумана 44/2", "г. Казань, ул. Баумана, д.44, корпус 2", L.SAME_HOUSE),
        ("Казань, ул. Мусы Джалиля 5", "г. Казань, ул. М. Джалиля, д.5", L.SAME_HOUSE),
        ("Казань, ул. Габдуллы Тукая 5", "г. Казань, Тукай урамы, 5", L.SAME_HOUSE),
        ("Казань, ул. Маршала Чуйкова, 54", "Казань, Чуйкова 54", L.SAME_HOUSE),
        ("Казань, пр. Победы, 5", "Казань, Җиңү проспекты, 5", L.SAME_HOUSE),
        ("Казань, ул Чистопольская, 61а", "Kazan, ul. Chistopolskaya 61 A", L.SAME_HOUSE),
        (FULL, "Kazan, ul. Baumana, d. 44, kv. 12", L.SAME_FLAT),
        (FULL, "улица Баумана, дом 44, квартира 12, Казань, Республика Татарстан", L.SAME_FLAT),
        (FULL, "Казань шәһәре, Бауман урамы, 44 йорт, 12 фатир", L.SAME_FLAT),
    ],
)
def test_levels(one, two, wanted):
    assert compare_addresses(one, two) is compare_addresses(two, one) is wanted


def test_equal_keys_mean_one_house_and_flat():
    same = [FULL, "Казань Баумана 44-12", "Kazan, ul. Baumana, d. 44, kv. 12", "Бауман урамы, 44-12, Казань"]
    assert {fold_address(text) for text in same} == {"казань бауман house:44 flat:12"}
    assert fold_address("Спасский р-н, с. Никольское, Ленина 5") != fold_address("Лаишевский р-н, с. Никольское, Ленина 5")
    assert fold_address("Казань, 8 Марта, 3") != fold_address("Казань, 8 Марта, 8")


PIECES = st.lists(
    st.sampled_from(
        [
            "г.",
            "Казань",
            "ул.",
            "Баумана",
            "д.",
            "44",
            "кв.",
            "12",
            "к",
            "2",
            ",",
            "с.",
            "пр.",
            "8",
            "Марта",
            "2-я",
            "лит. А",
            "РТ",
            "-",
            "/",
            "мкр",
            "Наб. Челны",
            "12а",
        ]
    ),
    max_size=12,
).map(" ".join)


@settings(max_examples=100)
@given(PIECES | st.text(max_size=80), PIECES | st.text(max_size=80))
def test_any_text_is_read_and_compared_alike_from_both_sides(one, two):
    assert compare_addresses(one, two) is compare_addresses(two, one)
    assert compare_addresses(one, one) >= L.UNKNOWN
    assert read_address(one) == read_address(f" {one} ")


@pytest.mark.parametrize("piece", ["г. ", "1", "ул. Баумана, ", "д.5 ", "8 ", "а-", "2-я ", "🏠", "\u0000"])
def test_ten_thousand_characters_cost_no_time(piece):
    text = (piece * 10_000)[:10_000]
    began = time.process_time()
    compare_addresses(text, text[1:])
    fold_address(text)
    assert time.process_time() - began < 0.2
