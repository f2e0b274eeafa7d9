"""Forms that ask before they keep what looks like data on somebody who receives help."""

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.beneficiaries import Found, look_at
from core.forms.text import TextField
from core.services.beneficiaries import note_kept_text

KEEP = "keep_text"
MAX_QUOTED = 60  # characters of a passage shown in the warning
MAX_SAID = 3  # passages shown for one field


class Checkbox(forms.CheckboxInput):
    """A box whose value says what it is ticked for: it counts for these passages, for no others."""

    def __init__(self, asked: frozenset[str]) -> None:
        super().__init__(check_test=lambda ticked: asked <= set((ticked or "").split(".")))
        self.asked = asked

    def value_from_datadict(self, data, files, name: str) -> str:
        return data.get(name, "")

    def format_value(self, value) -> str:
        return ".".join(sorted(self.asked))


class KeepField(forms.CharField):
    """« Garder ce texte », shown once something was found."""

    stands_out = True

    def __init__(self, widget: Checkbox) -> None:
        super().__init__(
            label=gettext_lazy("Ce n’est pas une personne aidée : garder ce texte"),
            help_text=gettext_lazy(
                "Cochez, puis envoyez encore. Nous notons qu’un texte a été gardé ainsi, jamais "
                "le texte."
            ),
            required=False,
            widget=widget,
        )


class ExaminedMixin:
    """A form whose free text is looked at before it is kept.

    What looks like a helped person's data is refused once, on its field, with a box to go on
    knowingly; what is found besides is asked again. What the record already says is not asked
    again. Put it first among the bases; after saving, call `note_kept`.
    """

    # The fields looked at; all those of several lines when a form does not say.
    examined: tuple[str, ...] | None = None
    keep_widget = Checkbox

    def clean(self) -> dict:
        cleaned = super().clean()
        self.kept: list[Found] = []
        found = {name: new for name in self.examined_names() if (new := self._found_in(name))}
        asked = {(name, one): _digest(name, one) for name, new in found.items() for one in new}
        if not asked:
            return cleaned
        field = KeepField(self.keep_widget(frozenset(asked.values())))
        self.fields[KEEP] = field
        sent = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(KEEP))
        ticked = set(sent.split("."))
        for name, new in found.items():
            if unasked := [one for one in new if asked[name, one] not in ticked]:
                self.add_error(name, _warning(unasked))
            else:
                self.kept += new
        return cleaned

    def examined_names(self) -> list[str]:
        """The fields that are looked at."""
        if self.examined is not None:
            return [name for name in self.examined if name in self.fields]
        return [name for name, field in self.fields.items() if isinstance(field, TextField)]

    def texts_of(self, name: str, value) -> list[str]:
        """What a person reads in the value of a field."""
        return [value] if value else []

    def note_kept(self, actor, about) -> None:
        """Once saved: note that `actor` went on knowingly, if so. `about` is what was saved, or
        what it belongs to."""
        if self.kept:
            reasons = [one.reason for one in self.kept]
            note_kept_text(actor=actor, about=about, form=type(self).__name__, reasons=reasons)

    def _found_in(self, name: str) -> list[Found]:
        texts = self.texts_of(name, self.cleaned_data.get(name))
        found = [one for text in texts for one in look_at(text)]
        if found and getattr(getattr(self, "instance", None), "pk", None):
            before = self.get_initial_for_field(self.fields[name], name)
            known = {one.key for text in self.texts_of(name, before) for one in look_at(text)}
            found = [one for one in found if one.key not in known]
        return found


def _digest(name: str, found: Found) -> str:
    return salted_hmac(__name__, f"{name}:{found.key}").hexdigest()[:20]


def _warning(found: list[Found]) -> str:
    """What was seen, why it has no place here, what to write instead."""
    seen = [
        _("« %(passage)s » (%(what)s)")
        % {
            "passage": Truncator(" ".join(one.passage.split())).chars(MAX_QUOTED),
            "what": one.reason.label,
        }
        for one in found[:MAX_SAID]
    ]
    return _(
        "Ceci ressemble à des données sur une personne aidée : %(seen)s. Le portail n’en garde "
        "jamais. Écrivez plutôt « une personne suivie par l’équipe ». Si c’est autre chose, cochez "
        "la case au bas du formulaire."
    ) % {"seen": ", ".join(seen)}
