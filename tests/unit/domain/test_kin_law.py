"""Law data that is wrong is refused with its file and line; law data that ships is right."""

import re
from pathlib import Path

import pytest

from domain.errors import DefinitionError
from domain.law.load import KinLaw, kin_law, load_kin_law

LAW = Path(__file__).resolve().parents[3] / "domain" / "law"
KIN = (LAW / "kin.yaml").read_text(encoding="utf-8")
WORDS = (LAW / "kin_words.yaml").read_text(encoding="utf-8")


def load(tmp_path: Path, kin: str, words: str = WORDS) -> KinLaw:
    (tmp_path / "kin.yaml").write_text(kin, encoding="utf-8")
    (tmp_path / "words.yaml").write_text(words, encoding="utf-8")
    return load_kin_law(tmp_path / "kin.yaml", tmp_path / "words.yaml")


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("P: {ru: [отец, мать]", "P: {ru: [отец]", "two terms"),
        ("P: {ru: [отец, мать]", "P: {rus: [отец, мать]", "'ru_of_man' is missing"),
        ("P: {ru: [отец, мать], en", "P: {ru: [отец, мать], note: x, en", "unknown key 'note'"),
        ("  S: {ru:", "  X: {ru:", "one to four of the letters"),
        ("  BSP:\n    ru", "  BSS:\n    ru", "inverse"),
        ("  PP: {ru", "  P: {ru", "given twice"),
        ("paths: [P, C, S, B, SP, SC, SB, CS]", "paths: [P, C, S, B, SP, SC, SB, CP]", "not among the paths"),
        ("  koap:\n", "  koap-x:\n", "unknown list"),
        ("since: 2008-12-25", "since: 2008-12", "complete date"),
        ("since: 2008-12-25", "since: 2008-13-25", "no such date"),
        ("until: 2022-07-01", "until: 2022-08-01", "begins before"),
        ("until: 2022-07-01", "until: 2013-07-01", "ends before it begins"),
        ("      direct_line: true\n", "      direct_line: да\n", "true or false"),
        ("value: 2,", "value: -2,", "whole number"),
        ("value: true,", "value: 1,", "true or false"),
        ("  direct_line_max:\n", "  direct_line:\n", "unknown parameter"),
        ('      basis: "25-ФЗ ст. 13 ч. 1 п. 5"', '      basis: ""', "expected a text"),
        ("parameters:", "parameter:", "'parameters' is missing"),
    ],
)
def test_a_wrong_law_file_never_loads(tmp_path, old, new, said):
    assert old in KIN
    with pytest.raises(DefinitionError, match=re.escape(said)) as refused:
        load(tmp_path, KIN.replace(old, new, 1))
    assert refused.value.path == str(tmp_path / "kin.yaml")
    assert abs(refused.value.line - line_of(KIN, old)) <= 8 or "missing" in said


def test_the_line_is_exact(tmp_path):
    broken = KIN.replace("paths: [P, C, B, PP, CC]", "paths: [P, C, B, PPX, CC]")
    with pytest.raises(DefinitionError) as refused:
        load(tmp_path, broken)
    assert refused.value.line == line_of(broken, "PPX")
    assert str(refused.value).startswith(f"{tmp_path / 'kin.yaml'}:{refused.value.line}: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("words:\n  зять: {relative: male}\ngenitives: {}\n", "give either paths or not_kin"),
        ("words:\n  зять: {paths: [], relative: male}\ngenitives: {}\n", "no path"),
        ("words:\n  зять: {paths: [CSX]}\ngenitives: {}\n", "not among the paths"),
        ("words:\n  зять: {paths: [CS], relative: муж}\ngenitives: {}\n", "male or female"),
        ("words:\n  зять: {paths: [CS]}\ngenitives: {тёщи: тёща}\n", "not among the words"),
        ("words: [зять]\ngenitives: {}\n", "expected a mapping"),
        ("words: {зять: {paths: CS}}\ngenitives: {}\n", "expected a list"),
        ("words: {\n", "is not YAML"),
        ("", "is empty"),
    ],
)
def test_a_wrong_file_of_words_never_loads(tmp_path, words, said):
    with pytest.raises(DefinitionError, match=re.escape(said)):
        load(tmp_path, KIN, words)


def test_an_unreadable_file_is_named(tmp_path):
    with pytest.raises(DefinitionError, match="cannot be read"):
        load_kin_law(tmp_path / "absent.yaml", tmp_path / "absent.yaml")
    (tmp_path / "kin.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DefinitionError, match="not UTF-8"):
        load_kin_law(tmp_path / "kin.yaml", LAW / "kin_words.yaml")


def test_a_longer_direct_line_reaches_great_grandparents(tmp_path):
    law = load(tmp_path, KIN.replace("value: 2,", "value: 3,", 1))
    assert law.parameters["direct_line_max"][0].value == 3
    assert all(version.basis for versions in kin_law().lists.values() for version in versions)
