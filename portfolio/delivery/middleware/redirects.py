"""Redirects only to pages that the visitor may see; an old address of any other page answers 404."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page


class PublicRedirectMiddleware(RedirectMiddleware):
    """Wagtail's middleware, without redirects that end at a 404, a login or the same address.

    Wagtail also redirects to unpublished pages, and in a loop when such a page has the requested address. The redirects
    stay in the database and work again when the page is published again.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer = super().process_response(request, response)
        if answer is response:
            return response
        target = answer["Location"]
        if is_same_address(target, request) or not may_follow(request, target):
            return response
        return answer


def is_same_address(target: str, request: HttpRequest) -> bool:
    parts = urlsplit(target)
    is_here = not parts.netloc or parts.netloc == request.get_host()
    return is_here and uri_to_iri(parts.path) == request.path and parts.query in ("", request.META["QUERY_STRING"])


def may_follow(request: HttpRequest, target: str) -> bool:
    """Whether the visitor may see the target page of the redirect for this request; True for other targets."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    redirect = get_redirect(request, path) or get_redirect(request, urlsplit(path).path)
    page = redirect.redirect_page if redirect else None
    return page is None or is_readable(page, request)


def is_readable(page: Page, request: HttpRequest) -> bool:
    if not page.live or (page.expire_at is not None and page.expire_at <= timezone.now()):
        return False
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
