from core.forms.audience import AudienceModelForm


class ProgrammeForm(AudienceModelForm):
    """A programme in the admin. Its address stays once it is made: links and published events
    name it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].disabled = self.instance.pk is not None
