"""Settings: everything that differs between machines comes from the environment.

The embedded default (no variable set, DEBUG on) is one machine with SQLite, a folder for files
and for the broker, and mail written to `var/mail`. With DEBUG off nothing unsafe starts: see
`foundation.checks`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env("GONGCHUANG_VAR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("GONGCHUANG_DEBUG", default=False)
DEMO = env.bool("GONGCHUANG_DEMO", default=False)
"""The demo world's start page lists its people and their one-time codes; never with real data."""
DEMO_IN_PUBLIC = env.bool("GONGCHUANG_DEMO_IN_PUBLIC", default=False)
SECRET_KEY = env("GONGCHUANG_SECRET_KEY", default="")
if not SECRET_KEY and DEBUG:
    SECRET_KEY = "only-for-a-machine-of-ones-own-" + "0" * 40
ALLOWED_HOSTS = env.list(
    "GONGCHUANG_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else []
)
BASE_URL = env("GONGCHUANG_URL", default="http://localhost:8000")
CSRF_TRUSTED_ORIGINS = env.list("GONGCHUANG_ORIGINS", default=[])

INSTALLED_APPS = [
    "cms",
    "marketplace",
    "bidding",
    "foundation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "rules",
    "csp",
    "django_filters",
    "django_htmx",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "foundation.people.middleware.second_step",
    "foundation.middleware.refusals",
    "cms.door.studio_door",
    "marketplace.auditing.watch.readings",
    "cms.visits.counting.count_visits",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "foundation.context.house",
                "foundation.notifications.context.unread",
            ],
            "builtins": ["foundation.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]

PUBLIC_NAVIGATION = "marketplace.navigation.PUBLIC"
FOOTER_NAVIGATION = "marketplace.navigation.FOOTER"
DESK_NAVIGATION = "marketplace.navigation.DESK"
DESK_STARTS = "marketplace.navigation.STARTS"
ORGANISATION_PANELS = [
    "marketplace.catalogue.panels.projects_panel",
    "marketplace.auditing.panels.readings_panel",
]
NEED_CHAIN = "marketplace.catalogue.chain.with_chain"
NEED_PANELS = ["marketplace.catalogue.chain.chain_panel"]
SUBJECT_REMARKS = ["marketplace.auditing.panels.findings_panel"]

# --- data -----------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'gongchuang.db'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # one writer at a time, in line from the transaction's beginning: see docs/decisions
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
            # REPLACE asks the triggers that refuse to delete, too
            "PRAGMA recursive_triggers=ON;"
        ),
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),  # a socket's folder stands there
        "options": "-c statement_timeout=30000 -c lock_timeout=10000 -c timezone=UTC",
    }
