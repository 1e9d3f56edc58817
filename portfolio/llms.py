"""A short guide to the site in Markdown for programs that read on somebody's behalf (https://llmstxt.org)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page

from blog.models import Entry
from experience.models import ExperiencePage
from experience.timeline import in_order
from portfolio.archive import plain_pages
from portfolio.markdown.text import visible_text
from portfolio.models import SiteSettings

NEWEST = 100
SPECIAL = re.compile(r"([\\\[\]`*_<>])")
ELSEWHERE = {
    "archive": "Everything, by year and by subject",
    "feed": "The newest entries in full (Atom)",
    "json_feed": "The newest entries in full (JSON Feed)",
    "resume": "The résumé (JSON Resume)",
    "sitemap": "Every address with the day of its last change",
}


@require_safe
@cache_control(public=True, max_age=5 * 60)
@conditional_page
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
    yield from section("Pages", ((page, page.search_description) for page in plain_pages(request)), request)
    yield from section("Roles", ((role, role.period_text) for role in roles), request)
    yield from section("Interviews", (told(entry) for entry in entries if entry.kind == "interview"), request)
    yield from section("Posts", (told(entry) for entry in entries if entry.kind == "post"), request)
    yield from ("", "## Optional", "")
    for name, words in ELSEWHERE.items():
        yield f"- [{words}]({urljoin(root, reverse(name))})"


def told(entry: Entry) -> tuple[Page, str]:
    summary = entry.search_description or visible_text(entry.summary)
    return entry, f"{timezone.localdate(entry.date).isoformat()}. {summary}"


def section(title: str, rows: Iterable[tuple[Page, str]], request: HttpRequest) -> Iterator[str]:
    """A heading and a list of links with notes; nothing when there are none."""
    found = [link(page, note, request) for page, note in rows]
    if found:
        yield from ("", f"## {title}", "", *found)


def link(page: Page, note: str, request: HttpRequest) -> str:
    address = urljoin(request.build_absolute_uri("/"), page.get_url(request))
    return f"- [{plain(page.title)}]({address})" + (f": {plain(note)}" if note.strip() else "")


def plain(text: str) -> str:
    """Text on one line in which nothing is a mark of Markdown's."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
