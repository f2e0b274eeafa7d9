"""Free text that looks like a helped person's data: asked once, kept knowingly, noted."""

import importlib
import json
import pkgutil
import re

import pytest
from django import forms
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import ModelLogEntry, PageLogEntry

from coordination.directory.forms.record import RecordForm
from coordination.directory.models import ErrorReport, Organisation, OrganisationDraft
from core.forms.examined import KEEP, ExaminedMixin
from core.forms.text import TextField
from core.services.beneficiaries import ACTION
from groupes.models import GroupPage, JoinRequest, SharedItem, WorkingGroup
from home.models import ContactMessage, NewsPage, StandardPage
from tests.conftest import client_of
from tests.directory.conftest import typed as typed_record
from tests.home.test_contact import typed as typed_message
from tests.people import Role

pytestmark = pytest.mark.django_db

NUMBER = "85.07.30-033.28"
TEXT = f"Le numéro de la dame est {NUMBER}."
BIRTH = "Mme Dupont, née le 12/03/1981"
BOX = re.compile(rf'<input type="checkbox" name="{KEEP}"[^>]*>')
PACKAGES = ("accounts", "agenda", "coordination", "core", "groupes", "home")


def box(response) -> str:
    """The box of an answer, empty when there is none."""
    found = BOX.search(response.content.decode())
    return found[0] if found else ""


def tick(response) -> dict:
    """What the browser sends once the box of this answer is ticked."""
    return {KEEP: re.search(r'value="([^"]+)"', box(response))[1]}


def noted() -> list:
    entries = [*ModelLogEntry.objects.filter(action=ACTION)]
    return [*entries, *PageLogEntry.objects.filter(action=ACTION)]


@pytest.fixture
def organisation(people) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")


@pytest.fixture
def group(people) -> WorkingGroup:
    return WorkingGroup.objects.get(slug="groupe-a")


@pytest.fixture
def report(organisation) -> ErrorReport:
    report = ErrorReport(organisation=organisation, text="Le numéro a changé.")
    report.save()
    return report


def report_url(organisation) -> str:
    return reverse("directory:organisation_report", args=[organisation.slug])


def test_the_form_is_refused_once_says_why_and_what_to_write(client, organisation):
    response = client.post(report_url(organisation), {"text": TEXT})
    page = response.content.decode().replace("\xa0", " ")
    assert response.status_code == 422
    assert not ErrorReport.objects.exists()
    assert f"« {NUMBER} » (un numéro national)" in page
    assert "une personne suivie par l’équipe" in page
    assert TEXT in page  # nothing typed is lost
    assert '<a href="#id_text">' in page
    assert "checked" not in box(response)
    assert page.index(f'id="id_{KEEP}"') < page.index(">Envoyer<")
    assert "Ce n’est pas une personne aidée : garder ce texte" in page


def test_the_dutch_form_asks_too(client, organisation):
    with override("nl"):
        url = report_url(organisation)
    assert url.startswith("/nl/")
    refused = client.post(url, {"text": f"Rijksregisternummer {NUMBER}"})
    assert refused.status_code == 422
    assert box(refused)


def test_an_ordinary_text_is_asked_nothing(client, organisation):
    assert not box(client.get(report_url(organisation)))
    response = client.post(report_url(organisation), {"text": "Le numéro est le 02 123 45 67."})
    assert response.status_code == 302
    assert noted() == []


def test_the_ticked_box_lets_the_same_text_go_on(client, organisation):
    refused = client.post(report_url(organisation), {"text": TEXT})
    response = client.post(report_url(organisation), {"text": TEXT, **tick(refused)})
    assert response.status_code == 302
    assert ErrorReport.objects.get().text == TEXT


def test_a_box_left_empty_is_refused_again(client, organisation):
    client.post(report_url(organisation), {"text": TEXT})
    assert client.post(report_url(organisation), {"text": TEXT}).status_code == 422
    assert client.post(report_url(organisation), {"text": TEXT, KEEP: "on"}).status_code == 422
    assert not ErrorReport.objects.exists()


def test_what_is_found_besides_is_asked_again_and_less_is_not(client, organisation):
    url = report_url(organisation)
    ticked = tick(client.post(url, {"text": TEXT}))
    more = client.post(url, {"text": f"{TEXT} {BIRTH}", **ticked})
    assert more.status_code == 422
    assert "checked" not in box(more)
    both = tick(more)
    assert both != ticked
    assert (
        client.post(url, {"text": f"Autre chose, mais toujours {NUMBER}", **both}).status_code
        == 302
    )


def test_the_tick_stays_while_something_else_is_refused(client):
    data = typed_message(text=TEXT)
    ticked = tick(client.post("/contact/", data))
    response = client.post("/contact/", {**data, **ticked, "subject": ""})
    assert response.status_code == 422
    assert "checked" in box(response)
    assert "Ceci ressemble à" not in response.content.decode()


def test_the_same_kept_message_sent_twice_is_one(client):
    data = typed_message(text=TEXT)
    data |= tick(client.post("/contact/", data))
    assert client.post("/contact/", data).url == client.post("/contact/", data).url
    assert ContactMessage.objects.count() == 1


