"""One's own page: what each person finds there, and what they say of themselves."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts.models import User
from tests.conftest import client_of
from tests.people import Role

pytestmark = pytest.mark.django_db


def page(client, path: str = "/compte/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_member_finds_every_screen_that_exists(clients):
    text = page(clients[Role.PILOT])
    own = ("accounts_own_profile", "accounts_data", "accounts_delete", "accounts_hand_over")
    access = ("account_email", "account_change_password", "mfa_index", "usersessions_list")
    for name in (*own, *access, "accounts_notification_choices"):
        assert f'href="{reverse(name)}"' in text
    assert reverse("groupes:leave", args=["groupe-a"]) in text


@pytest.mark.parametrize("role", [Role.WAITING, Role.FORMER])
def test_whoever_is_no_member_finds_what_concerns_them(clients, role):
    text = page(clients[role])
    assert reverse("accounts_data") in text
    assert reverse("accounts_delete") in text
    assert reverse("accounts_notification_choices") not in text
    assert ("accord de la coordination" in text) == (role is Role.WAITING)
    assert ("plus membre du réseau" in text) == (role is Role.FORMER)


def test_what_somebody_says_of_themselves_is_kept_and_logged_without_the_words(people, clients):
    url = reverse("accounts_own_profile")
    sent = {"first_name": " Ana\u200b ", "function_fr": "Accueil", "language": "nl"}
    assert clients[Role.MEMBER].post(url, sent).status_code == 302
    member = User.objects.get(pk=people[Role.MEMBER].pk)
    assert (member.first_name, member.function_fr, member.language) == ("Ana", "Accueil", "nl")
    assert "accueil" in member.search_text
    entry = ModelLogEntry.objects.get(action="accounts.profile")
    assert entry.data == {"fields": ["first_name", "function_fr", "language"]}
    assert "langue" in str(entry.message)
    # The same again changes nothing, and is not logged.
    clients[Role.MEMBER].post(url, sent)
    assert ModelLogEntry.objects.filter(action="accounts.profile").count() == 1


def test_a_language_that_does_not_exist_is_refused_and_nothing_is_lost(clients):
    sent = {"first_name": "Ana", "language": "xx"}
    response = clients[Role.MEMBER].post(reverse("accounts_own_profile"), sent)
    assert response.status_code == 422
    assert 'value="Ana"' in response.content.decode()


def test_the_other_language_is_offered_and_not_imposed(people, clients):
    User.objects.filter(pk=people[Role.MEMBER].pk).update(language="nl")
    assert 'hreflang="nl" lang="nl">Deze pagina' in page(clients[Role.MEMBER])
    assert "Deze pagina in het" not in page(clients[Role.MEMBER], "/nl/account/")


def test_the_admin_speaks_the_persons_language_until_another_is_chosen_there(people):
    User.objects.filter(pk=people[Role.EDITOR].pk).update(language="nl")
    client = client_of(people[Role.EDITOR])
    home = reverse("wagtailadmin_home")
    assert 'lang="nl"' in client.get(home).content.decode()
    assert not UserProfile.objects.filter(user=people[Role.EDITOR]).exists()  # only read
    account = reverse("wagtailadmin_account")
    client.get(account)
    assert 'lang="nl"' in client.get(home).content.decode()
    # Names are optional: Wagtail's own page saves without them.
    sent = {"locale-preferred_language": "fr", "theme-theme": "system"}
    sent |= {"theme-contrast": "system", "theme-density": "default"}
    sent |= {"theme-keyboard_shortcuts": "on"}
    assert client.post(account, sent).status_code == 302
    assert 'lang="fr"' in client.get(home).content.decode()
