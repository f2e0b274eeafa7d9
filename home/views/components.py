"""« Composants »: each component of the screens in all its states, for those who make pages."""

import datetime as dt

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Notification
from accounts.notifications import Told
from agenda.selectors.rows import DateRow, by_day
from core.admin_scope import opens_admin
from core.desk import Waiting
from core.facets import Facets
from core.latest import Latest
from core.paging import page_of
from core.upcoming import Upcoming

THREADS = ("num", "san", "ali", "sen", "canard", "framboise", "mousse-vive", "iris")
THREAD_ICONS = {
    "num": "monitor-smartphone",
    "san": "message-circle-heart",
    "ali": "soup",
    "sen": "armchair",
    "canard": "users-round",
    "framboise": "handshake",
    "mousse-vive": "sprout",
    "iris": "scale",
}
COLOURS = (
    *("page", "surface", "mousse", "ciel", "encre", "encre-douce", "filet", "bord", "aulne"),
    *("aulne-plein", "nuit", "soleil", "soleil-voile", "alerte", "alerte-voile", "bon"),
    "bon-voile",
)
SIZES = ("48", "38", "30", "24", "20", "18", "16", "15")
STATES = {
    "draft": gettext_lazy("Brouillon"),
    "agreed": gettext_lazy("Convenu"),
    "review": gettext_lazy("En relecture"),
    "approved": gettext_lazy("Approuvé"),
    "cancelled": gettext_lazy("Annulé"),
    "postponed": gettext_lazy("Reporté"),
    "full": gettext_lazy("Complet"),
    "open": gettext_lazy("Ouvert"),
    "over": gettext_lazy("Passé"),
}


class SampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(
        label=gettext_lazy("Votre nom"), help_text=gettext_lazy("Comme vous voulez qu’on l’écrive.")
    )
    phone = forms.CharField(label=gettext_lazy("Téléphone"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Votre message"), widget=forms.Textarea(attrs={"rows": 3})
    )
    day = forms.DateField(
        label=gettext_lazy("Le jour"), widget=forms.DateInput(attrs={"type": "date"})
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("Venez-vous ?"),
        choices=[("yes", gettext_lazy("Oui")), ("no", gettext_lazy("Non"))],
        widget=forms.RadioSelect,
    )
    town = forms.ChoiceField(
        label=gettext_lazy("Commune"), choices=[("ixelles", "Ixelles"), ("etterbeek", "Etterbeek")]
    )
    agreed = forms.BooleanField(label=gettext_lazy("J’ai lu la charte"))


class PairForm(forms.Form):
    words_fr = forms.CharField(label="fr")
    words_nl = forms.CharField(label="nl", required=False)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """For whoever works in the admin; the page does not exist for others."""
    if not opens_admin(request.user):
        raise Http404
    return render(request, "home/components.html", samples(request))


def samples(request: HttpRequest) -> dict:
    """Made-up contents for each component."""
    now = timezone.now()
    today = timezone.localdate()
    groups = [
        {
            "title": _("Groupe %(number)d") % {"number": number},
            "url": "#",
            "summary": _("Ce que le groupe cherche, en une phrase."),
            "group": {"thread": thread, "icon": THREAD_ICONS[thread]},
        }
        for number, thread in enumerate(THREADS, start=1)
    ]
    organisation = {
        "url": "#",
        "name": "La Table d’à côté",
        "acronym": "TAC",
        "icon": "soup",
        "kind_label": _("association"),
        "summary": _("Des repas chauds, et du temps pour parler."),
        "phone": "02 123 45 67",
        "tel": "021234567",
        "address": "rue des Aulnes 1, 1050 Ixelles",
        "themes_list": [{"name": _("Manger"), "icon": "soup"}],
    }
    item = {
        "title": _("Une nouvelle permanence le mardi"),
        "url": "#",
        "text": _("De 9 h à 12 h, sans rendez-vous."),
        "created_at": now,
        "state": "published",
    }
    facet = {
        "name": "theme",
        "label": _("Thème"),
        "options": [
            {
                "value": "manger",
                "label": _("Manger"),
                "count": 8,
                "selected": True,
                "icon": "soup",
                "thread": "",
                "depth": 0,
            },
            {
                "value": "loger",
                "label": _("Se loger"),
                "count": 31,
                "selected": False,
                "icon": "house",
                "thread": "",
                "depth": 0,
            },
        ],
    }
    return {
        "colours": COLOURS,
        "sizes": SIZES,
        "states": STATES.items(),
        "groups": groups,
        "organisation": organisation,
        "news": {
            "url": "#",
            "title": _("La place garde son accueil le lundi"),
            "intro": _("De 13 h 30 à 16 h 30, sans rendez-vous."),
            "date": today,
            "image": None,
        },
        "form": SampleForm(),
        "refused": SampleForm(
            {"phone": "02 123", "answer": "maybe", "day": "hier"}, auto_id="refus_%s"
        ),
        "pair": PairForm({"words_fr": _("Ouvert tous les lundis"), "words_nl": ""}),
        "notices": ("info", "attention", "success", "error"),
        "urgent": [
            {
                "title": {"text": _("Grand froid."), "lang": "fr", "other": False},
                "text": {
                    "text": _("L’accueil de nuit est ouvert sans inscription."),
                    "lang": "fr",
                    "other": False,
                },
                "tone": tone,
                "phone": "0800 35 243",
                "link": None,
            }
            for tone in ("info", "attention", "alert")
        ],
        "said": [
            Message(constants.SUCCESS, _("C’est enregistré.")),
            Message(constants.WARNING, _("Enregistré, avec une question.")),
        ],
        "audiences": [
            {"icon": "globe", "label": _("Public"), "thread": ""},
            {"icon": "users", "label": _("Membres"), "thread": ""},
            {"icon": "lock", "label": _("Groupe"), "thread": "san"},
            {"icon": "building-2", "label": _("Organismes invités"), "thread": ""},
        ],
        "desk": [
            Waiting(
                title=_("Une demande de participation attend votre réponse"),
                url="#",
                detail=_("Assistante sociale, groupe Seniors"),
                icon="users-round",
                thread="sen",
                since=today,
            ),
            Waiting(title=_("Une erreur est signalée sur une fiche"), url="#", icon="info"),
        ],
        "told": [
            (
                Notification(pk=1, at=now),
                Told(
                    title=_("Une info est partagée dans votre groupe"),
                    url="#",
                    detail=_("Relevé des colis, groupe Aide alimentaire"),
                    icon="messages-square",
                    thread="ali",
                ),
            ),
            (
                Notification(pk=2, at=now, read_at=now),
                Told(_("Une erreur est signalée sur la fiche"), "#", icon="triangle-alert"),
            ),
        ],
        "latest": [
            Latest(
                kind=_("Info partagée"),
                title=item["title"],
                url="#",
                when=today,
                icon="messages-square",
                detail=_("Santé mentale"),
                thread="san",
            ),
            Latest(
                kind=_("Nouvelle"),
                title=_("Quatre groupes, un même fil"),
                url="#",
                when=today,
                icon="newspaper",
                detail=_("De quoi parlent les groupes de travail ?"),
            ),
        ],
        "rows": [
            {"item": {**item, "pinned_at": now}, "audience": None, "author": ""},
            {
                "item": {**item, "state": "pending", "link": "#"},
                "audience": {"icon": "lock", "label": _("Groupe"), "thread": "ali"},
                "author": _("Assistante sociale"),
            },
        ],
        "tabs": [
            {"label": _("La page"), "url": "#", "icon": "globe", "current": True, "count": 0},
            {
                "label": _("À faire"),
                "url": "#",
                "icon": "clipboard-list",
                "current": False,
                "count": 3,
            },
        ],
        "crumbs": [],
        "trail": [
            {"label": _("Accueil"), "url": "#"},
            {"label": _("Groupes"), "url": "#"},
        ],
        "facets": Facets([facet], ("sample", request.LANGUAGE_CODE)),
        "chips": [{"label": _("Manger"), "url": "#"}],
        "pages": page_of(range(100), "4", 10),
        "contact": {
            "function": _("Accueil social"),
            "phone": "02 123 45 67",
            "email": "accueil@exemple.be",
        },
        "years": [
            {
                "year": 2026,
                "count": 3,
                "url": "#",
                "current": False,
                "months": [{"name": _("mars"), "count": 3, "url": "#", "current": True}],
            }
        ],
        **_sample_dates(today),
        "verified_at": now,
        "long_ago": now - dt.timedelta(days=300),
    }


def _sample_dates(today: dt.date) -> dict:
    """Dates of events in each of their states."""
    group = {"name": _("Aide alimentaire"), "icon": "soup", "thread": "ali"}
    later = today + dt.timedelta(days=1)

    def row(text: str, day: dt.date, **more) -> DateRow:
        return DateRow(url="#", day=day, title={"text": text, "lang": "", "other": False}, **more)

    rows = [
        row(
            _("Un repas partagé"),
            today,
            start="11 h 30",
            end="13 h",
            where="rue des Aulnes 1",
            organisers=("La Table d’à côté",),
            group=group,
            marks=(("euro", _("Gratuit")), ("accessibility", _("Sans marche"))),
            again=_("tous les jours"),
        ),
        row(
            _("Une réunion"),
            today,
            audience={"icon": "users", "label": _("Membres"), "thread": ""},
        ),
        row(
            _("Un atelier"),
            later,
            start="9 h",
            state="cancelled",
            state_label=_("annulé"),
            note={"text": _("La salle est en travaux."), "lang": "", "other": False},
        ),
        row(
            _("Un atelier"),
            later,
            start="14 h",
            state="moved",
            state_label=_("reporté"),
            moved_to={"url": "#", "label": _("lundi")},
        ),
        row(_("Une promenade"), today.replace(day=1), day_is_known=False),
    ]
    return {
        "days": by_day(rows),
        "upcoming": Upcoming(rows=rows[:2], url="#"),
        "today": today,
        "typed_dates": {"first": "", "last": ""},
    }
