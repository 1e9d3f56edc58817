"""Splitting of a text into contiguous nodes that cover all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from portfolio.markdown.commonmark import nodes
from portfolio.markdown.kramdown import nodes as kramdown_nodes
from portfolio.markdown.nodes import Flavour, Node, NodeKind
from portfolio.markdown.options import Options
from portfolio.markdown.source import Source


@dataclass(frozen=True, slots=True)
class SplitFragment:
    """Split fragment: a construct before its end is known; ``start`` is an offset in ``Source.text``."""

    kind: NodeKind
    start: int
    html: str
    data: dict[str, Any]


def split(text: str, options: Options) -> tuple[Node, ...]:
    """Parse ``text`` once and return contiguous nodes: joined, their spans give ``text`` again. Never raises.

    Blank lines belong to the node before them, an attribute list to the block it speaks of. A text that shows
    nothing is one hidden node; an empty text has no nodes.
    """
    if not text:
        return ()
    source = Source(text)
    module = nodes if options.flavour is Flavour.GOLDMARK else kramdown_nodes
    pieces = [SplitFragment(*piece) for piece in module.constructs(source.text, options)]
    return _contiguous(source, pieces or [SplitFragment(NodeKind.HIDDEN, 0, "", {})])


def _contiguous(source: Source, pieces: Sequence[SplitFragment]) -> tuple[Node, ...]:
    starts = [0, *(source.original(piece.start) for piece in pieces[1:]), len(source.given)]
    nodes: list[Node] = []
    line, counted = 1, 0
    for piece, (start, end) in zip(pieces, pairwise(starts), strict=True):
        shown = source.text[piece.start :] if piece.start else source.text
        first = piece.start + len(shown) - len(shown.lstrip())
        line += source.text.count("\n", counted, first)
        counted = first
        nodes.append(Node(piece.kind, start, end, line, piece.html, piece.data))
    return tuple(nodes)
