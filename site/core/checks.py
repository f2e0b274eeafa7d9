"""System checks: what must be true of the code before it runs."""

from django.apps import apps
from django.core import checks


def register_all() -> None:
    checks.register(pages_have_audiences, "core")


def pages_have_audiences(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """Every page type of ours obeys the visibility rule."""
    from wagtail.models import Page

    from core.models import BasePage

    return [
        checks.Error(
            f"{model._meta.label} does not derive from core.models.BasePage: the visibility rule "
            "does not hold it.",
            id="core.E001",
        )
        for model in apps.get_models()
        if issubclass(model, Page) and model is not Page and not issubclass(model, BasePage)
    ]
