"""Two questions about an address, for run.sh.

address.py free HOST PORT    exit 0 when a server can listen there; else say why, exit 1
address.py wait URL PID      exit 0 once URL answers 200; exit 1 when PID ends or time is up
"""

import errno
import os
import socket
import sys
import time
import urllib.error
import urllib.request

PATIENCE = 60  # seconds


def free(host: str, port: int) -> bool:
    """Whether a server can listen on host:port, tried as the server itself will."""
    try:
        family, kind, proto, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: (
                f"le port {port} est déjà pris sur {host} par un autre programme. "
                f"Prenez-en un autre : make run PORT={port + 1}"
            ),
            errno.EADDRNOTAVAIL: f"{host} n’est pas une adresse de cette machine.",
            errno.EACCES: f"le port {port} est réservé au système : prenez 1024 ou plus.",
        }
        reason = reasons.get(error.errno, f"{host}:{port} : {error}")
        print(f"Erreur : {reason}", file=sys.stderr)
        return False
    return True


def answers(url: str, pid: int) -> bool:
    """Wait until url answers 200, as long as the process lives."""
    # Never through a proxy: the server is on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    last = "aucune réponse"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            print("Le serveur s’est arrêté.", file=sys.stderr)
            return False
        try:
            with opener.open(url, timeout=5):
                return True
        except urllib.error.HTTPError as error:
            last = f"réponse {error.code} : {error.read(500).decode(errors='replace')}"
        except OSError:
            pass
        time.sleep(0.1)
    print(f"{url} : {last} après {PATIENCE} secondes.", file=sys.stderr)
    return False


def main(question: str, first: str, second: str) -> int:
    yes = {"free": free, "wait": answers}[question](first, int(second))
    return 0 if yes else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
