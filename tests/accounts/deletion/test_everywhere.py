"""An account is deleted: everywhere, for good, and the network keeps its history."""

import re
from contextlib import contextmanager

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts.models import (
    DataExport,
    NetworkMembership,
    Notification,
    NotificationChoice,
    User,
)
from accounts.services.deletion import send_farewell
from coordination.directory.models import (
    OrganisationContact,
    OrganisationDraft,
    OrganisationMembership,
)
from coordination.directory.services.record import save_record
from core.jobs import TryAgainError
from groupes.models import GroupContact, GroupMembership, JoinRequest, SharedItem
from tests.accounts.deletion.traces import (
    ADDRESS,
    NAME,
    PASSWORD,
    SECRETS,
    delete,
    everything_stored,
)
from tests.conftest import client_of, read, run_commit_hooks
from tests.people import Role

pytestmark = pytest.mark.django_db


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
