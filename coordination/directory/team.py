"""What more the page of a team leads to, told by the apps above, which the directory does not
know."""

from collections.abc import Callable

from coordination.directory.models import Organisation

Source = Callable[[object, Organisation], dict | None]
_sources: list[Source] = []


def register_team_link(source: Source) -> None:
    """`source(user, organisation)` gives `{"label", "url", "icon"}`, or None when this person has
    nothing to do there."""
    if source not in _sources:
        _sources.append(source)


def team_links(user, organisation: Organisation) -> list[dict]:
    return [link for source in _sources if (link := source(user, organisation))]
