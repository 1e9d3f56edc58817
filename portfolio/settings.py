"""Django settings with safe defaults, from environment variables (https://12factor.net/config).

docs/settings.md describes every variable that is read here; a test compares the two.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from portfolio.delivery.cache_settings import cache_settings, cdn_settings
from portfolio.delivery.logging_config import logging_config
from portfolio.delivery.mail_settings import admin_addresses, mail_settings
from portfolio.delivery.monitoring.middleware import monitoring_middleware

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def required_in_production(name: str, development: str, what: str) -> str:
    """The value of a variable. Without one: ``development`` when DEBUG is on, an error when it is off."""
    value = env.str(name, default="")
    if value:
        return value
    if DEBUG:
        return development
    raise ImproperlyConfigured(f"{name} is not set. With DEBUG off the site needs it: {what}")


def require_extra(variable: str, package: str, extra: str) -> None:
    """Raise an error at the start, and not at the first use, when an optional package is missing."""
    if find_spec(package) is None:
        command = f"make build REQUIREMENTS=requirements-{extra}.txt"
        raise ImproperlyConfigured(f"{variable} is set, but the package {package} is not installed: {command}")


# --- Site ----------------------------------------------------------------------------------------------------------

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

# --- Applications --------------------------------------------------------------------------------------------------

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
    "portfolio.delivery.monitoring.health.health_checks",
    "portfolio.delivery.middleware.trusted_proxies.TrustedProxiesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portfolio.delivery.middleware.site_state.site_state",
    "portfolio.delivery.middleware.page_cache.page_cache",
    "portfolio.delivery.middleware.compression.PageCompressionMiddleware",
    "portfolio.delivery.middleware.content_security_policy.content_security_policy",
    "portfolio.delivery.middleware.cache_policy.private_with_session",
    "portfolio.delivery.middleware.null_characters.refuse_null_characters",
    "portfolio.delivery.middleware.control_characters.drop_control_characters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portfolio.admin.redirects.report_redirects",
    "portfolio.delivery.middleware.admin_permissions.AdminPermissionsMiddleware",
    "portfolio.admin.editor.edit_conflict.SerialiseSavesMiddleware",
    "portfolio.admin.publishing.approval.ApprovalSheetMiddleware",
    "portfolio.admin.page_chooser.PageChooserMiddleware",
    "portfolio.delivery.throttling.middleware.ThrottleMiddleware",
    "portfolio.delivery.middleware.admin_parameters.AdminParametersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portfolio.delivery.middleware.owner_time_zone.owner_time_zone",
    "portfolio.delivery.middleware.reader_language.reader_language",
    "portfolio.admin.time_zone.EditorTimeZoneMiddleware",
    "portfolio.delivery.middleware.conditional_get.conditional_get",
    "portfolio.delivery.middleware.legacy_assets.legacy_assets",
    "portfolio.delivery.middleware.redirects.PublicRedirectMiddleware",
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
            # Every template that readers see is translated.
            "builtins": ["django.templatetags.i18n", "portfolio.templatetags.translate"],
        },
    },
]

# --- Storage -------------------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers do not wait for a writer (WAL), a writer waits for another one instead of failing, and a transaction takes
    # its write lock at its start, so that it cannot fail later.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    INSTALLED_APPS.append("django.contrib.postgres")  # Django 6.1 asks for it: Wagtail's index has its fields
DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds; opening a connection costs more than a cached page
DATABASE_POOL = env.int("DATABASE_POOL", default=0)
if DATABASE_POOL and DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # The threads of a web process share so many connections. Each is given back at the end of a request, and a request
    # needs only one. manage.py has no pool: an import holds several connections at the same time.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 10}}

REDIS_URL = env.str("REDIS_URL", default="")
RELEASE = env.str("RELEASE", default="")
PAGE_CACHE = env.bool("PAGE_CACHE", default=True)
SHARED_CACHE_SECONDS = env.int("SHARED_CACHE_SECONDS", default=1)
CACHES = cache_settings(REDIS_URL, SITE_URL)

STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
MEDIA_URL = "media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "media"))
# Uploads to import and exports to download without a bucket. Never served, so not below MEDIA_ROOT.
PRIVATE_ROOT = env.str("PRIVATE_ROOT", default=str(BASE_DIR / "private"))
IMPORT_ROOTS = env.list("IMPORT_ROOTS", default=[])
AWS_STORAGE_BUCKET_NAME = env.str("AWS_STORAGE_BUCKET_NAME", default="")
AWS_PRIVATE_BUCKET_NAME = env.str("AWS_PRIVATE_BUCKET_NAME", default="")
AWS_S3_CUSTOM_DOMAIN = env.str("AWS_S3_CUSTOM_DOMAIN", default="") or None
AWS_S3_ENDPOINT_URL = env.str("AWS_S3_ENDPOINT_URL", default="") or None
AWS_S3_REGION_NAME = env.str("AWS_S3_REGION_NAME", default="") or None
AWS_ACCESS_KEY_ID = env.str("AWS_ACCESS_KEY_ID", default="") or None
AWS_SECRET_ACCESS_KEY = env.str("AWS_SECRET_ACCESS_KEY", default="") or None
if AWS_STORAGE_BUCKET_NAME:
    require_extra("AWS_STORAGE_BUCKET_NAME", "storages", "s3")

STORAGES = {
    "default": {
        "BACKEND": "portfolio.delivery.storage.bucket.BucketMedia"
        if AWS_STORAGE_BUCKET_NAME
        else "portfolio.delivery.storage.media.MediaStorage"
    },
    "private": {
        "BACKEND": "portfolio.delivery.storage.bucket.PrivateFiles"
        if AWS_STORAGE_BUCKET_NAME
        else "portfolio.delivery.storage.private.PrivateStorage"
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portfolio.delivery.static_files.ManifestStaticFiles"
    },
}

# Caches of a CDN, which are purged after each change (portfolio.delivery.cdn.purge).
PURGE_URL = env.str("PURGE_URL", default="")
CLOUDFLARE_ZONE_ID = env.str("CLOUDFLARE_ZONE_ID", default="")
CLOUDFLARE_TOKEN = env.str("CLOUDFLARE_TOKEN", default="")
CLOUDFRONT_DISTRIBUTION_ID = env.str("CLOUDFRONT_DISTRIBUTION_ID", default="")
WAGTAILFRONTENDCACHE = cdn_settings(
    PURGE_URL,
    cloudflare=(CLOUDFLARE_ZONE_ID, CLOUDFLARE_TOKEN),
    cloudfront=(CLOUDFRONT_DISTRIBUTION_ID, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY),
)

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the form of a long page has several fields for each block

# --- Background tasks ----------------------------------------------------------------------------------------------

# Wagtail's short tasks (reference index, search index) run at once. Long tasks of the admin run in a process of their
# own, or in a queue that `manage.py worker` works through.
TASK_QUEUE = env.str("TASK_QUEUE", default="process")
if TASK_QUEUE not in ("process", "database"):
    raise ImproperlyConfigured(f"TASK_QUEUE is {TASK_QUEUE!r}; it is either process or database.")
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "portfolio.admin.jobs.backends.ProcessBackend"},
}
if TASK_QUEUE == "database":
    INSTALLED_APPS.append("django_tasks_db")
    TASKS["background"] = {"BACKEND": "django_tasks_db.DatabaseBackend"}

# --- Language and time ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = "portfolio.formats"

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

AXES_HANDLER = "portfolio.delivery.throttling.login.LoginHandler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_RESET_ON_SUCCESS = True
# One address is locked out of one account, so a stranger cannot lock an editor out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# Further limits are in portfolio.delivery.throttling.limits.
AXES_LOCKOUT_CALLABLE = "portfolio.delivery.throttling.login.locked_out"
AXES_CLIENT_IP_CALLABLE = "portfolio.delivery.throttling.limits.client_address"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "portfolio.delivery.throttling.reset_form.LimitedPasswordResetForm"  # noqa: S105 - a class

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=60 * 60 * 24 * 365) if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin's preview panel frames the site's own pages
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for all subdomains is the owner's decision
    "security.W021",  # HSTS preloading, too
    "security.W019",  # the site may frame itself, as above
]

# --- Mail and logging ----------------------------------------------------------------------------------------------

EMAIL_URL = env.email_url("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25")
globals().update(mail_settings(EMAIL_URL))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"noreply@{urlsplit(SITE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = f"[{urlsplit(SITE_URL).hostname}] "  # of mails to administrators
ADMINS = admin_addresses(env.str("ADMINS", default=""))

ACCESS_LOG = env.bool("ACCESS_LOG", default=False)
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", default=0)

# Old revisions of pages are deleted after so many days; 0: they are kept.
REVISION_DAYS = env.int("REVISION_DAYS", default=0)
# Deleted pages can be restored for so many days; 0: until somebody deletes them for good.
TRASH_DAYS = env.int("TRASH_DAYS", default=30)
# Publishing a project asks the forge of its repository for facts.
REPOSITORY_FACTS = env.bool("REPOSITORY_FACTS", default=False)
LOGGING = logging_config(debug=DEBUG, request_ids=ACCESS_LOG or SLOW_QUERY_MS > 0, mail_errors=bool(ADMINS))

METRICS = env.bool("METRICS", default=False)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
if METRICS:
    require_extra("METRICS", "prometheus_client", "metrics")
    if not METRICS_TOKEN:
        raise ImproperlyConfigured("METRICS is on, but METRICS_TOKEN is not set: who has it may read /metrics.")
MIDDLEWARE[1:1] = monitoring_middleware(metrics=METRICS, access_log=ACCESS_LOG, slow_queries=SLOW_QUERY_MS > 0)

SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    require_extra("SENTRY_DSN", "sentry_sdk", "sentry")

# --- Wagtail -------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Portfolio"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {"WIDGET": "portfolio.admin.editor.rich_text_editor.FaultTolerantRichTextArea"}
}
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no requests to other hosts
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# “Factory” is no place, and no browser knows “localtime”: Wagtail's script for the list of zones stops there. Lazy, as
# it opens 600 files.
WAGTAIL_USER_TIME_ZONES = SimpleLazyObject(lambda: sorted(available_timezones() - {"Factory", "localtime"}))
WAGTAILIMAGES_IMAGE_MODEL = "portfolio.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portfolio.images.forms.SanitisedImageForm"
# HEIC is the format of iPhone photos; it is stored as JPEG.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "heif", "jfif", "jpe", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = (
    "7z bib bz2 csv doc docx dat eps epub geojson gz ics ipynb jl json log m md mat npy npz odp ods odt parquet pdf "
    "ppt pptx ps py r rar rb rdata rmd rtf sh sql tar tex tgz toml tsv txt vcf xls xlsx xz yaml yml zip"
).split()
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# After the view has checked who may read a document, the site sends the file, or redirects to a signed URL.
WAGTAILDOCS_SERVE_METHOD = "redirect" if AWS_STORAGE_BUCKET_NAME else "serve_view"
WAGTAILEMBEDS_FINDERS = []  # our own embed block is used; the server requests no address from a text
WAGTAILREDIRECTS_AUTO_CREATE = False  # portfolio.admin.redirects creates them
TAGGIT_CASE_INSENSITIVE = True

WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "portfolio.search.admin_backend"},
    "readers": {"BACKEND": "portfolio.search.backend"},
}

# --- The site's own ------------------------------------------------------------------------------------------------

ADMIN_PREFIX = "/admin/"
