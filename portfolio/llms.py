"""A short guide to the site in Markdown for programs that read on somebody's behalf (https://llmstxt.org)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from blog.models import Entry
from experience.models import ExperiencePage
from experience.timeline import in_order
from portfolio.archive import plain_pages
from portfolio.freshness import for_programs
from portfolio.markdown.text import visible_text
from portfolio.models import SiteSettings

NEWEST = 100
TWIN = ".md"
SPECIAL = re.compile(r"([\\\[\]`*_<>])")
ELSEWHERE = {
    "archive": "Everything, by year and by subject",
    "feed": "The newest entries in full (Atom)",
    "json_feed": "The newest entries in full (JSON Feed)",
    "resume_page": "The résumé",
    "resume": "The résumé (JSON Resume)",
    "sitemap": "Every address with the day of its last change",
}


@require_safe
@for_programs
def llms(request: HttpRequest) -> HttpResponse:
    return HttpResponse("\n".join(lines(request)) + "\n", content_type="text/markdown; charset=utf-8")


def lines(request: HttpRequest) -> Iterator[str]:
    site = SiteSettings.for_request(request)
    root = request.build_absolute_uri("/")
    yield f"# {plain(site.owner_name or request.get_host())}"
    if site.headline:
        yield from ("", f"> {plain(site.headline)}")
    if site.bio:
        yield from ("", plain(visible_text(site.bio)))
    entries = list(Entry.objects.published()[:NEWEST])
    roles = in_order(ExperiencePage.objects.published().defer_streamfields())
    pages = plain_pages(request)
    yield from section("Pages", [link(page, page.search_description, request) for page in pages])
    yield from section("Roles", [link(role, role.period_text, request, TWIN) for role in roles])
    for title, kind in (("Interviews", "interview"), ("Posts", "post")):
        found = [entry for entry in entries if entry.kind == kind]
        yield from section(title, [link(entry, told(entry), request, TWIN) for entry in found])
    yield from ("", "## Optional", "")
    for name, words in ELSEWHERE.items():
        yield f"- [{words}]({urljoin(root, reverse(name))})"


def told(entry: Entry) -> str:
    summary = entry.search_description or visible_text(entry.summary)
    return f"{timezone.localdate(entry.date).isoformat()}. {summary}"


def section(title: str, links: Sequence[str]) -> Iterator[str]:
    """A heading and its links; nothing when there are none."""
    if links:
        yield from ("", f"## {title}", "", *links)


def link(page: Page, note: str, request: HttpRequest, end: str = "/") -> str:
    """A list item; ``end`` is ``TWIN`` to lead to the page's Markdown."""
    address = urljoin(request.build_absolute_uri("/"), page.get_url(request)).removesuffix("/") + end
    return f"- [{plain(page.title)}]({address})" + (f": {plain(note)}" if note.strip() else "")


def plain(text: str) -> str:
    """Text on one line in which nothing is a mark of Markdown's."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
