#!/usr/bin/env bash
# What the tests need from the system: Chromium, a PostgreSQL server, gettext. Nothing is
# installed again; what is missing comes by apt when this person may, else one line names it.
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"

missing=()
[ -x /usr/bin/chromium ] || missing+=(chromium fonts-liberation)
"$ROOT/scripts/postgres.sh" installed || missing+=(postgresql)
command -v msgfmt >/dev/null && command -v xgettext >/dev/null || missing+=(gettext)
[ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}"
