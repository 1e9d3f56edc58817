"""Which pages can be edited as Markdown, and the name under which the history lists it."""

from __future__ import annotations

from wagtail.models import Page

from portfolio.blocks import BodyBlocks

ACTION = "portfolio.edit_markdown"


def has_body(page: Page) -> bool:
    """Whether the page has a body of ``BodyBlocks``."""
    body = getattr(page, "body", None)
    return isinstance(getattr(body, "stream_block", None), BodyBlocks)
