"""Documents and images, each with an audience of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet
from wagtail.search.queryset import SearchableQuerySetMixin

from core.models.audience import HasAudience, VisibleQuerySet


class DocumentQuerySet(SearchableQuerySetMixin, VisibleQuerySet):
    pass


class PortalImageQuerySet(ImageQuerySet, VisibleQuerySet):
    pass


class PortalDocument(HasAudience, AbstractDocument):
    """A file that people download. Its audience is not wider than its collection's group."""

    objects = DocumentQuerySet.as_manager()

    admin_form_fields = ("title", "file", "collection", "audience")

    class Meta(AbstractDocument.Meta):
        permissions = [("choose_document", "Can choose document")]
        indexes = [models.Index(fields=["file"], name="core_document_file")]
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class PortalImage(HasAudience, AbstractImage):
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