def test_ones_own_telephone_is_no_free_text(client):
    data = typed_message(name="Fatima B.", phone="0470 12 34 56")
    assert client.post("/contact/", data).status_code == 302


def note_of(client, url: str, data: dict):
    """Send, tick, send again; what was noted."""
    refused = client.post(url, data)
    assert refused.status_code in {200, 422}, url
    assert box(refused), url
    assert noted() == []
    response = client.post(url, {**data, **tick(refused)})
    assert response.status_code == 302, response.context["form"].errors
    (entry,) = noted()
    return entry


def cases() -> dict:
    """Every form with free text on the site: who sends it, where, what."""
    join = "groupes:join"
    return {
        "ErrorReportForm": (Role.MEMBER, "directory:organisation_report", {"text": TEXT}),
        "ArchiveForm": (Role.COORDINATOR, "directory:organisation_archive", {"note": TEXT}),
        "JoinForm": (Role.MEMBER, join, {"message": TEXT}),
        "ShareForm": (
            Role.GROUP_MEMBER,
            "groupes:share",
            {"title": TEXT, "text": "x", "scope": "group"},
        ),
        "FolderForm": (Role.PILOT, "groupes:folders", {"name_fr": NUMBER}),
    }


@pytest.mark.parametrize("name", cases())
def test_going_on_knowingly_is_noted_without_the_text(name, people, organisation, group):
    role, view, data = cases()[name]
    about = group if view.startswith("groupes:") else organisation
    entry = note_of(client_of(people[role]), reverse(view, args=[about.slug]), data)
    assert entry.user == people[role]
    assert entry.data == {"form": name, "reasons": ["national_number"]}
    assert entry.object_id == str(about.pk)
    assert NUMBER not in f"{entry.label} {entry.data} {entry.message}"
    assert "un numéro national" in entry.message


def test_a_visitor_is_noted_without_a_name(client):
    entry = note_of(client, "/contact/", typed_message(text=f"{TEXT} {BIRTH}"))
    assert entry.user is None
    assert entry.data == {"form": "ContactForm", "reasons": ["birth_date", "national_number"]}
    assert entry.object_id == str(ContactMessage.objects.get().pk)


def test_answers_are_examined(people, organisation, group, report):
    keeper, pilot = client_of(people[Role.REPRESENTATIVE]), client_of(people[Role.PILOT])
    asked = JoinRequest.objects.create(group=group, user=people[Role.MEMBER])
    message = ContactMessage.objects.create(
        site_id=people[Role.MEMBER].network_memberships.get().site_id,
        text="Bonjour",
        subject="help",
    )
    for client, url, data in (
        (
            keeper,
            reverse("directory:report_answer", args=[organisation.slug, report.pk]),
            {"state": "corrected", "answer": TEXT},
        ),
        (
            pilot,
            reverse("groupes:request", args=[group.slug, asked.pk]),
            {"answer": TEXT, "decision": "accept"},
        ),
        (
            client_of(people[Role.COORDINATOR]),
            reverse("contact_message", args=[message.pk]),
            {"note": TEXT},
        ),
    ):
        assert note_of(client, url, data).user
        ModelLogEntry.objects.all().delete()


def test_a_correction_is_asked_for_what_is_new_only(people, group):
    client = client_of(people[Role.GROUP_MEMBER])
    url = reverse("groupes:share", args=[group.slug])
    data = {"title": "Info", "text": TEXT, "scope": "group"}
    note_of(client, url, data)
    item = SharedItem.objects.get()
    edit = reverse("groupes:item_edit", args=[group.slug, item.pk])
    assert client.post(edit, {**data, "text": f"Corrigé. {TEXT}"}).status_code == 302
    assert client.post(edit, {**data, "text": f"{TEXT} {BIRTH}"}).status_code == 422
    assert len(noted()) == 1


def test_a_record_asks_and_keeps_everything_that_was_typed(people, organisation):
    client = client_of(people[Role.REPRESENTATIVE])
    url = reverse("directory:organisation_edit", args=[organisation.slug])
    data = typed_record(
        organisation,
        note_fr=f"Voir {BIRTH}",
        summary_fr="Des mots à garder",
        address="rue Gray 12, chez Mme Dupont",
        phone="0470 12 34 56",
    )
    refused = client.post(url, data)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Des mots à garder" in page
    assert "une date de naissance à côté d’un nom" in page
    assert "une adresse privée" not in page  # the organisation's own
    assert client.post(url, {**data, **tick(refused)}).status_code == 302
    organisation.refresh_from_db()
    assert BIRTH in organisation.note_fr
    (entry,) = noted()
    assert (entry.user, entry.data["form"]) == (people[Role.REPRESENTATIVE], "RecordForm")


def test_a_draft_keeps_what_was_typed_but_not_the_tick(people, organisation):
    client = client_of(people[Role.REPRESENTATIVE])
    url = reverse("directory:organisation_draft", args=[organisation.slug])
    client.post(url, {**typed_record(organisation, note_fr=TEXT), KEEP: "x"})
    draft = OrganisationDraft.objects.get().data
    assert draft["note_fr"] == [TEXT]
    assert KEEP not in draft


