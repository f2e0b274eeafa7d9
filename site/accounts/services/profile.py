from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from core.memory import forget

OWN_FIELDS = ("first_name", "last_name", "function_fr", "function_nl", "language")


@transaction.atomic
def change_profile(*, actor: User, values: dict[str, str]) -> list[str]:
    """Keep what somebody says of themselves (a part of `OWN_FIELDS`); gives the fields changed.

    Raises `ValidationError` for a value that is too long or unknown.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    said = {name: values[name] for name in OWN_FIELDS if name in values}
    changed = [name for name, value in said.items() if value != getattr(user, name)]
    if not changed:
        return []
    for name in changed:
        setattr(user, name, said[name])
    user.full_clean(exclude=["password"])
    user.save(update_fields=[*changed, "search_text"])
    # What the log keeps of it is which words changed, never the words.
    log(instance=user, action="accounts.profile", user=actor, data={"fields": changed})
    forget()
    return changed
