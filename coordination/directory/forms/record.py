"""The record as its people edit it: one page, two languages, contacts by function."""

from django import forms
from django.core.validators import RegexValidator
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.address import AddressField
from accounts.models import User
from coordination.directory.enums import Kind, SpokenLanguage
from coordination.directory.models import Organisation, Territory
from coordination.directory.services.duplicates import possible_duplicates
from coordination.directory.services.record import CONTACT, NEW_CONTACT, TEXTS
from core.forms.audience import AudienceField
from core.forms.examined import ExaminedMixin
from core.forms.files import SafeImageField
from core.forms.text import LineField, PhoneField, plain_text
from core.models.audience import SEPARATOR
from core.services.audience import words
from core.text import fold
from core.visibility import MEMBER, PUBLIC, reach_of

MAX_CONTACTS = 12
OVERSIGHT_FIELDS = ("status", "area", "parent_name")
LOGO_MAX_BYTES = 5 * 1024 * 1024

PHONE = RegexValidator(
    r"^[0-9+ ./()–-]{3,40}$",
    gettext_lazy("Écrivez un numéro de téléphone, comme 02 123 45 67."),
)


class RecordForm(ExaminedMixin, forms.ModelForm):
    """All that a record says of its organisation. Gives `values`, a part of a snapshot.

    Its texts are examined; its address, telephones and contacts are an organisation's own.
    """

    phone = PhoneField(
        label=gettext_lazy("Téléphone"), max_length=40, required=False, validators=[PHONE]
    )
    email = AddressField(label=gettext_lazy("Adresse électronique"), required=False)
    website = forms.URLField(
        label=gettext_lazy("Site web"), required=False, max_length=200, assume_scheme="https"
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Langues parlées"),
        choices=SpokenLanguage.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    audience = AudienceField(label=gettext_lazy("Qui peut voir cette fiche"))
    parent_name = LineField(
        label=gettext_lazy("Fait partie de"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Le nom d’une autre fiche. Vide : de rien de plus grand."),
    )
    logo_file = SafeImageField(
        label=gettext_lazy("Logo"),
        required=False,
    )
    remove_logo = forms.BooleanField(label=gettext_lazy("Retirer le logo"), required=False)

    class Meta:
        model = Organisation
        formfield_callback = plain_text
        fields = [
            *("name", "acronym", "kind", "kind_label", "summary_fr", "summary_nl"),
            *("services_fr", "services_nl", "for_whom_fr", "for_whom_nl"),
            *("conditions_fr", "conditions_nl", "languages", "themes", "territory"),
            *("also_active", "address", "phone", "email", "website", "hours_fr", "hours_nl"),
            *("note_fr", "note_nl", "audience", "consent", "status", "area"),
        ]
        widgets = {
            "themes": forms.CheckboxSelectMultiple,
            "also_active": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not reach_of(user).networks:
            for name in OVERSIGHT_FIELDS:
                del self.fields[name]
        elif self.instance.parent_id:
            self.initial.setdefault("parent_name", self.instance.parent.name)
        self.user = user
        self.parent = None
        territories = Territory.objects.order_by("path")
        self.fields["territory"].queryset = territories
        self.fields["territory"].empty_label = _("à compléter")
        self.fields["also_active"].queryset = territories
        self.fields["audience"].offer(user, self.instance.audience.tokens)
        self.fields["logo_file"].help_text = _("Une image JPEG, PNG ou WebP, de 5 Mo au plus.")
        self.fields["logo_file"].widget = forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp"}
        )
        if not self.instance.logo_id:
            del self.fields["remove_logo"]

    def clean_parent_name(self) -> str:
        """Finds the record with that name, accents ignored, or offers those that look like it."""
        name = self.cleaned_data["parent_name"]
        if not name:
            return ""
        others = Organisation.objects.visible_to(self.user).exclude(pk=self.instance.pk)
        near = list(others.matching(name).order_by("name")[:20])
        self.parent = next((o for o in near if fold(o.name) == fold(name)), None)
        if self.parent is None:
            names = ", ".join(f"« {o.name} »" for o in near[:5])
            if names:
                raise forms.ValidationError(_("Quelle fiche ? %(names)s") % {"names": names})
            raise forms.ValidationError(_("Aucune fiche ne porte ce nom."))
        return name

    def clean_logo_file(self):
        upload = self.cleaned_data["logo_file"]
        if upload and upload.size > LOGO_MAX_BYTES:
            raise forms.ValidationError(_("Ce logo est trop lourd : 5 Mo au plus."))
        return upload

    @property
    def values(self) -> dict:
        cleaned = self.cleaned_data
        values = {name: cleaned[name] for name in TEXTS if name in cleaned}
        values |= {
            "territory": cleaned["territory"].slug if cleaned["territory"] else "",
            "languages": sorted(cleaned["languages"]),
            "audience": sorted(cleaned["audience"].tokens),
            "themes": sorted(theme.slug for theme in cleaned["themes"]),
            "also_active": sorted(territory.slug for territory in cleaned["also_active"]),
        }
        if "parent_name" in cleaned:
            values["parent"] = self.parent.pk if self.parent else None
        return values


class ContactForm(forms.Form):
    """One contact of the record; empty forms are left out."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    position = forms.IntegerField(required=False, widget=forms.HiddenInput)
    function_fr = LineField(label=gettext_lazy("Fonction"), max_length=120, required=False)
    function_nl = LineField(
        label=gettext_lazy("Fonction, en néerlandais"), max_length=120, required=False
    )
    phone = PhoneField(
        label=gettext_lazy("Téléphone"), max_length=40, required=False, validators=[PHONE]
    )
    email = AddressField(label=gettext_lazy("Adresse électronique"), required=False)
    holder = forms.ModelChoiceField(
        label=gettext_lazy("Tenue aujourd’hui par"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("personne en particulier"),
        help_text=gettext_lazy("Jamais publié. Sert à transmettre la fonction."),
    )
    audience = forms.ChoiceField(label=gettext_lazy("Qui peut voir ce contact"), required=False)
    remove = forms.BooleanField(label=gettext_lazy("Retirer ce contact"), required=False)

    def __init__(self, *args, organisation: Organisation, known: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        people = organisation.memberships.live().values("user_id")
        self.fields["holder"].queryset = User.objects.filter(pk__in=people).order_by("email")
        choices = {
            PUBLIC: _("Tout le monde"),
            MEMBER: _("Les membres du réseau (ligne professionnelle)"),
            organisation.owner_token: _("Notre organisme seulement"),
            "": _("La coordination seulement"),
        }
        for key in known:
            choices.setdefault(key, words(key.split(SEPARATOR)))
        self.fields["audience"].choices = list(choices.items())

    @property
    def is_blank(self) -> bool:
        texts = ("function_fr", "function_nl", "phone", "email")
        return not any(self.cleaned_data.get(name) for name in texts)

    def clean(self):
        cleaned = super().clean()
        named = cleaned.get("function_fr") or cleaned.get("function_nl")
        reachable = cleaned.get("phone") or cleaned.get("email")
        if reachable and not named and not cleaned.get("remove"):
            self.add_error("function_fr", _("Dites quelle est la fonction : « Accueil »…"))
        return cleaned

    @property
    def value(self) -> dict:
        cleaned = self.cleaned_data
        key = cleaned["audience"]
        return {
            "function_fr": cleaned["function_fr"],
            "function_nl": cleaned["function_nl"],
            "phone": cleaned["phone"],
            "email": cleaned["email"],
            "holder": cleaned["holder"].pk if cleaned["holder"] else None,
            "audience": sorted(key.split(SEPARATOR)) if key else [],
            "position": cleaned["position"] or 0,
        }


ContactFormSet = forms.formset_factory(
    ContactForm,
    extra=1,
    max_num=MAX_CONTACTS,
    absolute_max=MAX_CONTACTS + 1,
    validate_max=True,
)


def contact_values(formset) -> dict:
    """What the contact forms say, by key of a snapshot; None for a contact taken away."""
    values: dict = {}
    top = max((form.cleaned_data.get("position") or 0 for form in formset), default=0)
    for index, form in enumerate(formset):
        pk = form.cleaned_data.get("pk")
        gone = form.cleaned_data.get("remove") or form.is_blank
        if pk:
            values[f"{CONTACT}{pk}"] = None if gone else form.value
        elif not gone:
            values[f"{NEW_CONTACT}{index}"] = {**form.value, "position": top + index + 1}
    return values


def initial_contacts(values: dict) -> list[dict]:
    """The contacts of a snapshot as initial data of the formset."""
    rows = []
    for name, value in values.items():
        if name.startswith(CONTACT) and value is not None:
            pk = "" if name.startswith(NEW_CONTACT) else int(name.removeprefix(CONTACT))
            rows.append({**value, "pk": pk, "audience": SEPARATOR.join(value["audience"])})
    return sorted(rows, key=lambda row: (row["position"], row["pk"] or 0))


def as_post(values: dict, version: int) -> QueryDict:
    """A snapshot as if somebody had typed it: to show a form again with other people's changes."""
    data = QueryDict(mutable=True)
    data["version"] = str(version)
    territories = dict(Territory.objects.values_list("slug", "pk"))
    themes = Organisation.themes.field.related_model.objects.values_list("slug", "pk")
    slugs = {"themes": dict(themes), "also_active": territories}
    for name, value in values.items():
        if name.startswith(CONTACT):
            continue
        if name in slugs:
            data.setlist(name, [str(slugs[name][slug]) for slug in value if slug in slugs[name]])
        elif name == "territory":
            data[name] = str(territories.get(value, ""))
        elif name == "parent":
            parent = Organisation.objects.filter(pk=value).values_list("name", flat=True).first()
            data["parent_name"] = parent or ""
        elif isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = "" if value is None else str(value)
    rows = initial_contacts(values)
    data["contacts-TOTAL_FORMS"] = str(min(len(rows) + 1, MAX_CONTACTS))
    data["contacts-INITIAL_FORMS"] = "0"
    for index, row in enumerate(rows):
        for name, value in row.items():
            data[f"contacts-{index}-{name}"] = "" if value is None else str(value)
    return data


def silence(form: forms.Form, formset) -> None:
    """Show what was typed without judging it yet: a draft is not an error."""
    form._errors = ErrorDict()
    form.cleaned_data = {}
    formset._errors = []
    formset._non_form_errors = ErrorList()
    for one in formset.forms:
        one._errors = ErrorDict()
        one.cleaned_data = {}


class NewRecordForm(forms.ModelForm):
    """The first words of a new record. One that looks like another is asked about first."""

    phone = PhoneField(
        label=gettext_lazy("Téléphone"), max_length=40, required=False, validators=[PHONE]
    )
    not_a_duplicate = forms.BooleanField(
        label=gettext_lazy("C’est un autre organisme : créer la fiche"), required=False
    )

    class Meta:
        model = Organisation
        formfield_callback = plain_text
        fields = ["name", "acronym", "kind", "kind_label", "phone"]

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("à choisir")), *Kind.choices]
        self.user = user
        self.alike: list[Organisation] = []

    def clean(self):
        cleaned = super().clean()
        if name := cleaned.get("name"):
            self.alike = possible_duplicates(
                name,
                acronym=cleaned.get("acronym", ""),
                phone=cleaned.get("phone", ""),
                among=Organisation.objects.visible_to(self.user),
            )
            if self.alike and not cleaned.get("not_a_duplicate"):
                self.add_error(
                    "not_a_duplicate",
                    _("Cette fiche existe peut-être déjà. Regardez, puis cochez si non."),
                )
        if cleaned.get("name") and not fold(cleaned["name"]):
            self.add_error("name", _("Un nom contient au moins une lettre ou un chiffre."))
        return cleaned
