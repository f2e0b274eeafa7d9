"""One event as its page shows it to one person."""

import datetime as dt
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agenda.communes import says_town
from agenda.enums import Price, Registration
from agenda.models import Event, EventDate, Programme, Projection, Timing
from agenda.planning import PLANNED_FIELDS, Planned, plan, window_of
from agenda.selectors.rows import DateRow, group_tag, organisers_of, rows_of, with_related
from agenda.spoken import beyond
from agenda.wording import say_amount, say_timing
from coordination.directory.models import Organisation, Place
from core.models import PortalDocument
from core.tokens import describe_tokens
from core.visibility import PUBLIC, can_see
from groupes.selectors.groups import known_groups

SHOWN_DATES = 5
MAX_DATES = 200
DIRECTIONS = "https://www.openstreetmap.org/directions"


def find_event(site, user, slug: str) -> Event | None:
    """A published event of a network within reach; None for what is so old that the calendar has
    nothing of it any more."""
    related = ("place", "group", "audience", "image__audience", "territory")
    found = Event.objects.visible_to(user).filter(site=site, slug=slug).select_related(*related)
    event = found.first()
    if event is None or event.dates_to_confirm or event.dates.exists():
        return event
    timings = list(event.timings.all())
    today = timezone.localdate()
    is_to_come = not timings or any(timing.first >= today for timing in timings)
    return event if is_to_come else None


def new_day_of(event: Event, day: dt.date) -> dt.date | None:
    """Where a date is now that was moved to this day, and then to another; None for a day on which
    nothing of the event was ever to take place."""
    for date in event.dates.exclude(instead_of=None).select_related("change").in_order():
        if date.change and day.isoformat() in date.change.left_days:
            return date.day
    return None


class EventPage:
    """What one person may read about an event; with a day, about what takes place on it.

    Whatever is out of this person's reach is left out: organisers, place, group, programme, files,
    other events."""

    def __init__(self, event: Event, user, day: dt.date | None = None) -> None:
        self.event = event
        self.user = user
        self.day = day

    # --- When ---

    @cached_property
    def here(self) -> list[DateRow]:
        """The dates that the page is about: those of its day; else the next one, or the last."""
        if self.day:
            return self._rows(self.event.dates.filter(day=self.day).in_order())
        if self._ahead:
            return self._ahead[:1]
        return self._rows(self.event.dates.order_by("-day", "-pk")[:1])

    @cached_property
    def _ahead(self) -> list[DateRow]:
        today = timezone.localdate()
        return self._rows(self.event.dates.filter(end_day__gte=today).in_order()[:MAX_DATES])

    def _rows(self, dates) -> list[DateRow]:
        return rows_of(with_related(dates), self.user, self.names)

    @property
    def is_over(self) -> bool:
        return bool(self.here) and not self._ahead

    @cached_property
    def others(self) -> list[DateRow]:
        """The dates to come beside those that the page is about."""
        shown = {(row.day, row.start) for row in self.here}
        return [row for row in self._ahead if (row.day, row.start) not in shown]

    @property
    def next_dates(self) -> list[DateRow]:
        return self.others[:SHOWN_DATES]

    @property
    def later_dates(self) -> list[DateRow]:
        return self.others[SHOWN_DATES:]

    @cached_property
    def whens(self) -> list[str]:
        """How it comes back, a line for each timing; a single date says itself already."""
        timings = list(self.event.timings.all())
        if len(timings) > 1 or any(timing.comes_back for timing in timings):
            return [say_timing(timing) for timing in timings]
        return []

    @cached_property
    def known_until(self) -> dt.date | None:
        """The last day for which the school holidays that it leaves out are known, when it goes on
        after it."""
        return min(filter(None, map(beyond, self.event.timings.all())), default=None)

    # --- Where ---

    @cached_property
    def place(self) -> Place | None:
        if not self.event.place_id:
            return None
        places = Place.objects.visible_to(self.user).with_town()
        return places.filter(pk=self.event.place_id).first()

    @property
    def street(self) -> str:
        """The address as one says it to somebody who drives there; empty when nobody knows."""
        if self.place:
            return self.place.full_address
        address, territory = self.event.address, self.event.territory
        town = territory.name if territory and not says_town(address, territory) else ""
        return ", ".join(part for part in (address, town) if part)

    @property
    def directions(self) -> str:
        """Where a reader finds the way, on a map that follows nobody."""
        has_street = self.place.address if self.place else self.event.address
        return f"{DIRECTIONS}?{urlencode({'to': self.street})}" if has_street else ""

    # --- Who ---

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        place = {self.event.place.slug: self.place.name} if self.place else {}
        known = {organisation.slug: organisation.name for organisation in self.organisers}
        return {"organisme": known, "lieu": place, "programme": {}}

    @cached_property
    def organisers(self) -> list[Organisation]:
        visible = Organisation.objects.visible_to(self.user)
        found = visible.filter(organisings__event=self.event).order_by("organisings__sort_order")
        return list(found)

    @property
    def said_organisers(self) -> tuple[str, ...]:
        return organisers_of(self.event, self.names["organisme"])

    @property
    def group_page(self):
        return known_groups(self.user).get(self.event.group_id)

    @property
    def group(self) -> dict | None:
        return group_tag(self.group_page) if self.group_page else None

    @property
    def thread(self) -> str:
        return self.group["thread"] if self.group else ""

    @property
    def audience(self) -> dict | None:
        """For whom it is, told to members when that is not everybody."""
        tokens = self.event.audience.tokens
        if PUBLIC in tokens or not self.user.is_authenticated:
            return None
        return describe_tokens(tokens)

    @property
    def is_public(self) -> bool:
        return PUBLIC in self.event.audience.tokens

    # --- Around it ---

    @cached_property
    def programme(self) -> Programme | None:
        if not self.event.programme_id:
            return None
        return Programme.objects.visible_to(self.user).filter(pk=self.event.programme_id).first()

    @cached_property
    def related(self) -> list[Event]:
        """What this takes place after, and what takes place after this."""
        visible = Event.objects.visible_to(self.user)
        either = Q(follows=self.event) | Q(pk=self.event.follows_id)
        return list(visible.filter(either).order_by("pk"))

    @property
    def before(self) -> list[Event]:
        return [event for event in self.related if event.pk == self.event.follows_id]

    @property
    def after(self) -> list[Event]:
        return [event for event in self.related if event.pk != self.event.follows_id]

    @cached_property
    def documents(self) -> list[PortalDocument]:
        rows = self.event.event_documents.all()
        order = {row.document_id: number for number, row in enumerate(rows)}
        if not order:
            return []
        found = PortalDocument.objects.visible_to(self.user).filter(pk__in=order)
        return sorted(found, key=lambda document: order[document.pk])

    @property
    def has_image(self) -> bool:
        return self.event.image is not None and can_see(self.user, self.event.image)

    # --- How one comes ---

    @property
    def action(self) -> dict | None:
        """The one thing to do: `{"url", "icon", "label"}`. Telephone before a site, a site before
        a mail; who organises, when the event itself says nothing."""
        event = self.event
        asks = event.registration in (Registration.REQUIRED, Registration.RECOMMENDED)
        if event.contact_phone:
            return _call(event.contact_phone, event.tel, asks=asks)
        if event.website and asks:
            return {"url": event.website, "icon": "globe", "label": _("S’inscrire en ligne")}
        if event.contact_email:
            label = _("S’inscrire par mail") if asks else _("Écrire aux organisateurs")
            return {"url": f"mailto:{event.contact_email}", "icon": "mail", "label": label}
        if not event.website:
            for organisation in self.organisers:
                if organisation.phone:
                    return _call(organisation.phone, organisation.tel, asks=False)
        return None

    @property
    def facts(self) -> list[dict]:
        """`{"icon", "title", "detail", "note" (as `said`)}` of all that is known; nothing is said
        of what is not."""
        event = self.event
        article_27 = _("Ticket Article 27 accepté.") if event.article_27 else ""
        how = event.said("registration_how")
        facts = [
            _fact("euro", self._price, article_27, event.said("price_note")),
            _fact("ticket", self._registration, "", how),
            _fact("users", self._for_whom, self._ages),
            _fact("languages", ", ".join(event.languages_list)),
            _fact("accessibility", ", ".join(event.access_list), "", event.said("access_note")),
        ]
        return [fact for fact in facts if fact["title"]]

    @property
    def _price(self) -> str:
        event = self.event
        if event.price == Price.FIXED and event.price_amount is not None:
            return say_amount(event.price_amount)
        if event.price == Price.UNKNOWN:
            said = event.article_27 or event.price_note
            return _("Prix") if said else ""
        return str(event.get_price_display())

    @property
    def _registration(self) -> str:
        if self.event.registration == Registration.UNKNOWN:
            return _("Inscription") if self.event.registration_how else ""
        return str(self.event.get_registration_display())

    @property
    def _for_whom(self) -> str:
        said = list(self.event.targets_list)
        if self.event.women_only:
            said.append(_("entre femmes seulement"))
        return ", ".join(said) or self._ages

    @property
    def _ages(self) -> str:
        low, high = self.event.age_min, self.event.age_max
        if low is not None and high is not None:
            return _("de %(low)d à %(high)d ans") % {"low": low, "high": high}
        if low is not None:
            return _("à partir de %(low)d ans") % {"low": low}
        return _("jusqu’à %(high)d ans") % {"high": high} if high is not None else ""


