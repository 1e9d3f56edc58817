"""``{% body page.body %}``: a page's whole body."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.rendering import render_body

register = template.Library()


@register.simple_tag(takes_context=True)
def body(context: Context, value: StreamValue | None) -> SafeString:
    """Render a body; an interview's page also tells its pull quotes which answers they were taken from."""
    page = context.get("page")
    passages = getattr(page, "passages", None) or {}
    return render_body(value, {**context.flatten(), "passages": passages})
