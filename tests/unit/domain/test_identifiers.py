"""Identifiers: the worked cases of the domain, agreement with an independent implementation, and what cells do to numbers."""

import importlib.util
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import identifiers as ids
from domain.errors import BadValue

ORACLE = Path(__file__).parents[4] / "shared" / "oracles" / "ids.py"

CASES = {
    ids.inn_valid: (
        ["2461029990", "8620013082", "0012345673", "001234567887", "009876543299", "005556667756"],
        ["2461029991", "8620013028", "001234567", "001234567878", "001234567888", "0012345678", ""],
    ),
    ids.ogrn_valid: (
        ["1152468050680", "1028601869339", "1037739010891", "300000000000015", "321169000123455", "319169000987656"],
        ["1152468050681", "1028601896339", "103773901089", "321169000123456", "321169000132455", "121169000123455"],
    ),
    ids.snils_valid: (
        ["112-233-445 95", "123-456-789 64", "087-654-303 00"],
        ["112-233-445 96", "123-456-798 64", "087-654-303 01"],
    ),
    ids.uin_valid: (
        [
            "03160000000000000019",
            "03165531000000045213",
            "09991234500000678900",
            "0316553100000000202500015",
            "0316553100000000202500029",
            "0316553100000000202500170",
        ],
        [
            "03160000000000000018",
            "03165531000000054213",
            "03100000000000000003",
            "0316553100000000202500016",
            "0316553100000000202500092",
            "031655310000000020250017",
        ],
    ),
    ids.kpp_valid: (["165501001", "165543001", "7710AB001"], ["16550100", "1655-1001", "1655ab001"]),
    ids.oktmo_valid: (["92701000", "92701000001", "04603404106"], ["9270100", "927010000011", "92701000 "]),
    ids.passport_valid: (["9205 123456", "9219 000111", "4509 654321"], ["920 123456", "0005 123456", "92O5 123456"]),
}


@pytest.mark.parametrize(
    ("check", "text", "right"),
    [(check, text, right) for check, pair in CASES.items() for right, texts in zip((True, False), pair, strict=True) for text in texts],
)
def test_worked_cases(check, text, right):
    assert check(text) is right


@pytest.mark.parametrize(("body", "control"), [("04603404106", 2), ("04631437126", 3)])
def test_published_oktmo_control_digits(body, control):
    assert ids.cyclic_control(body) == control


@pytest.mark.parametrize(
    ("body", "control"), [("031655310000000000000009", 0), ("031655310000000000000010", 5), ("031655310000000000000022", 0)]
)
def test_uin_second_pass(body, control):
    assert ids.cyclic_control(body) == control


def test_snils_borders():
    """Sums of 99 to 203 around the two places where the rule bends, and the numbers that predate check digits."""
    wanted = {99: "99", 100: "00", 101: "00", 102: "01", 201: "00", 202: "00", 203: "01"}
    seen: dict[int, str] = {}
    for number in range(100000000, 1000000000, 7777):
        total = sum(int(digit) * (9 - place) for place, digit in enumerate(str(number)))
        seen.setdefault(total, ids.snils_control(str(number)))
    assert {total: seen[total] for total in wanted} == wanted
    assert ids.snils_valid("001-001-998 77")
    assert not ids.snils_valid("001-001-999 77")


