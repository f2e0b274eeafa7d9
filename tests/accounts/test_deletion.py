"""An account is deleted: everywhere, for good, and the network keeps its history."""

import re
from contextlib import contextmanager

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts.enums import Office
from accounts.models import (
    DataExport,
    NetworkMembership,
    Notification,
    NotificationChoice,
    User,
)
from accounts.permissions import can_delete_account
from accounts.services.data_export import ask_for_copy, make_copy
from accounts.services.deletion import delete_account, send_farewell
from accounts.services.profile import change_profile
from coordination.directory.models import (
    Organisation,
    OrganisationContact,
    OrganisationDraft,
    OrganisationMembership,
)
from coordination.directory.services.record import save_record, snapshot
from core.jobs import TryAgainError
from core.models import Audience
from groupes.models import GroupContact, GroupMembership, JoinRequest, SharedItem, WorkingGroup
from home.models import ContactMessage
from tests.conftest import client_of, read, run_commit_hooks
from tests.people import PAST, Role

pytestmark = pytest.mark.django_db

NAME, FUNCTION, ADDRESS = "Wvexlune", "Zqobrit", "kwanzift@essai.example"
OTHER_ADDRESS = "plodrenk@essai.example"
SECRETS = ("wvexlune", "zqobrit", "kwanzift", "plodrenk")
PASSWORD = "mot-de-passe-essai"
URL = "/compte/supprimer/"


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


def everything_stored() -> str:
    """Every text there is in the database, in lower case."""
    texts = []
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    for model in apps.get_models(include_auto_created=True):
        names = [f.name for f in model._meta.concrete_fields if isinstance(f, kinds)]
        if names and not model._meta.proxy:
            texts += [str(row) for row in model._base_manager.values_list(*names)]
    for session in Session.objects.all():
        texts.append(str(session.get_decoded()))
    return "\n".join(texts).lower()


def delete(user: User, actor: User | None = None) -> None:
    delete_account(actor=User.objects.get(pk=(actor or user).pk), user=user)


# --- Everywhere -----------------------------------------------------------------------------


def test_nothing_stored_names_the_person_any_more(leaver):
    delete(leaver)
    text = everything_stored()
    for word in SECRETS:
        assert word not in text, text[max(0, text.find(word) - 200) : text.find(word) + 80]


def test_no_screen_names_the_person_any_more(leaver, people, network, group, organisation):
    delete(leaver)
    client = client_of(people[Role.COORDINATOR])
    slug = [organisation.slug]
    paths = [
        *("/", "/groupes/groupe-a/", "/mon-espace/", "/contact/messages/", "/gestion/journal/"),
        *("/gestion/journal.csv", "/repertoire/", "/gestion/"),
        *(reverse(f"directory:organisation_{n}", args=slug) for n in ("detail", "history", "team")),
        reverse("directory:change_list"),
        *(reverse(f"groupes:{name}", args=[group.slug]) for name in ("space", "todo")),
        reverse("groupes:item", args=[group.slug, SharedItem.objects.get().pk]),
        *(reverse(f"{name}:index") for name in ("user", "networkmembership", "joinrequest")),
        *(reverse(f"{name}:index") for name in ("groupmembership", "organisationmembership")),
        reverse("wagtailadmin_reports:site_history"),
        reverse("user:history", args=[leaver.pk]),
        *(f"/gestion/?q={word}" for word in ("accueil", "compte")),
        *(f"{reverse('user:index')}?q={word}" for word in ("efface", "compte")),
        reverse("accounts_hand_over_for", args=[people[Role.MEMBER].pk]),
    ]
    for path in paths:
        response = client.get(path)
        text = read(response).decode().lower()
        assert response.status_code == 200, path
        for word in (*SECRETS, f"compte-{leaver.pk}@"):
            assert word not in text, f"{word} on {path}"
    # Whoever searches for the name finds nobody: the words come back in the box, and that is all.
    for word in SECRETS:
        found = client.get(reverse("user:index_results"), {"q": word}).content.decode()
        assert reverse("user:edit", args=[leaver.pk]) not in found


