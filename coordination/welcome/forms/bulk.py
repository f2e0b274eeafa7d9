from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from accounts.models import User
from coordination.welcome.forms.invitation import PlaceMixin
from coordination.welcome.services.bulk import (
    MAX_BYTES,
    MAX_LINES,
    MAX_NAME,
    UNKNOWN,
    Lines,
    Row,
    decode,
    judge,
    read_lines,
)
from core.text import tidy


class BulkForm(PlaceMixin, forms.Form):
    """Lines pasted or uploaded, and what they have in common. The lines travel whole from one step
    to the next: nothing is lost, and nothing is believed that was not read again."""

    lines = forms.CharField(
        label=_("Une personne par ligne"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("Adresse ; organisme ; fonction ; langue. Seule l’adresse est nécessaire."),
    )
    file = forms.FileField(
        label=_("Ou un fichier CSV"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        help_text=_("Enregistré depuis un tableur : 200 lignes et 200 ko au plus."),
    )

    def __init__(self, *args, user: User, site: Site, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.site = user, site
        self.place(user, site)
        self.fields["organisation"].required = False
        self.fields["organisation"].label = _("Organisme, pour les lignes qui n’en disent pas")
        self.fields["role"].label = _("Place dans l’organisme, pour toutes")
        self.fields["language"].label = _("Langue, pour les lignes qui n’en disent pas")
        self.order_fields(["lines", "file", "organisation", "role", "language", "word"])
        self.read: Lines | None = None

    @property
    def known_organisations(self):
        """Those that this person may name."""
        return self.fields["organisation"].queryset

    def clean(self) -> dict:
        cleaned = super().clean()
        text = cleaned.get("lines") or ""
        if upload := cleaned.get("file"):
            if upload.size > MAX_BYTES:
                self.add_error("file", gettext("Ce fichier est trop lourd : 200 ko au plus."))
                return cleaned
            text = "\n".join(filter(None, (text.rstrip("\r\n"), decode(upload.read()))))
            self.data = self.data.copy()
            self.data[self.add_prefix("lines")] = text
        if len(text.encode("utf-8", "replace")) > MAX_BYTES:
            self.add_error("lines", gettext("C’est trop long : 200 ko au plus."))
            return cleaned
        self.read = read_lines(text)
        if self.read.beyond:
            problem = ngettext(
                "%(n)d ligne de trop : %(max)d au plus à la fois.",
                "%(n)d lignes de trop : %(max)d au plus à la fois.",
                self.read.beyond,
            )
            self.add_error("lines", problem % {"n": self.read.beyond, "max": MAX_LINES})
        elif not self.read.rows:
            self.add_error(
                "lines", gettext("Collez au moins une adresse, ou choisissez un fichier.")
            )
        return cleaned

    def judged(self) -> list[Row]:
        """The rows with their state; the name of an organisation may have been written anew."""
        for row in self.read.rows:
            name = self.data.get(f"organisation-{row.number}", row.organisation_name)
            row.organisation_name = tidy(name)[:MAX_NAME]
        judge(
            self.read.rows,
            actor=self.user,
            site=self.site,
            default=self.cleaned_data.get("organisation"),
        )
        return self.read.rows

    def ticked(self, rows: list[Row]) -> list[Row]:
        """Those that are to be invited: ticked, and still good."""
        numbers = set(self.data.getlist("line"))
        return [row for row in rows if row.can_be_invited and str(row.number) in numbers]

    def is_unsettled(self, rows: list[Row]) -> bool:
        """Whether a ticked line still lacks its organisation."""
        numbers = set(self.data.getlist("line"))
        return any(row.state == UNKNOWN and str(row.number) in numbers for row in rows)
