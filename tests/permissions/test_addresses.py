"""Each address against its row, for each role."""

import datetime as dt

import pytest
from django.core import signing
from django.core.mail import EmailMultiAlternatives

from accounts.models import User
from coordination.directory.links import record_link
from coordination.welcome.links import SALT
from core.admin_scope import may_open, opens_admin
from core.mail_folder import BACKEND, newest
from tests.conftest import client_of, read
from tests.people import Role
from tests.permissions.table import ADMIN, ASKS_TO_SIGN_IN, EDITORS, SITE
from tests.permissions.table.agenda import FORMATS
from tests.urls import addresses

pytestmark = pytest.mark.once  # the rule is the same on every database

ALL = addresses()


def link_token(world) -> str:
    """The key in the mail that asks a representative whether the record is still right."""
    return record_link(world.people[Role.REPRESENTATIVE], world.organisation_a).split("/")[-2]


def test_every_address_has_a_row():
    known = SITE.keys() | ADMIN.keys()
    assert {address.name for address in ALL} - known == set()


def test_no_row_is_left_over():
    assert (SITE.keys() | ADMIN.keys()) - {address.name for address in ALL} == set()


@pytest.fixture
def mail_folder(settings, tmp_path) -> str:
    """Mails go to a folder, as where one tries the portal; gives the name of one."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = BACKEND, str(tmp_path)
    letter = EmailMultiAlternatives("Bonjour", "Bonjour", to=["a@essai.example"])
    letter.attach_alternative("<p>Bonjour</p>", "text/html")
    letter.send()
    return newest()[0]


@pytest.mark.parametrize("address", [a for a in ALL if not a.in_admin], ids=lambda a: a.route)
def test_site_address_answers_whom_its_row_names(world, db, mail_folder, address):
    values = {
        "name": [world.documents["public"].file.name],
        "pk": [world.documents["public"].pk],
        "filename": [world.documents["public"].filename],
        "slug": ["organisme-a"],
        "item": [world.items["public"].pk],
        "asked": [world.join_request.pk],
        "uidb36": ["1"],
        "key": ["abc-def"],
        "*": ["x"],
    }
    if address.name.startswith("groupes:"):
        values["slug"] = [world.group_a.group.slug]
    if address.name.startswith("agenda:"):
        values |= {"slug": [world.event.slug], "day": [dt.date(2026, 3, 2)]}
        values |= {"week": ["2026-W10"], "month": ["2026-03"]}
    values |= {
        "accounts_data_copy": {"pk": [world.copy.pk]},
        "accounts_delete_for": {"pk": [world.join_request.user_id]},
        "accounts_hand_over_for": {"pk": [world.people[Role.REPRESENTATIVE].pk]},
        "contact_message": {"pk": [world.message.pk]},
        "agenda:day": {"day": ["2026-03-02"]},
        **{f"agenda:day_{suffix}": {"value": ["2026-03-02"]} for suffix in FORMATS},
        **{f"agenda:week_{suffix}": {"value": ["2026-W10"]} for suffix in FORMATS},
        **{f"agenda:month_{suffix}": {"value": ["2026-03"]} for suffix in FORMATS},
        "agenda:own_feed": {"token": [world.calendar_token]},
        "agenda:proposal": {"secret": [world.proposal.secret]},
        "agenda:proposal_edit": {"secret": [world.proposal.secret]},
        "agenda:receipt": {"token": [world.proposal.receipt]},
        "agenda:report_answer": {"pk": [world.event_report.pk]},
        "agenda:report_receipt": {"token": [world.event_report.token]},
        "directory:organisation_confirm": {"token": [link_token(world)]},
        "contact_receipt": {"token": [world.message.token]},
        "core_mail": {"key": [mail_folder]},
        "core_mail_html": {"key": [mail_folder]},
        "help_guide": {"slug": ["membres"]},
        "directory:change_revert": {"pk": [world.change.pk]},
        "directory:merge_records": {"other": ["organisme-b"]},
        "home_news_feed": {"path": ["actualites"]},
        "directory:report_answer": {"pk": [world.report.pk]},
        "directory:report_receipt": {"token": [world.report.token]},
        "welcome:follow": {"secret": [world.request.secret]},
        "welcome:invitation": {"link": [signing.dumps(world.invitation.pk, salt=SALT)]},
        "welcome:invitation_detail": {"pk": [world.invitation.pk]},
        "welcome:receipt": {"token": [world.request.receipt]},
        "welcome:request_answer": {"pk": [world.request.pk]},
    }.get(address.name, {})
    paths = ["/"] if address.name == "wagtail_serve" else list(address.paths(values))
    assert paths
    for role, user in world.people.items():
        client = client_of(user)
        for path in paths:
            response = client.get(path)
            read(response)
            status = response.status_code
            if role in SITE[address.name]:
                assert status in {200, 302}, f"{role} {path}"
            elif role is Role.VISITOR and address.name in ASKS_TO_SIGN_IN:
                assert status == 302, f"{role} {path}"
            else:
                assert status == 404, f"{role} {path}"


@pytest.mark.parametrize("role", list(Role))
def test_admin_screens_exist_for_whom_their_row_names(world, db, role):
    user = world.people[role]
    values = {"*": [1], "app_label": ["home"], "model_name": ["newspage"]}
    client = client_of(user)
    screens = [address for address in ALL if address.in_admin]
    if user is not None and not opens_admin(User.objects.get(pk=user.pk)):
        assert role not in EDITORS
        screens = screens[::8]  # one wall for all of them
    for address in screens:
        allowed = role in ADMIN[address.name]
        namespace = address.name.rpartition(":")[0]
        if user is not None and role in ADMIN["wagtailadmin_home"]:
            fresh = User.objects.get(pk=user.pk)
            assert may_open(fresh, address.name, namespace) == allowed, address.name
        if not allowed:
            for path in list(address.paths(values))[:1]:
                response = client.get(path)
                if role is Role.VISITOR and ADMIN[address.name]:
                    assert response.status_code == 302, path
                    assert response["Location"].startswith("/compte/connexion/"), path
                else:
                    assert response.status_code == 404, path
