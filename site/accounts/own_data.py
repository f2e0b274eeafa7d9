"""What the portal holds about a person in their account, ready to be copied."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry
from wagtail.models import Comment, CommentReply, Page, PageLogEntry

from accounts.enums import ExportState, When
from accounts.models import DataExport, NetworkMembership, Notification, NotificationChoice, User
from accounts.notifications import kind_named, tell
from accounts.personal import PersonalData, names_for, register_namer, register_personal
from core.models import NetworkSettings, PortalDocument, PortalImage
from core.visibility import page_filter, reach_of

FACTORS = {
    Authenticator.Type.TOTP: _("application qui donne un code"),
    Authenticator.Type.WEBAUTHN: _("clé d’accès"),
    Authenticator.Type.RECOVERY_CODES: _("codes de secours"),
}


def account(user: User) -> Iterator[dict]:
    yield {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "function_fr": user.function_fr,
        "function_nl": user.function_nl,
        "language": user.get_language_display(),
        "date_joined": user.date_joined,
        "last_login": user.last_login,
    }


def addresses(user: User) -> Iterator[dict]:
    for address in EmailAddress.objects.filter(user=user).order_by("pk"):
        yield {
            "email": address.email,
            "verified": gettext("oui") if address.verified else gettext("non"),
        }


def networks(user: User) -> Iterator[dict]:
    for membership in NetworkMembership.objects.filter(user=user).select_related("site"):
        network = NetworkSettings.for_site(membership.site)
        yield {
            "network": network.name or membership.site.site_name,
            "office": membership.get_office_display(),
            "start": membership.start,
            "end": membership.end,
        }


def notifications(user: User) -> Iterator[dict]:
    rows = list(Notification.objects.filter(user=user).order_by("at", "pk"))
    words = {row.pk: told for row, told in tell(user, rows)}
    for row in rows:
        told, kind = words.get(row.pk), kind_named(row.kind)
        yield {
            "kind": str(kind.label) if kind else "",
            "at": row.at,
            "title": str(told.title) if told else "",
            "detail": str(told.detail) if told else "",
            "read_at": row.read_at,
        }


def choices(user: User) -> Iterator[dict]:
    for choice in NotificationChoice.objects.filter(user=user).order_by("pk"):
        kind = kind_named(choice.kind)
        yield {"kind": str(kind.label) if kind else "", "when": str(When(choice.when).label)}


def sessions(user: User) -> Iterator[dict]:
    for session in UserSession.objects.filter(user=user).order_by("created_at", "pk"):
        yield {
            "created_at": session.created_at,
            "last_seen_at": session.last_seen_at,
            "ip": session.ip,
            "user_agent": session.user_agent,
        }


def factors(user: User) -> Iterator[dict]:
    """Which and since when; what they hold is a secret, and stays one."""
    for factor in Authenticator.objects.filter(user=user).order_by("created_at", "pk"):
        yield {
            "kind": str(FACTORS[Authenticator.Type(factor.type)]),
            "created_at": factor.created_at,
            "last_used_at": factor.last_used_at,
        }


def copies(user: User) -> Iterator[dict]:
    for copy in DataExport.objects.filter(user=user).order_by("asked_at", "pk"):
        yield {"asked_at": copy.asked_at, "state": str(ExportState(copy.state).label)}


def files(user: User) -> Iterator[dict]:
    """Those one added and may still see."""
    for model in (PortalDocument, PortalImage):
        for row in model.objects.visible_to(user).filter(uploaded_by_user=user).order_by("pk"):
            yield {
                "title": row.title,
                "file": row.file.name.rpartition("/")[2],
                "at": row.created_at,
            }


def comments(user: User) -> Iterator[dict]:
    """One's own words beside a text that was being written."""
    for model in (Comment, CommentReply):
        for row in model.objects.filter(user=user).order_by("created_at", "pk"):
            yield {"text": row.text, "at": row.created_at}


def admin_settings(user: User) -> Iterator[dict]:
    if profile := getattr(user, "wagtail_userprofile", None):
        yield {"language": profile.preferred_language, "time_zone": profile.current_time_zone}


def actions(user: User) -> Iterator[dict]:
    """What one did, as the portal's log keeps it; what it was done to is named as long as one may
    know of it."""
    for model in sorted(registry.get_log_entry_models(), key=lambda m: m._meta.label):
        entries = list(
            model.objects.filter(user=user).select_related("content_type").order_by("timestamp")
        )
        ids: dict[object, set[int]] = {}
        for entry in entries:
            ids.setdefault(_subject(entry), set()).add(_id(entry))
        names = {kind: names_for(user, kind, wanted) for kind, wanted in ids.items()}
        for entry in entries:
            formatter = entry.formatter
            yield {
                "at": entry.timestamp,
                "action": str(formatter.label) if formatter else entry.action,
                "about": names[_subject(entry)].get(_id(entry), ""),
            }


