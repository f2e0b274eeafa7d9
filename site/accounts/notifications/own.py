"""What people are told about accounts themselves."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import DataExport, User
from accounts.notifications import Kind, Told


def _tell_handovers(user: User, ids: Sequence[int]) -> dict[int, Told]:
    return {
        leaving.pk: Told(
            title=_("Des fonctions vous sont transmises"),
            url=reverse("accounts_profile"),
            detail=_("de la part de : %(who)s") % {"who": leaving},
            icon="handshake",
        )
        for leaving in User.objects.filter(pk__in=ids)
    }


def _tell_exports(user: User, ids: Sequence[int]) -> dict[int, Told]:
    """One's own copies that may still be fetched."""
    url = reverse("accounts_data")
    copies = DataExport.objects.current().filter(user=user, pk__in=ids)
    return {
        copy.pk: Told(title=_("La copie de vos données est prête"), url=url, icon="file-archive")
        for copy in copies
    }


HANDOVER = Kind(
    key="accounts.handover",
    label=gettext_lazy("Des fonctions me sont transmises"),
    why=gettext_lazy("parce qu’une personne qui part vous a choisi comme suite"),
    tell=_tell_handovers,
)
EXPORT = Kind(
    key="accounts.export",
    label=gettext_lazy("La copie de mes données est prête"),
    why=gettext_lazy("parce que vous avez demandé une copie de vos données"),
    tell=_tell_exports,
)
