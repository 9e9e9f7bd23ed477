"""The example of docs/rules/own.md is a rule that works; one whose cases come out otherwise is refused with the line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app import own_rules
from app.own_rules import PROVED_FILE, prove_own
from domain.clock import SystemClock
from queries.catalog import load_catalog

PAGE = (Path(__file__).parents[2] / "docs" / "rules" / "own.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`(r90\S+)`:\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
pytestmark = pytest.mark.engines


def _folder(tmp_path: Path, old: str = "", new: str = "") -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    for name, text in FILES.items():
        assert name.endswith((".cypher", ".yaml"))
        (folder / name).write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return folder


def test_the_example_of_the_page_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is proved once; then its cases do not run again until a file changes."""
    assert len(FILES) == 2
    folder = _folder(tmp_path)
    known = prove_own(load_catalog(folder), tmp_path, SystemClock())
    assert known.refused == ()
    assert known.rules["R-90"].own
    assert known.rules["R-90"].marks("posts_watched") == ("organization",)
    assert (tmp_path / PROVED_FILE).is_file()
    monkeypatch.setattr(own_rules, "open_graph", lambda *_: pytest.fail("proved already"))
    assert "R-90" in prove_own(load_catalog(folder), tmp_path, SystemClock()).rules


@pytest.mark.parametrize(
    ("old", "new", "file", "line_of", "said"),
    [
        ("t.kind = 'part_time'", "t.kind = 'civil_contract'", "r90_accountant.examples.yaml", "вторая работа бухгалтера", "вышел иначе"),
        ("j.post IN $posts_watched", "size($posts_watched) > 0", "r90_accountant.examples.yaml", "не бухгалтер", "вышел иначе"),
        ("WHERE x.id = o.id", "WHERE x.id = = o.id", "r90_accountant.cypher", "UNWIND $anchors", "не выполняется"),
    ],
)
def test_a_case_that_comes_out_otherwise_refuses_the_rule(tmp_path: Path, old: str, new: str, file: str, line_of: str, said: str) -> None:
    """The line is that of the case, or of the pattern where it does not run at all; the package's rules stay."""
    folder = _folder(tmp_path, old, new)
    known = prove_own(load_catalog(folder), tmp_path, SystemClock())
    (refused,) = known.refused
    assert Path(refused.path).name == file
    assert said in refused.reason_ru
    assert line_of in (folder / file).read_text(encoding="utf-8").splitlines()[refused.line - 1]
    assert set(known.rules) == set(load_catalog().rules)
