"""What moderators of the agenda use in the admin, as axe reads it, on a telephone and on a desk."""

import datetime as dt
import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from agenda.models import EventReport
from agenda.services.proposals import change_event
from coordination.directory.models import Organisation
from tests.a11y.reading import BY_DAY, DESK, PHONE
from tests.agenda.making import make_event, timing
from tests.agenda.posting import accept, send, version_of
from tests.e2e.actions import enter
from tests.people import Role

pytestmark = pytest.mark.browser
NEXT_MONTH = timezone.localdate() + dt.timedelta(days=30)
OURS = ".moderation"  # the rest is Wagtail's
AXE = "([where, rules]) => axe.run(where, rules).then(results => results.violations)"


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_queue_and_one_event_hold_for_everybody(site, language):
    proposal = _proposal(site)
    user = site.people[Role.MODERATOR]
    user.language = language
    user.save()
    page = enter(site, Role.MODERATOR, reverse("agenda_moderation"))
    page.evaluate("document.fonts.ready")
    with override(language):
        queue = reverse("agenda_moderation")
    refused = "button[value=refuse]"
    for address, act in ((queue, None), (proposal.url, None), (proposal.url, refused)):
        page.goto(site.url + address)
        if act:
            page.click(act)
            page.wait_for_selector("[role=alert]")
        assert page.locator("html").get_attribute("lang") == language
        page.evaluate(Axe().axe_script)
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 800})
            found = page.evaluate(AXE, [OURS, BY_DAY])
            said = [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]
            assert not said, f"{address}, {width} px: {json.dumps(said, indent=1)}"
            inside = page.locator(OURS).evaluate("one => one.scrollWidth - one.clientWidth")
            assert inside <= 0, f"{address}, {width} px: {inside} px too wide"


def _proposal(site):
    """A change that waits, with a word, something alike and a report."""
    organisation = Organisation.objects.get(slug="organisme-a")
    author, moderator = site.people[Role.REPRESENTATIVE], site.people[Role.MODERATOR]
    first = accept(moderator, send(site.network, author, organisers=[organisation]))
    EventReport.objects.create(event=first.event, text="Mauvaise adresse", once="once")
    make_event(site.network, timing(NEXT_MONTH), title_fr=str(first.event))
    version = version_of(first, price="fixed", price_amount="2.50", description_fr="Long. " * 60)
    change_event(
        actor=author, version=version, tokens=["public"], base=first.event.latest_revision_id
    )
    first.refresh_from_db()
    return first
