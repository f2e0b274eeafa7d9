"""One unique word per audience, looked for in everything each role can get."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core.models import PortalRendition
from tests.conftest import client_of, read
from tests.people import Role
from tests.permissions.table import ADMIN
from tests.urls import addresses
from tests.world import KNOWN_TO, WORDS

pytestmark = pytest.mark.once  # the rule is the same on every database

ADMIN_ROLES = [Role.PILOT, Role.EDITOR, Role.MODERATOR]
LANGUAGES = ["", "/nl"]
GROUP_SCREENS = ["join", "leave", "space", "share", "todo"]


def assert_no_secret(response, secrets: dict[str, str], *, asked: str = "") -> None:
    """Neither the body nor a header holds a word of another audience. A word that the address
    itself holds may come back in it: whoever asked knew it."""
    text = read(response).decode("utf-8", "replace").lower()
    headers = unquote(" ".join(f"{k}: {v}" for k, v in response.headers.items())).lower()
    for audience, word in secrets.items():
        if word in asked.lower():
            continue
        assert word not in text, f"{audience} leaks in the body of {asked or response}"
        assert word not in headers, f"{audience} leaks in a header of {asked or response}"


def shared_pages(world) -> list[str]:
    """Lists, searches, menus: pages that everybody opens and that could name anything."""
    home, groups, news = world.network.home, world.network.groups, world.network.news
    paths = []
    for page in (home, groups, news, world.group_a, world.group_b):
        paths += [twin.get_url() for twin in page.get_translations(inclusive=True)]
    paths += [f"{twin.get_url()[:-1]}.rss" for twin in news.get_translations(inclusive=True)]
    for code, directory, places in (
        ("", "/repertoire/", "/repertoire/lieux/"),
        ("nl", "/nl/gids/", "/nl/gids/plaatsen/"),
    ):
        paths += [directory, places, f"{directory}organisme-a/"]
        paths += [
            f"{directory}?groupe={world.group_b.group.slug}",
            f"{directory}?famille=association",
        ]
        paths += [f"{directory}?q=aide", f"{places}?q=alias", f"{directory}?page=2"]
        paths.append("/compte/" if not code else "/nl/account/")
        with override(code or "fr"):
            paths += agenda_pages(world)
            slug = [world.group_a.group.slug]
            paths += [reverse(f"groupes:{name}", args=slug) for name in GROUP_SCREENS]
            paths.append(f"{reverse('groupes:space', args=slug)}?page=2")
    return [*paths, "/sitemap.xml", "/sante/", "/nulle-part/", "/nl/nergens/"]


def agenda_pages(world) -> list[str]:
    """Every view of the agenda where the events of the world stand, in the language of the moment,
    and what is public there with everything hidden around it."""
    day = world.events["public"].dates.latest("day").day
    agenda = reverse("agenda:list")
    paths = [agenda, f"{agenda}?q=activite", f"{agenda}?prix=free", reverse("agenda:print")]
    paths += [f"{agenda}?groupe={world.group_b.group.slug}", reverse("agenda:archive")]
    for when in (day, day + timedelta(days=1), day - timedelta(days=43)):
        year, week, _day = when.isocalendar()
        paths.append(reverse("agenda:day", args=[when.isoformat()]))
        paths.append(reverse("agenda:week", args=[f"{year}-W{week:02}"]))
        paths.append(reverse("agenda:month", args=[f"{when:%Y-%m}"]))
    for word in WORDS.values():
        # Whoever asks for what is hidden reads what they typed, and nothing is found.
        paths += [f"{agenda}?{name}=organisme-{word}" for name in ("organisme", "lieu")]
    return paths + [event.url for event in world.open_events.values()] + ["/agenda/evenement/x/"]


@pytest.mark.parametrize("role", list(Role))
def test_no_page_names_what_the_role_may_not_know(world, db, role):
    client = client_of(world.people[role])
    secrets = world.secrets_for(role)
    for path in shared_pages(world):
        assert_no_secret(client.get(path), secrets, asked=path)
        assert_no_secret(client.get(path, follow=True), secrets, asked=path)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_exactly_what_it_may_see(world, db, role):
    client = client_of(world.people[role])
    secrets = world.secrets_for(role)
    for audience in WORDS:
        known = audience in KNOWN_TO[role]
        paths = []
        for page in (world.pages[audience], world.news[audience], world.resources[audience]):
            twins = page.get_translations(inclusive=True)
            assert len(twins) == 2
            # What lies below a group's page is never wider than... its own audience decides.
            paths += [(twin.get_url(), known) for twin in twins]
        if audience != "draft":
            document, image = world.documents[audience], world.images[audience]
            organisation = world.organisations[audience]
            paths += [(document.url, known), (image.file.url, known)]
            paths += [(f"/repertoire/{organisation.slug}/", known)]
            paths += [(f"/nl/gids/{organisation.slug}/", known)]
            for code in ("fr", "nl"):
                with override(code):
                    paths += [(world.items[audience].url, known)]
        event = world.events[audience]
        day = timezone.localdate() + timedelta(days=3)
        for code in ("fr", "nl"):
            with override(code):
                # A draft is no page of the agenda for anybody.
                opens = known and audience != "draft"
                paths += [(event.url, opens), (event.date_url(day), opens)]
        for path, opens in paths:
            response = client.get(path)
            assert response.status_code == (200 if opens else 404), f"{role} {audience} {path}"
            if opens and audience != "public" and path.startswith("/fichiers/"):
                assert response["Cache-Control"] == "private, no-store"
            assert_no_secret(response, secrets, asked="" if opens else path)


@pytest.mark.parametrize("role", list(Role))
def test_a_list_shows_exactly_what_the_role_may_see(world, db, role):
    client = client_of(world.people[role])
    for path, asked, label in (
        ("/repertoire/", {"vue": "complete"}, "organisme"),
        ("/repertoire/", {"vue": "simple", "q": "organisme"}, "organisme"),
        ("/repertoire/lieux/", {}, "lieu"),
    ):
        text = ""
        for number in (1, 2, 3):
            text += client.get(path, asked | {"page": number}).content.decode().lower()
        for audience, word in WORDS.items():
            if audience != "draft":
                assert (f"{label} {word}" in text) == (audience in KNOWN_TO[role]), audience


@pytest.mark.parametrize("role", list(Role))
def test_the_agenda_counts_and_finds_exactly_what_the_role_may_see(world, db, role):
    client = client_of(world.people[role])
    agenda = reverse("agenda:list")
    known = [audience for audience in KNOWN_TO[role] if audience != "draft"]
    found = client.get(agenda, {"prix": "free"})
    assert found.context["search"].total == len(known)
    for audience, word in WORDS.items():
        total = client.get(agenda, {"q": word}).context["search"].total
        # Its own event, and the public one of its organiser and place when all may know those.
        expected = (audience in known) + (audience == "public")
        assert total == expected, audience
    years = client.get(reverse("agenda:archive")).context["years"]
    # And the event for everybody that somebody reported.
    assert sum(year["total"] for year in years) == len(known) + 1


def test_renditions_follow_their_image(world, db):
    for audience, image in world.images.items():
        rendition = image.get_rendition("width-16")
        assert PortalRendition.objects.filter(file=rendition.file.name).exists()
        for role, user in world.people.items():
            response = client_of(user).get(rendition.url)
            read(response)
            assert response.status_code == (200 if audience in KNOWN_TO[role] else 404), (
                f"{role} {audience}"
            )


def admin_values(world) -> dict[str, list]:
    """Arguments for the admin's addresses: every object there is."""
    pages = [*world.resources.values(), world.group_a, world.group_b, world.network.home]
    pages += [world.pages["nobody"], world.news["member"], world.news["draft"]]
    pages += [
        world.resources[audience].get_translations().get() for audience in ("group_a", "group_b")
    ]
    revisions = [page.latest_revision_id for page in pages if page.latest_revision_id]
    images = [image.pk for image in world.images.values()]
    documents = [document.pk for document in world.documents.values()]
    ids = [page.pk for page in pages]
    return {
        "page_id": ids,
        "parent_page_id": ids,
        "page_to_move_id": ids[:: max(1, len(ids) // 4)],
        "destination_id": ids[:: max(1, len(ids) // 4)],
        "revision_id": revisions[:: max(1, len(revisions) // 3)],
        "image_id": images,
        "document_id": documents,
        "doc_id": documents,
        "filter_spec": ["max-165x165"],
        "content_type_app_name": ["groupes"],
        "content_type_model_name": ["groupresourcepage"],
        "app_label": ["home"],
        "app_name": ["home"],
        "model_name": ["newspage"],
        "action_name": ["approve"],
        "action": ["delete"],
        "pk": sorted({*images, *documents, *ids[:6]}),
        "*": [1],
    }


@pytest.mark.parametrize("role", ADMIN_ROLES)
def test_the_admin_names_nothing_out_of_reach(world, db, role):
    client = client_of(world.people[role])
    secrets = world.secrets_for(role, admin=True)
    values = admin_values(world)
    asked = 0
    for address in addresses():
        if not address.in_admin or address.name == "wagtailadmin_logout":
            continue
        paths = list(address.paths(values))
        if role not in ADMIN[address.name]:
            paths = paths[:1]  # no such screen for this role, whatever it would be about
        for path in paths:
            response = client.get(path)
            assert response.status_code < 500, path
            assert_no_secret(response, secrets, asked=path)
            asked += 1
    assert asked > 500


@pytest.mark.parametrize("role", ADMIN_ROLES)
def test_the_admins_searches_and_choosers_name_nothing_out_of_reach(world, db, role):
    client = client_of(world.people[role])
    secrets = world.secrets_for(role, admin=True)
    for word in WORDS.values():
        for name in (
            *("wagtailadmin_choose_page_search", "wagtailadmin_pages:search"),
            *("wagtailadmin_pages:search_results", "wagtaildocs:index", "wagtailimages:index"),
            *("wagtaildocs_chooser:choose_results", "wagtailimages_chooser:choose_results"),
            *("wagtaildocs:index_results", "wagtailimages:index_results"),
        ):
            response = client.get(reverse(name), {"q": word})
            assert response.status_code in {200, 302}
            # The word typed comes back in the search box: what it must not find is the title.
            titles = {a: f"{kind} {w}" for a, w in secrets.items() for kind in ("page",)}
            for kind in ("page", "nouvelle", "dossier", "document", "image"):
                titles = {a: f"{kind} {w}" for a, w in secrets.items()}
                assert_no_secret(response, titles)
    api = client.get(reverse("wagtailadmin_api:pages:listing"), {"fields": "*", "limit": 100})
    assert_no_secret(api, secrets)
    listing = reverse("wagtailadmin_api:pages:listing")
    for parent in [1, world.network.home.pk, world.group_b.pk, world.group_a.pk]:
        for extra in ({}, {"for_explorer": 1}):
            response = client.get(listing, {"child_of": parent, "fields": "*", **extra})
            assert_no_secret(response, secrets, asked=f"child_of={parent}")
