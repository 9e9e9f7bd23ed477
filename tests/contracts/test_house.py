"""The rules of the house that no linter knows: locks, names, file sizes, docstrings, what may be committed."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "reports", "cases", "visualizations", "queries", "ingest", "screening", "graph", "graph_models", "domain")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "base", "manager", "managers"}
MAX_LINES = 450
BUILT = ("app/web/static/build/", "node_modules/")


def committed() -> list[str]:
    """What is or would be committed: tracked files and new ones that .gitignore lets through."""
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
        ).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git clone, or git is missing: apt-get install git")
    return sorted(name for name in listing.split("\0") if name and (ROOT / name).is_file())


def python_files() -> list[str]:
    return [name for name in committed() if name.endswith(".py")]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# ---- locks


def locks() -> list[Path]:
    return sorted((ROOT / "requirements").glob("*.lock"))


def test_locks_name_no_registry_and_no_machine() -> None:
    assert [lock.name for lock in locks()] == ["build.lock", "dev.lock", "node.lock", "runtime.lock"]
    for lock in locks():
        for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), 1):
            assert not re.search(r"https?:|file:|git\+|--(?:extra-)?index-url|--find-links|(?:^|\s)/", line), (
                f"{lock.name}:{number}: {line}"
            )


def test_every_locked_package_has_a_hash() -> None:
    for lock in locks():
        entries = re.split(r"^(?=[a-z0-9])", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        assert entries
        for entry in entries:
            assert re.match(r"[a-z0-9._-]+(\[[a-z,-]+\])?==\S+", entry), f"{lock.name}: not pinned: {entry[:60]}"
            assert "--hash=sha256:" in entry, f"{lock.name}: no hash: {entry[:60]}"


def test_locks_agree_with_each_other() -> None:
    seen: dict[str, str] = {}
    for lock in locks():
        for name, version in re.findall(r"^([a-z0-9._-]+)==(\S+)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE):
            assert seen.setdefault(name, version) == version, f"{lock.name}: {name} {version}, elsewhere {seen[name]}"


def test_every_declared_dependency_is_locked() -> None:
    declared = tomllib.loads(text("pyproject.toml"))["project"]["dependencies"]
    locked = re.findall(r"^([a-z0-9._-]+)==", text("requirements/runtime.lock"), flags=re.MULTILINE)
    assert {re.split(r"[<>=!~ \[;]", line)[0] for line in declared} <= set(locked)


def test_npm_lock_names_no_registry() -> None:
    lock = ROOT / "package-lock.json"
    if lock.exists():
        assert '"resolved"' not in lock.read_text(encoding="utf-8")


# ---- packages


def test_wheel_lists_every_package_and_no_empty_room() -> None:
    wheel = tomllib.loads(text("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert tuple(wheel["packages"]) == PACKAGES
    files = python_files()
    for package in PACKAGES:
        inside = [name for name in files if name.startswith(f"{package}/")]
        assert not inside or f"{package}/__init__.py" in inside, f"{package} has no __init__.py"
        assert not inside or any(not name.endswith("__init__.py") for name in inside), f"{package} is an empty room"


def test_import_rules_name_every_package() -> None:
    rules = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]
    present = {package for package in PACKAGES if (ROOT / package / "__init__.py").exists()}
    assert set(rules["root_packages"]) == present
    contracts = {contract["name"]: contract for contract in rules["contracts"]}
    door = next(contract for name, contract in contracts.items() if "neo4j" in name)
    web = next(contract for name, contract in contracts.items() if "web libraries" in name)
    assert set(door["source_modules"]) == present - {"graph"}
    assert set(web["source_modules"]) == present - {"app"}


# ---- modules


def test_every_module_opens_with_a_sentence() -> None:
    for name in python_files():
        docstring = ast.get_docstring(ast.parse(text(name)))
        assert docstring, f"{name}: no module docstring"
        assert re.search(r"[.!?:;…]$", docstring.split("\n\n")[0]), f"{name}: the docstring's first paragraph is no sentence"


def test_no_module_has_an_empty_name() -> None:
    for name in python_files():
        parts = {part.removesuffix(".py").strip("_") for part in Path(name).parts}
        assert not parts & FORBIDDEN_NAMES, f"{name}: say what lives there"


def test_rooms_are_small() -> None:
    too_long = {
        name: n for name in committed() if name.endswith((".py", ".ts", ".cypher", ".mjs")) and (n := text(name).count("\n")) > MAX_LINES
    }
    assert not too_long


# ---- data files

MIXED = re.compile(r"(?<![\w\\])\w*(?:[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z])\w*")


def test_no_word_mixes_scripts() -> None:
    """A Latin `c` inside a Russian word is found by no search; words that must mix are marked `mixed-script`."""
    for name in committed():
        if name.endswith((".yaml", ".yml", ".cypher")):
            for number, line in enumerate(text(name).splitlines(), 1):
                words = [] if "mixed-script" in line else MIXED.findall(line)
                assert not words, f"{name}:{number}: mixes Latin and Cyrillic: {words}"


def test_yaml_is_read_the_safe_way() -> None:
    for name in python_files():
        if name.split("/")[0] in PACKAGES:
            assert not re.search(r"yaml\.(load|full_load|unsafe_load|safe_load)\(", text(name)), f"{name}: domain.yaml_text.load_yaml"


# ---- what is committed


def test_no_third_party_script_is_committed() -> None:
    for name in committed():
        assert not name.startswith(BUILT), f"{name} is built, not written"
        assert not name.endswith((".min.js", ".min.css", ".woff", ".woff2", ".jar", ".whl", ".so")), f"{name}: install it, don't commit it"


def test_no_path_of_one_machine() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users)/")
    kinds = (
        ".py",
        ".ts",
        ".mjs",
        ".sh",
        ".toml",
        ".yaml",
        ".yml",
        ".json",
        ".lock",
        ".in",
        ".txt",
        ".md",
        "Makefile",
        "Dockerfile",
        ".ci/run",
    )
    for name in committed():
        if name.endswith(kinds) and name != "tests/contracts/test_house.py":
            assert not pattern.findall(text(name)), name


def test_shell_scripts_parse() -> None:
    for name in ["scripts/venv.sh", "scripts/pages.sh", "scripts/test_tools.sh", ".ci/run"]:
        done = subprocess.run(["bash" if name == ".ci/run" else "sh", "-n", name], cwd=ROOT, capture_output=True, text=True, check=False)
        assert not done.returncode, done.stderr


# ---- what is said


def test_every_setting_is_explained() -> None:
    page = "".join(text(name) for name in committed() if name.startswith("docs/") and name.endswith(".md"))
    for name in python_files():
        if name.split("/")[0] in PACKAGES:
            for setting in set(re.findall(r"SVERKA_[A-Z0-9_]+(?<!_)", text(name))):
                assert f"`{setting}`" in page, f"{name} reads {setting}: say in docs/ what it means"


def test_links_between_pages_lead_somewhere() -> None:
    for name in committed():
        if name.endswith(".md"):
            for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text(name)):
                assert ((ROOT / name).parent / link).exists(), f"{name}: {link}"


def test_every_target_of_make_is_explained() -> None:
    makefile = text("Makefile")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE)) - {"help", "pages"}
    assert targets == {target for target in targets if f"make {target}" in makefile}


# ---- containers


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(text("docker-compose.yml"))
    return loaded


def test_compose_has_health_checks_and_named_volumes() -> None:
    services = compose()["services"]
    assert set(services) == {"app", "neo4j"}
    for name, service in services.items():
        assert service["healthcheck"]["test"], name
        for volume in service["volumes"]:
            assert volume.split(":")[0] in compose()["volumes"], f"{name}: {volume} is not a named volume"
    assert services["app"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def test_compose_has_no_default_password() -> None:
    secrets = [
        (f"{service}.{name}", value)
        for service, body in compose()["services"].items()
        for name, value in body["environment"].items()
        if re.search("PASSWORD|AUTH|SECRET|KEY|TOKEN", name)
    ]
    assert len(secrets) == 2
    for name, value in secrets:
        assert re.fullmatch(r"(neo4j/)?\$\{\w+:\?[^}]+\}", value), f"{name}: asked for with ${{NAME:?why}}, never given"


def test_image_runs_without_root_and_says_how_it_is() -> None:
    dockerfile = text("Dockerfile")
    assert re.search(r"^USER (?!root|0\b)\S+", dockerfile, flags=re.MULTILINE)
    assert "HEALTHCHECK" in dockerfile
    assert "/health/ready" in dockerfile
    assert "--require-hashes" in dockerfile
