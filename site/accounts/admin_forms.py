"""People's forms in the admin. Only the administration touches the administration."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.enums import Office
from accounts.models import NetworkMembership, User
from accounts.permissions import is_administrator


class PersonForm(WagtailAdminModelForm):
    """An account. Whoever changes its address can ask for its password, so an administrator's
    account is changed by an administrator."""

    def clean(self):
        cleaned = super().clean()
        held = NetworkMembership.objects.filter(user=self.instance.pk, office=Office.ADMINISTRATOR)
        if self.instance.pk and held.exists() and not is_administrator(self.for_user):
            raise ValidationError(
                _("Seule l’administration peut modifier le compte d’une personne qui administre.")
            )
        return cleaned

    def save(self, commit: bool = True) -> User:
        if not self.instance.password:
            self.instance.set_unusable_password()
        return super().save(commit)


class NetworkMembershipForm(WagtailAdminModelForm):
    """A membership. The office of administration is given and taken by administrators only."""

    def clean(self):
        cleaned = super().clean()
        offices = {cleaned.get("office"), self.initial.get("office")}
        if Office.ADMINISTRATOR in offices and not is_administrator(self.for_user):
            raise ValidationError(
                _("Seule l’administration peut donner ou retirer la charge d’administration.")
            )
        return cleaned
