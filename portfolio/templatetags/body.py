"""``{% body page.body %}``: a page's whole body."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.body.rendering import first_image_at_once, render_body
from portfolio.models.view_cache import html_name, view_value

register = template.Library()


@register.simple_tag(takes_context=True)
def body(context: Context, value: StreamValue | None, owner: Any = None) -> SafeString:
    """Render a body, that of ``owner``: by default the page of the context.

    An interview's page also tells its pull quotes which answers they were taken from. Below a cover all images can
    wait; without one the first is what the reader sees first.
    """
    page = context.get("page")
    owner = owner or page
    if value is None or value is not getattr(owner, "body", None):
        return render_body(value, context.flatten())

    def render() -> SafeString:
        html = render_body(value, {**context.flatten(), "passages": getattr(owner, "passages", None) or {}})
        return first_image_at_once(html) if owner is page and not getattr(page, "cover", None) else html

    return view_value(owner, html_name(listed=owner is not page), render)
