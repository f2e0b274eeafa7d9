import datetime as dt

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from coordination.directory.enums import OrganisationRole
from coordination.directory.models import Organisation
from coordination.directory.permissions import spoken_for
from coordination.welcome.enums import InvitationMail, InvitationState
from core.models import Bilingual
from core.visibility import reach_of

MAX_WORD = 600  # characters
# Days since somebody last invited, by the calendar of Brussels (feature « invitations that are
# chased », Dora).
REMIND_AFTER, REPORT_AFTER, DELETE_AFTER = 7, 21, 60


class InvitationQuerySet(models.QuerySet):
    def waiting(self) -> "InvitationQuerySet":
        return self.filter(state=InvitationState.WAITING)

    def managed_by(self, user) -> "InvitationQuerySet":
        """Those of the networks this person oversees, and of the organisations they speak for."""
        return self.filter(
            Q(site__in=reach_of(user).networks) | Q(organisation__in=spoken_for(user))
        )

    def asked_for(self, days: int) -> "InvitationQuerySet":
        """Waiting since at least so many days: asked on the first one, whatever the hour."""
        morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return self.waiting().filter(asked_at__lt=morning - dt.timedelta(days=days - 1))

    def closed_before(self, limit: dt.datetime) -> "InvitationQuerySet":
        """Those accepted or withdrawn before a moment."""
        return self.exclude(state=InvitationState.WAITING).filter(closed_at__lt=limit)


class Invitation(Bilingual, models.Model):
    """An address is invited into a network, perhaps to a place in an organisation. It gives no
    office."""

    bilingual = ("function",)

    site = models.ForeignKey(Site, models.CASCADE, related_name="+", verbose_name=_("réseau"))
    address = models.EmailField(_("adresse électronique"))
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("organisme"),
    )
    role = models.CharField(
        _("place dans l’organisme"),
        max_length=20,
        choices=OrganisationRole.choices,
        default=OrganisationRole.WORKER,
    )
    function_fr = models.CharField(
        _("fonction en français"), max_length=120, blank=True, default=""
    )
    function_nl = models.CharField(
        _("fonction en néerlandais"), max_length=120, blank=True, default=""
    )
    language = models.CharField(
        _("langue du courriel"), max_length=2, choices=settings.LANGUAGES, default="fr"
    )
    word = models.TextField(
        _("un mot personnel"),
        max_length=MAX_WORD,
        validators=[MaxLengthValidator(MAX_WORD)],
        blank=True,
        default="",
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("invitée par"),
    )
    state = models.CharField(
        _("état"), max_length=20, choices=InvitationState.choices, default=InvitationState.WAITING
    )
    created_at = models.DateTimeField(_("créée le"), default=timezone.now)
    asked_at = models.DateTimeField(_("invitée le"), default=timezone.now)  # the last time
    reminded_at = models.DateTimeField(_("rappelée le"), null=True, blank=True)
    reported_at = models.DateTimeField(_("signalée le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("acceptée ou retirée le"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("acceptée par"),
    )
    rules = models.CharField(_("règles acceptées"), max_length=20, blank=True, default="")
    mail = models.CharField(
        max_length=20,
        choices=InvitationMail.choices,
        blank=True,
        default=InvitationMail.INVITATION,
        editable=False,
    )
    mail_claimed_at = models.DateTimeField(null=True, editable=False)  # somebody is sending it

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "asked_at"], name="welcome_invitation_chase")]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "address", "organisation"],
                condition=Q(state="waiting"),
                name="welcome_invitation_one_waiting",
                violation_error_message=_("Cette personne est déjà invitée dans cet organisme."),
            ),
            # For SQL two empty organisations are different.
            models.UniqueConstraint(
                fields=["site", "address"],
                condition=Q(state="waiting", organisation=None),
                name="welcome_invitation_one_waiting_alone",
                violation_error_message=_("Cette personne est déjà invitée."),
            ),
        ]

    def __str__(self) -> str:
        """Without the address: the journal keeps this longer than the invitation."""
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def url(self) -> str:
        return reverse("welcome:invitation_detail", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == InvitationState.WAITING

    @property
    def deleted_on(self) -> dt.date:
        """The day on which it goes when nobody answers."""
        return timezone.localdate(self.asked_at) + dt.timedelta(days=DELETE_AFTER)
