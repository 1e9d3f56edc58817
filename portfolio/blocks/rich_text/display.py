"""Display of stored rich text: with the addresses of pages and files, and safe to show."""

from __future__ import annotations

from wagtail.rich_text import expand_db_html

from portfolio.blocks.rich_text.inline_marks import join_marks
from portfolio.blocks.rich_text.stored_rich_text import harmless


def shown_html(source: str) -> str:
    """Return stored rich text as HTML, with emphasis that runs over a link in one piece."""
    return join_marks(harmless(expanded(source)))


def expanded(source: str) -> str:
    """Return the result of Wagtail's ``expand_db_html``, which replaces links and embeds and nothing else."""
    return expand_db_html(source) if "<a" in source or "<embed" in source else source
