from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.views import contact

urlpatterns = [
    path("", contact.contact_form, name="contact"),
    path(_("recu/<str:token>/"), contact.contact_receipt, name="contact_receipt"),
    path(_("messages/"), contact.message_list, name="contact_messages"),
    path(_("messages/<int:pk>/"), contact.message_answer, name="contact_message"),
]
