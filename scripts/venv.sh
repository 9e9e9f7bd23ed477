#!/bin/sh
# Makes .venv with the newest suitable Python, or says plainly what is missing.
set -eu

say() { printf '%s\n' "$*" >&2; }

command -v git >/dev/null 2>&1 ||
    say "sverka: git is missing. The program runs without it; tests and updates need it. Debian: apt-get install git"

suitable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
has_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

found=""
for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    suitable "$candidate" || continue
    found="$candidate"
    has_venv "$candidate" && break
done

if [ -z "$found" ]; then
    say "sverka: Python 3.11 or newer is missing${PYTHON:+ (PYTHON=$PYTHON)}; here: $(python3 --version 2>/dev/null || echo 'no python3')."
    say "        Debian 12 or newer: apt-get install python3 python3-venv"
    exit 1
fi
if ! has_venv "$found"; then
    version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "sverka: $found $version has no venv. Debian: apt-get install python3-venv   (or python$version-venv)"
    exit 1
fi

rm -rf .venv
"$found" -m venv .venv
