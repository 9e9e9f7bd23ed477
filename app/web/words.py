"""How values are written for a person in one language: dates, spans, money, numbers, instants, due days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from app.web.catalog import Catalog
from app.web.ports import FactRow, InboxRow
from domain.dates import FOREVER, NEVER, Day, PartialDate, day_of, iso_of
from visualizations.chain import ChainFact, Family

_THIN = "\u202f"  # narrow no-break space between thousands
_MINUS = "\u2212"
ZONE = ZoneInfo("Europe/Moscow")
"""Instants are kept in UTC and shown in the city's time."""


@dataclass(frozen=True, slots=True)
class Due:
    """A due day in a list: the strong line, the quiet line, and whether it is late or today."""

    main: str
    note: str
    late: bool


@dataclass(frozen=True, slots=True)
class Words:
    """Writes values in one language."""

    catalog: Catalog
    language: str
    today: date

    def t(self, key: str, **values: object) -> str:
        """A text of the catalog."""
        return self.catalog.get(self.language, key, **values)

    def th(self, key: str, **values: object) -> Markup:
        """A text of the catalog with its own tags."""
        return self.catalog.html(self.language, key, **values)

    def code(self, group: str, code: str) -> str:
        """The words for a code of a closed list, or the code itself where the list has grown without us."""
        key = f"{group}.{code}"
        return self.t(key) if self.catalog.has(key) else code

    def day(self, value: date | Day | str | None) -> str:
        """12.05.2025, 05.2025 or 2025, as precise as it is; empty for none."""
        iso = value if isinstance(value, str) else value.isoformat() if isinstance(value, date) else iso_of(value) if value else None
        return ".".join(reversed(iso[:10].split("-"))) if iso else ""

    def long_day(self, value: date | str) -> str:
        """12 мая 2025 года, 12 May 2025."""
        when = date.fromisoformat(value) if isinstance(value, str) else value
        return self.t("date.long", day=when.day, month=self.t(f"month.{when.month}"), year=when.year)

    def instant(self, value: datetime | None) -> str:
        """24.11.2026 09:40, city time; today's as «сегодня в 09:40»."""
        if value is None:
            return ""
        local = value.astimezone(ZONE)
        if local.date() == self.today:
            return self.t("date.today_at", time=local.strftime("%H:%M"))
        return f"{self.day(local.date())} {local.strftime('%H:%M')}"

    def number(self, value: float, digits: int = 0) -> str:
        """1 234,5 in Russian, 1,234.5 in English."""
        text = f"{abs(value):,.{digits}f}"
        if self.language == "ru":
            text = text.replace(",", _THIN).replace(".", ",")
        return f"{_MINUS}{text}" if value < 0 else text

    def money(self, roubles: float) -> str:
        """598 000 ₽; from a million on, 1,1 млн ₽."""
        if roubles >= 1_000_000:
            return self.t("money.millions", amount=self.number(roubles / 1_000_000, 1))
        return f"{self.number(roubles, 0 if roubles == int(roubles) else 2)}{_THIN}₽"

    def weight(self, value: float | None) -> str:
        """+4,6 or −2,0; 0 where nothing is counted."""
        if not value:
            return "0"
        return f"+{self.number(value, 1)}" if value > 0 else self.number(value, 1)

    def fact_dates(self, fact: ChainFact) -> str:
        """When a fact of a chain holds: «с 07.08.2004», «с рождения», «начало неизвестно»."""
        span = fact.span
        if fact.moment:
            return self.t("span.moment")
        start = self._bound(span.start_lo, span.start_hi)
        end = self._bound(span.end_lo, span.end_hi)
        if fact.lifelong and not end:
            return self.t("span.from_birth")
        return self._between(start, end)

    def row_dates(self, row: FactRow) -> str:
        """The same for a row of an entity's page."""
        if row.moment:
            return self.day(row.start)
        if row.lifelong and not row.end:
            return self.t("span.from_birth")
        return self._between(self.day(row.start), self.day(row.end))

    def due(self, row: InboxRow) -> Due:
        """How urgent a row is."""
        if row.due_on is None:
            return Due("—", row.due_note, late=False)
        left = (row.due_on - self.today).days
        if left < 0:
            return Due(self.t("due.overdue"), row.due_note or self._short_day(row.due_on), late=True)
        if left == 0:
            main = self.t("due.until", time=row.due_at.astimezone(ZONE).strftime("%H:%M")) if row.due_at else self.t("due.today")
            return Due(main, row.due_note, late=row.due_at is not None)
        main = self.t("due.tomorrow") if left == 1 else self._short_day(row.due_on)
        return Due(main, row.due_note or (self.t(f"weekday.{row.due_on.isoweekday()}") if left < 14 else ""), late=False)

    def due_group(self, row: InboxRow) -> str:
        """overdue, today, week, later or undated: the heading a row stands under."""
        if row.due_on is None:
            return "undated"
        if row.due_on < self.today:
            return "overdue"
        if row.due_on == self.today:
            return "today"
        sunday = self.today + timedelta(days=7 - self.today.isoweekday())
        return "week" if row.due_on <= sunday else "later"

    def _short_day(self, value: date) -> str:
        if value.year != self.today.year and abs((value - self.today).days) > 180:
            return self.day(value)
        return self.t("date.short", day=value.day, month=self.t(f"month.{value.month}"))

    def _bound(self, low: Day, high: Day) -> str:
        if low == high:
            return "" if low in (NEVER, FOREVER) else self.day(low)
        if low == NEVER or high == FOREVER:
            return ""
        iso = PartialDate(low, high).iso()
        if low // 10000 == high // 10000:
            return self.day(iso)
        return self.t("span.some_day", first=self.day(low), last=self.day(high))

    def _between(self, start: str, end: str) -> str:
        if start and end:
            return self.t("span.from_to", start=start, end=end)
        if end:
            return self.t("span.until", end=end)
        return self.t("span.since", start=start) if start else self.t("span.unknown_start")

    def event_day(self, first: Day, last: Day) -> str:
        """The label under the event's line: a day or a window."""
        return self.day(first) if first == last else f"{self.day(first)} – {self.day(last)}"

    def families(self, families: Sequence[Family]) -> str:
        """The nodes of a chain in words, for those who do not see the glyphs."""
        return self.t("inbox.chain", names=" – ".join(self.code("family", family.value) for family in families))

    def missing(self, names: Sequence[str]) -> str:
        """The values that are missing, in words."""
        return ", ".join(self.code("missing", name) for name in names)

    def purpose(self, purpose: str | None) -> str:
        """«дело № 12-к» for `case 12-к`, «причина: …» for `reason …`."""
        kind, _, text = (purpose or "").partition(" ")
        return self.t(f"purpose.{kind}", text=text) if kind in {"case", "reason"} else (purpose or "")

    @property
    def today_day(self) -> Day:
        """Today as an integer."""
        return day_of(self.today)
