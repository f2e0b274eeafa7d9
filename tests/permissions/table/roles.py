"""Sets of roles, as the rows name them."""

from tests.people import Role

EVERYBODY = frozenset(Role)
SIGNED_IN = EVERYBODY - {Role.VISITOR}
OVERSIGHT = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
EDITORS = OVERSIGHT | {Role.PILOT, Role.EDITOR, Role.MODERATOR}
NOBODY = frozenset()
KEEPERS = OVERSIGHT | {Role.REPRESENTATIVE}  # of organisation A's record
MEMBERS = SIGNED_IN - {Role.WAITING, Role.FORMER}
PILOTS = OVERSIGHT | {Role.PILOT}  # of group A
GROUP_A = PILOTS | {Role.GROUP_MEMBER}
