"""What the coordination decides about a request."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.directory.enums import AdhesionStatus, OrganisationRole
from coordination.directory.models import Organisation
from coordination.directory.services.duplicates import possible_duplicates
from coordination.welcome.models import Request
from coordination.welcome.models.request import MAX_ANSWER
from core.forms.examined import ExaminedMixin
from core.forms.text import TextField
from core.text import fold

NEW = "new"  # a record is to be made


class AnswerForm(ExaminedMixin, forms.Form):
    """Yes or no, with a word; a no does not go without one."""

    ACCEPT, REFUSE = "accept", "refuse"

    answer = TextField(
        label=_("Un mot de réponse"),
        max_length=MAX_ANSWER,
        required=False,
        help_text=_("Facultatif pour accepter, nécessaire pour refuser. Il part par courriel."),
    )
    decision = forms.ChoiceField(
        label=_("Décision"),
        choices=[(ACCEPT, _("Accepter")), (REFUSE, _("Refuser"))],
        error_messages={
            "required": _("Choisissez d’accepter ou de refuser."),
            "invalid_choice": _("Choisissez d’accepter ou de refuser."),
        },
    )

    def __init__(self, *args, asked: Request, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("decision") == self.REFUSE:
            # What is only for a yes is not asked for a no.
            for name in [name for name in self.errors if name not in {"answer", "decision"}]:
                del self.errors[name]
            if "answer" in cleaned and not cleaned["answer"]:
                self.add_error("answer", gettext("Un refus s’explique : écrivez un mot."))
        return cleaned

    @property
    def is_accepted(self) -> bool:
        return self.cleaned_data["decision"] == self.ACCEPT

    @property
    def choices(self) -> dict:
        """What the service that accepts takes besides the answer."""
        kept = self.cleaned_data.items()
        return {name: value for name, value in kept if name not in {"answer", "decision"}}


class PersonAnswerForm(AnswerForm):
    organisation = forms.ModelChoiceField(
        label=_("Place dans un organisme"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("aucune pour l’instant"),
    )
    role = forms.ChoiceField(
        label=_("Rôle"),
        choices=OrganisationRole.choices,
        initial=OrganisationRole.WORKER,
        widget=forms.RadioSelect,
        help_text=_("Qui représente l’organisme tient sa fiche et peut inviter."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        active = Organisation.objects.filter(archived_at=None)
        self.fields["organisation"].queryset = active.order_by("name")
        self.initial["organisation"] = self.asked.organisation_id or next(
            (one.pk for one in active if fold(one.name) == fold(self.asked.organisation_name)), None
        )
        self.order_fields(["organisation", "role", "answer", "decision"])


class OrganisationAnswerForm(AnswerForm):
    """An organisation's record: one of those that look like it, or a new one."""

    record = forms.ChoiceField(
        label=_("Sa fiche dans le répertoire"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si sa fiche existe déjà.")},
    )
    status = forms.ChoiceField(
        label=_("Qualité"), choices=AdhesionStatus.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        asked = self.asked
        self.alike = possible_duplicates(
            asked.organisation_name,
            phone=asked.phone,
            among=Organisation.objects.filter(archived_at=None),
        )
        self.fields["record"].choices = [
            *((str(one.pk), one.name) for one in self.alike),
            (NEW, _("Une nouvelle fiche, avec ce qui est écrit ci-dessus")),
        ]
        if not self.alike:
            self.initial["record"] = NEW
        self.initial["status"] = asked.status
        self.order_fields(["record", "status", "answer", "decision"])

    @property
    def choices(self) -> dict:
        choices = super().choices
        record = choices.pop("record")
        known = {str(one.pk): one for one in self.alike}
        return {**choices, "organisation": known.get(record)}
