"""The test suite: fast passwords, mail in memory, files and cache in a folder of its own."""

import tempfile
from pathlib import Path

from config.settings.base import *

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TEST_FOLDER = Path(tempfile.mkdtemp(prefix="maillage-test-"))
MEDIA_ROOT = TEST_FOLDER / "media"
# What a test asks for is done at once; `tests/core/test_worker.py` starts real workers.
TASKS["jobs"] = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["NAME"] = ":memory:"
    DATABASES["default"]["OPTIONS"] = {}
