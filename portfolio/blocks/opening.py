"""How a body begins, for a reader who has just read its summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.safestring import SafeString
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.rendering import heading_anchors, markdown_in
from portfolio.markdown.notes import without_notes
from portfolio.markdown.text import visible_text

NOT_WORDS = re.compile(r"\W+")


def begins_with(body: StreamValue, summary: str) -> bool:
    """Whether the words of the body begin with those of ``summary`` (plain text); True for an empty summary.

    Letter case, punctuation, marks of notes and an ellipsis at the end do not count. Only as many blocks are rendered
    as are needed.
    """
    wanted = words(summary)
    seen = ""
    for html in blocks_as_shown(body):
        if len(seen) >= len(wanted):
            break
        seen = f"{seen} {words(visible_text(without_notes(html)))}".strip()
    return f"{seen} ".startswith(f"{wanted} ") if wanted else True


def blocks_as_shown(body: StreamValue) -> Iterator[str]:
    """Each block's HTML. Markdown is rendered with the rest of the body's, since its links may be defined there."""
    children = list(body)
    markdown: dict[int, SafeString] | None = None
    for place, child in enumerate(children):
        if child.block_type != "markdown":
            yield str(child)
            continue
        if markdown is None:
            markdown, _ = markdown_in(children, heading_anchors(children))
        yield markdown[place]


def words(text: str) -> str:
    return NOT_WORDS.sub(" ", text.casefold()).strip()
