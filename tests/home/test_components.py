"""The page of components shows each one, and exists for those who work in the admin."""

from pathlib import Path

from django.test.signals import template_rendered

from tests.people import Role

FOLDER = Path(__file__).resolve().parents[2] / "site" / "templates" / "components"
# They stand on a page of their own, with what only it has.
ELSEWHERE = {"help_link.html", "mail_button.html", "message_copy.html", "message_row.html"}


def test_every_component_is_there(clients, network):
    shown = set()

    def note(sender, template, **kwargs):
        shown.add(template.name)

    template_rendered.connect(note)
    try:
        for path in ("/composants/", "/nl/onderdelen/"):
            assert clients[Role.EDITOR].get(path).status_code == 200
    finally:
        template_rendered.disconnect(note)
    every = {f"components/{path.name}" for path in FOLDER.glob("*.html")}
    assert every - shown == {f"components/{name}" for name in ELSEWHERE}
