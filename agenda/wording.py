"""When something takes place, in words that people speak, in the page's language. Plain text: the
same words stand on screens, in mails and in calendar programs."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.enums import Frequency, SkipSchool
from agenda.models import Timing
from core.language import current_language
from core.wording import NBSP, say_time

WORKING_WEEK = (1, 2, 3, 4, 5)


def say_day(day: dt.date, *, weekday: bool = True, year: bool = True) -> str:
    """« mercredi 4 mars 2026 »: the number and the month stay on one line."""
    words = f"{_number(day)}{NBSP}{str(MONTHS[day.month]).lower()}"
    if weekday:
        words = f"{str(WEEKDAYS[day.weekday()]).lower()} {words}"
    return f"{words} {day.year}" if year else words


def _number(day: dt.date) -> str:
    return "1er" if day.day == 1 and current_language() == "fr" else str(day.day)


def say_month(day: dt.date) -> str:
    """« mars 2026 »."""
    return f"{str(MONTHS[day.month]).lower()} {day.year}"


def say_period(first: dt.date, last: dt.date) -> str:
    """« du 14 novembre 2022 au 17 mars 2023 », « du 2 au 8 mars 2026 »; one day alone is said
    alone."""
    if first == last:
        return say_day(first)
    same_month = (first.year, first.month) == (last.year, last.month)
    said = {
        "first": _number(first)
        if same_month
        else say_day(first, weekday=False, year=first.year != last.year),
        "last": say_day(last, weekday=False),
    }
    return _("du %(first)s au %(last)s") % said


def say_hours(start: dt.time | None, end: dt.time | None) -> str:
    """« de 13 h 30 à 16 h 30 », « à 11 h 30 »; « horaire à préciser » when none is known."""
    if start is None:
        return _("horaire à préciser")
    if end is None:
        return _("à %(start)s") % {"start": say_time(start)}
    return _("de %(start)s à %(end)s") % {"start": say_time(start), "end": say_time(end)}


def say_amount(amount: Decimal) -> str:
    """« 5 € », « 2,50 € »."""
    said = f"{amount:.2f}".replace(".", ",").removesuffix(",00")
    return (_("%(amount)s €") % {"amount": said}).replace(" ", NBSP)


def say_duration(length: dt.timedelta) -> str:
    """« 3 jours », « 2 h 05 », « 12 min »: how long something took."""
    minutes = int(length.total_seconds() // 60)
    if length.days:
        return ngettext("%(number)d jour", "%(number)d jours", length.days) % {
            "number": length.days
        }
    if minutes < 1:
        return _("moins d’une minute")
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    return say_time(dt.time(minutes // 60, minutes % 60))


def say_timing(timing: Timing) -> str:
    """A whole timing: « tous les lundis de 13 h 30 à 16 h 30, hors vacances scolaires »."""
    hours = say_hours(timing.start_time, timing.end_time)
    if timing.frequency == Frequency.MONTH:
        return _("en %(month)s, jour à préciser") % {"month": say_month(timing.first)}
    if timing.frequency == Frequency.ONCE:
        day = timing.first
        if _ends_in_the_night(timing):
            return f"{say_day(day)} {_the_day_after(hours)}"
        said = say_period(day, day + timing.length) if timing.more_days else say_day(day)
        return f"{said}, {hours}" if timing.start_time is None else f"{said} {hours}"
    said = say_frequency(timing)
    if _ends_in_the_night(timing):
        hours = _the_day_after(hours)
    elif timing.more_days:
        lasts = _("pendant %(days)s") % {"days": say_duration(timing.length + dt.timedelta(days=1))}
        hours = f"{hours}, {lasts}"
    said = f"{said}, {hours}" if timing.start_time is None else f"{said} {hours}"
    return ", ".join(part for part in (said, *_say_limits(timing)) if part)


def _ends_in_the_night(timing: Timing) -> bool:
    """Whether it goes on after midnight, and is over before the hour at which it began."""
    start, end = timing.start_time, timing.end_time
    return timing.more_days == 1 and start is not None and end is not None and end <= start


def _the_day_after(hours: str) -> str:
    return _("%(hours)s le lendemain") % {"hours": hours}


def say_frequency(timing: Timing) -> str:
    """How it comes back, without hours: « tous les lundis »."""
    every = {"number": timing.interval}
    if timing.frequency == Frequency.DAYS:
        return ngettext("tous les jours", "tous les %(number)d jours", timing.interval) % every
    if timing.frequency == Frequency.YEARS:
        every["day"] = say_day(timing.first, weekday=False, year=False)
        return (
            ngettext(
                "chaque année le %(day)s", "tous les %(number)d ans, le %(day)s", timing.interval
            )
            % every
        )
    if timing.frequency == Frequency.MONTHS:
        every["days"] = _join([f"{_nth(timing.nth)} {day}" for day in _names(timing)])
        return (
            ngettext(
                "le %(days)s du mois", "le %(days)s, tous les %(number)d mois", timing.interval
            )
            % every
        )
    return _say_weeks(timing, every)


def _say_weeks(timing: Timing, every: dict) -> str:
    if timing.interval > 1:
        every["days"] = _join([_("le %(day)s") % {"day": day} for day in _names(timing)])
        if timing.interval == 2:
            return _("une semaine sur deux, %(days)s") % every
        return _("toutes les %(number)d semaines, %(days)s") % every
    numbers = timing.weekday_numbers
    if len(numbers) == 7:
        return _("tous les jours")
    if numbers == WORKING_WEEK:
        return _("du lundi au vendredi")
    # « lundis » in French; Dutch says « elke maandag ».
    plural = "s" if current_language() == "fr" else ""
    return _("tous les %(days)s") % {"days": _join([f"{day}{plural}" for day in _names(timing)])}


def _say_limits(timing: Timing) -> list[str]:
    """From when, until when, and what is left out."""
    said = []
    if timing.last:
        said.append(say_period(timing.first, timing.last))
    elif timing.count:
        every = {"number": timing.count, "first": say_day(timing.first, weekday=False)}
        said.append(
            ngettext(
                "%(number)d fois à partir du %(first)s",
                "%(number)d fois à partir du %(first)s",
                timing.count,
            )
            % every
        )
    if timing.skip_school == SkipSchool.BOTH:
        said.append(_("hors vacances scolaires, francophones et néerlandophones"))
    elif timing.skip_school:
        own = timing.skip_school == current_language()
        other = timing.get_skip_school_display()
        said.append(_("hors vacances scolaires") if own else str(other))
    if timing.skip_public:
        said.append(_("sauf les jours fériés"))
    return said


def _names(timing: Timing) -> list[str]:
    return [str(WEEKDAYS[number - 1]).lower() for number in timing.weekday_numbers]


def _nth(nth: int) -> str:
    """« premier », « dernier »."""
    return {
        1: _("premier"),
        2: _("deuxième"),
        3: _("troisième"),
        4: _("quatrième"),
        -1: _("dernier"),
    }[nth]


def _join(words: Sequence[str]) -> str:
    """« lundi, mardi et jeudi »."""
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s et %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}
