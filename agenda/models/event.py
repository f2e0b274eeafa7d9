"""An event of the network: what it is, who organises it, where. Its timings say when."""

import datetime as dt
import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import (
    ClusterableModel,
    get_all_child_m2m_relations,
    get_all_child_relations,
)
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, Site, WorkflowMixin

from agenda.enums import Access, EventKind, Price, Registration, Target
from coordination.directory.enums import SPOKEN, SpokenLanguage
from coordination.directory.models import Place, Territory, Theme
from core.models import Audience, Bilingual, HasAudience, VisibleQuerySet, public_audience
from core.text import fold, query_words
from core.visibility import is_narrower
from groupes.models import WorkingGroup

MAX_DESCRIPTION = 4000  # characters
MAX_SHORT = 300
MAX_AGE = 120
MAX_SLUG = 80


class EventQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> "EventQuerySet":
        """Published events within this person's reach: the only source of lists."""
        return super().visible_to(user).filter(live=True)

    def matching(self, text: str) -> "EventQuerySet":
        """Those whose words hold every word typed, accents ignored."""
        found = self
        for word in query_words(text):
            found = found.filter(search_text__contains=word)
        return found


class Event(
    WorkflowMixin,
    DraftStateMixin,
    RevisionMixin,
    PreviewableMixin,
    Bilingual,
    HasAudience,
    ClusterableModel,
):
    """Something that takes place, once or again and again.

    The row holds what is published; what is being prepared or moderated is a revision. What is
    named in `OUTSIDE_REVISIONS` belongs to the event itself: no draft, and no return to an older
    version, ever changes it.
    """

    bilingual = (
        *("title", "summary", "description", "access_note", "price_note", "registration_how"),
        *("image_alt", "contact_function", "when"),
    )
    OUTSIDE_REVISIONS = (
        *("uid", "slug", "site", "audience", "featured_until", "sequence", "facets"),
        *("search_text", "projected_until", "proposed_by", "created_at"),
    )

    # --- The event itself, whatever its versions ---
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("adresse"), max_length=MAX_SLUG + 10, unique=True, editable=False)
    # Neither index nor shortcut from a network or an audience to its events: the calendar is read
    # from its days, and without statistics SQLite would begin with every event there is.
    site = models.ForeignKey(
        Site,
        models.PROTECT,
        related_name="events",
        verbose_name=_("réseau"),
        editable=False,
        db_index=False,
    )
    audience = models.ForeignKey(
        Audience,
        models.PROTECT,
        related_name="+",
        default=public_audience,
        verbose_name=_("public"),
        db_index=False,
    )
    featured_until = models.DateField(_("à la une jusqu’au"), null=True, blank=True, editable=False)
    # One more each time that what calendars read changes (RFC 5545, 3.8.7.4).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    facets = models.TextField(default="", editable=False)
    search_text = models.TextField(default="", editable=False)
    projected_until = models.DateField(null=True, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="proposed_events",
        verbose_name=_("proposé par"),
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    # --- What it is ---
    title_fr = models.CharField(_("titre en français"), max_length=120, blank=True, default="")
    title_nl = models.CharField(_("titre en néerlandais"), max_length=120, blank=True, default="")
    summary_fr = models.TextField(
        _("en une phrase, en français"), max_length=300, blank=True, default=""
    )
    summary_nl = models.TextField(
        _("en une phrase, en néerlandais"), max_length=300, blank=True, default=""
    )
    description_fr = models.TextField(
        _("présentation en français"), max_length=MAX_DESCRIPTION, blank=True, default=""
    )
    description_nl = models.TextField(
        _("présentation en néerlandais"), max_length=MAX_DESCRIPTION, blank=True, default=""
    )
    kind = models.CharField(
        _("sorte"), max_length=20, choices=EventKind.choices, default=EventKind.ACTIVITY
    )
    themes = ParentalManyToManyField(
        Theme, blank=True, related_name="events", verbose_name=_("thèmes")
    )
    group = models.ForeignKey(
        WorkingGroup,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("groupe du réseau"),
    )
    programme = models.ForeignKey(
        "agenda.Programme",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("programme"),
    )
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("a lieu à la suite de"),
    )
    # Whoever organises without a record in the directory.
    other_organisers = models.CharField(
        _("autres organisateurs"), max_length=200, blank=True, default=""
    )

    # --- When, where the timings cannot say ---
    when_fr = models.CharField(_("quand, en français"), max_length=200, blank=True, default="")
    when_nl = models.CharField(_("quand, en néerlandais"), max_length=200, blank=True, default="")
    dates_to_confirm = models.BooleanField(_("prochaine date à confirmer"), default=False)

    # --- Where ---
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("lieu"),
    )
    address = models.CharField(
        _("adresse du lieu"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Si le lieu n’est pas dans la liste : son nom, la rue et le numéro."),
    )
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("commune ou quartier"),
    )
    room = models.CharField(
        _("salle, étage"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("« Salle bleue, 2e étage »."),
    )
    online_url = models.URLField(
        _("adresse en ligne"), blank=True, default="", validators=[URLValidator(["http", "https"])]
    )
    access = models.JSONField(_("accès"), default=list, blank=True)
    access_note_fr = models.CharField(
        _("pour y arriver, en français"), max_length=300, blank=True, default=""
    )
    access_note_nl = models.CharField(
        _("pour y arriver, en néerlandais"), max_length=300, blank=True, default=""
    )

    # --- For whom ---
    targets = models.JSONField(_("pour qui"), default=list, blank=True)
    age_min = models.PositiveSmallIntegerField(
        _("à partir de (âge)"), null=True, blank=True, validators=[MaxValueValidator(MAX_AGE)]
    )
    age_max = models.PositiveSmallIntegerField(
        _("jusqu’à (âge)"), null=True, blank=True, validators=[MaxValueValidator(MAX_AGE)]
    )
    women_only = models.BooleanField(_("entre femmes seulement"), default=False)
    languages = models.JSONField(_("langues parlées"), default=list, blank=True)

    # --- How one comes ---
    price = models.CharField(
        _("prix"), max_length=20, choices=Price.choices, blank=True, default=Price.UNKNOWN
    )
    price_amount = models.DecimalField(
        _("montant, en euros"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    price_note_fr = models.CharField(
        _("à savoir sur le prix, en français"), max_length=160, blank=True, default=""
    )
    price_note_nl = models.CharField(
        _("à savoir sur le prix, en néerlandais"), max_length=160, blank=True, default=""
    )
    article_27 = models.BooleanField(_("ticket Article 27 accepté"), default=False)
    registration = models.CharField(
        _("inscription"),
        max_length=20,
        choices=Registration.choices,
        blank=True,
        default=Registration.UNKNOWN,
    )
    registration_how_fr = models.CharField(
        _("comment s’inscrire, en français"), max_length=300, blank=True, default=""
    )
    registration_how_nl = models.CharField(
        _("comment s’inscrire, en néerlandais"), max_length=300, blank=True, default=""
    )
    contact_function_fr = models.CharField(
        _("fonction de qui répond, en français"), max_length=120, blank=True, default=""
    )
    contact_function_nl = models.CharField(
        _("fonction de qui répond, en néerlandais"), max_length=120, blank=True, default=""
    )
    contact_phone = models.CharField(_("téléphone"), max_length=40, blank=True, default="")
    contact_email = models.EmailField(_("adresse électronique"), blank=True, default="")
    website = models.URLField(
        _("site web"), blank=True, default="", validators=[URLValidator(["http", "https"])]
    )
    image = models.ForeignKey(
        "core.PortalImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt_fr = models.CharField(
        _("ce que montre l’image, en français"), max_length=200, blank=True, default=""
    )
    image_alt_nl = models.CharField(
        _("ce que montre l’image, en néerlandais"), max_length=200, blank=True, default=""
    )

    # The audience that this version asks for, as tokens: publication gives it.
    wanted_tokens = models.JSONField(default=list, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("événement")
        verbose_name_plural = _("événements")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_fr="") | ~Q(title_nl=""),
                name="agenda_event_titled",
                violation_error_message=_("Donnez un titre, en français ou en néerlandais."),
            ),
            models.CheckConstraint(
                condition=Q(age_min=None) | Q(age_max=None) | Q(age_min__lte=F("age_max")),
                name="agenda_event_ages",
                violation_error_message=_("Le plus petit âge vient avant le plus grand."),
            ),
            models.CheckConstraint(
                condition=~Q(follows=F("pk")),
                name="agenda_event_not_after_itself",
                violation_error_message=_("Un événement ne peut pas suivre lui-même."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def with_content_json(self, content: dict) -> "Event":
        """A revision as an event: what stands outside revisions stays as it is today."""
        event = super().with_content_json(content)
        for name in self.OUTSIDE_REVISIONS:
            attname = self._meta.get_field(name).attname
            setattr(event, attname, getattr(self, attname))
        return event

    def save(self, *args, **kwargs) -> None:
        """What stands outside revisions is written on purpose only, by name or by an UPDATE: a
        version that was read before somebody narrowed the audience must not widen it again."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            own = [field.name for field in self._meta.concrete_fields if not field.primary_key]
            linked = [relation.get_accessor_name() for relation in get_all_child_relations(Event)]
            linked += [field.name for field in get_all_child_m2m_relations(Event)]
            kwargs["update_fields"] = [
                name for name in (*own, *linked) if name not in self.OUTSIDE_REVISIONS
            ]
        super().save(*args, **kwargs)

    @property
    def url(self) -> str:
        return reverse("agenda:event", args=[self.slug])

    def date_url(self, day: dt.date) -> str:
        """The address of what takes place on one day."""
        return reverse("agenda:event_date", args=[self.slug, day])

    @property
    def in_short(self) -> str:
        """What it is, in one sentence, or the beginning of its presentation."""
        return self.summary or Truncator(self.description).chars(MAX_SHORT)

    @property
    def tel(self) -> str:
        return "".join(c for c in self.contact_phone if c.isdigit() or c == "+")

    @property
    def languages_list(self) -> list[str]:
        return [str(SpokenLanguage(code).label) for code in self.languages if code in SPOKEN]

    @property
    def targets_list(self) -> list[str]:
        return [str(Target(value).label) for value in self.targets if value in Target.values]

    @property
    def access_list(self) -> list[str]:
        return [str(Access(value).label) for value in self.access if value in Access.values]

    @property
    def known_place(self) -> Place | None:
        """The place, when whoever may see the event may know of it."""
        place = self.place
        is_known = place and is_narrower(self.audience.tokens, place.audience.tokens)
        return place if is_known else None

    def words(self) -> str:
        """What the text filter looks in, folded. A name is in it only when whoever may see the
        event may know it: nobody finds by a word what is not shown to them."""
        tokens, place = self.audience.tokens, self.known_place
        organisers = [row.organisation for row in self.organisings.all()]
        return fold(
            " ".join(
                (
                    *(self.title_fr, self.title_nl, self.summary_fr, self.summary_nl),
                    *(self.description_fr, self.description_nl, self.other_organisers),
                    *((place.name_fr, place.name_nl) if place else ()),
                    self.address,
                    str(self.get_kind_display()),
                    *(
                        organisation.name
                        for organisation in organisers
                        if is_narrower(tokens, organisation.audience.tokens)
                    ),
                )
            )
        )
