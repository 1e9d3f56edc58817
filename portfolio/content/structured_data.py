"""JSON-LD in the vocabulary of https://schema.org: what page types share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.template import Context
from wagtail.models import Page

from portfolio.blocks.links import safe_href
from portfolio.content.registry import JsonLd
from portfolio.languages.wording import shortened
from portfolio.markdown.text import visible_text
from portfolio.models.images import FALLBACK_FORMATS

MAX_WORDS = 60  # of a description


def description_of(html: str | None) -> str:
    """The beginning of rich text: search engines and cards show no more of it."""
    return shortened(visible_text(str(html or "")), MAX_WORDS)


def owner(page: Page, site: Any) -> JsonLd:
    """The person the site is about; one ``@id`` on every page, so that they are known to be the same."""
    if not site or not site.owner_name:
        return {}
    parts = page.get_url_parts()
    root = parts[1] if parts else ""
    return {
        "@type": "Person",
        "@id": f"{root}/#owner",
        "name": site.owner_name,
        "url": f"{root}/",
        "description": site.headline,
        "image": portrait_url(site.portrait),
        "email": site.email,
        "sameAs": [safe_href(link.value["url"]) for link in site.links],
    }


def portrait_url(image: Any) -> str:
    return image.file_for("fill-360x360", *FALLBACK_FORMATS).full_url if image else ""


def profile_page(url: str | None, person: JsonLd, name: str = "") -> Iterator[JsonLd]:
    """A page about a person; nothing as long as they have no name."""
    if person:
        yield {"@type": "ProfilePage", "name": name, "url": url, "mainEntity": person}


def text_page(page: Any, site: Any, context: Context) -> Iterator[JsonLd]:
    yield web_page(page, site, "WebPage", page.summary, page.last_published_at)


def web_page(page: Any, site: Any, type_name: str, summary: str, changed: datetime | None = None) -> JsonLd:
    """A page of the schema.org type ``type_name``, which is a kind of WebPage or CreativeWork."""
    return {
        "@type": type_name,
        "name": page.title,
        "url": page.full_url,
        "description": page.search_description or description_of(summary),
        "dateModified": changed.isoformat() if changed else "",
        "author": owner(page, site),
        "inLanguage": page.language or (site.language_code if site else ""),
    }


def home_page(page: Page, site: Any, context: Context) -> Iterator[JsonLd]:
    """The owner, on the page that is about them, and the site, with how it is searched."""
    yield from profile_page(page.full_url, owner(page, site))
    if site and site.owner_name:
        root = (page.full_url or "").rstrip("/")
        search = {"@type": "SearchAction", "target": f"{root}/search/?q={{q}}", "query-input": "required name=q"}
        yield {"@type": "WebSite", "name": site.owner_name, "url": f"{root}/", "potentialAction": search}
