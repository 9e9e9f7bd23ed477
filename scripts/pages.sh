#!/bin/sh
# Runs npm for the page scripts; takes node from requirements/node.lock where the machine has no node 20 with npm.
# Usage: scripts/pages.sh ci | build | check
set -eu

PATH="$PWD/.venv/bin:$PATH"
export PATH

enough() {
    command -v npm >/dev/null 2>&1 &&
        node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' >/dev/null 2>&1
}

if ! enough; then
    echo "sverka: no node 20 with npm here; installing it into .venv" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: -r requirements/node.lock
    hash -r 2>/dev/null || true
fi

case "$1" in
    ci) npm ci --no-audit --no-fund --loglevel=error ;;
    *) npm run --silent "$1" ;;
esac
