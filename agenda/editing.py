"""One visit to the form of an event: what was typed, the dates said back, what is sent."""

import hashlib

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Site

from agenda.completeness import Completeness, completeness_of
from agenda.forms.proposal import ProposalForm
from agenda.forms.timing import (
    PREFIX,
    TimingFormSet,
    initial_timing,
    with_another,
)
from agenda.models import Event, EventDraft, Proposal
from agenda.services.proposals import ReplacedError, change_event, propose_event
from agenda.spoken import Said, digest, say_back
from core.forms.examined import KEEP
from core.forms.robots import new_stamp
from core.language import current_language

MAX_DRAFT = 60_000  # characters
BESIDE = "beside"  # sent by a form that leaves a kept draft alone
NOT_KEPT = {"csrfmiddlewaretoken", "draft", "discard", "stamp", "seen", BESIDE, KEEP}
HERE = ("add_date", "check")  # buttons that show the form again


def keep_draft(request: HttpRequest, event: Event | None) -> None:
    """Keep what was typed, as it is; files are not kept. What is too long is cut."""
    data, size = {}, 0
    for name, values in request.POST.lists():
        if name in NOT_KEPT or len(name) > 80:
            continue
        values = [value.replace("\x00", "")[: MAX_DRAFT - size] for value in values]
        size += sum(map(len, values))
        data[name.replace("\x00", "")] = values
        if size >= MAX_DRAFT:
            break
    EventDraft.objects.update_or_create(user=request.user, event=event, defaults={"data": data})


def forget_draft(user, event: Event | None) -> None:
    if user.is_authenticated:
        EventDraft.objects.filter(user=user, event=event).delete()


