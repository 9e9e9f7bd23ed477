"""The command line without a graph: help and errors in both languages, exit statuses, nothing on stdout but answers."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.command_line import command_line, run
from app.commands import MODULES
from app.commands.texts import TEXTS
from app.serving import listen
from app.settings import spoken_language
from domain.errors import GraphUnavailable, UsageError

Run = tuple[int, str, str]


@pytest.fixture
def sverka(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("SVERKA_LANGUAGE", "ru")

    def call(*arguments: str | Path) -> Run:
        status = run([str(one) for one in arguments])
        said = capfd.readouterr()
        return status, said.out, said.err

    return call


def commands() -> Iterator[tuple[str, Any]]:
    root = command_line()
    for name, command in root.commands.items():
        yield name, command
        for inner, one in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", one


def test_every_command_and_option_has_its_words_and_no_word_is_left_over() -> None:
    tree = dict(commands())
    assert {"", *tree} == set(TEXTS.commands)
    named: set[str] = set()
    for path, command in [("", command_line()), *tree.items()]:
        for param in command.params:
            own = f"{path}.{param.name}"
            named.add(own if own in TEXTS.options else param.name)
            TEXTS.option(path, param.name, "ru")
    assert named | {"help"} == set(TEXTS.options)


@pytest.mark.parametrize(("language", "word"), [("ru", "Использование:"), ("en", "Usage:")])
def test_help_speaks_the_users_language(sverka: Any, monkeypatch: pytest.MonkeyPatch, language: str, word: str) -> None:
    monkeypatch.setenv("SVERKA_LANGUAGE", language)
    for path, _ in commands():
        status, out, err = sverka(*path.split(), "--help")
        assert (status, err) == (0, ""), path
        assert out.startswith(word)
        assert TEXTS.command(path, language)[:30] in " ".join(out.split())  # type: ignore[arg-type]


def test_the_language_is_the_settings_or_the_locales() -> None:
    assert spoken_language({}) == "ru"
    assert spoken_language({"LANG": "en_US.UTF-8"}) == "en"
    assert spoken_language({"LANG": "en_US.UTF-8", "LC_ALL": "ru_RU.UTF-8"}) == "ru"
    assert spoken_language({"LANG": "ru_RU.UTF-8", "SVERKA_LANGUAGE": "en"}) == "en"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "Команды «nothing» нет."),
        (["user", "nothing"], "Команды «nothing» нет."),
        (["ingest"], "Не указано: PATH…."),
        (["findings", "--rul", "R-06"], "Ключа --rul нет. Может быть, --rule?"),
        (["findings", "--rule"], "После --rule нужно значение."),
        (["match", "x.jsonl", "--limit", "many"], "Значение не подходит: --limit N."),
        (["kin", "one", "two"], "Лишнее: two."),
        (["explain", "--rule", "R-06"], "Не указано: --person ID."),
        (["findings", "--as-of", "yesterday"], "--as-of: «yesterday» — не дата"),
        (["generate", "--people", "10", "--out", "city"], "В городе не меньше 500 жителей."),
        (["export", "--format", "dot"], "«dot» нет; есть ftm, graphml, csv."),
        (["export", "--format", "csv"], "укажите папку"),
        (["audit", "verify", "--head", "7"], "--head: нужны номер и хеш"),
        (["compare", "no-such-file"], "такого файла или папки нет"),
        (["serve", "--port", "70000"], "Порта 70000 не бывает"),
    ],
)
def test_a_wrong_call_is_a_sentence_and_status_2(sverka: Any, tmp_path: Path, monkeypatch: Any, arguments: list[str], said: str) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = sverka(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert err.startswith("sverka: ")
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [[], ["user"], ["audit"]])
def test_a_group_alone_shows_its_help(sverka: Any, arguments: list[str]) -> None:
    status, out, err = sverka(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("Использование:")


@pytest.mark.parametrize(
    ("name", "value", "status", "said"),
    [
        ("SVERKA_GRAPH", "somewhere", 2, "Адрес базы «somewhere» непонятен."),
        ("SVERKA_SESSION_MINUTES", "soon", 2, "SVERKA_SESSION_MINUTES"),
        ("SVERKA_RULES_DIR", "/no/such/folder", 2, "SVERKA_RULES_DIR: папки"),
    ],
)
def test_a_wrong_setting_is_named(sverka: Any, monkeypatch: pytest.MonkeyPatch, name: str, value: str, status: int, said: str) -> None:
    monkeypatch.setenv(name, value)
    found, out, err = sverka("findings")
    assert (found, out) == (status, "")
    assert said in err


def test_what_nobody_foresaw_is_a_sentence_too(sverka: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> None:
        raise RuntimeError("an inner thing")

    monkeypatch.setattr("app.command_line.command_line", broken)
    status, out, err = sverka("findings")
    assert (status, out) == (3, "")
    assert "an inner thing" in err
    assert "Traceback" not in err
    monkeypatch.setenv("SVERKA_DEBUG", "1")
    assert "Traceback" in sverka("findings")[2]


def test_version(sverka: Any) -> None:
    assert sverka("--version")[:2] == (0, "sverka 0.1.0\n")


def test_generate_writes_a_city_and_no_other_over_it(sverka: Any, tmp_path: Path) -> None:
    out = tmp_path / "city"
    status, said, _ = sverka("generate", "--people", 500, "--seed", 3, "--out", out, "--json")
    made = json.loads(said)
    assert (status, made["people"]) == (0, 500)
    assert all((out / name).exists() for name in [*made["files"], "truth.jsonl"])
    status, said, err = sverka("generate", "--people", 500, "--out", out)
    assert (status, said) == (2, "")
    assert "не пуста" in err


def pair(left: dict[str, Any], right: dict[str, Any]) -> str:
    return json.dumps({"left": left, "right": right}, ensure_ascii=False)


def entity(schema: str, **properties: Any) -> dict[str, Any]:
    return {"id": properties.pop("id", "x"), "schema": schema, "properties": properties}


def test_compare_answers_every_line_in_order(sverka: Any, tmp_path: Path) -> None:
    job = entity("Employment", employee=["x"], employer=["school"])
    named = entity("Person", name=["Гарипов Айдар Ринатович"])
    lines = [
        pair(entity("Person", name="Гарипов Айдар Ринатович", birthDate="1979-03-14"), entity("Person", name=["Гарипов А. Р."])),
        "this is no JSON",
        '{"left": {}}',
        pair(named, entity("Nothing")),
        "",
        pair(named | {"related": [job]}, named | {"related": [job]}),
        pair(entity("Company", name=["ООО Ромашка"]), named),
        pair(entity("Person", innCode=["007278741607"]), entity("Person", name=["Гарипов"], innCode=["007278741607"])),
    ]
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    status, out, err = sverka("compare", file)
    answers = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [bool(one.get("error")) for one in answers] == [False, True, True, True, False, False, False]
    assert (answers[4]["decisive"], answers[4]["grade"]) == ("S5", "probable")
    assert answers[5] == answers[5] | {"probability": 0.0, "decisive": None, "features": []}
    assert answers[6]["decisive"] == "S1"
    assert {"feature", "left", "right", "outcome", "weight", "words"} == set(answers[0]["features"][0])


def test_a_taken_port_names_the_next_free_one() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=rf"Port {port} is taken. \d+ is free.") as refused:
            listen("127.0.0.1", port)
        free = int(refused.value.hint.removeprefix("--port "))
        assert free > port
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", free))


@pytest.mark.parametrize("late", [GraphUnavailable("База недоступна."), OSError(9, "bad file"), RuntimeError("closed")])
def test_an_error_on_the_way_out_of_ctrl_c_is_no_news(sverka: Any, monkeypatch: pytest.MonkeyPatch, late: Exception) -> None:
    def broken_off(_: str) -> Any:
        try:
            raise KeyboardInterrupt
        finally:
            raise late

    monkeypatch.setattr("app.command_line.command_line", broken_off)
    assert sverka() == (130, "", "Прервано. Что было принято, записано; следующий запуск продолжит.\n")


_IN_A_DESTRUCTOR = """
import os, signal, sys, time
import app.cli, app.command_line

signal.signal(signal.SIGINT, signal.default_int_handler)

class Cleared:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass

def run(_):
    Cleared()
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        return 130
    return 0

app.command_line.run = run
app.cli.main()
"""


def test_ctrl_c_in_a_destructor_is_not_lost() -> None:
    done = subprocess.run([sys.executable, "-c", _IN_A_DESTRUCTOR], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")


def test_a_command_is_loaded_with_its_own_module_only() -> None:
    whole = command_line().commands
    assert set(whole) == set(MODULES)
    for name in MODULES:
        some = command_line(name).commands
        assert name in some
        assert set(some) == {other for other in MODULES if MODULES[other] == MODULES[name]}
    assert command_line("nothing").commands.keys() == whole.keys()


def test_comparing_waits_for_no_graph() -> None:
    code = "import sys, app.command_line as c; c.command_line('compare'); print({'neo4j', 'fastapi', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
