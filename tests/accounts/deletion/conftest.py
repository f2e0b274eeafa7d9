"""Somebody whose account goes."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.urls import reverse
from wagtail.users.models import UserProfile

from accounts.models import (
    Notification,
    NotificationChoice,
    User,
)
from accounts.services.data_export import ask_for_copy, make_copy
from accounts.services.profile import change_profile
from coordination.directory.models import (
    Organisation,
    OrganisationContact,
    OrganisationDraft,
    OrganisationMembership,
)
from coordination.directory.services.record import save_record, snapshot
from core.models import Audience
from groupes.models import GroupContact, GroupMembership, JoinRequest, SharedItem, WorkingGroup
from home.models import ContactMessage
from tests.accounts.deletion.traces import (
    ADDRESS,
    FUNCTION,
    NAME,
    OTHER_ADDRESS,
    SECRETS,
    everything_stored,
)
from tests.conftest import client_of
from tests.people import PAST, Role


@pytest.fixture
def group(people) -> WorkingGroup:
    return WorkingGroup.objects.get(slug="groupe-a")


@pytest.fixture
def organisation(people) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")


@pytest.fixture
def leaver(people, network, group, organisation) -> User:
    """The representative of organisation A, with traces of every sort."""
    user = people[Role.REPRESENTATIVE]
    change_profile(
        actor=user, values={"first_name": "Xymena", "last_name": NAME, "function_fr": FUNCTION}
    )
    User.objects.filter(pk=user.pk).update(email=ADDRESS)
    user = User.objects.get(pk=user.pk)
    user.save()
    people[Role.REPRESENTATIVE] = user
    # Somebody else represents the organisation too, so that one may leave.
    OrganisationMembership.objects.create(
        user=people[Role.MEMBER], organisation=organisation, role="representative", start=PAST
    )
    EmailAddress.objects.filter(user=user).update(verified=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key="a", user_agent="Essai")
    UserProfile.objects.create(user=user)
    NotificationChoice.objects.create(user=user, kind="accounts.export", when="never")
    Notification.objects.create(user=user, kind="accounts.export", about=1)
    GroupMembership.objects.create(user=user, group=group, start=PAST)
    everybody = Audience.objects.for_tokens({"public"})
    contact = OrganisationContact.objects.create(
        organisation=organisation,
        function_fr="Accueil",
        holder=user,
        email=ADDRESS,
        phone="02 123 45 67",
        audience=everybody,
    )
    OrganisationContact.objects.create(
        organisation=organisation, function_fr="Ancienne", email=OTHER_ADDRESS, audience=everybody
    )
    GroupContact.objects.create(group=group, function_fr="Secrétariat", holder=user, email=ADDRESS)
    name = f"contact:{contact.pk}"
    value = snapshot(organisation)[name]
    save_record(
        actor=user, organisation=organisation, values={name: {**value, "phone": "02 765 43 21"}}
    )
    for person in (user, people[Role.MEMBER]):  # somebody else's draft holds the address too
        OrganisationDraft.objects.create(
            organisation=organisation, user=person, data={"contacts-0-email": [ADDRESS]}
        )
    JoinRequest.objects.create(group=group, user=user, message=f"{NAME} demande")
    own = {"audience": everybody, "wanted": everybody}
    SharedItem.objects.create(group=group, author=user, title="Une soupe", text="À midi", **own)
    ContactMessage.objects.create(
        site=network.site, subject="help", text=f"Je suis {NAME}", email=ADDRESS, once="a"
    )
    # In the admin the coordination changes the account and the memberships: labels name the person.
    admin = client_of(people[Role.COORDINATOR])
    sent = {"email": ADDRESS, "last_name": NAME, "first_name": "Xymena", "is_active": "on"}
    sent |= {"function_fr": "", "language": "fr"}
    assert admin.post(reverse("user:edit", args=[user.pk]), sent).status_code == 302
    sent["function_fr"] = FUNCTION
    assert admin.post(reverse("user:edit", args=[user.pk]), sent).status_code == 302
    seat = user.network_memberships.get()
    sent = {"user": user.pk, "site": seat.site_id, "office": "none", "start": "2024-01-01"}
    assert admin.post(reverse("networkmembership:edit", args=[seat.pk]), sent).status_code == 302
    # An address of before there was one per person.
    EmailAddress.objects.create(user=user, email=OTHER_ADDRESS, verified=True)
    make_copy.call(ask_for_copy(actor=user).pk)
    user = User.objects.get(pk=user.pk)
    assert user.display_name == FUNCTION
    assert any(word in everything_stored() for word in SECRETS)
    return user
