#!/usr/bin/env bash
# Everything that must hold, in order; the first stage that fails ends the run.
#
#   test.sh [all|lint|sqlite|postgres] [pytest arguments…]
#
# Browser tests and those marked `once` run on SQLite; everything else on both databases.
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"

STAGE=${1:-all}
[ $# -eq 0 ] || shift
cd "$ROOT"

# Settings of the person who runs this do not reach the tests.
unset DATABASE_URL CACHE_URL EMAIL_URL MAIL_FROM SECRET_KEY ALLOWED_HOSTS DEBUG PUBLIC_URL \
    PUBLIC_SCHEME TRUSTED_PROXY_COUNT MAILLAGE_VAR
export DJANGO_SETTINGS_MODULE=config.settings.test

# Whatever the tests leave goes with this folder; PostgreSQL always stops.
TMPDIR=$(mktemp -d /tmp/maillage-essais.XXXXXXXX)
export TMPDIR
export POSTGRES_STATE="$TMPDIR/postgres"
finish() {
    trap '' INT TERM HUP
    scripts/postgres.sh stop || true
    rm -rf "$TMPDIR"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

lint() {
    title "Style : ruff"
    "$PY" -m ruff check .
    "$PY" -m ruff format --check .
    title "Migrations à jour"
    "$PY" manage.py makemigrations --check --dry-run
}

# run_suite NAME [pytest arguments…]
run_suite() {
    local name=$1 report="$TMPDIR/$1.xml"
    shift
    title "Essais : $name"
    "$PY" -m pytest -n "${WORKERS:-2}" --dist loadfile -p no:cacheprovider \
        -o xfail_strict=true --junitxml="$report" "$@"
    "$PY" scripts/check_report.py "$report"
}

sqlite() { run_suite sqlite "$@"; }

postgres() {
    local url
    url=$(scripts/postgres.sh start)
    DATABASE_URL=$url run_suite postgres -m "not browser and not once" "$@"
    scripts/postgres.sh stop
}

scripts/environment.sh
case $STAGE in
all)
    scripts/install_test_tools.sh
    lint
    sqlite "$@"
    postgres "$@"
    title "Tout est vert."
    ;;
lint) lint ;;
sqlite | postgres)
    scripts/install_test_tools.sh
    "$STAGE" "$@"
    ;;
*) fail "étape inconnue : $STAGE (all, lint, sqlite, postgres)" ;;
esac
