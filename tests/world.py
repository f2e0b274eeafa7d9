"""A small world of secrets: for each audience one of everything, named by a word of its own.

`KNOWN_TO` is written by hand and is the truth of the leak tests: which words a role may meet.
"""

import io
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.models import Locale, Page

from accounts.models import DataExport, User
from agenda.enums import ProposalState
from agenda.models import (
    CalendarLink,
    Event,
    EventDocument,
    EventReport,
    Programme,
    Proposal,
)
from coordination.directory.models import (
    ErrorReport,
    Organisation,
    OrganisationChange,
    OrganisationContact,
    Place,
    PlaceAlias,
)
from coordination.directory.services.record import save_record
from coordination.welcome.enums import RequestKind, RequestState
from coordination.welcome.models import Invitation, Request
from coordination.welcome.services.charter import publish_charter
from coordination.welcome.services.invitations import invite
from core.models import Audience, Menus, PortalDocument, PortalImage
from core.navigation import MENU, SITE
from core.services.audience import set_page_audience
from groupes.models import (
    GroupOrganisation,
    GroupPage,
    GroupResourcePage,
    JoinRequest,
    SharedItem,
)
from home.models import ContactMessage, NewsPage, StandardPage
from home.services.menus import lead_to
from home.services.network import Network
from tests.agenda.making import make_event, timing
from tests.people import Role, make_group, make_organisation, make_people

# One made-up word per audience, that no text of ours nor of the packages contains.
WORDS = {
    "public": "zwybrand",
    "member": "quolmask",
    "group_a": "fjordilex",
    "group_b": "vrumptane",
    "org_a": "xelquist",
    "org_b": "jynwaldo",
    "nobody": "krixomel",
    "draft": "plozendu",
}
OPEN = {"public"}
MEMBERS = OPEN | {"member"}
EVERYTHING = set(WORDS)

# Which words each role may meet outside the admin. Drafts are met by nobody there.
KNOWN_TO = {
    Role.VISITOR: OPEN,
    Role.WAITING: OPEN,
    Role.FORMER: OPEN,
    Role.MEMBER: MEMBERS,
    Role.MODERATOR: MEMBERS,
    Role.EDITOR: MEMBERS,
    Role.REPRESENTATIVE: MEMBERS | {"org_a"},
    Role.GROUP_MEMBER: MEMBERS | {"group_a"},
    Role.PILOT: MEMBERS | {"group_a"},
    Role.COORDINATOR: EVERYTHING - {"draft"},
    Role.ADMINISTRATOR: EVERYTHING - {"draft"},
}
# In the admin an editor works on drafts of what the role is for.
KNOWN_IN_ADMIN = {
    Role.PILOT: KNOWN_TO[Role.PILOT],
    Role.EDITOR: KNOWN_TO[Role.EDITOR] | {"draft"},
    Role.MODERATOR: KNOWN_TO[Role.MODERATOR],
}


@dataclass
class World:
    """The network, its people, and for each audience what carries its word."""

    network: Network
    people: dict[Role, User | None]
    group_a: GroupPage
    group_b: GroupPage
    organisation_a: Organisation
    organisation_b: Organisation
    pages: dict[str, Page] = field(default_factory=dict)
    resources: dict[str, Page] = field(default_factory=dict)
    news: dict[str, Page] = field(default_factory=dict)
    documents: dict[str, PortalDocument] = field(default_factory=dict)
    images: dict[str, PortalImage] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    change: OrganisationChange | None = None  # of organisation A
    report: ErrorReport | None = None
    message: ContactMessage | None = None
    items: dict[str, SharedItem] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    open_events: dict[str, Event] = field(default_factory=dict)  # public, with all else hidden
    join_request: JoinRequest | None = None
    copy: DataExport | None = None  # of the member's data
    invitation: Invitation | None = None  # into organisation A
    request: Request | None = None  # waits for an answer
    event: Event | None = None  # for everybody, of organisation A
    event_report: EventReport | None = None  # about it
    calendar_token: str = ""  # of a member's own agenda
    proposal: Proposal | None = None  # of somebody without an account, to be confirmed

    def secrets_for(self, role: Role, *, admin: bool = False) -> dict[str, str]:
        """The words that this role must never meet, by audience."""
        known = KNOWN_IN_ADMIN.get(role, EVERYTHING) if admin else KNOWN_TO[role]
        return {audience: word for audience, word in WORDS.items() if audience not in known}

    def all_pages(self) -> list[Page]:
        return [*self.pages.values(), *self.resources.values(), *self.news.values()]


