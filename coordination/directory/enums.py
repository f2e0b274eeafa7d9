from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What an organisation is, in a dozen families; its own word for itself is `kind_label`."""

    MUNICIPAL = "municipal", _("Commune et services publics")
    CPAS = "cpas", _("CPAS et guichets sociaux")
    SOCIAL_SERVICE = "social_service", _("Services sociaux")
    NEIGHBOURHOOD = "neighbourhood", _("Maisons de quartier et lieux de rencontre")
    HEALTH = "health", _("Santé")
    MENTAL_HEALTH = "mental_health", _("Santé mentale")
    HOUSING = "housing", _("Logement et sans-abrisme")
    FOOD = "food", _("Alimentation, vêtements, hygiène")
    YOUTH = "youth", _("Enfance, jeunesse, école")
    CULTURE = "culture", _("Culture, lecture et loisirs")
    ASSOCIATION = "association", _("Associations")
    SUPPORT = "support", _("Fédérations, réseaux et appui")
    RESIDENTS = "residents", _("Habitants et réseaux informels")


# One Lucide pictogram per kind, always shown with its word.
KIND_ICONS = {
    Kind.MUNICIPAL: "landmark",
    Kind.CPAS: "hand-helping",
    Kind.SOCIAL_SERVICE: "messages-square",
    Kind.NEIGHBOURHOOD: "house-plus",
    Kind.HEALTH: "stethoscope",
    Kind.MENTAL_HEALTH: "message-circle-heart",
    Kind.HOUSING: "house",
    Kind.FOOD: "soup",
    Kind.YOUTH: "backpack",
    Kind.CULTURE: "book-open",
    Kind.ASSOCIATION: "building-2",
    Kind.SUPPORT: "network",
    Kind.RESIDENTS: "users",
}


class Level(TextChoices):
    """The nested territories of social help in Brussels (requirement R018)."""

    REGION = "region", _("région")
    COMMUNITY = "community", _("communauté")
    BASIN = "basin", _("bassin")
    COMMUNE = "commune", _("commune")
    NEIGHBOURHOOD = "neighbourhood", _("quartier")


class OrganisationRole(TextChoices):
    WORKER = "worker", _("travaille ici")
    REPRESENTATIVE = "representative", _("représente l’organisme")
