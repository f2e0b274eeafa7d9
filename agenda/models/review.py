"""The step of Wagtail's workflow that events pass."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState


class EventReview(Task):
    """Those whom an event concerns read it: the pilots of its group, the moderators, the
    coordination. Its queue is the agenda's own screen, so Wagtail's lists show nothing of it."""

    class Meta:
        verbose_name = _("relecture d’un événement")
        verbose_name_plural = _("relectures d’événements")

    def get_actions(self, obj, user) -> list[tuple[str, str, bool]]:
        from agenda.permissions import can_moderate_event

        if not can_moderate_event(user, obj):
            return []
        return [("reject", _("Demander un changement"), True), ("approve", _("Publier"), False)]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        return TaskState.objects.none()

    @classmethod
    def get_description(cls) -> str:
        return _("Les personnes que l’événement concerne le relisent avant sa publication.")
