"""A network from nothing: its tree in two languages, its roles, its workflow, its first people."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail_localize.models import LocaleSynchronization

from accounts.enums import Office
from accounts.models import NetworkMembership, User
from agenda.services.holidays import load_school_holidays
from agenda.services.review import build_review
from core.models import Menus, NetworkSettings, RoleGroup
from core.navigation import MENU, NETWORK
from groupes.models import GroupIndexPage
from home.models import HomePage, NewsIndexPage
from home.services.menus import build_menus, lead_to

TASK_NAME = "Relecture"

# What each office may do in the admin. Pages and files come on top, on the network's own tree.
OWN_APPS = ("accounts", "agenda", "core", "directory", "groupes", "home")
OFFICE_MODELS = {
    Office.ADMINISTRATOR: (*OWN_APPS, "wagtailcore", "wagtailredirects", "wagtail_localize"),
    Office.COORDINATOR: ("accounts", "agenda", "core", "directory", "groupes"),
    Office.EDITOR: (),
    Office.MODERATOR: (),
}
PAGE_RIGHTS = {
    Office.ADMINISTRATOR: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
    Office.COORDINATOR: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
    Office.EDITOR: ("add", "change", "publish"),
    Office.MODERATOR: (),
}
FILE_RIGHTS = ("add", "change", "delete", "choose")


@dataclass(frozen=True)
class Network:
    """The pages every network starts with, in French."""

    site: Site
    home: HomePage
    groups: GroupIndexPage
    news: NewsIndexPage


def locales() -> tuple[Locale, Locale]:
    """French and Dutch, made when they do not exist."""
    return tuple(Locale.objects.get_or_create(language_code=code)[0] for code in ("fr", "nl"))


@transaction.atomic
def build_network(*, host: str, port: int, name: str, name_nl: str = "") -> Network:
    """Make a real, empty network, or find it again: nothing that exists is changed.

    Wagtail's welcome page and its stock groups and workflow go.
    """
    french, dutch = locales()
    root = Page.get_first_root_node()
    site = Site.objects.filter(is_default_site=True).first()
    home = HomePage.objects.filter(locale=french, depth=2).first()
    if home is None:
        home = root.add_child(
            instance=HomePage(
                title=name, slug="accueil", heading=f"Bienvenue : {name}", locale=french
            )
        )
        home.save_revision().publish()
    if site is None or site.root_page_id != home.pk:
        site = site or Site(is_default_site=True)
        site.hostname, site.port, site.root_page, site.site_name = host, port, home, name
        site.save()
    _remove_stock(root)
    NetworkSettings.objects.get_or_create(site=site, defaults={"name_fr": name, "name_nl": name_nl})
    groups = child_page(home, GroupIndexPage, title="Groupes", slug="groupes")
    news = child_page(home, NewsIndexPage, title="Actualités", slug="actualites")
    translate_page(
        home, dutch, title=name_nl or name, slug="onthaal", heading=f"Welkom: {name_nl or name}"
    )
    translate_page(groups, dutch, title="Werkgroepen", slug="werkgroepen")
    translate_page(news, dutch, title="Nieuws", slug="nieuws")
    # What exists in French only is shown on the Dutch side as it is, and says so.
    LocaleSynchronization.objects.get_or_create(locale=dutch, defaults={"sync_from": french})
    build_roles(site)
    load_school_holidays()
    if not Menus.objects.filter(site=site).exists():
        menus = build_menus(site)
        lead_to(menus, groups, MENU, NETWORK)
        lead_to(menus, news, MENU, NETWORK)
    return Network(site=site, home=home, groups=groups, news=news)


def child_page(home: HomePage, model: type[Page], **fields) -> Page:
    """The page of this type below the home page, made and published when it does not exist."""
    page = model.objects.child_of(home).first()
    if page is None:
        page = home.add_child(instance=model(locale=home.locale, **fields))
        page.save_revision().publish()
    return page


def translate_page(page: Page, locale: Locale, **fields) -> Page:
    """The twin of a page in another language, made and published when it does not exist."""
    twin = page.get_translation_or_none(locale)
    if twin is None:
        twin = page.copy_for_translation(locale)
        for name, value in fields.items():
            setattr(twin, name, value)
        twin.save_revision().publish()
    return twin


def _remove_stock(root: Page) -> None:
    """Wagtail's welcome page, groups and workflow: ours take their place."""
    for page in root.get_children().exclude(content_type__app_label="home"):
        page.delete()
    Group.objects.filter(name__in=["Editors", "Moderators"], role=None).delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    GroupApprovalTask.objects.filter(name="Moderators approval").delete()


