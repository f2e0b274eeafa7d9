from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.directory.enums import Level
from coordination.directory.models.organisation import Organisation
from coordination.directory.models.territory import Territory
from core.models import Bilingual, HasAudience, VisibleQuerySet
from core.text import fold, query_words


class PlaceQuerySet(VisibleQuerySet):
    def matching(self, text: str) -> "PlaceQuerySet":
        """Those whose name, other names or address hold every word, accents ignored."""
        found = self
        for word in query_words(text):
            found = found.filter(search_text__contains=word)
        return found

    def with_town(self) -> "PlaceQuerySet":
        """Each place with the commune its territory lies in, as `town_fr` and `town_nl`."""
        commune = Territory.objects.annotate(
            place_path=models.ExpressionWrapper(
                models.OuterRef("territory__path"), output_field=models.CharField()
            )
        ).filter(level=Level.COMMUNE, place_path__startswith=models.F("path"))
        return self.annotate(
            town_fr=models.Subquery(commune.values("name_fr")[:1]),
            town_nl=models.Subquery(commune.values("name_nl")[:1]),
        )


class Place(Bilingual, HasAudience):
    """Somewhere things happen: a hall, a desk, a square, with all the names people give it."""

    bilingual = ("name", "kind", "town")
    town_fr = town_nl = ""  # read by `with_town()`

    slug = models.SlugField(_("adresse"), max_length=120, unique=True)
    name_fr = models.CharField(_("nom en français"), max_length=160)
    name_nl = models.CharField(_("nom en néerlandais"), max_length=160, blank=True, default="")
    kind_fr = models.CharField(_("sorte, en français"), max_length=80, blank=True, default="")
    kind_nl = models.CharField(_("sorte, en néerlandais"), max_length=80, blank=True, default="")
    address = models.CharField(_("rue et numéro"), max_length=160, blank=True, default="")
    postcode = models.CharField(_("code postal"), max_length=10, blank=True, default="")
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
        verbose_name=_("commune ou quartier"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="places",
        verbose_name=_("tenu par"),
    )
    note = models.TextField(_("à savoir"), blank=True, default="")
    valid_until = models.DateField(_("jusqu’au"), null=True, blank=True)
    relocated_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("déplacé vers"),
    )
    search_text = models.TextField(editable=False, default="")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("lieu")
        verbose_name_plural = _("lieux")
        ordering = ["name_fr"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.search_text = self.words()
        super().save(*args, **kwargs)

    def words(self) -> str:
        aliases = " ".join(alias.name for alias in self.aliases.all()) if self.pk else ""
        return fold(f"{self.name_fr} {self.name_nl} {aliases} {self.address} {self.postcode}")

    @property
    def aliases_list(self) -> list[str]:
        return [alias.name for alias in self.aliases.all()]

    @property
    def full_address(self) -> str:
        """Street, postcode and commune; what is not known is left out.

        A letter goes to a commune, not to a neighbourhood: `with_town()` reads it beforehand.
        """
        town = self.town or (self.territory.name if self.territory else "")
        town = f"{self.postcode} {town}".strip()
        return ", ".join(part for part in (self.address, town) if part)


class PlaceAlias(models.Model):
    """Another name of a place."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="aliases")
    name = models.CharField(_("autre nom"), max_length=160)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="directory_placealias_once")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        self.place.save()
