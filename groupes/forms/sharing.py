from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import uploads
from core.forms.examined import ExaminedMixin
from core.forms.text import LineField, plain_text
from groupes.enums import Scope
from groupes.models import GroupFolder, SharedItem, WorkingGroup
from groupes.services.sharing import scopes_of


class ShareForm(ExaminedMixin, forms.ModelForm):
    """« Partager une info »: a title, a text, a link or a file, for whom."""

    examined = ("title", "text")

    link = forms.URLField(
        label=_("Lien"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("L’adresse d’une page, par exemple https://www.exemple.be."),
    )
    upload = forms.FileField(
        label=_("Fichier"), required=False, help_text=_("20 Mo au plus : PDF, Word, tableur…")
    )
    remove_document = forms.BooleanField(label=_("Retirer le fichier actuel"), required=False)
    scope = forms.ChoiceField(
        label=_("Pour qui ?"),
        choices=Scope.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez pour qui est cette info."),
            "invalid_choice": _("Choisissez pour qui est cette info."),
        },
    )

    field_order = ["title", "text", "link", "upload", "remove_document", "scope", "folder"]

    class Meta:
        model = SharedItem
        fields = ["title", "text", "link", "folder"]
        formfield_callback = plain_text

    def __init__(self, *args, group: WorkingGroup, is_pilot: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.group = group
        self.fields["text"].widget.attrs["rows"] = 5
        offered = scopes_of(group)
        self.fields["scope"].choices = [(s.value, s.label) for s in offered]
        self.fields["scope"].initial = self.instance.scope if self.instance.pk else Scope.GROUP
        if Scope.PUBLIC in offered and not is_pilot:
            self.fields["scope"].help_text = _(
                "Pour tout le monde : un pilote du groupe donne d’abord son accord. En attendant, "
                "seul le groupe la voit."
            )
        folders = GroupFolder.objects.filter(group=group)
        self.fields["folder"].queryset = folders
        self.fields["folder"].empty_label = _("Aucun dossier")
        if not folders.exists():
            del self.fields["folder"]
        if self.instance.document_id is None:
            del self.fields["remove_document"]
        else:
            self.fields["upload"].label = _("Remplacer le fichier")

    def clean_link(self) -> str:
        link = self.cleaned_data["link"]
        if link and not link.lower().startswith(("http://", "https://")):
            raise ValidationError(gettext("Un lien commence par http:// ou https://."))
        return link

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload:
            uploads.check_document(upload)
        return upload

    def clean(self) -> dict:
        cleaned = super().clean()
        keeps = self.instance.document_id and not cleaned.get("remove_document")
        given = cleaned.get("text") or cleaned.get("link") or cleaned.get("upload") or keeps
        if not given and not {"text", "link", "upload"} & self.errors.keys():
            self.add_error("text", gettext("Ajoutez un texte, un lien ou un fichier."))
        return cleaned

    @property
    def lost_file(self) -> bool:
        """A browser does not send a file twice: it has to be chosen again after a refusal."""
        return bool(self.errors and self.files.get("upload"))

    def words(self) -> dict:
        """What the sharing services take."""
        names = ("title", "text", "link", "folder", "scope", "upload")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class FolderForm(ExaminedMixin, forms.ModelForm):
    """A new shelf of a group."""

    examined = ("name_fr", "name_nl")

    name_fr = LineField(label=_("Nom en français"), max_length=80)
    name_nl = LineField(label=_("Nom en néerlandais"), max_length=80, required=False)

    class Meta:
        model = GroupFolder
        fields = ["name_fr", "name_nl"]
