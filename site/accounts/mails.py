"""What sign-in tells people by mail: codes, links, and each change of what opens an account.

Every mail leaves through a job, which looks the account up, renders and sends. The request does
the same for an address without an account: the job then finds nobody, and the answer came just as
fast. Links lead to the site of the network, whatever host the request named.
"""

import datetime as dt
import logging
from dataclasses import dataclass
from urllib.parse import quote

from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Site

from accounts.models import User
from core.jobs import TryAgainError, job, later
from core.mail import send_mail
from core.models import NetworkSettings

logger = logging.getLogger("maillage.accounts")

# allauth's mails that carry a code, and the name of ours.
CODES = {
    "account/email/login_code": "account/email/login_code",
    "account/email/email_confirmation": "account/email/address_code",
    "account/email/email_confirmation_signup": "account/email/address_code",
}
# Those that would say whether an address has an account.
SILENT = {"account/email/unknown_account", "account/email/account_already_exists"}
CARRIED = ("code", "ip", "user_agent")
TOLD_EVERY = dt.timedelta(days=1)
GUESSING = "accounts.guessing"


@dataclass(frozen=True)
class Event:
    """A change of what opens an account, as the mail about it says it. `remedy` is what to do when
    it was not the reader, `label` and `url_name` the button that does it."""

    subject: object
    text: object
    remedy: object
    label: object = _("Choisir un autre mot de passe")
    url_name: str = "account_reset_password"


CHOOSE = _("Choisissez tout de suite un autre mot de passe, puis prévenez la coordination.")
LOOK = _(
    "Ouvrez votre page de sécurité, retirez ce que vous ne connaissez pas, puis "
    "prévenez la coordination."
)
SECURITY = {"remedy": LOOK, "label": _("Ouvrir ma page de sécurité"), "url_name": "mfa_index"}
EVENTS = {
    "account/email/password_changed": Event(
        _("Votre mot de passe a changé"),
        _("Le mot de passe de votre compte vient de changer."),
        CHOOSE,
    ),
    "account/email/password_set": Event(
        _("Votre compte a un mot de passe"),
        _("Un mot de passe vient d’être choisi pour votre compte, qui n’en avait pas."),
        CHOOSE,
    ),
    "account/email/password_reset": Event(
        _("Votre mot de passe a changé"),
        _(
            "Un nouveau mot de passe vient d’être choisi pour votre compte, avec un lien "
            "reçu par courriel."
        ),
        CHOOSE,
    ),
    "account/email/email_changed": Event(
        _("L’adresse de votre compte a changé"),
        _(
            "Votre compte ne s’ouvre plus avec cette adresse. Les courriels du portail vont "
            "maintenant à une autre."
        ),
        _("Prévenez tout de suite la coordination : elle seule peut vous rendre votre compte."),
        _("Écrire à la coordination"),
        "contact",
    ),
    "mfa/email/totp_activated": Event(
        _("Une application de codes protège votre compte"),
        _("Une application de codes vient d’être ajoutée à votre compte."),
        **SECURITY,
    ),
    "mfa/email/totp_deactivated": Event(
        _("L’application de codes est retirée"),
        _("L’application de codes ne protège plus votre compte."),
        **SECURITY,
    ),
    "mfa/email/webauthn_added": Event(
        _("Votre compte a une nouvelle clé d’accès"),
        _("Une clé d’accès vient d’être ajoutée à votre compte."),
        **SECURITY,
    ),
    "mfa/email/webauthn_removed": Event(
        _("Une clé d’accès est retirée"),
        _("Une clé d’accès n’ouvre plus votre compte."),
        **SECURITY,
    ),
    "mfa/email/recovery_codes_generated": Event(
        _("Vous avez de nouveaux codes de secours"),
        _(
            "De nouveaux codes de secours viennent d’être faits pour votre compte. Les "
            "anciens ne servent plus."
        ),
        **SECURITY,
    ),
    GUESSING: Event(
        _("Quelqu’un essaie d’ouvrir votre compte"),
        _(
            "Beaucoup de mots de passe ou de codes faux ont été tapés pour votre compte. Il "
            "ne s’est pas ouvert. Les essais sont ralentis pour aujourd’hui ; vous entrez "
            "toujours avec une clé d’accès."
        ),
        _(
            "Si c’était vous, attendez un peu. Sinon, votre compte tient bon : choisissez "
            "un mot de passe plus long, ou ajoutez une clé d’accès."
        ),
    ),
}


@job
def deliver(stem: str, address: str, words: dict, site: int) -> bool:
    """Send the mail that allauth calls `stem`; gives whether it left. Nothing goes to an address
    without an account. A code waits in the table of jobs as it does in the session it belongs to:
    without that browser it opens nothing."""
    person = _person(words.get("person"), address)
    if stem in SILENT or person is None:
        return False
    context = {**words, "person": person}
    if "timestamp" in words:
        context["timestamp"] = dt.datetime.fromisoformat(words["timestamp"])
    if stem in CODES:  # too late a code opens nothing: it is not tried again
        return _send(CODES[stem], address, context, site)
    context["event"] = EVENTS[stem]
    if not _send("account/email/notification", address, context, site):
        raise TryAgainError
    return True


@job
def send_reset_link(address: str, site: int) -> int:
    """Send the link that chooses a new password to whoever has an account with this address; gives
    the number of mails."""
    from allauth.account.forms import default_token_generator

    people = filter_users_by_email(address, is_active=True, prefer_verified=True, for_login=True)
    for person in people:  # one, as addresses are
        key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
        context = {"person": person, "key": key}
        if not _send("account/email/password_reset_key", address, context, site):
            raise TryAgainError
    return len(people)


@job
def tell_guessing(address: str, site: int) -> bool:
    """Somebody guesses at the account of this address: its owner is told and it is noted, once a
    day; gives whether it was done."""
    with transaction.atomic():
        person = User.objects.select_for_update().filter(email=address, is_active=True).first()
        if person is None:
            return False
        since = timezone.now() - TOLD_EVERY
        noted = ModelLogEntry.objects.for_instance(person).filter(action=GUESSING)
        if noted.filter(timestamp__gte=since).exists():
            return False
        log(instance=person, action=GUESSING)
        later(deliver, GUESSING, address, {"person": person.pk}, site)
    return True


def _person(pk: int | None, address: str) -> User | None:
    return User.objects.filter(**({"pk": pk} if pk else {"email": address})).first()


def _send(stem: str, address: str, context: dict, site: int) -> bool:
    """Send in the reader's language; a mail server that fails is noted, never raised."""
    network = NetworkSettings.for_site(Site.objects.get(pk=site))
    person = context["person"]
    language = person.language
    with override(language):
        context |= _links(context, network.site.root_url)
        # An account without function or name is called by its address, which is not for a mailbox
        # that is no longer, or not yet, the account's.
        name = person.display_name
        context["for_whom"] = address if name == person.email else name
    try:
        send_mail(stem, to=[address], context=context, language=language, network=network)
    except Exception as error:  # mail servers and their libraries fail in ways of their own
        # Their words may hold addresses of people: the log does not.
        logger.error("%s was not sent, %s", stem, type(error).__name__)
        return False
    return True


def _links(context: dict, root: str) -> dict[str, str]:
    links = {}
    if event := context.get("event"):
        links["action_url"] = f"{root}{reverse(event.url_name)}"
    if key := context.get("key"):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        links["password_reset_url"] = root + path.replace("UID-KEY", quote(key))
    return links
