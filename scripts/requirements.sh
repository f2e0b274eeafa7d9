#!/usr/bin/env bash
# Compile requirements.in to requirements.txt, with hashes. Versions stay as they are unless asked:
#
#   requirements.sh                      add or remove what requirements.in says
#   requirements.sh --upgrade            everything to its newest allowed version
#   requirements.sh --upgrade-package X  only X
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"

# pip-tools in an environment of its own: what the portal runs with stays what the file says.
TOOLS="$ROOT/var/pip-tools"
if ! "$TOOLS/bin/pip-compile" --version >/dev/null 2>&1; then
    "$PY" -m venv --clear "$TOOLS"
    "$TOOLS/bin/python" -m pip install --quiet --disable-pip-version-check "pip-tools~=7.5"
fi
cd "$ROOT"
# A machine's own wheel folder or index must not decide what the file says.
env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL "$TOOLS/bin/pip-compile" --quiet \
    --generate-hashes --strip-extras --no-emit-find-links --no-emit-index-url --no-header \
    --output-file requirements.txt "$@" requirements.in
