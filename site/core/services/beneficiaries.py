"""Going on knowingly with a text that looks like a helped person's data is written down."""

from collections.abc import Iterable

from django.db.models import Model
from wagtail.log_actions import log

from core.beneficiaries import Reason, look_at

ACTION = "core.kept_text"


def note_kept_text(*, actor, about: Model, form: str, reasons: Iterable[Reason]) -> None:
    """Note who kept a text after the warning, in which form, why it was warned of; never the text.

    `about` is what the form belongs to, already saved. A visitor has no name.
    """
    log(
        instance=about,
        action=ACTION,
        user=actor if actor is not None and actor.is_authenticated else None,
        # What is named by the very text loses its name here.
        title=str(about._meta.verbose_name) if look_at(str(about)) else str(about),
        data={"form": form, "reasons": sorted(set(reasons))},
    )
