"""Screens fetched once per file, then read in a browser without a database."""

import pytest

from tests.a11y.reading import Reader
from tests.a11y.shelf import Shelf
from tests.browser import chromium
from tests.e2e.conftest import site
from tests.screens import Sheet, fetch_all

__all__ = ["chromium", "site"]


@pytest.fixture(scope="module")
def sheets(request, django_db_setup, django_db_blocker) -> dict[str, Sheet]:
    """What every screen answers in the language of the file."""
    with django_db_blocker.unblock():
        return fetch_all(request.module.LANGUAGE)


@pytest.fixture(scope="module")
def reader(chromium):
    shelf = Shelf()
    context = chromium.new_context(reduced_motion="reduce")  # colours change at once
    yield Reader(context, shelf)
    context.close()
    shelf.shutdown()
    shelf.server_close()
