# What the other scripts share. Sourced, never run. Expects `set -eu` in the caller.
# shellcheck shell=bash disable=SC2034

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV="$ROOT/.venv"
PY="$VENV/bin/python"

say() { printf '%s\n' "$*"; }

# A stage of a long run, easy to find in a log.
title() { printf '\n=== %s\n' "$*"; }

fail() {
    printf 'Erreur : %s\n' "$*" >&2
    exit 1
}

# Install Debian packages when this person may; else name the command, in one line, and stop.
apt_install() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
            fail "il manque des paquets. Installez-les : sudo apt-get install $*"
        fi
        as_root=(sudo -n)
    fi
    command -v apt-get >/dev/null || fail "il manque : $*. Installez-les avec les outils du système."
    say "Installation par apt : $*"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "$@"
}
