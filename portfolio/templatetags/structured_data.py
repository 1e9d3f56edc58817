"""Structured data in templates: JSON-LD blocks for search engines, and plain text for descriptions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from portfolio.content.registry import JsonLd, kind_of
from portfolio.content.structured_data import description_of
from portfolio.languages.wording import shortened
from portfolio.markdown.characters import without_controls
from portfolio.markdown.text import visible_text

register = template.Library()

MOST_KEPT = 1000  # summaries, of which a list shows twenty

# Inside a script element nothing but these can end it or confuse a parser; JSON allows them all as escapes.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@register.filter
def plain_text(html: str | None) -> str:
    """The visible words of rich text, to be escaped like any other text."""
    return plain_text_of(str(html or ""))


@lru_cache(maxsize=MOST_KEPT)
def plain_text_of(html: str) -> str:
    return visible_text(html)


register.filter("described", description_of)
register.filter("shortened", shortened)


@register.simple_tag(takes_context=True)
def page_data(context: Context, page: Page, site: Any) -> SafeString:
    """What the page's kind says of it, and the way to it from the front page."""
    kind = kind_of(page)
    described = kind.structured_data(page, site, context) if kind else ()
    return json_ld([*described, *breadcrumbs(page)])


@register.simple_tag(takes_context=True)
def collection_data(context: Context, name: str) -> SafeString:
    """A list that is no page of the tree: a tag, a category, a skill."""
    request = context["request"]
    return json_ld([{"@type": "CollectionPage", "name": name, "url": request.build_absolute_uri(request.path)}])


@register.simple_tag
def json_ld(data: Iterable[JsonLd]) -> SafeString:
    return SafeString("".join(script(item) for item in data))


def breadcrumbs(page: Page) -> list[JsonLd]:
    """The way from the front page to this one; nothing for the front page itself."""
    trail = [*page.trail, page]
    if len(trail) < 2:
        return []
    items = [
        {"@type": "ListItem", "position": position, "name": step.title, "item": step.full_url}
        for position, step in enumerate(trail, start=1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]


def script(data: JsonLd) -> SafeString:
    """``data`` as an inert data block; values that are empty are left out."""
    text = json.dumps(without_blanks({"@context": "https://schema.org", **data}), ensure_ascii=False)
    block = f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>'
    return mark_safe(block)  # noqa: S308 - every character that HTML could read as its own is escaped above


def without_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        pruned = {key: without_blanks(item) for key, item in value.items()}
        return {key: item for key, item in pruned.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [item for item in map(without_blanks, value) if item not in (None, "", [], {})]
    return without_controls(str(value)) if isinstance(value, str | Promise) else value
