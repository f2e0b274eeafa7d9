"""Blocks: what each reader sees of them, in both languages, in a bounded number of queries."""

import json
import uuid

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from coordination.directory.models import OrganisationContact
from core.models import Audience
from core.services.audience import set_page_audience
from groupes.models import GroupContact, GroupPage
from home.demonstration.dutch import publish_in_dutch
from home.models import StandardPage
from tests.conftest import client_of, run_commit_hooks
from tests.people import Role, make_organisation


def block(kind: str, value) -> dict:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def items(values, kind: str = "item") -> list[dict]:
    return [block(kind, value) for value in values]


def table(caption: str, headings: list[str], *rows: list[str]) -> dict:
    cells = {
        "caption": caption,
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": row} for row in rows],
    }
    return block("table", {"table": cells, "row_headings": True})


def organisations(*chosen) -> dict:
    return block(
        "organisations", {"title": "Autour de nous", "organisations": items(o.pk for o in chosen)}
    )


def call(**target) -> dict:
    value = {"sentence": "Une phrase.", "label": "Un bouton", "page": None, "document": None}
    return block("call", {**value, "address": "", **target})


@pytest.fixture
def publish(network, people):
    def make(*blocks: dict, slug: str = "page") -> StandardPage:
        page = network.home.add_child(
            instance=StandardPage(title="Page", slug=slug, body=json.dumps(blocks))
        )
        page.save_revision().publish()
        return page

    return make


@pytest.fixture
def members_only(db) -> Audience:
    return Audience.objects.for_tokens({"member"})


def text_of(path: str, user=None) -> str:
    response = client_of(user).get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_organisations_are_those_the_reader_may_see(publish, people, members_only):
    shown, closed = make_organisation("o-vue", "Vue"), make_organisation("o-close", "Close")
    closed.audience = members_only
    closed.save()
    gone = make_organisation("o-partie", "Partie")
    publish(organisations(shown, closed, gone))
    gone.delete()
    text = text_of("/page/")
    assert ">Vue</a>" in text
    assert "Close" not in text
    assert "Partie" not in text
    assert ">Close</a>" in text_of("/page/", people[Role.MEMBER])


def test_nothing_is_left_of_a_block_that_leads_nowhere(publish, network, members_only):
    organisation = make_organisation("o", "Partie")
    target = publish(slug="cible")
    contact = OrganisationContact.objects.create(organisation=organisation, function_fr="Accueil")
    publish(
        organisations(organisation),
        block("contacts", {"title": "Qui", "contacts": items([contact.pk], "organisation")}),
        call(page=target.pk),
    )
    text = text_of("/page/")
    assert all(words in text for words in ("Autour de nous", "Qui</h2>", "Un bouton", "/cible/"))
    organisation.delete()
    target.delete()
    text = text_of("/page/")
    assert not any(words in text for words in ("Autour de nous", "Qui</h2>", "Une phrase"))


def test_contacts_follow_their_organisation_and_their_group(publish, people, members_only):
    open_one, closed = make_organisation("o1", "Ouvert"), make_organisation("o2", "Fermé")
    closed.audience = members_only
    closed.save()
    make = OrganisationContact.objects.create
    contacts = [
        make(organisation=open_one, function_fr="Accueil", phone="02 111 11 11"),
        make(organisation=open_one, function_fr="Ligne interne", audience=members_only),
        make(organisation=closed, function_fr="Direction"),
    ]
    page = GroupPage.objects.get(slug="groupe-a", locale__language_code="fr")
    of_group = GroupContact.objects.create(
        group=page.group, function_fr="Pilote du groupe", organisation=closed
    )
    publish(
        block(
            "contacts",
            {
                "title": "Qui",
                "contacts": items((c.pk for c in contacts), "organisation")
                + items([of_group.pk], "group"),
            },
        )
    )
    text = text_of("/page/")
    assert 'href="tel:021111111"' in text
    assert "Pilote du groupe" in text
    assert not any(words in text for words in ("Ligne interne", "Direction", "Fermé"))
    text = text_of("/page/", people[Role.MEMBER])
    assert all(words in text for words in ("Ligne interne", "Direction", "Fermé"))
    open_one.archived_at = page.first_published_at
    open_one.save()
    page.unpublish()
    page.get_translations().get().unpublish()
    text = text_of("/page/", people[Role.MEMBER])
    assert not any(words in text for words in ("Accueil</p>", "Pilote du groupe"))


