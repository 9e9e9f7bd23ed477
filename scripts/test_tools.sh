#!/bin/sh
# What the tests need beside Python: a JDK 17 and Maven (a real Neo4j to test on) and chromium (the pages).
# As root with apt-get it installs what is missing. Elsewhere it names the command, and those tests skip; under CI=true it fails.
set -eu

has_jdk() { command -v javac >/dev/null 2>&1 && java --list-modules 2>/dev/null | grep -q '^jdk\.compiler@\(1[7-9]\|[2-9][0-9]\)'; }
has_maven() { command -v mvn >/dev/null 2>&1; }
has_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }

missing() {
    packages=""
    has_jdk || packages="$packages default-jdk-headless"
    has_maven || packages="$packages maven"
    has_chromium || packages="$packages chromium"
    printf '%s' "$packages"
}

packages=$(missing)
[ -n "$packages" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "sverka: installing for the tests:$packages" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null >/dev/null || true
    # shellcheck disable=SC2086
    apt-get install -qq -y --no-install-recommends $packages </dev/null >/dev/null || true
fi

packages=$(missing)
[ -n "$packages" ] || exit 0
echo "sverka: the tests that need them will be skipped. To run them: sudo apt-get install --no-install-recommends$packages" >&2
[ "${CI:-}" != true ] || exit 1
