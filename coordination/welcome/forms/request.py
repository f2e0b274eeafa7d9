from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.directory.enums import AdhesionStatus, Kind
from coordination.directory.forms.record import PHONE
from coordination.directory.models import Organisation
from coordination.welcome.forms import fields
from coordination.welcome.models import Charter, Request
from coordination.welcome.models.request import MAX_WHY
from core.forms.examined import ExaminedMixin
from core.forms.robots import StampMixin, TrapMixin
from core.forms.text import LineField, PhoneField, TextField, plain_text


class RequestForm(ExaminedMixin, TrapMixin, StampMixin, forms.ModelForm):
    """What both requests ask: who to talk to, and the rules."""

    first_name = fields.given_name()
    last_name = fields.family_name()
    function = fields.function()
    email = fields.MailField(
        label=_("Votre adresse électronique"),
        help_text=_("Un courriel y part tout de suite, pour vérifier que c’est bien la vôtre."),
    )
    language = fields.LanguageField()
    accepts_rules = fields.accepts_rules()

    class Meta:
        model = Request
        formfield_callback = plain_text
        fields = ["first_name", "last_name", "function", "email", "language"]


class PersonRequestForm(RequestForm):
    """« Je travaille dans un organisme du réseau »."""

    organisation = forms.ModelChoiceField(
        label=_("Votre organisme"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("il n’est pas dans cette liste"),
    )
    organisation_name = LineField(
        label=_("Son nom, s’il n’est pas dans la liste"), max_length=200, required=False
    )
    why = TextField(
        label=_("Pourquoi voulez-vous rejoindre le réseau ?"),
        max_length=MAX_WHY,
        help_text=_("Deux ou trois phrases. N’écrivez rien sur une personne aidée."),
    )

    class Meta(RequestForm.Meta):
        fields = [
            *("organisation", "organisation_name", "why"),
            *RequestForm.Meta.fields,
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # What everybody may see: the form says the same to everybody.
        listed = Organisation.objects.visible_to(AnonymousUser())
        self.fields["organisation"].queryset = listed.order_by("name")

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("organisation") and not cleaned.get("organisation_name"):
            self.add_error(
                "organisation", gettext("Choisissez votre organisme, ou écrivez son nom.")
            )
        return cleaned


class OrganisationRequestForm(RequestForm):
    """« Notre organisme veut rejoindre le réseau »."""

    organisation_name = LineField(label=_("Nom de l’organisme"), max_length=200)
    legal_form = LineField(
        label=_("Forme juridique"),
        max_length=80,
        help_text=_("ASBL, service public, collectif d’habitants…"),
    )
    organisation_kind = forms.ChoiceField(label=_("Sorte d’organisme"))
    summary = TextField(label=_("Ce que fait l’organisme, en une ou deux phrases"), max_length=300)
    address = LineField(
        label=_("Adresse postale"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    phone = PhoneField(
        label=_("Téléphone"),
        max_length=40,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    website = forms.URLField(
        label=_("Site web"), required=False, max_length=200, assume_scheme="https"
    )
    status = forms.ChoiceField(
        label=_("En quelle qualité ?"),
        choices=AdhesionStatus.choices,
        widget=forms.RadioSelect,
        help_text=_("Les membres effectifs votent à l’assemblée générale."),
        error_messages={"required": _("Choisissez une qualité.")},
    )
    charter_number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    accepts_charter = forms.BooleanField(
        label=_("Notre organisme a lu la charte et l’accepte"),
        error_messages={"required": _("Lisez la charte, puis cochez si vous l’acceptez.")},
    )

    class Meta(RequestForm.Meta):
        fields = [
            *("organisation_name", "legal_form", "organisation_kind", "summary", "address"),
            *("phone", "website", "status"),
            *RequestForm.Meta.fields,
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation_kind"].choices = [("", gettext("à choisir")), *Kind.choices]
        self.charter = Charter.objects.current(self.instance.site)
        if self.charter is None:
            del self.fields["accepts_charter"], self.fields["charter_number"]
        else:
            self.initial["charter_number"] = self.charter.number

    def clean(self) -> dict:
        cleaned = super().clean()
        self.instance.charter = self.charter
        if self.charter and cleaned.get("charter_number") != self.charter.number:
            self.data = self.data.copy()
            self.data[self.add_prefix("charter_number")] = str(self.charter.number)
            self.add_error("accepts_charter", gettext("La charte a changé entretemps. Relisez-la."))
        return cleaned
