from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """A stream whose blocks stay out of the migrations.

    Wagtail writes the whole block definition into every migration; the column is JSON whatever the
    blocks are, so adding a block here changes no migration.
    """

    def __init__(self, block_types=(), **kwargs) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
