"""What somebody was told, and when they want to be told."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import MailState, When


class Notification(models.Model):
    """Somebody is told that something happened to one object. It holds no words: they are asked
    from the app that declared the kind each time they are shown, so that nothing a person may no
    longer read is ever said."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60)
    about = models.BigIntegerField()  # primary key of the object, of the kind's own model
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, choices=MailState.choices, default=MailState.NONE)
    mail_at = models.DateTimeField(null=True)  # when it was claimed for sending, or sent

    class Meta:
        verbose_name = _("avis")
        verbose_name_plural = _("avis")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-at"], name="accounts_notification_list"),
            models.Index(
                fields=["mail", "user"],
                condition=models.Q(mail__in=["waiting", "sending"]),
                name="accounts_notification_mail",
            ),
        ]
        constraints = [
            # Told once until it is read: ten changes of one thing are one line.
            models.UniqueConstraint(
                fields=["user", "kind", "about"],
                condition=models.Q(read_at=None),
                name="accounts_notification_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class NotificationChoice(models.Model):
    """When somebody wants to be told of one kind; without a row, as the kind says."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_choices"
    )
    kind = models.CharField(max_length=60)
    when = models.CharField(max_length=10, choices=When.choices)

    class Meta:
        verbose_name = _("choix d’avis")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], name="accounts_notificationchoice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.when}"
