"""The visibility rule in templates."""

from django import template

from core.tokens import describe
from core.visibility import can_see

register = template.Library()


@register.simple_tag(takes_context=True)
def may_see(context, subject) -> bool:
    """Whether the person this page is made for may see `subject`; nobody sees None."""
    request = context.get("request")
    return subject is not None and can_see(getattr(request, "user", None), subject)


@register.simple_tag
def audience_of(subject) -> dict[str, str]:
    """The audience of a page or object in words: `{"icon", "label", "thread"}`."""
    from wagtail.models import Page

    from core.models import PageAudience

    if isinstance(subject, Page):
        tokens = PageAudience.objects.tokens_of(subject)
    else:
        tokens = subject.audience.tokens
    words = describe(tokens)
    return {
        "icon": words[0]["icon"],
        "label": ", ".join(word["label"] for word in words),
        "thread": words[0]["thread"] if len(words) == 1 else "",
    }
