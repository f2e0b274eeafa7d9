"""A copy of one's own data: asked for, made by a job, kept for a week."""

import datetime as dt
import io
import json
import zipfile

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from accounts.enums import ExportState
from accounts.models import DataExport, User
from accounts.models.data_export import KEPT
from accounts.notifications import notify
from accounts.notifications.own import EXPORT
from accounts.personal import personal_data
from core.jobs import job, later

MAX_PER_DAY = 3
FRESH = dt.timedelta(minutes=10)  # asked again within this time, the copy is the one asked before
GIVEN_UP = dt.timedelta(hours=1)  # a job that has said nothing for so long will not any more


@transaction.atomic
def ask_for_copy(*, actor: User) -> DataExport:
    """Ask for a copy of one's own data; gives the one that runs already, or was just asked.

    Raises `ValidationError` after `MAX_PER_DAY` in twenty-four hours.
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    now = timezone.now()
    mine = DataExport.objects.filter(user=actor)
    mine.running().filter(asked_at__lte=now - GIVEN_UP).update(state=ExportState.FAILED)
    known = mine.exclude(state=ExportState.FAILED).filter(asked_at__gt=now - FRESH)
    if running := (mine.running().first() or known.first()):
        return running
    if mine.filter(asked_at__gt=now - dt.timedelta(days=1)).count() >= MAX_PER_DAY:
        raise ValidationError(
            _("Vous avez déjà demandé trois copies en un jour. Demandez la suivante demain.")
        )
    copy = DataExport(user=actor)
    copy.full_clean()
    copy.save()
    log(instance=actor, action="accounts.export", user=actor)
    later(make_copy, copy.pk)
    return copy


@job
def make_copy(pk: int) -> None:
    """Make the copy that was asked for, and tell its owner; nothing the second time."""
    copy = DataExport.objects.running().select_related("user").filter(pk=pk).first()
    if copy is None or not copy.user.is_active:
        return
    try:
        archive = archive_of(copy.user)
    except Exception:  # whatever an app's data is like, the person is told; the worker logs it
        DataExport.objects.running().filter(pk=pk).update(state=ExportState.FAILED)
        raise
    _keep(pk, archive)


@transaction.atomic
def _keep(pk: int, archive: bytes) -> None:
    """Keep the file; nobody may fetch those that were ready before any more."""
    copy = DataExport.objects.running().select_for_update(of=("self",)).filter(pk=pk).first()
    if copy is None:  # the account was deleted meanwhile, or another worker has made it
        return
    copy.file.save("", ContentFile(archive), save=False)
    copy.state, copy.ready_at = ExportState.READY, timezone.now()
    copy.expires_at = copy.ready_at + KEPT
    copy.save()
    older = DataExport.objects.current().filter(user=copy.user_id).exclude(pk=copy.pk)
    older.update(expires_at=copy.ready_at)
    notify(EXPORT.key, about=copy.pk, to=[copy.user])


def archive_of(user: User) -> bytes:
    """The copy: one ZIP with the same data for programs (JSON) and for people (HTML), in the
    person's language."""
    with override(user.language):
        sections = [(data, [dict(row) for row in data.collect(user)]) for data in personal_data()]
        now = timezone.now()
        values = {
            "language": user.language,
            "made_at": now,
            "data": {data.key: rows for data, rows in sections},
        }
        page = render_to_string(
            "accounts/data_export_page.html",
            {
                "user": user,
                "language": user.language,
                "made_at": now,
                "sections": [_readable(data, rows) for data, rows in sections],
            },
        )
        name = _("mes-donnees")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr(f"{name}.json", text)
        archive.writestr(f"{name}.html", page)
    return out.getvalue()


def _readable(data, rows: list[dict]) -> dict:
    """A section as the page shows it: values under their headings, empty ones left out."""
    return {
        "key": data.key,
        "label": data.label,
        "rows": [
            [
                {
                    "label": data.fields[name],
                    "value": ", ".join(value) if isinstance(value, list) else value,
                    "is_moment": isinstance(value, dt.datetime),
                    "is_day": isinstance(value, dt.date) and not isinstance(value, dt.datetime),
                }
                for name, value in row.items()
                if value not in (None, "", [])
            ]
            for row in rows
        ],
    }
