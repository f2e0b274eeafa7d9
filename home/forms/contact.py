from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.examined import ExaminedMixin
from core.forms.robots import StampMixin, TrapMixin
from core.forms.text import LineField, PhoneField, TextField
from home.enums import ContactSubject
from home.models import ContactMessage
from home.models.contact import MAX_NOTE, MAX_TEXT


class ContactForm(ExaminedMixin, TrapMixin, StampMixin, forms.ModelForm):
    """A message to the network: what it is about, the words, and how to answer."""

    subject = forms.ChoiceField(
        label=_("C’est à quel sujet ?"),
        choices=ContactSubject.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un sujet.")},
    )
    text = TextField(
        label=_("Votre message"),
        max_length=MAX_TEXT,
        error_messages={"required": _("Écrivez votre message.")},
        help_text=_(
            "N’écrivez ni l’histoire ni le numéro national de quelqu’un : dites seulement de "
            "quoi il y a besoin."
        ),
    )
    name = LineField(
        label=_("Votre nom"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("Téléphone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    email = forms.EmailField(
        label=_("Adresse électronique"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    class Meta:
        model = ContactMessage
        fields = ["subject", "text", "name", "phone", "email"]


class ContactAnswerForm(ExaminedMixin, forms.Form):
    """What the network answers to a message."""

    note = TextField(
        label=_("Votre réponse"),
        max_length=MAX_NOTE,
        required=False,
        help_text=_("La personne la lira sur son reçu."),
    )
    tell = forms.BooleanField(label=_("L’envoyer aussi par courriel"), required=False, initial=True)

    def __init__(self, *args, message: ContactMessage, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not message.email:
            del self.fields["tell"]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("tell") and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Écrivez la réponse à envoyer."))
        return cleaned
