"""Forms of one's account, sign-in aside (accounts.sign_in_forms)."""

from allauth.account.fields import EmailField
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import When
from accounts.handover import Holding, hand_over, successors
from accounts.models import User
from accounts.models.user import clean_email, validate_address
from accounts.notifications import Kind, choose, when_for


class AddressField(EmailField):
    """An e-mail address, cleaned before it is judged."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", _("Adresse électronique"))
        super().__init__(**kwargs)
        self.widget.attrs.pop("placeholder", None)

    def to_python(self, value) -> str:
        return super().to_python(clean_email(value or ""))

    def run_validators(self, value) -> None:
        super().run_validators(value)
        if value:
            validate_address(value)


class HandoverForm(forms.Form):
    """Who takes which functions over."""

    functions = forms.MultipleChoiceField(
        label=_("Ce qui change de mains"), widget=forms.CheckboxSelectMultiple
    )
    successor = forms.ModelChoiceField(
        label=_("Qui prend la suite"),
        queryset=User.objects.none(),
        empty_label=_("choisir une personne"),
        help_text=_("Une personne qui a déjà un compte et travaille avec vous."),
    )

    def __init__(self, *args, leaving: User, actor: User, held: list[Holding], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.leaving, self.actor = leaving, actor
        self.fields["functions"].choices = [
            (h.key, f"{h.label} ({h.detail})" if h.detail else h.label) for h in held
        ]
        self.initial["functions"] = [holding.key for holding in held]
        self.fields["successor"].queryset = successors(leaving=leaving, actor=actor)

    def save(self) -> int:
        """Hand everything ticked over; gives the number of functions."""
        return hand_over(
            actor=self.actor,
            leaving=self.leaving,
            successor=self.cleaned_data["successor"],
            keys=self.cleaned_data["functions"],
        )


class NotificationChoicesForm(forms.Form):
    """When somebody wants to be told of each kind that concerns them."""

    def __init__(self, *args, user: User, kinds: list[Kind], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields |= {
            kind.key: forms.ChoiceField(label=kind.label, choices=When.choices) for kind in kinds
        }
        self.initial |= when_for(user, kinds)

    def save(self) -> None:
        choose(user=self.user, choices=self.cleaned_data)
