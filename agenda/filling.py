"""What choosing an organisation or a place fills in. Only what everybody may read: it goes into an
event that may be for everybody."""

from django.contrib.auth.models import AnonymousUser

from agenda.enums import Access
from agenda.models import Event
from coordination.directory.models import Organisation, Place
from core.text import fold
from core.visibility import can_see

MAX_PLACES = 20  # looked at for one name
EVERYBODY = AnonymousUser()


def from_organisation(organisation: Organisation) -> dict:
    """Fields of the form, by name."""
    if not can_see(EVERYBODY, organisation):
        return {}
    found = organisation.contacts.visible_to(EVERYBODY).exclude(phone="", email="").first()
    words = {
        "contact_phone": (found and found.phone) or organisation.phone,
        "contact_email": (found and found.email) or organisation.email,
        "website": organisation.website,
        "where": organisation.address,
    }
    if found:
        words |= {f"contact_function_{code}": getattr(found, f"function_{code}") for code in LANGS}
    return {name: value for name, value in words.items() if value}


LANGS = ("fr", "nl")


def place_named(user, name: str) -> Place | None:
    """The place within reach that has this name, accents ignored."""
    wanted = fold(name)
    if not wanted:
        return None
    near = Place.objects.visible_to(user).matching(name).prefetch_related("aliases").distinct()
    for place in near.with_town().order_by("name_fr")[:MAX_PLACES]:
        names = (place.name_fr, place.name_nl, *place.aliases_list)
        if wanted in {fold(name) for name in names if name}:
            return place
    return None


def from_place(place: Place) -> dict:
    """What the last public event there says of getting in."""
    last = Event.objects.visible_to(EVERYBODY).filter(place=place).exclude(access=[])
    event = last.order_by("-last_published_at").first()
    if event is None:
        return {}
    words = {
        "is_step_free": Access.STEP_FREE in event.access,
        "access_more": [value for value in event.access if value != Access.STEP_FREE],
        "access_note_fr": event.access_note_fr,
        "access_note_nl": event.access_note_nl,
    }
    return {name: value for name, value in words.items() if value}
