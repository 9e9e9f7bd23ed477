"""Hours, pay and consent of an employment as numbers; debts, leases, payments, decisions and declarations as facts."""

from __future__ import annotations

import pytest

from domain.dates import FOREVER, NEVER
from ingest.duties import duties_of, timetable
from ingest.facts import facts_of
from ingest.said import Said


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("mon 09:00-13:00", [(540, 780)]),
        ("mon-tue 09:00-13:00", [(540, 780), (1980, 2220)]),
        ("sat-sun 10:00-12:00, mon 08:00-09:00", [(480, 540), (7800, 7920), (9240, 9360)]),
        ("fri 22:00-02:00", [(7080, 7320)]),
        ("sun-mon 10:00-11:00", [(600, 660), (9240, 9300)]),
        ("по графику", []),
        ("xyz 09:00-10:00", []),
        ("", []),
    ],
)
def test_a_timetable_is_minutes_of_the_week(text: str, slots: list[tuple[int, int]]) -> None:
    assert timetable(text) == slots


def test_what_an_employment_says_of_pay_and_consent() -> None:
    said = Said(
        "hr:j",
        "Employment",
        {
            "monthlyPay": ("45600",),
            "rate": ("0.5",),
            "listedPost": ("no",),
            "founderConsentDate": ("2024-10",),
            "workTime": ("mon-tue 09:00-13:00",),
        },
        {"payOrderSignedBy": ("hr:p",)},
    )
    found = duties_of(said)
    assert (found["pay"], found["rate"], found["listed"], found["pay_signed_by"]) == (45600.0, 0.5, False, ["hr:p"])
    assert (found["consent_lo"], found["consent_hi"], found["day_minutes"]) == (20241001, 20241031, 240)
    assert duties_of(Said("hr:k", "Employment", {}, {})) == dict.fromkeys(found)


def test_a_payment_counts_on_its_day() -> None:
    refs = {"payer": ("s:f",), "beneficiary": ("s:p",)}
    (paid,) = facts_of(Said("s:x", "Payment", {"amount": ("3001",), "date": ("2024-02-29",)}, refs))
    assert (paid.type, paid.valid.start_lo, paid.valid.end_hi, paid.properties["amount"]) == ("PAID", 20240229, 20240301, 3001.0)
    (undated,) = facts_of(Said("s:y", "Payment", {}, refs))
    assert (undated.valid.start_lo, undated.valid.start_hi) == (NEVER, FOREVER)


def test_debts_leases_and_decisions_are_facts_between_their_ends() -> None:
    (debt,) = facts_of(Said("s:d", "Debt", {"amount": ("5",)}, {"debtor": ("s:a",), "creditor": ("s:b",)}))
    (lease,) = facts_of(Said("s:l", "Lease", {}, {"lessor": ("s:a",), "lessee": ("s:b",)}))
    values = {"date": ("2024-12-20",), "category": ("POST",), "decision": ("POST_CONSENT",)}
    (decision,) = facts_of(Said("s:c", "CommissionDecision", values, {"person": ("s:p",), "organization": ("s:f",)}))
    assert (debt.type, lease.type, decision.type) == ("OWES", "LETS_TO", "HAS_DECISION")
    assert (decision.properties["date_lo"], decision.properties["decision"]) == (20241220, "POST_CONSENT")


def test_a_declaration_names_whom_it_names_and_says_of_whom_it_speaks() -> None:
    refs = {"person": ("s:p",), "child": ("s:c",)}
    child, filed = facts_of(Said("s:i", "IncomeDeclaration", {"year": ("2024",), "spouseIncome": ("1",)}, refs))
    assert (child.type, child.properties["what"], child.properties["year"]) == ("DECLARES", "child", 2024)
    assert (filed.type, filed.properties["spouse_told"], filed.properties["child_told"]) == ("FILED", True, None)
