"""What every environment shares. Nothing here is secret; nothing here is unsafe in production."""

from csp.constants import NONE, SELF

from config.env import ROOT, VAR, days, env

SITE = ROOT / "site"

INSTALLED_APPS = [
    # Ours first: their templates win over the packages'.
    "core",
    "accounts",
    "coordination.directory",
    "groupes",
    "home",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "core.wagtail_admin.QuietAdminConfig",
    "wagtail",
    "django_filters",
    "modelcluster",
    "taggit",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    # Outermost, so that every class of response carries the headers: static files, redirects,
    # refusals and error pages included.
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.admin_headers",
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.CompressMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A visitor who comes back, or a proxy that asks again, receives 304 when nothing changed.
    "core.middleware.ValidatorsMiddleware",
    "core.middleware.readable_request",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.AdminScopeMiddleware",
    "core.middleware.VisibleRedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.portal",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -----------------------------------------------------------------------------------

DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'maillage.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Several processes on one file: with Django's defaults the database is « locked ».
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes of the machine, without a query per page: sign-in limits live here.
CACHES = {"default": env.cache_url("CACHE_URL", default=f"filecache://{VAR / 'cache'}")}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# The pictures of the guides (docs/fr, docs/nl) stand beside the text.
STATICFILES_DIRS = [SITE / "static", ("aide", ROOT / "docs" / "images")]
# All documents and images, public ones included, outside any public folder (core.files).
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/fichiers/"
STORAGES = {
    "default": {"BACKEND": "core.files.PrivateStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_INDEX_FILE = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Languages ------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", "Français"), ("nl", "Nederlands")]
LOCALE_PATHS = [SITE / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

# --- Accounts -------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "space"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Addresses are given by the coordination, which answers for them: nobody signs up.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = env.str("PUBLIC_SCHEME", default="http")
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    "error_report": "10/h/ip",
    "contact": "10/h/ip",
    # Anyone may type anybody's address: it gets three receipts an hour at most.
    "contact_receipt": "3/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# --- Jobs -----------------------------------------------------------------------------------

TASKS = {
    # Wagtail's own indexing; it must not wait for a worker.
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    # Ours: rows that `manage.py work` takes up (core.worker).
    "jobs": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}
JOB_POLL_SECONDS = env.float("JOB_POLL_SECONDS", default=1)  # between two looks at an empty queue
JOB_BEAT_SECONDS = env.float("JOB_BEAT_SECONDS", default=10)  # six missed: the worker is dead

# --- Mail -----------------------------------------------------------------------------------

# `filemail:///…` writes into a folder that `/courriels/` shows: to try the portal.
env.EMAIL_SCHEMES["filemail"] = "core.mail_folder.FolderBackend"
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10  # seconds: a mail server that hangs does not hang the page
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", default="portail@localhost")

# --- How long things are kept ---------------------------------------------------------------

# The privacy page says these numbers (core.retention).
CONTACT_MESSAGE_DAYS = days("CONTACT_MESSAGE_DAYS", 365)
ERROR_REPORT_DAYS = days("ERROR_REPORT_DAYS", 365)
RECORD_DRAFT_DAYS = days("RECORD_DRAFT_DAYS", 90)
JOIN_REQUEST_DAYS = days("JOIN_REQUEST_DAYS", 365)
NOTIFICATION_DAYS = days("NOTIFICATION_DAYS", 180)
AUDIT_LOG_DAYS = days("AUDIT_LOG_DAYS", 3 * 365)
JOB_RESULT_DAYS = days("JOB_RESULT_DAYS", 14)

# --- Wagtail --------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Maillage"
WAGTAILADMIN_BASE_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000")
WAGTAILADMIN_LOGIN_URL = "/compte/connexion/"
WAGTAIL_FRONTEND_LOGIN_URL = "/compte/connexion/"
WAGTAILIMAGES_IMAGE_MODEL = "core.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.PortalDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.forms.files.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.forms.files.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAIL_FINISH_WORKFLOW_ACTION = "core.services.moderation.publish_approved"
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "docx", "doc", "odt", "xlsx", "xls", "ods", "pptx", "ppt", "odp"),
    *("csv", "txt", "ics", "mp3", "m4a"),
]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024  # bytes
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
PORTAL_DOCUMENT_MAX_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# One password form, allauth's; names and addresses are managed by the coordination.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False
# No request to a third party, from the admin neither.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("nl", "Nederlands")]
WAGTAILADMIN_UNICODE_SLUGS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# --- Safety ---------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
    },
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        *("accelerometer", "autoplay", "camera", "display-capture", "geolocation"),
        *("gyroscope", "magnetometer", "microphone", "midi", "payment", "usb"),
    )
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Signed-in people are named nowhere in the log; a path is enough.
    "loggers": {"maillage": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
