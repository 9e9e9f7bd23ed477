"""What is imported is declared and what is declared is imported, so that no library is locked for nothing or arrives by chance."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES: list[str] = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]

WORKSHOP = ["screening/training"]
"""Folders of the product that make its data and are not in the wheel: they may import what the tests do."""
USED_UNSEEN = {
    "followthemoney": "its schemata are read as files, without importing it",
    "pymorphy3-dicts-ru": "the words that pymorphy3 reads",
    "neo4j-rust-ext": "takes the place of the driver's inner loop",
    "python-multipart": "fastapi reads forms with it",
    "tzdata": "zoneinfo reads it where the machine has no time zones",
    "uvicorn": "may be started by name",
}
TOOLS = {
    "hatchling": "builds",
    "httpx2": "the test client of starlette asks for it",
    "import-linter": "make lint",
    "lxml-stubs": "types",
    "mypy": "make lint",
    "pytest-randomly": "a plugin",
    "pytest-timeout": "a plugin",
    "pytest-xdist": "a plugin",
    "ruff": "make lint",
    "types-psutil": "types",
    "types-pyyaml": "types",
    "uv": "make lock",
}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~ \[;]", name)[0]).lower()


def imported(folders: list[str]) -> dict[str, str]:
    """Third-party top-level modules, each with one file that imports it."""
    own = {*PACKAGES, "tests", "benchmarks", *sys.stdlib_module_names}
    found: dict[str, str] = {}
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            if folder in PACKAGES and any(path.is_relative_to(ROOT / one) for one in WORKSHOP):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = (
                    [alias.name for alias in node.names]
                    if isinstance(node, ast.Import)
                    else [node.module or ""]
                    if isinstance(node, ast.ImportFrom) and not node.level
                    else []
                )
                for name in names:
                    top = name.split(".")[0]
                    if top not in own:
                        found.setdefault(top, str(path.relative_to(ROOT)))
    return found


def distributions(modules: dict[str, str]) -> dict[str, str]:
    """The distributions that give the modules, each with a file that needs it."""
    known = packages_distributions()
    result: dict[str, str] = {}
    for module, path in modules.items():
        # neo4j-rust-ext lays files into the package neo4j, which is the driver's
        givers = {canonical(name) for name in known.get(module, [module])} - {"neo4j-rust-ext"}
        for giver in givers:
            result.setdefault(giver, path)
    return result


PRODUCT = {canonical(line) for line in PYPROJECT["project"]["dependencies"]}
DEV = {canonical(line) for line in (ROOT / "requirements" / "dev.in").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"}


def test_what_the_product_imports_is_declared() -> None:
    missing = {name: path for name, path in distributions(imported(PACKAGES)).items() if name not in PRODUCT}
    assert not missing, "add to dependencies in pyproject.toml, then make lock"


def test_what_is_declared_is_imported() -> None:
    unused = PRODUCT - set(distributions(imported(PACKAGES))) - set(USED_UNSEEN)
    assert not unused, "take out of pyproject.toml, then make lock"


def test_what_the_tests_import_is_declared() -> None:
    missing = {
        name: path for name, path in distributions(imported(["tests", "benchmarks", *WORKSHOP])).items() if name not in PRODUCT | DEV
    }
    assert not missing, "add to requirements/dev.in, then make lock"


def test_what_the_tests_declare_is_imported() -> None:
    unused = DEV - set(distributions(imported(["tests", "benchmarks", *WORKSHOP]))) - set(TOOLS)
    assert not unused, "take out of requirements/dev.in, then make lock"


@pytest.mark.parametrize("name", sorted(USED_UNSEEN))
def test_exceptions_are_still_declared(name: str) -> None:
    assert name in PRODUCT
