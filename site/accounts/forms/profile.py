"""The forms of one's own page."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms.text import LineField


def _line(name: str, **kwargs) -> LineField:
    field = User._meta.get_field(name)
    return LineField(
        label=kwargs.pop("label"), max_length=field.max_length, required=False, **kwargs
    )


class ProfileForm(forms.Form):
    """What somebody says of themselves. The function is what others read; a name is optional."""

    first_name = _line("first_name", label=_("Prénom"))
    last_name = _line("last_name", label=_("Nom"))
    function_fr = _line(
        "function_fr",
        label=_("Fonction en français"),
        help_text=_("Ce que les autres membres lisent : « Assistante sociale au CPAS »."),
    )
    function_nl = _line("function_nl", label=_("Fonction en néerlandais"))
    language = forms.ChoiceField(
        label=_("Langue de mes courriels"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("Les pages, elles, suivent la langue choisie en haut de l’écran."),
    )


class DeletionForm(forms.Form):
    """Somebody has read what goes and what stays."""

    understood = forms.BooleanField(
        label=_("J’ai lu ce qui part et ce qui reste. Je sais que rien ne revient."),
        error_messages={"required": _("Cochez cette case pour supprimer le compte.")},
    )
