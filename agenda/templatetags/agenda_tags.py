"""What the screens of the agenda draw."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

from agenda.models import EventDate
from agenda.wording import say_hours

register = template.Library()
# A text must not end the block it stands in.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def linked_data_block(data: dict) -> SafeString:
    """Data for search engines, in a block that browsers never run."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.filter
def said_hours(date: EventDate) -> str:
    """« de 13 h 30 à 15 h », « horaire à préciser »."""
    return say_hours(date.start_time, date.end_time)
