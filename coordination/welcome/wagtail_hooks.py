from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    for name, label in (
        ("invite", _("Inviter une personne")),
        ("invite_withdrawn", _("Retirer une invitation")),
        ("accept", _("Accepter une invitation")),
        ("accepted", _("Accepter une demande d’adhésion")),
        ("refused", _("Refuser une demande d’adhésion")),
        ("charter", _("Publier la charte du réseau")),
    ):
        actions.register_action(f"welcome.{name}", label, label)
