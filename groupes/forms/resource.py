from core.forms.pages import PortalPageForm


class GroupResourceForm(PortalPageForm):
    """A resource goes into a folder of its own group."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if (folder := self.fields.get("folder")) is None:
            return
        parent = self.parent_page or self.instance.get_parent()
        group_id = getattr(parent.specific, "group_id", None) if parent else None
        folder.queryset = folder.queryset.filter(group=group_id)
