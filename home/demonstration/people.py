"""The accounts of the demonstration: functions at `.example` addresses, one password for all."""

import datetime

from accounts.addresses import confirm
from accounts.enums import Office
from accounts.models import NetworkMembership, User
from coordination.directory.models import Organisation, OrganisationMembership
from groupes.models import GroupMembership, WorkingGroup
from home.demonstration.marks import mark
from home.demonstration.source import read
from home.services.network import Network

PASSWORD = "un-fil-pour-tous"
SINCE = datetime.date(2024, 1, 8)


def load_people(
    network: Network,
    groups: dict[str, WorkingGroup] | None = None,
    organisations: dict[str, Organisation] | None = None,
) -> dict[str, User]:
    """Everybody with their memberships, by address. Without groups, the accounts alone."""
    people = {}
    for row in read("people"):
        user = User.objects.filter(email=row["email"]).first()
        if user is None:
            user = User.objects.create_user(
                row["email"],
                PASSWORD,
                function_fr=row["function_fr"],
                function_nl=row["function_nl"],
            )
            confirm(user)  # no mail reaches these addresses
        people[row["email"]] = mark(user)
        _join_network(network, user, row["office"])
        if groups is None or organisations is None:
            continue
        ended = {"start": SINCE, "end": None}
        for entry in row["groups"]:
            _join_group(user, groups[entry["group"]], entry["role"], ended)
        for entry in row["organisations"]:
            _join_organisation(user, organisations[entry["organisation"]], entry["role"], ended)
        for entry in row.get("past_groups", []):
            dates = {"start": SINCE, "end": datetime.date.fromisoformat(entry["ended"])}
            _join_group(user, groups[entry["group"]], entry["role"], dates)
        for entry in row.get("past_organisations", []):
            dates = {"start": SINCE, "end": datetime.date.fromisoformat(entry["ended"])}
            _join_organisation(user, organisations[entry["organisation"]], entry["role"], dates)
    return people


def _join_network(network: Network, user: User, office: str) -> None:
    dates = {"start": SINCE}
    if office == "waiting":
        dates = {"start": None}
    elif office == "former":
        dates = {"start": SINCE, "end": datetime.date(2026, 5, 31)}
    held = Office(office) if office in Office.values else Office.NONE
    NetworkMembership.objects.get_or_create(
        user=user, site=network.site, defaults={"office": held, **dates}
    )


def _join_group(user: User, group: WorkingGroup, role: str, dates: dict) -> None:
    GroupMembership.objects.get_or_create(user=user, group=group, defaults={"role": role, **dates})


def _join_organisation(user: User, organisation: Organisation, role: str, dates: dict) -> None:
    OrganisationMembership.objects.get_or_create(
        user=user, organisation=organisation, defaults={"role": role, **dates}
    )


def accounts() -> list[dict]:
    """Each account with its role, address and password, for `demo --accounts`."""
    people = []
    for row in read("people"):
        if not User.objects.filter(email=row["email"]).exists():
            continue
        places = row["organisations"] or row.get("past_organisations", [])
        groups = row["groups"] or row.get("past_groups", [])
        pilots = [entry for entry in groups if entry["role"] == "pilot"]
        people.append(
            {
                "role": row["role"],
                "email": row["email"],
                "password": PASSWORD,
                "group": (pilots or groups or [{"group": None}])[0]["group"],
                "organisation": places[0]["organisation"] if places else None,
            }
        )
    return people
