"""Excerpt of a body: its first paragraphs, for lists where the page has no summary."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import islice

from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.registry import block_type
from portfolio.markdown.maths import formulas_as_text
from portfolio.markdown.paragraphs import paragraphs


def excerpt_of(body: StreamValue, count: int = 1) -> str:
    """Return the first ``count`` paragraphs and lists of ``body`` as plain paragraphs; "" if there are none.

    Headings, pictures, code and the like are skipped, and formulas are characters. Only stored values are read, and
    only as many as needed.
    """
    return "".join(f"<p>{escape(text, quote=False)}</p>" for text in islice(texts_of(body), count))


def texts_of(body: StreamValue) -> Iterator[str]:
    blocks = list(body.raw_data)
    for block in blocks:
        type_of_block = block_type(block["type"])
        if type_of_block.ends_excerpt:
            return
        same_type = [other for other in blocks if other["type"] == block["type"]]
        index = next(index for index, other in enumerate(same_type) if other is block)
        if html := type_of_block.excerpt_html([other["value"] for other in same_type], index):
            yield from paragraphs(formulas_as_text(html))
