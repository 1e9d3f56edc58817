"""Views of feeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from wagtail.models import Site

from portfolio.content.registry import Taxonomy
from portfolio.delivery.middleware.conditional_get import short_cache
from portfolio.discovery.feeds import formats
from portfolio.discovery.feeds.channels import Channel, site_channel, term_channel
from portfolio.discovery.feeds.items import FeedAuthor, items
from portfolio.models import SiteSettings
from portfolio.models.view_cache import address_value


@dataclass(frozen=True, slots=True)
class FeedFormat:
    content_type: str
    write: Callable[[formats.Feed], str]


ATOM = FeedFormat("application/atom+xml; charset=utf-8", formats.atom)
RSS = FeedFormat("application/rss+xml; charset=utf-8", formats.rss)
JSON = FeedFormat("application/feed+json; charset=utf-8", formats.json_feed)


@require_safe
@short_cache
def feed(request: HttpRequest, form: FeedFormat, taxonomy: Taxonomy | None = None, slug: str = "") -> HttpResponse:
    """The newest entries of the site, or of the term with this slug, in full."""

    def write() -> tuple[str, str]:
        composed = compose(request, term_channel(taxonomy, slug) if taxonomy else site_channel())
        return form.write(composed), http_date(composed.stored.timestamp())

    text, modified = address_value(request.build_absolute_uri(request.path), form.content_type, write)
    return HttpResponse(text, content_type=form.content_type, headers={"Last-Modified": modified})


def compose(request: HttpRequest, channel: Channel) -> formats.Feed:
    site = SiteSettings.for_request(request)
    root = request.build_absolute_uri("/")
    owner = FeedAuthor(site.owner_name or Site.find_for_request(request).site_name or request.get_host(), root)
    return formats.Feed(
        title=f"{channel.name} – {owner.name}" if channel.name else owner.name,
        description=channel.description or ("" if channel.name else site.headline),
        page=urljoin(root, channel.page),
        address=request.build_absolute_uri(request.path),
        language=site.language_code,
        owner=owner,
        items=items(channel.entries, root, owner, request),
    )
