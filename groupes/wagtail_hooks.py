from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from core.visibility import reach_of
from groupes.choosers import GROUP_CONTACTS
from groupes.models import GroupPage
from groupes.viewsets import GroupViewSetGroup


@hooks.register("register_admin_viewset")
def group_viewsets() -> list:
    return [GroupViewSetGroup(), GROUP_CONTACTS]


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    for name, label in (
        ("ask", _("Demander à participer")),
        ("ask_withdrawn", _("Retirer une demande de participation")),
        ("accepted", _("Accepter une demande de participation")),
        ("refused", _("Refuser une demande de participation")),
        ("charter", _("Accepter la charte")),
        ("leave", _("Quitter le groupe")),
        ("unpiloted", _("Laisser un groupe sans pilote")),
        ("pilot", _("Transmettre le pilotage")),
        ("share", _("Partager une info")),
        ("correct", _("Corriger une info")),
        ("withdraw", _("Retirer une info")),
        ("item_published", _("Rendre une info publique")),
        ("item_refused", _("Garder une info pour le groupe")),
        ("pin", _("Épingler une info")),
        ("check", _("Confirmer qu’une page est exacte")),
        ("folder", _("Ajouter un dossier")),
    ):
        actions.register_action(f"groupes.{name}", label, label)


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
@hooks.register("before_move_page")
@hooks.register("before_copy_page")
def group_page_stays(request: HttpRequest, page: Page, *args) -> HttpResponse | None:
    """A group's own page stays where it is and stays published: only the coordination, which
    answers for all groups, moves it or takes it away."""
    if isinstance(page.specific, GroupPage) and not reach_of(request.user).networks:
        messages.error(
            request,
            _(
                "La page d’un groupe ne peut être ni déplacée, ni copiée, ni dépubliée par ses "
                "pilotes. Demandez-le à la coordination."
            ),
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None
