from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleGroup(models.Model):
    """The Django group that a role token opens in the admin, `pilot:12` for instance.

    Wagtail reads permissions from Django groups. A person's groups are recomputed from the tokens
    held, on every request to the admin: see `core.admin_scope`.
    """

    token = models.CharField(max_length=64, unique=True)
    group = models.OneToOneField(Group, models.CASCADE, related_name="role")

    class Meta:
        verbose_name = _("rôle")
        verbose_name_plural = _("rôles")

    def __str__(self) -> str:
        return self.token
