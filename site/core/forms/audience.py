from django import forms
from django.utils.translation import gettext_lazy


class AudienceField(forms.MultipleChoiceField):
    """Tokens to tick. Cleans to an `Audience`; `public` and `member` swallow the narrower ones."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", gettext_lazy("Qui peut voir"))
        kwargs.setdefault(
            "error_messages", {"required": gettext_lazy("Choisissez qui peut voir ceci.")}
        )
        super().__init__(**kwargs)

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
