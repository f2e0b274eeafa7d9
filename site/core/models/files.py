"""Documents and images, each with an audience of its own."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet
from wagtail.search.queryset import SearchableQuerySetMixin

from core.models.audience import HasAudience, VisibleQuerySet


class DocumentQuerySet(SearchableQuerySetMixin, VisibleQuerySet):
    pass


class PortalImageQuerySet(ImageQuerySet, VisibleQuerySet):
    pass


class Owned(models.Model):
    """A file that belongs to a group or an organisation (`group:12`, `org:7`), or, empty, to the
    network. Its audience is never wider than its owner's: `core.services.files`."""

    owner = models.CharField(max_length=64, blank=True, default="", editable=False, db_index=True)

    class Meta:
        abstract = True


class PortalDocument(Owned, HasAudience, AbstractDocument):
    """A file that people download. Its address holds when the file is replaced."""

    objects = DocumentQuerySet.as_manager()

    admin_form_fields = ("title", "file", "collection", "audience")

    class Meta(AbstractDocument.Meta):
        permissions = [("choose_document", "Can choose document")]
        indexes = [models.Index(fields=["file"], name="core_document_file")]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        return reverse("core_document", args=[self.pk, self.filename])


class PortalImage(Owned, HasAudience, AbstractImage):
    """A picture. What it shows is said where it is used, or here once for all."""

    objects = PortalImageQuerySet.as_manager()

    admin_form_fields = (
        *("title", "file", "description", "collection", "audience"),
        *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
    )

    class Meta(AbstractImage.Meta):
        permissions = [("choose_image", "Can choose image")]
        indexes = [models.Index(fields=["file"], name="core_image_file")]
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def __str__(self) -> str:
        return self.title


class PortalRendition(AbstractRendition):
    """A size of a picture. It has its picture's audience."""

    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")

    class Meta:
        indexes = [models.Index(fields=["file"], name="core_rendition_file")]
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="core_rendition_once"
            )
        ]
