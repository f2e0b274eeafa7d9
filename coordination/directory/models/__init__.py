from coordination.directory.models.membership import OrganisationMembership
from coordination.directory.models.organisation import Organisation
from coordination.directory.models.place import Place, PlaceAlias
from coordination.directory.models.territory import Territory
from coordination.directory.models.theme import Theme

__all__ = [
    "Organisation",
    "OrganisationMembership",
    "Place",
    "PlaceAlias",
    "Territory",
    "Theme",
]
