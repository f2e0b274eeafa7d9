"""Who takes over what a leaving person holds."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.handover import Holding, hand_over, successors
from accounts.models import User


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
