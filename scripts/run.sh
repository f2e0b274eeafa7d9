#!/usr/bin/env bash
# Everything from an empty clone: environment, database, demonstration, web server and worker.
# HOST and PORT choose the address (127.0.0.1, 8000). Ctrl-C or SIGTERM stops all of it.
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"

HOST=${HOST:-127.0.0.1}
PORT=${PORT:-8000}
case $PORT in
'' | *[!0-9]* | ??????*) fail "PORT doit être un nombre de 1 à 65535 (« $PORT » reçu)." ;;
esac
if [ "$PORT" -lt 1 ] || [ "$PORT" -gt 65535 ]; then fail "PORT doit être un nombre de 1 à 65535."; fi

# The address a person types, and the one the server listens on.
case $HOST in
0.0.0.0 | ::) SHOWN=127.0.0.1 ;;
*:*) SHOWN="[$HOST]" ;;
*) SHOWN=$HOST ;;
esac
case $HOST in
*:*) BIND="[$HOST]:$PORT" ;;
*) BIND="$HOST:$PORT" ;;
esac
URL="http://$SHOWN:$PORT"

cd "$ROOT"
export DJANGO_SETTINGS_MODULE=config.settings.dev
export PUBLIC_URL="${PUBLIC_URL:-$URL}"

ACCOUNTS=''
PROCESSES=()

# Start a command in a session of its own: `stop` then ends it with all its children, and Ctrl-C
# reaches it once, through `stop`.
start() {
    setsid "$@" &
    PROCESSES+=($!)
}

# Run one step to its end. Unlike a plain command, it does not delay a signal.
step() {
    local status=0
    start "$@"
    wait "$!" || status=$?
    unset 'PROCESSES[-1]'
    return $status
}

GRACE=8 # seconds that what runs has to end

# End what this script started, and wait for it: no process is left behind. A job that lasts longer
# than GRACE is cut off; the next worker takes it up again.
stop() {
    trap '' INT TERM HUP
    local pid left=$((GRACE * 10))
    for pid in "${PROCESSES[@]}"; do
        kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid" 2>/dev/null || true
    done
    for pid in "${PROCESSES[@]}"; do
        while kill -0 "$pid" 2>/dev/null && [ "$left" -gt 0 ]; do
            sleep 0.1
            left=$((left - 1))
        done
        kill -KILL -- "-$pid" 2>/dev/null || true
    done
    for pid in "${PROCESSES[@]}"; do wait "$pid" 2>/dev/null || true; done
    PROCESSES=()
}
stopped_by_a_person() {
    stop
    say ""
    say "Maillage est arrêté. Les données restent dans var/."
    exit 0
}
trap 'stop; rm -f "$ACCOUNTS"' EXIT
trap stopped_by_a_person INT TERM HUP

step scripts/environment.sh

step "$PY" scripts/address.py free "$HOST" "$PORT"

ACCOUNTS=$(mktemp)
step "$PY" scripts/prepare.py "$SHOWN" "$PORT" "$ACCOUNTS"

start "$PY" -m gunicorn config.wsgi \
    --chdir "$ROOT" --pythonpath "$ROOT/site" \
    --bind "$BIND" --workers 2 --threads 4 --timeout 60 --graceful-timeout 3 \
    --no-control-socket --log-level warning

start "$PY" manage.py work

step "$PY" scripts/address.py wait "$URL/sante/" "${PROCESSES[0]}" ||
    fail "le portail n’a pas démarré : voir les lignes ci-dessus."

MAILS="Courriels : ils ne partent pas ; la coordination les lit à l’adresse  $URL/courriels/"
[ -z "${EMAIL_URL:-}" ] || MAILS="Courriels : ils partent par EMAIL_URL."

cat <<END

Maillage répond à l’adresse  $URL/

Comptes de la démonstration (rôle, adresse, mot de passe, groupe ou organisme) :
$(cat "$ACCOUNTS")

$MAILS

Arrêter : Ctrl-C. Relancer : make run. Les données restent dans var/.
END

# `wait` returns early only when a process ended by itself, or on a signal we trap.
wait -n "${PROCESSES[@]}" || true
fail "le serveur ou le service des tâches s’est arrêté tout seul."
