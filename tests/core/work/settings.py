"""The settings of a worker that a test starts: everyday ones, with the tests' own jobs."""

from config.settings.dev import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.core.work"]
