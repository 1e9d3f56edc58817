"""JSON-LD of the blog: the index (Blog), posts (BlogPosting), and interviews (Article with exact Quotations)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template import Context

from portfolio.blocks.links import safe_href
from portfolio.content.registry import JsonLd
from portfolio.content.structured_data import description_of, owner, web_page
from portfolio.templatetags.pictures import card_of
from portfolio.templatetags.share_images import share_image


def blog(page: Any, site: Any, context: Context) -> Iterator[JsonLd]:
    yield web_page(page, site, "Blog", page.intro)


def blog_posting(page: Any, site: Any, context: Context) -> Iterator[JsonLd]:
    yield {**entry(page, site), "@type": "BlogPosting"}


def interview_article(page: Any, site: Any, context: Context) -> Iterator[JsonLd]:
    yield {**entry(page, site), "@type": "Article", **conversation(page)}


def entry(page: Any, site: Any) -> JsonLd:
    """What every entry has; the author is the owner unless others are named."""
    authors = [{"@type": "Person", "name": person.name, "url": safe_href(person.url)} for person in page.authors.all()]
    return {
        "headline": page.title,
        "description": page.search_description or description_of(page.summary_or_excerpt),
        "url": page.full_url,
        "mainEntityOfPage": safe_href(page.canonical_url) or page.canonical_address,
        "datePublished": page.date.isoformat(),
        "dateModified": (page.updated or page.date).isoformat(),
        "author": authors or owner(page, site),
        "image": card_of(page.cover).full_url if page.cover else share_image(page, site),
        "articleSection": [category.name for category in page.categories.all()],
        "keywords": [tag.name for tag in page.tags.all()],
        "isPartOf": {"@type": "CreativeWorkSeries", "name": page.series.title} if page.series else {},
        "timeRequired": f"PT{page.reading_minutes}M",
        "discussionUrl": safe_href(page.discussion_url),
        "inLanguage": page.language or site.language_code,
    }


def conversation(page: Any) -> JsonLd:
    """What an interview adds: who asked, who answered, where it was printed first, and the exact quotations."""
    speaker = {"@type": "Person", "name": page.interviewee_name, "jobTitle": page.interviewee_role}
    if page.interviewee_organisation:
        speaker["worksFor"] = {"@type": "Organization", "name": page.interviewee_organisation}
    data: JsonLd = {
        "about": speaker if page.interviewee_name else {},
        "hasPart": [
            {"@type": "Quotation", "text": text, "creator": {"@type": "Person", "name": page.interviewee_name}}
            for text in page.exact_quotes
        ],
    }
    if page.interviewer:
        data["author"] = {"@type": "Person", "name": page.interviewer, "jobTitle": page.interviewer_role}
    if page.source_publication or page.source_url:
        publisher = {"@type": "Organization", "name": page.source_publication} if page.source_publication else {}
        data["isBasedOn"] = {"@type": "Article", "url": safe_href(page.source_url), "publisher": publisher}
    return data
