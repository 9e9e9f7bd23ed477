"""Pairs shared out to several processes: the answers, and their order, are those of one."""

import orjson
import pytest

from app.commands import pairs
from app.commands.pairs import rendered, shared_out


def line(number):
    person = {"schema": "Person", "properties": {"name": [f"Гарипов Айдар {'Ринатович' if number % 3 else 'Маратович'}"]}}
    return (
        b"no json"
        if number % 50 == 7
        else orjson.dumps({"left": person, "right": {"schema": "Person", "properties": {"name": ["Гарипов А.Р."]}}})
    )


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("few", [10, 100_000])
def test_the_answers_of_many_processes_come_in_the_order_of_the_lines(monkeypatch, few):
    monkeypatch.setattr(pairs, "_FEW", few)
    monkeypatch.setattr(pairs, "AT_ONCE", 20)
    lines = [line(number) for number in range(300)]
    answers = b"".join(shared_out(iter(lines), "ru"))
    assert answers == rendered(lines, "ru")
    assert len(answers.splitlines()) == 300
    assert b'"error"' in answers.splitlines()[7]
