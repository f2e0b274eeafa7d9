"""A mail of ours: one look, two parts that say the same, in the reader's language.

A mail is three templates: `<stem>_subject.txt`, `<stem>.html` (extends `layouts/mail.html`) and
`<stem>.txt` (extends `layouts/mail.txt`). Nothing in it is asked from a server when it is read.
"""

from collections.abc import Iterable, Mapping
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.utils import make_msgid
from functools import cache

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.encoding import punycode
from django.utils.translation import override

from core.models import NetworkSettings
from core.text import tidy

SELVEDGE = "galon"
MAX_SUBJECT = 150  # characters

_inliner = CSSInliner(load_remote_stylesheets=False)


@cache
def _selvedge() -> bytes:
    return (settings.SITE / "static" / "img" / "galon-courriel.png").read_bytes()


class Letter(EmailMultiAlternatives):
    """A plain text, and beside it an HTML that carries its one picture with it (RFC 2387)."""

    def message(self, *args, **kwargs):
        message = super().message(*args, **kwargs)
        text, html = message.get_payload()
        picture = MIMEImage(_selvedge())
        picture.add_header("Content-ID", f"<{SELVEDGE}>")
        picture.add_header("Content-Disposition", "inline", filename=f"{SELVEDGE}.png")
        related = MIMEMultipart("related", type="text/html")
        for part in (html, picture):
            related.attach(part)
        message.set_payload([text, related])
        return message


def compose(
    stem: str,
    *,
    to: Iterable[str],
    context: Mapping,
    language: str,
    network: NetworkSettings,
    reply_to: Iterable[str] = (),
) -> Letter:
    """The mail of a template stem, ready to send. `language` is the reader's, `fr` or `nl`."""
    with override(language):
        words = {**context, "network": network, "language": language}
        words["subject"] = tidy(render_to_string(f"{stem}_subject.txt", words))[:MAX_SUBJECT]
        text = render_to_string(f"{stem}.txt", words).strip()
        html = _inliner.inline(render_to_string(f"{stem}.html", words))
    domain = punycode(network.site.hostname)
    letter = Letter(
        subject=words["subject"],
        body=f"{text}\n",
        to=[tidy(address) for address in to],
        reply_to=[tidy(address) for address in reply_to if address],
        headers={"Auto-Submitted": "auto-generated", "Message-ID": make_msgid(domain=domain)},
    )
    letter.attach_alternative(html, "text/html")
    return letter


def send_mail(stem: str, **details) -> None:
    """Send the mail that `compose` makes. Raises what the mail server's connection raises."""
    compose(stem, **details).send()
