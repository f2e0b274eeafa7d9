"""The fields of a record and their values in words, for its history."""

from collections.abc import Iterable

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import User
from coordination.directory.enums import SPOKEN, Kind, SpokenLanguage
from coordination.directory.models import (
    Organisation,
    OrganisationChange,
    OrganisationContact,
    Territory,
    Theme,
)
from core.models import PortalImage
from core.services.audience import words

MERGED = "merged"


def say_field(name: str) -> str:
    """What a field of a snapshot is called on screen."""
    if name.startswith("contact:"):
        return _("contact")
    if name == MERGED:
        return _("réuni avec")
    return str(Organisation._meta.get_field(name).verbose_name)


class RecordWords:
    """Says values of snapshots; what they name is read once for all of them."""

    def __init__(self, values: Iterable[tuple[str, object]]) -> None:
        self.values = list(values)
        self._audiences: dict[str, str] = {}

    @classmethod
    def of_changes(cls, changes: Iterable[OrganisationChange]) -> "RecordWords":
        return cls(
            (name, value)
            for change in changes
            for name, both in change.differences.items()
            for value in both
        )

    def _keys(self, wanted: str) -> set:
        return {value for name, value in self.values if name == wanted and value is not None}

    @cached_property
    def themes(self) -> dict[str, str]:
        return {theme.slug: theme.name for theme in Theme.objects.all()}

    @cached_property
    def territories(self) -> dict[str, str]:
        return {territory.slug: territory.name for territory in Territory.objects.all()}

    @cached_property
    def parents(self) -> dict[int, str]:
        rows = Organisation.objects.filter(pk__in=self._keys("parent"))
        return dict(rows.values_list("pk", "name"))

    @cached_property
    def logos(self) -> dict[int, str]:
        rows = PortalImage.objects.filter(pk__in=self._keys("logo"))
        return dict(rows.values_list("pk", "title"))

    @cached_property
    def holders(self) -> dict[int, str]:
        contacts = (v for name, v in self.values if name.startswith("contact:") and v)
        pks = {value["holder"] for value in contacts}
        return {user.pk: str(user) for user in User.objects.filter(pk__in=pks - {None})}

    def audience(self, tokens: list[str]) -> str:
        key = "|".join(tokens)
        if key not in self._audiences:
            self._audiences[key] = words(tokens)
        return self._audiences[key]

    def say(self, name: str, value) -> str:
        """One value in words; empty for nothing."""
        if value in (None, "", [], {}):
            return ""
        if name.startswith("contact:"):
            return self._contact(value)
        if name == "kind":
            return str(Kind(value).label)
        if name == "audience":
            return self.audience(value)
        if name == "languages":
            return ", ".join(str(SpokenLanguage(code).label) for code in value if code in SPOKEN)
        if name == "themes":
            return ", ".join(self.themes.get(slug, slug) for slug in value)
        if name == "also_active":
            return ", ".join(self.territories.get(slug, slug) for slug in value)
        if name == "territory":
            return self.territories.get(value, value)
        if name == "parent":
            return self.parents.get(value, "")
        if name == "logo":
            return self.logos.get(value, "")
        return str(value)

    def _contact(self, value: dict) -> str:
        names = {key: value[key] for key in ("function_fr", "function_nl")}
        parts = [OrganisationContact(**names).function, value["phone"], value["email"]]
        if holder := self.holders.get(value["holder"]):
            parts.append(_("tenue par %(who)s") % {"who": holder})
        parts.append(_("visible pour : %(who)s") % {"who": self.audience(value["audience"])})
        return " · ".join(part for part in parts if part)

    def change(self, change: OrganisationChange) -> list[dict]:
        """Each field of a change: `{"name", "label", "before", "after", "revertible"}`."""
        return [
            {
                "name": name,
                "label": say_field(name),
                "before": self.say(name, before),
                "after": self.say(name, after),
                "revertible": name != MERGED,
            }
            for name, (before, after) in change.differences.items()
        ]
