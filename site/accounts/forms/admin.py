"""People's forms in the admin. Only the administration touches the administration."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.enums import JournalKind, Office
from accounts.journal.search import JournalSearch
from accounts.models import NetworkMembership, User
from accounts.permissions import is_administrator
from core.forms.text import LineField


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


class JournalForm(forms.Form):
    """What is looked for in the journal."""

    qui = LineField(
        label=gettext_lazy("Qui"),
        help_text=gettext_lazy("Un nom, une fonction ou une adresse."),
        required=False,
        max_length=200,
    )
    sorte = forms.ChoiceField(
        label=gettext_lazy("Sorte"),
        choices=[("", gettext_lazy("toutes")), *JournalKind.choices],
        required=False,
    )
    du = forms.DateField(
        label=gettext_lazy("Du"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    au = forms.DateField(
        label=gettext_lazy("Au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    sur = LineField(
        label=gettext_lazy("Sur quoi"),
        help_text=gettext_lazy("Un organisme, un groupe, une personne."),
        required=False,
        max_length=200,
    )

    @property
    def search(self) -> JournalSearch:
        """What was understood; a filter that makes no sense is left out, and said."""
        self.is_valid()
        said = self.cleaned_data
        return JournalSearch(
            who=said.get("qui", ""),
            kind=said.get("sorte", ""),
            first=said.get("du"),
            last=said.get("au"),
            about=said.get("sur", ""),
        )