def test_button_leads_to_the_page_in_the_readers_language(publish, network):
    page = publish(call(page=network.groups.pk), call(address="https://autre.example/"))
    page.copy_for_translation(Locale.objects.get(language_code="nl"), alias=True)
    assert 'class="button" href="/groupes/"' in text_of("/page/")
    text = text_of("/nl/page/")
    assert 'class="button" href="/nl/werkgroepen/"' in text
    assert 'href="https://autre.example/" rel="external noreferrer"' in text


def test_button_is_there_for_those_who_may_go_where_it_leads(publish, people):
    target = publish(slug="cible")
    publish(call(page=target.pk))
    set_page_audience(actor=people[Role.COORDINATOR], page=target, tokens={"member"})
    assert "Une phrase" not in text_of("/page/")
    assert 'href="/cible/"' in text_of("/page/", people[Role.MEMBER])
    target.unpublish()
    assert "Une phrase" not in text_of("/page/", people[Role.COORDINATOR])


@pytest.mark.parametrize(
    "wrong",
    [
        call(),
        call(address="http://autre.example/"),
        call(address="javascript:alert(1)"),
        block("video", {"title": "Film", "address": "http://film.example/", "duration": ""}),
        table("", ["Jour"], ["lundi"]),
        table("Horaire", [""], ["lundi"]),
        table("Horaire", ["Jour"]),
        block("quote", {"text": "Bonjour", "who": "", "organisation": ""}),
    ],
)
def test_a_block_that_lacks_something_is_refused(db, wrong):
    stream = StandardPage._meta.get_field("body").stream_block
    with pytest.raises(ValidationError):
        stream.clean(stream.to_python([wrong]))


def test_a_table_is_a_real_one(publish):
    publish(table("Permanences", ["Jour", "Heures"], ["lundi", "9 h <b>"], ["mardi", ""]))
    text = text_of("/page/")
    assert '<caption class="table__caption">Permanences</caption>' in text
    assert '<th scope="col">Heures</th>' in text
    assert '<th scope="row">lundi</th>' in text
    assert "9 h &lt;b&gt;" in text


