#!/usr/bin/env bash
# Make or refresh the Python environment, .venv. Quick when nothing changed.
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"

STAMP="$VENV/.requirements"
BASE=${PYTHON:-python3}

command -v "$BASE" >/dev/null || apt_install python3 python3-venv
"$BASE" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "il faut Python 3.11 ou plus récent ($("$BASE" --version) trouvé) ; PYTHON=… en choisit un autre."

# What the environment was made from: the requirements, and the Python it runs on.
wanted=$(sha256sum <"$ROOT/requirements.txt")
if [ -x "$PY" ] && version=$("$PY" -V 2>/dev/null); then
    wanted="$wanted $version"
    [ "$(cat "$STAMP" 2>/dev/null)" != "$wanted" ] || exit 0
fi

# A folder left by a failed or foreign attempt (no pip, another machine's Python) is made again.
if ! "$PY" -m pip --version >/dev/null 2>&1; then
    "$BASE" -c 'import ensurepip, venv' 2>/dev/null || apt_install python3-venv
    say "Création de l’environnement Python (.venv)…"
    "$BASE" -m venv --clear "$VENV"
    wanted="$(sha256sum <"$ROOT/requirements.txt") $("$PY" -V)"
fi

say "Installation des paquets Python (requirements.txt)…"
"$PY" -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes -r "$ROOT/requirements.txt"
printf '%s\n' "$wanted" >"$STAMP"
