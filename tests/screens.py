"""Every screen of the portal, held by the tests of accessibility and of HTML.

A new screen is a row of `SCREENS`: its name, who opens it, where it is. `tests/core/test_html.py`
fails while a full page of ours is shown by none of them.
"""

import json
import mimetypes
import re
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.defaults import server_error
from wagtail.models import Locale, Page

from accounts.models import DataExport, User
from accounts.notifications.links import choices_link, stop_link
from coordination.directory.links import record_link
from coordination.directory.models import ErrorReport, Organisation
from coordination.directory.services.lifecycle import archive
from coordination.directory.services.record import save_record
from coordination.welcome.links import SALT
from coordination.welcome.models import Invitation, Request
from core import mail_folder
from core.help import GUIDES, Guide
from core.language import current_language
from core.models import Audience, NetworkSettings, PortalDocument, PortalImage, UrgentNotice
from groupes.models import JoinRequest, SharedItem, WorkingGroup
from groupes.services.sharing import share_item
from home.demonstration.loader import load
from home.demonstration.pages import stream
from home.demonstration.people import PASSWORD
from home.enums import MailState
from home.models import ContactMessage, HomePage, StandardPage
from home.services.contact import answer_message
from home.tasks import send_receipts
from tests.conftest import client_of, read, run_commit_hooks
from tests.passkey import Passkey
from tests.world import png

HOST = "localhost"
PICTURE = re.compile(r"/fichiers/[^\s\"',]+")
FRAME = re.compile(r'<iframe[^>]* src="([^"]+)"')

VISITOR, MEMBER, WAITING, FORMER = "", "membre", "en.attente", "ancien.membre"
COORDINATOR, EDITOR = "coordination", "communication"
PILOT, COMMITTEE = "pilote.aide.alimentaire", "pilote.comite"
GROUP_MEMBER, KEEPER = "membre.sante.mentale", "representation.malibran"
GUARDED = "pilote.seniors"  # with an application of codes and a passkey
FOOD, MIND = "aide-alimentaire", "sante-mentale"

Address = Callable[["Village"], str]


@dataclass
class Village:
    """The demonstration with something of each kind in it, and the words that addresses need."""

    people: dict[str, User]
    words: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Screen:
    """Who opens which address, what they send to it, what it answers."""

    name: str
    who: str
    at: Address
    send: dict | None = None
    status: int = 200
    times: int = 1
    follow: bool = False
    urgent: bool = False
    forged: bool = False  # sent without the token of its form
    first: Callable[[Client, "Village"], None] | None = None  # what is done before


@dataclass(frozen=True)
class Sheet:
    """What a screen answered, ready to be read without a database."""

    name: str
    address: str
    expected: int
    status: int
    headers: dict[str, str]
    html: str
    templates: frozenset[str]
    pictures: dict[str, tuple[bytes, str]]

    @property
    def is_framed(self) -> bool:
        return "base.html" in self.templates


def view(name: str, *words: str, **query: str) -> Address:
    """The address of a view; a word that the village knows stands for what it names."""

    def address(village: Village) -> str:
        args = [village.words.get(word, word) for word in words]
        return reverse(name, args=args) + (f"?{urlencode(query)}" if query else "")

    return address


def page(path: str = "", query: str = "") -> Address:
    """A page by its French address below the home, in the language of the moment."""

    def address(_village: Village) -> str:
        home = HomePage.objects.get(depth=2, locale__language_code="fr")
        return Page.objects.get(url_path=f"{home.url_path}{path}").localized.url + query

    return address


def guide_page(guide: Guide) -> Address:
    return lambda _village: guide.url(current_language())


def simply(address: str) -> Address:
    return lambda _village: address


def ask_for_code(client: Client, _village: Village) -> None:
    client.post("/compte/connexion/code/", {"email": f"{MEMBER}@maillage-demo.example"})


def half_way(client: Client, village: Village) -> None:
    """The password was right; the second factor is still to come."""
    email = village.people[GUARDED].email
    client.post("/compte/connexion/", {"login": email, "password": PASSWORD})


