from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.directory.forms.leaving import LeaveForm
from core.forms.examined import ExaminedMixin
from core.forms.text import TextField, plain_text
from groupes.models import JoinRequest, WorkingGroup
from groupes.models.joining import MAX_MESSAGE
from groupes.services.joining import represented_by


class JoinForm(ExaminedMixin, forms.ModelForm):
    """Asking to take part: a word, an organisation, the charter."""

    charter = forms.BooleanField(
        label=_("J’ai lu la charte du groupe et je l’accepte"),
        error_messages={"required": _("Acceptez la charte du groupe pour y participer.")},
    )

    class Meta:
        model = JoinRequest
        fields = ["message", "organisation"]
        formfield_callback = plain_text
        help_texts = {
            "message": _("Qui vous êtes, ce qui vous intéresse dans ce groupe."),
            "organisation": _("L’organisme que vous représentez y participera aussi."),
        }

    def __init__(self, *args, group: WorkingGroup, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.group, self.instance.user = group, user
        self.fields["message"].widget.attrs["rows"] = 4
        organisations = represented_by(user)
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].empty_label = _("Aucun : seulement moi")
        if not organisations.exists():
            del self.fields["organisation"]
        if not group.has_charter:
            del self.fields["charter"]


class AnswerForm(ExaminedMixin, forms.Form):
    """A pilot's yes or no, with a word; a no does not go without one."""

    ACCEPT, REFUSE = "accept", "refuse"

    answer = TextField(
        label=_("Un mot de réponse"),
        max_length=MAX_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Facultatif pour accepter, nécessaire pour refuser. La personne le lira."),
    )
    decision = forms.ChoiceField(
        label=_("Décision"),
        choices=[(ACCEPT, _("Accepter")), (REFUSE, _("Refuser"))],
        error_messages={
            "required": _("Choisissez d’accepter ou de refuser."),
            "invalid_choice": _("Choisissez d’accepter ou de refuser."),
        },
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("decision") == self.REFUSE and "answer" in cleaned and not cleaned["answer"]:
            raise ValidationError({"answer": gettext("Un refus s’explique : écrivez un mot.")})
        return cleaned

    @property
    def is_accepted(self) -> bool:
        return self.cleaned_data["decision"] == self.ACCEPT


class LeaveGroupForm(LeaveForm):
    """Leaving a group: as leaving an organisation."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.is_last:
            self.fields["tell"].label = _(
                "Prévenir la coordination que personne ne pilote plus le groupe"
            )
