"""``{{ value|prose }}``: rich text of an article's body."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText

from portfolio.blocks.rich_text import stored_rich_text
from portfolio.blocks.rich_text.display import shown_html

register = template.Library()


@register.filter
def prose(value: Any) -> SafeString:
    """Wagtail's ``richtext`` without the template in between, with emphasis that runs over a link in one piece."""
    source = value.source if isinstance(value, RichText) else str(value or "")
    return mark_safe(shown_html(source))  # noqa: S308 - sanitised where anything in it could run


@register.filter
def harmless(html: str) -> SafeString:
    """Expanded rich text as it may be shown (`stored_rich_text.harmless`)."""
    return mark_safe(stored_rich_text.harmless(html))  # noqa: S308 - sanitised where anything in it could run
