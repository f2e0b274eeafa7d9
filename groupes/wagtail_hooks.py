from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
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
        ("ask", gettext_lazy("Demander à participer")),
        ("ask_withdrawn", gettext_lazy("Retirer une demande de participation")),
        ("accepted", gettext_lazy("Accepter une demande de participation")),
        ("refused", gettext_lazy("Refuser une demande de participation")),
        ("charter", gettext_lazy("Accepter la charte")),
        ("leave", gettext_lazy("Quitter le groupe")),
        ("unpiloted", gettext_lazy("Laisser un groupe sans pilote")),
        ("pilot", gettext_lazy("Transmettre le pilotage")),
        ("share", gettext_lazy("Partager une info")),
        ("correct", gettext_lazy("Corriger une info")),
        ("withdraw", gettext_lazy("Retirer une info")),
        ("item_published", gettext_lazy("Rendre une info publique")),
        ("item_refused", gettext_lazy("Garder une info pour le groupe")),
        ("pin", gettext_lazy("Épingler une info")),
        ("check", gettext_lazy("Confirmer qu’une page est exacte")),
        ("folder", gettext_lazy("Ajouter un dossier")),
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
