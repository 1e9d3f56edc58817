"""The top-level constructs of a kramdown text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portfolio.markdown.html.nodes import html_kind, lone_image
from portfolio.markdown.kramdown.code_writer import code_language
from portfolio.markdown.kramdown.reader import KramdownDocument, read
from portfolio.markdown.kramdown.tree import Element
from portfolio.markdown.kramdown.writer import FOOTNOTES_PLACE, TOC_PLACE
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.options import Options
from portfolio.markdown.text import visible_text

_DEFINING = frozenset({"link_def", "footnote_def", "abbrev_def", "ald", "extension"})
# Spans that draw on the whole document, or that rich text has no place for.
_SPECIAL = frozenset({"footnote", "math", "abbreviation"})


def constructs(text: str, options: Options) -> Iterator[tuple[NodeKind, int, str, dict[str, Any]]]:
    """Yield kind, start offset, HTML and data of each construct, in order."""
    document = read((text,), options)
    root = document.roots[0]
    written = [(element, _written(element, document)) for element in _shown(root)]
    contents = document.contents(document.writer.toc)
    footnotes = document.footnotes() if document.writer.has_footnotes_place else ""
    for element, html in written:
        marked = document.marked(html)
        whole = marked.replace(TOC_PLACE, contents).replace(FOOTNOTES_PLACE, footnotes).strip("\n")
        # Only kept Markdown shows the formulas that a script of the old site would have found.
        kind, data = _kind(element, html, whole, document) if marked == html else (NodeKind.OTHER, {})
        yield kind, element.start, whole, data


def _written(element: Element, document: KramdownDocument) -> str:
    """The HTML of a construct. Of a listing, which becomes a block that is coloured when shown, without colours."""
    document.writer.colours_listings = element.kind != "codeblock"
    return document.written(element)


def _shown(root: Element) -> Iterator[Element]:
    """Leave out what belongs to the construct before it: blank lines, and attribute lists below a block."""
    for element in root.children:
        if element.kind != "blank" and not (element.kind == "eob" and element.meta.get("of") == "ial"):
            yield element


def _kind(element: Element, html: str, whole: str, document: KramdownDocument) -> tuple[NodeKind, dict[str, Any]]:
    match element.kind:
        case "eob":
            return (NodeKind.DEFINITION if element.meta.get("of") in _DEFINING else NodeKind.HIDDEN), {}
        case "comment" | "xml_comment":
            return NodeKind.HIDDEN, {}
        case "hr":
            return NodeKind.DIVIDER, {}
        case "header":
            return NodeKind.HEADING, _heading(element, whole)
        case "codeblock":
            language = code_language(element) or element.meta.get("language", "")
            return NodeKind.CODE, {"language": language, "code": element.text.rstrip("\n")}
        case "math":
            return NodeKind.MATH, {"tex": element.text}
        case "html_element" | "raw":
            return html_kind(whole)
    if TOC_PLACE in html or FOOTNOTES_PLACE in html or _has_special(element):
        return NodeKind.OTHER, {}
    return _plain_kind(element, whole, document)


def _plain_kind(element: Element, html: str, document: KramdownDocument) -> tuple[NodeKind, dict[str, Any]]:
    """Return the kind of a block that stands on its own feet."""
    match element.kind:
        case "p":
            return _paragraph(element, html)
        case "blockquote":
            return NodeKind.QUOTE, {"inner": html.partition(">")[2].removesuffix("</blockquote>").strip()}
        case "table" if [part.kind for part in element.children] in (["tbody"], ["thead", "tbody"]):
            return NodeKind.TABLE, _table(element, document)
        case "ul" | "ol" if "task-list" not in element.attributes.get("class", ""):
            return NodeKind.PROSE, {}
    return NodeKind.OTHER, {}


def _paragraph(element: Element, html: str) -> tuple[NodeKind, dict[str, Any]]:
    if image := lone_image(html):
        return NodeKind.IMAGE, image
    if html.startswith("<figure"):
        return html_kind(html)
    shown = [child for child in element.children if child.kind != "text" or child.text.strip()]
    if all(child.kind in ("comment", "xml_comment") for child in shown):
        return NodeKind.HIDDEN, {}
    return NodeKind.PROSE, {}


def _has_special(element: Element) -> bool:
    return any(child.kind in _SPECIAL or _has_special(child) for child in element.children)


def _heading(element: Element, html: str) -> dict[str, Any]:
    return {
        "level": element.meta["level"],
        "text": visible_text(html),
        "id": element.attributes.get("id", ""),
        "plain": all(
            child.kind in ("text", "smart_quote", "typographic_sym", "entity", "raw_text") for child in element.children
        )
        and not element.attributes.keys() - {"id"},
    }


def _table(element: Element, document: KramdownDocument) -> dict[str, Any]:
    def cells(row: Element) -> list[str]:
        return [document.writer.inner(cell, 0) for cell in row.children]

    head = [row for part in element.children if part.kind == "thead" for row in part.children]
    body = [cells(row) for part in element.children if part.kind == "tbody" for row in part.children]
    return {
        "header": cells(head[0]) if head else [],
        "rows": [*(cells(row) for row in head[1:]), *body],
        "align": list(element.meta["alignment"]),
    }
