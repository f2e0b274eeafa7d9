from django.urls import path
from django.utils.translation import gettext_lazy as _

from coordination.welcome.views import invitation, manage, request

app_name = "welcome"
urlpatterns = [
    path("", request.join, name="join"),
    path(_("charte/"), request.charter, name="charter"),
    path(_("personne/"), request.ask_person, name="ask_person"),
    path(_("organisme/"), request.ask_organisation, name="ask_organisation"),
    path(_("recu/<str:token>/"), request.receipt, name="receipt"),
    path(_("demandes/<str:secret>/"), request.follow, name="follow"),
    path(_("invitation/<str:link>/"), invitation.invitation, name="invitation"),
    path(_("gestion/"), manage.manage, name="manage"),
    path(_("gestion/inviter/"), manage.invite_one, name="invite"),
    path(_("gestion/inviter/liste/"), manage.invite_many, name="invite_many"),
    path(_("gestion/charte/"), manage.charter_edit, name="charter_edit"),
    path(_("gestion/invitations/<int:pk>/"), manage.invitation_detail, name="invitation_detail"),
    path(_("gestion/demandes/<int:pk>/"), manage.request_answer, name="request_answer"),
]
