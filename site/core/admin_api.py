from django.db.models import QuerySet
from wagtail.admin.api.views import PagesAdminAPIViewSet

from core.admin_scope import explorable, linkable


class ScopedPagesAPIViewSet(PagesAdminAPIViewSet):
    """The admin's own list of pages, of which its menu is made: those one works on or may link."""

    def get_base_queryset(self) -> QuerySet:
        user = self.request.user
        pages = super().get_base_queryset()
        own, others = explorable(user).values("pk"), linkable(user).values("pk")
        return pages.filter(pk__in=own) | pages.filter(pk__in=others)
