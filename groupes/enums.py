from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BodyKind(TextChoices):
    """The bodies of a network: they differ by their purpose, not by what a page of theirs is."""

    WORKING_GROUP = "working_group", _("groupe de travail")
    ASSEMBLY = "assembly", _("assemblée")
    SUPPORT_COMMITTEE = "support_committee", _("comité d’accompagnement")
    STEERING_COMMITTEE = "steering_committee", _("comité de pilotage")


class Thread(TextChoices):
    """A group's colour and weave, which never part (look.md, « Groups »)."""

    NUM = "num", _("bleu, toile")
    SAN = "san", _("violet, onde")
    ALI = "ali", _("brique, chevron")
    SEN = "sen", _("ocre, point avant")
    CANARD = "canard", _("canard, pois")
    FRAMBOISE = "framboise", _("framboise, sergé")
    MOUSSE_VIVE = "mousse-vive", _("mousse, croix")
    IRIS = "iris", _("iris, losange")


class GroupRole(TextChoices):
    MEMBER = "member", _("membre")
    PILOT = "pilot", _("pilote")
