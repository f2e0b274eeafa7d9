from coordination.directory.models.adhesion import Adhesion
from coordination.directory.models.change import OrganisationChange, OrganisationDraft
from coordination.directory.models.contact import OrganisationContact
from coordination.directory.models.membership import OrganisationMembership
from coordination.directory.models.organisation import Organisation
from coordination.directory.models.place import Place, PlaceAlias
from coordination.directory.models.report import ErrorReport
from coordination.directory.models.territory import Territory
from coordination.directory.models.theme import Theme

__all__ = [
    "Adhesion",
    "ErrorReport",
    "Organisation",
    "OrganisationChange",
    "OrganisationContact",
    "OrganisationDraft",
    "OrganisationMembership",
    "Place",
    "PlaceAlias",
    "Territory",
    "Theme",
]
