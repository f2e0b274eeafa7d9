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


class SpokenLanguage(TextChoices):
    """What is spoken at a desk; the two sign languages of the region are among them."""

    FRENCH = "fr", _("français")
    DUTCH = "nl", _("néerlandais")
    ENGLISH = "en", _("anglais")
    ARABIC = "ar", _("arabe")
    SPANISH = "es", _("espagnol")
    PORTUGUESE = "pt", _("portugais")
    ITALIAN = "it", _("italien")
    ROMANIAN = "ro", _("roumain")
    POLISH = "pl", _("polonais")
    BULGARIAN = "bg", _("bulgare")
    TURKISH = "tr", _("turc")
    UKRAINIAN = "uk", _("ukrainien")
    RUSSIAN = "ru", _("russe")
    PASHTO = "ps", _("pachto")
    DARI = "prs", _("dari")
    TIGRINYA = "ti", _("tigrigna")
    SOMALI = "so", _("somali")
    FULA = "ff", _("peul")
    LINGALA = "ln", _("lingala")
    SWAHILI = "sw", _("swahili")
    BERBER = "ber", _("berbère")
    GERMAN = "de", _("allemand")
    LSFB = "sfb", _("langue des signes de Belgique francophone")
    VGT = "vgt", _("langue des signes flamande")


SPOKEN = frozenset(SpokenLanguage.values)


class AdhesionStatus(TextChoices):
    """An organisation's standing in a network (requirement R004): only effective members vote."""

    EFFECTIVE = "effective", _("membre effectif")
    ADHERENT = "adherent", _("membre adhérent")
    GUEST = "guest", _("invité")


class ReportState(TextChoices):
    OPEN = "open", _("à examiner")
    CORRECTED = "corrected", _("corrigé")
    UNCHANGED = "unchanged", _("rien à changer")


class ChangeKind(TextChoices):
    EDIT = "edit", _("modification")
    REVERT = "revert", _("retour en arrière")
    MERGE = "merge", _("réunion de deux fiches")
    ARCHIVE = "archive", _("archivage")
    RESTORE = "restore", _("remise en liste")
    CREATE = "create", _("création")
