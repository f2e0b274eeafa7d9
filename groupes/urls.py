"""What lies below a group's page beside its resources, in both languages.

`groupes.models.pages.RESERVED_SLUGS` keeps these words for the addresses.
"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from groupes.views import joining, sharing, space

app_name = "groupes"
urlpatterns = [
    path(_("<slug:slug>/rejoindre/"), joining.join, name="join"),
    path(_("<slug:slug>/quitter/"), joining.leave, name="leave"),
    path(_("<slug:slug>/demandes/<int:asked>/"), joining.answer, name="request"),
    path(_("<slug:slug>/espace/"), space.space, name="space"),
    path(_("<slug:slug>/dossiers/"), space.folders, name="folders"),
    path(_("<slug:slug>/a-faire/"), space.todo, name="todo"),
    path(_("<slug:slug>/partager/"), sharing.share, name="share"),
    path(_("<slug:slug>/infos/<int:item>/"), sharing.item, name="item"),
    path(_("<slug:slug>/infos/<int:item>/modifier/"), sharing.edit, name="item_edit"),
    path(_("<slug:slug>/infos/<int:item>/retirer/"), sharing.withdraw, name="item_withdraw"),
    path(_("<slug:slug>/infos/<int:item>/decision/"), sharing.decide, name="item_decide"),
    path(_("<slug:slug>/infos/<int:item>/epingler/"), sharing.pin, name="item_pin"),
]
