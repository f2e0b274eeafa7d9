from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from accounts import notification_views, views

urlpatterns = [
    path("", views.profile, name="accounts_profile"),
    path(_("transmettre/"), views.hand_over, name="accounts_hand_over"),
    path(_("transmettre/<int:pk>/"), views.hand_over, name="accounts_hand_over_for"),
    path(_("avis/"), notification_views.notification_choices, name="accounts_notification_choices"),
    path(
        _("avis/lien/<str:token>/"),
        notification_views.notification_link,
        name="accounts_notification_link",
    ),
    path(
        _("avis/stop/<str:token>/"),
        notification_views.notification_stop,
        name="accounts_notification_stop",
    ),
    path("", include("accounts.sign_in_urls")),
]
