"""Loads the demonstration, refreshes it, takes it out."""

from django.db import transaction
from wagtail.models import ModelLogEntry, Page, Site

from agenda.models import Event
from core.models import DemonstrationItem, NetworkSettings
from home.demonstration.agenda import Around, load_agenda
from home.demonstration.directory import (
    load_organisations,
    load_places,
    load_territories,
    load_themes,
)
from home.demonstration.group_life import load_group_life
from home.demonstration.groups import load_groups
from home.demonstration.pages import load_network, load_news, load_pages
from home.demonstration.people import load_people
from home.demonstration.proposals import load_proposals
from home.demonstration.records import load_records
from home.demonstration.source import NETWORK_FILE, Report, read
from home.demonstration.welcome import load_welcome
from home.models import HomePage
from home.services.network import build_network
from home.services.statements import build_statements


@transaction.atomic
def load(*, host: str, port: int) -> Report:
    """Make the demonstration network, or bring it back to what it was. Pages that exist already
    are left as people have edited them."""
    report = Report()
    data, words = read(NETWORK_FILE), read("network")
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and HomePage.objects.filter(pk=site.root_page_id).exists():
        host, port = site.hostname, site.port
    network = build_network(host=host, port=port, name=words["name_fr"], name_nl=words["name_nl"])
    load_network(network)
    build_statements(network)
    territories = load_territories()
    themes = load_themes()
    organisations = load_organisations(territories, themes, report)
    places = load_places(territories, organisations, report)
    people = load_people(network)
    actor = next(p for email, p in people.items() if email.startswith("coordination@"))
    groups = load_groups(network, organisations, themes, actor=actor, report=report)
    load_people(network, groups, organisations)
    load_records(network, organisations, people, report)
    load_group_life(groups, people)
    load_welcome(network.site, organisations, people, report)
    around = Around(
        network=network,
        territories=territories,
        themes=themes,
        organisations=organisations,
        places=places,
        groups=groups,
        actor=actor,
        report=report,
    )
    load_agenda(around)
    load_proposals(around, people)
    load_pages(network, actor=actor)
    load_news(network, actor=actor)
    report.kept_for_later(data)
    report.note("territoires", "arbre écrit pour la démonstration ; un seul bassin est nommé (Sud)")
    return report


@transaction.atomic
def remove() -> int:
    """Take out everything the demonstration made, latest first. Gives how many objects went.

    The network itself stays, empty, as after `bootstrap`. An account or an organisation that
    something of yours still needs stays too.
    """
    gone = 0
    for item in DemonstrationItem.objects.order_by("-pk").select_related("content_type"):
        model = item.content_type.model_class()
        subject = model.objects.filter(pk=item.object_id).first() if model else None
        if subject is not None:
            if isinstance(subject, Page):
                subject = subject.specific
            if isinstance(subject, Event):
                # What was decided about it is imaginary too: the journal of a real network does
                # not keep it.
                ModelLogEntry.objects.for_instance(subject).delete()
            subject.delete()
            gone += 1
        item.delete()
    for settings in NetworkSettings.objects.all():
        settings.helpline_number = settings.helpline_hours_fr = settings.helpline_hours_nl = ""
        settings.save()
    return gone
