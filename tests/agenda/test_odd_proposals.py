"""Odd and hostile words and dates in the form of an event: refused in words, nothing lost."""

import pytest
from django.urls import reverse

from agenda.models import Event
from tests.agenda.posting import (
    ONE_DATE,
    propose_url,
    typed,
)

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


BIDI = "Repas \u202egnip\u202c\u200b"
HOSTILE = [
    {"first": "0001-01-01"},
    {"first": "9999-12-31"},
    {"first": "2026-02-30"},
    {"first": "\x00"},
    {**ONE_DATE, "back": "other", "frequency": "days", "interval": "0"},
    {**ONE_DATE, "back": "other", "frequency": "days", "interval": "99999999999999999999"},
    {**ONE_DATE, "back": "other", "frequency": "SECONDLY"},
    {**ONE_DATE, "back": "weekly", "until": "times", "count": "1000000000"},
    {**ONE_DATE, "back": "weekly", "until": "day", "last": "9999-12-31"},
    {**ONE_DATE, "back": "weekly", "until": "day", "last": "2001-01-01"},
    {**ONE_DATE, "back": "other", "frequency": "months", "nth": "9"},
    {**ONE_DATE, "back": "other", "frequency": "weeks", "weekdays": "8"},
    {**ONE_DATE, "more_days": "400"},
    {**ONE_DATE, "uid": "x"},
    {**ONE_DATE, "start_time": "25:00"},
    {**ONE_DATE, "start_time": "", "end_time": "10:00"},
]


@pytest.mark.parametrize("block", HOSTILE, ids=str)
def test_odd_dates_are_refused_in_words_and_nothing_is_lost(client, network, block):
    response = client.post(propose_url(), typed(block))
    assert response.status_code == 422
    assert "Repas de quartier" in text_of(response)
    assert not Event.objects.exists()
    answer = client.get(reverse("agenda:dates"), typed(block))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"title_fr": "x" * 5000}, 422),
        ({"title_fr": BIDI}, 302),
        ({"title_fr": "=HYPERLINK(1)"}, 302),
        ({"title_fr": "\x00\x00"}, 422),
        ({"description_fr": "mot " * 5000}, 422),
        ({"where": "lieu " * 200}, 422),
        ({"where": '" OR 1'}, 302),
        ({"kind": "nothing"}, 422),
        ({"age_min": "99999999999"}, 422),
        ({"price_amount": "1e400"}, 422),
        ({"online_url": "javascript:alert(1)"}, 422),
        ({"contact_email": "pas une adresse"}, 422),
        ({"courriel2": "robot"}, 422),
        ({"stamp": "x"}, 422),
        ({"base": "-1" * 30}, 302),
        ({"timings-TOTAL_FORMS": "1000000000"}, 422),
        ({"timings-TOTAL_FORMS": "x"}, 422),
        ({"timings-TOTAL_FORMS": ""}, 422),
    ],
    ids=lambda value: str(value)[:40],
)
def test_odd_words_get_an_answer(client, network, changes, status):
    response = client.post(propose_url(), typed(**changes))
    assert response.status_code == status
    if status == 302:
        assert "\u202e" not in Event.objects.get().title_fr


def test_too_many_from_one_place_are_asked_to_wait(client, network, settings):
    for number in range(3):
        client.post(propose_url(), typed(title_fr=f"Repas {number}"))
    page = client.post(propose_url(), typed(title_fr="Repas de trop"))
    assert page.status_code == 422
    assert "Repas de trop" in text_of(page)
    assert Event.objects.count() == 3
