from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventKind(TextChoices):
    """What an event is (requirements R058, R169 to R173): the words of the network."""

    ACTIVITY = "activity", _("activité collective")
    WORKSHOP = "workshop", _("atelier")
    PERMANENCE = "permanence", _("permanence")
    MEAL = "meal", _("repas")
    OUTING = "outing", _("sortie")
    WALK = "walk", _("promenade ou visite")
    PARTY = "party", _("fête")
    INFORMAL = "informal", _("rencontre informelle")
    FESTIVAL = "festival", _("festival ou programme")
    COLLECTION = "collection", _("campagne ou collecte")
    GATHERING = "gathering", _("rassemblement")
    INFORMATION = "information", _("séance d’information")
    TRAINING = "training", _("formation")
    FAIR = "fair", _("salon social-santé")
    OPEN_DAY = "open_day", _("portes ouvertes")
    DISCOVERY = "discovery", _("journée découverte pour les partenaires")
    IMMERSION = "immersion", _("immersion dans un service")
    GROUP_MEETING = "group_meeting", _("réunion de groupe de travail")
    PLENARY = "plenary", _("assemblée ou rencontre thématique")
    COMMITTEE = "committee", _("comité")
    ROUND_TABLE = "round_table", _("table ronde")
    FOCUS_GROUP = "focus_group", _("groupe de discussion")
    CONSULTATION = "consultation", _("consultation")


class Target(TextChoices):
    """Whom an event is for, beside ages (requirement R158)."""

    EVERYBODY = "everybody", _("tout public")
    CHILDREN = "children", _("enfants")
    YOUNG = "young", _("jeunes")
    FAMILIES = "families", _("familles")
    WOMEN = "women", _("femmes")
    SENIORS = "seniors", _("seniors")
    NEWCOMERS = "newcomers", _("personnes nouvellement arrivées")
    HOMELESS = "homeless", _("personnes sans chez-soi")
    DISABILITY = "disability", _("personnes en situation de handicap")
    CARERS = "carers", _("aidants proches")
    VOLUNTEERS = "volunteers", _("volontaires")
    PROFESSIONALS = "professionals", _("professionnels du social et de la santé")


class Access(TextChoices):
    """What makes it possible to come; what is not named is not known."""

    STEP_FREE = "step_free", _("entrée sans marche")
    LIFT = "lift", _("ascenseur")
    TOILETS = "toilets", _("toilettes adaptées")
    SIGN_LANGUAGE = "sign_language", _("traduction en langue des signes")
    HEARING_LOOP = "hearing_loop", _("boucle magnétique")
    CHILDCARE = "childcare", _("garde d’enfants")
    QUIET = "quiet", _("endroit calme")


class Price(TextChoices):
    """What it costs (requirement R159)."""

    UNKNOWN = "", _("prix à préciser")
    FREE = "free", _("gratuit")
    FREE_PRICE = "free_price", _("prix libre")
    FIXED = "fixed", _("payant")


class Registration(TextChoices):
    UNKNOWN = "", _("à préciser")
    NONE = "none", _("sans inscription")
    RECOMMENDED = "recommended", _("inscription souhaitée")
    REQUIRED = "required", _("sur inscription")


class Frequency(TextChoices):
    """How a timing comes back: the closed list that people speak."""

    ONCE = "once", _("une fois")
    DAYS = "days", _("tous les jours, ou tous les quelques jours")
    WEEKS = "weeks", _("chaque semaine, ou toutes les quelques semaines")
    MONTHS = "months", _("chaque mois, un jour de la semaine")
    YEARS = "years", _("chaque année")
    MONTH = "month", _("un jour de ce mois, à préciser")


class Weekday(TextChoices):
    MONDAY = "1", _("lundi")
    TUESDAY = "2", _("mardi")
    WEDNESDAY = "3", _("mercredi")
    THURSDAY = "4", _("jeudi")
    FRIDAY = "5", _("vendredi")
    SATURDAY = "6", _("samedi")
    SUNDAY = "7", _("dimanche")


class SchoolCalendar(TextChoices):
    """Brussels has two (FWB, Flemish Community)."""

    FRENCH = "fr", _("écoles francophones")
    DUTCH = "nl", _("écoles néerlandophones")


class SkipSchool(TextChoices):
    """Whose school holidays a timing leaves out."""

    NO = "", _("aussi pendant les vacances")
    FRENCH = "fr", _("hors vacances scolaires francophones")
    DUTCH = "nl", _("hors vacances scolaires néerlandophones")
    BOTH = "both", _("hors vacances scolaires, francophones et néerlandophones")


class DateState(TextChoices):
    """What became of one date. All of them stay visible."""

    PLANNED = "planned", _("comme prévu")
    CANCELLED = "cancelled", _("annulé")
    MOVED = "moved", _("reporté")
    CHANGED = "changed", _("horaire changé")


class ProposalState(TextChoices):
    """Where what was proposed stands."""

    UNCONFIRMED = "unconfirmed", _("adresse à confirmer")
    WAITING = "waiting", _("en relecture")
    CHANGES = "changes", _("à revoir")
    ACCEPTED = "accepted", _("accepté")
    REFUSED = "refused", _("refusé")
    WITHDRAWN = "withdrawn", _("retiré")


OPEN_STATES = {ProposalState.UNCONFIRMED, ProposalState.WAITING, ProposalState.CHANGES}


class ProposalMail(TextChoices):
    """The mail that a proposal still asks for. Shown nowhere."""

    NONE = ""
    CONFIRM = "confirm"
    RECEIPT = "receipt"
    ANSWER = "answer"
    MESSAGE = "message"


class Side(TextChoices):
    """Who speaks in the thread of an event."""

    AUTHOR = "author", _("qui propose")
    MODERATORS = "moderators", _("relecture")


class ReportState(TextChoices):
    OPEN = "open", _("reçu, à examiner")
    CORRECTED = "corrected", _("corrigé")
    UNCHANGED = "unchanged", _("examiné : l’événement était juste")