def png(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Picture.new("RGB", (32, 24), colour).save(out, "PNG")
    return out.getvalue()


def build_world(network: Network) -> World:
    group_a = make_group(network, "groupe-a", "Groupe A")
    group_b = make_group(network, "groupe-b", "Groupe B")
    organisation_a = make_organisation("organisme-a", "Organisme A")
    organisation_b = make_organisation("organisme-b", "Organisme B")
    people = make_people(network, group=group_a.group, organisation=organisation_a)
    world = World(network, people, group_a, group_b, organisation_a, organisation_b)
    tokens = {
        "public": {"public"},
        "member": {"member"},
        "group_a": {f"group:{group_a.group.pk}"},
        "group_b": {f"group:{group_b.group.pk}"},
        "org_a": {f"org:{organisation_a.pk}"},
        "org_b": {f"org:{organisation_b.pk}"},
        "nobody": set(),
        "draft": {"public"},
    }
    for audience, word in WORDS.items():
        _pages(world, audience, word, tokens[audience])
        if audience != "draft":
            _objects(world, audience, word, tokens[audience])
        _events(world, audience, word, tokens[audience])
    _private_group(world)
    world.change = save_record(
        actor=people[Role.REPRESENTATIVE],
        organisation=organisation_a,
        values={"note_fr": "Une note"},
    )
    world.report = ErrorReport.objects.create(organisation=organisation_a, text="Erreur")
    world.message = ContactMessage.objects.create(
        site=network.site, subject="other", text="Un message", once="a"
    )
    # By somebody beside the roles: whoever asked may read their own words.
    asking = User.objects.create_user("demande@essai.example", "mot-de-passe-essai")
    world.join_request = JoinRequest.objects.create(
        group=group_a.group, user=asking, message=f"Demande {WORDS['group_a']}"
    )
    now = timezone.now()
    world.copy = DataExport(
        user=people[Role.MEMBER], state="ready", ready_at=now, expires_at=now + timedelta(days=7)
    )
    world.copy.file.save("", ContentFile(f"copie {WORDS['nobody']}".encode()))
    _coming_in(world)
    _agenda(world)
    return world


def _agenda(world: World) -> None:
    """A published event that somebody reports, and one that nobody has confirmed yet."""
    world.event = make_event(
        world.network, timing(), organisers=[world.organisation_a], title_fr="Repas ouvert"
    )
    _link, world.calendar_token = CalendarLink.make(world.people[Role.MEMBER], None)
    world.event_report = EventReport.objects.create(
        event=world.event, text=f"Signalement {WORDS['org_a']}", once="report"
    )
    sent = make_event(world.network, timing(), live=False, title_fr=f"Repas {WORDS['nobody']}")
    world.proposal = Proposal.objects.create(
        event=sent,
        state=ProposalState.UNCONFIRMED,
        once="proposal",
        email="propose@essai.example",
        revision=sent.latest_revision,
    )


def _coming_in(world: World) -> None:
    """An invitation that its organisation knows of, a request that only the coordination reads."""
    publish_charter(
        actor=world.people[Role.COORDINATOR], site=world.network.site, text_fr="Nous coopérons."
    )
    world.invitation, _is_new = invite(
        actor=world.people[Role.REPRESENTATIVE],
        site=world.network.site,
        address="invitee@essai.example",
        organisation=world.organisation_a,
        word=f"Un mot {WORDS['org_a']}",
    )
    world.request = Request.objects.create(
        site=world.network.site,
        kind=RequestKind.PERSON,
        state=RequestState.WAITING,
        once="demande",
        email="demande.adhesion@essai.example",
        first_name="Ada",
        last_name="Demande",
        function="Accueil",
        organisation=world.organisation_a,
        why=f"Pourquoi {WORDS['nobody']}",
        rules="essai",
        confirmed_at=timezone.now(),
        mail="",
    )


def _publish(world: World, parent: Page, page: Page, audience: str, tokens: set[str]) -> Page:
    page.live = False
    page = parent.add_child(instance=page)
    set_page_audience(actor=world.people[Role.COORDINATOR], page=page, tokens=tokens)
    # As the admin does when a page is made: its mirror in Dutch.
    page.copy_for_translation(Locale.objects.get(language_code="nl"), alias=True)
    revision = page.save_revision(user=world.people[Role.COORDINATOR])
    if audience != "draft":
        revision.publish()
    return page


def _pages(world: World, audience: str, word: str, tokens: set[str]) -> None:
    home = Page.objects.get(pk=world.network.home.pk).specific
    news = Page.objects.get(pk=world.network.news.pk).specific
    world.pages[audience] = _publish(
        world,
        home,
        StandardPage(title=f"Page {word}", slug=f"page-{word}", intro=f"Texte {word}"),
        audience,
        tokens,
    )
    menus = Menus.objects.get(site=world.network.site)
    lead_to(menus, world.pages[audience], MENU, SITE)
    world.news[audience] = _publish(
        world,
        news,
        NewsPage(title=f"Nouvelle {word}", slug=f"nouvelle-{word}", intro=f"Bref {word}"),
        audience,
        tokens,
    )
    group_page = world.group_b if audience in {"group_b", "org_b"} else world.group_a
    if audience == "draft":
        group_page = world.group_b
    group_page = GroupPage.objects.get(pk=group_page.pk)
    world.resources[audience] = _publish(
        world,
        group_page,
        GroupResourcePage(title=f"Dossier {word}", slug=f"dossier-{word}", intro=f"Note {word}"),
        audience,
        tokens,
    )


def _objects(world: World, audience: str, word: str, tokens: set[str]) -> None:
    row = Audience.objects.for_tokens(tokens)
    uploader = world.people[Role.COORDINATOR]
    collections = {
        "group_a": world.group_a.group.collection,
        "group_b": world.group_b.group.collection,
    }
    place = {"collection": collections[audience]} if audience in collections else {}
    document = PortalDocument(
        title=f"Document {word}", audience=row, uploaded_by_user=uploader, **place
    )
    document.file.save(f"fichier-{word}.txt", ContentFile(f"contenu {word}".encode()))
    world.documents[audience] = document
    image = PortalImage(title=f"Image {word}", audience=row, uploaded_by_user=uploader, **place)
    image.file = ContentFile(png(), name=f"image-{word}.png")
    image.save()
    world.images[audience] = image
    organisation = make_organisation(
        f"organisme-{word}", f"Organisme {word}", audience=row, summary_fr=f"Aide {word}"
    )
    world.organisations[audience] = organisation
    world.places[audience] = Place.objects.create(
        slug=f"lieu-{word}", name_fr=f"Lieu {word}", audience=row
    )
    PlaceAlias.objects.create(place=world.places[audience], name=f"Alias {word}")
    world.items[audience] = SharedItem.objects.create(
        group=world.group_a.group,
        author=world.people[Role.GROUP_MEMBER],
        title=f"Info {word}",
        text=f"Bref {word}",
        document=document,
        audience=row,
        wanted=row,
    )
    # All take part in group A, and each one's child is public: names must not come in by relatives.
    GroupOrganisation.objects.create(
        group=world.group_a.group, organisation=organisation, start="2024-01-01"
    )
    # A contact of organisation A, which everybody may see, for each audience.
    OrganisationContact.objects.create(
        organisation=world.organisation_a, function_fr=f"Fonction {word}", audience=row
    )
    make_organisation(
        f"enfant-{audience.replace('_', '-')}", f"Enfant de {audience}", parent=organisation
    )
    Organisation.objects.filter(pk=organisation.pk).update(parent=world.organisation_a)


def _events(world: World, audience: str, word: str, tokens: set[str]) -> None:
    """An event for each audience, now and in the past; and a public one around which everything
    has that audience."""
    today = timezone.localdate()
    row = Audience.objects.for_tokens(tokens)
    days = (timing(today + timedelta(days=3)), timing(today - timedelta(days=40)))
    words = {"summary_fr": f"Activité {word}", "description_fr": f"En détail {word}"}
    world.events[audience] = make_event(
        world.network,
        *days,
        live=audience != "draft",
        slug=f"activite-{word}",
        title_fr=f"Activité {word}",
        audience=row,
        price="free",
        **words,
    )
    if audience == "draft":
        return
    programme = Programme.objects.create(
        site=world.network.site,
        slug=f"programme-{word}",
        name_fr=f"Programme {word}",
        first=today,
        last=today,
        audience=row,
    )
    event = make_event(
        world.network,
        timing(today + timedelta(days=4)),
        live=False,
        slug=f"ouvert-{audience.replace('_', '-')}",
        organisers=[world.organisations[audience]],
        place=world.places[audience],
        programme=programme,
        image=world.images[audience],
        image_alt_fr="Une image",
        follows=world.events[audience],
    )
    event.event_documents = [EventDocument(document=world.documents[audience])]
    event.save_revision().publish()
    world.open_events[audience] = Event.objects.get(pk=event.pk)


def _private_group(world: World) -> None:
    """A whole group that nobody outside it knows, its word group B's."""
    word = WORDS["group_b"]
    page = make_group(world.network, f"groupe-{word}", f"Groupe {word}")
    set_page_audience(
        actor=world.people[Role.COORDINATOR],
        page=page,
        tokens={f"group:{world.group_b.group.pk}"},
    )
    GroupOrganisation.objects.create(
        group=page.group, organisation=world.organisation_a, start="2024-01-01"
    )
    later = timezone.localdate() + timedelta(days=4)
    make_event(
        world.network,
        timing(later),
        slug="ouvert-groupe",
        title_fr="Réunion ouverte",
        group=page.group,
        organisers=[world.organisation_a],
    )
