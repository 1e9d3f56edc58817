"""Points of a body: the items of the lists in its rich text, and what it says beside them."""

from __future__ import annotations

import re
from typing import Any

from portfolio.markdown.text import visible_text

LIST_ITEM = re.compile(r"<li\b[^<>]*>(.*?)</li>", re.DOTALL)


def points_of(body: Any) -> list[str]:
    """The items of lists in a body's rich text."""
    return [text for child in body if child.block_type == "text" for text in items_in(child.value.source)]


def items_in(html: str) -> list[str]:
    """The words of each list item that has some."""
    return [text for item in LIST_ITEM.findall(html) if (text := visible_text(item))]


def prose_of(body: Any) -> str:
    """What a body says beside lists in rich text."""
    texts = [LIST_ITEM.sub("", child.value.source) if child.block_type == "text" else "x" for child in body]
    return visible_text(" ".join(texts))
