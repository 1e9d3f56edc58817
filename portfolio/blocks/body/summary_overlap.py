"""Summary overlap: check whether a body begins with the words of its summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.safestring import SafeString
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.body.rendering import markdown_in
from portfolio.blocks.headings import heading_anchors
from portfolio.markdown.notes import without_notes
from portfolio.markdown.text import visible_text

NOT_WORDS = re.compile(r"\W+")


def begins_with(body: StreamValue, summary: str) -> bool:
    """Whether the words of the body begin with those of ``summary`` (plain text); True for an empty summary.

    Letter case, punctuation, footnote marks and an ellipsis at the end are ignored. Only as many blocks are rendered as
    needed.
    """
    summary_words = words(summary)
    if not summary_words:
        return True
    body_words = ""
    for html in blocks_as_shown(body):
        if len(body_words) >= len(summary_words):
            break
        body_words = f"{body_words} {words(visible_text(without_notes(html)))}".strip()
    return f"{body_words} ".startswith(f"{summary_words} ")


def blocks_as_shown(body: StreamValue) -> Iterator[str]:
    """Yield the HTML of each block. All Markdown blocks are rendered together, since they share link definitions."""
    children = list(body)
    markdown: dict[int, SafeString] | None = None
    for index, child in enumerate(children):
        if child.block_type != "markdown":
            yield child.block.render(child.value, {"markup_later": True})
            continue
        if markdown is None:
            markdown, _ = markdown_in(children, heading_anchors(children))
        yield markdown[index]


def words(text: str) -> str:
    return NOT_WORDS.sub(" ", text.casefold()).strip()
