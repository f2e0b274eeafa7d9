import datetime as dt

from django.conf import settings
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from coordination.directory.enums import AdhesionStatus, Kind, OrganisationRole
from coordination.directory.models import Organisation
from coordination.welcome.enums import RequestKind, RequestMail, RequestState
from coordination.welcome.models.charter import Charter
from core import references
from core.models import SentQuerySet
from core.visibility import reach_of

MAX_WHY = 1000  # characters
MAX_ANSWER = 1000
ENTER_WITHIN = 30  # days after the answer


def new_reference() -> str:
    """« D-7KQ4-2M »."""
    return references.new_reference("D")


class RequestQuerySet(SentQuerySet):
    UNCONFIRMED, WAITING = RequestState.UNCONFIRMED, RequestState.WAITING
    CONFIRM_DAYS, KEPT_DAYS = "REQUEST_CONFIRM_DAYS", "REQUEST_DAYS"

    def managed_by(self, user) -> "RequestQuerySet":
        """Those of the networks that this person oversees."""
        return self.current().filter(site__in=reach_of(user).networks)


class Request(models.Model):
    """A person, or an organisation, asks to join a network (requirements R003, R004, R199).

    `receipt` is the key of what whoever sent the form sees at once; `secret`, which is only in the
    mail, is the key of the page where the address is confirmed and the request followed.
    """

    site = models.ForeignKey(Site, models.CASCADE, related_name="+", verbose_name=_("réseau"))
    kind = models.CharField(_("qui demande"), max_length=20, choices=RequestKind.choices)
    state = models.CharField(
        _("état"),
        max_length=20,
        choices=RequestState.choices,
        default=RequestState.UNCONFIRMED,
    )
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
    # The person, or the one to talk to about the organisation.
    email = models.EmailField(_("adresse électronique"))
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    function = models.CharField(_("fonction"), max_length=120)
    # The organisation: chosen from the directory, or described.
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisme"),
    )
    organisation_name = models.CharField(
        _("nom de l’organisme"), max_length=200, blank=True, default=""
    )
    organisation_kind = models.CharField(
        _("sorte d’organisme"), max_length=20, choices=Kind.choices, blank=True, default=""
    )
    legal_form = models.CharField(_("forme juridique"), max_length=80, blank=True, default="")
    address = models.CharField(_("adresse postale"), max_length=200, blank=True, default="")
    phone = models.CharField(_("téléphone"), max_length=40, blank=True, default="")
    website = models.URLField(
        _("site web"), blank=True, default="", validators=[URLValidator(["http", "https"])]
    )
    summary = models.TextField(
        _("ce que fait l’organisme"),
        max_length=300,
        validators=[MaxLengthValidator(300)],
        blank=True,
        default="",
    )
    status = models.CharField(
        _("qualité demandée"),
        max_length=20,
        choices=AdhesionStatus.choices,
        blank=True,
        default="",
    )
    why = models.TextField(
        _("pourquoi"),
        max_length=MAX_WHY,
        validators=[MaxLengthValidator(MAX_WHY)],
        blank=True,
        default="",
    )
    # What was accepted, and when: the proof is this row and the version that it names.
    rules = models.CharField(_("règles acceptées"), max_length=20)
    charter = models.ForeignKey(
        Charter,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("charte acceptée"),
    )
    created_at = models.DateTimeField(_("envoyée le"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("adresse confirmée le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("répondue ou retirée le"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("répondue par"),
    )
    answer = models.TextField(
        _("réponse"),
        max_length=MAX_ANSWER,
        validators=[MaxLengthValidator(MAX_ANSWER)],
        blank=True,
        default="",
    )
    role = models.CharField(
        _("place dans l’organisme"),
        max_length=20,
        choices=OrganisationRole.choices,
        blank=True,
        default="",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("compte"),
    )
    made_account = models.BooleanField(default=False, editable=False)
    entered_at = models.DateTimeField(null=True, editable=False)  # first time, by the mail's link
    mail = models.CharField(
        max_length=20,
        choices=RequestMail.choices,
        blank=True,
        default=RequestMail.CONFIRM,
        editable=False,
    )
    mail_claimed_at = models.DateTimeField(null=True, editable=False)  # somebody is sending it

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande d’adhésion")
        verbose_name_plural = _("demandes d’adhésion")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["site", "state"], name="welcome_request_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="person") | ~Q(organisation_name=""),
                name="welcome_request_organisation_has_name",
                violation_error_message=_("Dites le nom de l’organisme."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""),
                name="welcome_request_refused_with_a_word",
                violation_error_message=_("Un refus s’explique : écrivez un mot."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def url(self) -> str:
        return reverse("welcome:request_answer", args=[self.pk])

    @property
    def receipt_url(self) -> str:
        return reverse("welcome:receipt", args=[self.receipt])

    @property
    def follow_url(self) -> str:
        return reverse("welcome:follow", args=[self.secret])

    @property
    def is_person(self) -> bool:
        return self.kind == RequestKind.PERSON

    @property
    def organisation_label(self) -> str:
        return self.organisation.name if self.organisation_id else self.organisation_name

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def may_enter(self) -> bool:
        """Whether the mail's link still opens the account that this request made, for the first
        time: afterwards one signs in like everybody."""
        recent = self.closed_at and self.closed_at > timezone.now() - dt.timedelta(
            days=ENTER_WITHIN
        )
        return bool(
            self.state == RequestState.ACCEPTED
            and self.made_account
            and self.entered_at is None
            and recent
            and self.user_id
            and self.user.is_active
            and self.user.last_login is None
        )
