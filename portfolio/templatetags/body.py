"""``{% body page.body %}``: a page's whole body."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.body.rendering import first_image_at_once, render_body

register = template.Library()


@register.simple_tag(takes_context=True)
def body(context: Context, value: StreamValue | None) -> SafeString:
    """Render a body; an interview's page also tells its pull quotes which answers they were taken from.

    Below a cover all images can wait; without one the first is what the reader sees first.
    """
    page = context.get("page")
    passages = getattr(page, "passages", None) or {}
    own = value is not None and value is getattr(page, "body", None)
    html = render_body(value, {**context.flatten(), "passages": passages})
    return first_image_at_once(html) if own and not getattr(page, "cover", None) else html
