"""What people of the demonstration have done with their records: all assigned, none of it data."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from coordination.directory.enums import AdhesionStatus
from coordination.directory.models import (
    Adhesion,
    ErrorReport,
    Organisation,
    OrganisationContact,
    Territory,
)
from coordination.directory.services.record import save_record
from core.models import Audience
from home.demonstration.marks import mark
from home.demonstration.source import Report, read
from home.services.network import Network

SINCE = dt.date(2024, 1, 8)


def load_neighbours() -> None:
    """Which communes touch; each border is written once."""
    communes = {territory.slug: territory for territory in Territory.objects.all()}
    for slug, near in read("neighbours").items():
        communes[slug].neighbours.add(*(communes[other] for other in near))


def load_records(
    network: Network,
    organisations: dict[str, Organisation],
    people: dict[str, User],
    report: Report,
) -> None:
    """Contacts, adhesions, checks, one change, one reported error; what exists stays as it is."""
    load_neighbours()
    words = read("records")
    person = {email.split("@")[0]: user for email, user in people.items()}
    for row in words["contacts"]:
        _contact(row, organisations[row["organisation"]], person[row["holder"]])
        report.note(row["organisation"], "contact par fonction attribué pour la démonstration")
    for status, names in words["adhesions"].items():
        for name in names:
            adhesion, _created = Adhesion.objects.get_or_create(
                organisation=organisations[name],
                site=network.site,
                defaults={
                    "status": AdhesionStatus(status),
                    "start": SINCE,
                    "charter_accepted_on": SINCE,
                    "charter_version": "2023",
                },
            )
            mark(adhesion)
            report.note(name, "adhésion attribuée pour la démonstration")
    for row in words["verified"]:
        moment = timezone.now() - dt.timedelta(days=row["days_ago"])
        Organisation.objects.filter(
            pk=organisations[row["organisation"]].pk, verified_at=None
        ).update(verified_at=moment, verified_by=person[row["by"]])
        report.note(row["organisation"], "date de vérification attribuée pour la démonstration")
    edit = words["edit"]
    organisation = organisations[edit["organisation"]]
    if not organisation.changes.exists():
        save_record(actor=person[edit["by"]], organisation=organisation, values=edit["values"])
    wrong = words["report"]
    if not ErrorReport.objects.filter(organisation=organisations[wrong["organisation"]]).exists():
        mark(
            ErrorReport.objects.create(
                organisation=organisations[wrong["organisation"]], text=wrong["text"]
            )
        )


def _contact(row: dict, organisation: Organisation, holder: User) -> None:
    contact, _created = OrganisationContact.objects.get_or_create(
        organisation=organisation,
        function_fr=row["function_fr"],
        defaults={
            "function_nl": row["function_nl"],
            "email": holder.email,
            "holder": holder,
            "audience": Audience.objects.for_tokens({row["audience"]}),
        },
    )
    mark(contact)
