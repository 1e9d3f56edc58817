"""Render a whole body as HTML, in one pass over its blocks."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.body.citations import show_citations
from portfolio.blocks.headings import heading_anchors
from portfolio.blocks.markup_cache import show
from portfolio.blocks.rich_text.page_links import use_prefetched_pages
from portfolio.blocks.verbatim import render_markdown
from portfolio.markdown.fragments import Heading
from portfolio.markdown.text import heading_level

Child = StreamValue.StreamChild

# The first image of a text, except the icons in place of images of other sites.
FIRST_IMAGE = re.compile(r'<img (?![^>]*class="third-party-image")[^>]*>')


def markdown_in(
    children: Sequence[Child], anchors: Mapping[int, str], *, keep: bool = True
) -> tuple[dict[int, SafeString], SafeString]:
    """Return the HTML of the Markdown blocks by index, rendered as parts of one document, and the footnotes."""
    indices = [index for index, child in enumerate(children) if child.block_type == "markdown"]
    values, headings = [children[index].value for index in indices], contents_of(children, anchors, indices)
    html, footnotes = render_markdown(values, headings, keep=keep)
    return dict(zip(indices, html, strict=True)), footnotes


def contents_of(children: Sequence[Child], anchors: Mapping[int, str], indices: Sequence[int]) -> list[Heading]:
    """Return the heading blocks of the body, for Markdown blocks at ``indices``."""
    return [
        Heading(
            level=heading_level(children[index].value.get("level")),
            id=anchor,
            text=children[index].value["text"],
            fragments_before=bisect(indices, index),
        )
        for index, anchor in sorted(anchors.items())
    ]


def render_body(body: StreamValue | None, context: Mapping[str, Any], *, marked: bool = False) -> SafeString:
    """Render the blocks in order, and the footnotes of its Markdown at the end.

    The template of each block gets ``context``, the block's stable ``id``, and what its own ``get_context`` adds. Code
    is highlighted and formulas are MathML, unless they stay ``marked``. Citations are links.
    """
    if not body:
        return SafeString()
    prefetched = getattr(body, "prefetched", None)
    # Results for a preview need not be stored.
    keep = not getattr(context.get("request"), "is_preview", False)
    parts: list[SafeString] = []
    with use_prefetched_pages(body, prefetched and (prefetched.pages or None), prefetched):
        children = list(body)
        anchors = heading_anchors(children)
        markdown, footnotes = markdown_in(children, anchors, keep=keep)
        for index, child in enumerate(children):
            own = {"id": child.id, "heading_anchor": anchors.get(index), "markdown_html": markdown.get(index)}
            markup = {"markup_later": True, "markup_kept": keep}
            parts.append(child.block.render(child.value, context={**context, **own, **markup}))
    parts = [*with_tabs(children, parts), footnotes]
    html = show_citations(format_html_join("\n", "{}", ((part,) for part in parts if part)))
    return mark_safe(html if marked else show(html, keep=keep))  # noqa: S308 - markup of ours in place of marks


def with_tabs(children: Sequence[Child], parts: Sequence[SafeString]) -> Iterator[SafeString]:
    """Join code blocks one after the other that are alternatives: each is a tab, of which one is open at a time."""
    for group, run in groupby(zip(children, parts, strict=True), key=lambda pair: group_of(pair[0])):
        tabs = list(run)
        if not group or len(tabs) == 1:
            yield from (html for _, html in tabs)
            continue
        name = f"tabs-{tabs[0][0].id}"
        labels = tab_labels([child for child, _ in tabs])
        details = (
            (name, "" if number else mark_safe(" open"), label, html)
            for number, (label, (_, html)) in enumerate(zip(labels, tabs, strict=True))
        )
        tab = '<details name="{}"{}><summary>{}</summary>{}</details>'
        yield format_html('<div class="tabs">{}</div>', format_html_join("", tab, details))


def group_of(child: Child) -> str:
    return (child.value.get("group") or "").strip() if child.block_type == "code" else ""


def tab_labels(children: Sequence[Child]) -> list[str]:
    """Titles, languages or numbers of code blocks; of equal labels all but the first have a number behind them."""
    labels: list[str] = []
    for number, child in enumerate(children, start=1):
        label = own = child.value.get("title") or child.value.get("language") or str(number)
        count = 1
        while label in labels:
            count += 1
            label = f"{own} ({count})"
        labels.append(label)
    return labels


def first_image_at_once(html: SafeString) -> SafeString:
    """Load the first image of a rendered body eagerly and with high priority."""

    def load_eagerly(match: re.Match[str]) -> str:
        return match[0].replace(' loading="lazy"', "").replace(' decoding="async"', ' fetchpriority="high"')

    return mark_safe(FIRST_IMAGE.sub(load_eagerly, html, count=1))  # noqa: S308 - attributes of ours
