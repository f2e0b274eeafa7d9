"""The agenda of the demonstration: activities, single events, meetings and assemblies of the data.

`data/agenda.json` holds our words for them and what was assigned. Days, hours, places, ages, prices
and organisers are the data's; what it does not say stays empty.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import User
from agenda.enums import DateState, EventKind, Price, Registration
from agenda.models import DateChange, Event, Organising, Programme, Timing
from coordination.directory.models import Organisation, Place, Territory, Theme
from core.models import Audience
from core.text import fold
from core.visibility import MEMBER, TOP
from groupes.models import WorkingGroup
from groupes.permissions import group_token
from home.demonstration.agenda_report import report_activity, report_grouped, report_single
from home.demonstration.marks import mark
from home.demonstration.source import NETWORK_FILE, Report, read
from home.demonstration.timings import has_no_end, named, timing_of_date, timings_of
from home.services.network import Network

AUDIENCES = {"public": TOP, "members": {MEMBER}}
PRICES = {"gratuit": Price.FREE, "prix libre": Price.FREE_PRICE}
COORDINATION = "Coordination sociale d'Ixelles"
IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
# Fields that agenda.json may give as they are.
WORDS = tuple(
    f"{name}_{language}"
    for name in (
        *("title", "summary", "description", "when", "access_note", "price_note"),
        *("registration_how",),
    )
    for language in ("fr", "nl")
)
GIVEN = (*WORDS, "kind", "targets", "languages", "website")


@dataclass
class Around:
    """What the events are tied to, made by the rest of the demonstration."""

    network: Network
    territories: dict[str, Territory]
    themes: dict[str, Theme]
    organisations: dict[str, Organisation]
    places: dict[str, Place]
    groups: dict[str, WorkingGroup]
    actor: User
    report: Report
    programmes: dict[str, Programme] = field(default_factory=dict)
    known: dict[str, Organisation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for organisation in self.organisations.values():
            for name in (organisation.name, organisation.acronym):
                self.known.setdefault(fold(IN_BRACKETS.sub("", name)), organisation)
        self.known.pop("", None)

    def organisers(self, names: Iterable[str]) -> tuple[list[Organisation], list[str]]:
        """Those with a record, in order and once each; the names of the others."""
        aliases, found, others = read("agenda")["partners"], [], []
        for name in names:
            for one in aliases.get(name, [name]):
                organisation = self.known.get(fold(IN_BRACKETS.sub("", one)))
                if organisation is None:
                    others.append(one)
                elif organisation not in found:
                    found.append(organisation)
        return found, others

    def theme(self, name: str | None) -> list[Theme]:
        """The theme that the data names so."""
        rows = read("themes")
        return [self.themes[row["slug"]] for row in rows if name and row["data_name"] == name]


def load_agenda(around: Around) -> dict[str, Event]:
    """Publish the events, by address. What exists already is left as people have made it."""
    data, words = read(NETWORK_FILE), read("agenda")
    _load_programmes(around, data)
    events = {}
    # Whatever follows another one comes after it.
    rows = data["recurring_activities"]
    for row in sorted(rows, key=lambda row: "follows" in words["activities"].get(row["id"], {})):
        if row["id"] in words["activities"]:
            events[row["id"]] = _load_activity(around, row, events)
        elif row["id"] in words["no_events"]:
            around.report.note(row["name"], f"pas dans l’agenda : {words['no_events'][row['id']]}")
    for row in data["one_off_events"]:
        if row["title"] in words["events"]:
            event = _load_single(around, row)
            events[event.slug] = event
    report_grouped(around.report, data, words)
    for event in (*_load_meetings(around, data), *_load_assemblies(around, data)):
        events[event.slug] = event
    return events


def _load_programmes(around: Around, data: dict) -> None:
    for row in data["recurring_activities"]:
        if (words := read("agenda")["programmes"].get(row["id"])) is None:
            continue
        programme, _created = Programme.objects.get_or_create(
            slug=row["id"],
            defaults=words
            | {
                "site": around.network.site,
                "first": dt.date.fromisoformat(row["opened"]),
                "last": dt.date.fromisoformat(row["closed"]),
            },
        )
        around.programmes[row["id"]] = mark(programme)
        around.report.note(row["name"], "dans l’agenda : un programme, pas un événement")


def _load_activity(around: Around, row: dict, events: dict[str, Event]) -> Event:
    """An activity that comes back, with all its dates."""
    words = read("agenda")["activities"][row["id"]]
    place = around.places.get(row["place_id"])
    timings = named(timings_of(row, words, place and place.valid_until), row["id"])
    has_future = any(has_no_end(timing) for timing in timings)
    event = _publish(
        around,
        row["id"],
        words,
        timings,
        place=place,
        territory=around.territories.get(fold(words.get("territory", ""))),
        organisers=[row["organiser"], *row.get("partners", [])],
        themes=around.theme(row.get("theme")),
        changes=_words_on_dates(row, words),
        follows=events.get(words.get("follows")),
        age_min=row.get("age_min"),
        age_max=row.get("age_max"),
        women_only=row.get("women_only", False),
        languages=row.get("languages", []),
        dates_to_confirm=not has_future,
        registration=Registration.REQUIRED if "registration" in row else Registration.UNKNOWN,
        **_price(row.get("price")),
    )
    report_activity(around.report, row, timings, place, event.other_organisers)
    return event


def _load_single(around: Around, row: dict) -> Event:
    """An event of one date, or of one date that took the place of another."""
    data, words = read(NETWORK_FILE), read("agenda")["events"][row["title"]]
    activities = {one["id"]: one for one in data["recurring_activities"]}
    names = words.get("organisers") or [row.get("organiser"), *row.get("co_organisers", [])]
    if of := activities.get(words.get("organisers_of")):
        names = [of["organiser"], *of.get("partners", [])]
    timing, changes = timing_of_date(row, words.get("month")), {}
    if before := words.get("moved_from"):
        first = next(one for one in data["one_off_events"] if one["title"] == before)
        moved = {"state": DateState.MOVED, "new_day": timing.first}
        timing = timing_of_date(first, None)
        changes[timing.first] = moved | {f"note_{code}": words[f"moved_{code}"] for code in LOCALES}
        around.report.note(
            before, f"date reportée au {row['date']} : le même événement que « {row['title']} »"
        )
    where = row.get("territory") or row.get("municipality") or ""
    place = around.places.get(row["place_id"])
    event = _publish(
        around,
        words["slug"],
        words,
        named([timing], words["slug"]),
        place=place,
        territory=None if place else around.territories.get(fold(where)),
        organisers=[name for name in names if name],
        themes=[around.themes[slug] for slug in words.get("themes", [])],
        group=around.groups.get(words.get("group")),
        programme=around.programmes.get(words.get("programme")),
        tokens=AUDIENCES[words.get("audience", "public")],
        changes=changes,
        age_min=row.get("age_min"),
        age_max=row.get("age_max"),
    )
    report_single(around.report, row, words, timing, event)
    return event


def _load_meetings(around: Around, data: dict) -> list[Event]:
    """The meetings of the working groups and of the support committee: each for its own group."""
    words, events = read("agenda"), []
    together = {(row["group"], row["date"]): row["with"] for row in words["meeting_rows"].values()}
    bodies = [(body["id"], body) for body in data["working_groups"]]
    bodies.append(("comite-accompagnement", data["comite_accompagnement"]))
    groups = {row["key"]: around.groups[row["slug"]] for row in read("groups")}
    for key, body in bodies:
        group = groups[key]
        is_group = body in data["working_groups"]
        for meeting in body["meetings"]:
            slug = f"reunion-{group.slug}-{meeting['date']}"
            theme = words["themes_of_meetings"].get(meeting["theme"], {"fr": "", "nl": ""})
            before = ("Réunion du groupe", "Vergadering van de werkgroep")
            said = {
                "kind": EventKind.GROUP_MEETING if is_group else EventKind.COMMITTEE,
                "title_fr": f"{before[0]} {group.name_fr}" if is_group else group.name_fr,
                "title_nl": f"{before[1]} {group.name_nl}" if is_group else group.name_nl,
                "summary_fr": theme["fr"],
                "summary_nl": theme["nl"],
            }
            event = _publish(
                around,
                slug,
                said,
                named([timing_of_date(meeting, None)], slug),
                place=around.places.get(meeting["place_id"]),
                organisers=[COORDINATION, *together.get((key, meeting["date"]), [])],
                themes=[group.theme] if group.theme else [],
                group=group,
                tokens={group_token(group)},
            )
            events.append(event)
            if note := meeting.get("note"):
                around.report.note(f"réunion du {meeting['date']}", f"{group.name_fr} : {note}")
    around.report.note("réunions", f"{len(events)} dans l’agenda, chacune pour son groupe")
    around.report.note("réunions", "aucune n’a d’heure dans les données : horaire à préciser")
    return events


def _load_assemblies(around: Around, data: dict) -> list[Event]:
    """The plenaries: for the members of the network."""
    events, group = [], around.groups["assemblee-generale"]
    for row in data["assemblies"]:
        slug = f"pleniere-{row['date']}"
        events.append(
            _publish(
                around,
                slug,
                {"kind": EventKind.PLENARY} | read("agenda")["assemblies"][row["date"]],
                named([timing_of_date(row, None)], slug),
                place=around.places.get(row["place_id"]),
                organisers=[COORDINATION],
                group=group,
                tokens={MEMBER},
            )
        )
    around.report.note("plénières", f"{len(events)} dans l’agenda, pour les membres, sans heure")
    return events


def _publish(
    around: Around,
    slug: str,
    words: dict,
    timings: list[Timing],
    *,
    organisers: list[str],
    themes: Iterable[Theme] = (),
    tokens: Iterable[str] = TOP,
    changes: dict[dt.date, dict] | None = None,
    **fields,
) -> Event:
    """Publish an event that is not there yet, through a revision, with what became of its dates."""
    event = Event.objects.filter(slug=slug).first()
    if event is not None:
        return mark(event)
    found, others = around.organisers(organisers)
    event = Event(
        site=around.network.site,
        slug=slug,
        live=False,
        audience=Audience.objects.for_tokens(tokens),
        other_organisers=", ".join(others),
        **fields | {name: words[name] for name in GIVEN if name in words},
    )
    event.timings = timings
    event.organisings = [
        Organising(organisation=one, sort_order=order) for order, one in enumerate(found)
    ]
    event.themes = list(themes)
    event.full_clean()
    for timing in timings:
        timing.full_clean(exclude=["event"])
    event.save()
    for timing in timings:
        if change := (changes or {}).get(timing.first):
            DateChange.objects.create(
                event=event,
                timing_uid=timing.uid,
                original_day=timing.first,
                by=around.actor,
                **change,
            )
    event.save_revision(user=around.actor).publish()
    return mark(Event.objects.get(pk=event.pk))


LOCALES = ("fr", "nl")


def _words_on_dates(row: dict, words: dict) -> dict[dt.date, dict]:
    """What the data says of single dates: cancelled, or a word (the play that is seen)."""
    data, dutch, said = read(NETWORK_FILE), read("agenda")["words_nl"], {}
    for session in row.get("sessions", []):
        day = dt.date.fromisoformat(f"{session['month']}-01")
        if session.get("status") == "annulé":
            said[day] = {"state": DateState.CANCELLED}
        elif "title" in session:
            place = next(one for one in data["places"] if one["id"] == session["place_id"])
            texts = {
                "fr": f"{session['title']} ({session['kind']}), {place['name']}",
                "nl": f"{session['title']} ({dutch[session['kind']]}), {place['name']}",
            }
            said[day] = {"state": DateState.PLANNED} | _note(texts)
    cancelled = row["recurrence"].get("cancelled_dates", [])
    for day in cancelled:
        notes = words["notes"][day]
        said[dt.date.fromisoformat(day)] = {"state": DateState.CANCELLED} | _note(notes)
    activities = read("agenda")["dates_of"]
    for date in data["one_off_events"]:
        _title, dash, word = date["title"].partition(" – ")
        if dash and activities.get(date["title"]) == row["id"]:
            texts = {"fr": word, "nl": dutch[word]}
            day = dt.date.fromisoformat(date["date"])
            said[day] = {"state": DateState.PLANNED} | _note(texts)
    return said


def _note(texts: dict[str, str]) -> dict[str, str]:
    return {f"note_{code}": texts[code] for code in LOCALES}


def _price(price: dict | None) -> dict:
    if price is None:
        return {}
    return {
        "price": PRICES.get(price["kind"], Price.FIXED),
        "price_amount": price.get("eur"),
        "article_27": "Article 27" in price["kind"],
    }
