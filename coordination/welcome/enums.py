from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InvitationState(TextChoices):
    WAITING = "waiting", _("en attente")
    ACCEPTED = "accepted", _("acceptée")
    WITHDRAWN = "withdrawn", _("retirée")


class RequestKind(TextChoices):
    PERSON = "person", _("une personne")
    ORGANISATION = "organisation", _("un organisme")


class RequestState(TextChoices):
    """`unconfirmed`: nobody has opened the mail yet, the coordination is not told."""

    UNCONFIRMED = "unconfirmed", _("adresse à confirmer")
    WAITING = "waiting", _("à traiter")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")
    WITHDRAWN = "withdrawn", _("retirée")


class InvitationMail(TextChoices):
    """The mail that an invitation still asks for."""

    NONE = ""
    INVITATION = "invitation"
    REMINDER = "reminder"


class RequestMail(TextChoices):
    """The mail that a request still asks for."""

    NONE = ""
    CONFIRM = "confirm"
    RECEIPT = "receipt"
    ACCEPTED = "welcome"
    REFUSED = "refused"
