"""HTML attributes of a construct (``{: #fig1 .wide}``) that its block has no field for.

Some matter to readers (an id is the target of links, a language changes how words are read out): a construct with such
attributes is kept as written. The others are for the look in the old theme and are reported.
Attribute lists: https://kramdown.gettalong.org/syntax.html#block-ials
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from portfolio.documents.attribute_lists import LINE_NUMBERS
from portfolio.documents.document import SourceNode
from portfolio.markdown.html.scanner import Opening, scan
from portfolio.markdown.nodes import NodeKind

# Kinds whose blocks have no field for an id. An embed is loaded only on request, so no link leads into it.
_WITHOUT_ID = frozenset(
    {NodeKind.IMAGE, NodeKind.CODE, NodeKind.QUOTE, NodeKind.TABLE, NodeKind.MATH, NodeKind.DIVIDER}
)
_FOR_READERS = frozenset({"id", "lang", "dir", "role", "aria-label"})
# Only HTML in which one of their names stands like that of an attribute is parsed.
_MAY_BE_FOR_READERS = re.compile(rf"\b(?:{'|'.join(sorted(_FOR_READERS))})[\s=/>]", re.IGNORECASE)
# Classes that the engine or a highlighter writes, or that become a field of the block (see `attribute_lists`).
_UNDERSTOOD: Mapping[NodeKind, re.Pattern[str]] = {
    NodeKind.CODE: re.compile(
        r"(?:language|lang)-.*|(?:rouge-)?highlight(?:er-.*|able)?|codehilite|nolineno(?:s)?|"
        rf"(?i:{LINE_NUMBERS.pattern})"
    ),
    NodeKind.IMAGE: re.compile(
        r"wide|full|(?:align-?|float-|pull-)?(?:left|right|center|none)|centred|img-fluid|normal"
    ),
    NodeKind.QUOTE: re.compile(r"callout(?:-.*)?|pull-quote|blockquote"),
    NodeKind.TABLE: re.compile(r"table"),
    NodeKind.MATH: re.compile(r"tex|display|dollar"),
}
_NAMES = {NodeKind.IMAGE: "picture", NodeKind.QUOTE: "quotation", NodeKind.CODE: "listing", NodeKind.DIVIDER: "line"}
_NOTHING = re.compile(r"(?!)")


def must_be_kept(node: SourceNode) -> bool:
    """Whether the block of the node would lose an attribute that readers need."""
    if node.kind not in _WITHOUT_ID or "=" not in node.html or not _MAY_BE_FOR_READERS.search(node.html):
        return False
    if node.kind is NodeKind.QUOTE or node.kind is NodeKind.TABLE:  # what is inside has blocks of its own rules
        opening = _first(node.html)
        return opening is not None and not _FOR_READERS.isdisjoint(opening.attributes)
    return any(isinstance(part, Opening) and not _FOR_READERS.isdisjoint(part.attributes) for part in scan(node.html))


def lost_classes(node: SourceNode) -> tuple[str, ...]:
    """Return the classes of the construct that have no effect in its block, in order."""
    if node.kind not in _WITHOUT_ID or "class=" not in node.html:
        return ()
    understood = _UNDERSTOOD.get(node.kind, _NOTHING)
    return tuple(name for name in _classes(node) if not understood.fullmatch(name))


def called(node: SourceNode) -> str:
    """Return the name of the construct for messages."""
    return _NAMES.get(node.kind, str(node.kind))


def _classes(node: SourceNode) -> list[str]:
    if node.kind is NodeKind.IMAGE:
        return str(node.data.get("attributes", {}).get("class", "")).split()
    opening = _first(node.html)
    return unescape(opening.attributes.get("class", "")).split() if opening else []


def _first(html: str) -> Opening | None:
    return next((part for part in scan(html) if isinstance(part, Opening)), None)
