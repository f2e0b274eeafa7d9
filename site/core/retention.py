"""How long things are kept: declared by the apps, shown on the privacy page, applied each night.

An app registers a `Retention` for each kind of data in its `AppConfig.ready`. Times are settings
(config.settings.base, « How long things are kept »). A nightly job removes what is older
(core.tasks), `manage.py forget` does so by hand, and `RetentionRun` keeps how many went.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry, PageLogEntry

from core.models import RetentionRun

logger = logging.getLogger("maillage.retention")

BATCH = 500  # rows of one transaction: a long one would make people wait
YEAR = 365  # days


def delete_rows(rows: QuerySet) -> int:
    """Delete rows with what hangs on them, some at a time; gives how many there were."""
    gone = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            rows.model._base_manager.filter(pk__in=keys).delete()
        gone += len(keys)
    return gone


@dataclass(frozen=True)
class Retention:
    """One kind of data, and how long it is kept.

    `key`: stable, `app.noun`. `label`: what it is, for the privacy page (lazy). `expired(limit)`:
    the rows whose time is over, `limit` being the moment `days` ago; None for what goes by itself.
    `days`: the name of the setting. `since`: from when one counts, « après la réponse » (lazy).
    `words`: the whole time in words, when it is no number of days (lazy). `forget(rows)`: removes
    them and gives how many, for rows that own files.
    """

    key: str
    label: object
    expired: Callable[[dt.datetime], QuerySet] | None = None
    days: str = ""
    since: object = ""
    words: object = ""
    forget: Callable[[QuerySet], int] = delete_rows

    @property
    def how_long(self) -> str:
        """« 1 an après la réponse », « 90 jours », in the language of the moment."""
        if self.words:
            return str(self.words)
        days = getattr(settings, self.days)
        years, rest = divmod(days, YEAR)
        if rest == 0:
            span = ngettext("%(count)d an", "%(count)d ans", years) % {"count": years}
        else:
            span = ngettext("%(count)d jour", "%(count)d jours", days) % {"count": days}
        return _("{span} {since}").format(span=span, since=self.since).strip()

    def rows(self) -> QuerySet | None:
        """The rows whose time is over now."""
        if self.expired is None:
            return None
        days = getattr(settings, self.days) if self.days else 0
        return self.expired(timezone.now() - dt.timedelta(days=days))


_kinds: dict[str, Retention] = {}


def register_retention(retention: Retention) -> None:
    _kinds[retention.key] = retention


def retentions() -> list[Retention]:
    """Every kind, in the order in which the apps declared them."""
    return list(_kinds.values())


def count_expired() -> Iterator[tuple[Retention, int]]:
    """How many rows of each kind would go now."""
    for retention in retentions():
        if (rows := retention.rows()) is not None:
            yield retention, rows.count()


def forget_expired() -> RetentionRun:
    """Remove everything whose time is over. A kind that cannot be removed is named in the log and
    in the run, and does not keep the others. What is noted at each moment is true, so that this may
    be killed and begun again anywhere."""
    run = RetentionRun.objects.create()
    for retention in retentions():
        if (rows := retention.rows()) is None:
            continue
        try:
            run.counts[retention.key] = retention.forget(rows)
        except Exception as error:  # one kind's trouble is no reason to keep all the others
            logger.error("%s was not removed, %s", retention.key, type(error).__name__)
            run.failed.append(retention.key)
        run.save(update_fields=["counts", "failed"])
    return run


# What core itself keeps.
RETENTIONS = [
    Retention(
        key="core.limits",
        label=gettext_lazy("Les compteurs de connexions et de formulaires, par adresse internet"),
        words=gettext_lazy("une heure au plus"),
    ),
    Retention(
        key="core.page_log",
        label=gettext_lazy("Le journal des changements de pages : qui, quand"),
        days="AUDIT_LOG_DAYS",
        expired=lambda limit: PageLogEntry.objects.filter(timestamp__lt=limit),
    ),
    Retention(
        key="core.action_log",
        label=gettext_lazy("Le journal des actions sensibles : qui, quand"),
        days="AUDIT_LOG_DAYS",
        expired=lambda limit: ModelLogEntry.objects.filter(timestamp__lt=limit),
    ),
    Retention(
        key="core.jobs",
        label=gettext_lazy("Les tâches faites par le site : des numéros, sans texte"),
        days="JOB_RESULT_DAYS",
        expired=lambda limit: DBTaskResult.objects.finished().filter(finished_at__lt=limit),
    ),
]
