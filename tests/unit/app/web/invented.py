"""Invented officials, relatives, firms and contracts: what the fake desk answers with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from app.web.ports import Detail, InboxRow, Move
from domain.dates import FOREVER, parse_date
from domain.spans import ALWAYS, UNKNOWN_START, Span, span
from visualizations.chain import Chain, ChainEvent, ChainFact, ChainHop, ChainNode, Family, SourceLink

NOW = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
TODAY = date(2026, 11, 24)
F = Family


def dated(start: str | None = None, end: str | None = None) -> Span:
    return span(parse_date(start) if start else None, parse_date(end) if end else None)


ZAGS = SourceLink("ЗАГС, запись 1182", "zags:1182")
FORM = SourceLink("анкета, лист 3", "hr:anketa-17-3")
EGRUL = SourceLink("ЕГРЮЛ на 11.05.2025", "egrul:0012345673")
SHOP = SourceLink("Электронный магазин 77-25", "shop:77-25")
ORDER = SourceLink("приказ № 15-к", "hr:order-15")

NODES = {
    "hr-17": ChainNode("hr-17", "Хайруллин Айдар Ринатович", F.OFFICIAL, "контрактный управляющий, школа № 999, с 2016"),
    "hr-18": ChainNode("hr-18", "Хайруллина (Сафина) Гузель Маратовна", F.PERSON),
    "p-19": ChainNode("p-19", "Сафин Тимур Маратович", F.PERSON, "шурин: брат жены"),
    "f-1": ChainNode("f-1", "ООО «Идел-Строй Тест»", F.FIRM, "ИНН 0012345673"),
    "f-2": ChainNode("f-2", "ООО «Кояш Тест»", F.FIRM, "ИНН 0012345680"),
    "f-3": ChainNode("f-3", "ООО «Нур Сервис Тест»", F.FIRM, "ИНН 0012345697"),
    "e-77": ChainNode("e-77", "Договор: ремонт кровли, 598 000 ₽", F.EVENT, "подготовил 05.05, подписал 12.05.2025"),
    "b-999": ChainNode("b-999", "МБОУ «Школа № 999»", F.BODY, "Управление образования"),
    "p-1": ChainNode("p-1", "Сафин Марат Ильдусович", F.PERSON, "1955"),
    "p-20": ChainNode("p-20", "Сафин Рамиль Маратович", F.PERSON, "предположение", hypothesis=True),
    "hr-40": ChainNode("hr-40", "Гараева Наиля Фаритовна", F.OFFICIAL, "член закупочной комиссии"),
    "p-41": ChainNode("p-41", "Гараев Булат Ильнурович", F.PERSON, "внук"),
}
MASKED = {
    "hr-17": "Х… А. Р.",
    "hr-18": "Х… Г. М.",
    "p-19": "С… Т. М.",
    "p-1": "С… М. И.",
    "p-20": "С… Р. М.",
    "hr-40": "Г… Н. Ф.",
    "p-41": "Г… Б. И.",
}
SCHEMAS = {F.FIRM: "Company", F.BODY: "PublicBody", F.EVENT: "Contract"}


def schema_of(node: ChainNode) -> str:
    return SCHEMAS.get(node.family, "Person")


def fact(words: str, when: Span, *sources: SourceLink, **more: object) -> ChainHop:
    return ChainHop((ChainFact(words, when, sources, **more),))  # type: ignore[arg-type]


EVENT = ChainEvent(20250512, 20250512)
HELD = Chain(
    tuple(NODES[i] for i in ("hr-17", "hr-18", "p-19", "f-1", "e-77")),
    (
        fact("муж", dated("2004-08-07"), ZAGS),
        fact("сестра", UNKNOWN_START, FORM, note="общий отец", lifelong=True),
        ChainHop((ChainFact("60 %", dated("2014-03-14"), (EGRUL,)), ChainFact("директор", dated("2016-02"), (EGRUL,)))),
        fact("поставщик", ALWAYS, SHOP, note="п. 4 ч. 1 ст. 93", moment=True),
    ),
    EVENT,
)
BROKEN = replace(
    HELD,
    hops=(
        fact("муж", dated("2004-08-07"), ZAGS),
        fact("сестра", UNKNOWN_START, FORM, note="общий отец", lifelong=True),
        fact("60 %", dated("2014-03-14", "2025-05-11"), EGRUL),
        HELD.hops[3],
    ),
)
UNSURE = replace(
    HELD,
    hops=(
        fact("муж", UNKNOWN_START, FORM),
        fact("сестра", UNKNOWN_START, FORM, note="общий отец", lifelong=True),
        fact("60 %", Span(20240101, 20241231, FOREVER, FOREVER), EGRUL, hypothesis=True),
        HELD.hops[3],
    ),
)
WINDOW = Chain(
    tuple(NODES[i] for i in ("hr-40", "p-41", "f-2", "f-3")),
    (
        fact("бабушка", dated("1998-02-20"), FORM),
        fact("80 %", dated("2020-01-15"), EGRUL),
        fact("15 %", dated("2021-06-01", "2026-11-20"), EGRUL, note="вместе 12 %"),
    ),
    ChainEvent(20261101, 20261125, any_day=True),
)


def row(key: str, severity: str, lead: str, text: str, families: Sequence[Family], **more: object) -> InboxRow:
    base: dict[str, object] = {
        "id": f"fd-{key}",
        "number": f"2025-{key}",
        "rule": "R-06",
        "modifiers": (),
        "severity": severity,
        "status": "NEW",
        "lead": lead,
        "text": text,
        "families": tuple(families),
        "law": "",
        "event": "",
        "assignee": None,
        "mine": True,
        "due_on": TODAY,
    }
    return InboxRow(**{**base, **more})  # type: ignore[arg-type]


ROWS = (
    row(
        "0411",
        "BLOCK",
        "Гараева Н. Ф.",
        ", член закупочной комиссии: внук через «Кояш Тест» владеет 12 % участника «Нур Сервис Тест»",
        (F.OFFICIAL, F.PERSON, F.FIRM, F.FIRM, F.EVENT),
        rule="R-04",
        law="44-ФЗ ст. 31",
        event="аукцион 0111…25",
        due_at=datetime(2026, 11, 24, 15, 0, tzinfo=UTC),
        due_note="подписание завтра",
    ),
    row(
        "0418",
        "HIGH",
        "Хайруллин А. Р.",
        " подготовил и подписал договор с «Идел-Строй Тест»: 60 % у брата его жены",
        (F.OFFICIAL, F.PERSON, F.PERSON, F.FIRM, F.EVENT),
        modifiers=("R-23",),
        law="273-ФЗ ст. 10",
        event="598 000 ₽",
        status="IN_CHECK",
        due_note="3 рабочих дня",
    ),
    row(
        "0402",
        "HIGH",
        "Галимова Р. Х.",
        ", заведующая: сноха принята завхозом, оплата 1,52 медианы",
        (F.OFFICIAL, F.PERSON),
        rule="R-02",
        event="приказ подписан ею",
        status="IN_CHECK",
        due_on=date(2026, 11, 27),
    ),
    row(
        "0399",
        "MEDIUM",
        "Ибрагимова Д. И.",
        ", приёмочная комиссия: поставщику принадлежит фирма бывшего мужа, общее имущество",
        (F.OFFICIAL, F.PERSON, F.FIRM, F.EVENT),
        rule="R-16",
        event="договор 03.03",
        due_on=date(2026, 12, 1),
    ),
    row(
        "0390",
        "LOW",
        "",
        "Общий телефон у методиста детского сада и поставщика",
        (F.OFFICIAL, F.FIRM),
        rule="R-17",
        event="у номера два владельца",
        due_on=date(2026, 12, 24),
    ),
    row(
        "0377",
        "INFO",
        "Гарифуллины",
        ", сёстры в двух управлениях: подчинения нет",
        (F.OFFICIAL, F.OFFICIAL),
        rule="KIN",
        event="строка формы 1.1",
        mine=False,
        due_on=date(2027, 1, 10),
    ),
    row(
        "0420",
        "HIGH",
        "Хайруллин А. Р.",
        ": дата брака не указана, срок связи не установлен",
        (F.OFFICIAL, F.PERSON, F.PERSON, F.FIRM, F.EVENT),
        status="NEED_DATA",
        due_on=date(2026, 12, 8),
    ),
    row(
        "0371",
        "HIGH",
        "Хайруллин А. Р.",
        " подписал договор; доля брата жены продана накануне",
        (F.OFFICIAL, F.PERSON, F.PERSON, F.FIRM, F.EVENT),
        status="CLOSED",
        mine=False,
        due_on=None,
    ),
)
CHAINS = {"fd-0418": HELD, "fd-0371": BROKEN, "fd-0420": UNSURE, "fd-0411": WINDOW}
MOVES = (
    Move("NOTICE_REQUESTED"),
    Move("RISK_CONFIRMED"),
    Move("NEED_DATA"),
    Move("IN_CHECK"),
    Move("SELF_INTEREST_REASSIGN"),
    Move("NO_CONFLICT", needs_note=True),
    Move(
        "FALSE_POSITIVE", ("namesake", "not_kin_at_date", "share_below_threshold", "role_ended", "took_no_part", "notified", "data_error")
    ),
)
SENTENCE = (
    "Возможный конфликт интересов: Хайруллин\u00a0А.\u00a0Р. подготовил и подписал договор с ООО «Идел-Строй Тест», "
    "где 60\u00a0% и пост директора у брата его жены."
)


def mask(name: str) -> str:
    surname, _, rest = name.partition(" ")
    return f"{surname[:1]}… {rest}".strip() if name else ""


def details(node: ChainNode, *, masked: bool) -> tuple[Detail, ...]:
    if node.family in (F.PERSON, F.OFFICIAL):
        if masked:
            return (Detail("birth", "1979"), Detail("inn", "••••••••5673", masked=True), Detail("snils", "•••-•••-••3 95", masked=True))
        return (Detail("birth", "14.03.1979"), Detail("inn", "001234567890"), Detail("snils", "112-233-445 95"))
    if node.family is F.EVENT:
        return (
            Detail("date", "12.05.2025"),
            Detail("amount", "598 000 ₽"),
            Detail("law", "44-ФЗ"),
            Detail("item", "4"),
            Detail("number", "77-25"),
            Detail("authority", "МБОУ «Школа № 999»"),
        )
    return (Detail("inn", "0012345673"), Detail("ogrn", "1021600000000"), Detail("incorporated", "14.03.2014"))