class VersionPage(EventPage):
    """A version of an event as its page will be once it is published."""

    @cached_property
    def _ahead(self) -> list[DateRow]:
        today = timezone.localdate()
        changes = {(c.timing_uid, c.original_day): c for c in self.event.date_changes.all()}
        planned = [
            (date, timing)
            for timing in self.event.timings.all()
            for date in plan(timing, changes, *window_of(timing, today))
            if date.end_day >= today
        ]
        planned.sort(key=lambda pair: (pair[0].day, pair[0].start_time or dt.time()))
        return rows_of(
            [self._date(date, timing) for date, timing in planned[:MAX_DATES]],
            self.user,
            self.names,
        )

    def _date(self, planned: Planned, timing: Timing) -> EventDate:
        values = {name: getattr(planned, name) for name in PLANNED_FIELDS}
        projection = Projection(event=self.event, timing_uid=timing.uid)
        return EventDate(event=self.event, projection=projection, change=planned.change, **values)

    @property
    def here(self) -> list[DateRow]:
        return self._ahead[:1]

    @cached_property
    def organisers(self) -> list[Organisation]:
        order = [row.organisation_id for row in self.event.organisings.all()]
        found = Organisation.objects.visible_to(self.user).filter(pk__in=order)
        return sorted(found, key=lambda organisation: order.index(organisation.pk))


def _call(phone: str, tel: str, *, asks: bool) -> dict:
    words = _("S’inscrire au %(phone)s") if asks else _("Appeler le %(phone)s")
    return {"url": f"tel:{tel}", "icon": "phone", "label": words % {"phone": phone}}


def _fact(icon: str, title: str, detail: str = "", note: dict | None = None) -> dict:
    """A fact never says the same twice."""
    return {
        "icon": icon,
        "title": title,
        "detail": "" if detail == title else detail,
        "note": note if note and note["text"] else None,
    }
