from wagtail.admin.views.generic import IndexView

from core.text import query_words


class AccentlessIndexView(IndexView):
    """An admin list searched in the model's `search_text`, where accents and capitals are gone."""

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        for word in query_words(self.search_query):
            queryset = queryset.filter(search_text__contains=word)
        return queryset