DATABASES["default"]["CONN_MAX_AGE"] = env.int("GONGCHUANG_CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

S3_BUCKET = env("S3_BUCKET", default="")
STORAGES = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": S3_BUCKET,
                "endpoint_url": env("S3_ENDPOINT", default=None),
                "access_key": env("S3_ACCESS_KEY", default=None),
                "secret_key": env("S3_SECRET_KEY", default=None),
                "default_acl": None,
                "querystring_auth": True,
                "file_overwrite": False,
            },
        }
        if S3_BUCKET
        else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env.bool("GONGCHUANG_MANIFEST", default=False)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "files"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("GONGCHUANG_STATIC", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not env.bool("GONGCHUANG_MANIFEST", default=False)
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DOCUMENT_MAX_BYTES = env.int("GONGCHUANG_DOCUMENT_MAX_BYTES", default=20 * 1024 * 1024)

# --- people ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "foundation.Person"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "foundation.people.backend.PeopleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BASE_URL.startswith("https") else "http"
ACCOUNT_ADAPTER = "foundation.people.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "foundation.people.forms.SignupForm"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("GONGCHUANG_PROXIES", default=0)
MFA_ADAPTER = "foundation.people.adapter.MFAAdapter"
MFA_SECRET_KEY = env("GONGCHUANG_MFA_KEY", default=SECRET_KEY)
"""Encrypts the secrets of the second step; set it apart before ever changing SECRET_KEY."""
MFA_ALLOW_UNVERIFIED_EMAIL = True
"""Nobody signs in with an unverified address anyway; without this nobody could change theirs."""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith("http://localhost")
MFA_TOTP_ISSUER = "Gongchuang"
MFA_TOTP_TOLERANCE = 1
"""A code that changed while it was typed is still good (RFC 6238, 5.2: one step, not more)."""
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "/"

# --- words ----------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
FILTERS_EMPTY_CHOICE_LABEL = _("all")
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["foundation.face.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_SITE_NAME = "工创 Gongchuang"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "wagtail.search.backends.database"}
}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
VISITS_SECONDS = env.float("GONGCHUANG_VISITS_SECONDS", default=30.0)
"""How often a process adds the visits it counted to the day's numbers; 0 for never."""

# --- out of the house -----------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env("GONGCHUANG_FROM", default="工创 Gongchuang <noreply@gongchuang.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 30
"""A mail server that takes the call and says nothing must not hold a worker for ever."""
_post = env.email_url("EMAIL_URL", default="filemail://" + str(VAR_DIR / "mail"))
_post["EMAIL_FILE_PATH"] = "/" + _post["EMAIL_FILE_PATH"]  # django-environ drops the first slash
vars().update(_post)

STRIPE_SECRET_KEY = env("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRET = env("STRIPE_WEBHOOK_SECRET", default="")
"""Both, and unions may pay in online; neither, and they pay by bank transfer: docs/money.md."""
STRIPE_CONNECT_COUNTRY = env("STRIPE_CONNECT_COUNTRY", default="")
"""Two letters: organisations may have accounts of that country and be paid by transfers."""
STRIPE_CONNECT_WEBHOOK_SECRET = env("STRIPE_CONNECT_WEBHOOK_SECRET", default="")
"""Of the second endpoint, at which Stripe tells how those accounts stand."""
STRIPE_API_BASE = env("STRIPE_API_BASE", default="")
"""Only for tests: where Stripe's stand-in answers instead of Stripe."""

BROKER_URL = env("BROKER_URL", default="")
CELERY_BROKER_URL = BROKER_URL or "filesystem://"
_broker = VAR_DIR / "broker"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {}
    if BROKER_URL
    else {
        "data_folder_in": str(_broker / "queue"),
        "data_folder_out": str(_broker / "queue"),
        "control_folder": str(_broker / "control"),
        "processed_folder": str(_broker / "done"),
        "store_processed": False,
    }
)
if not BROKER_URL:
    for folder in ("queue", "control", "done"):
        (_broker / folder).mkdir(parents=True, exist_ok=True)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_TASK_DEFAULT_QUEUE = env("GONGCHUANG_QUEUE", default="gongchuang")
"""Installations that share a broker need a queue of their own."""
BEAT_SECONDS = env.float("GONGCHUANG_BEAT_SECONDS", default=15.0)
"""How often what is due is looked for; the chains are sealed every twentieth time."""


def _often(task: str, times: int = 1) -> dict[str, Any]:
    """Ring for `task` every so many beats; a bell nobody heard for eight turns is silent.

    The next one says the same; without an end they would pile up behind a slow worker.
    """
    seconds = times * BEAT_SECONDS
    return {"task": task, "schedule": seconds, "options": {"expires": 8 * seconds}}


SOLVER_MEMORY_BYTES = env.int("GONGCHUANG_SOLVER_MEMORY_MB", default=1536) * 1024 * 1024
"""What the process that computes the greatest value may use."""

CELERY_BEAT_SCHEDULE = {
    "work_off_due": _often("foundation.work_off_due"),
    "drain_outbox": _often("foundation.drain_outbox"),
    "seal_chains": _often("foundation.seal_chains", times=20),
    "begin_solving": _often("marketplace.begin_solving"),
    "run_inspections": _often("marketplace.run_inspections"),
    "read_tables": _often("bidding.read_tables"),
    "run_reconciliations": _often("marketplace.run_reconciliations"),
    "publish_due": _often("cms.publish_due"),
    "follow_trail": _often("cms.follow_trail"),
    "reconcile_nightly": {
        "task": "marketplace.reconcile_nightly",
        "schedule": crontab(hour=2, minute=30),
    },
    "verify_nightly": {
        "task": "marketplace.verify_nightly",
        "schedule": crontab(hour=3, minute=0),
    },
    "index_nightly": {"task": "cms.index_nightly", "schedule": crontab(hour=4, minute=0)},
    "forget_visits": {"task": "cms.forget_visits", "schedule": crontab(hour=4, minute=30)},
    "watch_funds": {"task": "marketplace.watch_funds", "schedule": crontab(minute=7)},
}

# --- safety ---------------------------------------------------------------------------------

KEYS_DIR = Path(env("GONGCHUANG_KEYS", default=str(VAR_DIR / "keys")))
"""The key store: master keys, kept and backed up apart from the database: docs/sealing.md."""
KEYS_MAY_BE_MADE = DEBUG
"""On a machine of one's own the first key is made when it is needed; else by `make_keys`."""
SCRYPT_LOG_N = env.int("GONGCHUANG_SCRYPT_LOG_N", default=15)
"""How slow a key keeper's passphrase is to try: 2^15 is 32 MB and some 0.4 s."""
SECURE = not DEBUG
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE and BASE_URL.startswith("https")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SECURE_SSL_REDIRECT = SECURE and BASE_URL.startswith("https")
SECURE_HSTS_SECONDS = 31536000 if SECURE and BASE_URL.startswith("https") else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = bool(SECURE_HSTS_SECONDS)
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https")
    if env.bool("GONGCHUANG_BEHIND_PROXY", default=False)
    else None
)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it for its own previews
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/studio/"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [SELF],
        "manifest-src": [SELF],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("GONGCHUANG_LOG", default="INFO")},
    # what it finds odd in a PDF it tells in that PDF's words, which may be sealed
    "loggers": {"pypdf": {"level": "CRITICAL"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
