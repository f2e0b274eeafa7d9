import datetime as dt

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.directory.enums import KIND_ICONS, SPOKEN, Kind, SpokenLanguage
from coordination.directory.models.territory import Territory
from coordination.directory.models.theme import Theme
from core.models import Bilingual, HasAudience, VisibleQuerySet
from core.text import fold, query_words

FRESH_FOR = dt.timedelta(days=183)


class OrganisationQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> "OrganisationQuerySet":
        """Those within this person's reach that are still active: the only source of lists."""
        return super().visible_to(user).filter(archived_at=None)

    def known_to(self, user) -> "OrganisationQuerySet":
        """Those within reach, archived ones too: for their own address, which says so."""
        return super().visible_to(user)

    def matching(self, text: str) -> "OrganisationQuerySet":
        """Those whose name, acronym or description holds every word, accents ignored."""
        found = self
        for word in query_words(text):
            found = found.filter(search_text__contains=word)
        return found

    def within(self, territory: Territory) -> "OrganisationQuerySet":
        """Those of a territory or of one below it, or active there."""
        return self.filter(
            models.Q(territory__path__startswith=territory.path)
            | models.Exists(
                Organisation.also_active.through.objects.filter(
                    organisation_id=models.OuterRef("pk"),
                    territory__path__startswith=territory.path,
                )
            )
        )


class Organisation(Bilingual, HasAudience):
    """An association, a public service, a network: somebody who helps. Empty fields are « to be
    completed », never guessed."""

    bilingual = ("summary", "services", "for_whom", "conditions", "hours", "note")

    slug = models.SlugField(_("adresse"), max_length=120, unique=True)
    name = models.CharField(_("nom"), max_length=200, unique=True)
    acronym = models.CharField(_("sigle"), max_length=30, blank=True, default="")
    kind = models.CharField(_("sorte d’organisme"), max_length=20, choices=Kind.choices)
    kind_label = models.CharField(
        _("comment l’organisme se nomme"),
        max_length=80,
        blank=True,
        default="",
        help_text=_("Son propre mot : « maison médicale », « CASG »…"),
    )
    summary_fr = models.TextField(
        _("en une phrase, en français"), max_length=300, blank=True, default=""
    )
    summary_nl = models.TextField(
        _("en une phrase, en néerlandais"), max_length=300, blank=True, default=""
    )
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="organisations", verbose_name=_("thèmes")
    )
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("commune ou quartier"),
    )
    also_active = models.ManyToManyField(
        Territory, blank=True, related_name="+", verbose_name=_("actif aussi à")
    )
    area = models.CharField(_("zone d’action"), max_length=80, blank=True, default="")
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("fait partie de"),
    )
    address = models.CharField(_("adresse postale"), max_length=200, blank=True, default="")
    phone = models.CharField(_("téléphone"), max_length=40, blank=True, default="")
    email = models.EmailField(_("adresse électronique"), blank=True, default="")
    website = models.URLField(
        _("site web"), blank=True, default="", validators=[URLValidator(["http", "https"])]
    )
    hours_fr = models.TextField(
        _("heures d’ouverture, en français"), max_length=600, blank=True, default=""
    )
    hours_nl = models.TextField(
        _("heures d’ouverture, en néerlandais"), max_length=600, blank=True, default=""
    )
    services_fr = models.TextField(
        _("services, en français"),
        max_length=3000,
        blank=True,
        default="",
        help_text=_("Un service par ligne."),
    )
    services_nl = models.TextField(
        _("services, en néerlandais"),
        max_length=3000,
        blank=True,
        default="",
        help_text=_("Un service par ligne."),
    )
    for_whom_fr = models.TextField(
        _("pour qui, en français"), max_length=600, blank=True, default=""
    )
    for_whom_nl = models.TextField(
        _("pour qui, en néerlandais"), max_length=600, blank=True, default=""
    )
    conditions_fr = models.TextField(
        _("conditions, en français"),
        max_length=600,
        blank=True,
        default="",
        help_text=_("Ce qu’il faut apporter, ce que cela coûte, s’il faut un rendez-vous."),
    )
    conditions_nl = models.TextField(
        _("conditions, en néerlandais"), max_length=600, blank=True, default=""
    )
    languages = models.JSONField(_("langues parlées"), default=list, blank=True)
    note_fr = models.TextField(_("à savoir, en français"), max_length=1000, blank=True, default="")
    note_nl = models.TextField(
        _("à savoir, en néerlandais"), max_length=1000, blank=True, default=""
    )
    logo = models.ForeignKey(
        "core.PortalImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    status = models.CharField(_("situation"), max_length=120, blank=True, default="")
    consent = models.CharField(
        _("accord pour être montré"),
        max_length=200,
        blank=True,
        default="",
        help_text=_(
            "Pour un réseau informel : qui a accepté d’être montré, et quand. Jamais publié."
        ),
    )
    # One more at each change, so that two people who edit at once are noticed.
    version = models.PositiveIntegerField(editable=False, default=1)
    verified_at = models.DateTimeField(_("vérifié le"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    archived_at = models.DateTimeField(_("archivé le"), null=True, blank=True, editable=False)
    archive_note = models.CharField(
        _("pourquoi"), max_length=200, blank=True, default="", editable=False
    )
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("réuni avec"),
    )
    search_text = models.TextField(editable=False, default="")
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisme")
        verbose_name_plural = _("organismes")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")),
                name="directory_organisation_not_own_parent",
                violation_error_message=_("Un organisme ne peut pas faire partie de lui-même."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.search_text = self.words()
        super().save(*args, **kwargs)

    def words(self) -> str:
        """What the text filter looks in, folded."""
        return fold(
            " ".join(
                (
                    self.name,
                    self.acronym,
                    self.kind_label,
                    self.get_kind_display(),
                    self.summary_fr,
                    self.summary_nl,
                    self.services_fr,
                    self.services_nl,
                    self.for_whom_fr,
                    self.for_whom_nl,
                    self.address,
                )
            )
        )

    @property
    def url(self) -> str:
        return reverse("directory:organisation_detail", args=[self.slug])

    @property
    def tel(self) -> str:
        return "".join(c for c in self.phone if c.isdigit() or c == "+")

    @property
    def icon(self) -> str:
        return KIND_ICONS.get(self.kind, "building-2")

    @property
    def services_list(self) -> list[str]:
        return [line.strip() for line in self.services.splitlines() if line.strip()]

    @property
    def languages_list(self) -> list[str]:
        """The languages spoken, in words of the page's language."""
        return [str(SpokenLanguage(code).label) for code in self.languages if code in SPOKEN]

    @property
    def is_fresh(self) -> bool:
        """Whether somebody said within six months that the record is right (requirement R096)."""
        return self.verified_at is not None and timezone.now() - self.verified_at < FRESH_FOR

    @property
    def owner_token(self) -> str:
        """The token of its people, and of the files that belong to it."""
        return f"org:{self.pk}"

    @property
    def themes_list(self) -> list[Theme]:
        return list(self.themes.all())
