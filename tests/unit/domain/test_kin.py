"""Paths, terms, lists and words of kinship, against the table of domain.md 3.3 (oracles/kin.py where it is present)."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from domain.kin import find_word, inverse_path, is_ambiguous, list_basis, list_paths, lists_of, parameter, paths, term, word_paths
from domain.law.load import kin_law

ORACLE = Path(__file__).resolve().parents[4] / "shared" / "oracles" / "kin.py"


@pytest.fixture(scope="module")
def table() -> ModuleType:
    if not ORACLE.is_file():
        pytest.skip(f"{ORACLE} is absent: terms and lists are not compared with the table")
    spec = importlib.util.spec_from_file_location("kin_table", ORACLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lists_are_those_of_the_table(table):
    oracle = {"273-fz": table.L273, "44-fz": table.L44, "135-fz": table.L135, "koap": table.KOAP}
    for path in paths():
        assert lists_of(path, 20250512) == tuple(name for name in oracle if path in oracle[name]), path
    assert list_paths("25-fz", 20250512) == table.L273


def test_the_terms_are_those_of_the_table(table):
    for path, (man, woman) in table.T.items():
        for ego in () if (path, "m") in table.EGO else ("male", "female"):
            assert (term(path, ego, "male"), term(path, ego, "female")) == (man, woman)
    for (path, ego), (man, woman) in table.EGO.items():
        sex = {"m": "male", "f": "female"}[ego]
        assert (term(path, sex, "male"), term(path, sex, "female")) == (man, woman)
    assert set(table.T) | {path for path, _ in table.EGO} <= set(paths())
    assert {table.inv(path) for path in table.T} <= set(paths())
    for path, degree in table.DEG.items():
        assert kin_law().terms[path].degree == degree


def test_thirty_paths_and_their_inverses():
    assert len(paths()) == 32
    assert {inverse_path(path) for path in paths()} == set(paths())
    assert inverse_path("SB") == "BS"
    assert inverse_path("PBCC") == "PPBC"


def test_an_unknown_sex_names_every_possible_term():
    assert term("SP", None, "male") == "тесть / свёкор"
    assert term("SB", "male", None) == "шурин / свояченица"
    assert term("C", None, None) == "сын / дочь"
    assert term("SB", "male", "male", "en") == "spouse's brother"


def test_the_lists_are_dated():
    assert list_paths("44-fz", 20131231) == frozenset()
    assert "PP" in list_paths("44-fz", 20140101)
    assert "160-ФЗ" in list_basis("44-fz", 20220701)
    assert "160-ФЗ" not in list_basis("44-fz", 20220630)
    assert list_basis("44-fz", 20131231) == ""
    assert parameter("direct_line_max", 19000101) == 2


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("жена", {"S"}),
        ("Мать", {"P"}),
        ("тесть", {"SP"}),
        ("свёкор", {"SP"}),
        ("свекор", {"SP"}),
        ("Тёща", {"SP"}),
        ("шурин", {"SB"}),
        ("золовка", {"SB"}),
        ("зять", {"CS", "BS"}),
        ("невестка", {"CS", "BS"}),
        ("сноха", {"CS"}),
        ("свояк", {"SBS"}),
        ("жена деверя", {"SBS"}),
        ("жена шурина", {"SBS"}),
        ("двоюродный  брат", {"PBC"}),
        ("двоюродная_сестра", {"PBC"}),
        ("сват", {"CSP"}),
        ("внучатый племянник", {"BCC"}),
        ("правнучка", {"CCC"}),
        ("брат жены", {"SB"}),
        ("сын супруги", {"SC"}),
        ("жена сына", {"CS"}),
        ("муж сестры", {"BS"}),
        ("муж сестры жены", {"SBS"}),
        ("мать супруга(и)", {"SP"}),
        ("жена двоюродного брата", set()),
        ("adopted_child", {"C"}),
        ("half-sister", {"B"}),
        ("brother-in-law", {"SB", "BS", "SBS"}),
        ("опекун", {"G"}),
        ("ward", {"W"}),
        ("крёстный", set()),
        ("бывшая жена", set()),
        ("троюродный брат", set()),
        ("брат отца", {"PB"}),
        ("сын отца", set()),
        ("", set()),
    ],
)
def test_words(word, expected):
    assert {one.path for one in word_paths(word, None, None)} == expected


def test_a_word_that_is_no_kinship_is_known_all_the_same():
    found = find_word("кум")
    assert found is not None
    assert not found.meanings
    assert find_word("абракадабра") is None


def test_words_imply_sexes():
    (meaning,) = word_paths("золовка", None, None)
    assert (meaning.ego_gender, meaning.relative_gender) == ("female", "female")
    (meaning,) = word_paths("брат мужа", None, None)
    assert (meaning.ego_gender, meaning.relative_gender) == ("female", "male")
    (meaning,) = word_paths("adoptive_parent", None, None)
    assert meaning.adoptive
    assert is_ambiguous("Невестка")
    assert not is_ambiguous("сноха")


def test_every_term_of_the_table_is_a_word_for_its_path():
    for path in paths():
        for ego in ("male", "female"):
            for relative in ("male", "female"):
                text = term(path, ego, relative)
                for word in text.split(" (")[0].split("/"):
                    known = find_word(word)
                    assert known is None or path in {one.path for one in known.meanings}, (word, path)
