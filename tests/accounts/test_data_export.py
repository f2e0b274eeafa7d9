"""A copy of one's own data: all of it, nothing of the others', for its owner alone."""

import datetime as dt
import io
import json
import zipfile

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import DataExport, Notification, User
from accounts.notifications import choose, tell
from accounts.personal import personal_data
from accounts.services.data_export import ask_for_copy, make_copy
from coordination.directory.models import ErrorReport, OrganisationContact, OrganisationDraft
from coordination.directory.services.record import save_record
from core.models import Audience, PortalDocument
from groupes.models import GroupContact, JoinRequest, SharedItem
from home.models import ContactMessage
from tests.conftest import client_of, read
from tests.people import Role

pytestmark = pytest.mark.django_db
URL = "/compte/mes-donnees/"


def ask(user) -> DataExport:
    copy = ask_for_copy(actor=user)
    make_copy.call(copy.pk)
    copy.refresh_from_db()
    return copy


def contents(copy: DataExport) -> tuple[dict, str]:
    with copy.file.open() as file, zipfile.ZipFile(io.BytesIO(file.read())) as archive:
        assert archive.testzip() is None
        texts = {
            name.rpartition(".")[2]: archive.read(name).decode() for name in archive.namelist()
        }
    return json.loads(texts["json"]), texts["html"]


# --- What is in it --------------------------------------------------------------------------