def prove(client: Client, village: Village) -> None:
    """Who one is was asked a moment ago."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


def change_address(client: Client, village: Village) -> None:
    prove(client, village)
    client.post("/compte/adresse/", {"email": "autre@essai.example"})


def send_code(client: Client, _village: Village) -> None:
    client.post("/compte/confirmation/code/", {"send": "1"})


def without_password(client: Client, village: Village) -> None:
    User.objects.filter(pk=village.people[WAITING].pk).update(password="!")
    client.force_login(User.objects.get(pk=village.people[WAITING].pk))
    prove(client, village)


def elsewhere_too(client: Client, village: Village) -> None:
    """Open on this computer and on a telephone."""
    user = village.people[MEMBER]
    for browser, agent in ((client, "Firefox Windows"), (client_of(user), "Chrome Android")):
        key = browser.session.session_key
        UserSession.objects.create(user=user, ip="127.0.0.1", user_agent=agent, session_key=key)


SCREENS = [
    # Pages
    Screen("home", VISITOR, page()),
    Screen("home with an urgent notice", VISITOR, page(), urgent=True),
    Screen("standard page", VISITOR, page("qui-sommes-nous/")),
    Screen("standard page for members", MEMBER, page("espace-membres/")),
    Screen("page without Dutch, every file", VISITOR, page("essai-sans-neerlandais/")),
    Screen("news list", VISITOR, page("actualites/")),
    Screen("news list, one year", MEMBER, page("actualites/", "?annee=2023")),
    Screen("news list, nothing", VISITOR, page("actualites/", "?annee=1999")),
    Screen("news", VISITOR, page("actualites/le-portail-est-ouvert/")),
    Screen("accessibility statement", VISITOR, page("accessibilite/")),
    Screen("privacy page", VISITOR, page("vie-privee/")),
    # The network
    Screen("members' home", MEMBER, view("space")),
    Screen("members' home with a desk", COORDINATOR, view("space")),
    Screen("components", EDITOR, view("components")),
    Screen("contact", VISITOR, view("contact")),
    Screen("contact with errors", VISITOR, view("contact"), send={"phone": "x"}, status=422),
    Screen(
        "contact with a warning",
        VISITOR,
        view("contact"),
        send={"text": "Mme Dupont, née le 12/03/1981, 85.07.30-033.28"},
        status=422,
    ),
    Screen("contact receipt", VISITOR, view("contact_receipt", "token")),
    Screen("contact receipt, answered", VISITOR, view("contact_receipt", "answered token")),
    Screen("messages", COORDINATOR, view("contact_messages")),
    Screen("message", COORDINATOR, view("contact_message", "message")),
    Screen("message answered", COORDINATOR, view("contact_message", "answered")),
    Screen(
        "message with errors",
        COORDINATOR,
        view("contact_message", "message"),
        send={"note": "long " * 500},
        status=422,
    ),
    Screen("mails in a folder", COORDINATOR, view("core_mails")),
    Screen("mail in a folder", COORDINATOR, view("core_mail", "mail")),
    # Help
    Screen("guides", VISITOR, view("help_index")),
    Screen("guides, one's own", PILOT, view("help_index")),
    *(Screen(f"guide for {guide.key}", VISITOR, guide_page(guide)) for guide in GUIDES),
    # The directory
    Screen("simple list, need", VISITOR, view("directory:organisation_list")),
    Screen("simple list, town", VISITOR, view("directory:organisation_list", theme="manger")),
    Screen(
        "simple list, addresses",
        VISITOR,
        view("directory:organisation_list", theme="manger", commune="ixelles"),
    ),
    Screen("simple list, nothing", VISITOR, view("directory:organisation_list", q="zzzz")),
    Screen("list", MEMBER, view("directory:organisation_list")),
    Screen("list for anybody", VISITOR, view("directory:organisation_list", vue="complete")),
    Screen("simple list for members", MEMBER, view("directory:organisation_list", vue="simple")),
    Screen("list, one page further", MEMBER, view("directory:organisation_list", page="2")),
    Screen(
        "list, filtered",
        COORDINATOR,
        view("directory:organisation_list", theme="manger", famille="rien", q="centre"),
    ),
    Screen("list, nothing", MEMBER, view("directory:organisation_list", q="zzzz")),
    Screen("list on paper", VISITOR, view("directory:organisation_print")),
    Screen("places", VISITOR, view("directory:place_list")),
    Screen("places, nothing", VISITOR, view("directory:place_list", q="zzzz")),
    Screen("record", VISITOR, view("directory:organisation_detail", "record")),
    Screen("record for its people", KEEPER, view("directory:organisation_detail", "record")),
    Screen("bare record", VISITOR, view("directory:organisation_detail", "other")),
    Screen(
        "archived record", VISITOR, view("directory:organisation_detail", "archived"), status=410
    ),
    Screen("record edit", KEEPER, view("directory:organisation_edit", "record")),
    Screen(
        "record edit with errors",
        KEEPER,
        view("directory:organisation_edit", "record"),
        send={"phone": "x", "email": "x", "website": "x"},
        status=422,
    ),
    Screen(
        "record to confirm from a mail",
        VISITOR,
        view("directory:organisation_confirm", "record", "record link"),
    ),
    Screen(
        "record confirmed from a mail",
        VISITOR,
        view("directory:organisation_confirm", "record", "record link"),
        send={},
    ),
    Screen(
        "record link that is over",
        VISITOR,
        view("directory:organisation_confirm", "record", "x"),
        status=410,
    ),
    Screen("record history", KEEPER, view("directory:organisation_history", "record")),
    Screen("record team", KEEPER, view("directory:organisation_team", "record")),
    Screen("record add", COORDINATOR, view("directory:organisation_add")),
    Screen(
        "record add, look-alikes",
        COORDINATOR,
        view("directory:organisation_add"),
        send={"name": "Maison de quartier Malibran"},
        status=422,
    ),
    Screen("record archive", COORDINATOR, view("directory:organisation_archive", "other")),
    Screen(
        "record archive with errors",
        COORDINATOR,
        view("directory:organisation_archive", "other"),
        send={},
        status=422,
    ),
    Screen("merge, choose", COORDINATOR, view("directory:merge_choose", "record", q="maison")),
    Screen("merge", COORDINATOR, view("directory:merge_records", "record", "other")),
    Screen("changes", COORDINATOR, view("directory:change_list")),
    Screen("change taken back", COORDINATOR, view("directory:change_revert", "change")),
    Screen("report", VISITOR, view("directory:organisation_report", "record")),
    Screen(
        "report with errors",
        VISITOR,
        view("directory:organisation_report", "record"),
        send={},
        status=422,
    ),
    Screen("report receipt", VISITOR, view("directory:report_receipt", "report token")),
    Screen("report answer", KEEPER, view("directory:report_answer", "record", "report")),
    Screen(
        "report answer with errors",
        KEEPER,
        view("directory:report_answer", "record", "report"),
        send={},
        status=422,
    ),
    Screen("leave an organisation", GROUP_MEMBER, view("directory:organisation_leave", "canvas")),
    Screen(
        "leave an organisation, last representative",
        KEEPER,
        view("directory:organisation_leave", "record"),
        send={"word": "Un mot."},
        status=422,
    ),
    # Coming in
    Screen("join the network", VISITOR, view("welcome:join")),
    Screen("charter", VISITOR, view("welcome:charter")),
    Screen("person asks", VISITOR, view("welcome:ask_person")),
    Screen(
        "person asks with errors",
        VISITOR,
        view("welcome:ask_person"),
        send={"email": "x", "why": "Mot"},
        status=422,
    ),
    Screen("organisation asks", VISITOR, view("welcome:ask_organisation")),
    Screen(
        "organisation asks with errors",
        VISITOR,
        view("welcome:ask_organisation"),
        send={"email": "x", "phone": "x"},
        status=422,
    ),
    Screen("request receipt", VISITOR, view("welcome:receipt", "request receipt")),
    Screen("request to confirm", VISITOR, view("welcome:follow", "request unconfirmed")),
    Screen("request refused", VISITOR, view("welcome:follow", "request refused")),
    Screen("invitation", VISITOR, view("welcome:invitation", "invitation link")),
    Screen(
        "invitation with errors",
        VISITOR,
        view("welcome:invitation", "invitation link"),
        send={"first_name": "Ada"},
        status=422,
    ),
    Screen("invitation for somebody else", MEMBER, view("welcome:invitation", "invitation link")),
    Screen("invitation over", VISITOR, view("welcome:invitation", "invitation used"), status=410),
    Screen("invitations and requests", COORDINATOR, view("welcome:manage")),
    Screen("invitations that wait", COORDINATOR, view("welcome:manage", etat="invitations")),
    Screen("requests refused", COORDINATOR, view("welcome:manage", etat="refusees")),
    Screen("invitations of an organisation", KEEPER, view("welcome:manage")),
    Screen("no invitation yet", KEEPER, view("welcome:manage", etat="refusees")),
    Screen("invite", COORDINATOR, view("welcome:invite")),
    Screen(
        "invite with errors",
        KEEPER,
        view("welcome:invite"),
        send={"address": "x"},
        status=422,
    ),
    Screen("invite a list", COORDINATOR, view("welcome:invite_many")),
    Screen(
        "invite a list, line by line",
        COORDINATOR,
        view("welcome:invite_many"),
        send={
            "lines": "a@essai.example;Centre Lumen;Accueil\nb\nc@essai.example;Inconnu",
            "role": "worker",
            "language": "fr",
        },
    ),
    Screen(
        "invite a list with errors",
        COORDINATOR,
        view("welcome:invite_many"),
        send={"lines": "a@essai.example;Inconnu", "invite": "1", "line": "1"},
        status=422,
    ),
    Screen("invitation detail", COORDINATOR, view("welcome:invitation_detail", "invitation")),
    Screen("request of a person", COORDINATOR, view("welcome:request_answer", "request person")),
    Screen(
        "request of an organisation with errors",
        COORDINATOR,
        view("welcome:request_answer", "request organisation"),
        send={"decision": "refuse"},
        status=422,
    ),
    Screen("request answered", COORDINATOR, view("welcome:request_answer", "request closed")),
    Screen("charter edit", COORDINATOR, view("welcome:charter_edit")),
    Screen(
        "charter edit with errors",
        COORDINATOR,
        view("welcome:charter_edit"),
        send={},
        status=422,
    ),
    # Groups
    Screen("groups", VISITOR, page("groupes/")),
    Screen("group", VISITOR, page(f"groupes/{FOOD}/")),
    Screen("group for its people", PILOT, page(f"groupes/{FOOD}/")),
    Screen("committee", COMMITTEE, page("groupes/comite-accompagnement/")),
    Screen("group page", VISITOR, page(f"groupes/{FOOD}/repas-et-colis-en-2023/")),
    Screen("group page for its people", PILOT, page(f"groupes/{FOOD}/nos-regles-de-travail/")),
    Screen("group space", GROUP_MEMBER, view("groupes:space", MIND)),
    Screen("group space of a pilot", PILOT, view("groupes:space", FOOD)),
    Screen(
        "new folder with errors",
        PILOT,
        view("groupes:folders", FOOD),
        send={"name_nl": "Map"},
        status=422,
    ),
    Screen("share", GROUP_MEMBER, view("groupes:share", MIND)),
    Screen(
        "share with errors",
        GROUP_MEMBER,
        view("groupes:share", MIND),
        send={"link": "x"},
        status=422,
    ),
    Screen(
        "share with a warning",
        GROUP_MEMBER,
        view("groupes:share", MIND),
        send={"title": "85.07.30-033.28", "text": "Fatima B., rue Gray 12 bte 3"},
        status=422,
    ),
    Screen("shared item", VISITOR, view("groupes:item", FOOD, "item")),
    Screen("shared item to decide", PILOT, view("groupes:item", FOOD, "pending")),
    Screen("shared item edited", PILOT, view("groupes:item_edit", FOOD, "item")),
    Screen("join", MEMBER, view("groupes:join", MIND)),
    Screen("join with errors", MEMBER, view("groupes:join", MIND), send={}, status=422),
    Screen("join, already asked", MEMBER, view("groupes:join", FOOD)),
    Screen("leave", GROUP_MEMBER, view("groupes:leave", MIND)),
    Screen("leave, last pilot", PILOT, view("groupes:leave", FOOD)),
    Screen(
        "leave, last pilot with errors", PILOT, view("groupes:leave", FOOD), send={}, status=422
    ),
    Screen("group to do", PILOT, view("groupes:todo", FOOD)),
    Screen("group nothing to do", COORDINATOR, view("groupes:todo", "seniors")),
    Screen("request to join", PILOT, view("groupes:request", FOOD, "asked")),
    # Accounts
    Screen("account", PILOT, view("accounts_profile")),
    Screen("account that waits", WAITING, view("accounts_profile")),
    Screen("notifications", PILOT, view("accounts_notifications")),
    Screen("no notification", EDITOR, view("accounts_notifications")),
    Screen("notification choices", PILOT, view("accounts_notification_choices")),
    Screen(
        "notification choices with errors",
        PILOT,
        view("accounts_notification_choices"),
        send={},
        status=422,
    ),
    Screen(
        "notification choices from a mail",
        VISITOR,
        view("accounts_notification_link", "choices token"),
    ),
    Screen("notifications to stop", VISITOR, view("accounts_notification_stop", "stop token")),
    Screen(
        "notifications stopped",
        VISITOR,
        view("accounts_notification_stop", "stop token"),
        send={},
    ),
    Screen(
        "link that opens nothing",
        VISITOR,
        view("accounts_notification_link", "other"),
        status=404,
    ),
    Screen("account of a former member", FORMER, view("accounts_profile")),
    Screen("profile", MEMBER, view("accounts_own_profile")),
    Screen(
        "profile with errors",
        MEMBER,
        view("accounts_own_profile"),
        send={"first_name": "a" * 81},
        status=422,
    ),
    Screen("copy of one's data", MEMBER, view("accounts_data")),
    Screen("copy of one's data on its way", PILOT, view("accounts_data")),
    Screen("copy of one's data, ready", KEEPER, view("accounts_data")),
    Screen("copy of one's data, failed", WAITING, view("accounts_data")),
    Screen("account to delete", MEMBER, view("accounts_delete")),
    Screen("account to delete, held alone", PILOT, view("accounts_delete")),
    Screen("account to delete, last of the office", COORDINATOR, view("accounts_delete")),
    Screen("account of another to delete", COORDINATOR, view("accounts_delete_for", "leaver")),
    Screen("account deleted", VISITOR, view("accounts_deleted")),
    Screen("functions handed over", KEEPER, view("accounts_hand_over")),
    Screen(
        "functions handed over with errors",
        KEEPER,
        view("accounts_hand_over"),
        send={},
        status=422,
    ),
    Screen("no function to hand over", WAITING, view("accounts_hand_over")),
    Screen("sign-in", VISITOR, view("account_login")),
    Screen(
        "sign-in with errors",
        VISITOR,
        view("account_request_login_code"),
        send={"email": "qui"},
    ),
    Screen(
        "sign-in by password",
        VISITOR,
        view("account_login"),
        send={"email": "qui@essai.example"},
    ),
    Screen(
        "sign-in by password with errors",
        VISITOR,
        view("account_login"),
        send={"login": "qui@essai.example", "password": "faux"},
    ),
    Screen("code asked", VISITOR, view("account_confirm_login_code"), first=ask_for_code),
    Screen(
        "code asked with errors",
        VISITOR,
        view("account_confirm_login_code"),
        send={"code": "1"},
        first=ask_for_code,
    ),
    Screen("second factor", VISITOR, view("mfa_authenticate"), first=half_way),
    Screen(
        "second factor with errors",
        VISITOR,
        view("mfa_authenticate"),
        send={"code": "1"},
        first=half_way,
    ),
    Screen("security", MEMBER, view("mfa_index")),
    Screen("security with factors", GUARDED, view("mfa_index")),
    Screen("application added", MEMBER, view("mfa_activate_totp"), first=prove),
    Screen(
        "application added with errors",
        MEMBER,
        view("mfa_activate_totp"),
        send={"code": "1"},
        first=prove,
    ),
    Screen("application removed", GUARDED, view("mfa_deactivate_totp"), first=prove),
    Screen("passkey added", MEMBER, view("mfa_add_webauthn"), first=prove),
    Screen("passkey renamed", GUARDED, view("mfa_edit_webauthn", "passkey"), first=prove),
    Screen("passkey removed", GUARDED, view("mfa_remove_webauthn", "passkey"), first=prove),
    Screen("recovery codes to show", GUARDED, view("mfa_view_recovery_codes")),
    Screen("recovery codes shown", GUARDED, view("mfa_view_recovery_codes"), send={}, first=prove),
    Screen("recovery codes made", GUARDED, view("mfa_generate_recovery_codes"), first=prove),
    Screen("devices", MEMBER, view("usersessions_list"), first=elsewhere_too),
    Screen("address", MEMBER, view("account_email")),
    Screen(
        "address with errors",
        MEMBER,
        view("account_email"),
        send={"email": "x"},
    ),
    Screen(
        "address to confirm",
        MEMBER,
        view("account_email_verification_sent"),
        first=change_address,
    ),
    Screen("first password", WAITING, view("account_set_password"), first=without_password),
    Screen("it is me, by code", MEMBER, view("account_reauthenticate_by_code")),
    Screen("it is me, code sent", MEMBER, view("account_reauthenticate_by_code"), first=send_code),
    Screen("it is me, by application", GUARDED, view("mfa_reauthenticate")),
    Screen("it is me, by passkey", GUARDED, view("mfa_reauthenticate_webauthn")),
    Screen("sign-out", MEMBER, view("account_logout")),
    Screen("account put to rest", VISITOR, view("account_inactive")),
    Screen("password again", MEMBER, view("account_reauthenticate")),
    Screen("password change", MEMBER, view("account_change_password")),
    Screen(
        "password change with errors",
        MEMBER,
        view("account_change_password"),
        send={"oldpassword": "x", "password1": "a", "password2": "b"},
    ),
    Screen("password forgotten", VISITOR, view("account_reset_password")),
    Screen(
        "password forgotten with errors",
        VISITOR,
        view("account_reset_password"),
        send={"email": "x"},
    ),
    Screen("password letter sent", VISITOR, view("account_reset_password_done")),
    Screen(
        "password chosen anew",
        VISITOR,
        view("account_reset_password_from_key", "uid", "key"),
        follow=True,
    ),
    Screen(
        "password letter too old", VISITOR, view("account_reset_password_from_key", "uid", "1-a")
    ),
    Screen("password chosen", VISITOR, view("account_reset_password_from_key_done")),
    # What goes wrong
    Screen("not found", VISITOR, view("directory:organisation_detail", "nulle-part"), status=404),
    Screen("form too old", VISITOR, view("account_login"), send={}, status=403, forged=True),
    Screen(
        "too many tries",
        MEMBER,
        view("account_change_password"),
        send={"oldpassword": "x"},
        status=429,
        times=6,
    ),
    Screen("failure", VISITOR, simply("/500/"), status=500),
]
NAMES = [screen.name for screen in SCREENS]


def build_village() -> Village:
    cache.clear()
    load(host=HOST, port=80)
    run_commit_hooks()
    people = {user.email.partition("@")[0]: user for user in User.objects.all()}
    village = Village(people)
    _fill_network(village)
    _fill_directory(village)
    _fill_group(village)
    _fill_welcome(village)
    village.words |= {
        "item": SharedItem.objects.visible_to(AnonymousUser()).filter(group__slug=FOOD).first().pk,
        "asked": JoinRequest.objects.filter(group__slug=FOOD).first().pk,
        "uid": user_pk_to_url_str(people[MEMBER]),
        "choices token": _token(choices_link(people[PILOT])),
        "stop token": _token(stop_link(people[PILOT], ["groupes.shared"])),
        "key": default_token_generator.make_token(people[MEMBER]),
        "passkey": _guard(people[GUARDED]),
        "record link": _token(
            record_link(people[KEEPER], Organisation.objects.get(pk=village.words["record pk"]))
        ),
    }
    _fill_copies(village)
    run_commit_hooks()
    return village


def _guard(user: User) -> int:
    """An application of codes, recovery codes and a passkey; gives the passkey."""
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    credential = json.loads(Passkey().create("abcd"))
    return WebAuthn.add(user, "Mon téléphone", credential).instance.pk


def _fill_network(village: Village) -> None:
    identity = NetworkSettings.objects.get()
    identity.email = "reseau@essai.example"
    identity.save()
    home = HomePage.objects.get(pk=identity.site.root_page_id)
    untranslated = home.add_child(
        instance=StandardPage(
            title="En français seulement",
            slug="essai-sans-neerlandais",
            intro="Pas encore traduit.",
            body=stream("essai", _files(village)),
        )
    )
    untranslated.copy_for_translation(Locale.objects.get(language_code="nl"), alias=True)
    untranslated.save_revision().publish()
    UrgentNotice.objects.create(
        site=identity.site,
        title_fr="Grand froid.",
        title_nl="Strenge kou.",
        text_fr="L’accueil de nuit est ouvert sans inscription.",
        text_nl="De nachtopvang is open zonder inschrijving.",
        phone="02 123 45 67",
        page=untranslated,
        ends_at=timezone.now(),
    )
    written = {"site": identity.site, "subject": "help", "email": "voisine@essai.example"}
    text = "Bonjour,\n\nje cherche une épicerie sociale."
    message = ContactMessage.objects.create(
        **written, text=text, once="a", name="Une voisine", sender_mail=MailState.WAITING
    )
    send_receipts.call(message.pk)
    message.refresh_from_db()
    answered = ContactMessage.objects.create(**written, text=text, once="b")
    answer_message(
        actor=village.people[COORDINATOR], message=answered, note="Voici une adresse.", tell=False
    )
    village.words |= {
        "message": message.pk,
        "token": message.token,
        "answered": answered.pk,
        "answered token": answered.token,
        "mail": mail_folder.newest()[0],
    }


def _files(village: Village) -> list[dict]:
    """The blocks that the demonstration's own pages do not have: a picture, a document, a film."""
    public = Audience.objects.for_tokens({"public"})
    owner = {"audience": public, "uploaded_by_user": village.people[COORDINATOR]}
    image = PortalImage(title="Une table", **owner)
    image.file = ContentFile(png(), name="table.png")
    image.save()
    document = PortalDocument(title="Une affiche", **owner)
    document.file.save("affiche.txt", ContentFile(b"une affiche"))
    picture = {"image": image.pk, "alt": "Une table mise", "caption": "Rue des Aulnes"}
    film = {"title": "Un film", "address": "https://film.example/un", "duration": "3 minutes"}
    return [
        {"type": "image", "value": picture},
        {"type": "documents", "value": {"title": "À lire", "documents": [document.pk]}},
        {"type": "video", "value": film},
    ]


