#!/usr/bin/env bash
# What the tests need from the system: Chromium, a PostgreSQL server, gettext, Node with ical.js
# (tests/node). Nothing is installed again; what is missing comes by apt when this person may, else one line names it.
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"

missing=()
[ -x /usr/bin/chromium ] || missing+=(chromium fonts-liberation)
"$ROOT/scripts/postgres.sh" installed || missing+=(postgresql)
command -v msgfmt >/dev/null && command -v xgettext >/dev/null || missing+=(gettext)
command -v node >/dev/null && command -v npm >/dev/null || missing+=(nodejs npm)
[ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}"
cmp -s "$ROOT/tests/node/package-lock.json" "$ROOT/tests/node/node_modules/.installed" || {
    npm ci --prefix "$ROOT/tests/node" --no-audit --no-fund --loglevel=error
    cp "$ROOT/tests/node/package-lock.json" "$ROOT/tests/node/node_modules/.installed"
}
