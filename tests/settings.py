"""The site's settings as tests need them: production's, over plain http, with cheap passwords and throw-away files."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,testserver")
os.environ.setdefault("SITE_URL", "http://localhost")
os.environ["HTTPS"] = "0"
os.environ["PRIVATE_ROOT"] = tempfile.mkdtemp(prefix="portfolio-private-")
os.environ["MEDIA_ROOT"] = tempfile.mkdtemp(prefix="portfolio-media-")

from portfolio.settings import *  # noqa: F403
from portfolio.settings import CACHES, INSTALLED_APPS, REDIS_URL, STORAGES, TASKS

INSTALLED_APPS += ["tests.sample_pages"]  # a page type that only tests register

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True  # no collected files: straight from the sources

# Workers of one run share the Redis server; each empties a database of its own.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
if REDIS_URL:
    server, _, first = REDIS_URL.rpartition("/")
    for each in ("default", "pages"):
        CACHES[each]["LOCATION"] = f"{server}/{(int(first) + 1 + WORKER) % 16}"
PAGE_CACHE = False  # a test's transaction is never committed, so no change would be seen

TASKS["background"] = {
    "BACKEND": "portfolio.admin.jobs.backends.ImmediateBackend"
}  # here and now, within the test's transaction
