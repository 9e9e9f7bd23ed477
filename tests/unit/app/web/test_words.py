"""How dates, money, spans and due days are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.web.catalog import load_catalog
from app.web.words import Words
from domain.dates import FOREVER, NEVER, parse_date
from domain.spans import ALWAYS, UNKNOWN_START, Span, span
from visualizations.chain import ChainFact, Family

from tests.unit.app.web.invented import ROWS, TODAY

CATALOG = load_catalog()
RU, EN = Words(CATALOG, "ru", TODAY), Words(CATALOG, "en", TODAY)


def dated(start: str | None, end: str | None = None) -> Span:
    return span(parse_date(start) if start else None, parse_date(end) if end else None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2025-05-12", "12.05.2025"),
        ("2025-05", "05.2025"),
        ("2025", "2025"),
        (20250512, "12.05.2025"),
        (date(2025, 5, 12), "12.05.2025"),
        (None, ""),
        (NEVER, ""),
    ],
)
def test_days_are_as_precise_as_known(value: object, text: str) -> None:
    assert RU.day(value) == text  # type: ignore[arg-type]


def test_long_days() -> None:
    assert RU.long_day("2025-05-12") == "12 мая 2025 года"
    assert EN.long_day("2025-05-12") == "12 May 2025"


@pytest.mark.parametrize(
    ("when", "ru"),
    [
        (dated("2004-08-07"), "с 07.08.2004"),
        (dated("2004-08-07", "2025-05-11"), "с 07.08.2004 до 11.05.2025"),
        (dated(None, "2025-05-11"), "до 11.05.2025, начало неизвестно"),
        (UNKNOWN_START, "начало неизвестно"),
        (dated("2014"), "с 2014"),
        (dated("2014-03"), "с 03.2014"),
        (Span(20140314, 20160101, FOREVER, FOREVER), "с 14.03.2014…01.01.2016"),
    ],
)
def test_fact_dates(when: Span, ru: str) -> None:
    assert RU.fact_dates(ChainFact("доля", when)) == ru


def test_blood_kin_is_from_birth_and_the_event_is_a_day() -> None:
    assert RU.fact_dates(ChainFact("сестра", UNKNOWN_START, lifelong=True)) == "с рождения"
    assert RU.fact_dates(ChainFact("поставщик", ALWAYS, moment=True)) == "день события"


@pytest.mark.parametrize(
    ("roubles", "ru", "en"),
    [(598_000, "598\u202f000\u202f₽", "598,000\u202f₽"), (1_100_000, "1,1 млн ₽", "1.1 million ₽"), (0.5, "0,50\u202f₽", "0.50\u202f₽")],
)
def test_money(roubles: float, ru: str, en: str) -> None:
    assert RU.money(roubles) == ru
    assert EN.money(roubles) == en


def test_weights_have_signs() -> None:
    assert [RU.weight(w) for w in (4.6, -0.7, 0.0, None)] == ["+4,6", "\u22120,7", "0", "0"]


def test_instants_are_shown_in_the_citys_time() -> None:
    assert RU.instant(datetime(2026, 11, 24, 6, 40, tzinfo=UTC)) == "сегодня в 09:40"
    assert RU.instant(datetime(2026, 11, 22, 22, 30, tzinfo=UTC)) == "23.11.2026 01:30"
    assert RU.instant(None) == ""


@pytest.mark.parametrize(
    ("due_on", "main", "note", "late", "group"),
    [
        (date(2026, 11, 20), "просрочен", "20 ноября", True, "overdue"),
        (date(2026, 11, 24), "сегодня", "", False, "today"),
        (date(2026, 11, 25), "завтра", "среда", False, "week"),
        (date(2026, 11, 29), "29 ноября", "воскресенье", False, "week"),
        (date(2026, 11, 30), "30 ноября", "понедельник", False, "later"),
        (date(2027, 8, 10), "10.08.2027", "", False, "later"),
        (None, "—", "", False, "undated"),
    ],
)
def test_due_days(due_on: date | None, main: str, note: str, late: bool, group: str) -> None:
    row = replace(ROWS[0], due_on=due_on, due_at=None, due_note="")
    due = RU.due(row)
    assert (due.main, due.note, due.late, RU.due_group(row)) == (main, note, late, group)


def test_an_hour_makes_today_urgent() -> None:
    due = RU.due(ROWS[0])
    assert (due.main, due.late) == ("до 18:00", True)


def test_a_code_that_the_list_lacks_is_shown_as_it_is() -> None:
    assert RU.code("status", "NEW") == "новый"
    assert RU.code("status", "INVENTED_LATER") == "INVENTED_LATER"


def test_purposes_and_chains_in_words() -> None:
    assert RU.purpose("case 12-к") == "дело № 12-к"
    assert EN.purpose("reason annual review") == "reason: annual review"
    assert RU.families([Family.OFFICIAL, Family.FIRM]) == "Цепочка: служащий – фирма"
    assert RU.missing(["Family.startDate", "Odd.one"]) == "дата начала родства, Odd.one"
