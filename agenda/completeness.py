"""How complete an event is, for whoever edits it. It decides nothing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from agenda.models import Event


@dataclass(frozen=True)
class Completeness:
    """`score` is 0 to 100; `missing` says what would raise it, the most useful first, in words."""

    score: int
    missing: list[str]


def completeness_of(event: Event) -> Completeness:
    """Reads the event at hand, published or not, and its timings."""
    timings = list(event.timings.all())
    hours = bool(timings) and all(timing.start_time for timing in timings)
    languages = {code for code in ("fr", "nl") if getattr(event, f"title_{code}")}
    known = (
        (20, bool(timings), _("donnez au moins une date")),
        (10, hours, _("donnez l’heure de début")),
        (10, bool(event.place or event.address or event.online_url), _("dites où")),
        (5, _knows_commune(event), _("dites dans quelle commune")),
        (10, bool(event.summary or event.description), _("présentez-le en une phrase")),
        (10, bool(event.contact_phone or event.contact_email), _("donnez un téléphone")),
        (10, bool(event.price), _("dites si c’est gratuit")),
        (5, bool(event.registration), _("dites s’il faut s’inscrire")),
        (5, bool(event.access), _("dites si l’entrée est sans marche")),
        (5, len(languages) == 2, _("écrivez-le dans l’autre langue")),
        (5, bool(event.targets), _("dites pour qui")),
        (3, bool(event.themes.all()), _("choisissez un thème")),
        (2, bool(event.image_id or event.event_documents.all()), _("ajoutez une affiche")),
    )
    score = sum(weight for weight, is_there, _words in known if is_there)
    return Completeness(score, [words for _weight, is_there, words in known if not is_there])


def _knows_commune(event: Event) -> bool:
    """Whether a list of one commune holds it; what only takes place online needs none."""
    if event.place:
        return bool(event.territory_id or event.place.territory_id)
    return bool(event.territory_id or (event.online_url and not event.address))
