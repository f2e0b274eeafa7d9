from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from accounts.models import User
from coordination.directory.enums import OrganisationRole
from coordination.directory.models import Organisation
from coordination.welcome.forms import fields
from coordination.welcome.models import Invitation
from coordination.welcome.models.invitation import MAX_WORD
from coordination.welcome.permissions import can_oversee, organisations_for
from core.forms.examined import ExaminedMixin
from core.forms.text import TextField, plain_text


class PlaceMixin(ExaminedMixin, forms.Form):
    """Where one is invited, as what, in which language, with which words."""

    organisation = forms.ModelChoiceField(
        label=_("Organisme"), queryset=Organisation.objects.none(), required=False
    )
    role = forms.ChoiceField(
        label=_("Place dans l’organisme"),
        choices=OrganisationRole.choices,
        initial=OrganisationRole.WORKER,
        widget=forms.RadioSelect,
        help_text=_("Qui représente l’organisme tient sa fiche et peut inviter."),
    )
    language = fields.LanguageField(label=_("Langue du courriel"))
    word = TextField(
        label=_("Un mot personnel"),
        max_length=MAX_WORD,
        required=False,
        help_text=_("Il est dans le courriel, sous votre fonction."),
    )

    def place(self, user: User, site: Site) -> None:
        """Offer the organisations that this person may invite for."""
        field = self.fields["organisation"]
        field.queryset = organisations_for(user, site)
        field.empty_label = _("aucun : le réseau seulement")
        if not can_oversee(user, site):
            field.required, field.empty_label = True, _("choisir un organisme")
            only = list(field.queryset[:2])
            if len(only) == 1:
                self.initial.setdefault("organisation", only[0].pk)


class InviteForm(PlaceMixin, forms.ModelForm):
    """One invitation."""

    address = fields.MailField(
        label=_("Adresse de la personne"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("La sienne plutôt qu’une boîte commune : le lien ouvre un compte personnel."),
    )

    class Meta:
        model = Invitation
        formfield_callback = plain_text
        fields = [
            *("address", "organisation", "role", "function_fr", "function_nl"),
            *("language", "word"),
        ]
        labels = {"function_fr": _("Fonction, en français"), "function_nl": _("En néerlandais")}

    def __init__(self, *args, user: User, site: Site, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.place(user, site)

    def validate_constraints(self) -> None:
        """The service says what waits already, which is no mistake."""


class AcceptForm(forms.Form):
    """Who answers an invitation, and that they accept the rules. Whoever has an account already is
    known: only the rules are asked."""

    first_name = fields.given_name()
    last_name = fields.family_name()
    function = fields.function()
    language = fields.LanguageField()
    accepts_rules = fields.accepts_rules()

    def __init__(self, *args, invitation: Invitation, is_known: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if is_known:
            for name in ("first_name", "last_name", "function", "language"):
                del self.fields[name]
        else:
            self.initial |= {"function": invitation.function, "language": invitation.language}
