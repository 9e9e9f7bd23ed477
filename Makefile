# Sverka. `make help` lists what can be made. Nothing here needs more than Python >= 3.11 with venv; git is for the tests.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup demo test test-fast lint format bench quality quality-city lock pages schema rules wheel clean

JOBS   ?= 2
BIN    := .venv/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
LOCKED := --require-hashes --only-binary :all:
PAGES  := $(shell find app/web -type f \( -name '*.ts' -o -name '*.css' -o -name '*.mjs' -o -name 'tsconfig.json' \) -not -path '*/static/build/*' 2>/dev/null)

help:
	@echo 'make demo       a synthetic city, ingested, checked and served on 127.0.0.1:8000'
	@echo 'make setup      .venv/bin/sverka, the page scripts and the tools of the developers'
	@echo 'make test       everything, on both graph engines and in a browser'
	@echo 'make test-fast  the tests that need no engine and no browser'
	@echo 'make lint       ruff, mypy, import rules, TypeScript; make format repairs what it can'
	@echo 'make bench      measures against the budgets;  make bench ARGS=ingest for one of them'
	@echo 'make quality    judges the labelled pairs of tests/quality and writes docs/quality.md'
	@echo 'make quality-city  finds what was planted in clean and corrupted cities and writes docs/quality-city.md;  ARGS="7 8" for the seeds'
	@echo 'make schema     docs/schema.md from the declarations of graph_models'
	@echo 'make rules      docs/rules from the rule files and their examples'
	@echo 'make lock       new locks from pyproject.toml and requirements/*.in;  ARGS=--upgrade for newer versions'
	@echo 'make wheel      dist/*.whl with the built page scripts'
	@echo 'make clean      removes what make made (data in SVERKA_HOME stays)'

# ---- what is installed; a stamp is younger than all it was made from, so a second run installs nothing
.venv/.made: scripts/venv.sh
	@PYTHON='$(PYTHON)' sh scripts/venv.sh
	@touch $@

.venv/.runtime: .venv/.made requirements/runtime.lock requirements/build.lock pyproject.toml
	@echo 'sverka: installing the locked libraries into .venv' >&2
	@$(PIP) $(LOCKED) -r requirements/runtime.lock -r requirements/build.lock
	@$(PIP) --no-build-isolation --no-index --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.lock
	@echo 'sverka: installing the tools for tests into .venv' >&2
	@$(PIP) $(LOCKED) -r requirements/dev.lock
	@touch $@

# the page scripts: built again when a source changes or the built folder is gone
ifeq ($(wildcard app/web/static/build/*),)
.PHONY: .venv/.pages
endif
.venv/.npm: .venv/.runtime package.json package-lock.json
	@echo 'sverka: installing the page scripts' >&2
	@sh scripts/pages.sh ci
	@touch $@

.venv/.pages: .venv/.npm $(PAGES)
	@sh scripts/pages.sh build
	@touch $@

pages: .venv/.pages

setup: .venv/.dev .venv/.pages

demo: .venv/.runtime .venv/.pages
	@exec $(BIN)/sverka demo $(ARGS)

# ---- checks
schema: .venv/.dev
	$(BIN)/python -c "from pathlib import Path; from graph_models.schema import markdown; Path('docs/schema.md').write_text(markdown(), encoding='utf-8')"

rules: .venv/.dev
	$(BIN)/python -m app.rulebook_pages

lint: .venv/.dev .venv/.npm
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	sh scripts/pages.sh check

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: .venv/.dev .venv/.pages
	@sh scripts/test_tools.sh
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(ARGS)

test-fast: .venv/.dev
	$(BIN)/python -m pytest tests/unit tests/formats tests/contracts -n $(JOBS) -m 'not engines and not browser and not slow' $(ARGS)

bench: .venv/.dev
	@$(BIN)/python -m benchmarks $(ARGS)

quality: .venv/.dev
	@$(BIN)/python -m tests.quality.report

quality-city: .venv/.dev
	@$(BIN)/python -m tests.quality.city $(ARGS)

# ---- what is handed out
wheel: .venv/.dev .venv/.pages
	@$(BIN)/python -m hatchling build -t wheel

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --override requirements/overrides.txt $(ARGS)

lock: .venv/.dev
	$(LOCK) pyproject.toml requirements/runtime.in -o requirements/runtime.lock
	$(LOCK) requirements/build.in -o requirements/build.lock
	$(LOCK) requirements/node.in -o requirements/node.lock
	$(LOCK) pyproject.toml requirements/runtime.in requirements/dev.in -c requirements/runtime.lock -c requirements/build.lock -o requirements/dev.lock

clean:
	rm -rf .venv node_modules app/web/static/build dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
