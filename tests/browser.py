"""One Chromium for the whole run, whichever folder asks for it."""

import functools
import os
import shutil

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop of its own


@functools.cache
def start() -> tuple[Playwright, Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: run scripts/install_test_tools.sh"
    playwright = sync_playwright().start()
    browser = playwright.chromium.launch(
        executable_path=path,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )
    return playwright, browser


@pytest.fixture(scope="session")
def chromium():
    playwright, browser = start()
    yield browser
    if browser.is_connected():  # the first folder that ends closes it for all
        browser.close()
        playwright.stop()
