"""Nodes of what the layout of a document shows around its text; their spans in the file are empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from portfolio.documents.document import SourceNode, Span
from portfolio.documents.plain_prose import stored_form
from portfolio.documents.visible_words import words
from portfolio.engines.layout_parts import LayoutParts
from portfolio.importer.conversion.nodes import BodyText
from portfolio.markdown.html.nodes import html_kind
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.text import has_visible_text, visible_text

_HEADING = re.compile(r"<h([1-6])[^>]*>(.*)</h\1>", re.DOTALL)
_PROSE = re.compile(r"<(p|ul|ol)>.*</\1>", re.DOTALL)
_MEDIA = re.compile(r"<(?:img|iframe|video|audio|svg|object|embed|math)\b")


def shows_something(html: str) -> bool:
    """Whether readers see words or media of a piece of HTML."""
    return bool(html) and (_MEDIA.search(html) is not None or has_visible_text(html))


def with_layout(nodes: Sequence[SourceNode], parts: LayoutParts, body: BodyText) -> tuple[SourceNode, ...]:
    """Return the nodes with the pieces of the layout before and after them."""
    end = nodes[-1].span.end if nodes else body.start
    above = _nodes(parts.above, body.start, body.line(0))
    below = _nodes(parts.below, end, nodes[-1].line if nodes else body.line(0))
    return (*above, *nodes, *below)


def _nodes(pieces: Iterable[str], place: int, line: int) -> list[SourceNode]:
    return [_node(html, Span(place, place), line) for html in pieces]


def _node(html: str, span: Span, line: int) -> SourceNode:
    kind, data = html_kind(html)
    node = SourceNode(kind, span, line, html, html, data, verbatim=False)
    if kind is not NodeKind.RAW_HTML:
        return node
    if heading := _HEADING.fullmatch(html):
        text = visible_text(heading[2])
        data = {"level": int(heading[1]), "text": text, "id": "", "plain": "<" not in heading[2]}
        return replace(node, kind=NodeKind.HEADING, data=data)
    if _PROSE.fullmatch(html) and not _MEDIA.search(html):
        stored = stored_form(html)
        return replace(
            node, kind=NodeKind.PROSE, data={"stored": stored if stored and words(stored) == words(html) else None}
        )
    return node
