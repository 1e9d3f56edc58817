"""What Sentry is told of an error, and of whoever met it."""

from __future__ import annotations

import json

import pytest

from tests.project.test_settings import PRODUCTION, start

pytest.importorskip("sentry_sdk", reason="needs the extra sentry")

DSN = "https://key@sentry.example/1"


def test_an_error_is_reported_with_the_release_and_without_the_visitor() -> None:
    code = """
import json, sentry_sdk
from unittest.mock import patch

class Transport(sentry_sdk.Transport):
    def capture_envelope(self, envelope):
        print(json.dumps({"kinds": [item.type for item in envelope.items], "event": envelope.get_event()}, default=str))

init = sentry_sdk.init
with patch.object(sentry_sdk, "init", lambda **options: init(**options, transport=Transport)):
    from portfolio.wsgi import application
from django.views.decorators.csrf import csrf_exempt

@csrf_exempt
def broken(request):
    told = request.POST["told"]
    raise ValueError("no water")

from django.test import RequestFactory
from django.urls import path
from portfolio import urls
urls.urlpatterns.insert(0, path("static/broken", broken))
visitor = {"HTTP_USER_AGENT": "browser-of-mara", "REMOTE_ADDR": "203.0.113.9", "HTTP_COOKIE": "sessionid=session-mara"}
factory = RequestFactory(HTTP_HOST="example.org", **visitor)
request = factory.post("/static/broken?q=typed-in", {"told": "sent-in"})
application(request.environ, lambda status, headers: None)
"""
    done = start(code, **PRODUCTION, SENTRY_DSN=DSN, RELEASE="2026.11", HTTPS="0", ACCESS_LOG="1")
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"kinds"')]
    assert [report["kinds"] for report in told] == [["event"]], done.stdout + done.stderr
    event = told[0]["event"]
    assert event["release"] == "2026.11"
    assert event["exception"]["values"][-1]["value"] == "no water"
    assert event["request"] == {"method": "POST", "url": "http://example.org/static/broken"}
    text = json.dumps(event)
    for personal in ("typed-in", "sent-in", "browser-of-mara", "203.0.113.9", "session-mara"):
        assert personal not in text, personal


def test_without_the_package_the_site_does_not_start() -> None:
    code = "import sys; sys.modules['sentry_sdk'] = None; import django; django.setup()"
    done = start(code, **PRODUCTION, SENTRY_DSN=DSN)
    assert "ImproperlyConfigured: SENTRY_DSN is set, but the package sentry_sdk is not installed" in done.stderr


def test_without_the_setting_nothing_of_it_is_loaded() -> None:
    done = start("import sys, django; django.setup(); print('sentry_sdk' in sys.modules)", **PRODUCTION)
    assert done.stdout.split() == ["False"], done.stderr
