from wagtail.admin.forms import WagtailAdminPageForm


class PortalPageForm(WagtailAdminPageForm):
    """A page's editing form: an address that another part of the site owns is refused here, with
    the rest of what was typed kept."""

    def clean(self):
        cleaned = super().clean()
        slug = cleaned.get("slug")
        if slug and (problem := self.instance.address_problem(slug, self.parent_page)):
            self.add_error("slug", problem)
        return cleaned
