"""Coming into a group and leaving it: a request, its answer, the charter, the last day."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from accounts.notifications import notify, withdraw
from accounts.selectors import overseers
from coordination.directory.models import Organisation
from coordination.directory.services.membership import MAX_WORD
from groupes import permissions
from groupes.enums import Joining, RequestState
from groupes.models import GroupMembership, GroupOrganisation, JoinRequest, WorkingGroup
from groupes.notifications import pilots


def represented_by(user) -> "list[Organisation]":
    """The organisations this person may bring along: those they speak for today."""
    return Organisation.objects.visible_to(user).filter(
        pk__in=user.organisation_memberships.representing().values("organisation_id")
    )


@transaction.atomic
def ask_to_join(
    *,
    actor: User,
    group: WorkingGroup,
    message: str = "",
    organisation: Organisation | None = None,
    accepts_charter: bool = False,
) -> JoinRequest:
    """Ask to take part; an open group says yes at once. Gives the request.

    Raises `ValidationError` when a request waits already, when the charter was not accepted, or
    for an organisation this person does not speak for; `PermissionDenied` for whoever is in the
    group already or is not of the network.
    """
    group = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    if not permissions.can_join_group(actor, group) or _is_live(group, actor):
        raise PermissionDenied
    if group.has_charter and not accepts_charter:
        raise ValidationError({"charter": _("Acceptez la charte du groupe pour y participer.")})
    if organisation and not represented_by(actor).filter(pk=organisation.pk).exists():
        raise ValidationError({"organisation": _("Vous ne représentez pas cet organisme.")})
    request = JoinRequest(
        group=group,
        user=actor,
        organisation=organisation,
        message=message,
        charter_version=group.charter_version if group.has_charter else 0,
    )
    request.full_clean()
    request.save()
    log(instance=group, action="groupes.ask", user=actor, data={"request": request.pk})
    if group.joining == Joining.OPEN:
        _let_in(actor=actor, request=request)
    notify("groupes.request", about=request.pk, to=pilots(group), actor=actor)
    return request


@transaction.atomic
def withdraw_request(*, actor: User, request: JoinRequest) -> JoinRequest:
    """Take one's own request back. Raises `PermissionDenied` once it is answered."""
    request = _locked(request)
    if not permissions.can_withdraw_request(actor, request):
        raise PermissionDenied
    request.state = RequestState.WITHDRAWN
    request.save(update_fields=["state"])
    withdraw("groupes.request", about=request.pk)
    log(instance=request.group, action="groupes.ask_withdrawn", user=actor)
    return request


@transaction.atomic
def accept_request(*, actor: User, request: JoinRequest, answer: str = "") -> JoinRequest:
    """Let somebody in from today, with the organisation they asked for.

    Raises `ValidationError` when it was answered meanwhile.
    """
    request = _answerable(actor, request)
    request.answer = answer
    _let_in(actor=actor, request=request)
    return request


@transaction.atomic
def refuse_request(*, actor: User, request: JoinRequest, answer: str) -> JoinRequest:
    """Say no, with a word. Raises `ValidationError` without one, or when it was answered."""
    request = _answerable(actor, request)
    if not answer.strip():
        raise ValidationError({"answer": _("Un refus s’explique : écrivez un mot.")})
    request.answer = answer
    _answer(actor, request, RequestState.REFUSED)
    return request


@transaction.atomic
def accept_charter(*, actor: User, group: WorkingGroup) -> int:
    """Note that a member accepts the charter as it reads today; gives the rows changed."""
    if not permissions.is_in_group(actor, group):
        raise PermissionDenied
    changed = (
        GroupMembership.objects.live()
        .filter(group=group, user=actor)
        .update(charter_version=group.charter_version, charter_accepted_on=timezone.localdate())
    )
    log(instance=group, action="groupes.charter", user=actor)
    return changed


@transaction.atomic
def leave_group(*, actor: User, group: WorkingGroup, tell: bool = False, word: str = "") -> None:
    """End one's memberships today: felt at the next request.

    The last pilot leaves only with `tell`: the coordination is then told, with a word. Raises
    `ValidationError` without it, `PermissionDenied` for whoever is not in the group.
    """
    group = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    mine = GroupMembership.objects.live().filter(group=group, user=actor)
    if not permissions.can_leave_group(actor, group) or not mine.exists():
        raise PermissionDenied
    is_last = is_last_pilot(group, actor)
    if is_last and not tell:
        raise ValidationError({"tell": _("Transmettez d’abord, ou prévenez la coordination.")})
    if is_last:
        MaxLengthValidator(MAX_WORD)(word)
    mine.update(end=timezone.localdate())
    log(instance=group, action="groupes.leave", user=actor)
    if is_last:
        log(instance=group, action="groupes.unpiloted", user=actor, data={"word": word})
        notify("groupes.unpiloted", about=group.pk, to=overseers(group.site), actor=actor)


def is_last_pilot(group: WorkingGroup, user) -> bool:
    """Whether the group has no other pilot who can sign in."""
    piloting = GroupMembership.objects.piloting().filter(group=group)
    others = piloting.exclude(user=user).who_can_sign_in()
    return piloting.filter(user=user).exists() and not others.exists()


def _is_live(group: WorkingGroup, user) -> bool:
    return GroupMembership.objects.live().filter(group=group, user=user).exists()


def _locked(request: JoinRequest) -> JoinRequest:
    return (
        JoinRequest.objects.select_for_update(of=("self",))
        .select_related("group", "user")
        .get(pk=request.pk)
    )


def _answerable(actor: User, request: JoinRequest) -> JoinRequest:
    request = _locked(request)
    if not permissions.can_pilot_group(actor, request.group):
        raise PermissionDenied
    if not request.is_pending:
        raise ValidationError(_("Cette demande a déjà reçu une réponse, ou a été retirée."))
    return request


def _answer(actor: User, request: JoinRequest, state: RequestState) -> None:
    request.state = state
    request.answered_by, request.answered_at = actor, timezone.now()
    request.full_clean()
    request.save()
    withdraw("groupes.request", about=request.pk)
    notify("groupes.answer", about=request.pk, to=[request.user], actor=actor)
    log(
        instance=request.group,
        action=f"groupes.{state}",
        user=actor,
        data={"request": request.pk, "user": request.user_id},
    )


def _let_in(*, actor: User, request: JoinRequest) -> None:
    _answer(actor, request, RequestState.ACCEPTED)
    today, group = timezone.localdate(), request.group
    if not _is_live(group, request.user):
        membership = GroupMembership(
            group=group,
            user=request.user,
            start=today,
            charter_version=request.charter_version,
            charter_accepted_on=today if request.charter_version else None,
        )
        membership.full_clean()
        membership.save()
    organisation = request.organisation
    taking_part = GroupOrganisation.objects.live().filter(group=group)
    if organisation and not taking_part.filter(organisation=organisation).exists():
        row = GroupOrganisation(group=group, organisation=organisation, start=today)
        row.full_clean()
        row.save()
