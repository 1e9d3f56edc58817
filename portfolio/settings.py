"""The site's settings: safe defaults, and the environment decides (https://12factor.net/config).

Every variable read here is described in docs/settings.md; a test compares the two.
"""

from __future__ import annotations

from pathlib import Path

import django
import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def required_in_production(name: str, development: str, what: str) -> str:
    """The variable's value; without one, ``development`` when DEBUG is on and a start-up error when it is off."""
    value = env.str(name, default="")
    if value:
        return value
    if DEBUG:
        return development
    raise ImproperlyConfigured(f"{name} is not set. With DEBUG off the site needs it: {what}")


# --- Who and where -------------------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = required_in_production("SECRET_KEY", "insecure-development-key", "a long random text, kept secret.")
ALLOWED_HOSTS = [
    host.strip()
    for host in required_in_production(
        "ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "the host names it answers to, separated by commas."
    ).split(",")
    if host.strip()
]
SITE_URL = env.str("SITE_URL", default=f"http://{ALLOWED_HOSTS[0]}").rstrip("/")
HTTPS = env.bool("HTTPS", default=not DEBUG)
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

WSGI_APPLICATION = "portfolio.wsgi.application"
ROOT_URLCONF = "portfolio.urls"

# --- Parts ---------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "portfolio",
    "blog",
    "experience",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "axes",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portfolio.proxies.TrustedProxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portfolio.security.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portfolio.desk.redirects.tell_of_redirects",
    "portfolio.desk.guard.Guard",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portfolio.timezones.owners_time_zone",
    "portfolio.freshness.freshness",
    "portfolio.old_files.old_files",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Storage -------------------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # For a web site: readers do not wait for a writer (WAL), a writer waits for another instead of failing, and a
    # transaction takes its write lock at the start, so that it cannot fail half-way for want of one.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": SITE_URL,  # sites that share a server must not meet each other's addresses
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "portfolio"},
    # Wagtail would remember pictures' files here, and a cache knows nothing of a transaction that was taken back or of
    # a database that was restored: it would name files that are not there. The database knows.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
MEDIA_URL = "media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "media"))
# Uploads to import, exports to take away: never served, so not below MEDIA_ROOT.
PRIVATE_ROOT = env.str("PRIVATE_ROOT", default=str(BASE_DIR / "private"))
IMPORT_ROOTS = env.list("IMPORT_ROOTS", default=[])
AWS_STORAGE_BUCKET_NAME = env.str("AWS_STORAGE_BUCKET_NAME", default="")
AWS_S3_CUSTOM_DOMAIN = env.str("AWS_S3_CUSTOM_DOMAIN", default="") or None
AWS_S3_ENDPOINT_URL = env.str("AWS_S3_ENDPOINT_URL", default="") or None
AWS_S3_REGION_NAME = env.str("AWS_S3_REGION_NAME", default="") or None
AWS_ACCESS_KEY_ID = env.str("AWS_ACCESS_KEY_ID", default="") or None
AWS_SECRET_ACCESS_KEY = env.str("AWS_SECRET_ACCESS_KEY", default="") or None
AWS_QUERYSTRING_AUTH = False  # public addresses: a signed one would expire inside a cached page

STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage"
        if AWS_STORAGE_BUCKET_NAME
        else "django.core.files.storage.FileSystemStorage"
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portfolio.static_files.CollectedFiles"
    },
}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long page edited in the admin sends several fields a block

# --- Work in the background ----------------------------------------------------------------------------------------

# Wagtail's own small tasks (its index of references and of words) stay where they are; the desk's long ones go on in a
# process of their own, or in a queue that `manage.py db_worker --backend desk` works through.
TASK_QUEUE = env.str("TASK_QUEUE", default="process")
if TASK_QUEUE not in ("process", "database"):
    raise ImproperlyConfigured(f"TASK_QUEUE is {TASK_QUEUE!r}; it is either process or database.")
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "desk": {"BACKEND": "portfolio.desk.background.ProcessBackend"},
}
if TASK_QUEUE == "database":
    INSTALLED_APPS.append("django_tasks_db")
    TASKS["desk"] = {"BACKEND": "django_tasks_db.DatabaseBackend"}

# --- Language and time ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

# --- Security ------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_RESET_ON_SUCCESS = True
# One address guessing at one account is locked out; a stranger cannot lock an editor out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "locked_out.html"

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin's preview panel frames the site's own pages
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # whether every subdomain speaks https too, and for ever,
    "security.W021",  # is the owner's to decide and not this site's
    "security.W019",  # framing by the site itself, as above
]

# --- Mail ----------------------------------------------------------------------------------------------------------

EMAIL_URL = env.email_url("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25")
if django.VERSION >= (6, 1):
    MAILERS = {
        "default": {
            "BACKEND": EMAIL_URL["EMAIL_BACKEND"],
            "OPTIONS": {
                option: EMAIL_URL[setting]
                for option, setting in (
                    ("host", "EMAIL_HOST"),
                    ("port", "EMAIL_PORT"),
                    ("username", "EMAIL_HOST_USER"),
                    ("password", "EMAIL_HOST_PASSWORD"),
                    ("use_tls", "EMAIL_USE_TLS"),
                    ("use_ssl", "EMAIL_USE_SSL"),
                )
                if EMAIL_URL.get(setting)
            },
        }
    }
else:
    globals().update({name: value for name, value in EMAIL_URL.items() if name.startswith("EMAIL_")})

# --- Logging: one line an event, to stdout -------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
        },
        "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "plain" if DEBUG else "json",
        }
    },
    "root": {"handlers": ["stdout"], "level": "INFO"},
    # Django adds handlers of its own to these (mail to administrators, a second console); one line an event is enough.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
        "axes": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},  # two lines a page saved, from Wagtail's index tasks
        "weasyprint": {"level": "WARNING"},  # every step of every page
        "fontTools": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},  # the audit log has what it would say
    },
}

# --- Wagtail -------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Portfolio"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # asks nobody outside
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_IMAGE_MODEL = "portfolio.CustomImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = (
    "7z bib bz2 csv doc docx dat eps epub geojson gz ics ipynb jl json log m md mat npy npz odp ods odt parquet pdf "
    "ppt pptx ps py r rar rb rdata rmd rtf sh sql tar tex tgz toml tsv txt vcf xls xlsx xz yaml yml zip"
).split()
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS = []  # embeds are a block of ours; no server-side look-up of a stranger's address
WAGTAILREDIRECTS_AUTO_CREATE = False  # portfolio.desk.redirects makes them, for pages that were live
TAGGIT_CASE_INSENSITIVE = True

SEARCH_URL = env.str("SEARCH_URL", default="")
if SEARCH_URL:
    # opensearch+https://… names an OpenSearch server, plain https://… an Elasticsearch one.
    opensearch = SEARCH_URL.startswith("opensearch+")
    SEARCH_BACKEND = {
        "BACKEND": f"wagtail.search.backends.{'opensearch3' if opensearch else 'elasticsearch9'}",
        "URLS": [SEARCH_URL.removeprefix("opensearch+")],
        "INDEX_PREFIX": "portfolio",
    }
else:
    SEARCH_BACKEND = {"BACKEND": "wagtail.search.backends.database"}
WAGTAILSEARCH_BACKENDS = {"default": SEARCH_BACKEND}

# --- The site's own ------------------------------------------------------------------------------------------------

ADMIN_PREFIX = "/admin/"
