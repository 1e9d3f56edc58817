"""JSON-LD of projects: CreativeWork, or SoftwareSourceCode where the code is linked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template import Context

from experience.structured_data import partial_date
from portfolio.blocks.links import safe_href
from portfolio.content.registry import JsonLd
from portfolio.content.structured_data import owner, web_page
from portfolio.templatetags.pictures import card_of
from portfolio.templatetags.share_images import share_image


def work_index(page: Any, site: Any, context: Context) -> Iterator[JsonLd]:
    """A list of work (CollectionPage)."""
    yield web_page(page, site, "CollectionPage", page.intro)


def project(page: Any, site: Any, context: Context) -> Iterator[JsonLd]:
    code = page.link_to("code")
    yield {
        **work(page, site),
        "@type": "SoftwareSourceCode" if code else "CreativeWork",
        "codeRepository": code,
        "dateCreated": partial_date(page.start, page.start_precision),
        "producer": organisation(page.organisation),
    }


def work(page: Any, site: Any) -> JsonLd:
    """What every piece of work has."""
    return {
        "name": page.title,
        "headline": page.title,
        "description": page.search_description or page.summary,
        "url": page.full_url,
        "mainEntityOfPage": page.canonical_address,
        "author": owner(page, site),
        "image": card_of(page.cover).full_url if page.cover else share_image(page, site),
        "datePublished": page.date.isoformat() if page.date else "",
        "keywords": [skill.name for skill in page.skills.all()],
        "sameAs": [link.address for link in page.shown_links if not link.address.startswith("/")],
        "inLanguage": site.language_code if site else "",
    }


def organisation(row: Any) -> JsonLd:
    return {"@type": "Organization", "name": row.name, "url": safe_href(row.url)} if row else {}
