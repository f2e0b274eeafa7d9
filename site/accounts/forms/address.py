"""The field every form of ours asks an address with."""

from allauth.account.fields import EmailField
from django.utils.translation import gettext_lazy as _

from accounts.models.user import clean_email, validate_address


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
