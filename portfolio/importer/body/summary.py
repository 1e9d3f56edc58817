"""An excerpt as a summary: rich text without links, since a summary is often itself part of one."""

from __future__ import annotations

import re

from portfolio.importer.body.rich_text import NotRichText, paragraph, to_rich_text
from portfolio.markdown.notes import without_notes
from portfolio.markdown.text import visible_text

LINK_TAG = re.compile(r"</?a\b[^>]*>", re.IGNORECASE)


def summary_from_html(html: str) -> str:
    """Rich text that says what ``html`` says; where its mark-up has no place in a summary, its words alone.

    Notes and their marks are left out: a summary has no place for them.
    """
    html = without_notes(html)
    if not html.strip():
        return ""
    try:
        return to_rich_text(LINK_TAG.sub("", html).strip())
    except NotRichText:
        text = visible_text(html)
        return paragraph(text) if text else ""
