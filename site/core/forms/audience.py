from django import forms
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from core import tokens


class AudienceField(forms.MultipleChoiceField):
    """Tokens to tick. Cleans to an `Audience`; `public` and `member` swallow the narrower ones."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", gettext_lazy("Qui peut voir"))
        kwargs.setdefault(
            "error_messages", {"required": gettext_lazy("Choisissez qui peut voir ceci.")}
        )
        super().__init__(**kwargs)

    def offer(self, user, current: frozenset[str]) -> None:
        """Show the audiences this person may give, and the current one even when they may not:
        it stays when they leave it alone."""
        choices = tokens.choices_for(user)
        offered = {token for token, _label in choices}
        choices += [
            (token, tokens.describe([token])[0]["label"]) for token in sorted(current - offered)
        ]
        self.choices = choices

    def prepare_value(self, value):
        from core.models import Audience

        if isinstance(value, int):
            value = Audience.objects.get(pk=value)
        return sorted(value.tokens) if isinstance(value, Audience) else value

    def clean(self, value):
        from core.models import Audience
        from core.visibility import MEMBER, PUBLIC

        chosen = set(super().clean(value))
        for wide in (PUBLIC, MEMBER):
            if wide in chosen:
                chosen = {wide}
        return Audience.objects.for_tokens(chosen)

    def has_changed(self, initial, data) -> bool:
        return set(self.prepare_value(initial) or []) != set(data or [])


class AudienceModelForm(WagtailAdminModelForm):
    """The admin form of a model with an audience."""

    audience = AudienceField()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].offer(self.for_user, self.instance.audience.tokens)
