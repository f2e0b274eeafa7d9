"""When somebody wants to be told."""

from django import forms

from accounts.enums import When
from accounts.models import User
from accounts.notifications import Kind, choose, when_for


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