def test_every_block_is_translated_and_keeps_what_was_chosen(publish):
    organisation = make_organisation("o", "Maison")
    gone = make_organisation("partie", "Partie")
    question = [{"question": "Pourquoi ?", "answer": "<p>Parce que.</p>"}]
    quote = {"text": "Bonjour", "who": "Une assistante", "organisation": ""}
    video = {"title": "Un film", "address": "https://film.example/", "duration": "4 minutes"}
    french = [
        table("Permanences", ["Jour", "Lieu"], ["lundi", "ici"], ["mardi", "ici"]),
        block("questions", {"title": "Questions", "questions": items(question)}),
        block("quote", quote),
        block("video", video),
        organisations(organisation, gone),
        call(address="https://autre.example/"),
    ]
    dutch = json.loads(json.dumps(french))
    cells = dutch[0]["value"]["table"]
    cells.update(caption="Zitdagen")
    cells["columns"] = [{"type": "text", "heading": h} for h in ("Dag", "Plaats")]
    cells["rows"] = [{"values": ["maandag", "hier"]}, {"values": ["dinsdag", "hier"]}]
    dutch[1]["value"]["title"] = "Vragen"
    dutch[1]["value"]["questions"][0]["value"] = {"question": "Waarom?", "answer": "<p>Omdat.</p>"}
    dutch[2]["value"].update(text="Hallo", who="Een assistente")
    dutch[3]["value"].update(title="Een film", duration="4 minuten")
    dutch[4]["value"]["title"] = "Rondom ons"
    dutch[5]["value"].update(sentence="Een zin.", label="Een knop")
    page = publish(*french)
    values = {"title": "Blad", "slug": "blad", "body": json.dumps(dutch)}
    publish_in_dutch(page, values)
    run_commit_hooks()
    text = text_of("/nl/blad/")
    for words in (
        *("Zitdagen", "Plaats", "maandag", "dinsdag", "hier", "Vragen", "Waarom?", "Omdat."),
        *("Hallo", "Een assistente", "Een film", "4 minuten", "Rondom ons", ">Maison</a>"),
        *("https://film.example/", "Een knop", "https://autre.example/"),
    ):
        assert words in text, words
    assert "Permanences" not in text

    # A row comes in between and an organisation goes: what was translated stays.
    gone.delete()
    french[0]["value"]["table"]["rows"].insert(0, {"values": ["dimanche", "ici"]})
    page.body = json.dumps(french)
    page.save_revision().publish()
    dutch[0]["value"]["table"]["rows"].insert(0, {"values": ["zondag", "hier"]})
    publish_in_dutch(page, {**values, "body": json.dumps(dutch)})
    run_commit_hooks()
    text = text_of("/nl/blad/")
    assert all(words in text for words in ("zondag", "maandag", ">Maison</a>"))
    assert "Partie" not in text


def test_queries_do_not_follow_what_was_chosen(publish, people, client, count_queries):
    make = make_organisation
    many = [make(f"m{n}", f"Organisme {n}") for n in range(20)]
    contacts = [
        OrganisationContact.objects.create(organisation=o, function_fr="Accueil") for o in many
    ]
    publish(organisations(many[0]), slug="une")
    publish(
        *(organisations(*many[n : n + 2]) for n in range(0, 20, 2)),
        block(
            "contacts",
            {"title": "Qui", "contacts": items((c.pk for c in contacts), "organisation")},
        ),
        slug="vingt",
    )
    cache.clear()
    client.get("/une/")
    client.get("/vingt/")
    one = count_queries(lambda: client.get("/une/"))
    assert count_queries(lambda: client.get("/vingt/")) <= one + 2


@pytest.mark.parametrize("role", [Role.PILOT, Role.EDITOR, Role.COORDINATOR, Role.MEMBER])
def test_choosers_offer_what_the_person_may_see(people, role):
    secret = make_organisation("secret", "Zzsecret")
    secret.audience = Audience.objects.for_tokens(set())
    secret.save()
    line = OrganisationContact.objects.create(organisation=secret, function_fr="Zzligne")
    client = client_of(people[role])
    sees = role is Role.COORDINATOR
    for name, pk in (("organisation", secret.pk), ("organisation_contact", line.pk)):
        start = f"/gestion/{name}_chooser"
        if role is Role.MEMBER:
            assert client.get(f"{start}/").status_code in {302, 404}
            continue
        assert ("Zz" in client.get(f"{start}/results/?q=zzsecret").content.decode()) == sees
        assert client.get(f"{start}/chosen/{pk}/").status_code == (200 if sees else 404)
        many = client.get(f"{start}/chosen-multiple/?id={pk}&id=abc").content.decode()
        assert ("Zz" in many) == sees
        assert client.get(f"{start}/chosen/abc/").status_code == 404
        assert client.get(f"{start}/create/").status_code == 404


def test_editing_form_offers_every_block(people, network, publish):
    organisation = make_organisation("o", "Maison")
    page = publish(organisations(organisation), call(page=network.groups.pk))
    text = client_of(people[Role.COORDINATOR]).get(f"/gestion/pages/{page.pk}/edit/")
    assert text.status_code == 200
    assert "Maison" in text.content.decode()
