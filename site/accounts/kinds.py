"""What people are told about their own account."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import DataExport, User
from accounts.notifications import Kind, Told

EXPORT = "accounts.export"


def tell_export(user: User, ids: Sequence[int]) -> dict[int, Told]:
    """One's own copies that may still be fetched."""
    url = reverse("accounts_data")
    copies = DataExport.objects.current().filter(user=user, pk__in=ids)
    return {
        copy.pk: Told(title=_("La copie de vos données est prête"), url=url, icon="file-archive")
        for copy in copies
    }


KINDS = [
    Kind(
        key=EXPORT,
        label=gettext_lazy("La copie de vos données est prête"),
        why=gettext_lazy("parce que vous avez demandé une copie de vos données"),
        tell=tell_export,
    ),
]