def test_words_of_an_invitation_are_examined_and_noted_on_the_network(people, network):
    client = client_of(people[Role.COORDINATOR])
    data = {"address": "nouvelle@essai.example", "language": "fr", "role": "worker"}
    entry = note_of(client, reverse("welcome:invite"), {**data, "word": TEXT})
    assert entry.data["form"] == "InviteForm"
    assert entry.object_id == str(network.site.pk)


def test_a_list_of_invitations_carries_the_tick_to_its_last_step(people, network):
    client = client_of(people[Role.COORDINATOR])
    url = reverse("welcome:invite_many")
    data = {"lines": "nouvelle@essai.example", "language": "fr", "role": "worker", "word": TEXT}
    refused = client.post(url, {**data, "preview": "1"})
    assert refused.status_code == 422
    ready = client.post(url, {**data, **tick(refused), "preview": "1"})
    assert ready.status_code == 200
    assert "checked" in box(ready)
    last = {**data, **tick(ready), "line": ready.context["ticked"], "invite": "1"}
    assert client.post(url, last).status_code == 302
    assert [entry.data["form"] for entry in noted()] == ["BulkForm"]


def page_data(**changes) -> dict:
    """What Wagtail's editor sends for a page of text with one block of rich text."""
    return {
        "title": "Titre gardé",
        "slug": "titre-garde",
        "intro": "",
        "search_description": "",
        "body-count": 0,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        **changes,
    }


def body(*blocks: tuple[str, str]) -> dict:
    """Blocks of a body as the editor sends them; rich text as Draftail's JSON."""
    data: dict = {"body-count": len(blocks)}
    for index, (kind, text) in enumerate(blocks):
        words = {"key": "a", "text": text, "type": "unstyled", "depth": 0}
        words |= {"inlineStyleRanges": [], "entityRanges": []}
        data |= {
            f"body-{index}-deleted": "",
            f"body-{index}-order": index,
            f"body-{index}-type": kind,
        }
        data |= {
            f"body-{index}-id": "",
            f"body-{index}-value": json.dumps({"blocks": [words], "entityMap": {}}),
        }
    return data


@pytest.mark.parametrize(
    "changes",
    [{"intro": TEXT}, {"title": TEXT}, {"search_description": TEXT}, body(("text", TEXT))],
)
@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}])
def test_a_new_page_asks_whatever_its_field(people, network, changes, action):
    client = client_of(people[Role.COORDINATOR])
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", network.home.pk])
    entry = note_of(client, url, page_data(**changes) | action)
    page = StandardPage.objects.get(slug="titre-garde", locale__language_code="fr")
    assert (entry.user, entry.page_id) == (people[Role.COORDINATOR], page.pk)
    assert entry.data == {"form": "StandardPage", "reasons": ["national_number"]}
    assert NUMBER not in entry.label


def test_a_page_is_asked_for_what_is_new_only_and_noted_once(people, network):
    client = client_of(people[Role.COORDINATOR])
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", network.home.pk])
    note_of(client, url, page_data(intro=TEXT))
    page = StandardPage.objects.get(slug="titre-garde", locale__language_code="fr")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    publish = {"action-publish": "1"}
    assert client.post(edit, page_data(intro=f"Corrigé. {TEXT}") | publish).status_code == 302
    assert len(noted()) == 1
    refused = client.post(edit, page_data(intro=f"{TEXT} {BIRTH}") | publish)
    assert refused.status_code == 200
    assert BIRTH in refused.content.decode()
    again = page_data(intro=f"{TEXT} {BIRTH}") | publish | tick(refused)
    assert client.post(edit, again).status_code == 302
    page.refresh_from_db()
    assert BIRTH in page.intro
    assert len(noted()) == 2


def test_the_rich_text_of_a_groups_page_is_read_as_text(people, group):
    page = GroupPage.objects.get(group=group, locale__language_code="fr")
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(instance=page, for_user=people[Role.PILOT])
    html = "<p>Voir 85.07.<b>30</b>-033.28</p>"
    (text,) = form.texts_of("objectives", html)
    assert text == f"Voir {NUMBER}"


def all_forms() -> list[type]:
    """The forms of our apps that have a text of several lines."""
    for package in PACKAGES:
        root = importlib.import_module(package)
        for module in pkgutil.walk_packages(root.__path__, f"{package}."):
            if ".forms" in module.name or module.name.endswith(("forms", "views")):
                importlib.import_module(module.name)
    found, waiting = [], [forms.BaseForm]
    while waiting:
        waiting += (kinds := waiting.pop().__subclasses__())
        found += [
            kind
            for kind in kinds
            if kind.__module__.startswith(PACKAGES)
            and any(
                isinstance(field, TextField) for field in getattr(kind, "base_fields", {}).values()
            )
        ]
    return found


def test_no_form_with_free_text_goes_unexamined():
    assert RecordForm in all_forms()
    assert [form for form in all_forms() if not issubclass(form, ExaminedMixin)] == []
    for page in (NewsPage, StandardPage, GroupPage):
        assert issubclass(page.get_edit_handler().get_form_class(), ExaminedMixin)