def fill(people, role: Role, word: str, group, organisation) -> User:
    """Something of each sort that is this person's, each with this word; gives the person."""
    user = people[role]
    User.objects.filter(pk=user.pk).update(first_name=f"Nom{word}", function_fr=f"Fonction {word}")
    user.refresh_from_db()
    EmailAddress.objects.filter(user=user).update(verified=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": f"SECRET{word}"})
    UserSession.objects.create(
        user=user, ip="127.0.0.1", session_key=word, user_agent=f"Navigateur {word}"
    )
    audience = Audience.objects.for_tokens({"member"})
    document = PortalDocument(title=f"Titre {word}", audience=audience, uploaded_by_user=user)
    document.file.save(f"fichier-{word}.txt", ContentFile(b"x"))
    own = {"group": group, "audience": audience, "wanted": audience}
    SharedItem.objects.create(author=user, title=f"Info {word}", text=f"Texte {word}", **own)
    SharedItem.objects.create(
        author=people[Role.MODERATOR],
        decided_by=user,
        title="D’un autre",
        answer=f"Avis {word}",
        decided_at=timezone.now(),
        **own,
    )
    JoinRequest.objects.create(group=group, user=user, message=f"Demande {word}")
    JoinRequest.objects.create(
        group=group,
        user=people[Role.MODERATOR],
        message="autrui",
        answered_by=user,
        answer=f"Réponse {word}",
        answered_at=timezone.now(),
        state="refused",
    )
    GroupContact.objects.create(group=group, function_fr=f"Contact {word}", holder=user)
    OrganisationContact.objects.create(
        organisation=organisation, function_fr=f"Tenue {word}", holder=user, audience=audience
    )
    save_record(
        actor=user, organisation=organisation, values={"note_fr": f"mots de la fiche {role}"}
    )
    OrganisationDraft.objects.create(
        organisation=organisation, user=user, data={"summary_fr": [f"Brouillon {word}"]}
    )
    ErrorReport.objects.create(organisation=organisation, reporter=user, text=f"Erreur {word}")
    ErrorReport.objects.create(
        organisation=organisation,
        text="erreur d’autrui",
        answered_by=user,
        answer=f"Corrigé {word}",
        answered_at=timezone.now(),
    )
    ContactMessage.objects.create(
        site=people["site"],
        subject="help",
        text=f"Message {word}",
        email=user.email.upper(),
        once=word,
    )
    ContactMessage.objects.create(
        site=people["site"],
        subject="help",
        text="message d’autrui",
        once=f"{word}-2",
        answered_by=user,
        note=f"Note {word}",
        answered_at=timezone.now(),
    )
    log(instance=organisation, action="directory.verify", user=user)
    choose(user=user, choices={"accounts.export": "weekly"})
    return user


@pytest.fixture
def two(people, network) -> dict[str, User]:
    from coordination.directory.models import Organisation
    from groupes.models import WorkingGroup

    group = WorkingGroup.objects.get(slug="groupe-a")
    organisation = Organisation.objects.get(slug="organisme-a")
    everybody = {**people, "site": network.site}
    return {
        "zorvalq": fill(everybody, Role.PILOT, "zorvalq", group, organisation),
        "pemdrux": fill(everybody, Role.REPRESENTATIVE, "pemdrux", group, organisation),
    }


def test_each_copy_holds_ones_own_words_and_none_of_the_others(two):
    # What one wrote: each is in the JSON and on the page.
    wanted = (
        *("Nom{}", "Fonction {}", "Titre {}", "Info {}", "Texte {}", "Avis {}", "Demande {}"),
        *("Réponse {}", "Contact {}", "Tenue {}", "Brouillon {}", "Erreur {}", "Corrigé {}"),
        *("Message {}", "Note {}", "Navigateur {}"),
    )
    for word, user in two.items():
        values, page = contents(ask(user))
        text = json.dumps(values, ensure_ascii=False)
        for pattern in wanted:
            assert pattern.format(word) in text, pattern
            assert pattern.format(word) in page, pattern
        other = next(o for o in two if o != word)
        for secret in (other, "SECRET", "autrui", "mots de la fiche", two[other].email):
            assert secret.lower() not in text.lower(), secret
            assert secret.lower() not in page.lower(), secret
        assert values["data"].keys() == {data.key for data in personal_data()}
        assert values["data"]["factors"][0]["kind"] == "application qui donne un code"
        assert values["data"]["record_changes"][0]["fields"] == ["à savoir, en français"]
        assert values["data"]["notification_choices"][0]["when"] == "une fois par semaine"


def test_rows_hold_only_what_their_sort_declares(two):
    for data in personal_data():
        for row in data.collect(two["zorvalq"]):
            assert row.keys() <= data.fields.keys(), data.key


def test_the_page_stands_alone_in_the_persons_language(people):
    User.objects.filter(pk=people[Role.MEMBER].pk).update(language="nl")
    _values, page = contents(ask(User.objects.get(pk=people[Role.MEMBER].pk)))
    assert '<html lang="nl">' in page
    for outside in ("http://", "https://", "src=", "<script", "@import", "url("):
        assert outside not in page


def test_an_address_that_nobody_confirmed_opens_no_message(people, network):
    ContactMessage.objects.create(
        site=network.site,
        subject="help",
        text="Un secret",
        email=people[Role.MEMBER].email,
        once="a",
    )
    EmailAddress.objects.filter(user=people[Role.MEMBER]).update(verified=False)
    values, _page = contents(ask(people[Role.MEMBER]))
    assert values["data"]["contact_messages"] == []


def test_what_one_may_not_know_any_more_is_not_named(two):
    from coordination.directory.models import Organisation

    user = two["zorvalq"]
    Organisation.objects.update(audience=Audience.objects.for_tokens(set()))
    values, _page = contents(ask(User.objects.get(pk=user.pk)))
    assert values["data"]["record_changes"][0]["organisation"] == ""
    assert "Organisme A" not in json.dumps(values["data"]["actions"])


# --- How it is asked for and fetched --------------------------------------------------------


def test_asking_and_fetching_on_the_screen(clients, people, django_capture_on_commit_callbacks):
    client = clients[Role.MEMBER]
    with django_capture_on_commit_callbacks():
        client.post(URL)
    copy = DataExport.objects.get()
    assert "se prépare" in client.get(URL).content.decode()
    make_copy.call(copy.pk)
    copy.refresh_from_db()
    text = client.get(URL).content.decode()
    assert "Votre copie est prête" in text
    link = reverse("accounts_data_copy", args=[copy.pk])
    assert link in text
    response = client.get(link)
    assert zipfile.is_zipfile(io.BytesIO(read(response)))
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert "attachment" in response["Content-Disposition"]
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.PILOT):
        assert clients[role].get(link).status_code == 404
    assert clients[Role.VISITOR].get(link).status_code == 302
    # Nor by the address under which files are kept.
    for role in (Role.MEMBER, Role.ADMINISTRATOR):
        assert clients[role].get(copy.file.url).status_code == 404