@pytest.fixture(scope="module")
def oracle():
    if not ORACLE.exists():
        pytest.skip(f"no independent implementation at {ORACLE}")
    spec = importlib.util.spec_from_file_location("ids_oracle", ORACLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _controlled(oracle, body):
    """A body of 8–24 digits with the oracle's control digits of the identifier that has that length."""
    complete = {
        9: lambda: body + str(oracle.inn10_ctrl(body)),
        10: lambda: body + oracle.inn12_ctrl(body),
        12: lambda: body + str(oracle.ogrn_ctrl(body)),
        14: lambda: body + str(oracle.ogrn_ctrl(body)),
    }
    return complete.get(len(body), lambda: body + str(oracle.mod11_cyclic(body)))()


@given(body=st.integers(8, 24).flatmap(lambda n: st.text(string.digits, min_size=n, max_size=n)), slip=st.none() | st.integers(0, 24))
def test_agrees_with_the_oracle(oracle, body, slip):
    text = _controlled(oracle, body)
    if slip is not None and slip < len(text):
        text = text[:slip] + str((int(text[slip]) + 1) % 10) + text[slip + 1 :]
    snils = body[:9].zfill(9) + oracle.snils_ctrl(body[:9].zfill(9))
    for candidate in (text, body, snils):
        assert ids.inn_valid(candidate) == oracle.inn_ok(candidate)
        assert ids.ogrn_valid(candidate) == oracle.ogrn_ok(candidate)
        assert ids.snils_valid(candidate) == oracle.snils_ok(candidate)
        assert ids.uin_valid(candidate) == oracle.uin_ok(candidate)
        assert ids.kpp_valid(candidate) == oracle.kpp_ok(candidate)
        assert ids.oktmo_valid(candidate) == oracle.oktmo_ok(candidate)
        assert ids.passport_valid(candidate) == oracle.passport_ok(candidate)


# ---------------------------------------------------------------------------------------------- cleaning


@pytest.mark.parametrize(
    ("given_text", "value", "remark"),
    [
        ("2461029990", "2461029990", None),
        (" 2461 029 990 ", "2461029990", None),
        ("2461029990.0", "2461029990", None),
        ("2461029990,00", "2461029990", None),
        ("'0012345673", "0012345673", None),
        ("ИНН: 0012345673", "0012345673", None),
        ("ИНН № 0012345673", "0012345673", None),
        ("2461\u00a0029\u00a0990", "2461029990", None),
        ("2,461029990E+09", "2461029990", None),
        ("1,66E+09", None, ids.Remark.DESTROYED),
        ("1.66E+11", None, ids.Remark.DESTROYED),
        ("1.66e+11", None, ids.Remark.DESTROYED),
        ("166E+09", None, ids.Remark.DESTROYED),
        ("1,66Е+09", None, ids.Remark.DESTROYED),
        ("166012000000", None, ids.Remark.DESTROYED),
        ("1660100000", None, ids.Remark.DESTROYED),
        ("1,66012E+11", None, ids.Remark.DESTROYED),
        ("##########", None, ids.Remark.DESTROYED),
    ],
)
def test_inn_as_cells_write_it(given_text, value, remark):
    clean = ids.clean_inn(given_text)
    assert (clean.value, clean.remark) == (value, remark)
    assert bool(clean.message_ru) == bool(clean.message_en) == (remark is not None)


def test_lost_zero_of_an_inn_is_restored_and_said():
    body = "055566677"
    whole = next(f"{body}{digit}" for digit in string.digits if ids.inn_valid(f"{body}{digit}"))
    clean = ids.clean_inn(whole[1:])
    assert clean.restored
    assert clean.value == whole
    assert whole in clean.message_ru
    assert whole in clean.message_en
    person = next(f"0555666777{n:02d}" for n in range(100) if ids.inn_valid(f"0555666777{n:02d}"))
    assert ids.clean_inn(f"{person[1:]}.0").value == person


@pytest.mark.parametrize(
    "text", ["2461029991", "001234567878", "246102999", "12345", "", "нет", "-", "0000000000", "000000000000", "24610٢9990x"]
)
def test_bad_inn(text):
    with pytest.raises(BadValue) as caught:
        ids.clean_inn(text)
    assert caught.value.code == "bad_inn"
    assert "ИНН" in caught.value.message_ru
    assert "INN" in caught.value.message_en


def test_the_kind_of_inn_can_be_demanded():
    assert ids.clean_inn("0012345673", digits=10).value == "0012345673"
    with pytest.raises(BadValue):
        ids.clean_inn("0012345673", digits=12)


def test_kpp_gets_its_zero_back_only_beside_an_inn_of_the_same_office():
    assert ids.clean_kpp("165501001").value == "165501001"
    assert ids.clean_kpp("27401001", inn="0274000000").value == "027401001"
    for text, inn in (("27401001", None), ("27401001", "1655000000"), ("16550100", "0274000000"), ("1655ab001", None)):
        with pytest.raises(BadValue, match="KPP"):
            ids.clean_kpp(text, inn=inn)


def test_ogrn():
    assert ids.clean_ogrn("1 152 468 050 680").value == "1152468050680"
    assert ids.clean_ogrn("1.15247E+12").destroyed
    assert ids.clean_ogrn("321169000123455.0").value == "321169000123455"
    for text in ("2152468050680", "1152468050681", "103773901089", "421169000123455"):
        with pytest.raises(BadValue) as caught:
            ids.clean_ogrn(text)
        assert caught.value.code == "bad_ogrn"


@pytest.mark.parametrize(
    ("text", "value", "remark"),
    [
        ("112-233-445 95", "11223344595", None),
        ("112–233–445 95", "11223344595", None),
        ("8765430300", "08765430300", ids.Remark.RESTORED),
        ("8765430300.0", "08765430300", ids.Remark.RESTORED),
        ("1.12E+10", None, ids.Remark.DESTROYED),
    ],
)
def test_snils(text, value, remark):
    clean = ids.clean_snils(text)
    assert (clean.value, clean.remark) == (value, remark)


def test_snils_refused_and_unusual():
    for text in ("112-233-445 96", "123456789", "000-000-000 00", ""):
        with pytest.raises(BadValue) as caught:
            ids.clean_snils(text)
        assert caught.value.code == "bad_snils"
    assert ids.clean_snils("111222333" + ids.snils_control("111222333")).remark is ids.Remark.UNUSUAL


@pytest.mark.parametrize(
    ("text", "value", "remark"),
    [
        ("9205 123456", "9205123456", None),
        ("92 05 № 123456", "9205123456", None),
        ("серия 92 05 номер 123456", "9205123456", None),
        ("9205123456.0", "9205123456", None),
        ("305123456", "0305123456", ids.Remark.RESTORED),
        ("751234567", "751234567", ids.Remark.UNCHECKED),
        ("AB1234567", "AB1234567", ids.Remark.UNCHECKED),
        ("C01X00T47", "C01X00T47", ids.Remark.UNCHECKED),
        ("9,21E+09", None, ids.Remark.DESTROYED),
    ],
)
def test_passport(text, value, remark):
    clean = ids.clean_passport(text)
    assert (clean.value, clean.remark) == (value, remark)


@pytest.mark.parametrize("text", ["920 123456", "0005 123456", "92O5 123456", "92О5 123456", "920123456", "12345", "паспорт"])
def test_bad_passport(text):
    with pytest.raises(BadValue) as caught:
        ids.clean_passport(text)
    assert caught.value.code == "bad_passport"


def test_uin_kbk_oktmo():
    assert ids.clean_uin("0").value == "0"
    assert ids.clean_uin("0316 5531 0000 0004 5213").value == "03165531000000045213"
    assert ids.clean_uin("3165531000000045213").restored
    assert ids.clean_uin("3,16553E+18").destroyed
    assert ids.clean_uin("3165531000000040000").destroyed
    with pytest.raises(BadValue) as caught:
        ids.clean_uin("03165531000000045213", kbk="03165531000000045213")
    assert caught.value.code == "bad_uin"
    assert ids.clean_oktmo("92 701 000").value == "92701000"
    with pytest.raises(BadValue):
        ids.clean_oktmo("9270100")
    assert ids.clean_kbk("18210102010011000110").value == "18210102010011000110"
    assert ids.clean_kbk("18210102010011000000").destroyed
    with pytest.raises(BadValue):
        ids.clean_kbk("1821010201001100011")


def _account(bik: str, prefix: str = "") -> str:
    """An account at the bank whose key digit (the ninth) fits."""
    head = prefix or "40702810"
    return next(text for digit in string.digits if ids.account_valid(bik, text := f"{head}{digit}00000001234"))


def test_accounts():
    bik = "049205603"
    account = _account(bik)
    assert ids.clean_account(f"{bik}/{account}").value == f"{bik}/{account}"
    assert ids.clean_account(f"{bik[1:]}.0/{account}").value == f"{bik}/{account}"
    wrong = account[:8] + str((int(account[8]) + 1) % 10) + account[9:]
    for text in (f"{bik}/{wrong}", account, f"{bik}/{account[1:]}", f"991111111/{account}"):
        with pytest.raises(BadValue) as caught:
            ids.clean_account(text)
        assert caught.value.code == "bad_account"
    assert ids.clean_account(f"{bik}/4,07E+19").destroyed
    assert ids.account_valid("019205400", "03234643927010001100")


@given(st.text(max_size=30))
def test_cleaning_never_breaks(text):
    sentences: list[BadValue] = []
    for clean in (
        ids.clean_inn,
        ids.clean_kpp,
        ids.clean_ogrn,
        ids.clean_snils,
        ids.clean_passport,
        ids.clean_oktmo,
        ids.clean_uin,
        ids.clean_kbk,
        ids.clean_account,
    ):
        try:
            answer = clean(text)
        except BadValue as refusal:
            sentences.append(refusal)
        else:
            assert (answer.value is None) == answer.destroyed
    assert all(refusal.message_ru and refusal.message_en and refusal.code.startswith("bad_") for refusal in sentences)


@given(st.integers(0, 10**10 - 1), st.sampled_from(["{}", " {} ", "{}.0", "{},00", "ИНН {}"]))
def test_cleaning_twice_is_cleaning_once(number, dress):
    body = f"{number:010d}"
    inn = next(f"{body}{n:02d}" for n in range(100) if ids.inn_valid(f"{body}{n:02d}"))
    if not inn.strip("0"):
        return
    once = ids.clean_inn(dress.format(inn)).value
    assert once == inn
    assert ids.clean_inn(once).value == once
