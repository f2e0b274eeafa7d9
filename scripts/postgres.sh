#!/usr/bin/env bash
# A throwaway PostgreSQL for the tests: its own cluster, port and password, nothing kept.
#
#   postgres.sh start      start it (when it is not running) and print its DATABASE_URL
#   postgres.sh url        print the DATABASE_URL of the running one
#   postgres.sh stop       stop it and remove its files
#   postgres.sh installed  exit 0 when this machine has a server
#
# POSTGRES_STATE: the file that remembers where it is (var/postgres by default).
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"

STATE=${POSTGRES_STATE:-$ROOT/var/postgres}

# The folder of the server's programs: on the PATH, or Debian's newest version.
programs() {
    local initdb
    initdb=$(command -v initdb) && { dirname "$(readlink -f "$initdb")"; return; }
    find /usr/lib/postgresql -maxdepth 3 -path '*/bin/initdb' 2>/dev/null |
        sort -V | tail -n 1 | xargs -r dirname
}

# PostgreSQL refuses to run as root.
as_owner() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
    else
        local owner=postgres
        id "$owner" >/dev/null 2>&1 || owner=nobody
        (cd / && runuser -u "$owner" -- "$@")
    fi
}

folder() { sed -n 1p "$STATE" 2>/dev/null; }
url() { sed -n 2p "$STATE" 2>/dev/null; }

running() {
    local where
    where=$(folder) && [ -n "$where" ] && [ -d "$where/data" ] &&
        as_owner "$BIN/pg_ctl" -D "$where/data" status >/dev/null 2>&1
}

start() {
    if running; then
        url
        return
    fi
    local where password port try
    where=$(as_owner mktemp -d /tmp/maillage-postgres.XXXXXXXX)
    mkdir -p "$(dirname "$STATE")"
    printf '%s\n\n' "$where" >"$STATE"
    password=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
    printf '%s\n' "$password" | as_owner sh -c "umask 077 && cat >'$where/password'"
    as_owner "$BIN/initdb" -D "$where/data" -U maillage --pwfile="$where/password" \
        --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$STATE.log" 2>&1 ||
        { cat "$STATE.log" >&2; fail "initdb a échoué."; }
    for try in 1 2 3; do
        port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
        # Speed over safety: these data live a few minutes.
        if as_owner "$BIN/pg_ctl" -D "$where/data" -l "$where/log" -w -t 30 start -o "-p $port \
            -c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off" >"$STATE.log" 2>&1; then
            printf '%s\npostgres://maillage:%s@127.0.0.1:%s/postgres\n' "$where" "$password" "$port" >"$STATE"
            url
            return
        fi
        say "PostgreSQL n’a pas démarré sur le port $port (essai $try)." >&2
    done
    as_owner cat "$where/log" >&2 || true
    stop
    fail "PostgreSQL n’a pas démarré."
}

stop() {
    local where
    where=$(folder) || return 0
    if [ -n "$where" ] && running; then
        as_owner "$BIN/pg_ctl" -D "$where/data" -m immediate -w stop >/dev/null
    fi
    case $where in
    /tmp/maillage-postgres.*) rm -rf "$where" ;;
    esac
    rm -f "$STATE" "$STATE.log"
}

BIN=$(programs)
case ${1:-} in
installed) [ -n "$BIN" ] ;;
start)
    [ -n "$BIN" ] || fail "PostgreSQL n’est pas installé : sudo apt-get install postgresql"
    start
    ;;
url)
    running || fail "aucun PostgreSQL d’essai ne tourne."
    url
    ;;
stop) stop ;;
*) fail "usage : postgres.sh start|url|stop|installed" ;;
esac
