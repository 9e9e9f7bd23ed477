"""The fake desk's answers to who is who: a doubtful pair, the evidence between two, and decisions that are remembered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from app.web.comparing import Compared, Doubt, Doubts, Evidence, Judged, Side, SideDraft
from app.web.ports import Caller
from domain.errors import InputError, NotFound, StateError

from tests.unit.app.web.invented import EGRUL, NODES, NOW, ZAGS, mask

EVIDENCE = (
    Evidence("surname", "редкая фамилия совпала: +4,1", "Хайруллин", "Хәйруллин", "agree", 4.1),
    Evidence("given", "имя совпало, отчества — один инициал: +1,6", "Айдар Ринатович", "Айдар Р.", "partial", 1.6),
    Evidence("birth", "год рождения совпал, день и месяц переставлены: +2,9", "14.03.1979", "03.1979", "partial", 2.9),
    Evidence("employer", "места работы разные: −0,4", "МБОУ «Школа № 999»", "ООО «Идел-Строй Тест», отдел снабжения", "differ", -0.4),
    Evidence("address", "города разные: −1,7", "Казань, ул. Тестовая, д. 9, кв. 17", "Набережные Челны, пр-т Мира, д. 4", "differ", -1.7),
    Evidence("inn", "", "001234567887", "", "absent", 0.0),
)
MADE_AT = NOW - timedelta(days=9)


@dataclass
class FakeIdentity:
    """Remembers decisions in memory."""

    judged: list[Judged] = field(default_factory=list)

    def compare(self, caller: Caller, left: SideDraft, right: SideDraft) -> Compared:
        for side in (left, right):
            if not side.of and "name" not in side.fields:
                raise InputError("Укажите ФИО.", "A full name is wanted.")
            if side.of and side.of not in NODES:
                raise NotFound("Здесь никого нет или это вне ваших прав.", "There is nobody here, or it is outside your rights.")
        firm = left.of.startswith("f-") or "ogrn" in left.fields
        weighed = not firm
        return Compared(
            left=self._side(left, 0),
            right=self._side(right, 1),
            kind="organization" if firm else "person",
            grade="weak" if weighed else "none",
            probability=0.934 if weighed else 0.0,
            decisive="S6" if weighed else None,
            sentence="Совпало только ФИО: нужно уточнить.",
            prior=0.0 if weighed else None,
            rows=EVIDENCE if weighed else tuple(replace(row, weight=None, words="") for row in EVIDENCE[:3]),
            remarks=("ИНН 1,66E+09 испорчен таблицей и не сравнивался",) if weighed else (),
            decisions=tuple(self.judged),
            decidable=bool(left.of and right.of),
        )

    def doubts(self, caller: Caller, cursor: str | None) -> Doubts:
        hidden = caller.purpose is None
        left, right = NODES["hr-17"], NODES["p-19"]
        if hidden:
            left, right = replace(left, name=mask(left.name)), replace(right, name=mask(right.name))
        row = Doubt(left, right, "hr-17", "p-19", ZAGS, EGRUL, "weak", "совпало только ФИО: нужно уточнить", 3)
        return Doubts((row, row), tuple(self.judged), None if cursor else "next", masked=hidden, may_decide=True)

    def judge(self, caller: Caller, left: str, right: str, *, same: bool, reason: str) -> str:
        if len(reason) < 3:
            raise InputError("Напишите, почему.", "Say why.")
        made = Judged(f"d{len(self.judged) + 1}", same, caller.viewer.name, MADE_AT, reason, left, right)
        self.judged.insert(0, made)
        return made.id

    def unjudge(self, caller: Caller, decision: str) -> None:
        for number, one in enumerate(self.judged):
            if one.id == decision:
                if one.ended_at:
                    raise StateError("Решение уже отменено.", "The decision has been taken back already.")
                self.judged[number] = replace(one, ended_at=NOW, ended_by=caller.viewer.name)
                return
        raise NotFound("Такого решения нет.", "There is no such decision.")

    def _side(self, draft: SideDraft, number: int) -> Side:
        if not draft.of:
            return Side(draft.fields["name"])
        node = NODES[draft.of]
        return Side(node.name, node, (ZAGS, EGRUL)[number])
