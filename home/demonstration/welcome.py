"""Who comes into the network of the demonstration: invitations and requests in each state. Rows are
written as they would be after all mails: none leaves."""

import datetime as dt

from django.utils import timezone
from wagtail.models import Site

from accounts.models import User
from coordination.directory.enums import OrganisationRole
from coordination.directory.models import Organisation
from coordination.welcome import rules
from coordination.welcome.enums import InvitationState, RequestState
from coordination.welcome.models import Charter, Invitation, Request
from coordination.welcome.models.invitation import REMIND_AFTER, REPORT_AFTER
from home.demonstration.marks import mark
from home.demonstration.source import Report, read

ANSWERED_AFTER = dt.timedelta(days=2)


def load_welcome(
    site: Site,
    organisations: dict[str, Organisation],
    people: dict[str, User],
    report: Report,
) -> None:
    """What exists already stays as people have made it."""
    words = read("welcome")
    person = {email.split("@")[0]: user for email, user in people.items()}
    charter, _created = Charter.objects.get_or_create(
        site=site,
        number=1,
        defaults={
            "text_fr": words["charter"]["fr"],
            "text_nl": words["charter"]["nl"],
            "published_by": person["coordination"],
        },
    )
    mark(charter)
    for row in words["invitations"]:
        if not Invitation.objects.filter(site=site, address=row["address"]).exists():
            mark(_invitation(site, row, organisations[row["organisation"]], person))
    for row in words["requests"]:
        if not Request.objects.filter(once=_once(row)).exists():
            mark(_request(site, row, organisations, person, charter))
    report.note("entrées", "invitations, demandes et charte écrites pour la démonstration")


def _moment(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def _invitation(site: Site, row: dict, organisation: Organisation, person: dict) -> Invitation:
    asked, is_waiting = _moment(row["days_ago"]), row["state"] == InvitationState.WAITING
    days = row["days_ago"] if is_waiting else 0
    accepted = row["state"] == InvitationState.ACCEPTED
    texts = ("address", "role", "function_fr", "function_nl", "language", "word", "state")
    return Invitation.objects.create(
        site=site,
        organisation=organisation,
        invited_by=person[row["by"]],
        created_at=asked,
        asked_at=asked,
        reminded_at=_moment(days - REMIND_AFTER) if days >= REMIND_AFTER else None,
        reported_at=_moment(days - REPORT_AFTER) if days >= REPORT_AFTER else None,
        closed_at=None if is_waiting else asked + ANSWERED_AFTER,
        accepted_by=User.objects.get(email=row["address"]) if accepted else None,
        rules=rules.VERSION if accepted else "",
        mail="",
        **{name: row[name] for name in texts},
    )


def _once(row: dict) -> str:
    return f"demonstration-{row['key']}"


def _request(
    site: Site,
    row: dict,
    organisations: dict[str, Organisation],
    person: dict,
    charter: Charter,
) -> Request:
    sent, state = _moment(row["days_ago"]), row["state"]
    closed = state in {RequestState.ACCEPTED, RequestState.REFUSED, RequestState.WITHDRAWN}
    answered = state in {RequestState.ACCEPTED, RequestState.REFUSED}
    accepted = state == RequestState.ACCEPTED
    skipped = {"key", "organisation", "days_ago"}
    return Request.objects.create(
        site=site,
        once=_once(row),
        organisation=organisations[row["organisation"]] if "organisation" in row else None,
        charter=charter if row["kind"] == "organisation" else None,
        rules=rules.VERSION,
        created_at=sent,
        confirmed_at=None if state == RequestState.UNCONFIRMED else sent,
        closed_at=sent + ANSWERED_AFTER if closed else None,
        answered_by=person["coordination"] if answered else None,
        user=User.objects.get(email=row["email"]) if accepted else None,
        role=OrganisationRole.WORKER if accepted else "",
        mail="",
        **{name: value for name, value in row.items() if name not in skipped},
    )
