"""``/llms.txt``: a short guide to the site in Markdown for language models (https://llmstxt.org)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portfolio.content.lists import newest_first
from portfolio.content.registry import archive_sections, dated_lists, kind_of, page_kinds
from portfolio.delivery.middleware.conditional_get import short_cache
from portfolio.markdown.text import visible_text
from portfolio.models import SiteSettings

NEWEST = 100
MARKDOWN = ".md"
SPECIAL = re.compile(r"([\\\[\]`*_<>])")
OPTIONAL = {
    "archive": "Everything, by year and by subject",
    "feed": "The newest entries in full (Atom)",
    "json_feed": "The newest entries in full (JSON Feed)",
    "resume": "The résumé",
    "resume_json": "The résumé (JSON Resume)",
    "sitemap": "Every address with the day of its last change",
}


@require_safe
@short_cache
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
    for section in archive_sections():
        end = MARKDOWN if all(kind.markdown for kind in page_kinds() if kind.section is section) else "/"
        links = [
            link(page, section.note(page) or page.search_description, request, end) for page in section.pages(request)
        ]
        yield from linked(section.title, links)
    yield from dated_sections(request)
    yield from ("", "## Optional", "")
    for name, words in OPTIONAL.items():
        yield f"- [{words}]({urljoin(root, reverse(name))})"


def dated_sections(request: HttpRequest) -> Iterator[str]:
    """The newest of each dated list, by kind."""
    pages = [page for page_list in dated_lists() for page in newest_first(page_list)[:NEWEST]]
    for kind in reversed(page_kinds()):
        if kind.page_list and kind.page_list.date and not kind.section:  # those have been listed
            end = MARKDOWN if kind.markdown else "/"
            links = [
                link(page, dated_note(page, kind.page_list.date), request, end)
                for page in pages
                if kind_of(page) is kind
            ]
            yield from linked(kind.plural, links)


def dated_note(page: Any, date: str) -> str:
    summary = page.search_description or visible_text(page.summary_or_excerpt)
    return f"{timezone.localdate(getattr(page, date)).isoformat()}. {summary}"


def linked(title: str, links: Sequence[str]) -> Iterator[str]:
    """A heading and its links; nothing when there are none."""
    if links:
        yield from ("", f"## {title}", "", *links)


def link(page: Page, note: str, request: HttpRequest, end: str) -> str:
    """A list item; ``end`` is ``MARKDOWN`` to lead to the page's Markdown version."""
    address = urljoin(request.build_absolute_uri("/"), page.get_url(request)).removesuffix("/") + end
    return f"- [{plain(page.title)}]({address})" + (f": {plain(note)}" if note.strip() else "")


def plain(text: str) -> str:
    """Text on one line in which no character is a mark of Markdown."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
