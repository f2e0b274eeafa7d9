"""Filters of the agenda: what is found, what each choice would give, and for whom."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from agenda.enums import Frequency, Target
from agenda.models import Event
from agenda.period import MAX_DAYS, Period, asked_period, parse_day, parse_month, parse_week
from agenda.search import AgendaSearch
from agenda.selectors.archive import past_years
from agenda.services.holidays import load_school_holidays
from coordination.directory.models import Organisation, Place, Territory, Theme
from core.models import Audience
from tests.agenda.making import MONDAY, make_event, timing, weekly
from tests.conftest import run_commit_hooks
from tests.people import Role

D = dt.date
BRUSSELS = ZoneInfo("Europe/Brussels")
TODAY = D(2026, 3, 1)
VISITOR = AnonymousUser()


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 1, 12, tzinfo=BRUSSELS))


def search(network, query: str = "", user=VISITOR, period=None) -> AgendaSearch:
    return AgendaSearch(QueryDict(query), user, network.site, period)


def titles(found: AgendaSearch) -> list[str]:
    return [date.event.title for date in found.dates.select_related("event")]


def counts(found: AgendaSearch, name: str) -> dict[str, int]:
    facet = next((facet for facet in found.facets if facet["name"] == name), {"options": []})
    return {option["value"]: option["count"] for option in facet["options"]}


# --- The period ---


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("", TODAY, D(2026, 3, 31)),
        ("du=2026-04-01", D(2026, 4, 1), D(2026, 5, 1)),
        ("au=2026-03-08", TODAY, D(2026, 3, 8)),
        ("au=2026-02-20", D(2026, 1, 21), D(2026, 2, 20)),
        ("du=2026-03-08&au=2026-03-02", D(2026, 3, 2), D(2026, 3, 8)),
        ("quand=aujourdhui", TODAY, TODAY),
        ("quand=demain", D(2026, 3, 2), D(2026, 3, 2)),
        # 1 March 2026 is a Sunday: the week-end is what is left of it.
        ("quand=week-end", TODAY, TODAY),
        ("quand=nimporte", TODAY, D(2026, 3, 31)),
        ("du=9999-01-01", TODAY, D(2026, 3, 31)),
        ("du=0001-01-01", TODAY, D(2026, 3, 31)),
        ("du=2026-02-30&au=x", TODAY, D(2026, 3, 31)),
        ("du=2099-12-30", D(2099, 12, 30), D(2099, 12, 31)),
    ],
)
def test_a_period_is_what_the_address_says(query, first, last):
    period, _message = asked_period(QueryDict(query))
    assert (period.first, period.last) == (first, last)


def test_a_period_that_is_too_long_is_cut_and_said_so():
    period, message = asked_period(QueryDict("du=2026-01-01&au=2036-01-01"))
    assert len(period.days) == MAX_DAYS
    assert str(MAX_DAYS) in message


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (D(2026, 3, 4), D(2026, 3, 7)),
        (D(2026, 3, 7), D(2026, 3, 7)),
        (D(2026, 3, 8), D(2026, 3, 8)),
    ],
)
def test_a_week_end_is_its_saturday_and_its_sunday(today, first):
    period, _message = asked_period(QueryDict("quand=week-end"), today)
    assert (period.first, period.last) == (first, D(2026, 3, 8))


def test_holidays_are_those_that_run_or_come_next(db):
    assert asked_period(QueryDict("quand=vacances"))[1] != ""
    load_school_holidays()
    # French-language schools were free until Sunday 1 March, the Dutch-language ones are from
    # Saturday 4 April.
    period, message = asked_period(QueryDict("quand=vacances"), D(2026, 3, 2))
    assert (period.first, period.last, message) == (D(2026, 4, 4), D(2026, 4, 19), "")
    period, _message = asked_period(QueryDict("quand=vacances"), D(2026, 4, 10))
    assert (period.first, period.last) == (D(2026, 4, 10), D(2026, 4, 19))


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_a_day_a_week_or_a_month(text):
    for parse in (parse_day, parse_week, parse_month):
        assert parse(text) is None or isinstance(parse(text), dt.date)


def test_days_weeks_and_months_are_read():
    assert parse_day("2026-03-04") == D(2026, 3, 4)
    assert parse_week("2026-W10") == D(2026, 3, 2)
    assert parse_month("2026-03") == D(2026, 3, 1)
    for text in ("2026-W54", "2026-W00", "20260304", "2026-3-4", "1989-12-31", "2026-13"):
        assert parse_day(text) is None
        assert parse_week(text) is None


# --- What is found ---


def test_dates_come_by_day_then_by_hour_those_without_hour_first(network):
    make_event(network, timing(hours="14:00"), title_fr="Après-midi")
    make_event(network, timing(hours=""), title_fr="Sans heure")
    make_event(network, timing(hours="09:00"), title_fr="Matin")
    make_event(network, timing(D(2026, 3, 1)), title_fr="La veille")
    make_event(network, timing(D(2026, 5, 1)), title_fr="Plus tard")
    assert titles(search(network)) == ["La veille", "Sans heure", "Matin", "Après-midi"]


def test_a_long_event_is_found_until_its_last_day(network):
    make_event(network, timing(D(2026, 2, 20), more_days=10), title_fr="Longue")
    make_event(network, timing(D(2026, 2, 20), more_days=8), title_fr="Finie")
    make_event(network, timing(D(2026, 2, 20)), title_fr="Courte")
    found = search(network)
    assert [date.event.title for date in found.running] == ["Longue"]
    assert (titles(found), found.total) == ([], 1)
    assert search(network, "q=rien").total == 0
    assert not search(network, "prix=free").running.exists()


def test_a_long_event_that_begins_in_the_period_counts_once(network):
    make_event(network, timing(D(2026, 3, 5), more_days=3), title_fr="Longue")
    found = search(network, "quand=&du=2026-03-01")
    assert (titles(found), found.total, list(found.running)) == (["Longue"], 1, [])


def test_a_filter_finds_its_own_value_and_none_that_begins_alike(network):
    themes = [Theme.objects.create(slug=slug, name_fr=slug) for slug in ("sante", "sante-mentale")]
    for theme in themes:
        make_event(network, timing(), title_fr=theme.slug, themes=[theme])
    found = search(network, "theme=sante")
    assert (titles(found), found.total) == (["sante"], 1)


def test_another_network_has_its_own_agenda(network, client):
    other = Site.objects.create(hostname="autre.example", root_page=network.home)
    make_event(network, timing(), title_fr="Ici")
    elsewhere = make_event(replace(network, site=other), timing(), title_fr="Ailleurs")
    found = search(network)
    assert (titles(found), found.total) == (["Ici"], 1)
    for path in ("/", reverse("agenda_ics"), reverse("agenda_json"), reverse("agenda:archive")):
        assert "Ailleurs" not in client.get(path).content.decode(), path
    for name in ("agenda:event", "agenda:event_ics"):
        assert client.get(reverse(name, args=[elsewhere.slug])).status_code == 404


def test_words_are_found_without_their_accents(network):
    make_event(network, timing(), title_fr="Goûter pour tous")
    make_event(network, timing(), title_fr="Autre chose", title_nl="Vieruurtje")
    assert titles(search(network, "q=gouter")) == ["Goûter pour tous"]
    assert titles(search(network, "q=VIERUUR")) == ["Autre chose"]
    assert search(network, "q=rien").total == 0


def test_filters_combine_and_each_choice_says_what_it_would_give(network):
    food, health = (
        Theme.objects.create(slug="manger", name_fr="Manger"),
        Theme.objects.create(slug="sante", name_fr="Santé"),
    )
    make_event(network, weekly(last=D(2026, 3, 23)), themes=[food], price="free")  # 4 dates
    make_event(network, timing(), themes=[food, health], price="fixed")
    make_event(network, timing(), themes=[health], price="free", targets=[Target.SENIORS])
    found = search(network, "theme=manger&prix=free")
    assert found.total == 4
    assert counts(found, "theme") == {"manger": 4, "sante": 1}  # among what is free
    assert counts(found, "prix") == {"free": 4, "fixed": 1}  # among the food
    assert counts(found, "public") == {}
    both = search(network, "theme=manger&theme=sante")
    assert both.total == 6
    assert counts(both, "public") == {"seniors": 1}


def test_a_commune_does_not_tell_where_a_hidden_place_is(network):
    town = Territory.add_root(slug="ixelles", name_fr="Ixelles", level="commune")
    place = Place.objects.create(slug="salle", name_fr="Salle", territory=town)
    make_event(network, timing(TODAY), title_fr="Vu", place=place)
    assert titles(search(network, "commune=ixelles")) == ["Vu"]
    place.audience = Audience.objects.for_tokens(["member"])
    place.save()
    run_commit_hooks()
    assert titles(search(network, "commune=ixelles")) == []
    assert counts(search(network), "commune") == {}


def test_a_commune_holds_its_neighbourhoods(network):
    town = Territory.add_root(slug="ixelles", name_fr="Ixelles", level="commune")
    quarter = town.add_child(slug="matonge", name_fr="Matonge", level="neighbourhood")
    other = Territory.add_root(slug="uccle", name_fr="Uccle", level="commune")
    make_event(network, timing(), title_fr="Matonge", territory=quarter)
    make_event(network, timing(), title_fr="Uccle", territory=other)
    assert titles(search(network, "commune=ixelles")) == ["Matonge"]
    assert counts(search(network), "commune") == {"ixelles": 1, "matonge": 1, "uccle": 1}


def test_what_means_nothing_is_left_out_and_said_so(network):
    make_event(network, timing())
    found = search(network, "theme=inconnu&langue=klingon&prix=%00")
    assert found.total == 1
    assert found.message != ""
    assert search(network).message == ""


def test_the_days_around_a_period_are_where_something_takes_place(network):
    make_event(network, weekly(last=D(2026, 3, 9)), price="free")
    make_event(network, timing(D(2026, 8, 20)), price="free")
    make_event(network, timing(D(2026, 7, 1)), price="fixed")
    april = Period(D(2026, 4, 1), D(2026, 4, 30))
    found = search(network, "prix=free", period=april)
    assert found.days_around == (D(2026, 3, 9), D(2026, 8, 20))
    assert found.day_after == D(2026, 8, 20)
    assert search(network, period=april).day_after == D(2026, 7, 1)
    assert search(network, "q=rien", period=april).day_after is None


def test_addresses_keep_the_period_unless_they_are_one(network):
    found = search(network, "theme=&du=2026-03-02&prix=free")
    assert found.url(drop=("prix", "free")) == "?du=2026-03-02"
    assert found.url(quand="week-end", du="", au="") == "?prix=free&quand=week-end"
    month = search(network, "du=2026-03-02&prix=free", period=Period(MONDAY, MONDAY))
    assert month.url() == "?prix=free"


# --- For whom ---


def test_each_person_finds_and_counts_what_is_theirs(network, people):
    def for_tokens(*tokens):
        return Audience.objects.for_tokens(tokens)

    make_event(network, timing(), title_fr="Public", price="free")
    make_event(network, timing(), title_fr="Membres", price="free", audience=for_tokens("member"))
    make_event(network, timing(), title_fr="Personne", price="fixed", audience=for_tokens())
    assert titles(search(network)) == ["Public"]
    assert counts(search(network), "prix") == {"free": 1}
    assert titles(search(network, user=people[Role.MEMBER])) == ["Public", "Membres"]
    assert titles(search(network, user=people[Role.FORMER])) == ["Public"]
    everything = search(network, user=people[Role.COORDINATOR])
    assert (everything.total, counts(everything, "prix")) == (3, {"free": 2, "fixed": 1})


def test_what_was_taken_out_is_in_no_list_even_before_its_dates_are(network, people):
    event = make_event(network, timing())
    Event.objects.filter(pk=event.pk).update(live=False)
    assert event.dates.exists() and event.projections.exists()
    for user in (VISITOR, people[Role.COORDINATOR]):
        found = search(network, user=user)
        assert titles(found) == list(found.series()) == []


def test_each_person_counts_what_is_over_for_them(network, people):
    members = Audience.objects.for_tokens(["member"])
    make_event(network, timing(D(2026, 2, 2)))
    make_event(network, timing(D(2026, 2, 3)), audience=members)
    people_in_turn = (VISITOR, people[Role.MEMBER], VISITOR, people[Role.FORMER])
    totals = [sum(y.total for y in past_years(network.site, user)) for user in people_in_turn]
    assert totals == [1, 2, 1, 1]


def test_an_organiser_out_of_reach_is_no_choice_and_no_filter(network, people):
    hidden = Organisation.objects.create(
        slug="cachee", name="Cachée", kind="association", audience=Audience.objects.for_tokens([])
    )
    make_event(network, timing(), title_fr="Public", organisers=[hidden])
    found = search(network, "organisme=cachee")
    assert titles(found) == ["Public"]  # the filter is not understood
    assert found.message != ""
    assert counts(found, "organisme") == {}
    assert counts(search(network, user=people[Role.COORDINATOR]), "organisme") == {"cachee": 1}


def test_who_organises_is_found_by_the_name_it_has_today_and_never_once_hidden(network):
    house = Organisation.objects.create(slug="maison", name="La Ruche", kind="association")
    hall = Place.objects.create(slug="salle", name_fr="Salle Bleue")
    make_event(network, timing(), title_fr="Public", organisers=[house], place=hall)
    assert search(network, "q=ruche").total == search(network, "q=bleue").total == 1
    house.name, hall.name_fr = "Le Rucher", "Salle Verte"
    house.save(), hall.save()
    run_commit_hooks()
    assert search(network, "q=ruche").total == search(network, "q=verte").total == 1
    assert search(network, "q=bleue").total == 0
    house.audience = hall.audience = Audience.objects.for_tokens([])
    house.save(), hall.save()
    run_commit_hooks()
    assert search(network, "q=rucher").total == search(network, "q=verte").total == 0
    assert search(network, "q=public").total == 1


@pytest.mark.parametrize("number", [3, 40])
def test_queries_do_not_follow_the_number_of_events(network, number, django_assert_max_num_queries):
    for _index in range(number):
        make_event(network, timing(D(2026, 2, 10), frequency=Frequency.DAYS))
    make_event(network, timing(D(2026, 2, 20), more_days=20))
    search(network).facets  # noqa: B018 - what is read once per change
    with django_assert_max_num_queries(8):
        found = search(network, "prix=free&prix=fixed&theme=x")
        list(found.dates[:30])
        list(found.running)
        found.facets, found.total, found.days_around  # noqa: B018


def test_counts_are_those_of_a_slow_count(network):
    """Against every event looked at one by one, for every pair of choices."""
    values = {"prix": ["free", "fixed"], "public": ["women", "seniors"]}
    for price in ("free", "fixed", ""):
        for targets in ([], ["women"], ["women", "seniors"]):
            make_event(network, timing(), weekly(weekdays="2"), price=price, targets=targets)
    rows = [
        (event, event.dates.filter(day__range=(TODAY, D(2026, 3, 31))).count())
        for event in Event.objects.all()
    ]

    def holds(event, prices, targets) -> bool:
        return (not prices or event.price in prices) and (
            not targets or bool(set(event.targets) & set(targets))
        )

    for prices in ([], ["free"], ["free", "fixed"]):
        for targets in ([], ["women"], ["seniors", "women"]):
            query = "&".join(
                [f"prix={value}" for value in prices] + [f"public={value}" for value in targets]
            )
            found = search(network, query)
            assert found.total == sum(n for event, n in rows if holds(event, prices, targets))
            assert found.dates.count() == found.total
            for value in values["prix"]:
                expected = sum(n for event, n in rows if holds(event, [value], targets))
                assert counts(found, "prix").get(value, 0) == expected
    assert timezone.localdate() == TODAY
