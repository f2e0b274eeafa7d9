from groupes.models.group import GroupContact, Mandate, WorkingGroup
from groupes.models.joining import JoinRequest
from groupes.models.membership import GroupMembership, GroupOrganisation
from groupes.models.pages import GroupIndexPage, GroupPage, GroupResourcePage
from groupes.models.shared import GroupFolder, SharedItem

__all__ = [
    "GroupContact",
    "GroupFolder",
    "GroupIndexPage",
    "GroupMembership",
    "GroupOrganisation",
    "GroupPage",
    "GroupResourcePage",
    "JoinRequest",
    "Mandate",
    "SharedItem",
    "WorkingGroup",
]
