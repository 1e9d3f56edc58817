"""The settings refuse to start where they would be unsafe, and the environment decides the rest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {"SECRET_KEY": "k" * 60 + "0123456789", "ALLOWED_HOSTS": "example.org", "SITE_URL": "https://example.org"}


def start(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` with the settings as a fresh process sees them in this environment, and no other."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**clean, "DJANGO_SETTINGS_MODULE": "portfolio.settings", **env},
        capture_output=True,
        text=True,
        check=False,
    )


def values(*names: str, **env: str) -> dict[str, object]:
    code = (
        "import json\nfrom django.conf import settings\n"
        f"print(json.dumps({{name: getattr(settings, name) for name in {names}}}))"
    )
    done = start(code, **env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_without_debug_a_missing_setting_is_a_clear_start_up_error(missing: str) -> None:
    env = {name: value for name, value in PRODUCTION.items() if name != missing}
    done = start("import django; django.setup()", **env)
    assert done.returncode != 0
    assert f"ImproperlyConfigured: {missing} is not set" in done.stderr


def test_debug_is_off_unless_asked_for() -> None:
    assert values("DEBUG", **PRODUCTION) == {"DEBUG": False}
    assert values("DEBUG", DEBUG="1") == {"DEBUG": True}


def test_the_deployment_check_finds_nothing_in_production() -> None:
    done = subprocess.run(
        [sys.executable, "-Wd", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **PRODUCTION},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_https_is_the_default_and_can_be_left_to_others() -> None:
    names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    assert set(values(*names, **PRODUCTION).values()) == {True}
    assert set(values(*names, **PRODUCTION, HTTPS="0").values()) == {False}
    assert values("SECURE_HSTS_SECONDS", **PRODUCTION, HTTPS="0") == {"SECURE_HSTS_SECONDS": 0}


@pytest.mark.parametrize(("env", "seconds"), [({}, 31_536_000), ({"HSTS_SECONDS": "3600"}, 3600)])
def test_browsers_keep_to_https_for_a_year_unless_told_otherwise(env: dict[str, str], seconds: int) -> None:
    assert values("SECURE_HSTS_SECONDS", **PRODUCTION, **env) == {"SECURE_HSTS_SECONDS": seconds}


def test_sqlite_is_tuned_for_a_web_site() -> None:
    code = (
        "import django; django.setup()\nfrom django.db import connection\nwith connection.cursor() as c:\n"
        " for name in ('journal_mode', 'synchronous'):\n  c.execute(f'PRAGMA {name}'); print(c.fetchone()[0])\n"
        "print(connection.settings_dict['OPTIONS']['transaction_mode'], connection.settings_dict['OPTIONS']['timeout'])"
    )
    done = start(code, **PRODUCTION, DATABASE_URL="sqlite:////tmp/portfolio-settings-test.sqlite3")
    assert done.stdout.split() == ["wal", "1", "IMMEDIATE", "20"], done.stderr


def test_postgresql_and_redis_are_chosen_by_their_addresses() -> None:
    found = values(
        "DATABASES",
        "CACHES",
        **PRODUCTION,
        DATABASE_URL="postgres://u:p@db.example/site",
        REDIS_URL="redis://r.example/1",
    )
    assert found["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert found["CACHES"]["default"]["LOCATION"] == "redis://r.example/1"
    assert "locmem" in values("CACHES", **PRODUCTION)["CACHES"]["default"]["BACKEND"]


def test_a_cdn_is_named_by_its_variables() -> None:
    assert values("WAGTAILFRONTENDCACHE", **PRODUCTION) == {"WAGTAILFRONTENDCACHE": {}}
    cdns = {
        "PURGE_URL": "http://10.0.0.9:6081",
        "CLOUDFLARE_ZONE_ID": "z1",
        "CLOUDFLARE_TOKEN": "t1",
        "CLOUDFRONT_DISTRIBUTION_ID": "E1",
    }
    caches = values("WAGTAILFRONTENDCACHE", **PRODUCTION, **cdns)["WAGTAILFRONTENDCACHE"]
    assert {name: cache["BACKEND"].rpartition(".")[2] for name, cache in caches.items()} == {
        "http": "HTTPBackend",
        "cloudflare": "CloudflareZoneBackend",
        "cloudfront": "CloudfrontBackend",
    }
    code = (
        "import django; django.setup()\nfrom wagtail.contrib.frontend_cache.utils import get_backends\n"
        "print(*get_backends(backends=['http', 'cloudflare']))"
    )
    done = start(code, **PRODUCTION, **cdns)
    assert done.stdout.split() == ["http", "cloudflare"], done.stderr


def test_a_bucket_takes_the_media() -> None:
    found = values("STORAGES", **PRODUCTION, AWS_STORAGE_BUCKET_NAME="pictures")
    assert found["STORAGES"]["default"]["BACKEND"] == "portfolio.delivery.storage.bucket.BucketMedia"


def test_log_lines_are_json_on_standard_output() -> None:
    done = start("import django, logging; django.setup(); logging.getLogger('tides').info('high water')", **PRODUCTION)
    line = json.loads(done.stdout)
    assert (line["message"], line["logger"], line["level"]) == ("high water", "tides", "INFO")


def test_the_application_has_its_views_before_the_first_request() -> None:
    done = start("import sys, portfolio.wsgi; print('portfolio.search.views' in sys.modules)", **PRODUCTION)
    assert done.stdout.split() == ["True"], done.stderr
