"""« Partager une info »: who posts what for whom, and what a pilot decides."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.translation import override

from core.models import PortalDocument
from core.services.audience import set_page_audience
from groupes import permissions
from groupes.enums import ItemState, Scope
from groupes.models import GroupFolder, SharedItem
from groupes.services import joining, sharing
from tests.conftest import client_of, read
from tests.groupes.conftest import a_file, again
from tests.people import Role


def share(people, group, role=Role.GROUP_MEMBER, scope=Scope.GROUP, **words) -> SharedItem:
    words = {"title": "Un horaire", "text": "Le lundi.", **words}
    return sharing.share_item(actor=again(people[role]), group=group, scope=scope, **words)


def address(name: str, item: SharedItem) -> str:
    return reverse(f"groupes:{name}", args=[item.group.slug, item.pk])


def words_of(item: SharedItem, **changes) -> dict:
    return {"title": item.title, "text": item.text, "link": "", "scope": item.scope, **changes}


def test_a_member_shares_a_file_with_the_group(people, group):
    client = client_of(people[Role.GROUP_MEMBER])
    url = reverse("groupes:share", args=[group.slug])
    assert "Ni le nom ni l’histoire" in client.get(url).content.decode()
    data = {"title": "Compte rendu", "scope": "group", "upload": a_file()}
    assert client.post(url, data).status_code == 302
    item = SharedItem.objects.get()
    assert item.state == ItemState.PUBLISHED
    assert item.audience.tokens == {f"group:{group.pk}"}
    document = item.document
    assert document.title == "Compte rendu 2026"
    assert document.owner == f"group:{group.pk}"
    assert document.collection == group.collection
    assert document.audience == item.audience
    assert read(client.get(document.url)) == b"Bonjour"
    for role in (Role.MEMBER, Role.VISITOR, Role.FORMER):
        stranger = client_of(people[role])
        assert stranger.get(item.url).status_code == 404
        assert stranger.get(document.url).status_code == 404


def test_what_is_to_be_public_waits_for_a_pilot(people, page):
    item = share(people, page.group, scope=Scope.PUBLIC, upload=a_file())
    assert item.state == ItemState.PENDING
    visitor, mate = client_of(None), client_of(people[Role.PILOT])
    assert visitor.get(item.url).status_code == 404
    assert visitor.get(item.document.url).status_code == 404
    assert "Un horaire" not in visitor.get(page.get_url()).content.decode()
    assert "Attend l’accord du pilote" in mate.get(page.get_url()).content.decode()
    assert mate.post(address("item_decide", item), {"decision": "accept"}).status_code == 302
    item.refresh_from_db()
    assert item.audience.tokens == {"public"}
    assert item.decided_by == people[Role.PILOT]
    assert visitor.get(item.url).status_code == 200
    text = visitor.get(page.get_url()).content.decode()
    assert "Un horaire" in text
    assert read(visitor.get(item.document.url)) == b"Bonjour"


def test_a_refusal_keeps_it_for_the_group_with_a_word(people, group):
    item = share(people, group, scope=Scope.PUBLIC)
    client = client_of(people[Role.PILOT])
    response = client.post(address("item_decide", item), {"decision": "refuse"})
    assert response.status_code == 422
    client.post(address("item_decide", item), {"decision": "refuse", "answer": "Trop tôt."})
    item.refresh_from_db()
    assert item.state == ItemState.REFUSED
    assert item.audience.tokens == {f"group:{group.pk}"}
    author = client_of(people[Role.GROUP_MEMBER])
    assert "Trop tôt." in author.get(item.url).content.decode()
    with pytest.raises(ValidationError):
        sharing.accept_item(actor=again(people[Role.PILOT]), item=item)


def test_a_pilot_publishes_directly(people, group):
    assert share(people, group, Role.PILOT, Scope.PUBLIC).audience.tokens == {"public"}
    assert share(people, group, Role.COORDINATOR, Scope.MEMBERS).audience.tokens == {"member"}


def test_a_public_item_corrected_by_its_author_waits_again(people, group):
    item = share(people, group, scope=Scope.PUBLIC, upload=a_file())
    sharing.accept_item(actor=again(people[Role.PILOT]), item=item)
    client = client_of(people[Role.GROUP_MEMBER])
    client.post(address("item_edit", item), words_of(item, text="Le mardi."))
    item = SharedItem.objects.get()
    assert (item.text, item.state) == ("Le mardi.", ItemState.PENDING)
    assert item.edited_at
    assert client_of(None).get(item.url).status_code == 404
    assert client_of(None).get(item.document.url).status_code == 404
    pilot = client_of(people[Role.PILOT])
    pilot.post(address("item_edit", item), words_of(item, text="Le jeudi.", scope="public"))
    assert client_of(None).get(item.url).status_code == 200


def test_replacing_the_file_keeps_its_address(people, group):
    item = share(people, group, upload=a_file())
    url = item.document.url
    client = client_of(people[Role.GROUP_MEMBER])
    data = words_of(item, upload=a_file("nouveau.txt", b"Neuf"))
    assert client.post(address("item_edit", item), data).status_code == 302
    assert SharedItem.objects.get().document_id == item.document_id
    assert read(client.get(url, follow=True)) == b"Neuf"


def test_a_file_taken_off_an_item_is_nobodys(people, group):
    item = share(people, group, upload=a_file())
    url = item.document.url
    client = client_of(people[Role.GROUP_MEMBER])
    client.post(address("item_edit", item), words_of(item, remove_document="on"))
    assert SharedItem.objects.get().document is None
    assert client.get(url).status_code == 404


def test_a_withdrawn_item_leaks_nothing(people, page):
    item = share(people, page.group, Role.PILOT, Scope.PUBLIC, title="Fugitive", upload=a_file())
    sharing.pin_item(actor=again(people[Role.PILOT]), item=item, pinned=True)
    visitor = client_of(None)
    assert visitor.get(item.url).status_code == 200
    pilot = client_of(people[Role.PILOT])
    assert pilot.post(address("item_withdraw", item)).status_code == 302
    space = reverse("groupes:space", args=[page.group.slug])
    for role in (Role.VISITOR, Role.MEMBER, Role.GROUP_MEMBER, Role.FORMER):
        client = client_of(people[role])
        assert client.get(item.url).status_code == 404, role
        assert client.get(item.document.url).status_code == 404, role
        assert "Fugitive" not in client.get(page.get_url()).content.decode()
        assert "Fugitive" not in client.get(space).content.decode()
    assert "Fugitive" not in pilot.get(space).content.decode()
    assert "est retirée" in pilot.get(item.url).content.decode()
    assert pilot.get(item.document.url).status_code == 404
    assert pilot.get(address("item_edit", item)).status_code == 404


def test_the_author_who_left_the_group_has_no_more_say(people, group):
    item = share(people, group, scope=Scope.PUBLIC)
    joining.leave_group(actor=again(people[Role.GROUP_MEMBER]), group=group)
    client = client_of(people[Role.GROUP_MEMBER])
    assert client.get(item.url).status_code == 404
    assert client.post(address("item_withdraw", item)).status_code == 404
    assert client.post(address("item_edit", item), words_of(item)).status_code == 404


def test_pinned_items_come_first(people, page):
    first = share(people, page.group, title="Première")
    share(people, page.group, title="Seconde")
    client = client_of(people[Role.PILOT])
    client.post(address("item_pin", first))
    shown = [row["item"].title for row in client.get(page.get_url()).context["items"]]
    assert shown == ["Première", "Seconde"]
    client.post(address("item_pin", first), {"unpin": "1"})
    shown = [row["item"].title for row in client.get(page.get_url()).context["items"]]
    assert shown == ["Seconde", "Première"]


def test_narrowing_the_group_page_narrows_items_and_files(people, page):
    public = share(people, page.group, Role.PILOT, Scope.PUBLIC, upload=a_file())
    members = share(people, page.group, Role.PILOT, Scope.MEMBERS)
    waiting = share(people, page.group, scope=Scope.PUBLIC)
    coordinator = people[Role.COORDINATOR]
    set_page_audience(actor=coordinator, page=page, tokens={"member"})
    for item in (public, members, waiting):
        item.refresh_from_db()
    assert public.audience.tokens == members.audience.tokens == {"member"}
    assert PortalDocument.objects.get().audience.tokens == {"member"}
    sharing.accept_item(actor=again(people[Role.PILOT]), item=waiting)
    waiting.refresh_from_db()
    assert waiting.audience.tokens == {"member"}
    assert sharing.scopes_of(page.group) == [Scope.GROUP, Scope.MEMBERS]
    token = f"group:{page.group_id}"
    set_page_audience(actor=coordinator, page=page, tokens={token})
    public.refresh_from_db()
    assert public.audience.tokens == {token}
    assert PortalDocument.objects.get().audience.tokens == {token}
    # Opening the page again opens nothing by itself.
    set_page_audience(actor=coordinator, page=page, tokens={"public"})
    public.refresh_from_db()
    assert public.audience.tokens == {token}


def test_narrowing_the_list_of_groups_narrows_what_they_share(people, page, network):
    item = share(people, page.group, Role.PILOT, Scope.PUBLIC)
    set_page_audience(actor=people[Role.COORDINATOR], page=network.groups, tokens={"member"})
    item.refresh_from_db()
    assert item.audience.tokens == {"member"}


HOSTILE = [
    {"title": ""},
    {"title": "x" * 121},
    {"text": "x" * 2001},
    {"text": "", "link": ""},
    {"link": "javascript:alert(1)"},
    {"link": "ftp://exemple.be/x"},
    {"link": "https://" + "x" * 600 + ".be"},
    {"scope": "nobody"},
    {"scope": "org:1"},
    {"scope": ""},
    {"folder": "999"},
]


def test_hostile_items_are_refused_and_nothing_typed_is_lost(people, group, other):
    client = client_of(people[Role.GROUP_MEMBER])
    url = reverse("groupes:share", args=[group.slug])
    GroupFolder.objects.create(group=group, name_fr="À nous")
    theirs = GroupFolder.objects.create(group=other["group"], name_fr="À eux")
    files = [
        {"upload": a_file("virus.exe", b"MZ")},
        {"upload": a_file("faux.pdf", b"pas un pdf")},
        {"upload": a_file("vide.txt", b"")},
    ]
    for wrong in [*HOSTILE, {"folder": theirs.pk}, *files]:
        data = {"title": "Gardé", "text": "Tapé ici", "link": "", "scope": "group", **wrong}
        response = client.post(url, data)
        assert response.status_code == 422, wrong
        text = response.content.decode()
        assert "Rien de ce que vous avez écrit" in text
        assert "Tapé ici" in text or "text" in wrong
        if "upload" in wrong:
            assert response.context["form"].errors.keys() == {"upload"}
    assert not SharedItem.objects.exists()
    assert not PortalDocument.objects.exists()
    with pytest.raises(ValidationError):
        share(people, group, folder=theirs)


def test_what_is_typed_is_tidied_and_never_run(people, group):
    client = client_of(people[Role.GROUP_MEMBER])
    data = {"title": "<b>A</b>\u202e\x00 b", "text": "<script>1</script>", "scope": "group"}
    client.post(reverse("groupes:share", args=[group.slug]), data)
    item = SharedItem.objects.get()
    assert item.title == "<b>A</b> b"
    text = client.get(item.url).content.decode()
    assert "<script>1" not in text
    assert "<b>A" not in text


# role × state × action; « b_… » are of another group.
GROUP_ROLES = {Role.GROUP_MEMBER, Role.PILOT}
PILOTS = {Role.PILOT, Role.COORDINATOR, Role.ADMINISTRATOR}
EVERY_ROLE = [*(role for role in Role if role is not Role.VISITOR), "b_member", "b_pilot"]


def test_who_may_do_what_with_an_item(people, group, other):
    item = share(people, group)
    for role, state in product(EVERY_ROLE, ItemState):
        item.state = state
        user = people[role] if role in people else other[role.removeprefix("b_")]
        is_there = state != ItemState.WITHDRAWN
        owns = role in PILOTS or role == Role.GROUP_MEMBER  # its author
        expected = {
            "share": role in PILOTS | GROUP_ROLES,
            "see": (role in PILOTS | GROUP_ROLES) if is_there else owns,
            "edit": is_there and owns,
            "withdraw": is_there and owns,
            "pin": is_there and role in PILOTS,
            "decide": state == ItemState.PENDING and role in PILOTS,
        }
        found = {
            "share": permissions.can_share_item(user, group),
            "see": permissions.can_see_item(user, item),
            "edit": permissions.can_edit_item(user, item),
            "withdraw": permissions.can_withdraw_item(user, item),
            "pin": permissions.can_pin_item(user, item),
            "decide": permissions.can_decide_item(user, item),
        }
        assert found == expected, (role, state)
        shown = SharedItem.objects.visible_to(user).filter(pk=item.pk)
        SharedItem.objects.filter(pk=item.pk).update(state=state)
        assert shown.exists() is (expected["see"] and is_there), (role, state)


def test_strangers_cannot_act_on_an_item(people, group, other):
    item = share(people, group, Role.PILOT, Scope.PUBLIC)
    waiting = share(people, group, scope=Scope.PUBLIC)
    for user in (None, people[Role.MEMBER], other["member"], other["pilot"], people[Role.FORMER]):
        client = client_of(user)
        for name in ("item_edit", "item_withdraw", "item_pin", "item_decide"):
            for one in (item, waiting):
                assert client.post(address(name, one), {"decision": "accept"}).status_code == 404
                # Nor through a group that is theirs.
                path = reverse(f"groupes:{name}", args=[other["group"].slug, one.pk])
                assert client.post(path, {"decision": "accept"}).status_code == 404
    with pytest.raises(PermissionDenied):
        sharing.accept_item(actor=other["pilot"], item=waiting)
    with pytest.raises(PermissionDenied):
        sharing.withdraw_item(actor=people[Role.MEMBER], item=item)
    mate = client_of(people[Role.GROUP_MEMBER])
    assert mate.post(address("item_withdraw", item)).status_code == 404
    assert mate.post(address("item_decide", waiting), {"decision": "accept"}).status_code == 404


def test_an_action_address_leads_back_to_the_item(people, group):
    item = share(people, group)
    client = client_of(people[Role.PILOT])
    for name in ("item_withdraw", "item_decide", "item_pin"):
        assert client.get(address(name, item))["Location"] == item.url
    assert SharedItem.objects.get().state == ItemState.PUBLISHED


def test_an_item_shows_in_both_languages_and_names_nobody_by_address(people, page):
    item = share(people, page.group, scope=Scope.MEMBERS, link="https://exemple.be/", text="")
    for code in ("fr", "nl"):
        with override(code):
            urls = [item.url, reverse("groupes:share", args=[page.group.slug])]
            urls.append(address("item_edit", item))
        for url in urls:
            response = client_of(people[Role.GROUP_MEMBER]).get(url)
            assert response.status_code == 200
            assert f'<html lang="{code}">' in response.content.decode()
    text = client_of(people[Role.MEMBER]).get(item.url).content.decode()
    assert "https://exemple.be/" in text
    assert "group_member@essai.example" not in text