def test_the_shell_is_empty_and_the_history_stays(leaver, people, group, organisation):
    changes = organisation.changes.count()
    delete(leaver)
    shell = User.objects.get(pk=leaver.pk)
    assert shell.email == f"compte-{shell.pk}@efface.invalid"
    assert (shell.first_name, shell.last_name, shell.function, shell.search_text) == ("",) * 4
    assert (shell.is_active, shell.language, shell.last_login) == (False, "fr", None)
    assert shell.deleted_at is not None
    assert not shell.has_usable_password()
    assert str(shell) == "Compte supprimé"
    today = timezone.localdate()
    for model in (NetworkMembership, OrganisationMembership, GroupMembership):
        assert [row.end for row in model.objects.filter(user=shell)] == [today]
        assert not model.objects.live().filter(user=shell).exists()
    for model in (EmailAddress, Authenticator, UserSession, UserProfile, NotificationChoice):
        assert not model.objects.filter(user=shell).exists()
    for model in (Notification, DataExport, OrganisationDraft):
        assert not model.objects.filter(user=shell).exists()
    assert organisation.changes.count() > changes  # the contact that lost its holder is one more
    assert SharedItem.objects.get().author == shell
    assert JoinRequest.objects.get(user=shell).state == "withdrawn"
    contact = OrganisationContact.objects.get(function_fr="Accueil")
    assert (contact.holder, contact.email, contact.phone) == (None, "", "02 765 43 21")
    assert (GroupContact.objects.get().holder, GroupContact.objects.get().email) == (None, "")
    # Another person's draft lives on, without the address.
    assert OrganisationDraft.objects.get().user == people[Role.MEMBER]


def test_an_address_that_an_organisation_publishes_as_its_own_stays(leaver, organisation):
    save_record(actor=leaver, organisation=organisation, values={"email": ADDRESS})
    delete(leaver)
    organisation.refresh_from_db()
    assert organisation.email == ADDRESS


