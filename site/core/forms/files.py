from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core import tokens, uploads
from core.forms.audience import AudienceField
from core.visibility import is_narrower


class UploadAudienceMixin:
    """Gives a file's form its audience: the uploader's own at first, then what they choose."""

    def __init__(self, *args, user=None, **kwargs) -> None:
        from core.models import Audience

        super().__init__(*args, user=user, **kwargs)
        if self.instance._state.adding and user is not None:
            self.instance.audience = Audience.objects.for_tokens(tokens.upload_default(user))
            self.initial["audience"] = self.instance.audience
        if "audience" in self.fields:
            self.fields["audience"].offer(user, self.instance.audience.tokens)

    def clean(self):
        cleaned = super().clean()
        folder = cleaned.get("collection") or next(iter(getattr(self, "collections", [])), None)
        if owner := tokens.owner_of(folder):
            self.instance.owner = owner
        audience = cleaned.get("audience")
        if audience and not is_narrower(audience.tokens, tokens.ceiling_of(self.instance.owner)):
            self.add_error(
                "audience",
                gettext("Un fichier ne peut pas être plus ouvert que ce à quoi il appartient."),
            )
        return cleaned


class SafeImageField(WagtailImageField):
    """Wagtail's image field, which answers a broken file with a message and not with an error."""

    def to_python(self, data):
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:  # Pillow raises what it likes on damaged files
            raise ValidationError(self.error_messages["invalid_image"]) from error


class ImageForm(UploadAudienceMixin, BaseImageForm):
    file = SafeImageField(label=gettext_lazy("Fichier"))
    audience = AudienceField()

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return upload
        return uploads.clean_image(upload)


class DocumentForm(UploadAudienceMixin, BaseDocumentForm):
    audience = AudienceField()

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if "file" in self.changed_data:
            uploads.check_document(upload)
        return upload