def _subject(entry):
    return Page if isinstance(entry, PageLogEntry) else entry.content_type.model_class()


def _id(entry) -> int:
    text = str(entry.object_id)
    return int(text) if text.isdigit() else 0


def page_names(user: User, ids) -> dict[int, str]:
    pages = Page.objects.filter(page_filter(user), pk__in=ids)
    if not reach_of(user).networks:
        pages = pages.filter(live=True) | pages.filter(owner=user)
    return dict(pages.values_list("pk", "title"))


def own_name(user: User, ids) -> dict[int, str]:
    return {pk: str(user) for pk in ids if pk == user.pk}


def file_names(model):
    def names(user: User, ids) -> dict[int, str]:
        return dict(model.objects.visible_to(user).filter(pk__in=ids).values_list("pk", "title"))

    return names


def register_all() -> None:
    """Declare what `accounts` and `core` hold."""
    register_namer(Page, page_names)
    register_namer(User, own_name)
    for model in (PortalDocument, PortalImage):
        register_namer(model, file_names(model))
    for data in OWN:
        register_personal(data)


OWN = [
    PersonalData(
        key="account",
        label=_("Mon compte"),
        fields={
            "email": _("Adresse électronique"),
            "first_name": _("Prénom"),
            "last_name": _("Nom"),
            "function_fr": _("Fonction en français"),
            "function_nl": _("Fonction en néerlandais"),
            "language": _("Langue des courriels"),
            "date_joined": _("Compte créé le"),
            "last_login": _("Dernière connexion"),
        },
        collect=account,
    ),
    PersonalData(
        key="addresses",
        label=_("Mes adresses"),
        fields={"email": _("Adresse électronique"), "verified": _("Confirmée")},
        collect=addresses,
        covers=("account.EmailAddress.user",),
    ),
    PersonalData(
        key="networks",
        label=_("Mes adhésions au réseau"),
        fields={
            "network": _("Réseau"),
            "office": _("Charge"),
            "start": _("Depuis le"),
            "end": _("Jusqu’au"),
        },
        collect=networks,
        covers=("accounts.NetworkMembership.user",),
    ),
    PersonalData(
        key="notifications",
        label=_("Mes avis"),
        fields={
            "kind": _("Sorte"),
            "at": _("Quand"),
            "title": _("Avis"),
            "detail": _("Détail"),
            "read_at": _("Lu le"),
        },
        collect=notifications,
        covers=("accounts.Notification.user",),
    ),
    PersonalData(
        key="notification_choices",
        label=_("Quand je reçois un courriel"),
        fields={"kind": _("Sorte"), "when": _("Quand")},
        collect=choices,
        covers=("accounts.NotificationChoice.user",),
    ),
    PersonalData(
        key="sessions",
        label=_("Mes appareils connectés"),
        fields={
            "created_at": _("Depuis le"),
            "last_seen_at": _("Vu la dernière fois"),
            "ip": _("Adresse internet"),
            "user_agent": _("Navigateur"),
        },
        collect=sessions,
        covers=("usersessions.UserSession.user",),
    ),
    PersonalData(
        key="factors",
        label=_("Mes seconds facteurs"),
        fields={
            "kind": _("Sorte"),
            "created_at": _("Ajoutée le"),
            "last_used_at": _("Utilisée la dernière fois"),
        },
        collect=factors,
        covers=("mfa.Authenticator.user",),
    ),
    PersonalData(
        key="files",
        label=_("Les fichiers que j’ai ajoutés"),
        fields={"title": _("Titre"), "file": _("Fichier"), "at": _("Quand")},
        collect=files,
        covers=("core.PortalDocument.uploaded_by_user", "core.PortalImage.uploaded_by_user"),
    ),
    PersonalData(
        key="comments",
        label=_("Mes commentaires sur des pages"),
        fields={"text": _("Texte"), "at": _("Quand")},
        collect=comments,
        covers=("wagtailcore.Comment.user", "wagtailcore.CommentReply.user"),
    ),
    PersonalData(
        key="admin_settings",
        label=_("Mes réglages de la gestion du site"),
        fields={"language": _("Langue"), "time_zone": _("Fuseau horaire")},
        collect=admin_settings,
        covers=("wagtailusers.UserProfile.user",),
    ),
    PersonalData(
        key="copies",
        label=_("Les copies que j’ai demandées"),
        fields={"asked_at": _("Quand"), "state": _("État")},
        collect=copies,
        covers=("accounts.DataExport.user",),
    ),
    PersonalData(
        key="actions",
        label=_("Ce que j’ai fait sur le portail"),
        fields={"at": _("Quand"), "action": _("Quoi"), "about": _("Sur quoi")},
        collect=actions,
        covers=("wagtailcore.ModelLogEntry.user", "wagtailcore.PageLogEntry.user"),
    ),
]
