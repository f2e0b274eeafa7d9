from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from coordination.directory.models import Territory


class TerritoryForm(WagtailAdminModelForm):
    """A territory and the one it lies in; choosing another moves it with all it holds."""

    parent = forms.ModelChoiceField(
        label=_("fait partie de"),
        queryset=Territory.objects.order_by("path"),
        required=False,
        empty_label=_("rien de plus grand"),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["parent"].queryset = self.fields["parent"].queryset.exclude(
                path__startswith=self.instance.path
            )
            self.initial["parent"] = self.instance.get_parent()

    def save(self, commit: bool = True) -> Territory:
        parent = self.cleaned_data["parent"]
        if self.instance.pk is None:
            if parent:
                return parent.add_child(instance=self.instance)
            return Territory.add_root(instance=self.instance)
        territory = super().save(commit)
        if territory.get_parent() != parent:
            if parent:
                territory.move(parent, "sorted-child")
            else:
                territory.move(Territory.get_first_root_node(), "sorted-sibling")
        return territory
