"""Every address of the portal. `tests/permissions/table/` has a row for each."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from accounts.views.notifications import notification, notification_list
from agenda.views.feeds import FORMATS
from coordination.directory.views.export import directory_csv, directory_json
from core import files, help_views, mail_views, views
from core.serving import serve_page
from home.sitemaps import network_sitemap
from home.views.components import components
from home.views.feed import news_feed
from home.views.space import space

urlpatterns = [
    path("sante/", views.health, name="core_health"),
    path("fichiers/document/<int:pk>/<str:filename>", files.serve_document, name="core_document"),
    path("fichiers/<path:name>", files.serve, name="core_file"),
    path("sitemap.xml", network_sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("gestion/", include(wagtailadmin_urls)),
]

urlpatterns += i18n_patterns(
    path("portail.webmanifest", views.manifest, name="manifest"),
    path(_("mon-espace/"), space, name="space"),
    path(_("mon-espace/avis/"), notification_list, name="accounts_notifications"),
    path(
        _("mon-espace/avis/<int:pk>/"),
        notification,
        name="accounts_notification",
    ),
    path(_("composants/"), components, name="components"),
    path(_("compte/"), include("accounts.urls")),
    path(_("repertoire/"), include("coordination.directory.urls")),
    path(_("repertoire.csv"), directory_csv, name="directory_csv"),
    path(_("repertoire.json"), directory_json, name="directory_json"),
    path(_("rejoindre/"), include("coordination.welcome.urls")),
    path(_("groupes/"), include("groupes.urls")),
    path(_("agenda/"), include("agenda.urls")),
    path(_("contact/"), include("home.urls")),
    *(
        path(format_lazy("{}.{}", _("agenda"), suffix), view, name=f"agenda_{suffix}")
        for suffix, view in FORMATS.items()
    ),
    re_path(r"^(?P<path>[\w-]+(?:/[\w-]+)*)\.rss$", news_feed, name="home_news_feed"),
    path(_("courriels/"), mail_views.mail_list, name="core_mails"),
    path(_("courriels/<slug:key>/"), mail_views.mail_detail, name="core_mail"),
    path(_("courriels/<slug:key>/html/"), mail_views.mail_html, name="core_mail_html"),
    path(_("aide/"), help_views.index, name="help_index"),
    path(_("aide/<slug:slug>/"), help_views.guide, name="help_guide"),
    # Of Wagtail's own addresses only this one: its two password forms do not exist here.
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    prefix_default_language=False,
)
