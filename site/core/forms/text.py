"""Form fields for what people write."""

from django import forms
from django.db import models

from core.text import tidy, tidy_phone


class LineField(forms.CharField):
    """One line of text, tidied before it is judged."""

    def to_python(self, value) -> str:
        return super().to_python(tidy(str(value)) if value not in self.empty_values else value)


class PhoneField(LineField):
    """A telephone number, written with spaces whatever stands between its digits."""

    def to_python(self, value) -> str:
        return tidy_phone(super().to_python(value))


class TextField(forms.CharField):
    """Several lines of text, tidied before they are judged."""

    widget = forms.Textarea

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = 3  # grows with what is typed: `field-sizing` in the CSS

    def to_python(self, value) -> str:
        if value not in self.empty_values:
            value = tidy(str(value), lines=True)
        return super().to_python(value)


def plain_text(db_field: models.Field, **kwargs) -> forms.Field | None:
    """`Meta.formfield_callback` of our model forms: what people write is tidied, and so is what
    is pasted into an address."""
    if isinstance(db_field, models.TextField) and not db_field.choices:
        kwargs.pop("widget", None)
        kwargs.update(form_class=TextField)
    elif type(db_field) is models.CharField and not db_field.choices:
        kwargs.update(form_class=LineField)
    return db_field.formfield(**kwargs)
