"""Validation, once for all formats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import parse_date
from domain.errors import BadValue
from domain.records import Extract, Note, Place, Record, Reject
from graph_models import ftm
from ingest.stage import merge, stage

AT = Place("file", 7)


def row(schema, key="r", **properties):
    return Record(key, schema, {name: (value,) if isinstance(value, str) else tuple(value) for name, value in properties.items()}, AT)


def one(record):
    *notes, last = stage([record])
    return last, [note.code for note in notes if isinstance(note, Note)]


GOOD = {"Person": {"name": "Иванов"}, "Ownership": {"owner": "a", "asset": "b"}, "Contract": {"authority": "b"}}


@pytest.mark.parametrize(
    ("schema", "properties", "reason"),
    [
        ("Нет такой", {"name": "x"}, "unknown_schema"),
        ("Thing", {"name": "x"}, "unknown_schema"),
        ("Person", {"birthDate": "1979"}, "missing_property"),
        ("ContractAward", {"supplier": "x"}, "missing_property"),
        ("Person", {"name": "x", "birthDate": "1981-02-31"}, "bad_date"),
        ("Person", {"name": "x", "birthDate": "1981", "deathDate": "1980-12-31"}, "bad_period"),
        ("Person", {"name": "x", "deathDate": ["2020-01-01", "2021-01-01"]}, "several_values"),
        ("Person", {"name": "x", "gender": ["male", "female"]}, "several_values"),
        ("Person", {"name": "x", "innCode": "001234567888"}, "bad_inn"),
        ("Person", {"name": "x", "innCode": "0012345673"}, "bad_inn"),
        ("Person", {"name": "x", "socialSecurityNumber": "112-233-445 96"}, "bad_snils"),
        ("Company", {"name": "x", "innCode": "0012345674"}, "bad_inn"),
        ("Company", {"name": "x", "ogrnCode": "1000000000011"}, "bad_ogrn"),
        ("Ownership", {"owner": "a", "asset": "b", "percentage": "140 %"}, "bad_share"),
        ("Ownership", {"owner": "a", "asset": "b", "percentage": "7/5"}, "bad_share"),
        ("Ownership", {"owner": "a", "asset": "b", "percentage": ["60", "61"]}, "several_values"),
        ("Ownership", {"owner": "a", "asset": "b", "startDate": "2020-05-05", "endDate": "2020-05-04"}, "bad_period"),
        ("Contract", {"authority": "b", "amount": "сто рублей"}, "bad_amount"),
        ("Contract", {"authority": "b", "amount": ["100", "100.01"]}, "several_values"),
        ("Family", {"person": "a", "relative": "a", "relationship": "жена"}, "self_reference"),
        ("IncomeDeclaration", {"person": "a", "year": "202"}, "bad_year"),
    ],
)
def test_refused(schema, properties, reason):
    last, _ = one(row(schema, **properties))
    assert isinstance(last, Reject)
    assert last.reason == reason
    assert last.place == AT
    assert last.raw.startswith('{"id":"r"')


@pytest.mark.parametrize(
    ("schema", "properties", "kept", "notes"),
    [
        ("Person", {"birthDate": ["1979-03-14", "1979-03-15"]}, {"birthDate": ("1979-03-14", "1979-03-15")}, []),
        ("Person", {"innCode": "01234567887"}, {"innCode": ("001234567887",)}, ["restored_zero"]),
        ("Person", {"innCode": "1,66E+09"}, {}, ["destroyed_number"]),
        ("Person", {"passportNumber": "N1234567"}, {"passportNumber": ("N1234567",)}, ["unchecked_number"]),
        ("Person", {"socialSecurityNumber": "123-45-6789"}, {"socialSecurityNumber": ("123-45-6789",)}, ["unchecked_number"]),
        ("Person", {"gender": "неизвестен"}, {"gender": ("неизвестен",)}, ["unknown_word"]),
        ("Person", {"хобби": "рыбалка"}, {"хобби": ("рыбалка",)}, ["unknown_property"]),
        ("Ownership", {"percentage": ["60", "3/5"]}, {"percentage": ("60",)}, []),
        ("Ownership", {"startDate": ["2020", "2020-05-05"]}, {"startDate": ("2020-05-05",)}, []),
        ("Ownership", {"startDate": "2020", "endDate": "2020-01-01"}, {"startDate": ("2020",), "endDate": ("2020-01-01",)}, []),
        ("Contract", {"amount": "598 000,00"}, {"amount": ("598000.00",)}, []),
        ("Contract", {"amount": ["598 000,00", "598000"]}, {"amount": ("598000.00",)}, []),
    ],
)
def test_kept(schema, properties, kept, notes):
    last, said = one(row(schema, **GOOD[schema], **properties))
    assert isinstance(last, Record), last
    assert {name: values for name, values in last.properties.items() if name not in GOOD[schema]} == kept
    assert said == notes


@pytest.mark.parametrize("word", ["spouse", "жена", "Тёща", "ТЕЩА", "зять", "двоюродный брат", "брат жены", "опекун"])
def test_words_of_kinship_are_known(word):
    last, notes = one(row("Family", person="a", relative="b", relationship=word))
    assert isinstance(last, Record)
    assert notes == []


def test_remarks_are_made_once_a_file():
    rows = [row("Person", key=str(number), name="x", хобби="рыбалка", gender="иной") for number in range(3)]
    assert [found.code for found in stage(rows) if isinstance(found, Note)] == ["unknown_property", "unknown_word"]


def test_a_commission_has_known_kinds():
    assert one(row("PublicBody", name="x", bodyKind="commission", classification="procurement"))[1] == []
    assert one(row("PublicBody", name="x", bodyKind="commission", classification="садовая"))[1] == ["unknown_word"]
    assert one(row("PublicBody", name="x", classification="садовая"))[1] == []


def test_other_schemata_of_ftm_are_taken_as_they_are():
    last, notes = one(row("Sanction", entity="a", startDate=["2020-01-01", "2021-01-01"], program="x"))
    assert isinstance(last, Record)
    assert notes == []


def test_withdrawal_needs_no_schema():
    record = Record("x", "", {}, AT, deleted=True)
    assert list(stage([record])) == [record]


def test_raw_text_is_cut():
    (last,) = stage([row("Нет", name="я" * 20_000)])
    assert isinstance(last, Reject)
    assert len(last.raw) == 10_000


# ---- merging


def test_merge_unites_values_and_takes_the_nearer_schema():
    both = merge(row("Organization", name="А", innCode="0012345673"), row("Company", name=["Б", "А"]))
    assert isinstance(both, Record)
    assert both.schema == "Company"
    assert both.all("name") == ("А", "Б")


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (row("Person", name="x"), row("Company", name="x"), "schema_conflict"),
        (row("Person", name="x", gender="male"), row("Person", name="x", gender="female"), "several_values"),
        (row("Ownership", **GOOD["Ownership"], percentage="60"), row("Ownership", percentage="50"), "several_values"),
        (row("Ownership", **GOOD["Ownership"], startDate="2020"), row("Ownership", endDate="2019"), "bad_period"),
    ],
)
def test_merge_refuses_contradictions(first, second, reason):
    for one_way, other_way in ((first, second), (second, first)):
        both = merge(one_way, other_way)
        assert isinstance(both, Reject)
        assert both.reason == reason


def test_merge_keeps_both_birth_dates_and_any_withdrawal():
    both = merge(row("Person", name="x", birthDate="1979-03-14"), row("Person", name="x", birthDate="1979-03-15"))
    assert isinstance(both, Record)
    assert both.all("birthDate") == ("1979-03-14", "1979-03-15")
    gone = Record("r", "", {}, AT, deleted=True)
    living = row("Person", name="x")
    assert merge(living, gone) == gone
    assert merge(gone, living) == gone


def test_the_newer_extract_stands_whichever_comes_first():
    def picture(issued, line, **properties):
        plain = row("Company", key="1", name="x", **properties)
        return Record("1", "Company", plain.properties, Place("f", line), extract=Extract("1", issued))

    old, new = picture("2025-10-28", 1, kppCode="000001001"), picture("2025-10-30", 2)
    assert merge(old, new) == new
    assert merge(new, old) == new
    same = picture("2025-10-30", 3, dissolutionDate="2025-10-30")
    assert merge(new, same) == same
    twice = merge(picture("2025-10-30", 2, kppCode="000001001"), picture("2025-10-30", 2, email="a@example.com"))
    assert isinstance(twice, Record)
    assert set(twice.properties) == {"name", "kppCode", "email"}


# ---- the table of schemata


def test_every_schema_of_the_contract_is_there():
    named = "Person Organization Company PublicBody Employment Subordination Family Associate Ownership Directorship Membership"
    named += " Representation CallForTenders Contract ContractAward Application OffenceCase Participation Notification"
    named += " CommissionDecision IncomeDeclaration Debt Lease Payment"
    for name in named.split():
        found = ftm.schema(name)
        assert found is not None
        assert found.core, name


def test_relations_and_references():
    assert ftm.is_relation("Ownership")
    assert ftm.is_relation("Subordination")
    assert not ftm.is_relation("Notification")
    assert not ftm.is_relation("нет")
    assert {"owner", "asset"} <= set(ftm.entity_properties("Ownership"))
    assert ftm.entity_properties("нет") == ()
    assert ftm.is_a("Company", "LegalEntity")
    assert "PublicBody" in ftm.descendants("Organization")
    assert ftm.more_specific("LegalEntity", "Person") == "Person"
    assert ftm.more_specific("Company", "PublicBody") is None


@given(st.text(max_size=30))
def test_a_date_that_passes_is_one_that_the_graph_can_read(text):
    last, _ = one(row("Person", name="x", birthDate=text)) if text.strip() else (None, None)
    if isinstance(last, Record):
        parse_date(text)
    elif last is not None:
        with pytest.raises(BadValue):
            parse_date(text)
