"""One visit to the record's form: what was typed, what others wrote meanwhile, what is kept."""

from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.directory.forms.record import (
    ContactFormSet,
    RecordForm,
    as_post,
    contact_values,
    initial_contacts,
    silence,
)
from coordination.directory.models import Organisation, OrganisationDraft
from coordination.directory.services.record import (
    CONTACT,
    EditConflictError,
    save_record,
    snapshot,
)
from coordination.directory.wording import RecordWords
from core.forms.examined import KEEP
from core.services.files import store_image

MAX_DRAFT = 60_000  # characters
NOT_KEPT = {"csrfmiddlewaretoken", "draft", "discard", KEEP}


def keep_draft(request: HttpRequest, organisation: Organisation) -> None:
    """Keep what was typed, as it is; files are not kept. What is too long is cut."""
    data, size = {}, 0
    for name, values in request.POST.lists():
        if name in NOT_KEPT or len(name) > 80:
            continue
        values = [value.replace("\x00", "")[: MAX_DRAFT - size] for value in values]
        size += sum(map(len, values))
        data[name] = values
        if size >= MAX_DRAFT:
            break
    OrganisationDraft.objects.update_or_create(
        organisation=organisation, user=request.user, defaults={"data": data}
    )


class RecordEditor:
    """The form of a record and of its contacts, for one person.

    Without anything sent it shows the person's draft, or the record as it is.
    """

    def __init__(self, request: HttpRequest, organisation: Organisation) -> None:
        self.request, self.organisation, self.user = request, organisation, request.user
        self.conflicts: list[dict] = []
        self.draft = None
        self.now = snapshot(organisation)
        if request.method == "POST":
            self._bind(request.POST, request.FILES)
            return
        self.draft = OrganisationDraft.objects.filter(
            organisation=organisation, user=request.user
        ).first()
        if self.draft:
            data = QueryDict(mutable=True)
            for name, values in self.draft.data.items():
                data.setlist(name, values)
            self._bind(data)
            silence(self.form, self.contacts)
        else:
            self.version = organisation.version
            self.form = RecordForm(instance=self._fresh(), user=self.user)
            self.contacts = ContactFormSet(
                initial=initial_contacts(self.now), prefix="contacts", form_kwargs=self._known()
            )

    def _fresh(self) -> Organisation:
        return Organisation.objects.get(pk=self.organisation.pk)

    def _known(self) -> dict:
        keys = ["|".join(value["audience"]) for name, value in self.now.items() if CONTACT in name]
        return {"organisation": self.organisation, "known": keys}

    def _bind(self, data: QueryDict, files=None) -> None:
        version = data.get("version", "")
        self.version = int(version) if version.isascii() and version.isdigit() else 0
        self.version = min(self.version or self.organisation.version, self.organisation.version)
        self.form = RecordForm(data, files, instance=self._fresh(), user=self.user)
        self.contacts = ContactFormSet(data, prefix="contacts", form_kwargs=self._known())

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.contacts.is_valid()])

    def save(self) -> None:
        """Save what this person changed.

        Raises `EditConflictError` when somebody else changed the same words.
        """
        values = self.form.values | contact_values(self.contacts)
        if upload := self.form.cleaned_data.get("logo_file"):
            image = store_image(
                actor=self.user,
                upload=upload,
                owner=self.organisation.owner_token,
                tokens=self.organisation.audience.tokens,
                title=_("Logo de %(name)s") % {"name": self.organisation.name},
            )
            values["logo"] = image.pk
        elif self.form.cleaned_data.get("remove_logo"):
            values["logo"] = None
        with transaction.atomic():
            save_record(
                actor=self.user,
                organisation=self.organisation,
                values=values,
                base_version=self.version,
            )
            self.form.note_kept(self.user, self.organisation)

    def show_conflict(self, conflict: EditConflictError) -> None:
        """Show the form again: others' changes taken over, both wordings where both wrote."""
        self.organisation = self._fresh()
        self.now = snapshot(self.organisation)
        data = as_post(conflict.values, conflict.version)
        data[KEEP] = self.request.POST.get(KEEP, "")
        self._bind(data)
        self.form.is_valid()
        self.contacts.is_valid()
        words = RecordWords((name, both.theirs) for name, both in conflict.conflicts.items())
        for name, both in conflict.conflicts.items():
            who = both.actor.display_name if both.actor else _("quelqu’un")
            theirs = words.say(name, both.theirs) or _("(rien)")
            if name in self.form.fields:
                self.form.add_error(
                    name,
                    _(
                        "Entre-temps, %(who)s a écrit ici : « %(theirs)s ». Gardez votre texte ou "
                        "reprenez le sien, puis enregistrez."
                    )
                    % {"who": who, "theirs": theirs},
                )
            else:
                self.conflicts.append({"who": who, "theirs": theirs, "at": both.at})

    @property
    def problem(self) -> str:
        """One sentence on the contacts that were refused; empty when all are right."""
        forms = self.contacts.forms if self.contacts.is_bound else []
        wrong = sum(1 for form in forms if form.errors)
        if not wrong:
            return ""
        return ngettext(
            "Un contact est à corriger.", "%(number)d contacts sont à corriger.", wrong
        ) % {"number": wrong}

    @property
    def pairs(self) -> list[dict]:
        """The texts that stand side by side in two languages, by section."""
        return [
            {"name": name, "fr": self.form[f"{name}_fr"], "nl": self.form[f"{name}_nl"]}
            for name in ("summary", "services", "for_whom", "conditions", "hours", "note")
        ]
