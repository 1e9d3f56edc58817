"""Raw HTML: whole elements, from the start tag to its end tag, blank lines or not."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.block_state import MAX_DEPTH, BlockState
from portfolio.markdown.kramdown.syntax import (
    BODILESS_ELEMENTS,
    CLOSING_TAG,
    COMMENT,
    KNOWN_ELEMENTS,
    MARGIN,
    NAME,
    SPAN_ELEMENTS,
    TAG,
    S,
    content_model,
    tag_attributes,
)
from portfolio.markdown.kramdown.tree import Element

_START = re.compile(rf"{MARGIN}<(?:{NAME}|!--|/)")
_MARGIN = re.compile(MARGIN)
_TRAILING = re.compile(r"[ \t]*\n")
_RAW_START = re.compile(rf"<(?={NAME}|/|!--|\?)")
_INSTRUCTION = re.compile(r"<\?.*?\?>", re.DOTALL)
# What the attribute ``markdown`` may say.
_MODES = {"0": "raw", "1": "default", "span": "span", "block": "block"}


def html_block(state: BlockState) -> bool:
    scanner = state.scanner
    if scanner.check(_START) is None:
        return False
    if scanner.text.startswith("<!--", scanner.position):
        return _comment(state)
    margin = _MARGIN.match(scanner.text, scanner.position)
    at = margin.end() if margin else scanner.position
    if (tag := TAG.match(scanner.text, at)) and tag[1].lower() not in SPAN_ELEMENTS:
        scanner.position = tag.end()
        _element(state, state.parent, tag, state.depth)
        return True
    closing = CLOSING_TAG.match(scanner.text, at)
    if closing and state.parent.kind == "html_element" and state.parent.text == closing[1].lower():
        scanner.position = closing.end()
        state.closed = True
        return True
    return False


def _comment(state: BlockState) -> bool:
    scanner = state.scanner
    end = scanner.find("-->", scanner.position + 4)
    if end < 0:
        return False
    state.push(Element("xml_comment", scanner.text[scanner.position : end + 3], meta={"block": True}))
    scanner.position = end + 3
    scanner.scan(_TRAILING)
    return True


def _element(state: BlockState, parent: Element, tag: re.Match[str], depth: int) -> None:
    """Make the element of the start tag just read, and read its content."""
    name = tag[1].lower() if tag[1].lower() in KNOWN_ELEMENTS else tag[1]
    attributes = tag_attributes(tag[2], lower=name in KNOWN_ELEMENTS)
    closed = tag[4] is not None or name in BODILESS_ELEMENTS
    element = Element("html_element", name, attributes, meta={"block": True})
    parent.children.append(element)
    if name in ("script", "style"):
        _verbatim(state, element)
        _set_model(state, parent, element, closed=False)
        return
    model = _set_model(state, parent, element, closed=closed)
    if closed:
        return
    scanner = state.scanner
    if model == "block":
        state.parse_inside(element)
    elif model == "span":
        element.add_text(_up_to_end_tag(state, name), "raw_text")
    else:
        _raw_content(state, element, depth + 1)
    if not _is_raw(parent):
        scanner.scan(_TRAILING)


def _set_model(state: BlockState, parent: Element, element: Element, *, closed: bool) -> str:
    state.take_pending(element)
    model = "raw"
    if not _is_raw(parent) and state.definitions.options.parse_block_html:
        model = content_model(element.text)
    if mode := _MODES.get(element.attributes.pop("markdown", "")):
        model = content_model(element.text) if mode == "default" else mode
    if model == "block":
        state.scanner.scan(_TRAILING)
    element.meta["model"] = model
    element.meta["closed"] = closed
    return model


def _is_raw(element: Element) -> bool:
    return element.kind == "html_element" and element.meta.get("model") == "raw"


def _verbatim(state: BlockState, element: Element) -> None:
    """Content of a script or a style sheet: nothing in it is markup."""
    element.add_text(_up_to_end_tag(state, element.text), "raw")


def _up_to_end_tag(state: BlockState, name: str) -> str:
    """Take the text up to the end tag of ``name``, or all of it when there is none, and the end tag."""
    scanner = state.scanner
    start = scanner.position
    end = scanner.search(re.compile(rf"</{re.escape(name)}{S}*>", re.IGNORECASE), start)
    if end is None:
        scanner.position = len(scanner.text)
        return scanner.text[start:]
    scanner.position = end.end()
    return scanner.text[start : end.start()]


def _raw_content(state: BlockState, element: Element, depth: int) -> None:
    """Read text, comments and elements up to the end tag of ``element``, or to the end of the text."""
    scanner = state.scanner
    while not scanner.at_end:
        found = _RAW_START.search(scanner.text, scanner.position)
        if found is None:
            element.add_text(scanner.rest)
            scanner.position = len(scanner.text)
            return
        element.add_text(scanner.text[scanner.position : found.start()])
        scanner.position = found.start()
        if scanner.text.startswith("<!--", scanner.position) and scanner.find("-->", scanner.position + 4) >= 0:
            comment = scanner.scan(COMMENT)
            element.children.append(Element("xml_comment", comment[0] if comment else "", meta={"block": True}))
        elif scanner.text.startswith("<?", scanner.position) and scanner.find("?>", scanner.position + 2) >= 0:
            instruction = scanner.scan(_INSTRUCTION)
            element.children.append(Element("xml_comment", instruction[0] if instruction else "", meta={"block": True}))
        elif depth <= MAX_DEPTH and (tag := scanner.scan(TAG)):
            _element(state, element, tag, depth)
        elif closing := scanner.scan(CLOSING_TAG):
            name = closing[1].lower() if element.text in KNOWN_ELEMENTS else closing[1]
            if name == element.text:
                return
            element.add_text(closing[0])
        else:
            element.add_text(scanner.text[scanner.position])
            scanner.position += 1
