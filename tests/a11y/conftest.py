"""Screens fetched once per file, then read in a browser without a server or a database."""

import pytest

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
def context(chromium):
    context = chromium.new_context(reduced_motion="reduce")  # colours change at once
    yield context
    context.close()
