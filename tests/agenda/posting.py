"""What a browser sends to propose an event, and dossiers in each state."""

import datetime as dt
import re
from itertools import count

import time_machine
from django.urls import reverse
from django.utils import timezone

from agenda.models import Event, Organising, Proposal
from agenda.services.moderation import accept_proposal
from agenda.services.proposals import propose_event
from core.forms.robots import new_stamp
from home.services.network import Network
from tests.agenda.making import timing

_numbers = count(1)


def stamp(seconds: int = 60) -> str:
    moment = timezone.now() - dt.timedelta(seconds=seconds)
    with time_machine.travel(moment, tick=False):
        return new_stamp()


def timing_data(*blocks: dict) -> dict:
    """The blocks that say when, as a browser sends them."""
    data = {
        "timings-TOTAL_FORMS": str(len(blocks)),
        "timings-INITIAL_FORMS": "0",
    }
    for number, block in enumerate(blocks):
        for name, value in {"back": "once", **block}.items():
            data[f"timings-{number}-{name}"] = value
    return data


NEXT_YEAR = timezone.localdate().year + 1
ONE_DATE = {"first": f"{NEXT_YEAR}-03-04", "start_time": "10:00", "end_time": "12:00"}


def typed(*blocks: dict, **changes) -> dict:
    """What a visitor's browser sends, from a form opened a minute ago."""
    return {
        **timing_data(*(blocks or (ONE_DATE,))),
        "title_fr": "Repas de quartier",
        "other_organisers": "Le Vivier",
        "where": "Place d’Exemple 1, 1050 Ixelles",
        "kind": "meal",
        "email": "ada@essai.example",
        "stamp": stamp(),
        "send": "1",
        **changes,
    }


def typed_by_member(*blocks: dict, organisation=None, **changes) -> dict:
    """What the browser of somebody with an account sends."""
    data = typed(*blocks, audience=["public"], **changes)
    del data["email"]
    if organisation is not None:
        data |= {"organisation": str(organisation.pk)}
        del data["other_organisers"]
    return data


def new_event(network: Network, *, organisers=(), **fields) -> Event:
    """An event that nobody sent yet."""
    event = Event(site=network.site, title_fr=f"Proposition {next(_numbers)}", **fields)
    event.address = event.address or "Place d’Exemple 1"
    event.timings = [timing(dt.date(NEXT_YEAR, 3, 4), "10:00-12:00")]
    event.organisings = [
        Organising(organisation=organisation, sort_order=order)
        for order, organisation in enumerate(organisers)
    ]
    return event


def send(network, actor, *, tokens=("public",), organisers=(), email="", **fields) -> Proposal:
    """A dossier, as the service makes it."""
    proposal = propose_event(
        actor=actor,
        event=new_event(network, organisers=organisers, **fields),
        tokens=tokens,
        once=f"once-{next(_numbers)}",
        language="fr",
        email=email,
    )
    proposal.refresh_from_db()
    return proposal


def accept(actor, proposal: Proposal, **changes) -> Proposal:
    words = {"revision": proposal.revision_id, "opened": timezone.now(), **changes}
    proposal = accept_proposal(actor=actor, proposal=proposal, **words)
    proposal.refresh_from_db()
    return proposal


def version_of(proposal: Proposal, **changes) -> Event:
    """The latest version with other words in it."""
    version = Event.objects.get(pk=proposal.event_id).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(version, name, value)
    return version


def propose_url() -> str:
    return reverse("agenda:propose")


def path_of(link: str) -> str:
    return re.sub(r"^https?://[^/]+", "", link)
