"""The visibility rule in templates."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.memory import remember
from core.tokens import describe_page, describe_tokens
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

    if isinstance(subject, Page):
        return describe_page(subject)
    return describe_tokens(subject.audience.tokens)


@register.simple_tag(takes_context=True)
def picture_of(context, image, shape: str, alt: str = "") -> SafeString:
    """An image in the sizes of a shape (`templates/pictures/`), for whoever may see it; nothing for
    others. Its addresses are made once per change."""
    if not may_see(context, image):
        return SafeString("")
    return remember(
        ("picture", image.pk, shape, alt),
        lambda: render_to_string(f"pictures/{shape}.html", {"image": image, "alt": alt}),
    )
