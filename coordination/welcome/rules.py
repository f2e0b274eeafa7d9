"""What a person accepts on coming in. A change of these words is a new version."""

from django.utils.translation import gettext_lazy as _

VERSION = "2026-1"
RULES = (
    _("Ce qui est réservé aux membres ou à un groupe reste entre eux."),
    _("Je n’écris rien sur les personnes aidées : ni nom, ni numéro, ni histoire."),
    _("Je tiens à jour ce qui me concerne, et je le dis quand je pars."),
)
