"""The fake desk's answers to a list: a table of three columns, whatever file is sent."""

from __future__ import annotations

from collections.abc import Mapping

from app.web.listing import ListAnswer, ListColumn, ListHit, ListRead
from app.web.ports import Caller
from domain.errors import InputError, NoPurpose

FIELDS = {"name": "ФИО", "birthDate": "Дата рождения", "organization": "Организация"}


class FakeLists:
    """Reads anything that is not empty text."""

    def read_list(self, caller: Caller, content: bytes, name: str, chosen: Mapping[int, str]) -> ListRead:
        if content == b"no table":
            raise InputError("Не нашлось строки заголовков.", "There is no header row.")
        named = ("name", "birthDate", "")
        columns = (
            ListColumn("ФИО сотрудника", chosen.get(0, named[0]), ("Хайруллин Айдар Ринатович", "Сафин Т. М.")),
            ListColumn("Родился", chosen.get(1, named[1]), ("14.03.1979", "1984")),
            ListColumn("Примечание", chosen.get(2, named[2]), ("=1+1",)),
        )
        return ListRead(columns, FIELDS, 3, 1)

    def screen_list(self, caller: Caller, content: bytes, name: str, chosen: Mapping[int, str]) -> ListAnswer:
        if caller.purpose is None:
            raise NoPurpose("Укажите, для какого дела нужны эти сведения.", "State the case these data are needed for.")
        rows = (
            ListHit(
                2,
                "Хайруллин Айдар Ринатович, 14.03.1979",
                "hr-17",
                "Хайруллин Айдар Ринатович",
                "certain",
                0.995,
                "S2. Одно ФИО и дата.",
                0,
            ),
            ListHit(3, "Сафин Т. М.", "p-19", "Сафин Тимур Маратович", "weak", 0.61, "Совпали фамилия и инициалы: нужно уточнить.", 2),
            ListHit(4, "", "", "", "", None, "", 0, "В строке нет ни имени, ни номера."),
        )
        return ListAnswer(rows, 3, {"certain": 1, "weak": 1, "wrong": 1})

    def list_workbook(self, caller: Caller, content: bytes, name: str, chosen: Mapping[int, str], site: str) -> bytes:
        return b"PK" + ",".join(chosen.values()).encode()