class EventEditor:
    """The form of an event and of its timings, for one person.

    Without anything sent it shows the person's draft, or the latest version, or another event to
    start from: `like`. A draft that is kept meanwhile is then `beside`; nothing touches it but a
    button that says so. `proposal` is that of a private link.
    """

    def __init__(
        self,
        request: HttpRequest,
        *,
        site: Site,
        event: Event | None = None,
        proposal: Proposal | None = None,
        like: Event | None = None,
    ) -> None:
        self.request, self.user, self.site = request, request.user, site
        self.event, self.proposal, self.like = event, proposal, like
        self.said: list[Said] = []
        self.draft = self.beside = None
        self.replaced = False
        if request.method == "POST":
            if BESIDE in request.POST:
                self.beside = self._kept_draft()
            data = with_another(request.POST) if "add_date" in request.POST else request.POST
            self._bind(data, request.FILES)
            if any(name in request.POST for name in HERE):
                self._show_again()
            return
        kept = self._kept_draft()
        if kept is None or like is not None:
            self.beside = kept
            self._start()
            return
        self.draft = kept
        data = QueryDict(mutable=True)
        for name, values in kept.data.items():
            data.setlist(name, values)
        data["stamp"] = new_stamp()
        self._bind(data)
        self._silence()

    @property
    def may_keep(self) -> bool:
        """Whether this person keeps drafts here; on a private link nobody does."""
        return self.user.is_authenticated and self.proposal is None

    def _kept_draft(self) -> EventDraft | None:
        if not self.may_keep:
            return None
        return EventDraft.objects.filter(user=self.user, event=self.event).first()

    def _fresh(self) -> Event:
        """The version that is edited; a new event without one."""
        if self.event is not None:
            return self.event.get_latest_revision_as_object()
        if self.like is None:
            return Event(site=self.site)
        copy = Event(site=self.site)
        names = (name for name in ProposalForm.Meta.fields if name not in NOT_COPIED)
        for name in (*names, *COPIED):
            setattr(copy, name, getattr(self.like, name))
        copy.themes = list(self.like.themes.all())
        copy.organisings = [
            type(row)(organisation=row.organisation, sort_order=row.sort_order)
            for row in self.like.organisings.all()
        ]
        return copy

    def _form(self, data=None, files=None) -> ProposalForm:
        return ProposalForm(
            data,
            files,
            instance=self._fresh(),
            user=self.user if self.user.is_authenticated and self.proposal is None else None,
            published=self.event,
            signed_in=self.user.is_authenticated,
        )

    def _start(self) -> None:
        self.form = self._form()
        source = self.form.instance if self.event else self.like
        initial = [initial_timing(timing) for timing in source.timings.all()] if source else []
        if self.like is not None:
            # The same hours, on dates that are still to be chosen.
            for one in initial:
                one |= {"first": None, "last": None, "uid": None, "until": ""}
            initial = initial[:1]
        self.timings = TimingFormSet(initial=initial or [{}], prefix=PREFIX)
        self.base = self.event.latest_revision_id if self.event else 0

    def _bind(self, data: QueryDict, files=None) -> None:
        self.form = self._form(data, files)
        self.timings = TimingFormSet(data, prefix=PREFIX)
        base = data.get("base", "")
        latest = self.event.latest_revision_id if self.event else 0
        self.base = int(base) if base.isascii() and base.isdigit() and len(base) < 15 else latest

    def _silence(self) -> None:
        self.form._errors = type(self.form.errors)()
        self.form.cleaned_data = {}
        self.timings.is_valid()
        self.timings.silence()

    def _show_again(self) -> None:
        """A button that asks for more, or for the dates in words: nothing is judged yet."""
        if "check" in self.request.POST and self.timings.is_valid():
            self.said = say_back(self.timings.timings)
            self._saw()
        elif "check" in self.request.POST:
            self.form._errors = type(self.form.errors)()
            return
        self._silence()

    def _saw(self) -> None:
        self.form.data = self.form.data.copy()
        self.form.data["seen"] = digest(self.said)

    def is_valid(self) -> bool:
        """Whether it can be sent; what comes back is said back first, once."""
        good = all([self.form.is_valid(), self.timings.is_valid()])
        if good and not self.timings.timings and not self._may_go_without_dates():
            self.form.add_error(None, _("Donnez au moins une date."))
            return False
        if not good:
            return False
        said = say_back(self.timings.timings)
        wanted = digest(said)
        if wanted and self.form.cleaned_data["seen"] != wanted:
            self.said = said
            self._saw()
            return False
        return True

    def _may_go_without_dates(self) -> bool:
        return self.form.cleaned_data["dates_to_confirm"]

    @property
    def is_refused(self) -> bool:
        return bool(self.form.errors or self.timings.total_error_count())

    def send(self) -> Proposal:
        """Send what is valid. Raises `ValidationError`; gives the dossier."""
        version = self.form.version()
        version.timings = self.timings.timings
        by_mail = self.proposal is not None and self.proposal.email
        actor = self.user if self.user.is_authenticated and not by_mail else None
        words = {"tokens": self.form.tokens, "poster": self.form.poster}
        if self.event is not None:
            base = self.base
            proposal = change_event(
                actor=actor, version=version, base=base, proposal=self.proposal, **words
            )
        else:
            proposal = propose_event(
                actor=actor,
                event=version,
                once=self.once,
                language=current_language(),
                email=self.form.cleaned_data.get("email", ""),
                **words,
            )
        self.form.note_kept(actor, proposal.event)
        if self.beside is None:
            forget_draft(self.user, self.event)
        return proposal

    @property
    def once(self) -> str:
        """The key of this very message, its dates too."""
        dates = repr([form.cleaned_data for form in self.timings.forms])
        return hashlib.sha256(f"{self.form.once}{dates}".encode()).hexdigest()

    def refuse(self, error: ValidationError | ReplacedError) -> None:
        """Show the form again with what could not be saved."""
        if isinstance(error, ReplacedError):
            self.replaced = True
            self.event.refresh_from_db()
            self.base = self.event.latest_revision_id
            error = ValidationError(
                _(
                    "Entre-temps, quelqu’un a envoyé une autre version. Envoyez encore pour "
                    "garder la vôtre."
                )
            )
        messages = error.messages
        self.form.add_error(None, messages)

    @cached_property
    def errors_of_dates(self) -> list[dict]:
        """What is to be corrected in the dates, for the summary: where, what."""
        if not self.timings.is_bound:
            return []
        return [
            {
                "id": form[name].id_for_label or form[name].auto_id,
                "label": form[name].label,
                "error": message,
            }
            for form in self.timings.forms
            for name, messages in form.errors.items()
            if name in form.fields
            for message in messages
        ]

    @property
    def error_count(self) -> int:
        return len(self.form.errors) + len(self.errors_of_dates)

    @property
    def completeness(self) -> Completeness | None:
        """Of the version at hand, for whoever edits an event."""
        return completeness_of(self._fresh()) if self.event else None

    @property
    def places(self) -> list[str]:
        """Names to choose from, within reach."""
        from coordination.directory.models import Place

        places = Place.objects.visible_to(self.user).order_by("name_fr")
        return [place.name for place in places[:MAX_PLACES]]


MAX_PLACES = 400
NOT_COPIED = {"follows", "dates_to_confirm", "when_fr", "when_nl"}
COPIED = ("price", "registration", "access", "targets", "languages", "place", "address")
