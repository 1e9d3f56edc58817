"""``{{ page|twin }}``: where a page is to be had as Markdown."""

from __future__ import annotations

from django import template
from wagtail.models import Page

register = template.Library()


@register.filter
def twin(page: Page) -> str:
    """The path of the page's Markdown twin; "" for a list of pages and for the front page, which have none."""
    path = page.url or "/"
    return f"{path.rstrip('/')}.md" if hasattr(page, "body") and path.strip("/") else ""
