"""When a date takes place, in words, for templates."""

from django import template

from agenda.models import EventDate
from agenda.wording import say_hours

register = template.Library()


@register.filter
def said_hours(date: EventDate) -> str:
    """« de 13 h 30 à 15 h », « horaire à préciser »."""
    return say_hours(date.start_time, date.end_time)
