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


class Joining(TextChoices):
    """How one comes to take part in a group."""

    REQUEST = "request", _("sur demande")
    OPEN = "open", _("ouvert aux membres du réseau")
    APPOINTED = "appointed", _("sur désignation")


class RequestState(TextChoices):
    PENDING = "pending", _("en attente")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")
    WITHDRAWN = "withdrawn", _("retirée")


class ItemState(TextChoices):
    """Where a shared item stands. Pending and refused ones are for the group alone."""

    PUBLISHED = "published", _("publié")
    PENDING = "pending", _("attend l’accord du pilote pour être public")
    REFUSED = "refused", _("reste pour le groupe")
    WITHDRAWN = "withdrawn", _("retiré")


class Scope(TextChoices):
    """For whom a member shares something."""

    GROUP = "group", _("Le groupe")
    MEMBERS = "member", _("Les membres du réseau")
    PUBLIC = "public", _("Tout le monde")
