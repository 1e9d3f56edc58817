"""Answering for Markdown twins."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from portfolio.freshness import for_programs
from portfolio.twins.documents import KINDS, markdown_of
from portfolio.visibility import open_to_everybody


@require_safe
@for_programs
def twin(request: HttpRequest, path: str) -> HttpResponse:
    """The page at ``/path/`` as Markdown, if everybody may see it; search engines are sent to the page itself."""
    home = Site.find_for_request(request).root_page
    pages = Page.objects.live().filter(slug=path.rpartition("/")[2], url_path=f"{home.url_path}{path}/")
    found = open_to_everybody(pages).first()
    page = found.specific if found else None
    if not isinstance(page, KINDS):
        raise Http404("No page for everybody has this address")
    address = request.build_absolute_uri(f"/{quote(path)}/")
    return HttpResponse(
        markdown_of(page, address),
        content_type="text/markdown; charset=utf-8",
        headers={"Link": f'<{address}>; rel="canonical"'},
    )
