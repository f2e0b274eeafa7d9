"""The menus a network starts with, and what an upgrade adds to them."""

from wagtail.models import Page, Site

from core.models import FooterEntry, MainEntry, Menus
from core.models.menus import Column
from core.navigation import FIND, MENU, NETWORK, SITE, registered_parts

TITLES = {
    "first": ("Trouver", "Vinden"),
    "second": ("Le réseau", "Het netwerk"),
    "third": ("Ce site", "Deze site"),
}
COLUMNS = {FIND: Column.FIRST, NETWORK: Column.SECOND, SITE: Column.THIRD}


def build_menus(site: Site) -> Menus:
    """The menus of a network, made when it has none. Run again after an upgrade, it adds the parts
    of the portal that are new; what people took out stays out."""
    menus, _created = Menus.objects.get_or_create(site=site, defaults=_titles())
    for part in registered_parts():
        if part.url_name in menus.offered:
            continue
        for place in part.places:
            add_entry(menus, place, part=part.url_name)
        menus.offered.append(part.url_name)
    menus.save(update_fields=["offered"])
    return menus


def lead_to(menus: Menus, page: Page, *places: str) -> None:
    """Put a page into the menu, or into a column of the footer, once."""
    for place in places:
        entries = menus.main_entries if place == MENU else menus.footer_entries
        if not entries.filter(page__translation_key=page.translation_key).exists():
            add_entry(menus, place, page=page)


def add_entry(menus: Menus, place: str, **target) -> None:
    if place == MENU:
        MainEntry.objects.create(menus=menus, sort_order=menus.main_entries.count(), **target)
    else:
        FooterEntry.objects.create(
            menus=menus,
            sort_order=menus.footer_entries.count(),
            column=COLUMNS[place],
            **target,
        )


def _titles() -> dict[str, str]:
    return {
        f"{name}_title_{language}": words[number]
        for name, words in TITLES.items()
        for number, language in enumerate(("fr", "nl"))
    }
