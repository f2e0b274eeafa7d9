"""The agenda as people read it: lists, days, weeks, months, on paper."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda.enums import DateState, Frequency
from agenda.models import DateChange
from agenda.services.projection import project
from coordination.directory.models import Organisation, Place
from core.memory import forget
from core.models import Audience
from tests.agenda.making import make_event, timing, weekly
from tests.people import make_group

D = dt.date
TODAY = D(2026, 3, 5)  # a Thursday
BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 5, 10, tzinfo=BRUSSELS))


def soup(path: str, status: int = 200) -> BeautifulSoup:
    response = Client().get(path)
    assert response.status_code == status, path
    return BeautifulSoup(response.content, "html.parser")


def words(node) -> str:
    return " ".join(node.get_text(" ").split())


def titles(page: BeautifulSoup) -> list[str]:
    return [words(title) for title in page.select(".date-row__title")]


def change(event, day: dt.date, **fields) -> None:
    date = event.dates.get(day=day, instead_of=None)
    uid = date.projection.timing_uid
    DateChange.objects.create(event=event, timing_uid=uid, original_day=day, **fields)
    project(event)


# --- The list ---


def test_the_list_says_each_day_once_with_its_dates_in_order(network):
    make_event(network, timing(TODAY, "14:00"), title_fr="Après-midi")
    make_event(network, timing(TODAY, "09:00-11:00"), title_fr="Matin")
    make_event(network, timing(D(2026, 3, 9), ""), title_fr="Lundi")
    page = soup("/agenda/")
    days = page.select(".day-list__day")
    assert [len(day.select(".date-row")) for day in days] == [2, 1]
    assert titles(page) == ["Matin", "Après-midi", "Lundi"]
    assert "date-block--today" in days[0].select_one(".date-block")["class"]
    assert words(days[0].select_one(".date-block__weekday")) == "aujourd’hui"
    assert "horaire à préciser" in words(days[1])
    assert "3 dates" in words(page.select_one(".listing__count"))


def test_a_cancelled_date_stays_with_its_word_and_a_moved_one_leads_to_the_new(network):
    event = make_event(network, weekly(D(2026, 3, 9)), slug="atelier")
    change(event, D(2026, 3, 9), state=DateState.CANCELLED, note_fr="Salle fermée.")
    change(event, D(2026, 3, 16), state=DateState.MOVED, new_day=D(2026, 3, 18))
    rows = soup("/agenda/?au=2026-03-18").select(".date-row")
    assert ["date-row--off" in row["class"] for row in rows] == [True, True, False]
    assert "Annulé" in words(rows[0]) and "Salle fermée." in words(rows[0])
    assert rows[1].select_one(".date-row__state a")["href"].endswith("/atelier/2026-03-18/")
    assert "à la place du" in words(rows[2])


def test_what_began_before_and_what_has_no_day_yet_stand_apart(network):
    make_event(network, timing(D(2026, 3, 1), more_days=20), title_fr="Exposition")
    make_event(
        network, timing(D(2026, 3, 1), frequency=Frequency.MONTH), title_fr="Un jour de mars"
    )
    make_event(
        network, timing(D(2026, 4, 1), frequency=Frequency.MONTH), title_fr="Un jour d’avril"
    )
    make_event(network, timing(D(2026, 4, 1)), title_fr="Le premier avril")
    page = soup("/agenda/")
    running = page.select_one(".running")
    assert titles(running) == ["Exposition", "Un jour de mars"]
    assert "jusqu’au" in words(running) and "jour à préciser" in words(running)
    days = page.select(".day-list__day")
    assert [titles(day) for day in days] == [["Un jour d’avril"], ["Le premier avril"]]
    assert "à préciser" in words(days[0].h3)
    # Some day of April is still to come until April is over.
    assert titles(soup("/agenda/?du=2026-04-02&au=2026-04-30")) == ["Un jour d’avril"]
    assert titles(soup("/agenda/?du=2026-05-01")) == []


def test_an_empty_period_leads_to_the_next_date_that_fits(network):
    make_event(network, timing(D(2026, 9, 1)), title_fr="Rentrée", price="free")
    empty = soup("/agenda/?prix=free&du=2026-04-01")
    assert titles(empty) == []
    link = empty.select_one(".empty a")
    assert link["href"] == "/agenda/?prix=free&du=2026-09-01"
    assert titles(soup(link["href"])) == ["Rentrée"]
    ways = [a["href"] for a in empty.select(".agenda-ways a")]
    assert "?du=2026-04-01" in ways  # the same period without filters
    nothing = soup("/agenda/?q=introuvable")
    assert nothing.select_one(".empty a")["href"] == "?"


def test_pages_follow_each_other_and_the_last_leads_to_the_next_stretch(network):
    make_event(network, timing(TODAY, frequency=Frequency.DAYS, last=D(2026, 4, 4)))
    make_event(network, timing(D(2026, 6, 1)), title_fr="Plus tard")
    first = soup("/agenda/")
    assert len(titles(first)) == 30
    assert first.select_one(".agenda-after") is None
    last = soup("/agenda/?page=2")
    assert len(titles(last)) == 1
    after = last.select_one(".agenda-after a")["href"]
    assert after == "/agenda/?du=2026-06-01"
    assert titles(soup(after)) == ["Plus tard"]


def test_filters_keep_the_period_and_the_period_keeps_the_filters(network):
    make_event(network, timing(), price="free")
    page = soup("/agenda/?prix=free&du=2026-03-01&au=2026-03-31")
    form = page.select_one("form.filters")
    assert form["action"] == "/agenda/"
    assert form.select_one("[name=du]")["value"] == "2026-03-01"
    assert form.select_one("[name=prix][value=free]").has_attr("checked")
    chips = [chip["href"] for chip in page.select(".chip")]
    assert chips == ["?au=2026-03-31&du=2026-03-01", "?prix=free"]
    shortcut = page.select_one(".shortcuts a")["href"]
    assert shortcut == "/agenda/?prix=free&quand=aujourdhui"
    assert soup("/agenda/").select_one("[name=du]")["value"] == ""
    month = page.select(".segments a")[2]["href"]
    assert month == "/agenda/mois/2026-03/?prix=free"
    back = soup("/agenda/mois/2026-05/?prix=free").select(".segments a")[0]["href"]
    assert back == "/agenda/?prix=free&du=2026-05-01&au=2026-05-31"


@pytest.mark.parametrize(
    "query",
    [
        "du=9999-99-99&au=x",
        "page=99999999999",
        "page=-1",
        "quand=nimporte",
        "theme=%00&q=%00",
        "q=" + "a" * 3000,
        "&".join(f"theme={n}" for n in range(300)),
        "du=2026-01-01&au=2090-01-01",
        "q=%E2%80%AE%22%3E%3Cscript%3E",
    ],
)
def test_odd_questions_are_answered(network, query):
    make_event(network, timing())
    for path in (
        "/agenda/",
        "/agenda/imprimer/",
        "/agenda/mois/2026-03/",
        "/agenda/jour/2026-03-02/",
    ):
        assert Client().get(f"{path}?{query}").status_code == 200


# --- Day, week, month ---


@pytest.mark.parametrize(
    "path",
    [
        *("jour/2026-02-30", "jour/x", "jour/0001-01-01", "jour/2026-3-4", "jour/20260304"),
        *("semaine/2026-W54", "semaine/2026-10", "semaine/9999-W01", "semaine/-W1"),
        *("mois/2026-13", "mois/0001-01", "mois/9999-12", "mois/2026"),
    ],
)
def test_what_is_no_period_gets_a_page_that_leads_on(network, path):
    for prefix, dutch in (("/agenda/", False), ("/nl/agenda/", True)):
        words_of = {"jour": "dag", "semaine": "week", "mois": "maand"}
        kind, _slash, value = path.partition("/")
        address = f"{prefix}{words_of[kind] if dutch else kind}/{value}/"
        page = soup(address, 404)
        links = [a["href"] for a in page.select(".page--error .actions a")]
        assert links[0] == prefix
        assert all(Client().get(link).status_code == 200 for link in links)


def test_a_month_is_a_table_with_six_dates_a_day(network):
    group = make_group(network, "manger", "Manger", thread="ali", icon="soup").group
    for hour in range(8, 17):
        make_event(network, timing(D(2026, 3, 10), f"{hour:02}:00"), title_fr=f"À {hour} h")
    make_event(network, timing(D(2026, 3, 11)), group=group)
    page = soup("/agenda/mois/2026-03/")
    table = page.select_one("table.month")
    assert words(table.caption)
    heads = table.select("thead th")
    assert words(heads[0]) == "lundi" and len(heads) == 7
    assert all(head["scope"] == "col" for head in heads)
    rows = table.select("tbody tr")
    assert [len(row.select("td")) for row in rows] == [7] * 6
    cell = rows[2].select("td")[1]
    assert cell.time["datetime"] == "2026-03-10"
    assert [words(entry.select_one(".entry__title")) for entry in cell.select(".entry")] == [
        f"À {hour} h" for hour in range(8, 14)
    ]
    more = cell.select_one(".month__more a")
    assert words(more).startswith("+ 3 dates")
    assert more["href"] == "/agenda/jour/2026-03-10/"
    assert len(titles(soup(more["href"]))) == 9
    today = table.select_one(".month__cell--today")
    assert today.time["datetime"] == "2026-03-05" and "aujourd’hui" in words(today)
    legend = [words(entry) for entry in page.select(".legend .entry")]
    assert legend == ["Manger", "Autre activité du réseau"]


def test_a_long_date_stands_on_each_of_its_days(network):
    make_event(network, timing(D(2026, 2, 27), more_days=3), title_fr="Longue")  # until 2 March
    make_event(network, timing(D(2026, 3, 30), more_days=5), title_fr="Suite")
    table = soup("/agenda/mois/2026-03/").select_one("table.month")
    held = {cell.time["datetime"]: words(cell.ul) for cell in table.select("td:has(ul)")}
    assert list(held) == ["2026-03-01", "2026-03-02", "2026-03-30", "2026-03-31"]
    assert held["2026-03-01"] == held["2026-03-02"]
    assert "Longue" in held["2026-03-02"]
    assert "Suite" in held["2026-03-30"] and "Suite" in held["2026-03-31"]


def test_previous_and_next_lead_to_where_something_takes_place(network):
    make_event(network, timing(D(2025, 11, 12)), price="free")
    make_event(network, timing(D(2026, 3, 4)), price="free")
    make_event(network, timing(D(2026, 7, 1)), price="free")
    make_event(network, timing(D(2026, 4, 1)), price="fixed")
    around = soup("/agenda/mois/2026-03/?prix=free").select(".around a")
    assert [a["href"] for a in around] == [
        "/agenda/mois/2025-11/?prix=free",
        "/agenda/mois/2026-07/?prix=free",
    ]
    assert [a["href"] for a in soup("/agenda/semaine/2026-W10/").select(".around a")] == [
        "/agenda/semaine/2025-W46/",
        "/agenda/semaine/2026-W14/",
    ]
    assert [a["href"] for a in soup("/agenda/jour/2026-03-04/?prix=fixed").select(".around a")] == [
        "/agenda/jour/2026-04-01/?prix=fixed"
    ]


def test_a_week_has_seven_days(network):
    make_event(network, timing(D(2026, 3, 8)), title_fr="Dimanche")
    days = soup("/agenda/semaine/2026-W10/").select(".week-day")
    assert words(days[0].h3).startswith("lundi 2")
    assert [len(day.select(".date-row")) for day in days] == [0, 0, 0, 0, 0, 0, 1]


# --- What it costs ---


def _queries(path: str) -> int:
    """How many queries a page asks of the agenda, nothing being remembered."""
    client = Client()
    forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len([q for q in asked.captured_queries if "agenda_" in q["sql"] or "said_" in q["sql"]])


@pytest.mark.parametrize("number", [2, 25])
def test_a_period_costs_at_most_eight_queries(network, number):
    public = Audience.objects.for_tokens({"public"})
    for index in range(number):
        organisation = Organisation.objects.create(
            slug=f"o-{index}", name=f"Organisme {index}", kind="association", audience=public
        )
        place = Place.objects.create(slug=f"l-{index}", name_fr=f"Lieu {index}")
        event = make_event(
            network,
            weekly(D(2026, 3, 2), "1,2,3,4,5"),
            organisers=[organisation],
            place=place,
            price="free",
        )
        make_event(network, timing(D(2026, 3, 1), more_days=10), organisers=[organisation])
        change(event, D(2026, 3, 10), state=DateState.MOVED, new_day=D(2026, 3, 11))
    for path in (
        *("/agenda/", "/agenda/?prix=free&page=2", "/agenda/jour/2026-03-10/"),
        *("/agenda/semaine/2026-W11/", "/agenda/mois/2026-03/", "/agenda/imprimer/"),
    ):
        assert _queries(path) <= 8, path
