"""The demonstration with something of each kind in it, one part per app."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Locale, Site

from accounts.models import DataExport, User
from accounts.notifications.links import choices_link, stop_link
from agenda.enums import DateState, Frequency
from agenda.models import DateChange, Event
from agenda.services.moderation import refuse_proposal, write_message
from agenda.services.projection import project
from agenda.services.proposals import confirm_proposal
from agenda.services.reports import report_event
from coordination.directory.links import record_link
from coordination.directory.models import ErrorReport, Organisation, Place
from coordination.directory.services.lifecycle import archive
from coordination.directory.services.record import save_record
from coordination.welcome.links import SALT
from coordination.welcome.models import Invitation, Request
from core import mail_folder
from core.models import Audience, NetworkSettings, PortalDocument, PortalImage, UrgentNotice
from groupes.models import JoinRequest, SharedItem, WorkingGroup
from groupes.services.sharing import share_item
from home.demonstration.loader import load
from home.demonstration.pages import stream
from home.enums import MailState
from home.models import ContactMessage, HomePage, StandardPage
from home.services.contact import answer_message
from home.tasks import send_receipts
from tests.agenda.making import make_event, timing, weekly
from tests.agenda.posting import send
from tests.conftest import run_commit_hooks
from tests.passkey import Passkey
from tests.screens.people import COORDINATOR, FOOD, GUARDED, KEEPER, MEMBER, MIND, PILOT, WAITING
from tests.world import png

HOST = "localhost"


@dataclass
class Village:
    """People by what stands before their @, and the words that addresses need."""

    people: dict[str, User]
    words: dict[str, object] = field(default_factory=dict)


def build_village() -> Village:
    cache.clear()
    load(host=HOST, port=80)
    run_commit_hooks()
    people = {user.email.partition("@")[0]: user for user in User.objects.all()}
    village = Village(people)
    _fill_home(village)
    _fill_directory(village)
    _fill_groupes(village)
    _fill_welcome(village)
    _fill_agenda(village)
    _fill_proposals(village)
    _fill_accounts(village)
    run_commit_hooks()
    return village


def _fill_home(village: Village) -> None:
    identity = NetworkSettings.objects.get()
    identity.email = "reseau@essai.example"
    identity.save()
    home = HomePage.objects.get(pk=identity.site.root_page_id)
    untranslated = home.add_child(
        instance=StandardPage(
            title="En français seulement",
            slug="essai-sans-neerlandais",
            intro="Pas encore traduit.",
            body=stream("essai", _files(village)),
        )
    )
    untranslated.copy_for_translation(Locale.objects.get(language_code="nl"), alias=True)
    untranslated.save_revision().publish()
    UrgentNotice.objects.create(
        site=identity.site,
        title_fr="Grand froid.",
        title_nl="Strenge kou.",
        text_fr="L’accueil de nuit est ouvert sans inscription.",
        text_nl="De nachtopvang is open zonder inschrijving.",
        phone="02 123 45 67",
        page=untranslated,
        ends_at=timezone.now(),
    )
    written = {"site": identity.site, "subject": "help", "email": "voisine@essai.example"}
    text = "Bonjour,\n\nje cherche une épicerie sociale."
    message = ContactMessage.objects.create(
        **written, text=text, once="a", name="Une voisine", sender_mail=MailState.WAITING
    )
    send_receipts.call(message.pk)
    message.refresh_from_db()
    answered = ContactMessage.objects.create(**written, text=text, once="b")
    answer_message(
        actor=village.people[COORDINATOR], message=answered, note="Voici une adresse.", tell=False
    )
    village.words |= {
        "message": message.pk,
        "token": message.token,
        "answered": answered.pk,
        "answered token": answered.token,
        "mail": mail_folder.newest()[0],
    }


def _files(village: Village) -> list[dict]:
    """The blocks that the demonstration's own pages do not have: a picture, a document, a film."""
    public = Audience.objects.for_tokens({"public"})
    owner = {"audience": public, "uploaded_by_user": village.people[COORDINATOR]}
    image = PortalImage(title="Une table", **owner)
    image.file = ContentFile(png(), name="table.png")
    image.save()
    document = PortalDocument(title="Une affiche", **owner)
    document.file.save("affiche.txt", ContentFile(b"une affiche"))
    picture = {"image": image.pk, "alt": "Une table mise", "caption": "Rue des Aulnes"}
    film = {"title": "Un film", "address": "https://film.example/un", "duration": "3 minutes"}
    return [
        {"type": "image", "value": picture},
        {"type": "documents", "value": {"title": "À lire", "documents": [document.pk]}},
        {"type": "video", "value": film},
    ]


