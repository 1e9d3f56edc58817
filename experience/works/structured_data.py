"""JSON-LD of work: projects (CreativeWork), publications (ScholarlyArticle) and talks (Event)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.template import Context
from django.utils import timezone

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


SCHOLARLY_TYPES = {
    "book": "Book",
    "chapter": "Chapter",
    "thesis": "Thesis",
    "report": "Report",
    "dataset": "Dataset",
    "software": "SoftwareSourceCode",
    "other": "CreativeWork",
}


def publication(page: Any, site: Any, context: Context) -> Iterator[JsonLd]:
    known = owner(page, site)
    people = [
        known if person.is_owner and known else {"@type": "Person", "name": person.name, "url": person.url}
        for person in context.get("authors", ())
    ]
    yield {
        **work(page, site),
        "@type": SCHOLARLY_TYPES.get(page.publication_type, "ScholarlyArticle"),
        "author": people or known,
        "abstract": page.abstract,
        "datePublished": timezone.localdate(page.date).isoformat() if page.date else str(page.year or ""),
        "isPartOf": {"@type": "Periodical", "name": page.venue}
        if page.publication_type == "article" and page.venue
        else {},
        "publisher": {"@type": "Organization", "name": page.venue}
        if page.publication_type in ("book", "thesis")
        else {},
        "award": page.award,
    }


def talk(page: Any, site: Any, context: Context) -> Iterator[JsonLd]:
    yield {
        "@type": "Event",
        "name": page.title,
        "description": page.search_description or page.summary or page.abstract,
        "url": page.full_url,
        "startDate": day_or_moment(page, page.date),
        "endDate": day_or_moment(page, page.ends),
        "location": {"@type": "Place", "name": page.place, "address": page.place} if page.place else {},
        "superEvent": {"@type": "Event", "name": page.event, "startDate": day_or_moment(page, page.date)}
        if page.event
        else {},
        "performer": owner(page, site),
        "image": card_of(page.cover).full_url if page.cover else share_image(page, site),
        "inLanguage": page.language or (site.language_code if site else ""),
    }


def day_or_moment(page: Any, moment: datetime | None) -> str:
    """ISO 8601, to the day where no time is known."""
    if moment is None:
        return ""
    return timezone.localdate(moment).isoformat() if page.begins_at_midnight else moment.isoformat()


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
        "inLanguage": page.language or (site.language_code if site else ""),
    }


def organisation(row: Any) -> JsonLd:
    return {"@type": "Organization", "name": row.name, "url": safe_href(row.url)} if row else {}
