"""The dossier of a proposed event, what moderators answered, and the words exchanged."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agenda.enums import OPEN_STATES, ProposalMail, ProposalState, Side
from agenda.models.event import Event
from coordination.directory.models import Organisation
from core import references
from core.models import SentQuerySet

MAX_ANSWER = 1000  # characters


def new_reference() -> str:
    """« A-7KQ4-2M »."""
    return references.new_reference("A")


class ProposalQuerySet(SentQuerySet):
    UNCONFIRMED, WAITING = ProposalState.UNCONFIRMED, ProposalState.WAITING
    CONFIRM_DAYS, KEPT_DAYS = "PROPOSAL_CONFIRM_DAYS", "PROPOSAL_DAYS"


class Proposal(models.Model):
    """What somebody sent for one event, now or again, from the receipt to the answer.

    `receipt` is the key of what whoever sent the form sees at once; `secret`, which is only in the
    mail of somebody without an account, that of the page where the address is confirmed and the
    proposal followed, changed or withdrawn.
    """

    event = models.OneToOneField(Event, models.CASCADE, related_name="proposal")
    state = models.CharField(_("état"), max_length=20, choices=ProposalState.choices)
    receipt = models.CharField(
        max_length=40, unique=True, default=references.new_token, editable=False
    )
    secret = models.CharField(
        max_length=40, unique=True, default=references.new_token, editable=False
    )
    reference = models.CharField(
        _("référence"), max_length=12, unique=True, default=new_reference, editable=False
    )
    once = models.CharField(max_length=64, unique=True, editable=False)  # of forms.robots
    language = models.CharField(_("langue"), max_length=2, choices=settings.LANGUAGES, default="fr")
    # Of whoever has no account; the others are told through it.
    email = models.EmailField(_("adresse électronique"), blank=True, default="")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("envoyé par"),
    )
    # The version that was sent last.
    revision = models.ForeignKey(
        "wagtailcore.Revision", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("proposé le"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("envoyé le"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("adresse confirmée le"), null=True, editable=False)
    closed_at = models.DateTimeField(_("répondu ou retiré le"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("répondu par"),
    )
    answer = models.TextField(
        _("réponse"),
        max_length=MAX_ANSWER,
        validators=[MaxLengthValidator(MAX_ANSWER)],
        blank=True,
        default="",
    )
    mail = models.CharField(
        max_length=20,
        choices=ProposalMail.choices,
        blank=True,
        default=ProposalMail.NONE,
        editable=False,
    )
    mail_claimed_at = models.DateTimeField(null=True, editable=False)  # somebody is sending it

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("événement proposé")
        verbose_name_plural = _("événements proposés")
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["state", "sent_at"], name="agenda_proposal_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "changes"]) | ~Q(answer=""),
                name="agenda_proposal_answered_with_a_word",
                violation_error_message=_("Un refus s’explique : écrivez un mot."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def url(self) -> str:
        """Where moderators answer it."""
        return reverse("agenda_moderation_event", args=[self.pk])

    @property
    def receipt_url(self) -> str:
        return reverse("agenda:receipt", args=[self.receipt])

    @property
    def follow_url(self) -> str:
        return reverse("agenda:proposal", args=[self.secret])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def version(self) -> Event:
        """The event as it was sent last; as it is published once that version is gone."""
        return self.revision.as_object() if self.revision else self.event


class Decision(models.Model):
    """One answer of a moderator, and the time it took (requirement R151)."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(_("décision"), max_length=20, choices=ProposalState.choices)
    reason = models.TextField(_("réponse"), max_length=MAX_ANSWER, blank=True, default="")
    waited = models.PositiveIntegerField()  # seconds between sending and answering
    spent = models.PositiveIntegerField()  # seconds between opening and answering

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"], name="agenda_decision_at")]

    def __str__(self) -> str:
        return f"{self.event}, {self.get_outcome_display()}"


class EventMessage(models.Model):
    """A word of the thread between whoever proposes an event and its moderators."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="messages")
    side = models.CharField(max_length=20, choices=Side.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(
        _("message"), max_length=MAX_ANSWER, validators=[MaxLengthValidator(MAX_ANSWER)]
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.event}, {self.at:%Y-%m-%d}"


class DateMail(models.Model):
    """A mail still to be sent about one date, to whoever proposed its event without an account.
    What became of the date is read when the mail leaves."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="date_mails")
    timing_uid = models.UUIDField()
    original_day = models.DateField()
    mail_claimed_at = models.DateTimeField(null=True)  # somebody is sending it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "timing_uid", "original_day"], name="agenda_datemail_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}, {self.original_day}"


class EventDraft(models.Model):
    """What one person has typed and not sent yet: nothing is lost when a phone goes out. `data` is
    the form as typed; without an event, it is a new one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="drafts")
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("brouillon d’un événement")
        constraints = [
            models.UniqueConstraint(fields=["user", "event"], name="agenda_draft_once"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(event=None), name="agenda_draft_new_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event or ''}, {self.user}"

    @property
    def title(self) -> str:
        """As typed, in either language; empty when there is none yet."""
        typed = (self.data.get(f"title_{code}", []) for code in ("fr", "nl"))
        return next((value.strip() for values in typed for value in values if value.strip()), "")


class TrustedOrganisation(models.Model):
    """An organisation whose members publish in the agenda without being read first (R150)."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("organisme")
    )
    since = models.DateField(_("depuis le"), auto_now_add=True)

    class Meta:
        verbose_name = _("organisme de confiance")
        verbose_name_plural = _("organismes de confiance")
        ordering = ["organisation__name"]

    def __str__(self) -> str:
        return str(self.organisation)
