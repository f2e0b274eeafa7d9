"""Choosers of Wagtail's admin for our own models: each person chooses among what they may see."""

from collections.abc import Callable

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from core.text import MAX_QUERY, query_words


class WordsForm(BaseFilterForm):
    """Keeps what holds every word in one of the folded fields `looks_in`."""

    q = forms.CharField(
        label=_("Chercher"),
        required=False,
        max_length=MAX_QUERY,
        widget=forms.TextInput(attrs={"placeholder": _("Chercher")}),
    )
    looks_in: tuple[str, ...] = ()

    def filter(self, objects: QuerySet) -> QuerySet:
        query = self.cleaned_data.get("q", "")
        for word in query_words(query):
            found = Q()
            for name in self.looks_in:
                found |= Q(**{f"{name}__contains": word})
            objects = objects.filter(found)
        self.is_searching = bool(query)
        self.search_query = query
        return objects


class WithinReach:
    """What the views of a chooser share: what this person may see, and how it is named."""

    within_reach: Callable[[object], QuerySet] | None = None
    named: Callable[[object], str] = str
    looks_in: tuple[str, ...] = ()

    def get_object_list(self) -> QuerySet:
        return self.within_reach(self.request.user)

    def get_filter_form(self) -> WordsForm:
        form = WordsForm(self.request.GET)
        form.looks_in = self.looks_in
        return form

    @property
    def title_column(self) -> TitleColumn:
        column = super().title_column
        column.accessor = self.named
        return column

    def get_object(self, pk: str):
        found = self.get_object_list().filter(pk=pk).first() if pk.isdecimal() else None
        if found is None:
            raise Http404
        return found

    def get_objects(self, pks: list[str]) -> QuerySet:
        return self.get_object_list().filter(pk__in=[pk for pk in pks if pk.isdecimal()])

    def get_display_title(self, instance) -> str:
        return self.named(instance)


class ChooseView(WithinReach, views.ChooseView):
    pass


class ChooseResultsView(WithinReach, views.ChooseResultsView):
    pass


class ChosenView(WithinReach, views.ChosenView):
    pass


class ChosenMultipleView(WithinReach, views.ChosenMultipleView):
    pass


class ReachChooserViewSet(ChooserViewSet):
    """A chooser without a way to add.

    `within_reach(user)` gives what this person may choose, `named(object)` how it is called there,
    `looks_in` names the folded fields that are searched.
    """

    within_reach: Callable[[object], QuerySet]
    named: Callable[[object], str] = str
    looks_in: tuple[str, ...]
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    register_widget = False

    @property
    def base_widget_class(self) -> type[BaseChooser]:
        named = self.named
        return type(
            "ReachChooser",
            (BaseChooser,),
            {"get_display_title": lambda self, instance: named(instance)},
        )

    def get_common_view_kwargs(self, **kwargs) -> dict:
        mine = {name: getattr(self, name) for name in ("within_reach", "named", "looks_in")}
        return super().get_common_view_kwargs(**mine, **kwargs)

    def get_urlpatterns(self) -> list:
        return [entry for entry in super().get_urlpatterns() if entry.name != "create"]
