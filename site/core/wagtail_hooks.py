"""Wagtail's admin: our screens in it, and what is taken out of it."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter

from core import admin_memberships
from core.admin_api import ScopedPagesAPIViewSet
from core.admin_home import NetworkOverview
from core.admin_scope import explorable, linkable
from core.admin_views import page_audience
from core.beneficiaries import Reason
from core.services.audience import words as words_of
from core.services.beneficiaries import ACTION as KEPT_TEXT
from core.visibility import page_filter, reach_of


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path("public/<int:page_id>/", page_audience, name="core_page_audience"),
    ]


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    for action, said, words in (
        (admin_memberships.GIVEN, gettext_lazy("Donner un rôle"), gettext_lazy("Rôle donné")),
        (admin_memberships.CHANGED, gettext_lazy("Changer un rôle"), gettext_lazy("Rôle changé")),
        (admin_memberships.ENDED, gettext_lazy("Retirer un rôle"), gettext_lazy("Rôle retiré")),
    ):
        formatter = type(
            "RoleFormatter",
            (admin_memberships.MembershipFormatter,),
            {"label": said, "words": words},
        )
        actions.register_action(action)(formatter)

    actions.register_action("core.audience")(AudienceChanged)
    actions.register_action(KEPT_TEXT)(TextKept)


class AudienceChanged(LogFormatter):
    label = gettext_lazy("Changer le public")

    def format_message(self, log_entry) -> str:
        return _("Public changé : de « %(before)s » à « %(after)s »") % {
            "before": words_of(log_entry.data.get("before", [])),
            "after": words_of(log_entry.data.get("after", [])),
        }


class TextKept(LogFormatter):
    label = gettext_lazy("Garder un texte malgré l’avertissement")

    def format_message(self, log_entry) -> str:
        reasons = [str(Reason(reason).label) for reason in log_entry.data.get("reasons", [])]
        return _("Texte gardé après un avertissement : %(reasons)s") % {
            "reasons": ", ".join(reasons)
        }


@hooks.register("register_page_header_buttons")
def header_button(page, user, view_name, next_url=None):
    if page.depth > 1 and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Qui peut voir"),
            reverse("core_page_audience", args=[page.pk]),
            icon_name="view",
            priority=15,
        )


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("construct_page_chooser_queryset")
def pages_to_link(pages, request):
    """To link or to move: one's own pages, and the published ones one may see."""
    own = explorable(request.user).values("pk")
    return pages.filter(pk__in=own) | pages.filter(pk__in=linkable(request.user).values("pk"))


@hooks.register("construct_explorer_page_queryset")
def pages_to_explore(parent_page, pages, request):
    return pages.filter(page_filter(request.user))


@hooks.register("construct_admin_api")
def pages_in_the_api(router) -> None:
    router.register_endpoint("pages", ScopedPagesAPIViewSet)


@hooks.register("construct_image_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
def files_to_choose(files, request):
    return files.filter(pk__in=files.model.objects.visible_to(request.user).values("pk"))


@hooks.register("construct_main_menu")
def menu_of_the_role(request, items: list[MenuItem]) -> None:
    """Menu entries whose screens do not exist for this person are not shown."""
    hidden = {"help"}
    if not reach_of(request.user).networks:
        hidden |= {"reports", "settings", "snippets", "redirects"}
    items[:] = [item for item in items if item.name not in hidden]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_counts(request, items: list) -> None:
    """Wagtail counts everything there is, out of reach or not."""
    items.clear()


@hooks.register("construct_homepage_panels")
def network_at_a_glance(request, panels: list) -> None:
    """Our page in the place of Wagtail's panels, except what waits for the person there."""
    panels[:] = [NetworkOverview(request), *panels]


@hooks.register("construct_settings_menu")
def settings_menu(request, items: list[MenuItem]) -> None:
    """Accounts and groups follow from memberships: Wagtail's own screens for them do not exist."""
    items[:] = [item for item in items if item.name not in {"users", "groups"}]
