"""What is remembered between requests is nobody's view in particular."""

import random
import re

import pytest

from core import memory
from tests.conftest import client_of

ADDRESSES = [
    *("/", "/nl/", "/repertoire/?vue=complete", "/repertoire/?q=o", "/nl/gids/", "/groupes/"),
    *("/groupes/groupe-a/", "/actualites/", "/nl/nieuws/", "/mon-espace/", "/compte/", "/aide/"),
    *("/page-zwybrand/", "/page-quolmask/", "/page-fjordilex/", "/repertoire/organisme-a/"),
    *("/contact/", "/lieu-inconnu/"),
    *("/agenda/?prix=free", "/nl/agenda/", "/agenda/archives/", "/agenda.csv", "/agenda.ics"),
]
CHANGING = re.compile(r'name="(csrfmiddlewaretoken|stamp|once)" value="[^"]*"')


def seen(client, address: str) -> tuple[int, str]:
    response = client.get(address)
    return response.status_code, CHANGING.sub("", response.content.decode())


@pytest.mark.once
@pytest.mark.parametrize("seed", range(3))
def test_nobody_meets_what_was_made_for_another(world, db, seed):
    """Whoever came before, a page is what it is for a first visitor."""
    clients = {role: client_of(user) for role, user in world.people.items()}
    visits = [(role, address) for role in clients for address in ADDRESSES]
    alone = {}
    for role, address in visits:
        memory.forget()
        alone[role, address] = seen(clients[role], address)
    random.Random(seed).shuffle(visits)
    memory.forget()
    for role, address in visits:
        assert seen(clients[role], address) == alone[role, address], (role, address)
