"""View of the Markdown version of a page."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from portfolio.content.registry import kind_of
from portfolio.delivery.middleware.conditional_get import short_cache
from portfolio.discovery.markdown_pages.documents import markdown_of
from portfolio.models.tree import page_by_path
from portfolio.models.view_cache import view_value


@require_safe
@short_cache
def markdown_page(request: HttpRequest, path: str) -> HttpResponse:
    """The page at ``/path/`` as Markdown, if everybody may see it; search engines are sent to the page itself."""
    page = page_by_path(Site.find_for_request(request).root_page, path.split("/"))
    kind = kind_of(page) if page and page.live and page.is_unrestricted else None
    if page is None or kind is None or kind.markdown is None:
        raise Http404("No page for everybody has this address")
    address, markdown = request.build_absolute_uri(f"/{quote(path)}/"), kind.markdown
    return HttpResponse(
        view_value(page, f"Markdown at {address}", lambda: markdown_of(page, markdown, address)),
        content_type="text/markdown; charset=utf-8",
        headers={"Link": f'<{address}>; rel="canonical"'},
    )
