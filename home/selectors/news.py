"""The news of a network as one person may see them: by year and month, by theme."""

import datetime as dt
from collections import Counter
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth, ExtractYear
from django.http import QueryDict
from django.utils.dates import MONTHS
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from coordination.directory.models import Theme
from core.language import current_language
from core.memory import remember
from core.paging import page_of
from core.templatetags.ui import month_year
from core.visibility import reach_of
from home.forms.news import NewsFilters
from home.models import NewsIndexPage, NewsPage

NEWS_PER_PAGE = 12
MAX_DIGITS = 6


class NewsSearch:
    """One visit to the list of news: reads the query string, in a bounded number of queries.

    When a value means nothing the whole list is shown and `message` says so; nothing raises.
    """

    def __init__(self, index: NewsIndexPage, params: QueryDict, user, *, address: str) -> None:
        self.index = index
        self.user = user
        self.address = address
        self.form = NewsFilters(params, themes=self.themes)
        self.is_understood = self.form.is_valid()
        asked = self.form.cleaned_data if self.is_understood else {}
        self.year: int | None = asked.get("annee")
        self.month: int | None = asked.get("mois")
        self.chosen_themes: list[str] = asked.get("theme") or []

    @cached_property
    def themes(self) -> list[Theme]:
        return remember(("themes",), lambda: list(Theme.objects.all()))

    @property
    def key(self) -> tuple:
        """All that the counts depend on."""
        tokens = reach_of(self.user).tokens
        asked = (self.year, self.month, tuple(self.chosen_themes))
        return ("news", self.index.pk, current_language(), tokens, self.address, asked)

    @property
    def message(self) -> str:
        if self.is_understood:
            return ""
        return _("Le filtre n’a pas été compris : voici toutes les nouvelles.")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.year or self.chosen_themes)

    @property
    def period(self) -> str:
        """« mars 2026 », « 2026 », or nothing."""
        if self.year and self.month:
            return month_year(dt.date(self.year, self.month, 1))
        return str(self.year or "")

    @cached_property
    def everything(self):
        return NewsPage.objects.child_of(self.index).visible_to(self.user)

    @cached_property
    def results(self):
        return (
            self.everything.filter(self._in_period, self._on_theme)
            .select_related("image__audience", "theme")
            .order_by("-date", "-pk")
        )

    def page(self, number: str | None) -> Page:
        """One page of the results, read once per change for whoever holds the same tokens."""
        asked = (number or "1")[:MAX_DIGITS]
        return remember((*self.key, "page", asked), lambda: self._page(asked))

    def _page(self, number: str) -> Page:
        page = page_of(self.results, number, NEWS_PER_PAGE)
        page.object_list = list(page.object_list)
        return page

    @property
    def _in_period(self) -> Q:
        condition = Q(date__year=self.year) if self.year else Q()
        return condition & Q(date__month=self.month) if self.month else condition

    @property
    def _on_theme(self) -> Q:
        return Q(theme__slug__in=self.chosen_themes) if self.chosen_themes else Q()

    def url(self, *, year: int | None, month: int | None = None, themes: list[str]) -> str:
        """The address of this list with these filters."""
        params = [("annee", year), ("mois", month), *(("theme", slug) for slug in themes)]
        query = urlencode([(name, value) for name, value in params if value])
        return f"{self.address}?{query}" if query else self.address

    @cached_property
    def years(self) -> list[dict]:
        """Latest first: `{"year", "count", "url", "current", "months"}`; each month likewise, with
        its `name`."""
        return remember((*self.key, "years"), self._years)

    def _years(self) -> list[dict]:
        rows = (
            self.everything.filter(self._on_theme)
            .order_by()
            .values_list(ExtractYear("date"), ExtractMonth("date"))
            .annotate(number=Count("pk"))
        )
        counts = {(year, month): number for year, month, number in rows}
        totals: Counter[int] = Counter()
        for (year, _month), number in counts.items():
            totals[year] += number
        return [
            {
                "year": year,
                "count": totals[year],
                "url": self.url(year=year, themes=self.chosen_themes),
                "current": self.year == year and not self.month,
                "months": [
                    {
                        "name": str(MONTHS[month]).lower(),
                        "count": counts[year, month],
                        "url": self.url(year=year, month=month, themes=self.chosen_themes),
                        "current": (self.year, self.month) == (year, month),
                    }
                    for month in range(12, 0, -1)
                    if (year, month) in counts
                ],
            }
            for year in sorted(totals, reverse=True)
        ]

    @cached_property
    def theme_links(self) -> list[dict]:
        """The themes that have news in this period: `{"label", "icon", "count", "url",
        "current"}`."""
        return remember((*self.key, "themes"), self._theme_links)

    def _theme_links(self) -> list[dict]:
        rows = (
            self.everything.filter(self._in_period)
            .exclude(theme=None)
            .order_by()
            .values_list("theme__slug")
            .annotate(number=Count("pk"))
        )
        counts = dict(rows)
        return [
            {
                "label": theme.name,
                "icon": theme.icon,
                "count": counts.get(theme.slug, 0),
                "url": self.url(year=self.year, month=self.month, themes=[theme.slug]),
                "current": theme.slug in self.chosen_themes,
            }
            for theme in self.themes
            if theme.slug in counts or theme.slug in self.chosen_themes
        ]

    @property
    def chips(self) -> list[dict]:
        """What is applied, each with the address that takes it away."""
        chips = []
        if self.period:
            url = self.url(year=None, themes=self.chosen_themes)
            chips.append({"label": self.period, "url": url})
        names = {theme.slug: theme.name for theme in self.themes}
        for slug in self.chosen_themes:
            left = [other for other in self.chosen_themes if other != slug]
            url = self.url(year=self.year, month=self.month, themes=left)
            chips.append({"label": names[slug], "url": url})
        return chips


def neighbours(page: NewsPage, user) -> dict[str, NewsPage | None]:
    """The news just before and just after this one, as this person may see them."""
    others = NewsPage.objects.sibling_of(page, inclusive=False).visible_to(user)
    key = page.pk or 0  # a page that is being written has none
    before = others.filter(Q(date__lt=page.date) | Q(date=page.date, pk__lt=key))
    after = others.filter(Q(date__gt=page.date) | Q(date=page.date, pk__gt=key))
    return {
        "previous_news": before.order_by("-date", "-pk").first(),
        "next_news": after.order_by("date", "pk").first(),
    }
