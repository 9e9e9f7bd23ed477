"""Phones, e-mail addresses and remarks on identifiers: what is one, what is none, and what must be said."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.identifiers import Remark
from domain.records import Place, make
from screening.contacts import Phone, fold_email, fold_emails, fold_phone, fold_phones, read_phones
from screening.remarks import identifier_faults, identifier_remarks

PLACE = Place("", 0)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("+7 (843) 299-12-34", ["78432991234"]),
        ("8-843-299-12-34, 299-12-35", ["78432991234", "78432991235"]),
        ("(843) 299-12-34/35", ["78432991234", "78432991235"]),
        ("8 (843) 299-12-34; +7 917 123 45 67", ["78432991234", "79171234567"]),
        ("79171234567 и 8 (843) 2991234", ["79171234567", "78432991234"]),
        ("+79171234567 +79171234568", ["79171234567", "79171234568"]),
        ("8 843 299 12 34 доб. 15, 89171234567", ["78432991234", "79171234567"]),
        ("8 843 299 12 34 (вн. 15)", ["78432991234"]),
        ("79171234567.0", ["79171234567"]),
        ("７９１７１２３４５６７", ["79171234567"]),
        ("+49 30 123456789", ["4930123456789"]),
        ("299-12-34", []),
        ("7,91712E+10", []),
        ("7.92E+10, 89171234567", ["79171234567"]),
        ("+7 000 000 00 00", []),
        ("8 917 777 77 77", []),
        ("112", []),
        ("нет", []),
        ("", []),
    ],
)
def test_phones(text, numbers):
    assert list(fold_phones(text)) == numbers
    assert fold_phone(text) == (numbers[0] if numbers else "")


def test_a_local_number_takes_an_area_only_from_the_caller_and_says_so():
    assert read_phones("299-12-34", area="843") == (Phone("78432991234", assumed_area=True),)
    assert read_phones("8 843 299-12-34, 299-12-35", area="855")[1] == Phone("78432991235")


def test_kinds_of_phones():
    extended, mobile, free = read_phones("8 (843) 299-12-34 доб. 15; 8 917 123-45-67; 8 800 100-20-30")
    assert (extended.extension, extended.mobile, extended.toll_free) == ("15", False, False)
    assert (mobile.mobile, mobile.toll_free) == (True, False)
    assert (free.mobile, free.toll_free) == (False, True)


@pytest.mark.parametrize(
    ("text", "mailboxes"),
    [
        (" A.B@C.ru ", ["a.b@c.ru"]),
        ("i.ivanov+work@ya.ru", ["i-ivanov@yandex.ru"]),
        ("I-Ivanov@yandex.com", ["i-ivanov@yandex.ru"]),
        ("iv.an.ov+1@googlemail.com", ["ivanov@gmail.com"]),
        ("iv.an.ov@mail.ru", ["iv.an.ov@mail.ru"]),
        ("ivanov@mаil.ru", ["ivanov@mail.ru"]),  # a Russian а in the domain
        ("ivаnоv@mail.ru", ["ivanov@mail.ru"]),  # and in the name
        ("иванов@почта.рф", ["иванов@почта.рф"]),
        ("mailto:ivanov@mail.ru, <petrov@bk.ru>.", ["ivanov@mail.ru", "petrov@bk.ru"]),
        ("+tag@mail.ru", []),
        ("нет", []),
        ("a@b", []),
        ("@mail.ru", []),
    ],
)
def test_emails(text, mailboxes):
    assert list(fold_emails(text)) == mailboxes
    assert fold_email(text) == (mailboxes[0] if mailboxes else "")


@settings(max_examples=100)
@given(st.text(max_size=60) | st.text("0123456789+()-/,;. доби@ya.ru", max_size=80))
def test_folding_a_contact_again_changes_nothing(text):
    for number in fold_phones(text):
        assert fold_phones(number) == (number,)
    for mailbox in fold_emails(text):
        assert fold_emails(mailbox) in {(mailbox,), ()}


@pytest.mark.parametrize("piece", ["8 843 299 12 34, ", "1", "a@b.ru ", "@", "доб. 1", "+", "7,9E+", "/12"])
def test_ten_thousand_characters_cost_no_time(piece):
    text = (piece * 10_000)[:10_000]
    began = time.process_time()
    fold_phones(text)
    fold_emails(text)
    assert time.process_time() - began < 0.2


def test_identifiers_of_a_record_are_remarked_on():
    record = make("Company", "1", PLACE, innCode=["1,66E+09", "12345673"], ogrnCode="1.02E+12", kppCode="165501001")
    remarks = identifier_remarks(record)
    assert [(clean.given, clean.value, clean.remark) for clean in remarks] == [
        ("1,66E+09", None, Remark.DESTROYED),
        ("1.02E+12", None, Remark.DESTROYED),
    ]
    assert all(clean.given in clean.message_ru and clean.given in clean.message_en for clean in remarks)
    assert [fault.code for fault in identifier_faults(record)] == ["bad_inn"]


def test_a_lost_zero_of_a_kpp_comes_back_beside_its_inn():
    inn = next(text for digit in range(10) if not identifier_faults(make("Company", "1", PLACE, innCode=(text := f"027400001{digit}"))))
    remarks = identifier_remarks(make("Company", "1", PLACE, innCode=inn[1:], kppCode="27401001"))
    assert [(clean.value, clean.remark) for clean in remarks] == [(inn, Remark.RESTORED), ("027401001", Remark.RESTORED)]


def test_a_persons_number_is_measured_as_a_persons():
    person = make("Person", "1", PLACE, name="Гарипов А.Р.", innCode=["0012345673", "1234567887"], socialSecurityNumber="8765430300")
    assert [(clean.value, clean.remark) for clean in identifier_remarks(person)] == [("08765430300", Remark.RESTORED)]
    assert [fault.code for fault in identifier_faults(person)] == ["bad_inn", "bad_inn"]
    assert identifier_remarks(make("Person", "1", PLACE, name="Гарипов А.Р.")) == ()
