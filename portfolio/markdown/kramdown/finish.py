"""Finishing passes over the tree after all blocks are parsed: spans, attributes, abbreviations, breaks and ids."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.attributes import apply_attribute_list
from portfolio.markdown.kramdown.document import Definitions
from portfolio.markdown.kramdown.heading_ids import HeadingIds
from portfolio.markdown.kramdown.span_state import SpanState
from portfolio.markdown.kramdown.spans import span_rules
from portfolio.markdown.kramdown.tree import Element

_BLOCKS = frozenset("p header blockquote codeblock ul ol li dl dt dd table td".split())


def read_spans(element: Element, definitions: Definitions) -> None:
    """Replace every ``raw_text`` below ``element`` by its spans, and apply the attribute lists of blocks."""
    children: list[Element] = []
    after_blank = False
    for child in element.children:
        if child.kind == "blank":
            # Blank lines with only definitions between them are one.
            child.meta["repeated"] = after_blank
        after_blank = child.kind == "blank" or (after_blank and child.kind == "eob")
        if child.kind == "raw_text":
            whole = Element("raw_text")
            SpanState(definitions, span_rules(definitions.options), child.text, whole).read_all()
            if element.kind == "root":
                # Text outside any block keeps its place in the source.
                children.append(Element("loose", children=whole.children, start=child.start))
            else:
                children.extend(whole.children)
            continue
        if child.kind == "eob" and element.kind != "root":
            continue
        read_spans(child, definitions)
        if child.listed is not None:
            apply_attribute_list(child.attributes, child.listed, definitions.attribute_lists)
        if child.kind == "dt" or (child.kind == "header" and definitions.options.gfm):
            child.meta["raw_text"] = plain_text(child)
        children.append(child)
    element.children = children


def plain_text(element: Element) -> str:
    """Return the text from which a heading's id is made."""
    if element.kind in ("text", "codespan", "math", "entity", "smart_quote", "typographic_sym"):
        return element.text
    return "".join(plain_text(child) for child in element.children)


def mark_abbreviations(element: Element, definitions: Definitions) -> None:
    """Turn each whole word that is a defined abbreviation into an element of its own."""
    if definitions.abbreviations:
        names = sorted(definitions.abbreviations, key=len, reverse=True)
        pattern = re.compile(
            rf"(?:\A|^|(?<=\W))(?:{'|'.join(map(re.escape, names))})(?!\w)",
            re.ASCII | re.MULTILINE,
        )
        _mark(element, pattern)


def _mark(element: Element, pattern: re.Pattern[str]) -> None:
    children: list[Element] = []
    for child in element.children:
        if child.kind != "text" or element.meta.get("model") == "raw":
            _mark(child, pattern)
            children.append(child)
            continue
        position = 0
        for match in pattern.finditer(child.text):
            children.append(Element("text", child.text[position : match.start()]))
            children.append(Element("abbreviation", match[0]))
            position = match.end()
        children.append(Element("text", child.text[position:]) if position else child)
    element.children = children


def finish_gfm(element: Element, definitions: Definitions, ids: HeadingIds) -> None:
    """GitHub's parser: line breaks by backslash (or at every line end), ids of headings."""
    options = definitions.options
    mark = "\n" if options.hard_wrap else "\\\n"
    children: list[Element] = []
    for child in element.children:
        if child.kind == "text" and mark in child.text:
            last = child is element.children[-1]
            children.extend(_broken(child.text.split(mark), trailing=not (last and element.kind in _BLOCKS)))
            continue
        if child.kind == "header" and options.auto_ids and "id" not in child.attributes:
            child.attributes["id"] = ids.github(child.meta["raw_text"], options.auto_id_prefix)
        elif child.kind != "html_element":
            finish_gfm(child, definitions, ids)
        children.append(child)
    element.children = children


def _broken(lines: list[str], *, trailing: bool) -> list[Element]:
    omit_last = not lines[-1] and not trailing
    made: list[Element] = []
    for index, line in enumerate(lines):
        made.append(Element("text", f"\n{line}" if index else line))
        if index < len(lines) - 2 or (index == len(lines) - 2 and not omit_last):
            made.append(Element("br"))
    return made
