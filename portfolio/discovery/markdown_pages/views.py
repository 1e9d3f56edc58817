"""View of the Markdown version of a page."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from portfolio.content.registry import kind_of
from portfolio.delivery.middleware.conditional_get import short_cache
from portfolio.discovery.markdown_pages.documents import markdown_of
from portfolio.models.visibility import public


@require_safe
@short_cache
def markdown_page(request: HttpRequest, path: str) -> HttpResponse:
    """The page at ``/path/`` as Markdown, if everybody may see it; search engines are sent to the page itself."""
    home = Site.find_for_request(request).root_page
    pages = Page.objects.live().filter(slug=path.rpartition("/")[2], url_path=f"{home.url_path}{path}/")
    page = public(pages).first()
    kind = kind_of(page) if page else None
    if kind is None or kind.markdown is None:
        raise Http404("No page for everybody has this address")
    address = request.build_absolute_uri(f"/{quote(path)}/")
    return HttpResponse(
        markdown_of(page.specific, kind.markdown, address),
        content_type="text/markdown; charset=utf-8",
        headers={"Link": f'<{address}>; rel="canonical"'},
    )
