"""A whole body as HTML, in one pass over its blocks."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.anchors import Anchors
from portfolio.blocks.page_links import knowing
from portfolio.blocks.verbatim import render_markdown
from portfolio.markdown.render import Heading

Child = StreamValue.StreamChild

# The first picture of a text; the small ones that stand for those of other sites are none.
FIRST_IMAGE = re.compile(r'<img (?![^>]*class="elsewhere")[^>]*>')


def heading_anchors(children: Iterable[Child]) -> dict[int, str]:
    """The anchor of each heading block by its place; those that were given are never changed by those that were not."""
    headings = [(place, child.value) for place, child in enumerate(children) if child.block_type == "heading"]
    anchors = Anchors()
    found = {place: anchors.reserve(value["anchor"]) for place, value in headings if value.get("anchor")}
    for place, value in headings:
        if place not in found:
            found[place] = anchors.make(value.get("text", ""))
    return found


def markdown_in(children: Sequence[Child], anchors: Mapping[int, str]) -> tuple[dict[int, SafeString], SafeString]:
    """The body's Markdown blocks as HTML by their place, rendered as parts of one document, and its footnotes."""
    places = [place for place, child in enumerate(children) if child.block_type == "markdown"]
    headings = [
        Heading(
            level=int(children[place].value.get("level") or 2),
            id=anchor,
            text=children[place].value["text"],
            fragments_before=bisect(places, place),
        )
        for place, anchor in sorted(anchors.items())
    ]
    html, footnotes = render_markdown([children[place].value for place in places], headings)
    return dict(zip(places, html, strict=True)), footnotes


def render_body(body: StreamValue | None, context: Mapping[str, Any]) -> SafeString:
    """Render the blocks in order, and the footnotes of its Markdown at the end.

    Each block's template sees ``context``, the block's stable ``id``, and what its own ``get_context`` adds.
    """
    if not body:
        return SafeString()
    foreseen = getattr(body, "foreseen", None)
    parts: list[SafeString] = []
    with knowing(body, context.get("linked_pages") or (foreseen and foreseen.linked) or None, foreseen):
        children = list(body)
        anchors = heading_anchors(children)
        markdown, footnotes = markdown_in(children, anchors)
        for place, child in enumerate(children):
            own = {"id": child.id, "heading_anchor": anchors.get(place), "markdown_html": markdown.get(place)}
            parts.append(child.block.render(child.value, context={**context, **own}))
    parts.append(footnotes)
    return format_html_join("\n", "{}", ((part,) for part in parts if part))


def first_image_at_once(html: SafeString) -> SafeString:
    """A rendered body whose first image is loaded before others, instead of when the reader comes near it."""

    def hurried(found: re.Match[str]) -> str:
        return found[0].replace(' loading="lazy"', "").replace(' decoding="async"', ' fetchpriority="high"')

    return mark_safe(FIRST_IMAGE.sub(hurried, html, count=1))  # noqa: S308 - attributes of ours
