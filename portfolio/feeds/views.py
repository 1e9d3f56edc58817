"""Answering for feeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from wagtail.models import Site

from portfolio.feeds import formats
from portfolio.feeds.channels import Channel, list_channel, site_channel
from portfolio.feeds.items import Author, items
from portfolio.freshness import for_programs
from portfolio.models import SiteSettings


@dataclass(frozen=True, slots=True)
class Format:
    content_type: str
    write: Callable[[formats.Feed], str]


ATOM = Format("application/atom+xml; charset=utf-8", formats.atom)
RSS = Format("application/rss+xml; charset=utf-8", formats.rss)
JSON = Format("application/feed+json; charset=utf-8", formats.json_feed)


@require_safe
@for_programs
def feed(request: HttpRequest, form: Format, kind: str = "", slug: str = "") -> HttpResponse:
    """The newest entries of the site, or of the tag, category, series or skill with this slug, in full."""
    found = composed(request, list_channel(kind, slug) if kind else site_channel())
    modified = {"Last-Modified": http_date(found.stored.timestamp())}
    return HttpResponse(form.write(found), content_type=form.content_type, headers=modified)


def composed(request: HttpRequest, channel: Channel) -> formats.Feed:
    site = SiteSettings.for_request(request)
    root = request.build_absolute_uri("/")
    owner = Author(site.owner_name or Site.find_for_request(request).site_name or request.get_host(), root)
    return formats.Feed(
        title=f"{channel.name} – {owner.name}" if channel.name else owner.name,
        description=channel.description or ("" if channel.name else site.headline),
        page=urljoin(root, channel.page),
        address=request.build_absolute_uri(request.path),
        language=site.language_code,
        owner=owner,
        items=items(channel.entries, root, owner, request),
    )
