"""The demonstration says what the data says, and tells what it did with it."""

import io
import json

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from wagtail.models import Page

from coordination.directory.models import Organisation, Place, Territory, Theme
from core.models import DemonstrationItem, PageAudience
from core.text import tidy_phone
from groupes.models import GroupPage, Mandate, WorkingGroup
from home.demonstration.loader import load, remove
from home.demonstration.people import accounts
from home.demonstration.source import NETWORK_FILE, read
from tests.conftest import run_commit_hooks

ROWS = read(NETWORK_FILE)["organisations"]


@pytest.fixture(scope="module")
def report(shared_database):
    cache.clear()
    report = load(host="testserver", port=80)
    run_commit_hooks()
    return report


def test_every_organisation_is_there_with_its_own_words(report, db):
    assert Organisation.objects.count() == 155
    for row in ROWS:
        organisation = Organisation.objects.get(name=row["name"])
        assert organisation.kind_label == row["type"]
        assert organisation.acronym == (row.get("acronym") or "")


def test_nothing_is_invented(report, db):
    """Address, telephone, hours, services and site are the data's, or empty."""
    for row in ROWS:
        organisation = Organisation.objects.get(name=row["name"])
        assert organisation.address == (row.get("address") or "")
        assert organisation.phone == tidy_phone(row.get("phone") or "")
        assert organisation.website == (row.get("website") or "")
        assert organisation.hours_fr == (row.get("hours") or "")
        assert organisation.services_list == (row.get("services") or [])


def test_places_with_their_other_names(report, db):
    rows = read(NETWORK_FILE)["places"]
    assert Place.objects.count() == len(rows) == 41
    for row in rows:
        place = Place.objects.get(slug=row["id"])
        assert set(place.aliases_list) == set(row["aliases"])
        assert place.address == (row["address"] or "")
    assert Place.objects.matching("etangs").filter(slug="siege-cuve").exists()


def test_groups_bodies_themes_and_territories(report, db):
    assert WorkingGroup.objects.filter(kind="working_group").count() == 4
    mandate = Mandate.objects.get(group__slug="comite-accompagnement")
    assert (str(mandate.start), str(mandate.end)) == ("2022-10-01", "2025-10-01")
    assert mandate.is_over
    assert WorkingGroup.objects.filter(slug="assemblee-generale").exists()
    assert Theme.objects.count() >= 19
    region = Territory.objects.get(slug="region-de-bruxelles-capitale")
    assert region.get_descendants().filter(level="commune").count() == 19


def test_every_page_is_translated_whole(report, db):
    for page in Page.objects.filter(locale__language_code="fr", depth__gt=1).specific():
        twin = page.get_translation(page.locale.__class__.objects.get(language_code="nl"))
        assert twin.alias_of_id is None, page
        assert twin.live
        assert twin.specific.content_language == "nl", page
        assert PageAudience.objects.tokens_of(twin) == PageAudience.objects.tokens_of(page)


def test_the_report_tells_of_each_record(report, db):
    for row in ROWS:
        assert any(line.startswith(row["name"]) for line in report.lines), row["name"]
    text = str(report)
    for word in ("permanences", "anomalie", "attribu", "doublon", "réunions de 2023"):
        assert word in text


def test_each_role_has_an_account(report, db):
    rows = accounts()
    assert {row["role"] for row in rows} == {
        *("administrator", "coordinator", "moderator", "editor", "pilot", "group_member"),
        *("representative", "member", "waiting", "former"),
    }
    assert all(row["email"].endswith(".example") for row in rows)
    out = io.StringIO()
    call_command("demo", accounts=True, json=True, stdout=out)
    assert json.loads(out.getvalue()) == rows


def test_loading_again_changes_nothing(report, db):
    before = {model: model.objects.count() for model in (Organisation, Place, Page, GroupPage)}
    load(host="testserver", port=80)
    assert {model: model.objects.count() for model in before} == before


@pytest.mark.once
def test_taking_it_out_leaves_an_empty_network(report, db):
    from accounts.models import User

    remove()
    assert not DemonstrationItem.objects.exists()
    for model in (Organisation, Place, Theme, Territory, WorkingGroup, User):
        assert not model.objects.exists(), model
    assert Page.objects.filter(depth__gt=1).count() == 10  # five pages in two languages
    with pytest.raises(CommandError):
        call_command("demo", accounts=True, stdout=io.StringIO())
    load(host="testserver", port=80)  # and in again
    assert Organisation.objects.count() > 100
