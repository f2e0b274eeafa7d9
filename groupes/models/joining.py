from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.directory.models import Organisation
from groupes.enums import RequestState
from groupes.models.group import WorkingGroup

MAX_MESSAGE = 1000  # characters


class JoinRequestQuerySet(models.QuerySet):
    def pending(self) -> "JoinRequestQuerySet":
        return self.filter(state=RequestState.PENDING)


class JoinRequest(models.Model):
    """Somebody asks to take part in a group, for themselves or also for an organisation."""

    group = models.ForeignKey(
        WorkingGroup, models.CASCADE, related_name="join_requests", verbose_name=_("groupe")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="join_requests",
        verbose_name=_("personne"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("aussi au nom de"),
    )
    message = models.TextField(
        _("votre message"),
        max_length=MAX_MESSAGE,
        validators=[MaxLengthValidator(MAX_MESSAGE)],
        blank=True,
        default="",
    )
    charter_version = models.PositiveSmallIntegerField(
        _("version de la charte acceptée"), default=0
    )
    state = models.CharField(
        _("état"), max_length=20, choices=RequestState.choices, default=RequestState.PENDING
    )
    created_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    answer = models.TextField(
        _("réponse"),
        max_length=MAX_MESSAGE,
        validators=[MaxLengthValidator(MAX_MESSAGE)],
        blank=True,
        default="",
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("répondu par"),
    )
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de participation")
        verbose_name_plural = _("demandes de participation")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"],
                condition=Q(state="pending"),
                name="groupes_joinrequest_one_pending",
                violation_error_message=_("Votre demande attend déjà une réponse."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.group}"

    @property
    def is_pending(self) -> bool:
        return self.state == RequestState.PENDING
