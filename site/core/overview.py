"""The network at a glance, on the first page of the admin: each app adds its panels."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class OverviewPanel:
    """A piece of the coordinator's first page: a template, and what it receives."""

    order: int
    template: str
    context: Callable[[HttpRequest], dict]


_panels: list[OverviewPanel] = []


def register_panel(panel: OverviewPanel) -> None:
    if panel not in _panels:
        _panels.append(panel)


def registered_panels() -> list[OverviewPanel]:
    return sorted(_panels, key=lambda panel: panel.order)
