"""Pages, news and pictures of the demonstration, in French and in Dutch."""

import datetime
import json
import uuid

from django.core.files.base import ContentFile
from wagtail.models import Page

from coordination.directory.models import Organisation, OrganisationContact, Theme
from core.models import NetworkSettings, PortalImage
from core.navigation import MENU, NETWORK
from core.services.audience import set_page_audience
from core.visibility import MEMBER, TOP
from groupes.models import GroupContact
from home.demonstration.dutch import publish_in_dutch
from home.demonstration.marks import mark
from home.demonstration.source import IMAGES, read
from home.models import NewsPage, StandardPage
from home.services.menus import build_menus, lead_to
from home.services.network import Network, network_collection

AUDIENCES = {"public": TOP, "members": {MEMBER}}
NAMESPACE = uuid.UUID("6c1f0f2e-3f6b-4a53-9a55-6a2d1b0c7e11")


# Lists inside a block's value, by type of block.
LISTS = {"questions": "questions", "organisations": "organisations", "contacts": "contacts"}


def stream(key: str, blocks: list[dict]) -> str:
    """A stream's JSON, with the same block identities in both languages."""
    return json.dumps([_block(block, f"{key}/{number}") for number, block in enumerate(blocks)])


def _block(block: dict, key: str) -> dict:
    kind, value = block["type"], block["value"]
    if kind == "steps":
        value = _items(value, key)
    elif kind in LISTS:
        name = LISTS[kind]
        value = {**value, name: _items(value[name], key, chosen=CHOSEN.get(kind))}
    elif kind == "call" and "page" in value:
        pages = Page.objects.filter(depth=3, locale__language_code="fr", slug=value["page"])
        value = {**value, "page": pages.earliest("pk").pk}
    return {"type": kind, "value": value, "id": str(uuid.uuid5(NAMESPACE, key))}


def _items(values: list, key: str, chosen=None) -> list[dict]:
    """The items of a list: written out, or found by name when they are somebody chosen."""
    items = []
    for number, value in enumerate(values):
        item = {"id": str(uuid.uuid5(NAMESPACE, f"{key}/{number}")), "type": "item", "value": value}
        items.append(item | (chosen(value) if chosen else {}))
    return items


def _organisation(name: str) -> dict:
    return {"value": Organisation.objects.get(name=name).pk}


def _contact(words: dict) -> dict:
    if "group" in words:
        of_group = GroupContact.objects.filter(group__slug=words["group"])
        return {"type": "group", "value": of_group.get(function_fr=words["function"]).pk}
    contacts = OrganisationContact.objects.filter(organisation__name=words["organisation"])
    return {"type": "organisation", "value": contacts.get(function_fr=words["function"]).pk}


CHOSEN = {"organisations": _organisation, "contacts": _contact}


def place(parent: Page, page: Page, *, actor, tokens=None, dutch: dict) -> Page:
    """Publish a new page below `parent` in French, decide who sees it, and publish it in Dutch."""
    parent = Page.objects.get(pk=parent.pk).specific
    page.locale = parent.locale
    page.live = False
    page = parent.add_child(instance=page)
    if tokens is not None:
        set_page_audience(actor=actor, page=page, tokens=tokens)
    page.save_revision(user=actor).publish()
    mark(page)
    mark(publish_in_dutch(page, dutch))
    return page


def load_network(network: Network) -> None:
    """The identity of the network, its home and its lists."""
    words = read("network")
    NetworkSettings.objects.update_or_create(
        site=network.site,
        defaults={
            "name_fr": words["name_fr"],
            "name_nl": words["name_nl"],
            "tagline_fr": words["tagline_fr"],
            "tagline_nl": words["tagline_nl"],
            "helpline_number": words["helpline_number"],
            "helpline_name_fr": words["helpline_name_fr"],
            "helpline_name_nl": words["helpline_name_nl"],
            "helpline_hours_fr": words["helpline_hours_fr"],
            "helpline_hours_nl": words["helpline_hours_nl"],
            "address": words["address"],
        },
    )
    pages = read("pages")
    for page, key, names in (
        (network.home, "home", ("title", "heading", "lead")),
        (network.groups, "groupes", ("title", "intro")),
        (network.news, "actualites", ("title", "intro")),
    ):
        for twin in page.get_translations(inclusive=True).specific():
            for name in names:
                setattr(twin, name, pages[key][name][twin.locale.language_code])
            twin.save_revision().publish()


def load_pages(network: Network, *, actor) -> None:
    pages = read("pages")
    menus = build_menus(network.site)
    for key in ("qui-sommes-nous", "espace-membres"):
        row = pages[key]
        if StandardPage.objects.child_of(network.home).filter(slug=row["slug_fr"]).exists():
            continue
        page = place(
            network.home,
            StandardPage(
                title=row["title"]["fr"],
                slug=row["slug_fr"],
                intro=row["intro"]["fr"],
                body=stream(key, row["body"]["fr"]),
            ),
            actor=actor,
            tokens=AUDIENCES[row["audience"]],
            dutch={
                "title": row["title"]["nl"],
                "slug": row["slug_nl"],
                "intro": row["intro"]["nl"],
                "body": stream(key, row["body"]["nl"]),
            },
        )
        # Members reach their page from their own space, without a seventh word in the menu.
        places = (MENU, NETWORK) if row["audience"] == "public" else (NETWORK,)
        lead_to(menus, page, *places)


def load_news(network: Network, *, actor) -> None:
    for row in read("pages")["news"]:
        if NewsPage.objects.child_of(network.news).filter(slug=row["slug_fr"]).exists():
            continue
        key = f"news/{row['slug_fr']}"
        place(
            network.news,
            NewsPage(
                title=row["title"]["fr"],
                slug=row["slug_fr"],
                date=datetime.date.fromisoformat(row["date"]),
                theme=Theme.objects.filter(slug=row.get("theme", "")).first(),
                intro=row["intro"]["fr"],
                image=picture(row["image"], row["image_alt"]["fr"], network)
                if row["image"]
                else None,
                image_alt=row["image_alt"]["fr"],
                body=stream(key, row["body"]["fr"]),
            ),
            actor=actor,
            tokens=AUDIENCES[row["audience"]],
            dutch={
                "title": row["title"]["nl"],
                "slug": row["slug_nl"],
                "intro": row["intro"]["nl"],
                "image_alt": row["image_alt"]["nl"],
                "body": stream(key, row["body"]["nl"]),
            },
        )


def picture(subject: str, description: str, network: Network) -> PortalImage:
    """One of our own drawings, as an image of the portal."""
    name = f"{subject.removesuffix('.png')}.png"
    title = f"Dessin : {name.removesuffix('.png').replace('-', ' ')}"
    image = PortalImage.objects.filter(title=title).first()
    if image is None:
        image = PortalImage(
            title=title,
            description=description[:255],
            collection=network_collection(network.site),
        )
        image.file = ContentFile((IMAGES / name).read_bytes(), name=name)
        image.save()
        mark(image)
    return image
