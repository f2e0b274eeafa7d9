"""Memberships in Wagtail's admin: who was given what, until when, is written down in words."""

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.log_actions import LogFormatter, log

GIVEN, CHANGED, ENDED = "core.role_given", "core.role_changed", "core.role_ended"
ROLES = ("office", "role")  # the field that says what one is entrusted with


def told(membership) -> dict:
    """What the log keeps of a membership."""
    names = {field.name for field in membership._meta.fields}
    role = next((name for name in ROLES if name in names), "")
    return {
        "role": getattr(membership, role) if role else "",
        "start": membership.start,
        "end": membership.end,
    }


class MembershipCreateView(CreateView):
    def save_instance(self):
        membership = self.form.save()
        log(instance=membership, action=GIVEN, data=told(membership), content_changed=True)
        return membership


class MembershipEditView(EditView):
    def save_instance(self):
        before = self.form.initial.get("end")
        membership = self.form.save()
        self.has_content_changes = self.form.has_changed()
        over = membership.end and membership.end != before
        ends = over and membership.end <= timezone.localdate()
        log(
            instance=membership,
            action=ENDED if ends else CHANGED,
            data=told(membership),
            content_changed=self.has_content_changes,
        )
        return membership


class MembershipFormatter(LogFormatter):
    """« Rôle donné : coordination, depuis le 4 mars 2026 »."""

    words = ""

    def format_message(self, log_entry) -> str:
        said = [self._role(log_entry)]
        for name, sentence in (
            ("start", _("depuis le %(day)s")),
            ("end", _("jusqu’au %(day)s")),
        ):
            if day := parse_date(str(log_entry.data.get(name) or "")):
                said.append(sentence % {"day": date_format(day, "j F Y")})
        told = ", ".join(word for word in said if word)
        return f"{self.words} : {told}" if told else str(self.words)

    @staticmethod
    def _role(log_entry) -> str:
        model = log_entry.content_type.model_class() if log_entry.content_type else None
        for name in ROLES:
            if model is not None and name in {field.name for field in model._meta.fields}:
                choices = dict(model._meta.get_field(name).choices)
                return str(choices.get(log_entry.data.get("role"), ""))
        return ""