def build_roles(site: Site) -> None:
    """The Django group behind each office of a network, and the workflow that moderators serve.

    Idempotent, and run again after an upgrade: permissions of new models are added.
    """
    homes = list(site.root_page.get_translations(inclusive=True))
    for office in OFFICE_MODELS:
        group = role_group(f"{office}:{site.pk}", f"{office.label.capitalize()} : {site.site_name}")
        group.permissions.set(_model_permissions(office))
        for home in homes:
            for right in PAGE_RIGHTS[office]:
                GroupPagePermission.objects.get_or_create(
                    group=group,
                    page=home,
                    permission=Permission.objects.get(
                        codename=f"{right}_page", content_type__app_label="wagtailcore"
                    ),
                )
        collection = _collection_of(office, site)
        if collection is not None:
            for permission in Permission.objects.filter(
                content_type__app_label__in=["wagtailimages", "wagtaildocs"],
                codename__in=[f"{r}_{kind}" for r in FILE_RIGHTS for kind in ("image", "document")],
            ):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )
    _build_workflow(site, homes)
    build_review()


def _collection_of(office: Office, site: Site) -> Collection | None:
    """The folder of files an office works in. Whoever oversees the network has them all; the
    communication has its own, for folders of groups bear the names of groups."""
    if office is Office.MODERATOR:
        return None
    if office is Office.EDITOR:
        return network_collection(site)
    return Collection.get_first_root_node()


def network_collection(site: Site) -> Collection:
    """The folder of a network's own pictures and documents, made when it does not exist."""
    name = f"Communication : {site.site_name}"[:255]
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)


def role_group(token: str, name: str) -> Group:
    """The Django group of a role token, made when it does not exist."""
    role = RoleGroup.objects.filter(token=token).select_related("group").first()
    if role is None:
        group, _created = Group.objects.get_or_create(name=name[:150])
        role = RoleGroup.objects.create(token=token, group=group)
    return role.group


def _model_permissions(office: Office):
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    ) | Permission.objects.filter(
        content_type__app_label="wagtail_localize", codename="submit_translation"
    )
    if models := OFFICE_MODELS[office]:
        wanted = wanted | Permission.objects.filter(content_type__app_label__in=models)
    return wanted.distinct()


def _build_workflow(site: Site, homes: list[Page]) -> None:
    moderators = role_group(f"{Office.MODERATOR}:{site.pk}", "")
    coordinators = role_group(f"{Office.COORDINATOR}:{site.pk}", "")
    name = f"{TASK_NAME} : {site.site_name}"
    task = GroupApprovalTask.objects.filter(groups=moderators).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.set([moderators, coordinators])
    workflow, _created = Workflow.objects.get_or_create(name=name)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for home in homes:
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})


def admit(
    *, site: Site, email: str, office: Office = Office.NONE, password: str | None = None, **fields
) -> User:
    """A person with an account and a live membership of the network; found again by address."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, password, **fields)
    if not NetworkMembership.objects.filter(user=user, site=site, office=office).exists():
        NetworkMembership.objects.create(
            user=user, site=site, office=office, start=timezone.localdate()
        )
    return user
