"""The wheel holds what the program reads at run time: rules, law, words, templates; and nothing that only builds it."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHEEL = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
LEFT_OUT = (".ts", ".mjs", "tsconfig.json", ".pyc")
WORKSHOP = "screening/training/"
"""Makes the weights; needs what only the tests install."""
SOURCES = "app/web/src/"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    (wheel,) = folder.glob("sverka-*-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_holds_every_file_of_the_packages(names: set[str]) -> None:
    expected = {
        path.relative_to(ROOT).as_posix()
        for package in WHEEL["packages"]
        for path in (ROOT / package).rglob("*")
        if path.is_file() and not path.name.endswith(LEFT_OUT) and "build" not in path.relative_to(ROOT).parts
    }
    assert not {name for name in expected - names if not name.startswith((*SOURCES, WORKSHOP))}
    assert not any(name.startswith(WORKSHOP) for name in names)


def test_wheel_holds_the_page_scripts_where_they_are_built(names: set[str]) -> None:
    built = {path.relative_to(ROOT).as_posix() for path in (ROOT / "app/web/static/build").rglob("*") if path.is_file()}
    assert built <= names


def test_wheel_holds_neither_tests_nor_sources_of_scripts(names: set[str]) -> None:
    assert not {name for name in names if name.startswith(("tests/", "benchmarks/", "scripts/", SOURCES)) or name.endswith(LEFT_OUT)}
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("entry_points.txt") for name in names)
