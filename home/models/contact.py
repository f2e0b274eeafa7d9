import datetime as dt
import secrets

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from home.enums import ContactSubject, MailState

# No letter or digit that sounds or looks like another on the telephone.
ALPHABET = "2345679ACEFHJKLMNPQRTUVWXY"
MAX_TEXT = 5000  # characters
MAX_NOTE = 2000


def new_token() -> str:
    return secrets.token_urlsafe(24)


def new_reference() -> str:
    """« C-7KQ4-2M »: short enough to be read aloud."""
    letters = "".join(secrets.choice(ALPHABET) for _position in range(6))
    return f"C-{letters[:4]}-{letters[4:]}"


class ContactMessageQuerySet(models.QuerySet):
    def current(self) -> "ContactMessageQuerySet":
        """Those that are still kept: after `CONTACT_MESSAGE_DAYS` nobody reads them any more."""
        return self.filter(at__gt=oldest_kept())

    def expired(self) -> "ContactMessageQuerySet":
        return self.filter(at__lte=oldest_kept())

    def readable_by(self, user) -> "ContactMessageQuerySet":
        """Those of the networks that this person oversees."""
        from core.visibility import reach_of

        return self.current().filter(site__in=reach_of(user).networks)


def oldest_kept() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=settings.CONTACT_MESSAGE_DAYS)


class ContactMessage(models.Model):
    """What somebody wrote to the network, with its receipt (requirement R199). Whoever holds the
    receipt's address may follow it."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    reference = models.CharField(
        _("référence"), max_length=12, unique=True, default=new_reference, editable=False
    )
    once = models.CharField(max_length=64, unique=True, editable=False)  # of forms.robots
    subject = models.CharField(_("sujet"), max_length=20, choices=ContactSubject.choices)
    text = models.TextField(_("message"), max_length=MAX_TEXT)
    name = models.CharField(_("nom"), max_length=120, blank=True, default="")
    phone = models.CharField(
        _("téléphone"),
        max_length=30,
        blank=True,
        default="",
        validators=[
            RegexValidator(
                r"^[0-9+ ./()-]{6,30}$", _("Écrivez un numéro de téléphone, comme 02 123 45 67.")
            )
        ],
    )
    email = models.EmailField(_("adresse électronique"), blank=True, default="")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fr")
    at = models.DateTimeField(_("reçu le"), auto_now_add=True)
    # The receipt to the sender, its copy to the network's mailbox, and the answer.
    sender_mail = models.CharField(
        max_length=20, choices=MailState.choices, default=MailState.NONE, editable=False
    )
    network_mail = models.CharField(
        max_length=20, choices=MailState.choices, default=MailState.NONE, editable=False
    )
    answer_mail = models.CharField(
        max_length=20, choices=MailState.choices, default=MailState.NONE, editable=False
    )
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("réponse"), max_length=MAX_NOTE, blank=True, default="")

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message reçu")
        verbose_name_plural = _("messages reçus")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["site", "-at"], name="home_message_site_at")]

    def __str__(self) -> str:
        return self.reference

    @property
    def receipt_url(self) -> str:
        return reverse("contact_receipt", args=[self.token])

    @property
    def url(self) -> str:
        return reverse("contact_message", args=[self.pk])

    @property
    def who(self) -> str:
        return self.name or gettext("quelqu’un qui n’a pas dit son nom")

    @property
    def can_be_answered(self) -> bool:
        return bool(self.phone or self.email)
