"""Rules for the fake desk: one of the law, one of the organization's own on trial, one refused file."""

from __future__ import annotations

from datetime import date

from app.web.ports import Caller
from app.web.rulebook import ElsewhereRow, RefusedFile, RuleBook, RuleLaw, RulePage, RuleParameter, RuleRow
from domain.errors import NotFound

ROWS = (
    RuleRow("R-06", "Служащий связан с контрагентом шире перечня 44-ФЗ", "HIGH", "active", "273-ФЗ, 25-ФЗ", False, 1204, 3, 1377, 41, 12),
    RuleRow("R-90", "Куратор спорта и клуб его родни", "MEDIUM", "trial", "273-ФЗ", True, 0, 0, 0, 0, 0),
)
SILENT_NOTICE = ElsewhereRow("R-23", "Не уведомил о личном интересе", "273-ФЗ ст. 11", "Поправка к тяжести, а не отдельное правило.")


class FakeRules:
    """`RuleDesk` over the rows above."""

    def rules(self, caller: Caller) -> RuleBook:
        refused = RefusedFile("r91_very_long_name_of_a_rule_file.cypher", 27, "правило только читает: MERGE не допускается")
        return RuleBook(ROWS, (SILENT_NOTICE,), (refused,), "весь город")

    def rule(self, caller: Caller, rule: str) -> RulePage | ElsewhereRow:
        if rule == SILENT_NOTICE.id:
            return SILENT_NOTICE
        row = next((one for one in ROWS if one.id == rule), None)
        if row is None:
            raise NotFound("Такого правила нет.", "There is no such rule.")
        return RulePage(
            row=row,
            version="2025.1",
            about="закупка, договор, обращение или дело",
            kin="перечень 273-ФЗ",
            law=(RuleLaw("273-ФЗ", "ст. 10", date(2015, 10, 5), None), RuleLaw("25-ФЗ", "ст. 14.1", date(2007, 6, 1), date(2024, 1, 1))),
            parameters=(
                RuleParameter("share_min", "доля участия, порог", "1 %", (("organization", "установлено организацией"),)),
                RuleParameter("items", "пункты", "4, 5", (("law", "задано законом"), ("lawyer", "требует проверки юристом"))),
                RuleParameter(
                    "direct_roles", "посты", "sole_executive, collegial_executive, unitary_founder", (("law", "задано законом"),)
                ),
            ),
            due="3 рабочих дня",
            modifiers=("вероятная личность: на ступень ниже", "не уведомил: на ступень выше"),
            unless=("R-04", "R-05"),
            evidence="роль, родство, связь",
            next="Запросите объяснение.",
            examples=(("fires", ("брат жены",)), ("silent", ("доля продана накануне",)), ("not_computable", ("дата не указана",))),
            scope="весь город",
        )