def _fill_directory(village: Village) -> None:
    coordinator = village.people[COORDINATOR]
    record = Organisation.objects.get(name="Maison de quartier Malibran")
    others = Organisation.objects.exclude(pk=record.pk).filter(parent=None, children=None)
    other, archived = others.filter(phone="").order_by("pk")[:2]
    archive(actor=coordinator, organisation=archived, note="L’association a fermé.")
    change = save_record(
        actor=coordinator, organisation=record, values={"note_fr": "Sonner à la porte bleue."}
    )
    report = ErrorReport.objects.create(organisation=record, text="Le numéro a changé.")
    village.words |= {
        "record": record.slug,
        "record link": _token(
            record_link(village.people[KEEPER], Organisation.objects.get(pk=record.pk))
        ),
        "other": other.slug,
        "archived": archived.slug,
        "canvas": Organisation.objects.get(name="Centre le Canvas").slug,
        "change": change.pk,
        "report": report.pk,
        "report token": report.token,
    }


def _fill_groupes(village: Village) -> None:
    pending = share_item(
        actor=village.people["representation.css"],
        group=WorkingGroup.objects.get(slug=FOOD),
        title="Une soupe pour tous",
        text="Chaque jeudi, à midi.",
        scope="public",
    )
    village.words |= {
        "pending": pending.pk,
        "item": SharedItem.objects.visible_to(AnonymousUser()).filter(group__slug=FOOD).first().pk,
        "asked": JoinRequest.objects.filter(group__slug=FOOD).first().pk,
    }


def _fill_welcome(village: Village) -> None:
    requests = {asked.once: asked for asked in Request.objects.all()}
    waiting = Invitation.objects.waiting().order_by("-asked_at")[0]
    used = Invitation.objects.get(state="accepted")
    village.words |= {
        "request receipt": requests["demonstration-organisme"].receipt,
        "request unconfirmed": requests["demonstration-a-confirmer"].secret,
        "request refused": requests["demonstration-refusee"].secret,
        "request person": requests["demonstration-attend"].pk,
        "request organisation": requests["demonstration-organisme"].pk,
        "request closed": requests["demonstration-refusee"].pk,
        "invitation": waiting.pk,
        "invitation link": signing.dumps(waiting.pk, salt=SALT),
        "invitation used": signing.dumps(used.pk, salt=SALT),
    }


