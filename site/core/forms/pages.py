from django import forms
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks import BlockField
from wagtail.rich_text import get_text_for_indexing

from core.forms.examined import KEEP, Checkbox, ExaminedMixin


class AdminCheckbox(Checkbox):
    """Wagtail draws what no panel claims without its label: this box brings its own."""

    template_name = "core/keep_text.html"


class PortalPageForm(ExaminedMixin, WagtailAdminPageForm):
    """A page's editing form: an address that another part of the site owns is refused here, with
    the rest of what was typed kept. All its words are looked at, the blocks of its body too."""

    keep_widget = AdminCheckbox

    def clean(self):
        cleaned = super().clean()
        slug = cleaned.get("slug")
        if slug and (problem := self.instance.address_problem(slug, self.parent_page)):
            self.add_error("slug", problem)
        return cleaned

    def restore_required_fields(self) -> None:
        """Wagtail takes back from each field what it gave it; the box came after."""
        box = self.fields.pop(KEEP, None)
        super().restore_required_fields()
        if box:
            self.fields[KEEP] = box

    def examined_names(self) -> list[str]:
        words = (forms.CharField, BlockField)
        return [
            name
            for name, field in self.fields.items()
            if isinstance(field, words) and name != "slug"
        ]

    def texts_of(self, name: str, value) -> list[str]:
        if not value:
            return []
        if isinstance(self.fields[name], BlockField):
            return value.stream_block.get_searchable_content(value)
        if isinstance(self.fields[name].widget, DraftailRichTextArea):
            return [get_text_for_indexing(value)]
        return [value]

    def save(self, commit: bool = True):
        page = super().save(commit)
        page.kept_text = self.kept  # noted with the revision, by `BasePage.save_revision`
        return page
