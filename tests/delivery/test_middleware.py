"""Every middleware and wrapper of ours with every kind of answer: no body, a stream, a file, an error, a part."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.test import RequestFactory
from django.urls import include, path
from django.utils.module_loading import import_string
from wagtail.documents import get_document_model

from portfolio.delivery.middleware.conditional_get import short_cache
from tests import builders

pytestmark = pytest.mark.django_db

OURS = [name for name in configured.MIDDLEWARE if name.startswith("portfolio.")]
WRAPPERS = [short_cache]
STATUSES = (200, 204, 206, 301, 304, 400, 403, 404, 410, 416, 429, 500, 503)
# At each address but the first: the address changes what is done to an answer, not what kinds of it there are.
MAIN_STATUSES = (200, 206, 304, 404, 500)
METHODS = ("GET", "HEAD", "POST", "PROPFIND")
BODY = b"The gauge stood dry at noon. " * 20
KINDS: dict[str, Callable[[int], HttpResponseBase]] = {
    "plain": lambda status: HttpResponse(BODY, status=status),
    "bare": lambda status: without_headers(HttpResponse(status=status)),
    "stream": lambda status: StreamingHttpResponse(iter([BODY[:100], BODY[100:]]), status=status),
    "file": lambda status: FileResponse(io.BytesIO(BODY), filename="a.csv", status=status),
}
HEADERS = {
    "nothing": {},
    "compressed": {"Accept-Encoding": "gzip, br"},
    "conditional": {"If-None-Match": '"x"', "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    "any": {"If-None-Match": "*"},
    "part": {"Range": "bytes=0-9", "If-Range": '"x"'},
    "nonsense": {"If-Modified-Since": "yesterday", "If-None-Match": "W/", "Range": "bytes=a-b", "If-Range": "?"},
    "session": {"Cookie": f"{configured.SESSION_COOKIE_NAME}=gone"},
}


def without_headers(response: HttpResponse) -> HttpResponse:
    for name in list(response.headers):
        del response.headers[name]
    return response


def answer(status: int, kind: str) -> HttpResponseBase:
    return HttpResponseNotModified() if status == 304 else KINDS[kind](status)


def request_of(method: str, address: str, headers: dict[str, str]) -> HttpRequest:
    request = RequestFactory().generic(method, address, headers=headers)
    request.user, request.session = AnonymousUser(), SessionStore()
    request._messages = FallbackStorage(request)
    request.resolver_match = None
    return request


def content(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("address", ["/", "/media/a.csv", "/admin/pages/", "/feed/", "/admin/login/"])
@pytest.mark.parametrize("name", OURS)
def test_no_middleware_minds_what_kind_of_answer_it_gets(name, address):
    answers: list[HttpResponseBase] = []
    middleware = import_string(name)(lambda request: answers[-1])
    for status in STATUSES if address == "/" else MAIN_STATUSES:
        for kind in KINDS:
            for method in METHODS:
                for what, headers in HEADERS.items():
                    made = answer(status, kind)
                    answers[:] = [made]
                    response = middleware(request_of(method, address, headers))
                    case = f"{status} {kind} {method} {what}"
                    # What the client says that it has, whatever it is, is not sent again.
                    expected = {status, 304} if status == 200 and what == "any" else {status}
                    assert response.status_code in expected, case
                    if response is not made:
                        continue
                    assert response.streaming == made.streaming, case
                    if "Content-Encoding" not in response.headers:
                        assert content(response) == (BODY if status != 304 and kind != "bare" else b""), case


@pytest.mark.parametrize("wrapper", WRAPPERS, ids=lambda wrapper: wrapper.__name__)
def test_no_wrapper_minds_what_kind_of_answer_it_gets(wrapper):
    for status in STATUSES:
        for kind in KINDS:
            for method in METHODS:
                made = answer(status, kind)
                response = wrapper(lambda request, made=made: made)(request_of(method, "/", {}))
                assert response is made
                if status != 200:
                    assert "Cache-Control" not in response.headers, f"{status} is not to be kept"


def view(request: HttpRequest, status: int, kind: str) -> HttpResponseBase:
    return answer(status, kind)


urlpatterns = [path("answer/<int:status>/<str:kind>/", view), path("", include("portfolio.urls"))]
handler404 = "portfolio.delivery.errors.not_found"


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_stack_passes_every_kind_of_answer_on(status, kind, client, settings):
    settings.ROOT_URLCONF = __name__
    for method in ("GET", "HEAD"):
        for what, headers in HEADERS.items():
            response = client.generic(method, f"/answer/{status}/{kind}/", headers=headers)
            assert response.status_code in (status, 304 if status == 200 and what == "any" else status), what
            content(response)


def addresses() -> list[str]:
    """One of every kind of address that answers with 200, files included."""
    body = [("text", f"<p>{BODY.decode()}</p>")]  # long enough that gzip, which adds at random, always pays
    page = builders.post(title="Gauges", tags=["Tides"], skills=["Python"], categories=["Shore"], body=body)
    builders.interview(title="Ruda")
    builders.role()
    image = builders.picture()
    document = get_document_model().objects.create(title="a", file=ContentFile(b"a,b", name="a.csv"))
    lists = ("tags/tides/", "categories/shore/", "skills/python/")
    return [
        *("/", "/blog/", page.url, "/blog/ruda/", "/experience/", "/resume/", "/archive/"),
        f"/archive/{page.date.year}/",
        *(f"/{place}" for place in lists),
        *(f"/{place}{feed}" for place in ("", lists[0]) for feed in ("feed/", "feed.xml", "rss.xml", "feed.json")),
        *("/search/?q=gauge", "/blog/gauges.md", "/experience.md", "/resume.json", "/sitemap.xml", "/robots.txt"),
        *("/llms.txt", "/opensearch.xml", "/site.webmanifest", "/theme.css", "/healthz", "/readyz", "/admin/login/"),
        *(image.file.url, document.url),
    ]


# Of the moment, and not of the answer; and the length, to which gzip adds at random against guessing.
CHANGING = {"date", "expires", "set-cookie", "content-length"}


def told(response: HttpResponseBase) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items() if name.lower() not in CHANGING}


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_head_says_what_get_says(encoding, client):
    for address in addresses():
        headers = {"Accept-Encoding": encoding}
        got, asked = client.get(address, headers=headers), client.head(address, headers=headers)
        assert (got.status_code, asked.status_code) == (200, 200), address
        assert content(asked) == b"", address
        assert told(got) == told(asked), address
        got.getvalue()


def test_what_has_not_changed_takes_back_nothing_that_was_said(client):
    """A browser puts the headers of a 304 in place of those that it has: a weaker policy would be obeyed."""
    conditional = 0
    for address in addresses():
        first = client.get(address)
        first.getvalue()
        for header, condition in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")):
            if header not in first.headers:
                continue
            for method in ("get", "head"):
                again = getattr(client, method)(address, headers={condition: first.headers[header]})
                again.getvalue()
                assert again.status_code in (200, 304), (address, condition)
                if again.status_code == 304:
                    conditional += 1
                    assert told(again).items() <= told(first).items(), (address, condition)
    assert conditional > 30