def _token(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def _fill_directory(village: Village) -> None:
    coordinator = village.people[COORDINATOR]
    record = Organisation.objects.get(name="Maison de quartier Malibran")
    others = Organisation.objects.exclude(pk=record.pk).filter(parent=None, children=None)
    other, archived = others.filter(phone="").order_by("pk")[:2]
    archive(actor=coordinator, organisation=archived, note="L’association a fermé.")
    change = save_record(
        actor=coordinator, organisation=record, values={"note_fr": "Sonner à la porte bleue."}
    )
    report = ErrorReport.objects.create(organisation=record, text="Le numéro a changé.")
    village.words |= {
        "record": record.slug,
        "record pk": record.pk,
        "other": other.slug,
        "archived": archived.slug,
        "change": change.pk,
        "report": report.pk,
        "report token": report.token,
    }


def _fill_group(village: Village) -> None:
    pending = share_item(
        actor=village.people["representation.css"],
        group=WorkingGroup.objects.get(slug=FOOD),
        title="Une soupe pour tous",
        text="Chaque jeudi, à midi.",
        scope="public",
    )
    village.words["pending"] = pending.pk


def _fill_copies(village: Village) -> None:
    now = timezone.now()
    for who, state in ((PILOT, "asked"), (WAITING, "failed")):
        DataExport.objects.create(user=village.people[who], state=state)
    until = now + timedelta(days=7)
    DataExport.objects.create(
        user=village.people[KEEPER], state="ready", ready_at=now, expires_at=until
    )
    village.words["leaver"] = village.people[PILOT].pk


def _fill_welcome(village: Village) -> None:
    requests = {asked.once: asked for asked in Request.objects.all()}
    waiting = Invitation.objects.waiting().order_by("-asked_at")[0]
    used = Invitation.objects.get(state="accepted")
    village.words |= {
        "canvas": Organisation.objects.get(name="Centre le Canvas").slug,
        "request receipt": requests["demonstration-organisme"].receipt,
        "request unconfirmed": requests["demonstration-a-confirmer"].secret,
        "request refused": requests["demonstration-refusee"].secret,
        "request person": requests["demonstration-attend"].pk,
        "request organisation": requests["demonstration-organisme"].pk,
        "request closed": requests["demonstration-refusee"].pk,
        "invitation": waiting.pk,
        "invitation link": signing.dumps(waiting.pk, salt=SALT),
        "invitation used": signing.dumps(used.pk, salt=SALT),
    }


def fetch_all(language: str) -> dict[str, Sheet]:
    """What every screen answers in a language, by name."""
    mails = {"EMAIL_BACKEND": mail_folder.BACKEND}
    mails["EMAIL_FILE_PATH"] = str(settings.TEST_FOLDER / f"courriels-{language}")
    with _borrowed_database(), override_settings(**mails):
        village = build_village()
        with override(language):
            return {screen.name: fetch(screen, village) for screen in SCREENS}


@contextmanager
def _borrowed_database():
    """Whatever happens in there has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


def fetch(screen: Screen, village: Village) -> Sheet:
    cache.clear()
    UrgentNotice.objects.update(ends_at=timezone.now() + timedelta(days=1 if screen.urgent else -1))
    client = client_of(village.people[screen.who] if screen.who else None)
    client.handler.enforce_csrf_checks = screen.forged
    client.defaults["SERVER_NAME"] = HOST
    address = screen.at(village)
    with override(None):
        if screen.first is not None:
            screen.first(client, village)
        for _ in range(screen.times):
            response = _ask(client, screen, address)
        html = read(response).decode()
        shown = [*PICTURE.findall(html), *FRAME.findall(html)]
        pictures = {path: _picture(client, path) for path in shown}
    return Sheet(
        name=screen.name,
        address=response.wsgi_request.path if screen.follow else address,
        expected=screen.status,
        status=response.status_code,
        headers=dict(response.items()),
        html=html,
        templates=frozenset(t.name for t in getattr(response, "templates", []) if t.name),
        pictures=pictures,
    )


def _ask(client: Client, screen: Screen, address: str):
    if screen.status == 500:
        return server_error(RequestFactory().get(address))
    if screen.send is not None:
        # A browser sends the form's token, so that nothing written is still something sent.
        return client.post(address, {"csrfmiddlewaretoken": "", **screen.send})
    return client.get(address, follow=screen.follow)


def _picture(client: Client, path: str) -> tuple[bytes, str]:
    response = client.get(path)
    kind = mimetypes.guess_type(path)[0] or response.headers.get("Content-Type", "")
    return read(response), kind
