"""Working groups: their space, what they share, joining and leaving."""

from tests.people import Role
from tests.permissions.table.roles import EVERYBODY, GROUP_A, MEMBERS, PILOTS
from tests.permissions.table.viewsets import chooser, viewset

SITE = {
    "groupes:folders": PILOTS,
    "groupes:item": EVERYBODY,
    "groupes:item_decide": PILOTS,
    "groupes:item_edit": GROUP_A,
    "groupes:item_pin": PILOTS,
    "groupes:item_withdraw": GROUP_A,
    "groupes:join": MEMBERS,
    "groupes:leave": frozenset({Role.GROUP_MEMBER, Role.PILOT}),
    "groupes:request": PILOTS,
    "groupes:share": GROUP_A,
    "groupes:space": GROUP_A,
    "groupes:todo": PILOTS,
}
ASKS_TO_SIGN_IN = {
    "groupes:join",
}
ADMIN_EDITORS = chooser("group_contact_chooser")
ADMIN_OVERSIGHT = {
    *viewset("groupcontact"),
    *viewset("groupfolder"),
    *viewset("groupmembership"),
    *viewset("grouporganisation"),
    *viewset("joinrequest", inspected=True),
    *viewset("mandate"),
    *viewset("shareditem", inspected=True),
    *viewset("workinggroup"),
}
