"""Nodes: the top-level constructs of a Markdown text, each with its span of characters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Flavour(StrEnum):
    """The engine whose reading of Markdown is followed."""

    KRAMDOWN = "kramdown"
    GOLDMARK = "goldmark"


class NodeKind(StrEnum):
    """What a construct is; ``Node.data`` holds the keys named here.

    ``HEADING``: ``level`` (1-6), ``text`` (plain), ``id``, ``plain`` (True when the heading holds text only).
    ``PROSE``: paragraphs and lists; no data, ``Node.html`` says it all.
    ``IMAGE``: a paragraph that is one image, or a ``<figure>`` with one: ``src``, ``alt``, ``title``, ``caption``
    (HTML), ``link`` (the address the image links to, or ""), ``attributes`` (what else the source says of it, by name:
    ``class``, ``width``, …).
    ``CODE``: ``language`` ("" when none), ``code`` (no trailing newline).
    ``QUOTE``: ``inner`` (HTML inside the ``<blockquote>``).
    ``TABLE``: ``header`` (cells as HTML; empty when the table has none), ``rows`` (lists of cells as HTML),
    ``align`` ("", "left", "center", "right" per column).
    ``MATH``: ``tex`` of one display formula.
    ``EMBED``: a lone ``<iframe>``: ``src``, ``title``, ``width``, ``height`` (text as written, "" when missing).
    ``DIVIDER``: a thematic break; no data.
    ``RAW_HTML``: a raw HTML element at the top level.
    ``DEFINITION``: shows nothing itself but others need it: link, footnote and abbreviation definitions.
    ``HIDDEN``: shows nothing and nobody needs it: comments, the excerpt separator.
    ``OTHER``: renders well but has no block of its own: definition lists, tables of contents, paragraphs with
    footnotes or inline maths.
    """

    HEADING = "heading"
    PROSE = "prose"
    IMAGE = "image"
    CODE = "code"
    QUOTE = "quote"
    TABLE = "table"
    MATH = "math"
    EMBED = "embed"
    DIVIDER = "divider"
    RAW_HTML = "raw_html"
    DEFINITION = "definition"
    HIDDEN = "hidden"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Node:
    """One top-level construct of a text.

    ``start`` and ``end`` are character offsets; the nodes of a text are contiguous and cover it whole, so blank
    lines belong to the node before them (leading ones to the first node). ``line`` is the 1-based line of the
    construct's first character in the text. ``html`` is what the engine shows for it, not yet sanitised.
    """

    kind: NodeKind
    start: int
    end: int
    line: int
    html: str
    data: Mapping[str, Any] = field(default_factory=dict)
