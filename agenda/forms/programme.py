from wagtail.models import Site

from core.forms.audience import AudienceModelForm
from core.visibility import reach_of


class ProgrammeForm(AudienceModelForm):
    """A programme in the admin, of a network that this person oversees. Its address stays once it
    is made: links and published events name it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].disabled = self.instance.pk is not None
        networks = Site.objects.filter(pk__in=reach_of(self.for_user).networks).order_by("pk")
        self.fields["site"].queryset = networks
        self.fields["site"].initial = networks.first()
