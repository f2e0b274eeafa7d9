"""How complete an event is, and what would raise it."""

import pytest

from agenda.completeness import completeness_of
from agenda.enums import Price
from agenda.models import Event
from coordination.directory.models import Territory
from tests.agenda.making import timing

pytestmark = pytest.mark.django_db


def test_an_empty_event_lacks_everything(network):
    complete = completeness_of(Event(site=network.site, title_fr="Repas"))
    assert complete.score == 0
    assert complete.missing[0] == "donnez au moins une date"
    assert len(complete.missing) == 13


def test_each_thing_that_is_said_raises_the_score_and_leaves_the_list(network):
    event = Event(site=network.site, title_fr="Repas")
    scores = []

    def look(**changes) -> None:
        for name, value in changes.items():
            setattr(event, name, value)
        complete = completeness_of(event)
        scores.append((complete.score, len(complete.missing)))

    look()
    look(timings=[timing(hours="")])
    look(timings=[timing()])
    look(address="Rue d’Exemple 1")
    look(territory=Territory(pk=1, name_fr="Ixelles"))
    look(summary_nl="Samen eten.", title_nl="Eten")
    look(contact_phone="02 123 45 67")
    look(price=Price.FREE, registration="none", access=["lift"], targets=["everybody"])
    assert scores == sorted(scores, key=lambda pair: (pair[0], -pair[1]))
    assert scores[-1] == (95, 2)
