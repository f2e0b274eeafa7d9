"""`make run` and everyday work: no secret to set, one machine, nothing outside it."""

from urllib.parse import quote

from config.env import VAR, env
from config.settings.base import *

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-this-machine-never-in-production")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# No mail leaves: each goes to a folder, and is read at /courriels/.
vars().update(env.email_url("EMAIL_URL", default=f"filemail:///{quote(str(VAR / 'courriels'))}"))
VAR.mkdir(exist_ok=True)