def test_the_copies_go_with_their_files(leaver, django_capture_on_commit_callbacks):
    copy = DataExport.objects.get()
    assert copy.file.storage.exists(copy.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        delete(leaver)
    assert not copy.file.storage.exists(copy.file.name)


def test_one_last_mail_goes_to_the_address_there_was(leaver, django_capture_on_commit_callbacks):
    User.objects.filter(pk=leaver.pk).update(language="nl")
    with django_capture_on_commit_callbacks(execute=True):
        delete(leaver)
        delete(User.objects.get(pk=leaver.pk), actor=leaver)  # the second time: nothing
    [letter] = mail.outbox
    assert letter.to == [ADDRESS]
    text = letter.message().get_payload()[0].get_payload(decode=True).decode()
    assert NAME.lower() not in text.lower()
    assert not re.search(r"https?://\S+/(compte|account)/", text)
    assert ModelLogEntry.objects.filter(action="accounts.delete").count() == 1


def test_the_address_waits_for_its_mail_outside_the_database(
    leaver, queue, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        delete(leaver)
    arguments = DBTaskResult.objects.get(task_path__endswith="send_farewell").args_kwargs["args"]
    assert not any(word in everything_stored() for word in SECRETS)
    with settings_of_a_broken_mail_server(settings), pytest.raises(TryAgainError):
        send_farewell.call(*arguments)
    assert mail.outbox == []
    for _time in range(2):
        send_farewell.call(*arguments)
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]


@contextmanager
def settings_of_a_broken_mail_server(settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "nulle.part"
    yield
    settings.EMAIL_BACKEND = working


# --- At the next request --------------------------------------------------------------------


def test_the_session_the_link_the_draft_and_the_file_die(leaver, people, organisation):
    session = client_of(leaver)
    visitor = client_of(None)
    visitor.post("/compte/mot-de-passe/oublie/", {"email": ADDRESS})
    run_commit_hooks()
    link = re.search(r"/compte/mot-de-passe/choisir/\S+", mail.outbox[-1].body).group()
    draft = reverse("directory:organisation_edit", args=[organisation.slug])
    file = reverse("accounts_data_copy", args=[DataExport.objects.get().pk])
    for path in ("/mon-espace/", draft, file):
        response = session.get(path)
        read(response)
        assert response.status_code == 200
    delete(leaver)
    assert not Session.objects.filter(session_key=session.session.session_key).exists()
    for path in ("/compte/", "/mon-espace/", draft, file):
        response = session.get(path)
        assert response.status_code == 302, path
        assert "/connexion/" in response["Location"]
    # The link to choose a password leads nowhere, and signing in opens nothing.
    page = visitor.get(link, follow=True)
    assert "password1" not in page.content.decode()
    sent = {"login": ADDRESS, "password": PASSWORD}
    assert visitor.post("/compte/connexion/", sent).status_code == 200
    sent = {"login": f"compte-{leaver.pk}@efface.invalid", "password": PASSWORD}
    assert visitor.post("/compte/connexion/", sent).status_code == 200


def test_a_former_members_doors_close_at_the_next_request(people, organisation):
    session = client_of(people[Role.REPRESENTATIVE])
    draft = reverse("directory:organisation_edit", args=[organisation.slug])
    assert session.get(draft).status_code == 200
    NetworkMembership.objects.filter(user=people[Role.REPRESENTATIVE]).update(
        end=timezone.localdate()
    )
    assert session.get(draft).status_code == 404
    assert session.get("/mon-espace/").status_code == 302
    # The account stays theirs: a copy and the way out are still there.
    assert session.get("/compte/mes-donnees/").status_code == 200


# --- Who may --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.WAITING, Role.FORMER, Role.MEMBER, Role.EDITOR])
def test_ones_own_account_also_without_being_a_member(people, role):
    delete(people[role])
    assert User.objects.get(pk=people[role].pk).deleted_at


def test_who_may_delete_whose(people):
    def may(actor: Role, person: Role) -> bool:
        return can_delete_account(
            User.objects.get(pk=people[actor].pk), User.objects.get(pk=people[person].pk)
        )

    assert may(Role.COORDINATOR, Role.PILOT)
    assert may(Role.COORDINATOR, Role.FORMER)
    assert may(Role.ADMINISTRATOR, Role.COORDINATOR)
    assert not may(Role.COORDINATOR, Role.ADMINISTRATOR)
    for role in (Role.MEMBER, Role.PILOT, Role.MODERATOR, Role.EDITOR, Role.FORMER):
        assert not may(role, Role.GROUP_MEMBER)
        with pytest.raises(PermissionDenied):
            delete(people[Role.GROUP_MEMBER], actor=people[role])
    delete(people[Role.MEMBER])
    assert not may(Role.COORDINATOR, Role.MEMBER)


def test_what_nobody_else_holds_is_handed_over_first(people, clients, organisation, group):
    for role, words in (
        (Role.PILOT, "Piloter Groupe A"),
        (Role.REPRESENTATIVE, "Représenter Organisme A"),
    ):
        page = clients[role].get(URL).content.decode()
        assert words in page
        assert reverse("accounts_hand_over") in page
        assert "understood" not in page
        with pytest.raises(ValidationError):
            delete(people[role])
    # With somebody beside them the way is free.
    GroupMembership.objects.create(user=people[Role.MEMBER], group=group, role="pilot", start=PAST)
    assert "understood" in clients[Role.PILOT].get(URL).content.decode()
    # The coordination is told, and decides.
    path = reverse("accounts_delete_for", args=[people[Role.REPRESENTATIVE].pk])
    page = clients[Role.COORDINATOR].get(path).content.decode()
    assert "Représenter Organisme A" in page
    assert "understood" in page
    delete(people[Role.REPRESENTATIVE], actor=people[Role.COORDINATOR])


def test_somebody_closed_or_gone_is_nobody_beside_one(people, group):
    mate = people[Role.GROUP_MEMBER]
    GroupMembership.objects.filter(user=mate).update(role="pilot")
    User.objects.filter(pk=mate.pk).update(is_active=False)
    with pytest.raises(ValidationError):
        delete(people[Role.PILOT])


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_the_last_of_an_office_of_oversight_stays(people, clients, network, role):
    assert "understood" not in clients[role].get(URL).content.decode()
    for actor in (role, Role.ADMINISTRATOR):
        with pytest.raises(ValidationError):
            delete(people[role], actor=people[actor])
    office = Office.COORDINATOR if role is Role.COORDINATOR else Office.ADMINISTRATOR
    NetworkMembership.objects.create(
        user=people[Role.MEMBER], site=network.site, office=office, start=PAST
    )
    delete(people[role])


# --- The screens ----------------------------------------------------------------------------


def test_from_the_screen_with_the_password_and_a_tick(people):
    client = client_of(None)
    member = people[Role.MEMBER]
    client.post("/compte/connexion/", {"login": member.email, "password": PASSWORD})
    assert client.get(URL).status_code == 200
    assert not User.objects.get(pk=member.pk).deleted_at  # reading deletes nothing
    asked = client.post(URL, {"understood": "on"})
    assert asked.status_code == 302
    assert asked["Location"].startswith("/compte/confirmation/")
    wrong = client.post(asked["Location"], {"password": "faux", "next": URL})
    assert wrong.status_code == 200
    assert not User.objects.get(pk=member.pk).deleted_at
    done = client.post(asked["Location"], {"password": PASSWORD, "next": URL}, follow=True)
    assert "Votre compte est supprimé" in done.content.decode()
    assert User.objects.get(pk=member.pk).deleted_at
    assert client.get("/compte/").status_code == 302


def test_without_the_tick_nothing_happens(people):
    client = client_of(None)
    member = people[Role.MEMBER]
    client.post("/compte/connexion/", {"login": member.email, "password": PASSWORD})
    refused = client.post(URL, {})  # before anybody is asked for a password
    assert refused.status_code == 422
    assert "Cochez cette case" in refused.content.decode()
    assert not User.objects.get(pk=member.pk).deleted_at


def test_the_coordination_deletes_at_somebodys_request(people, django_capture_on_commit_callbacks):
    client = client_of(None)
    coordinator, member = people[Role.COORDINATOR], people[Role.MEMBER]
    client.post("/compte/connexion/", {"login": coordinator.email, "password": PASSWORD})
    path = reverse("accounts_delete_for", args=[member.pk])
    asked = client.post(path, {"understood": "on"})
    assert not User.objects.get(pk=member.pk).deleted_at
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(asked["Location"], {"password": PASSWORD, "next": path})
    assert done["Location"] == reverse("user:index")
    assert User.objects.get(pk=member.pk).deleted_at
    assert "la coordination a supprimé votre compte" in mail.outbox[-1].body
    entry = ModelLogEntry.objects.get(action="accounts.delete")
    assert (entry.user, entry.label) == (coordinator, "Compte supprimé")


def test_whoever_has_no_password_proves_it_by_a_code(people):
    member = people[Role.MEMBER]
    member.set_unusable_password()
    member.save()
    client = client_of(member)  # in since nobody knows when
    response = client.post(URL, {"understood": "on"})
    assert response["Location"].startswith(reverse("account_reauthenticate_by_code"))
    assert not User.objects.get(pk=member.pk).deleted_at


def test_the_admin_never_deletes_a_row_of_people(people, clients):
    admin = clients[Role.ADMINISTRATOR]
    pk = people[Role.MEMBER].pk
    response = admin.post(reverse("user:delete", args=[pk]))
    assert response.status_code == 302
    assert response["Location"] == reverse("accounts_delete_for", args=[pk])
    bulk = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    assert admin.post(f"{bulk}?id={pk}").status_code in {403, 404}
    assert User.objects.get(pk=pk).deleted_at is None


def test_a_shell_is_not_brought_back_in_the_admin(people, clients):
    delete(people[Role.MEMBER])
    path = reverse("user:edit", args=[people[Role.MEMBER].pk])
    assert clients[Role.ADMINISTRATOR].get(path).status_code == 404
    assert (
        clients[Role.COORDINATOR]
        .get(reverse("accounts_delete_for", args=[people[Role.MEMBER].pk]))
        .status_code
        == 404
    )
