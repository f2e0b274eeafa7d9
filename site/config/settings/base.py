"""What every environment shares. Nothing here is secret; nothing here is unsafe in production."""

from csp.constants import NONE, SELF

from config.env import ROOT, VAR, days, env

SITE = ROOT / "site"

INSTALLED_APPS = [
    # Ours first: their templates win over the packages'.
    "core",
    "accounts",
    "coordination.directory",
    "coordination.welcome",
    "groupes",
    "agenda",
    "home",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "schedule",
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
    "django_htmx",
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
    "accounts.middleware.SharedComputerMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
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
if CACHES["default"]["BACKEND"].endswith("FileBasedCache"):
    CACHES["default"]["BACKEND"] = "core.cache.FileCache"
    # Beyond this many, entries go at random: whoever guesses must not push out what counts them.
    CACHES["default"].setdefault("OPTIONS", {})["MAX_ENTRIES"] = 10_000

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
# Nobody signs up (accounts.adapter); allauth wants to know what an account has.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# A code sent by mail signs people in, and confirms their address the first time.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_LOGIN_TIMEOUT = 30 * 60  # seconds, for all steps of one sign-in
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 8}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The mail to an address without an account is a job that sends nothing (accounts.mails): as much
# work as for one that has an account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = env.str("PUBLIC_SCHEME", default="http")
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.sign_in.ChangeAddressForm",
    "change_password": "accounts.forms.sign_in.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.forms.sign_in.ConfirmAddressForm",
    "confirm_login_code": "accounts.forms.sign_in.ConfirmLoginCodeForm",
    "login": "accounts.forms.sign_in.LoginForm",
    "reauthenticate": "accounts.forms.sign_in.ReauthenticateForm",
    "request_login_code": "accounts.forms.sign_in.RequestLoginCodeForm",
    "reset_password": "accounts.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.sign_in.ResetPasswordKeyForm",
    "set_password": "accounts.forms.sign_in.SetPasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    "error_report": "10/h/ip",
    "contact": "10/h/ip",
    # Anyone may type anybody's address: it gets three receipts an hour at most.
    "contact_receipt": "3/h/key",
    # Of one address (`key`), whether it has an account or not, from wherever they come.
    "login_failed": "10/m/ip,5/5m/key,30/d/key",
    "request_login_code": "20/m/ip,3/m/key,12/h/key,40/d/key",
    "login_code_failed": "10/m/ip,30/d/key",
    "guesses": "10/d/key",  # wrong passwords and codes before the owner is told
    "reset_password": "20/m/ip,5/m/key,20/d/key",
    "confirm_email": "3/m/key,20/d/key",
    "event_proposal": "10/h/ip",
    "event_proposal_mail": "3/h/key",
    "event_sent": "60/h/user",
    "event_message": "20/h/ip",
    "event_report": "10/h/ip",
    "join_request": "10/h/ip",
    "join_mail": "3/h/key",
    "invite": "60/h/user",
}
MFA_ADAPTER = "accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A finger, a face or a PIN each time: a passkey alone is two factors.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # codes of half a minute before and after: telephones are not exact
MFA_FORMS = {
    "activate_totp": "accounts.forms.second_factor.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.second_factor.AddPasskeyForm",
    "authenticate": "accounts.forms.second_factor.AuthenticateForm",
    "authenticate_webauthn": "accounts.forms.second_factor.AuthenticatePasskeyForm",
    "edit_webauthn": "accounts.forms.second_factor.RenamePasskeyForm",
    "login_webauthn": "accounts.forms.second_factor.LoginPasskeyForm",
    "reauthenticate": "accounts.forms.second_factor.ReauthenticateForm",
    "reauthenticate_webauthn": "accounts.forms.second_factor.ReauthenticatePasskeyForm",
}
# Whoever can publish, moderate or see personal data needs a second factor, so many days after
# the first sign-in without one.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)
SECOND_FACTOR_GRACE_DAYS = env.int("SECOND_FACTOR_GRACE_DAYS", default=14)
SHARED_COMPUTER_MINUTES = 30
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
# Requests to join the network: unconfirmed, then answered. Invitations: answered or withdrawn.
REQUEST_CONFIRM_DAYS = days("REQUEST_CONFIRM_DAYS", 7)
REQUEST_DAYS = days("REQUEST_DAYS", 365)
INVITATION_DAYS = days("INVITATION_DAYS", 365)
# Proposed events: unconfirmed, then answered, with their threads.
PROPOSAL_CONFIRM_DAYS = days("PROPOSAL_CONFIRM_DAYS", 7)
PROPOSAL_DAYS = days("PROPOSAL_DAYS", 365)
EVENT_DRAFT_DAYS = days("EVENT_DRAFT_DAYS", 90)
EVENT_REPORT_DAYS = days("EVENT_REPORT_DAYS", 365)
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
