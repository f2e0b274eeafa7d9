from core.models.audience import (
    Audience,
    Grant,
    HasAudience,
    PageAudience,
    VisibleQuerySet,
    public_audience,
)
from core.models.bilingual import Bilingual
from core.models.check import PageCheck
from core.models.dated import Membership, MembershipQuerySet
from core.models.demonstration import DemonstrationItem
from core.models.files import PortalDocument, PortalImage, PortalRendition
from core.models.jobs import PeriodicRun, RunOutcome, WorkerBeat
from core.models.menus import FooterEntry, MainEntry, Menus, UrgentNotice
from core.models.network import NetworkSettings
from core.models.pages import BasePage, PageVisibleQuerySet
from core.models.retention import RetentionRun
from core.models.roles import RoleGroup
from core.models.sent import SentQuerySet

__all__ = [
    "Audience",
    "BasePage",
    "Bilingual",
    "DemonstrationItem",
    "FooterEntry",
    "Grant",
    "HasAudience",
    "MainEntry",
    "Membership",
    "MembershipQuerySet",
    "Menus",
    "NetworkSettings",
    "PageAudience",
    "PageCheck",
    "PageVisibleQuerySet",
    "PeriodicRun",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "RetentionRun",
    "RoleGroup",
    "RunOutcome",
    "SentQuerySet",
    "UrgentNotice",
    "VisibleQuerySet",
    "WorkerBeat",
    "public_audience",
]
