"""How a body begins, for a reader who has just read its summary."""

from __future__ import annotations

import re

from wagtail.blocks.stream_block import StreamValue

from portfolio.markdown.text import visible_text

NOT_WORDS = re.compile(r"\W+")


def begins_with(body: StreamValue, summary: str) -> bool:
    """Whether the words of the body begin with those of ``summary`` (plain text); True for an empty summary.

    Letter case, punctuation and an ellipsis at the end do not count. Only as many blocks are rendered as are needed.
    """
    wanted = words(summary)
    seen = ""
    for child in body:
        if len(seen) >= len(wanted):
            break
        seen = f"{seen} {words(visible_text(str(child)))}".strip()
    return f"{seen} ".startswith(f"{wanted} ") if wanted else True


def words(text: str) -> str:
    return NOT_WORDS.sub(" ", text.casefold()).strip()
