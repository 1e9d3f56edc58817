"""Fences with details: what editors write behind the language of a listing, as in ``python title="x.py" {1,3}``.

kramdown, by whose rules a body is read, sees no fence in such a line. The line becomes a fence of kramdown before the
conversion, and the node gets the details after it. Lines keep their numbers.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape

from portfolio.blocks.code import details_below
from portfolio.documents import attribute_lists
from portfolio.documents.document import Document, Problem, Severity, SourceNode
from portfolio.markdown.commonmark.listing_fences import ListingFence, unix_lines
from portfolio.markdown.nodes import NodeKind

LISTING = "listing-details"  # the code of the notes
MAX_NOTES = 100  # of one text
MAX_QUOTED = 80  # characters of a fence in a note

_FIRST_TAG = re.compile(r"\A\s*<\w+(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_CLASS = re.compile(r'(?<=\sclass=")')


def without_details(text: str, fences: Sequence[ListingFence]) -> str:
    """``text`` with each of the fences as kramdown reads it."""
    lines = unix_lines(text).split("\n")
    for fence in fences:
        lines[fence.line - 1] = fence.plain
    return "\n".join(lines)


def with_details(document: Document, fences: Sequence[ListingFence]) -> Document:
    """The document with the details in the data of its listings, and a note on each that is not shown."""
    waiting = deque(fences)
    nodes: list[SourceNode] = []
    problems: list[Problem] = []
    for node in document.nodes:
        end = node.line + node.source.strip("\n").count("\n")
        own: list[ListingFence] = []
        while waiting and waiting[0].line <= end:
            own.append(waiting.popleft())
        problems += (problem for fence in own for problem in notes(fence, node))
        own = [fence for fence in own if fence.closed and fence.details]
        nodes.append(replace(node, data={**node.data, "fences": own}) if own else node)
    return replace(document, nodes=tuple(nodes), problems=(*document.problems, *problems[:MAX_NOTES]))


def is_listing(fence: ListingFence, node: SourceNode) -> bool:
    return node.kind is NodeKind.CODE and not fence.nested and fence.line >= node.line


def notes(fence: ListingFence, node: SourceNode) -> Iterator[Problem]:
    quoted = fence.written if len(fence.written) <= MAX_QUOTED else f"{fence.written[: MAX_QUOTED - 1]}…"
    message = ""
    if not fence.closed:
        message = f"the listing “{quoted}” has no line that ends it, so it is read as text"
    elif is_listing(fence, node):
        message = f"“{fence.unread[:MAX_QUOTED]}” behind the language of a listing is not kept" if fence.unread else ""
    elif "<pre" in node.html:
        message = f"of “{quoted}” only the language is shown: a listing inside a list or a quotation has no more"
    else:
        message = f"the listing “{quoted}” cannot be read as one here"
    if message:
        yield Problem(Severity.WARNING, LISTING, message, fence.line)


def detailed(node: SourceNode) -> SourceNode:
    """The node as if the details of its fences stood in lines below them."""
    fences = node.data.get("fences", ())
    if any(is_listing(fence, node) for fence in fences):
        return detailed_listing(node, fences[0].details)
    if not fences or "<pre" not in node.html:
        return node
    below = {fence.last_line - node.line: fence.margin + line_below(fence.details) for fence in fences}
    lines = node.source.lstrip("\n").split("\n")
    lines = [f"{line}\n{below[number]}" if number in below else line for number, line in enumerate(lines)]
    return replace(node, source="\n".join(lines))


def line_below(details: Mapping[str, str]) -> str:
    numbered, group = "class" in details, details.get("data-group")
    return details_below(details.get("title"), details.get("data-highlight"), numbered=numbered, group=group).strip()


def detailed_listing(node: SourceNode, details: Mapping[str, str]) -> SourceNode:
    """The node of a listing with its details; what a line below it says goes first."""
    first = _FIRST_TAG.match(node.html)
    if first is None:
        return node
    title, lines = attribute_lists.listing_details(node.html)
    own = {
        "title": "" if title else details.get("title", ""),
        "data-highlight": "" if lines else details.get("data-highlight", ""),
        "data-group": "" if attribute_lists.listing_group(node.html) else details.get("data-group", ""),
    }
    numbered = "class" in details and not attribute_lists.is_numbered(node.html)
    attributes = _CLASS.sub("linenos ", first["attributes"], count=1) if numbered else first["attributes"]
    if numbered and attributes == first["attributes"]:
        attributes += ' class="linenos"'
    attributes += "".join(f' {name}="{escape(value)}"' for name, value in own.items() if value)
    below = details_below(own["title"], own["data-highlight"], numbered=numbered, group=own["data-group"])
    html = node.html[: first.start("attributes")] + attributes + node.html[first.end("attributes") :]
    return replace(node, html=html, source=node.source.rstrip("\n") + below + "\n")
