"""``{{ page|markdown_url }}``: the address of a page's Markdown version."""

from __future__ import annotations

from django import template
from wagtail.models import Page

from portfolio.content.registry import kind_of

register = template.Library()


@register.filter
def markdown_url(page: Page) -> str:
    """The path of the page's Markdown version; "" for page types that have none."""
    kind = kind_of(page)
    path = page.url or "/"
    return f"{path.rstrip('/')}.md" if kind and kind.markdown and path.strip("/") else ""
