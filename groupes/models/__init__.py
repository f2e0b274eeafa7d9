from groupes.models.group import GroupContact, Mandate, WorkingGroup
from groupes.models.membership import GroupMembership, GroupOrganisation
from groupes.models.pages import GroupIndexPage, GroupPage, GroupResourcePage

__all__ = [
    "GroupContact",
    "GroupIndexPage",
    "GroupMembership",
    "GroupOrganisation",
    "GroupPage",
    "GroupResourcePage",
    "Mandate",
    "WorkingGroup",
]
