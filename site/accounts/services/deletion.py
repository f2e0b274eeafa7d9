"""An account is deleted: an empty shell stays, so that the network keeps its history without the
name (docs/adr/0014)."""

import datetime as dt
import logging
import secrets
from collections.abc import Iterable
from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ForeignKey
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.models import EditingSession, FormState
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry, PageSubscription, Site, UploadedFile
from wagtail.users.models import UserProfile

from accounts.enums import OVERSEEING, Office
from accounts.handover import Holding, held_alone
from accounts.models import (
    DataExport,
    NetworkMembership,
    Notification,
    NotificationChoice,
    User,
)
from accounts.permissions import can_delete_account
from accounts.personal import addresses_of, personal_data, without
from core.jobs import DELAYS, TryAgainError, job, later
from core.mail import send_mail
from core.memory import forget
from core.models import NetworkSettings

logger = logging.getLogger("maillage.accounts")

# How long the address waits for its last mail: all tries of a job, and a day more.
WAITS = int((sum(DELAYS, dt.timedelta(days=1))).total_seconds())


def offices_held_alone(user: User) -> list[Holding]:
    """The offices of oversight that a network would have nobody for: these are never left empty."""
    found = []
    mine = NetworkMembership.objects.live().filter(user=user, office__in=OVERSEEING)
    for membership in mine.select_related("site"):
        others = NetworkMembership.objects.live().filter(
            site=membership.site, office=membership.office, user__is_active=True
        )
        if not others.exclude(user=user).exists():
            name = NetworkSettings.for_site(membership.site).name or membership.site.site_name
            label = str(Office(membership.office).label)
            found.append(Holding(f"office:{membership.pk}", label.capitalize(), name))
    return found


@transaction.atomic
def delete_account(*, actor: User, user: User) -> None:
    """Delete an account everywhere and for good; nothing the second time.

    Raises `PermissionDenied` for whoever may not, and `ValidationError` when a network would have
    nobody left in an office of oversight, or when somebody leaves by themselves what nobody else
    holds.
    """
    sites = Site.objects.filter(memberships__user=user).values("pk")
    list(Site.objects.select_for_update(no_key=True).filter(pk__in=sites).order_by("pk"))
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.deleted_at:
        return
    if not can_delete_account(actor, user):
        raise PermissionDenied
    if offices_held_alone(user) or (actor.pk == user.pk and held_alone(user)):
        raise ValidationError(_("Une fonction n’a personne d’autre. Transmettez-la d’abord."))
    address, language, site = user.email, user.language, _site_of(user)
    words = {*addresses_of(user), *_names_of(user)}
    for data in personal_data():
        if data.forget:
            data.forget(user)
    _forget_account(user)
    _empty(user)
    _rename_in_log(user, words)
    by_self = actor.pk == user.pk
    log(instance=user, action="accounts.delete", user=actor, data={"by_self": by_self})
    _say_farewell(address, language, site, by_self=by_self)
    forget()


def _site_of(user: User) -> Site:
    membership = user.network_memberships.select_related("site").first()
    return membership.site if membership else Site.objects.get(is_default_site=True)


def _names_of(user: User) -> set[str]:
    full = f"{user.first_name} {user.last_name}".strip()
    return {full} if " " in full else set()


def _forget_account(user: User) -> None:
    """What is of the account alone, in our tables and in those of the packages."""
    NetworkMembership.objects.filter(user=user).close()
    for model in (
        *(EmailAddress, Authenticator, UserSession, Notification, NotificationChoice, DataExport),
        *(PageSubscription, EditingSession, FormState),
    ):
        model.objects.filter(user=user).delete()
    for upload in UploadedFile.objects.filter(uploaded_by_user=user):
        upload.file.delete(save=False)
        upload.delete()
    for profile in UserProfile.objects.filter(user=user):
        if profile.avatar:
            profile.avatar.delete(save=False)
        profile.delete()
    user.groups.clear()
    user.user_permissions.clear()
    end_sessions(user)


def end_sessions(user: User) -> None:
    """Sign a person out everywhere."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    living = Session.objects.filter(expire_date__gt=timezone.now())
    for session in living.iterator():
        if store().decode(session.session_data).get(SESSION_KEY) == str(user.pk):
            store(session.session_key).delete()


def _empty(user: User) -> None:
    user.email = f"compte-{user.pk}@efface.invalid"
    user.first_name = user.last_name = user.function_fr = user.function_nl = ""
    user.language = settings.LANGUAGE_CODE
    user.is_active = user.has_unread = False
    user.last_login = user.second_factor_by = None
    user.deleted_at = timezone.now()
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()


def _rename_in_log(user: User, words: Iterable[str]) -> None:
    """Take the person's name out of the log's labels; what was done, and when, stays."""
    with override(settings.LANGUAGE_CODE):
        shell = str(user)
        ModelLogEntry.objects.for_instance(user).update(label=shell)
        for model in apps.get_models():
            keys = [f.name for f in model._meta.fields if _points_at_people(f)]
            if model is not User and keys:
                _rename_rows(model, keys, user, shell)
    for model in (ModelLogEntry, PageLogEntry):
        for entry in model.objects.only("label", "data").iterator():
            label, data = without(entry.label, words, shell), without(entry.data, words, shell)
            if (label, data) != (entry.label, entry.data):
                model.objects.filter(pk=entry.pk).update(label=label, data=data)


def _points_at_people(field) -> bool:
    return isinstance(field, ForeignKey) and field.related_model is User


def _rename_rows(model, keys: list[str], user: User, shell: str) -> None:
    """The labels of what names the person in its own words, as a membership does."""
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    entries = ModelLogEntry.objects.filter(content_type=kind)
    logged = [pk for pk in set(entries.values_list("object_id", flat=True)) if pk.isdigit()]
    for key in keys:
        for row in model._base_manager.filter(**{key: user.pk}, pk__in=logged):
            if shell in str(row):
                entries.filter(object_id=str(row.pk)).update(label=str(row))


def _say_farewell(address: str, language: str, site: Site, *, by_self: bool) -> None:
    """Have the last mail sent. Nothing of the database keeps the address, a job's arguments
    neither: it waits in the cache that the worker shares, under a word that only the job knows."""
    key = f"accounts.farewell.{secrets.token_urlsafe(16)}"
    cache.set(key, address, WAITS)
    later(send_farewell, key, language, site.pk, by_self)


@job
def send_farewell(key: str, language: str, site_pk: int, by_self: bool) -> None:
    """The last mail: the account is gone. It goes to the address that the account had, once."""
    address, site = cache.get(key), Site.objects.filter(pk=site_pk).first()
    if not address or site is None:
        return
    try:
        send_mail(
            "accounts/mail/account_deleted",
            to=[address],
            context={"by_self": by_self},
            language=language,
            network=NetworkSettings.for_site(site),
        )
    except Exception as error:  # mail servers and their libraries fail in ways of their own
        # Their words may hold the address, of which nothing is kept.
        logger.error("a farewell was not sent, %s", type(error).__name__)
        raise TryAgainError from None
    cache.delete(key)
