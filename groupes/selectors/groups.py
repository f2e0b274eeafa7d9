"""Groups as other parts of the site ask for them. A group is known to whoever may see its page."""

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Locale

from coordination.directory.filters import GroupFilter
from coordination.directory.models import Organisation
from core.language import current_language
from core.memory import remember
from core.visibility import reach_of
from groupes.enums import BodyKind
from groupes.models import GroupMembership, GroupOrganisation, GroupPage, WorkingGroup


def visible_group_pages(user) -> QuerySet[GroupPage]:
    """One page per group within reach, in the page's language (French when it has none)."""
    locale = Locale.objects.filter(language_code=current_language())
    pages = GroupPage.objects.visible_to(user).select_related("group")
    here = pages.filter(locale__in=locale)
    elsewhere = pages.filter(locale__language_code="fr").exclude(group__in=here.values("group"))
    return (here | elsewhere).order_by("group_id")


def known_groups(user) -> dict[int, GroupPage]:
    """The same pages, by group, read once per change for whoever holds the same tokens."""
    key = ("group pages", current_language(), reach_of(user).tokens)
    return remember(key, lambda: {page.group_id: page for page in visible_group_pages(user)})


def _options(user) -> list[dict]:
    return [
        {
            "value": page.group.slug,
            "label": page.group.name,
            "icon": page.group.icon,
            "thread": page.group.thread,
        }
        for page in known_groups(user).values()
    ]


def organisations_of(group: WorkingGroup, user) -> QuerySet[Organisation]:
    """The organisations of a group that this person may see; the assembly invites them all."""
    visible = Organisation.objects.visible_to(user)
    if group.kind != BodyKind.ASSEMBLY:
        visible = visible.filter(pk__in=group.organisations.live().values("organisation_id"))
    return visible.order_by("name")


def _visible_groups(user) -> QuerySet[WorkingGroup]:
    return WorkingGroup.objects.filter(
        pk__in=GroupPage.objects.visible_to(user).order_by().values("group")
    )


def _narrow(organisations: QuerySet, slugs: list[str], user) -> QuerySet:
    chosen = _visible_groups(user).filter(slug__in=slugs)
    if chosen.filter(kind=BodyKind.ASSEMBLY).exists():
        return organisations
    taking_part = GroupOrganisation.objects.live().filter(group__in=chosen.values("pk"))
    return organisations.filter(pk__in=taking_part.values("organisation_id"))


def _counts(organisations: QuerySet, user) -> dict[str, int]:
    """How many organisations each group has; the assembly has them all."""
    visible = _visible_groups(user)
    counts = dict(
        GroupOrganisation.objects.live()
        .filter(
            organisation_id__in=organisations.order_by().values("pk"),
            group__in=visible.exclude(kind=BodyKind.ASSEMBLY).values("pk"),
        )
        .values_list("group__slug")
        .annotate(number=Count("organisation_id", distinct=True))
        .order_by()
    )
    assemblies = list(visible.filter(kind=BodyKind.ASSEMBLY).values_list("slug", flat=True))
    if assemblies:
        counts |= dict.fromkeys(assemblies, organisations.count())
    return counts


GROUP_FILTER = GroupFilter(options=_options, narrow=_narrow, counts=_counts)


def groups_of(organisation: Organisation, request: HttpRequest) -> list[GroupPage]:
    """The pages of the groups an organisation takes part in today, and of the assembly."""
    taking_part = organisation.participations.live().values("group_id")
    return list(
        visible_group_pages(request.user).filter(
            Q(group__in=taking_part) | Q(group__kind=BodyKind.ASSEMBLY)
        )
    )


def describe_memberships(user) -> list[dict]:
    """A person's groups in words, for their own account page."""
    pages = known_groups(user)
    memberships = GroupMembership.objects.live().filter(user=user).select_related("group")
    return [
        {
            "label": membership.group.name,
            "detail": membership.get_role_display(),
            "url": pages[membership.group_id].get_url() if membership.group_id in pages else "",
            "icon": membership.group.icon,
            "thread": membership.group.thread,
            "start": membership.start,
            "end": membership.end,
            "action": {
                "label": _("Partager une info"),
                "url": reverse("groupes:share", args=[membership.group.slug]),
                "icon": "messages-square",
            }
            if membership.group_id in pages
            else None,
            "leave_url": reverse("groupes:leave", args=[membership.group.slug])
            if membership.group_id in pages
            else "",
        }
        for membership in memberships
    ]
