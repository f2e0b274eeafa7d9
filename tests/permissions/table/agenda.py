"""The shared agenda: its screens in the admin."""

from tests.permissions.table.viewsets import viewset

ADMIN_OVERSIGHT = {
    *viewset("programme"),
    *viewset("schoolholiday"),
}