def _fill_agenda(village: Village) -> None:
    """Dates of every sort around today: hours or none, a month, several days, changed ones."""
    site = NetworkSettings.objects.get().site
    network = SimpleNamespace(site=site)
    today = timezone.localdate()
    groups = {group.slug: group for group in WorkingGroup.objects.all()}
    organisations = list(Organisation.objects.filter(archived_at=None).order_by("pk")[:3])
    places = list(Place.objects.exclude(address="").order_by("pk")[:2])
    public = Audience.objects.for_tokens({"public"})
    image = PortalImage(title="Une affiche", audience=public)
    image.file = ContentFile(png("olive"), name="affiche.png")
    image.save()
    every_week = weekly(today - timedelta(days=today.weekday() + 70), "1,2,3,4,5,6,7")
    event = make_event(
        network,
        every_week,
        slug="essai-atelier",
        title_fr="Atelier numérique",
        title_nl="Computerworkshop",
        summary_fr="Apprendre à se servir d’un ordinateur.",
        description_fr="En petit groupe.\n\nVoir https://atelier.example/infos",
        group=groups[FOOD],
        organisers=organisations,
        place=places[0],
        room="Salle bleue",
        image=image,
        image_alt_fr="Une table et des ordinateurs",
        price="free",
        article_27=True,
        registration="required",
        registration_how_fr="Dites ce que vous voulez apprendre.",
        contact_function_fr="Animation numérique",
        contact_phone="02 123 45 67",
        contact_email="atelier@essai.example",
        website="https://atelier.example/",
        online_url="https://atelier.example/salle",
        languages=["fr", "ar"],
        access=["step_free", "lift"],
        access_note_fr="Sonnez à la porte bleue.",
        targets=["families"],
        age_min=12,
        age_max=99,
    )
    _change(event, today + timedelta(days=1), state=DateState.CANCELLED, note_fr="Salle fermée.")
    Event.objects.filter(pk=event.pk).update(featured_until=today + timedelta(days=9))
    moved = make_event(
        network,
        timing(today + timedelta(days=2), "14:00"),
        slug="essai-reporte",
        title_fr="Visite de quartier",
        address="rue des Aulnes 1",
        other_organisers="Des voisins",
        follows=event,
    )
    _change(
        moved,
        today + timedelta(days=2),
        state=DateState.MOVED,
        new_day=today + timedelta(days=3),
    )
    member = {"audience": Audience.objects.for_tokens({"member"}), "group": groups[MIND]}
    meeting = make_event(
        network, timing(today, ""), slug="essai-reunion", title_fr="Réunion", **member
    )
    make_event(network, timing(today - timedelta(days=3), "", more_days=9), title_fr="Exposition")
    make_event(
        network, timing(today.replace(day=1), "", frequency=Frequency.MONTH), title_fr="Assemblée"
    )
    make_event(network, timing(today + timedelta(days=200)), title_fr="Fête lointaine")
    vague = make_event(
        network, slug="essai-vague", title_fr="Accueil du matin", dates_to_confirm=True
    )
    for hour in range(8, 16):
        make_event(network, timing(today, f"{hour:02}:00"), title_fr=f"Permanence de {hour} h")
    year, week, _day = today.isocalendar()
    village.words |= {
        "agenda day": today.isoformat(),
        "agenda week": f"{year}-W{week:02}",
        "agenda month": f"{today:%Y-%m}",
        "agenda event": event.slug,
        "agenda cancelled": today + timedelta(days=1),
        "agenda moved": moved.slug,
        "agenda meeting": meeting.slug,
        "agenda vague": vague.slug,
    }


def _change(event: Event, day, **fields) -> None:
    date = event.dates.get(day=day)
    DateChange.objects.create(
        event=event, timing_uid=date.projection.timing_uid, original_day=day, **fields
    )
    project(event)


def _fill_proposals(village: Village) -> None:
    network = SimpleNamespace(site=Site.objects.get(is_default_site=True))
    keeper = village.people[KEEPER]
    house = Organisation.objects.get(slug="maison-de-quartier-malibran")
    published = make_event(network, weekly(skip_school="fr"), organisers=[house])
    report = report_event(actor=None, event=published, text="C’est annulé.", once="report")
    waiting = send(network, keeper, organisers=[house])
    write_message(actor=village.people[COORDINATOR], proposal=waiting, text="À quelle heure ?")
    unconfirmed = send(network, None, email="a@essai.example", other_organisers="Le Vivier")
    refused = confirm_proposal(
        proposal=send(network, None, email="b@essai.example", other_organisers="Le Vivier")
    )
    refuse_proposal(
        actor=village.people[COORDINATOR],
        proposal=refused,
        revision=refused.revision_id,
        opened=timezone.now(),
        answer="C’est une publicité.",
    )
    village.words |= {
        "event": published.slug,
        "event report": report.token,
        "event report number": report.pk,
        "event receipt": unconfirmed.receipt,
        "event unconfirmed": unconfirmed.secret,
        "event refused": refused.secret,
        "event waiting": waiting.secret,
    }


def _fill_accounts(village: Village) -> None:
    people = village.people
    now = timezone.now()
    for who, state in ((PILOT, "asked"), (WAITING, "failed")):
        DataExport.objects.create(user=people[who], state=state)
    until = now + timedelta(days=7)
    DataExport.objects.create(user=people[KEEPER], state="ready", ready_at=now, expires_at=until)
    village.words |= {
        "leaver": people[PILOT].pk,
        "choices token": _token(choices_link(people[PILOT])),
        "stop token": _token(stop_link(people[PILOT], ["groupes.shared"])),
        "uid": user_pk_to_url_str(people[MEMBER]),
        "key": default_token_generator.make_token(people[MEMBER]),
        "passkey": _guard(people[GUARDED]),
    }


def _guard(user: User) -> int:
    """An application of codes, recovery codes and a passkey; gives the passkey."""
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    credential = json.loads(Passkey().create("abcd"))
    return WebAuthn.add(user, "Mon téléphone", credential).instance.pk


def _token(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]