def test_opening_a_screen_or_a_copy_changes_nothing(clients, people):
    copy = ask(people[Role.MEMBER])
    before = DataExport.objects.values().get()
    for path in (URL, reverse("accounts_data_copy", args=[copy.pk])):
        read(clients[Role.MEMBER].get(path))
    clients[Role.MEMBER].head(URL)
    assert DataExport.objects.values().get() == before


def test_it_is_told_once_it_is_ready_and_only_as_long_as_it_is_kept(people):
    copy = ask(people[Role.MEMBER])
    row = Notification.objects.get()
    assert (row.user, row.kind, row.about) == (people[Role.MEMBER], "accounts.export", copy.pk)
    assert len(tell(people[Role.MEMBER], [row])) == 1
    assert tell(people[Role.PILOT], [row]) == []
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        assert tell(people[Role.MEMBER], [row]) == []


def test_a_week_later_it_is_gone_with_its_file(clients, people, django_capture_on_commit_callbacks):
    copy = ask(people[Role.MEMBER])
    storage, name = copy.file.storage, copy.file.name
    assert not DataExport.objects.expired().exists()
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, seconds=1), tick=False):
        link = reverse("accounts_data_copy", args=[copy.pk])
        assert client_of(people[Role.MEMBER]).get(link).status_code == 404
        with django_capture_on_commit_callbacks(execute=True):
            assert DataExport.objects.expired().delete()[0] == 1
    assert not storage.exists(name)


def test_the_job_does_nothing_the_second_time(people):
    copy = ask(people[Role.MEMBER])
    make_copy.call(copy.pk)
    make_copy.call(copy.pk + 1000)
    again = DataExport.objects.get()
    assert (again.file.name, again.ready_at) == (copy.file.name, copy.ready_at)
    assert Notification.objects.count() == 1


def test_one_at_a_time_and_three_a_day(people):
    member = people[Role.MEMBER]
    first = ask_for_copy(actor=member)
    assert ask_for_copy(actor=member) == first
    make_copy.call(first.pk)
    assert ask_for_copy(actor=member) == first  # just made: the same one
    now = timezone.now()
    for number in (1, 2):
        with time_machine.travel(now + dt.timedelta(minutes=11 * number)):
            newer = ask(member)
    assert DataExport.objects.count() == 3
    with time_machine.travel(now + dt.timedelta(minutes=23)):
        assert list(DataExport.objects.current()) == [newer]  # nobody fetches the older ones
    with time_machine.travel(now + dt.timedelta(minutes=40)), pytest.raises(ValidationError):
        ask_for_copy(actor=member)
    with time_machine.travel(now + dt.timedelta(days=2)):
        ask_for_copy(actor=member)


def test_a_copy_that_fails_is_said_and_may_be_asked_again(people, clients, monkeypatch):
    from accounts.services import data_export

    copy = ask_for_copy(actor=people[Role.MEMBER])

    def broken(user):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(data_export, "archive_of", broken)
        with pytest.raises(ZeroDivisionError):
            make_copy.call(copy.pk)
    assert "pas pu être faite" in clients[Role.MEMBER].get(URL).content.decode()
    assert ask_for_copy(actor=people[Role.MEMBER]) != copy


def test_a_copy_that_a_dead_worker_left_does_not_block_for_ever(people):
    stuck = ask_for_copy(actor=people[Role.MEMBER])
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
        assert ask_for_copy(actor=people[Role.MEMBER]) != stuck
