"""The one form of an event: for somebody without an account, a member, a moderator."""

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.address import AddressField
from agenda.communes import commune_of
from agenda.enums import Access, EventKind, Price, Registration, Target
from agenda.filling import from_organisation, from_place, place_named
from agenda.forms.proposal_parts import PAIRS, PartsMixin
from agenda.models import Event, Organising, Programme
from agenda.permissions import groups_for, is_within_group, organisations_for
from agenda.services.proposals import Poster
from coordination.directory.enums import SpokenLanguage
from coordination.directory.forms.record import PHONE
from coordination.directory.models import Organisation, Territory, Theme
from core import uploads
from core.forms.audience import AudienceField
from core.forms.examined import ExaminedMixin
from core.forms.files import SafeImageField
from core.forms.robots import StampMixin, TrapMixin
from core.forms.text import LineField, PhoneField, TextField, plain_text
from core.language import current_language
from core.text import fold

MAX_ORGANISERS = 12
IMAGES = tuple(settings.WAGTAILIMAGES_EXTENSIONS)


def boxes(label, choices) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def without(choices, *values) -> list:
    return [choice for choice in choices.choices if choice[0] not in values]


class ProposalForm(PartsMixin, ExaminedMixin, TrapMixin, StampMixin, forms.ModelForm):
    """What an event is, who organises it, where, for whom. When it is stands in the timings."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Qui organise ?"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=gettext_lazy("un autre organisme"),
    )
    co_organisers = TextField(
        label=gettext_lazy("Avec quels organismes ?"),
        required=False,
        max_length=1500,
        help_text=gettext_lazy(
            "Un nom du répertoire par ligne. Chacun pourra corriger l’événement."
        ),
    )
    where = LineField(
        label=gettext_lazy("Où ?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Un lieu de la liste, ou le nom, la rue et le numéro."),
    )
    is_free = forms.BooleanField(label=gettext_lazy("C’est gratuit"), required=False)
    is_step_free = forms.BooleanField(label=gettext_lazy("Entrée sans marche"), required=False)
    no_registration = forms.BooleanField(label=gettext_lazy("Sans inscription"), required=False)
    contact_phone = PhoneField(
        label=gettext_lazy("Téléphone"), max_length=40, required=False, validators=[PHONE]
    )
    contact_email = AddressField(label=gettext_lazy("Adresse électronique"), required=False)
    website = forms.URLField(
        label=gettext_lazy("Site web"), required=False, max_length=200, assume_scheme="https"
    )
    online_url = forms.URLField(
        label=gettext_lazy("En ligne, à l’adresse"),
        required=False,
        max_length=200,
        assume_scheme="https",
    )
    poster = forms.FileField(
        label=gettext_lazy("Affiche"),
        required=False,
        help_text=gettext_lazy("Une image de 10 Mo au plus, ou un PDF."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )
    remove_poster = forms.BooleanField(label=gettext_lazy("Retirer l’affiche"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Sorte"), choices=EventKind.choices)
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Thèmes"),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    targets = boxes(gettext_lazy("Pour qui"), Target.choices)
    languages = boxes(gettext_lazy("Langues parlées"), SpokenLanguage.choices)
    price_kind = forms.ChoiceField(
        label=gettext_lazy("Prix, si ce n’est pas gratuit"),
        choices=without(Price, Price.FREE),
        required=False,
    )
    registration_kind = forms.ChoiceField(
        label=gettext_lazy("Inscription, s’il en faut une"),
        choices=without(Registration, Registration.NONE),
        required=False,
    )
    access_more = boxes(gettext_lazy("Sur place"), without(Access, Access.STEP_FREE))
    audience = AudienceField(label=gettext_lazy("Qui peut voir cet événement"))
    email = AddressField(
        label=gettext_lazy("Votre adresse électronique"),
        help_text=gettext_lazy(
            "Un courriel y part pour vérifier que c’est la vôtre, avec un lien pour changer ou "
            "retirer votre proposition. Jamais publiée."
        ),
    )
    # Set by the script that fills fields in sight of the person: the server then leaves them.
    filled = forms.BooleanField(required=False, widget=forms.HiddenInput)
    # The dates in words that this person has been shown.
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    class Meta:
        model = Event
        formfield_callback = plain_text
        fields = [
            *(f"{name}_{code}" for name in PAIRS for code in ("fr", "nl")),
            *("kind", "group", "programme", "follows", "other_organisers", "territory", "room"),
            *("online_url", "age_min", "age_max", "women_only", "price_amount", "article_27"),
            *("contact_phone", "contact_email", "website", "dates_to_confirm"),
        ]

    def __init__(self, *args, user, published: Event | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.published = user, published
        self.poster: Poster | None = None
        self.organisers: list[Organisation] = []
        self.place = None
        self.code = current_language()
        self.name_pairs()
        self._offer_organisers()
        self._offer_lists()
        self._start_from_event()
        if user is not None and user.is_authenticated:
            del self.fields["email"], self.fields["courriel2"]
            self.fields["audience"].offer(user, frozenset(self.asked_tokens))
        else:
            for name in ("organisation", "co_organisers", "audience", "group", "programme"):
                del self.fields[name]
            del self.fields["follows"]
            if self.instance.pk:
                del self.fields["email"], self.fields["courriel2"]
        self.ask_who()

    def _offer_organisers(self) -> None:
        rows = [row.organisation for row in self._organisings()]
        if "organisation" in self.fields:
            own = organisations_for(self.user)
            if rows:
                own = Organisation.objects.filter(
                    pk__in=[*own.values_list("pk", flat=True), rows[0].pk]
                )
            self.fields["organisation"].queryset = own.order_by("name")
            if not self.is_bound and not self.instance.pk and own.count() == 1:
                self.initial.setdefault("organisation", own.first().pk)
        if rows:
            self.initial["organisation"] = rows[0].pk
            self.initial["co_organisers"] = "\n".join(o.name for o in rows[1:])

    def _organisings(self) -> list[Organising]:
        return list(self.instance.organisings.all())

    def _offer_lists(self) -> None:
        self.fields["themes"].queryset = Theme.objects.all()
        self.fields["territory"].queryset = Territory.objects.order_by("path")
        self.fields["territory"].empty_label = _("à préciser")
        self.fields["group"].queryset = groups_for(self.user, self.published)
        self.fields["group"].empty_label = _("aucun")
        if self.instance.group_id and self.published is not None:
            own = groups_for(self.user, self.published).values("pk")
            model = self.fields["group"].queryset.model
            mine = model.objects.filter(pk__in=own) | model.objects.filter(
                pk=self.instance.group_id
            )
            self.fields["group"].queryset = mine
        self.fields["programme"].queryset = Programme.objects.visible_to(self.user)
        self.fields["programme"].empty_label = _("aucun")
        events = Event.objects.visible_to(self.user).exclude(pk=self.instance.pk)
        own = [row.organisation_id for row in self._organisings()]
        own += [*organisations_for(self.user).values_list("pk", flat=True)[:50]]
        self.fields["follows"].queryset = events.filter(
            organisings__organisation__in=own
        ).distinct()
        self.fields["follows"].empty_label = _("rien")

    def _start_from_event(self) -> None:
        """What the short form says otherwise than the model."""
        event, start = self.instance, self.initial
        start["where"] = event.place.name if event.place else event.address
        start["is_free"] = event.price == Price.FREE
        start["price_kind"] = "" if event.price == Price.FREE else event.price
        start["no_registration"] = event.registration == Registration.NONE
        none = event.registration == Registration.NONE
        start["registration_kind"] = "" if none else event.registration
        start["is_step_free"] = Access.STEP_FREE in event.access
        start["access_more"] = [value for value in event.access if value != Access.STEP_FREE]
        start["targets"], start["languages"] = event.targets, event.languages
        start["themes"] = [theme.pk for theme in event.themes.all()]
        start.setdefault("audience", sorted(self.asked_tokens))
        if not (event.image_id or (event.pk and event.event_documents.exists())):
            del self.fields["remove_poster"]

    @property
    def asked_tokens(self) -> list[str]:
        """The audience that the version at hand has or asks for."""
        if self.published is None:
            return self.initial.get("audience") or ["public"]
        return self.instance.wanted_tokens or sorted(self.published.audience.tokens)

    def clean_co_organisers(self) -> str:
        """Finds each record by its name, accents ignored, or offers those that look like it."""
        text = self.cleaned_data["co_organisers"]
        names = [line for line in text.splitlines() if line.strip()]
        if len(names) > MAX_ORGANISERS:
            raise ValidationError(_("Douze organismes au plus."))
        known = Organisation.objects.visible_to(self.user)
        self.others = []
        for name in names:
            near = list(known.matching(name).order_by("name")[:20])
            found = next((o for o in near if fold(name) in {fold(o.name), fold(o.acronym)}), None)
            if found is None:
                alike = ", ".join(f"« {o.name} »" for o in near[:5])
                if alike:
                    words = {"name": name, "names": alike}
                    raise ValidationError(_("« %(name)s » : quelle fiche ? %(names)s") % words)
                raise ValidationError(_("Aucune fiche ne porte le nom « %s ».") % name)
            self.others.append(found)
        return text

    def clean_poster(self):
        upload = self.cleaned_data["poster"]
        if not upload:
            return upload
        if upload.name.lower().endswith(".pdf"):
            uploads.check_document(upload)
            self.poster = Poster(upload, is_image=False)
        elif upload.name.lower().rsplit(".", 1)[-1] in IMAGES:
            image = SafeImageField().clean(upload)
            self.poster = Poster(uploads.clean_image(image), is_image=True)
        else:
            raise ValidationError(_("Choisissez une image ou un PDF."))
        return upload

    def clean(self) -> dict:
        cleaned = super().clean()
        titles = (f"title_{self.code}", self.other_language[0])
        if not any(cleaned.get(name) for name in titles) and not set(titles) & set(self.errors):
            self.add_error(titles[0], _("Donnez un titre."))
        self._find_organisers(cleaned)
        self._find_place(cleaned)
        self._find_commune(cleaned)
        if cleaned.get("is_free") and cleaned.get("price_kind"):
            self.add_error("price_kind", _("C’est gratuit, ou ce ne l’est pas ?"))
        if cleaned.get("no_registration") and cleaned.get("registration_kind"):
            self.add_error("registration_kind", _("Sans inscription, ou avec ?"))
        audience, group = cleaned.get("audience"), cleaned.get("group")
        if audience and group and not is_within_group(Event(group=group), audience.tokens):
            self.add_error("audience", _("Le groupe lui-même n’est pas ouvert à autant de monde."))
        return cleaned

    def _find_organisers(self, cleaned: dict) -> None:
        lead = cleaned.get("organisation")
        others = getattr(self, "others", [])
        if lead is None and others:
            lead, others = others[0], others[1:]
        self.organisers = [lead, *(o for o in others if o != lead)] if lead else []
        typed = cleaned.get("other_organisers") or cleaned.get("group")
        if "organisation" not in self.fields:
            # The private link changes neither the organisations nor the group.
            typed = typed or self._organisings() or self.instance.group_id
        if not self.organisers and not typed and "co_organisers" not in self.errors:
            self.add_error(self.who_name, _("Dites qui organise."))
        if self.organisers and not cleaned.get("filled"):
            self._fill(cleaned, from_organisation(self.organisers[0]))

    def _find_place(self, cleaned: dict) -> None:
        reader = self.user if self.user is not None else AnonymousUser()
        self.place = place_named(reader, cleaned.get("where") or "")
        if self.place and not cleaned.get("filled"):
            self._fill(cleaned, from_place(self.place))

    def _find_commune(self, cleaned: dict) -> None:
        """Of an address that was typed. A commune that was chosen stays; one that only the former
        address gave goes with it."""
        where, before = cleaned.get("where") or "", self.initial["where"]
        chosen = cleaned.get("territory")
        if "territory" in self.errors:
            return
        if chosen is None or (where != before and chosen == commune_of(before)):
            cleaned["territory"] = None if self.place else commune_of(where) or chosen

    def _fill(self, cleaned: dict, words: dict) -> None:
        """What was left empty, and only that; of an event that exists, nothing."""
        if self.instance.pk:
            return
        for name, value in words.items():
            if name in self.fields and name not in self.errors and not cleaned.get(name):
                cleaned[name] = value

    def version(self) -> Event:
        """Once valid: the event as it was typed, without its timings."""
        cleaned, event = self.cleaned_data, self.instance
        event.place = self.place
        event.address = "" if self.place else cleaned["where"]
        event.price = Price.FREE if cleaned["is_free"] else cleaned["price_kind"]
        event.registration = (
            Registration.NONE if cleaned["no_registration"] else cleaned["registration_kind"]
        )
        step_free = [Access.STEP_FREE] if cleaned["is_step_free"] else []
        event.access = [*step_free, *cleaned["access_more"]]
        event.targets, event.languages = cleaned["targets"], cleaned["languages"]
        event.themes = list(cleaned["themes"])
        if "organisation" in self.fields:
            event.organisings = [
                Organising(organisation=organisation, sort_order=order)
                for order, organisation in enumerate(self.organisers)
            ]
        if cleaned.get("remove_poster"):
            event.image, event.event_documents = None, []
        return event

    @property
    def tokens(self) -> frozenset[str]:
        """Once valid: who is to see it."""
        audience = self.cleaned_data.get("audience")
        return audience.tokens if audience else frozenset(self.asked_tokens)

    @property
    def lost_file(self) -> bool:
        """A browser does not send a file twice: it has to be chosen again after a refusal."""
        return bool(self.files.get("poster"))
