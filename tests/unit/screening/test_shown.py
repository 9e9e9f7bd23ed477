"""Names of organizations as they are shown."""

import pytest

from screening.shown import shown_name


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (['ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "КОЯШ-ЛОГИСТИК ТЕСТ"'], "ООО «Кояш-Логистик Тест»"),
        (['ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "КОЯШ"', "ООО «Кояш»"], "ООО «Кояш»"),
        (["ООО «Идел-Строй Тест»"], "ООО «Идел-Строй Тест»"),
        (['АКЦИОНЕРНОЕ ОБЩЕСТВО "ТЕСТ И СЫН"'], "АО «Тест и Сын»"),
        (["ФИНАНСОВОЕ УПРАВЛЕНИЕ"], "Финансовое Управление"),
        ([], ""),
    ],
)
def test_shown(names: list[str], shown: str) -> None:
    """A name that somebody wrote in small letters wins; one in capitals is put as people write it."""
    assert shown_name(names) == shown
